//! Backups live for as long as was said, and one at a time is taken.

use crate::{
    support::{DAY, NOON, file, report},
    two::{Backed, upload},
};
use backup::{BackupError, Taken};
use std::fs;

#[tokio::test]
async fn an_old_backup_goes_with_what_it_alone_needs_and_the_last_one_stays() {
    let backed = Backed::with(&["111"]).await;
    let store = backed.store();
    let owner = report("hers", &["111"]);
    upload(store, owner.id, file("old"), &vec![1; 50_000], 50_000).await;
    let first = backed.take(NOON).await.unwrap();
    upload(store, owner.id, file("new"), &vec![2; 50_000], 50_000).await;
    // Nobody names the first file any more.
    store.tidy(NOON).await.unwrap();
    store.receive(owner, NOON + DAY).await.unwrap();
    for day in 1..=2 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    let second = backed.take(NOON + 29 * DAY).await.unwrap();
    assert_eq!(second.dropped, 0);
    let third = backed.take(NOON + 31 * DAY).await.unwrap();
    assert_eq!(third.dropped, 1);
    let all = [second.at, third.at].map(|at| Taken { at });
    assert_eq!(backup::all(backed.folder.path()).unwrap(), all);
    assert!(matches!(backed.restore(first.at).await, Err(BackupError::None)));
    backed.restore(second.at).await.unwrap();
    assert_eq!(backup::lacks(backed.folder.path(), all[1]).unwrap(), Vec::<String>::new());
    let parts = fs::read_dir(backed.folder.path().join("parts")).unwrap();
    let left: u64 = parts
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|part| part.unwrap().metadata().unwrap().len())
        .sum();
    assert!(left < first.bytes, "{left}");
    // However old: the last one stays until there is a newer one.
    assert_eq!(backed.take(NOON + 400 * DAY).await.unwrap().dropped, 2);
    assert_eq!(backup::all(backed.folder.path()).unwrap().len(), 1);
}

#[tokio::test]
async fn two_at_once_are_refused_and_so_is_the_folder_of_another_house() {
    let backed = Backed::with(&["111"]).await;
    backed.take(NOON).await.unwrap();
    let lock = fs::File::open(backed.folder.path().join("lock")).unwrap();
    lock.lock().unwrap();
    assert!(matches!(backed.take(NOON).await, Err(BackupError::Busy)));
    drop(lock);

    let id = report("hers", &["111"]).id;
    backed.store().receive(report("hers", &["111"]), NOON).await.unwrap();
    backed.store().ask_erasure(id, NOON).await.unwrap();
    backed.take(NOON).await.unwrap();
    let other = Backed::with(&["111"]).await;
    let other = Backed { folder: backed.folder, ..other };
    assert!(matches!(other.take(NOON).await, Err(BackupError::OtherHouse)));
}

#[tokio::test]
async fn a_file_that_is_missing_from_the_store_is_told_and_keeps_nothing_else_from_being_saved() {
    let backed = Backed::with(&["111"]).await;
    let mut hers = report("hers", &["111"]);
    upload(backed.store(), hers.id, file("lost"), b"lost", 4).await;
    hers.entries[0].files.push(file("lost"));
    backed.store().receive(hers, NOON).await.unwrap();
    let name = file("lost").to_string();
    fs::remove_file(backed.house.folder.path().join("files").join(&name[..2]).join(&name)).unwrap();
    let took = backed.take(NOON).await.unwrap();
    assert_eq!(took.missing, std::slice::from_ref(&name));
    let (restored, again, _folder) = backed.restore(took.at).await.unwrap();
    assert_eq!((restored.cases, restored.missing), (1, vec![name]));
    assert_eq!(again.examine().await.unwrap().missing, [file("lost")]);
}
