//! Sealed files arrive in pieces.

use crate::support::{DAY, HOUR, House, NOON, entry, file, grants, report};
use casework::limits::{LOOSE_FILE_SECONDS, PIECE_BYTES};
use store::{Store, StoreError};

pub const MOST: u64 = 1 << 30;

pub async fn whole(store: &Store, seed: &str, case: casework::CaseId, bytes: &[u8]) -> casework::FileId {
    let id = file(seed);
    store.begin_file(id, case, bytes.len() as u64, MOST, NOON).await.unwrap();
    store.add_piece(id, 0, bytes.to_vec(), NOON).await.unwrap();
    id
}

#[tokio::test]
async fn an_upload_goes_on_where_it_broke_off() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    let id = file("video");
    let begun = house.store.begin_file(id, sent.id, 10, MOST, NOON).await.unwrap();
    assert_eq!((begun.received, begun.is_complete()), (0, false));
    house.store.add_piece(id, 0, b"0123".to_vec(), NOON).await.unwrap();
    let house = house.reopened().await;
    let store = &house.store;
    assert_eq!(store.begin_file(id, sent.id, 10, MOST, NOON).await.unwrap().received, 4);
    // The first piece again: its answer was lost.
    assert_eq!(store.add_piece(id, 0, b"0123".to_vec(), NOON).await.unwrap().received, 4);
    for (from, piece) in [(6, b"6789".to_vec()), (2, b"2345".to_vec())] {
        assert!(matches!(store.add_piece(id, from, piece, NOON).await, Err(StoreError::Stale(_))), "from {from}");
    }
    let long = store.add_piece(id, 4, b"4567890".to_vec(), NOON).await;
    assert!(matches!(long, Err(StoreError::OverLimit(_))), "{long:?}");
    assert!(store.add_piece(id, 4, b"456789".to_vec(), NOON).await.unwrap().is_complete());

    assert!(store.open_file(sent.id, "111", id).await.is_err(), "no entry names it yet");
    let mut sent = sent;
    sent.entries[1].files.push(id);
    store.receive(sent.clone(), NOON).await.unwrap();
    let (opened, size) = store.open_file(sent.id, "111", id).await.unwrap();
    assert_eq!((opened.read(0, 1 << 20).await.unwrap().as_slice(), size), (&b"0123456789"[..], 10));
    for (from, most, bytes) in [(3, 3, &b"345"[..]), (9, 9, b"9"), (4, 6, b"456789"), (10, 1, b""), (11, 1, b"")] {
        assert_eq!(opened.read(from, most).await.unwrap(), bytes, "{most} from {from}");
    }
    assert_eq!(store.file(id).await.unwrap().entry, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_not_overwritten_by_who_comes_at_the_same_time() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    let id = file("video");
    house.store.begin_file(id, sent.id, 3 * 64, MOST, NOON).await.unwrap();
    // Sixteen connections at once, each with other bytes: one of them is acknowledged, the others hear so.
    for piece in 0..3_u64 {
        let tries: Vec<_> = (0..16_u8)
            .map(|i| {
                let store = house.store.clone();
                tokio::spawn(async move { store.add_piece(id, piece * 64, vec![i; 64], NOON).await.unwrap().received })
            })
            .collect();
        for one in tries {
            assert_eq!(one.await.unwrap(), (piece + 1) * 64);
        }
    }
    let bytes = house.bytes(id);
    assert_eq!(bytes.len(), 3 * 64);
    for piece in bytes.chunks(64) {
        assert!(piece.iter().all(|byte| *byte == piece[0]), "a mixture");
    }
}

