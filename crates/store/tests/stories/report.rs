//! A report arrives.

use crate::support::{House, NOON, digest, entry, grants, receipt, report};
use store::{Author, StoreError, View};

#[tokio::test]
async fn a_report_is_there_after_a_restart() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    let received = house.store.receive(sent.clone(), NOON).await.unwrap();
    assert_eq!(received.at, NOON);
    assert_eq!(received.leaves, [sent.entries[0].leaf, sent.entries[1].leaf]);

    let house = house.reopened().await;
    let case = house.store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.unwrap();
    assert_eq!((case.id, case.epoch, case.received_at), (sent.id, 0, NOON));
    let entries = house.store.entries(sent.id, 0).await.unwrap();
    assert_eq!(
        entries.iter().map(|e| (e.number, e.epoch, &e.sealed)).collect::<Vec<_>>(),
        [(0, 0, &sent.entries[0].sealed), (1, 0, &sent.entries[1].sealed)]
    );
    assert!(entries.iter().all(|e| e.author == Author::Person && e.at == NOON));
    assert_eq!(house.store.grants(sent.id, None).await.unwrap(), grants("her", 0, &[]));
    assert_eq!(house.store.grants(sent.id, Some("111")).await.unwrap(), grants("her", 0, &["111"])[1..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_sent_many_times_at_once_arrives_once() {
    let house = House::with(&["111"]).await;
    let mut news = house.store.news();
    let sent = report("her", &["111"]);
    let tries = (0..20).map(|i| {
        let (store, sent) = (house.store.clone(), sent.clone());
        tokio::spawn(async move { store.receive(sent, NOON + i).await.unwrap() })
    });
    let tries: Vec<_> = tries.collect();
    let mut answers = Vec::new();
    for one in tries {
        answers.push(one.await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(house.store.entries(sent.id, 0).await.unwrap().len(), 2);
    assert_eq!(house.store.inbox("111", View::All, None, 10).await.unwrap().len(), 1);
    assert_eq!(&*news.try_recv().unwrap(), "111");
    assert!(news.try_recv().is_err(), "once is news, twice is not");
}

#[tokio::test]
async fn sent_again_after_she_wrote_more_it_is_answered_as_the_first_time() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    let first = house.store.receive(sent.clone(), NOON).await.unwrap();
    house.store.add_by_person(sent.id, 0, vec![entry("more")], [9; 32], NOON + 1).await.unwrap();
    assert_eq!(house.store.receive(sent, NOON + 2).await.unwrap(), first);
}

#[tokio::test]
async fn another_report_under_the_same_id_or_receipt_is_refused() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    let mut other_words = sent.clone();
    other_words.entries[1] = entry("other words");
    let mut other_receipt = sent.clone();
    other_receipt.receipt = receipt("somebody else");
    let mut other_authenticator = sent.clone();
    other_authenticator.receipt.verifier = digest("guessed");
    for wrong in [other_words, other_receipt, other_authenticator] {
        let refused = house.store.receive(wrong, NOON).await;
        assert!(matches!(refused, Err(StoreError::Taken("case"))), "{refused:?}");
    }
    let mut other_case = report("him", &["111"]);
    other_case.receipt.locator = sent.receipt.locator;
    let refused = house.store.receive(other_case.clone(), NOON).await;
    assert!(matches!(refused, Err(StoreError::Taken("receipt"))), "{refused:?}");
    assert!(house.store.case(other_case.id).await.is_err(), "nothing of it stays");
    assert_eq!(house.store.entries(sent.id, 0).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_report_that_nobody_could_open_or_that_names_who_is_not_there_leaves_nothing() {
    let house = House::with(&["111"]).await;
    house.store.add_organisation(crate::support::card("keyless")).await.unwrap();
    let mut without_receipt = report("a", &["111"]);
    without_receipt.grants.remove(0);
    let mut twice = report("b", &["111"]);
    twice.grants.push(twice.grants[1].clone());
    let mut of_later = report("c", &["111"]);
    of_later.grants[1].epoch = 1;
    let mut without_file = report("d", &["111"]);
    without_file.entries[1].files.push(crate::support::file("never sent"));
    let unknown = report("e", &["111", "nobody"]);
    let keyless = report("f", &["keyless"]);
    for wrong in [without_receipt, twice, of_later, without_file, unknown, keyless] {
        let id = wrong.id;
        assert!(house.store.receive(wrong, NOON).await.is_err());
        assert!(matches!(house.store.case(id).await, Err(StoreError::Absent("case"))));
        assert!(house.store.entries(id, 0).await.unwrap().is_empty());
        assert!(house.store.grants(id, None).await.unwrap().is_empty());
    }
    assert!(house.store.inbox("111", View::All, None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_goes_away_while_sending_has_sent_all_or_nothing_and_staff_hear_of_it() {
    let house = House::with(&["111"]).await;
    let mut news = house.store.news();
    let sent = report("her", &["111"]);
    let store = house.store.clone();
    // The clocks of the organisation are known: her wish is handed over at once.
    store.timing("111", NOON).await.unwrap();
    let under_way = tokio::spawn({
        let sent = sent.clone();
        async move { store.receive(sent, NOON).await }
    });
    // Let it hand its wish over, then break off.
    tokio::task::yield_now().await;
    under_way.abort();
    let _ = under_way.await;
    // Whatever comes after stands behind it in the queue.
    house.store.receive(report("later", &["111"]), NOON).await.unwrap();
    let kept = house.store.entries(sent.id, 0).await.unwrap();
    assert_eq!(kept.len(), 2, "the wish was handed over before she went");
    assert_eq!((&*news.recv().await.unwrap(), &*news.recv().await.unwrap()), ("111", "111"));
}

#[tokio::test]
async fn the_house_keeps_its_salt_and_seed() {
    let house = House::with(&[]).await;
    let kept = (house.store.receipt_salt().await.unwrap(), house.store.signing_seed().await.unwrap());
    house.store.close().await;
    let store = house.again(&[9; 64]).await;
    assert_eq!((store.receipt_salt().await.unwrap(), store.signing_seed().await.unwrap()), kept);
}
