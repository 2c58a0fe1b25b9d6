//! Who is let in, and who is shut out.

use crate::support::{DAY, House, NOON, by, entry, epochs, grants, report};
use casework::CaseId;
use store::{NewReport, Opened, Opening, Store, StoreError, View};
use vocabulary::{ReportState, Role};

async fn sent(store: &Store, organisations: &[&str]) -> NewReport {
    let sent = report("her", organisations);
    store.receive(sent.clone(), NOON).await.unwrap();
    sent
}

async fn withdraw(store: &Store, id: CaseId, organisation: &str, epoch: i64, stay: &[&str]) -> Result<(), StoreError> {
    let recipient = format!("age1her{epoch}");
    store.withdraw(id, organisation.into(), recipient, grants("her", epoch, stay), NOON + 1).await
}

#[tokio::test]
async fn the_withdrawn_organisation_opens_nothing_and_the_case_goes_on_under_a_fresh_identity() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let sent = sent(store, &["111", "women"]).await;
    withdraw(store, sent.id, "111", 1, &["women"]).await.unwrap();

    assert!(matches!(store.access(sent.id, "111").await, Err(StoreError::Absent("case"))));
    assert!(store.grants(sent.id, Some("111")).await.unwrap().is_empty());
    assert!(store.inbox("111", View::All, None, 10).await.unwrap().is_empty());
    let answer = store.add_by_organisation(sent.id, "111".into(), 1, vec![entry("late")], by(NOON)).await;
    assert!(matches!(answer, Err(StoreError::Absent("case"))), "{answer:?}");
    let opening = Opening { at: NOON, organisation: "111".into(), role: Role::Intake, what: Opened::Case };
    assert!(matches!(store.note_opening(sent.id, opening, by(NOON)).await, Err(StoreError::Absent("case"))));
    assert!(matches!(store.lock(sent.id, "111".into(), NOON).await, Err(StoreError::Absent("case"))));

    // Whoever still holds the old identity, another page of hers too, can't add under it.
    for old in [
        store.add_by_person(sent.id, 0, vec![entry("old")], [9; 32], NOON).await,
        store.add_by_organisation(sent.id, "women".into(), 0, vec![entry("old")], by(NOON)).await,
    ] {
        assert!(matches!(old, Err(StoreError::Stale("the case's keys"))), "{old:?}");
    }
    store.add_by_person(sent.id, 1, vec![entry("new")], [9; 32], NOON).await.unwrap();
    let entries = store.entries(sent.id, 0).await.unwrap();
    assert_eq!(entries.iter().map(|e| e.epoch).collect::<Vec<_>>(), [0, 0, 1]);
    for holder in [None, Some("women")] {
        let epochs: Vec<_> = store.grants(sent.id, holder).await.unwrap().iter().map(|g| g.epoch).collect();
        assert_eq!(epochs, [0, 1], "{holder:?}");
    }
    let told: Vec<_> = store.accesses(sent.id).await.unwrap().iter().map(|a| a.withdrawn_at).collect();
    assert_eq!(told, [Some(NOON + 1), None], "she still sees that it was let in once");
}

#[tokio::test]
async fn let_in_again_it_gets_the_key_of_every_epoch_and_starts_anew() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let sent = sent(store, &["111"]).await;
    store.add_by_organisation(sent.id, "111".into(), 0, vec![entry("answer")], by(NOON)).await.unwrap();
    withdraw(store, sent.id, "111", 1, &[]).await.unwrap();
    store.add_by_person(sent.id, 1, vec![entry("alone")], [9; 32], NOON).await.unwrap();

    let too_few = store.allow(sent.id, "111".into(), epochs("her", Some("111"), 0), NOON + DAY).await;
    assert!(matches!(too_few, Err(StoreError::Stale(_))), "{too_few:?}");
    let all = epochs("her", Some("111"), 1);
    store.allow(sent.id, "111".into(), all.clone(), NOON + DAY).await.unwrap();
    assert_eq!(store.grants(sent.id, Some("111")).await.unwrap(), all);
    let access = store.access(sent.id, "111").await.unwrap();
    assert_eq!((access.state, access.granted_at), (ReportState::Received, NOON + DAY));
    assert_eq!((access.opened_at, access.answered_at, access.withdrawn_at), (None, None, None));

    // Sent again, it changes nothing; with other keys it is somebody else's wish.
    store.allow(sent.id, "111".into(), all, NOON + 2 * DAY).await.unwrap();
    assert_eq!(store.access(sent.id, "111").await.unwrap().granted_at, NOON + DAY);
    let mut other = epochs("her", Some("111"), 1);
    other[1].sealed.push(0);
    let refused = store.allow(sent.id, "111".into(), other, NOON + 2 * DAY).await;
    assert!(matches!(refused, Err(StoreError::Taken("grant"))), "{refused:?}");
}