#[tokio::test]
async fn a_piece_goes_on_when_the_connection_drops() {
    let house = House::with(&["111"]).await;
    let store = house.store.clone();
    let id = file("video");
    store.begin_file(id, report("her", &[]).id, 4, MOST, NOON).await.unwrap();
    let under_way = tokio::spawn(async move { store.add_piece(id, 0, b"0123".to_vec(), NOON).await });
    tokio::task::yield_now().await;
    under_way.abort();
    let _ = under_way.await;
    while !house.store.file(id).await.unwrap().is_complete() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn only_who_is_let_in_opens_a_file_and_nobody_once_the_case_is_locked() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let mut sent = report("her", &["111"]);
    let photo = whole(store, "photo", sent.id, b"sealed photo").await;
    sent.entries[0].files.push(photo);
    store.receive(sent.clone(), NOON).await.unwrap();
    store.receive(report("other", &["women"]), NOON).await.unwrap();
    assert!(store.open_file(sent.id, "111", photo).await.is_ok());
    let stranger = store.open_file(sent.id, "women", photo).await;
    assert!(matches!(stranger, Err(StoreError::Absent("file"))), "{stranger:?}");
    let through_another = store.open_file(report("other", &[]).id, "women", photo).await;
    assert!(matches!(through_another, Err(StoreError::Absent("file"))), "{through_another:?}");

    store.lock(sent.id, "111".into(), NOON).await.unwrap();
    store.lock(sent.id, "111".into(), NOON + HOUR).await.unwrap();
    assert_eq!(store.case(sent.id).await.unwrap().locked_at, Some(NOON));
    assert!(matches!(store.open_file(sent.id, "111", photo).await, Err(StoreError::Locked)));
    store.withdraw(sent.id, "111".into(), "age1x".into(), grants("her", 1, &[]), NOON).await.unwrap();
    assert!(matches!(store.open_file(sent.id, "111", photo).await, Err(StoreError::Absent("file"))));
}

#[tokio::test]
async fn a_file_belongs_to_one_case_and_one_entry() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let (mut hers, mut his) = (report("her", &["111"]), report("him", &["111"]));
    let photo = whole(store, "photo", hers.id, b"sealed photo").await;
    let taken = store.begin_file(photo, his.id, 12, MOST, NOON).await;
    assert!(matches!(taken, Err(StoreError::Taken("file"))), "{taken:?}");
    his.entries[0].files.push(photo);
    assert!(matches!(store.receive(his, NOON).await, Err(StoreError::Absent("complete file"))));
    hers.entries[0].files.push(photo);
    store.receive(hers.clone(), NOON).await.unwrap();
    let mut again = entry("again");
    again.files.push(photo);
    assert!(store.add_by_person(hers.id, 0, vec![again], [9; 32], NOON).await.is_err());
    assert_eq!(store.receive(hers, NOON).await.unwrap().leaves.len(), 2, "the same report again is no second entry");
}

#[tokio::test]
async fn a_file_that_no_entry_names_is_swept_a_day_after_its_last_piece() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let mut sent = report("her", &["111"]);
    let (kept, loose, slow) = (whole(store, "kept", sent.id, b"KEPT").await, file("loose"), file("slow"));
    whole(store, "loose", sent.id, b"LOOSE").await;
    store.begin_file(slow, sent.id, 8, MOST, NOON).await.unwrap();
    store.add_piece(slow, 0, b"SL".to_vec(), NOON).await.unwrap();
    sent.entries[0].files.push(kept);
    store.receive(sent.clone(), NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();
    store.add_piece(slow, 2, b"OW".to_vec(), NOON + 20 * HOUR).await.unwrap();
    let now = NOON + LOOSE_FILE_SECONDS;
    assert_eq!(store.tidy(now).await.unwrap().files, 0);
    assert_eq!(store.tidy(now + 1).await.unwrap().files, 1);
    assert!(matches!(store.file(loose).await, Err(StoreError::Absent("file"))));
    assert!(!house.holds(b"LOOSE") && house.holds(b"KEPT") && house.holds(b"SLOW"));
    assert_eq!(store.tidy(NOON + 45 * HOUR).await.unwrap().files, 1, "the slow one that stopped");
    assert!(store.file(kept).await.is_ok());
    // A clock that leaps takes nobody's upload away.
    let other = whole(store, "other", sent.id, b"OTHER").await;
    assert_eq!(store.tidy(NOON + 400 * DAY).await.unwrap().files, 0);
    assert!(store.file(other).await.is_ok());
}

#[tokio::test]
async fn a_piece_that_is_too_long_is_refused() {
    let house = House::with(&["111"]).await;
    let id = file("video");
    house.store.begin_file(id, report("her", &[]).id, 8, MOST, NOON).await.unwrap();
    let long = house.store.add_piece(id, 4, vec![0; PIECE_BYTES + 1], NOON).await;
    assert!(matches!(long, Err(StoreError::OverLimit("bytes of a piece"))), "{long:?}");
}
