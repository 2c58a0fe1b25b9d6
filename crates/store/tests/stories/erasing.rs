//! Taking a case back, and clocks that leap meanwhile.

use crate::support::{DAY, HOUR, House, MINUTE, NOON, by, entry, epochs, file, grants, receipt, report};
use casework::erasure::GRACE_SECONDS;
use store::{NewReport, Store, StoreError, View};
use vocabulary::Harm;

async fn sent(store: &Store) -> NewReport {
    let mut sent = report("her", &["111"]);
    sent.facts.harm = Some(Harm::Grooming);
    store.receive(sent.clone(), NOON).await.unwrap();
    sent
}

/// Every minute of these, as the server does.
async fn minutes(store: &Store, from: i64, count: i64) -> usize {
    let mut erased = 0;
    for minute in 0..count {
        erased += store.tidy(from + minute * MINUTE).await.unwrap().erased;
    }
    erased
}

#[tokio::test]
async fn seven_days_after_she_asked_nothing_is_left_but_a_count() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let photo = file("photo");
    let mut sent = report("her", &["111"]);
    sent.facts.harm = Some(Harm::Grooming);
    store.begin_file(photo, sent.id, 5, 1 << 20, NOON).await.unwrap();
    store.add_piece(photo, 0, b"photo".to_vec(), NOON).await.unwrap();
    sent.entries[1].files.push(photo);
    store.receive(sent.clone(), NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();
    assert_eq!(store.ask_erasure(sent.id, NOON).await.unwrap(), NOON + GRACE_SECONDS);
    assert_eq!(store.ask_erasure(sent.id, NOON + DAY).await.unwrap(), NOON + GRACE_SECONDS, "the day stays");
    let mut news = store.news();
    for day in 1..7 {
        assert_eq!(store.tidy(NOON + day * DAY).await.unwrap().erased, 0, "day {day}");
    }
    assert_eq!(store.inbox("111", View::All, None, 1).await.unwrap()[0].erase_due, Some(NOON + GRACE_SECONDS));
    let done = store.tidy(NOON + GRACE_SECONDS).await.unwrap();
    assert_eq!((done.erased, done.files, done.leap), (1, 1, None));
    assert_eq!(&*news.try_recv().unwrap(), "111");
    assert!(matches!(store.case(sent.id).await, Err(StoreError::Absent("case"))));
    assert!(store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.is_err());
    assert!(store.inbox("111", View::All, None, 1).await.unwrap().is_empty());
    assert!(store.access(sent.id, "111").await.is_err());
    assert_eq!(store.tombstones().await.unwrap(), [("2026-11".into(), "grooming".into(), 1)]);
    assert!(!house.holds(b"photo"));
}

#[tokio::test]
async fn the_case_that_was_saved_within_seven_days() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let sent = sent(store).await;
    store.ask_erasure(sent.id, NOON).await.unwrap();
    let refused = [
        store.add_by_person(sent.id, 0, vec![entry("not now")], [9; 32], NOON).await.err(),
        store.allow(sent.id, "111".into(), epochs("her", Some("111"), 0), NOON).await.err(),
        store.withdraw(sent.id, "111".into(), "age1x".into(), grants("her", 1, &[]), NOON).await.err(),
        store.replace_receipt(sent.id, receipt("forced"), epochs("her", None, 0)).await.err(),
        store.close_case(sent.id, Some(NOON)).await.err(),
    ];
    for error in refused {
        assert!(matches!(error, Some(StoreError::Stale("the erasure"))), "{error:?}");
    }
    store.add_by_organisation(sent.id, "111".into(), 0, vec![entry("are you safe?")], by(NOON)).await.unwrap();
    store.stop_erasure(sent.id).await.unwrap();
    assert_eq!(minutes(store, NOON + GRACE_SECONDS - 3 * MINUTE, 6).await, 0);
    assert_eq!(store.entries(sent.id, 0).await.unwrap().len(), 3);
    // Asked anew, the seven days begin anew.
    let later = NOON + GRACE_SECONDS + 3 * MINUTE;
    assert_eq!(store.ask_erasure(sent.id, later).await.unwrap(), later + GRACE_SECONDS);
}

