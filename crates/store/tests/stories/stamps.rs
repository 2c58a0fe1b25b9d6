//! Roots of evidence packages wait for their time-stamps.

use crate::support::{DAY, HOUR, House, MINUTE, NOON};
use store::StampState;

const ROOT: [u8; 32] = [3; 32];

#[tokio::test]
async fn a_root_keeps_what_was_signed_first_and_waits_with_growing_pauses_over_a_restart() {
    let house = House::with(&[]).await;
    let asked = house.store.ask_stamp(ROOT, vec![1; 104], NOON).await.unwrap();
    assert_eq!(asked, StampState { signed: vec![1; 104], response: None });
    assert_eq!(house.store.ask_stamp(ROOT, vec![2; 104], NOON + 9).await.unwrap(), asked);
    assert!(house.store.stamps_due(NOON - 1, 10).await.unwrap().is_empty());
    assert_eq!(house.store.stamps_due(NOON, 10).await.unwrap()[0].tries, 0);
    house.store.stamp_failed(ROOT, NOON + 5).await.unwrap();
    assert!(house.store.stamps_due(NOON + 4, 10).await.unwrap().is_empty());
    let house = house.reopened().await;
    let due = house.store.stamps_due(NOON + 5, 10).await.unwrap();
    assert_eq!((due[0].root, &due[0].signed, due[0].tries), (ROOT, &vec![1; 104], 1));
    house.store.stamp_came(ROOT, b"response".to_vec()).await.unwrap();
    assert!(house.store.stamps_due(NOON + DAY, 10).await.unwrap().is_empty());
    let state = house.store.ask_stamp(ROOT, vec![2; 104], NOON + HOUR).await.unwrap();
    assert_eq!(state, StampState { signed: vec![1; 104], response: Some(b"response".to_vec()) });
}

#[tokio::test]
async fn after_a_day_nothing_is_left_of_it_and_a_leap_of_the_clock_takes_nothing_away() {
    let house = House::with(&[]).await;
    house.store.tidy(NOON).await.unwrap();
    house.store.ask_stamp(ROOT, vec![1; 104], NOON).await.unwrap();
    house.store.tidy(NOON + 30 * DAY).await.unwrap();
    assert_eq!(house.store.stamps_due(NOON + 30 * DAY, 10).await.unwrap().len(), 1, "it still waits");
    for hours in 1..=24 {
        house.store.tidy(NOON + 30 * DAY + hours * HOUR).await.unwrap();
    }
    assert_eq!(house.store.stamps_due(NOON + 40 * DAY, 10).await.unwrap().len(), 1);
    house.store.tidy(NOON + 31 * DAY + MINUTE).await.unwrap();
    assert!(house.store.stamps_due(NOON + 40 * DAY, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_clock_that_goes_back_leaves_nobody_waiting_for_days() {
    let house = House::with(&[]).await;
    house.store.tidy(NOON + 9 * DAY).await.unwrap();
    house.store.ask_stamp(ROOT, vec![1; 104], NOON + 9 * DAY).await.unwrap();
    house.store.tidy(NOON).await.unwrap();
    assert_eq!(house.store.stamps_due(NOON, 10).await.unwrap().len(), 1);
}
