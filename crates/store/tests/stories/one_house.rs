//! The folder: one server has it open, and it is closed to others.

use crate::support::{FRESH, House, NOON, card, report};
use std::{fs, path::Path};
use store::{Store, StoreError};

#[tokio::test]
async fn a_second_server_on_the_same_folder_is_refused_with_a_clear_sentence() {
    let house = House::with(&["111"]).await;
    let refused = Store::open(house.folder.path(), &FRESH).await.err().unwrap();
    assert!(matches!(refused, StoreError::InUse));
    assert_eq!(refused.to_string(), "another haidang has this open; stop it first");
    house.reopened().await.store.receive(report("her", &["111"]), NOON).await.unwrap();
}

#[tokio::test]
async fn a_command_works_beside_the_server_that_runs() {
    let house = House::with(&["111"]).await;
    let command = Store::open_beside(house.folder.path(), &[8; 64]).await.unwrap();
    command.add_organisation(card("women")).await.unwrap();
    assert_eq!(house.store.organisations().await.unwrap().len(), 2);
    command.close().await;
    house.store.receive(report("her", &["111"]), NOON).await.unwrap();
    assert_eq!(house.store.receipt_salt().await.unwrap(), FRESH[..32]);
    house.store.close().await;
    let alone = Store::open_beside(house.folder.path(), &FRESH).await.unwrap();
    assert_eq!(alone.organisations().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_closed_store_finishes_what_was_begun_and_takes_nothing_more() {
    let house = House::with(&["111"]).await;
    let store = house.store.clone();
    let begun = tokio::spawn(async move { store.receive(report("her", &["111"]), NOON).await });
    tokio::task::yield_now().await;
    house.store.close().await;
    begun.await.unwrap().unwrap();
    let late = house.store.receive(report("late", &["111"]), NOON).await;
    assert!(matches!(late, Err(StoreError::Closing)), "{late:?}");
    // Everything lies in one file then, ready to be copied.
    assert!(!house.folder.path().join("haidang.sqlite-wal").exists());
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_reads_it_and_a_folder_that_was_there_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("made/here?#%41");
    let store = Store::open(&folder, &FRESH).await.unwrap();
    store.add_organisation(card("111")).await.unwrap();
    assert_eq!(rights(&folder), 0o700);
    let given = outer.path().join("given");
    fs::create_dir(&given).unwrap();
    fs::set_permissions(&given, fs::Permissions::from_mode(0o755)).unwrap();
    let second = Store::open(&given, &FRESH).await.unwrap();
    second.add_organisation(card("111")).await.unwrap();
    assert_eq!(rights(&given), 0o755);
    for folder in [&folder, &given] {
        assert_eq!(rights(&folder.join("files")), 0o700);
        for name in ["haidang.sqlite", "haidang.sqlite-wal", "haidang.sqlite-shm", "haidang.lock"] {
            assert_eq!(rights(&folder.join(name)), 0o600, "{name}");
        }
    }
}

#[tokio::test]
async fn a_folder_that_can_not_be_made_is_named() {
    let outer = tempfile::tempdir().unwrap();
    let path = outer.path().join("a file, no folder");
    fs::write(&path, "").unwrap();
    let refused = Store::open(&path, &FRESH).await.err().unwrap();
    assert!(matches!(refused, StoreError::Files(_)), "{refused:?}");
    assert!(refused.to_string().contains("a file, no folder"), "{refused}");
}
