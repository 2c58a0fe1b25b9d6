//! How long an organisation keeps a report, by a moved clock: warned before, ended after, held where the law says so.

use crate::support::{DAY, House, NOON, by, entry, grants, report};
use casework::erasure::GRACE_SECONDS;
use store::{Opened, Opening, Store, StoreError, View};
use vocabulary::{HoldGround, Role};

/// A server that runs every day from one day to another, these days not counted.
async fn days(store: &Store, from: i64, to: i64) {
    for day in from..=to {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
}

async fn keeps(store: &Store, id: &str, days: i64) {
    let mut record = store.organisation(id).await.unwrap();
    record.retention_days = Some(days);
    store.change_organisation(record).await.unwrap();
}

#[tokio::test]
async fn its_time_runs_from_the_last_word_and_the_last_ones_time_ends_the_case() {
    let house = House::with(&["111", "school"]).await;
    let store = &house.store;
    keeps(store, "111", 90).await;
    keeps(store, "school", 60).await;
    let sent = report("her", &["111", "school"]);
    store.receive(sent.clone(), NOON).await.unwrap();
    days(store, 0, 59).await;
    assert_eq!(store.running_out("school", NOON + 29 * DAY, 9).await.unwrap().len(), 0, "not yet a month before");
    assert_eq!(store.running_out("school", NOON + 59 * DAY, 9).await.unwrap()[0].id, sent.id);
    let word = vec![entry("still there")];
    store.add_by_person(sent.id, 0, word, [9; 32], NOON + 59 * DAY).await.unwrap();
    days(store, 60, 118).await;
    assert!(store.access(sent.id, "school").await.is_ok(), "her word began its time anew");

    days(store, 119, 119).await;
    assert!(matches!(store.access(sent.id, "school").await, Err(StoreError::Absent("case"))));
    assert!(store.grants(sent.id, Some("school")).await.unwrap().is_empty());
    let school = store.accesses(sent.id).await.unwrap().into_iter().find(|a| a.organisation == "school").unwrap();
    assert_eq!(school.ran_out_at, Some(NOON + 119 * DAY));
    assert!(store.access(sent.id, "111").await.is_ok(), "the other one keeps it for longer");
    assert!(store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.is_ok());

    days(store, 120, 149).await;
    assert!(matches!(store.case(sent.id).await, Err(StoreError::Absent("case"))));
    assert_eq!(store.tombstones().await.unwrap(), [("2026-11".into(), String::new(), 1)]);
}

#[tokio::test]
async fn a_month_before_it_is_news_to_whom_it_ends_for_and_once() {
    let house = House::with(&["111", "school", "police"]).await;
    let store = &house.store;
    for (id, kept) in [("school", 60), ("police", 60), ("111", 90)] {
        keeps(store, id, kept).await;
    }
    let organisations = ["111", "school", "police"];
    let id = report("her", &[]).id;
    store.receive(report("her", &organisations), NOON).await.unwrap();
    store.hold(id, "police".into(), Some(HoldGround::Court), NOON).await.unwrap();
    let open = async |at| {
        for id_of in organisations {
            let opening = Opening { at, organisation: id_of.into(), role: Role::Intake, what: Opened::Case };
            store.note_opening(id, opening, by(NOON)).await.unwrap();
        }
    };
    open(NOON).await;
    days(store, 0, 29).await;
    assert!(!store.has_news("school").await.unwrap());
    let mut news = store.news();
    days(store, 30, 30).await;
    assert_eq!(&*news.try_recv().unwrap(), "school");
    assert!(store.has_news("school").await.unwrap());
    assert!(!store.has_news("police").await.unwrap() && !store.has_news("111").await.unwrap());
    open(NOON + 31 * DAY).await;
    days(store, 31, 58).await;
    assert!(!store.has_news("school").await.unwrap(), "said once");
    // A leap of the clock counts as a day: the month of the third is a day nearer, no more.
    store.tidy(NOON + 400 * DAY).await.unwrap();
    assert!(!store.has_news("111").await.unwrap());
    store.tidy(NOON + 401 * DAY).await.unwrap();
    assert!(store.has_news("111").await.unwrap());
}

#[tokio::test]
async fn what_must_be_kept_outlives_time_erasure_and_shutting_out_until_it_need_not() {
    let house = House::with(&["111", "police"]).await;
    let store = &house.store;
    keeps(store, "police", 60).await;
    let sent = report("her", &["111", "police"]);
    store.receive(sent.clone(), NOON).await.unwrap();
    store.hold(sent.id, "police".into(), Some(HoldGround::Court), NOON).await.unwrap();
    assert!(store.running_out("police", NOON + 59 * DAY, 9).await.unwrap().is_empty());
    days(store, 0, 61).await;
    assert_eq!(store.access(sent.id, "police").await.unwrap().hold, Some(HoldGround::Court));

    // She shuts it out: it keeps what it had and gets nothing new.
    let fresh = grants("her", 1, &["111"]);
    store.withdraw(sent.id, "police".into(), "age1fresh".into(), fresh, NOON + 61 * DAY).await.unwrap();
    assert!(store.inbox("police", View::All, None, 9).await.unwrap().is_empty());
    assert_eq!(store.held("police", 9).await.unwrap()[0].id, sent.id);
    assert_eq!(store.grants(sent.id, Some("police")).await.unwrap().len(), 1);
    let written =
        store.add_by_organisation(sent.id, "police".into(), 1, vec![entry("more")], by(NOON + 61 * DAY)).await;
    assert!(written.is_err(), "it reads, and writes nothing any more");

    // She erases: gone for everybody else, and for whoever has her receipt.
    store.ask_erasure(sent.id, NOON + 61 * DAY).await.unwrap();
    days(store, 62, 61 + GRACE_SECONDS / DAY).await;
    assert!(store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.is_err());
    assert!(store.access(sent.id, "111").await.is_err());
    assert!(store.grants(sent.id, None).await.unwrap().is_empty(), "her own key is destroyed");
    assert!(store.case(sent.id).await.is_ok(), "who must keep it can still open it");
    assert_eq!(store.entries(sent.id, 0).await.unwrap().len(), 2);
    assert_eq!(store.grants(sent.id, Some("police")).await.unwrap().len(), 1);

    let day = 62 + GRACE_SECONDS / DAY;
    store.hold(sent.id, "police".into(), None, NOON + day * DAY).await.unwrap();
    assert!(store.grants(sent.id, Some("police")).await.unwrap().is_empty());
    days(store, day, day).await;
    assert!(matches!(store.case(sent.id).await, Err(StoreError::Absent("case"))));
}

#[tokio::test]
async fn a_clock_that_leaps_ends_nothing() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    keeps(store, "111", 60).await;
    let sent = report("her", &["111"]);
    store.receive(sent.clone(), NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();
    // A year ahead, and a server that then runs on: of the leap one day counts.
    days(store, 365, 365 + 58).await;
    assert!(store.access(sent.id, "111").await.is_ok());
    days(store, 365 + 59, 365 + 59).await;
    assert!(store.access(sent.id, "111").await.is_err(), "the days that it ran count");
}

#[tokio::test]
async fn a_clock_put_right_again_counts_as_before() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    keeps(store, "111", 60).await;
    let sent = report("her", &["111"]);
    store.receive(sent.clone(), NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();
    store.tidy(NOON + 365 * DAY).await.unwrap();
    days(store, 1, 58).await;
    assert!(store.access(sent.id, "111").await.is_ok());
    days(store, 59, 61).await;
    assert!(store.access(sent.id, "111").await.is_err());
}

#[tokio::test]
async fn nobody_holds_what_it_was_never_let_into() {
    let house = House::with(&["111", "police"]).await;
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    let held = house.store.hold(sent.id, "police".into(), Some(HoldGround::Police), NOON).await;
    assert!(matches!(held, Err(StoreError::Absent("case"))));
}
