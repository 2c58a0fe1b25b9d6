//! Sealed files as they lie in a folder, where a disk may fail.

use crate::{
    files::{MOST, whole},
    support::{DAY, House, NOON, file, report},
};
use std::fs;
use store::StoreError;

#[tokio::test]
async fn a_removal_that_a_crash_broke_off_is_finished_later() {
    let house = House::with(&["111"]).await;
    let id = whole(&house.store, "photo", report("her", &[]).id, b"PHOTO").await;
    house.store.tidy(NOON).await.unwrap();
    // A folder in the place of the file: it can't be removed, as on a disk that fails.
    let name = id.to_string();
    let path = house.folder.path().join("files").join(&name[..2]).join(&name);
    fs::remove_file(&path).unwrap();
    fs::create_dir_all(path.join("in the way")).unwrap();
    let failed = house.store.tidy(NOON + DAY).await.and(house.store.tidy(NOON + DAY + 1).await);
    assert!(matches!(failed, Err(StoreError::Files(_))), "{failed:?}");
    fs::remove_dir_all(&path).unwrap();
    fs::write(&path, b"PHOTO").unwrap();
    let house = house.reopened().await;
    assert_eq!(house.store.tidy(NOON + DAY + 2).await.unwrap().files, 1);
    assert!(!path.exists());
    assert_eq!(house.store.tidy(NOON + DAY + 3).await.unwrap().files, 0);
}

#[tokio::test]
async fn a_file_that_lost_bytes_is_named_as_damage_not_filled_with_nothing() {
    let house = House::with(&["111"]).await;
    let id = file("video");
    house.store.begin_file(id, report("her", &[]).id, 8, MOST, NOON).await.unwrap();
    house.store.add_piece(id, 0, b"0123".to_vec(), NOON).await.unwrap();
    let name = id.to_string();
    let path = house.folder.path().join("files").join(&name[..2]).join(&name);
    fs::write(&path, b"01").unwrap();
    let damaged = house.store.add_piece(id, 4, b"4567".to_vec(), NOON).await;
    assert!(matches!(damaged, Err(StoreError::Damaged(_))), "{damaged:?}");
}
