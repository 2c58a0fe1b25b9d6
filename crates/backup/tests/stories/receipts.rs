//! A receipt that was replaced after the backup: the new words lead back, the old ones don't.

use crate::{
    support::{DAY, NOON, epochs, grants, receipt, report, stands_in},
    two::Backed,
};
use backup::BackupError;
use std::{
    fs,
    path::{Path, PathBuf},
};
use store::{Store, StoreError};

async fn is_shut(store: &Store, seed: &str) -> bool {
    let old = receipt(seed);
    matches!(store.by_receipt(old.locator, old.verifier).await, Err(StoreError::Absent("receipt")))
}

/// What lies beside the list.
fn kept(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder.join("receipts")).into_iter().flatten().map(|file| file.unwrap().path()).collect()
}

#[tokio::test]
async fn the_new_words_open_and_the_old_ones_dont() {
    let backed = Backed::with(&["111"]).await;
    let store = backed.store();
    let hers = report("hers", &["111"]);
    store.receive(hers.clone(), NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    let given = epochs("hers", None, 0);
    store.replace_receipt(hers.id, receipt("new"), given.clone()).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();

    let (_, again, folder) = backed.restore(took.at).await.unwrap();
    assert!(is_shut(&again, "hers").await);
    let new = receipt("new");
    let case = again.by_receipt(new.locator, new.verifier).await.unwrap();
    assert_eq!((case.id, &case.receipt), (hers.id, &new));
    assert_eq!(again.grants(hers.id, None).await.unwrap(), given);
    assert!(!stands_in(folder.path(), &hers.grants[0].sealed), "what the old words opened is not written");
    assert_eq!(again.grants(hers.id, Some("111")).await.unwrap(), hers.grants[1..], "who helps her goes on");
    // The house that came back keeps it up, beside other backups too.
    let other = tempfile::tempdir().unwrap();
    backup::list::append(other.path(), &again).await.unwrap();
    assert_eq!(kept(other.path()).len(), 1);
    again.replace_receipt(hers.id, receipt("third"), epochs("hers", None, 0)).await.unwrap();
    assert!(is_shut(&again, "new").await && !is_shut(&again, "third").await);
}

#[tokio::test]
async fn whatever_was_replaced_in_between_the_last_words_open_every_backup() {
    let backed = Backed::with(&["111", "222"]).await;
    let store = backed.store();
    let hers = report("hers", &["111", "222"]);
    store.receive(hers.clone(), NOON).await.unwrap();
    let first = backed.take(NOON).await.unwrap();
    store.replace_receipt(hers.id, receipt("second"), epochs("hers", None, 0)).await.unwrap();
    let second = backed.take(NOON).await.unwrap();
    let before = kept(backed.folder.path()).remove(0);
    let of_second = fs::read(&before).unwrap();
    // She shut one out, so there are two identities by now.
    store.withdraw(hers.id, "222".into(), "age1fresh".into(), grants("hers", 1, &["111"]), NOON).await.unwrap();
    store.replace_receipt(hers.id, receipt("third"), epochs("hers", None, 1)).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();

    for taken_at in [first.at, second.at] {
        let (_, again, _folder) = backed.restore(taken_at).await.unwrap();
        assert!(is_shut(&again, "hers").await && is_shut(&again, "second").await && !is_shut(&again, "third").await);
        assert_eq!(again.case(hers.id).await.unwrap().epoch, 0);
        assert_eq!(again.grants(hers.id, None).await.unwrap(), epochs("hers", None, 0));
        // The case goes on as it was then: the next identity is its second again.
        again.withdraw(hers.id, "111".into(), "age1other".into(), grants("hers", 1, &[]), NOON).await.unwrap();
    }
    let third = backed.take(NOON).await.unwrap();
    let (_, again, _folder) = backed.restore(third.at).await.unwrap();
    assert_eq!(again.grants(hers.id, None).await.unwrap(), epochs("hers", None, 1));

    // Who forced the second words out of her puts their file back.
    fs::write(&before, of_second).unwrap();
    let (_, again, _folder) = backed.restore(first.at).await.unwrap();
    assert!(is_shut(&again, "hers").await && is_shut(&again, "second").await && is_shut(&again, "third").await);
}

#[tokio::test]
async fn what_opens_it_goes_with_the_case() {
    let backed = Backed::with(&["111"]).await;
    let store = backed.store();
    for seed in ["erased", "held", "stays"] {
        store.receive(report(seed, &["111"]), NOON).await.unwrap();
        let id = report(seed, &[]).id;
        store.replace_receipt(id, receipt(&format!("new of {seed}")), epochs(seed, None, 0)).await.unwrap();
    }
    store.tidy(NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    assert_eq!(kept(backed.folder.path()).len(), 3);
    let [erased, held] = ["erased", "held"].map(|seed| report(seed, &[]).id);
    store.hold(held, "111".into(), vocabulary::HoldGround::ALL.first().copied(), NOON).await.unwrap();
    for id in [erased, held] {
        store.ask_erasure(id, NOON).await.unwrap();
    }
    for day in 0..=7 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    backup::list::append(backed.folder.path(), store).await.unwrap();
    assert_eq!(kept(backed.folder.path()).len(), 1);
    let (restored, again, _folder) = backed.restore(took.at).await.unwrap();
    assert_eq!(restored.erased, 1);
    assert!(is_shut(&again, "new of held").await && !is_shut(&again, "new of stays").await);
}

#[tokio::test]
async fn nobody_reads_it_and_what_is_no_longer_whole_is_named() {
    let backed = Backed::with(&["111"]).await;
    let store = backed.store();
    let hers = report("hers", &["111"]);
    store.receive(hers.clone(), NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    store.replace_receipt(hers.id, receipt("new"), epochs("hers", None, 0)).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();
    for needle in [&receipt("new").locator[..], b"again key of epoch", b"age1receipt", &hers.id.0] {
        assert!(!stands_in(backed.folder.path(), needle), "{}", String::from_utf8_lossy(needle));
    }
    let file = kept(backed.folder.path()).remove(0);
    let whole = fs::read(&file).unwrap();
    for at in [3, 90, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(&file, damaged).unwrap();
        let refused = backed.restore(took.at).await.err();
        let named = matches!(&refused, Some(BackupError::Damaged(name)) if *name == file.display().to_string());
        assert!(named, "{at}: {refused:?}");
    }
    // Without it the house comes back, and the words open nothing until she tells anew.
    fs::remove_file(&file).unwrap();
    let (_, again, _folder) = backed.restore(took.at).await.unwrap();
    assert!(is_shut(&again, "hers").await && is_shut(&again, "new").await);
    assert_eq!(again.inbox("111", store::View::All, None, 10).await.unwrap().len(), 1);
}
