//! A backup of one kind of place comes back in the other. `HAIDANG_NO_POSTGRES=1` leaves it out.

#[path = "../../../store/tests/stories/house.rs"]
#[allow(dead_code, reason = "the stories of the store use the rest")]
mod house;
#[path = "../../../store/tests/stories/support.rs"]
#[allow(dead_code, reason = "the stories of the store use the rest")]
mod support;
#[path = "../stories/two.rs"]
#[allow(dead_code, reason = "the other stories use the rest")]
mod two;

use backup::{Identity, Wish};
use neighbours::{KEY, Postgres, S3};
use store::{Bucket, Place, Secret, Store};
use support::{FRESH, NOON, file, report, settle};
use two::{read, rows, upload};

#[test]
#[ignore = "the storage of the other stories"]
fn serves_s3() {
    S3::serve_if_told();
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sqlite_and_a_folder_to_postgresql_and_s3_and_back() {
    let Some(server) = Postgres::shared() else { return };
    let storage = S3::shared("serves_s3");
    let [here, there, back, backups] = [0; 4].map(|_| tempfile::tempdir().unwrap());
    let store = Store::open(here.path(), &FRESH).await.unwrap();
    settle(&store, &["111", "222"]).await;
    for number in 0..20_u8 {
        let mut sent = report(&format!("report {number}"), &["111"]);
        let photo = file(&format!("photo {number}"));
        upload(&store, sent.id, photo, &vec![number; 100_000], 100_000).await;
        sent.entries[0].files.push(photo);
        store.receive(sent, NOON).await.unwrap();
    }
    store.tidy(NOON).await.unwrap();
    let key = Identity::generate();
    let to = key.recipient();
    let wish = |now| Wish { folder: backups.path(), to: &to, days: 30, now };
    let took = backup::take(&store, &wish(NOON), &mut |_| ()).await.unwrap();

    let database = Some(server.address(&server.database(None).unwrap()).parse().unwrap());
    let bucket = Bucket {
        address: format!("s3://{}/sealed", storage.bucket().unwrap()),
        endpoint: Some(storage.endpoint()),
        region: "us-east-1".into(),
        key_id: KEY.0.into(),
        secret: Secret::Text(KEY.1.into()),
        authority: None,
    };
    let place = Place { database, files: Some(bucket), ..Place::folder(there.path()) };
    let restored = backup::restore(backups.path(), took.at, &key, &place, &mut |_| ()).await.unwrap();
    assert_eq!((restored.cases, restored.files), (20, 20));
    let moved = Store::open(place.clone(), &[9; 64]).await.unwrap();
    assert_eq!(without_place(rows(&moved).await), without_place(rows(&store).await));
    assert_eq!(read(&moved, file("photo 7")).await, vec![7; 100_000]);
    let examined = moved.examine().await.unwrap();
    assert!(examined.faults.is_empty() && examined.missing.is_empty() && examined.unnamed.is_empty(), "{examined:?}");

    // What was erased there doesn't come back here, from the backup before.
    moved.ask_erasure(report("report 3", &[]).id, NOON).await.unwrap();
    for day in 0..=7 {
        moved.tidy(NOON + day * support::DAY).await.unwrap();
    }
    let next = backup::take(&moved, &wish(NOON + 1), &mut |_| ()).await.unwrap();
    assert_eq!(next.files, 19);
    let refused = backup::restore(backups.path(), next.at, &key, &place, &mut |_| ()).await.err();
    assert!(refused.is_some(), "a house is open there");
    let home = Place::folder(back.path());
    let restored = backup::restore(backups.path(), took.at, &key, &home, &mut |_| ()).await.unwrap();
    assert_eq!((restored.cases, restored.files, restored.erased), (19, 19, 1));
    let home = Store::open(home, &[9; 64]).await.unwrap();
    assert!(home.case(report("report 3", &[]).id).await.is_err());
}

/// Where files lie is of the place.
fn without_place(mut rows: Vec<(&'static str, Vec<store::Row>)>) -> Vec<(&'static str, Vec<store::Row>)> {
    let of_place = store::Value::Text("files".into());
    rows.iter_mut().filter(|(table, _)| *table == "house").for_each(|(_, rows)| rows.retain(|row| row[0] != of_place));
    rows
}
