//! What was acknowledged comes back, row by row and file by file; what is there already isn't written again.

use crate::{
    support::{FRESH, MINUTE, NOON, entry, file, report},
    two::{Backed, read, restore_into, rows, upload},
};
use backup::Identity;
use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use store::{Store, View};

#[tokio::test(flavor = "multi_thread")]
async fn everything_comes_back_row_by_row_and_file_by_file() {
    let backed = Backed::with(&["111", "222"]).await;
    let store = backed.store();
    for number in 0..40 {
        let mut sent = report(&format!("report {number}"), &["111"]);
        let photo = file(&format!("photo {number}"));
        let bytes = vec![number as u8; 10_000 * number];
        if number > 0 {
            upload(store, sent.id, photo, &bytes, bytes.len() as u64).await;
            sent.entries[1].files.push(photo);
        }
        store.receive(sent, NOON).await.unwrap();
    }
    // An upload that has begun, and one of which nothing is there yet.
    let going = report("going", &["111"]).id;
    upload(store, going, file("half"), b"half of it", 20).await;
    store.begin_file(file("none"), going, 5, 1 << 20, NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();

    let took = backed.take(NOON + MINUTE).await.unwrap();
    assert_eq!((took.files, took.missing.len()), (40, 0));
    let (restored, again, _folder) = backed.restore(took.at).await.unwrap();
    assert_eq!((restored.cases, restored.files, restored.erased), (40, 40, 0));
    assert_eq!(rows(&again).await, rows(store).await);
    for number in 1..40 {
        assert_eq!(read(&again, file(&format!("photo {number}"))).await, vec![number as u8; 10_000 * number]);
    }
    assert_eq!(again.receipt_salt().await.unwrap(), FRESH[..32], "receipts go on working");
    // And it goes on.
    let half = again.add_piece(file("half"), 10, b" and the r".to_vec(), NOON).await.unwrap();
    assert!(half.is_complete());
    again.add_by_person(report("report 7", &[]).id, 0, vec![entry("more")], [9; 32], NOON + 2 * MINUTE).await.unwrap();
    again.tidy(NOON + 2 * MINUTE).await.unwrap();
    let examined = again.examine().await.unwrap();
    assert!(examined.faults.is_empty() && examined.missing.is_empty() && examined.unnamed.is_empty(), "{examined:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_backup_is_in_it_while_reports_go_on_arriving() {
    let backed = Backed::with(&["111"]).await;
    let (store, stop) = (backed.store().clone(), std::sync::Arc::new(AtomicBool::new(false)));
    let stopped = stop.clone();
    let arriving = tokio::spawn(async move {
        let mut number = 0;
        while !stopped.load(Ordering::Relaxed) {
            let mut sent = report(&format!("report {number}"), &["111"]);
            if number % 10 == 0 {
                let photo = file(&format!("photo {number}"));
                upload(&store, sent.id, photo, &[number as u8; 5000], 5000).await;
                sent.entries[0].files.push(photo);
            }
            store.receive(sent, NOON).await.unwrap();
            number += 1;
        }
        number
    });
    let mut backups = Vec::new();
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        // Everything up to this one was acknowledged.
        let before = backed.store().inbox("111", View::All, None, 100_000).await.unwrap().len();
        backups.push((before, backed.take(NOON).await.unwrap().at));
    }
    stop.store(true, Ordering::Relaxed);
    let sent = arriving.await.unwrap();
    for (before, taken_at) in backups {
        let (restored, again, _folder) = backed.restore(taken_at).await.unwrap();
        let there = restored.cases as usize;
        assert!((before..=sent).contains(&there), "{before} {there} {sent}");
        for number in 0..there {
            let expected = report(&format!("report {number}"), &["111"]);
            let entries = again.entries(expected.id, 0).await.unwrap();
            assert_eq!(
                entries.iter().map(|e| e.leaf).collect::<Vec<_>>(),
                expected.entries.iter().map(|e| e.leaf).collect::<Vec<_>>()
            );
            assert_eq!(again.grants(expected.id, Some("111")).await.unwrap(), expected.grants[1..]);
            if number % 10 == 0 {
                assert_eq!(read(&again, file(&format!("photo {number}"))).await, [number as u8; 5000]);
            }
        }
        assert!(again.examine().await.unwrap().missing.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_backup_writes_only_what_is_new() {
    let backed = Backed::with(&["111"]).await;
    let store = backed.store();
    for number in 0..300 {
        let mut sent = report(&format!("report {number}"), &["111"]);
        sent.entries[0].sealed = vec![number as u8; 4000];
        store.receive(sent, NOON).await.unwrap();
    }
    let owner = report("report 1", &[]).id;
    upload(store, owner, file("large"), &vec![7; 3_000_000], 3_000_000).await;
    let first = backed.take(NOON).await.unwrap();
    assert!(first.new_bytes == first.bytes && first.new_bytes > 4_000_000, "{first:?}");
    // Keys lie between thousands of zeros, which are not written.
    let grants = 300 * 2 * 4500;
    assert!(first.bytes < 3_000_000 + 300 * 4000 + grants / 4, "{first:?}");

    let same = backed.take(NOON).await.unwrap();
    assert_eq!((same.new_parts, same.new_bytes, same.bytes), (0, 0, first.bytes));
    assert!(same.at > first.at, "two of one second are two");

    store.receive(report("one more", &["111"]), NOON).await.unwrap();
    let more = backed.take(NOON).await.unwrap();
    assert!((1..=8).contains(&more.new_parts) && more.new_bytes < 1_500_000, "{more:?}");
    let (restored, ..) = backed.restore(more.at).await.unwrap();
    assert_eq!(restored.cases, 301);
    let (restored, ..) = backed.restore(first.at).await.unwrap();
    assert_eq!(restored.cases, 300, "the older one is as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_broken_off_is_no_backup_and_the_next_goes_on_from_there() {
    let backed = Backed::with(&["111"]).await;
    for number in 0..50 {
        backed.store().receive(report(&format!("report {number}"), &["111"]), NOON).await.unwrap();
    }
    let first = backed.take(NOON).await.unwrap();
    // As a kill leaves it: parts, one of them half, and no manifest.
    let backups = backed.folder.path().join("backups");
    for name in fs::read_dir(&backups).unwrap() {
        fs::remove_file(name.unwrap().path()).unwrap();
    }
    let parts = backed.folder.path().join("parts");
    fs::write(parts.join(fs::read_dir(&parts).unwrap().next().unwrap().unwrap().file_name()).join("x.new"), "x")
        .unwrap();
    fs::write(backups.join("1795582999.new"), "half a manifest").unwrap();
    assert_eq!(backup::all(backed.folder.path()).unwrap(), []);

    let next = backed.take(NOON).await.unwrap();
    assert_eq!((next.new_parts, next.bytes), (0, first.bytes));
    let (restored, ..) = backed.restore(next.at).await.unwrap();
    assert_eq!(restored.cases, 50);
    let left = fs::read_dir(&parts).unwrap().flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    assert!(left.map(|file| file.unwrap().file_name()).all(|name| !name.to_string_lossy().ends_with(".new")));
}

#[tokio::test]
async fn a_backup_of_an_older_layout_is_brought_up_to_date() {
    // Taken by the program of layout 6, with a key that is in nobody's use.
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layout-6");
    let key = Identity::read(&from.join("key")).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let restored = restore_into(&from, NOON, &key, empty.path()).await.unwrap();
    assert_eq!(restored.cases, 1);
    let again = Store::open(empty.path(), &[9; 64]).await.unwrap();
    let hers = report("hers", &[]).id;
    let waiting = again.inbox("111", View::New, None, 10).await.unwrap();
    assert_eq!((waiting[0].id, waiting[0].waits_since), (hers, Some(NOON)));
    again.ask_erasure(hers, NOON).await.unwrap();
    assert_eq!(again.forgotten(0, 10).await.unwrap().len(), 1);
}
