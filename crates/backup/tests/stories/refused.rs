//! What is wrong with a backup is told before it does harm, and nothing opens as a house that isn't one.

use crate::{
    support::{FRESH, NOON, file, report},
    two::{Backed, restore_into, upload},
};
use backup::{BackupError, Identity};
use std::{
    fs,
    path::{Path, PathBuf},
};
use store::{Store, StoreError};

pub fn largest_part(folder: &Path) -> PathBuf {
    let parts = fs::read_dir(folder.join("parts")).unwrap();
    let parts = parts.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap()).map(|part| part.unwrap().path());
    parts.max_by_key(|part| part.metadata().unwrap().len()).unwrap()
}

async fn backed() -> (Backed, i64) {
    let backed = Backed::with(&["111"]).await;
    let mut hers = report("hers", &["111"]);
    upload(backed.store(), hers.id, file("photo"), &vec![5; 100_000], 100_000).await;
    hers.entries[0].files.push(file("photo"));
    backed.store().receive(hers.clone(), NOON).await.unwrap();
    backed.store().ask_erasure(hers.id, NOON).await.unwrap();
    backed.store().stop_erasure(hers.id).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    (backed, took.at)
}

async fn refused(backed: &Backed, taken_at: i64) -> BackupError {
    let empty = tempfile::tempdir().unwrap();
    let refused = restore_into(backed.folder.path(), taken_at, &backed.key, empty.path()).await.err().unwrap();
    let house = Store::open(empty.path(), &FRESH).await;
    // Either nothing was begun, or what was begun is no house.
    match house {
        Ok(fresh) => assert!(fresh.organisations().await.unwrap().is_empty()),
        Err(error) => assert!(matches!(error, StoreError::Restoring), "{error:?}"),
    }
    refused
}

#[tokio::test]
async fn a_store_that_holds_something_is_left_alone() {
    let (backed, at) = backed().await;
    let busy = restore_into(backed.folder.path(), at, &backed.key, backed.house.folder.path()).await;
    assert!(matches!(busy, Err(BackupError::Store(StoreError::InUse))), "{busy:?}");
    backed.store().close().await;
    let refused = restore_into(backed.folder.path(), at, &backed.key, backed.house.folder.path()).await;
    assert!(matches!(refused, Err(BackupError::Store(StoreError::Occupied))), "{refused:?}");
    let store = Store::open(backed.house.folder.path(), &FRESH).await.unwrap();
    assert!(store.case(report("hers", &[]).id).await.is_ok());
}

#[tokio::test]
async fn without_the_list_or_with_an_old_or_changed_one_nothing_comes_back() {
    let (backed, at) = backed().await;
    let path = backup::list::path(backed.folder.path());
    let list = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = list.lines().collect();
    let with = |kept: &[&str]| fs::write(&path, kept.iter().map(|line| format!("{line}\n")).collect::<String>());

    fs::remove_file(&path).unwrap();
    assert!(matches!(refused(&backed, at).await, BackupError::NoList));
    with(&lines[..2]).unwrap();
    assert!(matches!(refused(&backed, at).await, BackupError::ShortList { has: 1, needs: 2 }));
    with(&[lines[0], lines[2]]).unwrap();
    assert!(matches!(refused(&backed, at).await, BackupError::DamagedList(1)));
    with(&[lines[0], lines[1], &lines[2].replace("stopped", "asked")]).unwrap();
    assert!(matches!(refused(&backed, at).await, BackupError::DamagedList(2)));
    fs::write(&path, &list).unwrap();
    backed.restore(at).await.unwrap();
}

#[tokio::test]
async fn a_part_that_is_missing_or_damaged_is_named() {
    let (backed, at) = backed().await;
    // The file is the largest, the chunks are smaller.
    for part in [largest_part(backed.folder.path()), some_chunk(backed.folder.path())] {
        let (name, whole) = (part.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&part).unwrap());
        fs::remove_file(&part).unwrap();
        let error = refused(&backed, at).await;
        assert!(matches!(&error, BackupError::Missing(missing) if *missing == name), "{error:?}");
        for at_byte in [3, 80, whole.len() / 2, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[at_byte] ^= 0x10;
            fs::write(&part, damaged).unwrap();
            let error = refused(&backed, at).await;
            assert!(matches!(&error, BackupError::Damaged(_) | BackupError::OtherKey), "{at_byte}: {error:?}");
        }
        fs::write(&part, &whole[..whole.len() - 1]).unwrap();
        assert!(matches!(refused(&backed, at).await, BackupError::Damaged(damaged) if damaged == name));
        fs::write(&part, whole).unwrap();
    }
    backed.restore(at).await.unwrap();
}

fn some_chunk(folder: &Path) -> PathBuf {
    let largest = largest_part(folder);
    let parts = fs::read_dir(folder.join("parts")).unwrap();
    let mut parts =
        parts.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap()).map(|part| part.unwrap().path());
    parts.find(|part| *part != largest).unwrap()
}

#[tokio::test]
async fn another_key_opens_nothing() {
    let (mut backed, at) = backed().await;
    backed.key = Identity::generate();
    assert!(matches!(refused(&backed, at).await, BackupError::OtherKey));
    assert!(matches!(refused(&backed, at + 1).await, BackupError::None));
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_left_alone() {
    for (from, to) in [
        (format!("\"layout\":{}", store::newest_layout()), "\"layout\":9999"),
        ("\"version\":1".into(), "\"version\":2"),
    ] {
        let (backed, at) = backed().await;
        backed.edit(at, &from, to);
        assert!(matches!(refused(&backed, at).await, BackupError::Newer(_)), "{to}");
    }
}

#[tokio::test]
async fn nothing_of_it_stands_in_the_folder_in_the_clear() {
    let (backed, _) = backed().await;
    for needle in [&report("hers", &[]).id.0[..], b"sealed: hers: story", &[5; 64], b"Helpline"] {
        let list = backup::list::path(backed.folder.path());
        let kept = fs::read(&list).unwrap();
        fs::remove_file(&list).unwrap();
        assert!(!crate::support::stands_in(backed.folder.path(), needle), "{}", String::from_utf8_lossy(needle));
        fs::write(&list, kept).unwrap();
    }
}
