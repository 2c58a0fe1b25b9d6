//! She comes back with her receipt.

use crate::support::{House, NOON, by, digest, entry, epochs, receipt, report};
use store::{Author, StoreError};

#[tokio::test]
async fn a_wrong_receipt_opens_nothing_whichever_half_is_wrong() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    let wrong = receipt("somebody else");
    for (locator, verifier) in [
        (wrong.locator, wrong.verifier),
        (sent.receipt.locator, wrong.verifier),
        (sent.receipt.locator, [0; 32]),
        (wrong.locator, sent.receipt.verifier),
        ([0; 16], [0; 32]),
    ] {
        let refused = house.store.by_receipt(locator, verifier).await;
        assert!(matches!(refused, Err(StoreError::Absent("receipt"))), "{refused:?}");
    }
}

#[tokio::test]
async fn entries_sent_twice_arrive_once_and_keep_their_numbers() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    let more = vec![entry("one"), entry("two")];
    let both = tokio::join!(
        house.store.add_by_person(sent.id, 0, more.clone(), [9; 32], NOON),
        house.store.add_by_person(sent.id, 0, more.clone(), [9; 32], NOON + 1)
    );
    assert_eq!((both.0.unwrap(), both.1.unwrap()), (vec![2, 3], vec![2, 3]));
    let third = vec![entry("two"), entry("three"), entry("one"), entry("three")];
    assert_eq!(house.store.add_by_person(sent.id, 0, third, [9; 32], NOON).await.unwrap(), [3, 4, 2, 4]);
    assert_eq!(house.store.entries(sent.id, 0).await.unwrap().len(), 5);
    assert_eq!(house.store.entries(sent.id, 3).await.unwrap()[0].sealed, entry("two").sealed);
    assert_eq!(house.store.leaves(sent.id).await.unwrap()[2..], ["one", "two", "three"].map(digest));
}

#[tokio::test]
async fn nobody_speaks_in_anothers_name() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    house.store.add_by_organisation(sent.id, "111".into(), 0, vec![entry("answer")], by(NOON)).await.unwrap();
    let entries = house.store.entries(sent.id, 2).await.unwrap();
    assert_eq!(entries[0].author, Author::Organisation("111".into()));
    let echoed = house.store.add_by_person(sent.id, 0, vec![entry("answer")], [9; 32], NOON).await;
    assert!(matches!(echoed, Err(StoreError::Taken("entry"))), "{echoed:?}");
}

#[tokio::test]
async fn a_new_receipt_opens_and_the_old_one_opens_nothing() {
    let house = House::with(&["111"]).await;
    let (sent, other) = (report("her", &["111"]), report("him", &["111"]));
    house.store.receive(sent.clone(), NOON).await.unwrap();
    house.store.receive(other.clone(), NOON).await.unwrap();
    let fresh = receipt("her new words");

    let short = house.store.replace_receipt(sent.id, fresh.clone(), Vec::new()).await;
    assert!(matches!(short, Err(StoreError::Stale(_))), "a receipt that opens nothing: {short:?}");
    let his = house.store.replace_receipt(sent.id, other.receipt, epochs("her", None, 0)).await;
    assert!(matches!(his, Err(StoreError::Taken("receipt"))), "{his:?}");
    assert!(house.store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.is_ok(), "nothing changed yet");

    house.store.replace_receipt(sent.id, fresh.clone(), epochs("her", None, 0)).await.unwrap();
    assert!(house.store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.is_err());
    let case = house.store.by_receipt(fresh.locator, fresh.verifier).await.unwrap();
    assert_eq!(case.receipt, fresh);
    assert_eq!(house.store.grants(sent.id, None).await.unwrap(), epochs("her", None, 0));
    assert_eq!(house.store.grants(sent.id, Some("111")).await.unwrap().len(), 1, "the organisation keeps its own");
    // The first report again, from a device that never heard the answer: it doesn't bring the old receipt back.
    assert!(house.store.receive(sent, NOON).await.is_err());
}

#[tokio::test]
async fn closing_twice_keeps_the_day_and_can_be_taken_back() {
    let house = House::with(&["111"]).await;
    let id = report("her", &["111"]).id;
    assert!(matches!(house.store.close_case(id, Some(NOON)).await, Err(StoreError::Absent("case"))));
    house.store.receive(report("her", &["111"]), NOON).await.unwrap();
    house.store.close_case(id, Some(NOON)).await.unwrap();
    house.store.close_case(id, Some(NOON + 5)).await.unwrap();
    assert_eq!(house.store.case(id).await.unwrap().closed_at, Some(NOON));
    house.store.close_case(id, None).await.unwrap();
    assert_eq!(house.store.case(id).await.unwrap().closed_at, None);
}
