//! A house moves, and moves back; broken off in the middle it goes on.

use crate::{
    house::{House, bucket, server},
    support::{DAY, FRESH, NOON, by, entry, file, report, settle},
};
use std::path::Path;
use store::{Invitation, Opened, Opening, Place, Step, Store, StoreError, TABLES, View, move_house};
use vocabulary::Role;

/// Something in every table, files whole and begun.
async fn furnish(store: &Store) {
    for i in 0..40 {
        let mut sent = report(&format!("case {i}"), &["111", "women"]);
        let photo = file(&format!("photo {i}"));
        let bytes = vec![i as u8; 1 + 70_000 * (i % 4)];
        store.begin_file(photo, sent.id, bytes.len() as u64, 1 << 30, NOON).await.unwrap();
        for (n, piece) in bytes.chunks(100_000).enumerate() {
            store.add_piece(photo, n as u64 * 100_000, piece.to_vec(), NOON).await.unwrap();
        }
        sent.entries[1].files.push(photo);
        store.receive(sent.clone(), NOON).await.unwrap();
        store.add_by_organisation(sent.id, "111".into(), 0, vec![entry("answer")], by(NOON + 1)).await.unwrap();
        let opening = Opening { at: NOON, organisation: "111".into(), role: Role::Intake, what: Opened::Case };
        store.note_opening(sent.id, opening, by(NOON)).await.unwrap();
    }
    let slow = file("slow");
    store.begin_file(slow, report("case 1", &[]).id, 10, 1 << 30, NOON).await.unwrap();
    store.add_piece(slow, 0, b"0123".to_vec(), NOON).await.unwrap();
    store.ask_erasure(report("case 39", &[]).id, NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();
    let id = store.member_named("111", "an").await.unwrap().id;
    store.open_session([1; 32], id, NOON).await.unwrap();
    let hash = [2; 32];
    store
        .invite(Invitation { hash, organisation: "111".into(), role: Role::Intake, expires_at: NOON + DAY })
        .await
        .unwrap();
}

/// That all of it is there, and goes on.
async fn lives(store: &Store) {
    assert_eq!(store.receipt_salt().await.unwrap(), FRESH[..32]);
    assert_eq!(store.inbox("111", View::All, None, 100).await.unwrap().len(), 40);
    for i in 0..40 {
        let sent = report(&format!("case {i}"), &["111", "women"]);
        assert!(store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.is_ok());
        assert_eq!(store.entries(sent.id, 0).await.unwrap().len(), 3);
        assert_eq!(store.grants(sent.id, Some("women")).await.unwrap().len(), 1);
        let (photo, size) = store.open_file(sent.id, "111", file(&format!("photo {i}"))).await.unwrap();
        let bytes = photo.read(0, 1 << 20).await.unwrap();
        assert!(bytes.len() as u64 == size && bytes.iter().all(|byte| *byte == i as u8), "photo {i}");
    }
    let slow = store.file(file("slow")).await.unwrap();
    assert_eq!(slow.received, 4, "an upload goes on where it stood");
    assert!(store.session([1; 32], NOON).await.is_ok() && store.invitation([2; 32], NOON).await.is_ok());
}

/// An empty database and bucket.
fn there(folder: &Path, prefix: &str) -> Place {
    let database = server().database(None).unwrap();
    let database = Some(server().address(&database).parse().unwrap());
    Place { database, files: Some(bucket(prefix)), ..Place::folder(folder) }
}

fn quiet() -> impl FnMut(Step, u64, u64) + Send {
    |_, _, _| {}
}

async fn furnished(folder: &Path) -> Place {
    server();
    let place = Place::folder(folder);
    let store = Store::open(place.clone(), &FRESH).await.unwrap();
    settle(&store, &["111", "women"]).await;
    furnish(&store).await;
    store.close().await;
    place
}

#[tokio::test]
async fn from_a_folder_to_servers_and_back_everything_is_there_and_goes_on() {
    let [one, other, back] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let (here, far) = (furnished(one.path()).await, there(other.path(), "/moved/here"));
    let mut steps = Vec::new();
    let mut told = |step, done, of| steps.push((step, done, of));
    move_house(&here, &far, &[9; 64], &mut told).await.unwrap();
    for step in [Step::Rows, Step::Comparing, Step::Files] {
        let (_, done, of) = steps.iter().rfind(|(told, ..)| *told == step).unwrap();
        assert!(done == of && *of > 0, "{step:?}: {done} of {of}");
    }
    let store = Store::open(far.clone(), &FRESH).await.unwrap();
    lives(&store).await;
    let more = report("more", &["111"]);
    store.receive(more.clone(), NOON).await.unwrap();
    store.close().await;

    let home = Place::folder(back.path());
    move_house(&far, &home, &[9; 64], &mut quiet()).await.unwrap();
    let store = Store::open(home, &FRESH).await.unwrap();
    assert_eq!(store.entries(more.id, 0).await.unwrap().len(), 2);
    store.close_case(more.id, Some(NOON)).await.unwrap();
    let sent = report("case 7", &[]);
    store.add_by_person(sent.id, 0, vec![entry("later")], [9; 32], NOON).await.unwrap();
    store.add_piece(file("slow"), 4, b"456789".to_vec(), NOON).await.unwrap();
    store.close().await;
    // The old place is as it was.
    lives(&Store::open(here, &FRESH).await.unwrap()).await;
}

#[tokio::test]
async fn files_alone_move_and_move_back_beside_their_database() {
    let folder = tempfile::tempdir().unwrap();
    let here = furnished(folder.path()).await;
    let far = Place { files: Some(bucket("")), ..here.clone() };
    let other = Place { files: Some(bucket("/other")), ..here.clone() };
    for (from, to) in [(&here, &far), (&far, &other), (&other, &here)] {
        if *to == here {
            // What the first move left behind.
            let left = move_house(from, to, &FRESH, &mut quiet()).await;
            assert!(matches!(left, Err(StoreError::Occupied)), "{left:?}");
            std::fs::remove_dir_all(folder.path().join("files")).unwrap();
        }
        move_house(from, to, &FRESH, &mut quiet()).await.unwrap();
        let wrong = Store::open(from.clone(), &FRESH).await.err().unwrap();
        assert!(matches!(wrong, StoreError::OtherFiles(_)), "{wrong:?}");
        let store = Store::open(to.clone(), &FRESH).await.unwrap();
        lives(&store).await;
        store.close().await;
    }
}

/// A move that is broken off when it has told so often; gives whether it was.
async fn broken_off(from: &Place, to: &Place, after: usize) -> bool {
    let (broken, mut breaks) = tokio::sync::oneshot::channel::<()>();
    let (mut broken, mut count) = (Some(broken), 0);
    let (from, to) = (from.clone(), to.clone());
    let moving = tokio::spawn(async move {
        let mut told = |_, _, _| {
            count += 1;
            if count > after {
                drop(broken.take());
                // As a kill between two writes.
                std::panic::resume_unwind(Box::new("broken off"));
            }
        };
        move_house(&from, &to, &FRESH, &mut told).await.unwrap();
    });
    let _ = (&mut breaks).await;
    moving.await.is_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_off_anywhere_it_goes_on_and_what_changed_meanwhile_is_taken_along() {
    let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let (here, far) = (furnished(one.path()).await, there(other.path(), ""));
    let mut after = 0;
    while broken_off(&here, &far, after).await {
        let refused = Store::open(far.clone(), &FRESH).await.err().unwrap();
        assert!(matches!(refused, StoreError::Unfinished), "half a house takes nobody in: {refused:?}");
        // The operator gives up for a day; the old house goes on and changes.
        let store = Store::open(here.clone(), &FRESH).await.unwrap();
        let sent = report(&format!("meanwhile {after}"), &["111"]);
        store.receive(sent.clone(), NOON).await.unwrap();
        let photo = file(&format!("meanwhile {after}"));
        store.begin_file(photo, sent.id, 4, 1 << 30, NOON).await.unwrap();
        store.add_piece(photo, 0, b"0123".to_vec(), NOON).await.unwrap();
        if after > 0 {
            let id = report("meanwhile 0", &[]).id;
            if store.case(id).await.is_ok() {
                store.ask_erasure(id, NOON).await.unwrap();
                for day in 1..=7 {
                    store.tidy(NOON + day * DAY).await.unwrap();
                }
                assert!(store.case(id).await.is_err());
                store.tidy(NOON).await.unwrap();
            }
        }
        store.close().await;
        after += if after < 20 { 3 } else { 17 };
    }
    assert!(after > 30, "it was broken off in every step");
    let (old, new) = (Store::open(here, &FRESH).await.unwrap(), Store::open(far, &FRESH).await.unwrap());
    let rows = async |store: &Store| {
        let mut look = store.snapshot().await.unwrap();
        let mut counts = Vec::new();
        for table in TABLES.iter().filter(|table| table.name != "pieces") {
            counts.push((table.name, look.count(table).await.unwrap()));
        }
        counts
    };
    assert_eq!(rows(&old).await, rows(&new).await);
}

#[tokio::test]
async fn a_place_where_somebody_lives_or_a_server_runs_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let here = furnished(folder.path()).await;
    let house = House::with(&["women"]).await;
    house.store.receive(report("theirs", &["women"]), NOON).await.unwrap();
    let refused = move_house(&here, &house.place, &FRESH, &mut quiet()).await;
    assert!(matches!(refused, Err(StoreError::InUse)), "its server runs: {refused:?}");
    house.store.close().await;
    let refused = move_house(&here, &house.place, &FRESH, &mut quiet()).await;
    assert!(matches!(refused, Err(StoreError::Occupied)), "{refused:?}");
    let store = house.again(&FRESH).await;
    assert_eq!(store.inbox("women", View::All, None, 9).await.unwrap().len(), 1);
    let refused = move_house(&house.place, &here, &FRESH, &mut quiet()).await;
    assert!(matches!(refused, Err(StoreError::InUse)), "the old one's server runs: {refused:?}");
    let refused = move_house(&here, &here, &FRESH, &mut quiet()).await;
    assert!(matches!(refused, Err(StoreError::Malformed(_))), "{refused:?}");
    lives(&Store::open(here, &FRESH).await.unwrap()).await;
}