#[tokio::test]
async fn withdrawing_sent_twice_goes_one_epoch_further_not_two() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let sent = sent(store, &["111", "women"]).await;
    for _ in 0..2 {
        withdraw(store, sent.id, "111", 1, &["women"]).await.unwrap();
    }
    let case = store.case(sent.id).await.unwrap();
    assert_eq!((case.epoch, case.recipient.as_str()), (1, "age1her1"));
}

#[tokio::test]
async fn withdrawing_by_an_old_view_of_who_is_in_changes_nothing() {
    let house = House::with(&["111", "women", "lawyers"]).await;
    let store = &house.store;
    let sent = sent(store, &["111", "women"]).await;
    // Another page of hers lets somebody in meanwhile: she would be locked out.
    store.allow(sent.id, "lawyers".into(), epochs("her", Some("lawyers"), 0), NOON).await.unwrap();
    for (epoch, stay) in [(1, vec!["women"]), (1, vec!["women", "lawyers", "111"]), (2, vec!["women", "lawyers"])] {
        let refused = withdraw(store, sent.id, "111", epoch, &stay).await;
        assert!(matches!(refused, Err(StoreError::Stale("who is let in"))), "{stay:?} {refused:?}");
        assert!(store.access(sent.id, "111").await.is_ok(), "still let in");
        assert_eq!(store.case(sent.id).await.unwrap().epoch, 0);
    }
    let same = store.withdraw(sent.id, "111".into(), sent.recipient, grants("her", 1, &["women", "lawyers"]), NOON);
    assert!(matches!(same.await, Err(StoreError::Malformed("a fresh recipient"))));
    let stranger = withdraw(store, sent.id, "nobody", 1, &["women", "lawyers"]).await;
    assert!(matches!(stranger, Err(StoreError::Absent("grant"))), "{stranger:?}");
    withdraw(store, sent.id, "111", 1, &["lawyers", "women"]).await.unwrap();
}

#[tokio::test]
async fn an_organisation_that_left_or_has_no_key_can_not_be_let_in() {
    let house = House::with(&["111", "left"]).await;
    let store = &house.store;
    let mut left = store.organisation("left").await.unwrap();
    left.closed_at = Some(NOON);
    store.change_organisation(left).await.unwrap();
    store.add_organisation(crate::support::card("keyless")).await.unwrap();
    let sent = sent(store, &["111"]).await;
    for organisation in ["left", "keyless", "nobody"] {
        let refused = store.allow(sent.id, organisation.into(), epochs("her", Some(organisation), 0), NOON).await;
        assert!(matches!(refused, Err(StoreError::Absent("organisation"))), "{organisation}: {refused:?}");
        assert!(store.grants(sent.id, Some(organisation)).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn she_sees_who_opened_what_and_never_a_name() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let sent = sent(store, &["111"]).await;
    assert!(store.inbox("111", View::All, None, 1).await.unwrap()[0].has_news);
    for (minute, what) in [(1, Opened::Case), (2, Opened::File)] {
        let opening = Opening { at: NOON + minute, organisation: "111".into(), role: Role::Intake, what };
        store.note_opening(sent.id, opening, by(NOON)).await.unwrap();
    }
    let seen = store.openings(sent.id).await.unwrap();
    assert_eq!(
        seen.iter().map(|o| (o.at, o.what)).collect::<Vec<_>>(),
        [(NOON + 1, Opened::Case), (NOON + 2, Opened::File)]
    );
    let access = store.access(sent.id, "111").await.unwrap();
    assert_eq!((access.state, access.opened_at), (ReportState::Opened, Some(NOON + 1)));
    assert!(!store.inbox("111", View::All, None, 1).await.unwrap()[0].has_news);
}
