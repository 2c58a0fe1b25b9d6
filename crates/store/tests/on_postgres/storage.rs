//! Sealed files in an S3-compatible storage that is slow, refuses, or loses something.

use crate::{
    house::{House, bucket, bucket_of, place, server},
    support::{FRESH, NOON, file, report, settle},
};
use casework::FileId;
use neighbours::S3;
use std::{fs, path::PathBuf, time::Duration};
use store::{Place, Secret, Store, StoreError};
use tempfile::TempDir;

const MOST: u64 = 1 << 30;

/// A house whose storage is its own, so that it may misbehave.
async fn with_own_storage() -> (Store, S3, Place, TempDir) {
    let storage = S3::start("house::serves_s3").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = place(&folder, &server().database(None).unwrap());
    let at = Place { files: Some(bucket_of(&storage, "")), ..at };
    let store = Store::open(at.clone(), &FRESH).await.unwrap();
    settle(&store, &["111"]).await;
    (store, storage, at, folder)
}

#[tokio::test]
async fn a_storage_that_refuses_for_a_moment_is_asked_again_and_nobody_hears_of_it() {
    let (store, storage, ..) = with_own_storage().await;
    let (id, case) = (file("video"), report("her", &[]).id);
    store.begin_file(id, case, 8, MOST, NOON).await.unwrap();
    storage.refuse(3).unwrap();
    assert_eq!(store.add_piece(id, 0, b"0123".to_vec(), NOON).await.unwrap().received, 4);
    storage.be_slow(Duration::from_millis(700)).unwrap();
    assert!(store.add_piece(id, 4, b"4567".to_vec(), NOON).await.unwrap().is_complete());
}

#[tokio::test]
async fn a_storage_that_goes_on_refusing_is_said_to_be_away_and_what_was_acknowledged_stays() {
    let (store, storage, ..) = with_own_storage().await;
    let mut sent = report("her", &["111"]);
    let id = file("video");
    store.begin_file(id, sent.id, 8, MOST, NOON).await.unwrap();
    store.add_piece(id, 0, b"0123".to_vec(), NOON).await.unwrap();
    storage.refuse(1000).unwrap();
    let refused = store.add_piece(id, 4, b"4567".to_vec(), NOON).await;
    assert!(matches!(refused, Err(StoreError::Storage(_))), "{refused:?}");
    assert_eq!(store.file(id).await.unwrap().received, 4, "she goes on from here");
    // Reports without files arrive all the same.
    store.receive(report("other", &["111"]), NOON).await.unwrap();
    storage.refuse(0).unwrap();
    store.add_piece(id, 4, b"4567".to_vec(), NOON).await.unwrap();
    sent.entries[0].files.push(id);
    store.receive(sent.clone(), NOON).await.unwrap();
    let (opened, _) = store.open_file(sent.id, "111", id).await.unwrap();
    assert_eq!(opened.read(0, 100).await.unwrap(), b"01234567");
}

/// Every object of a file, as the storage keeps it.
fn objects(house: &House, id: FileId) -> Vec<PathBuf> {
    let folder = house.objects().join("sealed").join(id.to_string());
    let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(|object| object.unwrap().path()).collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_piece_that_the_storage_lost_or_changed_is_named_as_damage() {
    let house = House::with(&["111"]).await;
    let mut sent = report("her", &["111"]);
    let id = file("video");
    house.store.begin_file(id, sent.id, 8, MOST, NOON).await.unwrap();
    for (from, piece) in [(0, b"0123"), (4, b"4567")] {
        house.store.add_piece(id, from, piece.to_vec(), NOON).await.unwrap();
    }
    sent.entries[0].files.push(id);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    let all = objects(&house, id);
    let (opened, _) = house.store.open_file(sent.id, "111", id).await.unwrap();
    fs::write(&all[0], b"0124").unwrap();
    fs::remove_file(&all[1]).unwrap();
    for from in [0, 4] {
        let damaged = opened.read(from, 4).await;
        assert!(matches!(damaged, Err(StoreError::Damaged(_))), "from {from}: {damaged:?}");
    }
}

#[tokio::test]
async fn what_was_put_but_never_acknowledged_goes_with_its_file() {
    let house = House::with(&["111"]).await;
    let id = file("video");
    house.store.begin_file(id, report("her", &[]).id, 8, MOST, NOON).await.unwrap();
    house.store.add_piece(id, 0, b"0123".to_vec(), NOON).await.unwrap();
    // As a server leaves it that was killed between the storage's answer and its own.
    let kept = &objects(&house, id)[0];
    fs::copy(kept, kept.with_file_name("0000000000000004-00000000000000000000000000000000")).unwrap();
    house.store.tidy(NOON).await.unwrap();
    house.store.tidy(NOON + 24 * 3600).await.unwrap();
    assert_eq!(house.store.tidy(NOON + 24 * 3600 + 1).await.unwrap().files, 1);
    let folder = house.objects().join("sealed").join(id.to_string());
    assert!(!folder.exists() || fs::read_dir(folder).unwrap().next().is_none());
}

#[tokio::test]
async fn another_place_of_files_than_the_database_knows_is_refused() {
    let house = House::with(&["111"]).await;
    house.store.close().await;
    let folder = Place { files: None, ..house.place.clone() };
    let other = Place { files: Some(bucket("/elsewhere")), ..house.place.clone() };
    for wrong in [folder, other] {
        let refused = Store::open(wrong, &FRESH).await.err().unwrap();
        assert!(matches!(refused, StoreError::OtherFiles(_)), "{refused:?}");
    }
    house.again(&FRESH).await.receive(report("her", &["111"]), NOON).await.unwrap();
}

#[tokio::test]
async fn what_can_not_be_a_storage_is_named_without_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let right = bucket("");
    let with = |change: &dyn Fn(&mut store::Bucket)| {
        let mut bucket = right.clone();
        change(&mut bucket);
        Place { files: Some(bucket), ..Place::folder(folder.path()) }
    };
    for (wrong, why) in [
        (with(&|b| b.secret = Secret::Text("SECRET".into())), "may not do that"),
        (with(&|b| b.secret = Secret::File("/no/such/file".into())), "/no/such/file"),
        (with(&|b| b.key_id = "nobody".into()), ""),
        (with(&|b| b.address = "s3://no-such-bucket".into()), "no such bucket"),
        (with(&|b| b.address = "https://bucket".into()), "s3://bucket/prefix"),
        (with(&|b| b.address = "s3://".into()), "the name of a bucket"),
        (with(&|b| b.endpoint = Some("http://storage.example".into())), "needs https://"),
        (with(&|b| b.endpoint = Some("https://a:SECRET@storage.example".into())), "no name and no password"),
    ] {
        let refused = Store::open(wrong.clone(), &FRESH).await.err().unwrap_or_else(|| panic!("{why}"));
        let said = format!("{refused} {refused:?} {wrong:?}");
        assert!(refused.to_string().contains(why), "{why}: {refused}");
        assert!(!refused.to_string().contains("SECRET") && !refused.to_string().contains('\n'), "{said}");
        assert!(!format!("{wrong:?}").contains("a secret of tests only"));
    }
}