#[tokio::test]
async fn a_clock_that_leaps_ahead_destroys_nothing() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let sent = sent(store).await;
    store.tidy(NOON).await.unwrap();
    store.ask_erasure(sent.id, NOON).await.unwrap();
    // A year ahead, and a server that runs on under it for an hour.
    let wrong = NOON + 365 * DAY;
    assert_eq!(store.tidy(wrong).await.unwrap().leap, Some(365 * DAY));
    assert_eq!(minutes(store, wrong, 60).await, 0);
    // Put right again: a day of grace was spent at most.
    assert_eq!(store.tidy(NOON + HOUR).await.unwrap().leap, Some(HOUR - 365 * DAY - 59 * MINUTE));
    let due = store.case(sent.id).await.unwrap().erase_due.unwrap();
    assert!((NOON + GRACE_SECONDS - DAY - HOUR..=NOON + GRACE_SECONDS + HOUR).contains(&due), "{}", due - NOON);
}

#[tokio::test]
async fn asked_under_a_clock_that_stood_at_1970_it_still_takes_seven_days() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    store.tidy(NOON - DAY).await.unwrap();
    let sent = sent(store).await;
    // The server starts without a clock; she asks before anything was tidied.
    store.ask_erasure(sent.id, 100).await.unwrap();
    store.tidy(160).await.unwrap();
    // Now the network gives the time.
    assert_eq!(minutes(store, NOON, 3).await, 0);
    let due = store.case(sent.id).await.unwrap().erase_due.unwrap();
    assert!((NOON + GRACE_SECONDS - DAY - HOUR..=NOON + GRACE_SECONDS + HOUR).contains(&due), "{}", due - NOON);
}

#[tokio::test]
async fn a_server_that_sleeps_at_night_still_erases_in_time() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let sent = sent(store).await;
    store.tidy(NOON).await.unwrap();
    store.ask_erasure(sent.id, NOON).await.unwrap();
    for day in 1..7 {
        // Off for 16 hours each night.
        assert_eq!(store.tidy(NOON + day * DAY).await.unwrap().leap, None);
        assert_eq!(store.tidy(NOON + day * DAY + 8 * HOUR).await.unwrap().erased, 0);
    }
    assert_eq!(store.tidy(NOON + GRACE_SECONDS).await.unwrap().erased, 1);
}

#[tokio::test]
async fn a_week_without_power_counts_as_one_day() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let sent = sent(store).await;
    store.tidy(NOON).await.unwrap();
    store.ask_erasure(sent.id, NOON).await.unwrap();
    let house = house.reopened().await;
    let store = &house.store;
    assert_eq!(store.tidy(NOON + 8 * DAY).await.unwrap().erased, 0);
    for day in 9..14 {
        assert_eq!(store.tidy(NOON + day * DAY).await.unwrap().erased, 0, "day {day}");
    }
    assert_eq!(store.tidy(NOON + 14 * DAY).await.unwrap().erased, 1);
}

#[tokio::test]
async fn sessions_and_invitations_of_a_clock_that_went_ahead_end_when_it_is_put_right() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let member = store.member_named("111", "an").await.unwrap().id;
    store.tidy(NOON + 365 * DAY).await.unwrap();
    store.open_session([1; 32], member, NOON + 365 * DAY).await.unwrap();
    let invitation = store::Invitation {
        hash: [2; 32],
        organisation: "111".into(),
        role: vocabulary::Role::Intake,
        expires_at: NOON + 368 * DAY,
    };
    store.invite(invitation).await.unwrap();
    store.tidy(NOON).await.unwrap();
    assert!(store.session([1; 32], NOON).await.is_err());
    assert!(store.invitation([2; 32], NOON).await.is_err());
}
