//! The invented house is sound, the same for the same seed, and everything in it is sealed as in life.

use demo::{Wish, fill};
use store::{Store, View};
use vocabulary::CaseState;

const NOW: i64 = 1_795_582_800;

async fn drawn(seed: u64, cases: u32) -> (Store, demo::House, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[7; 64]).await.unwrap();
    let house = fill(&store, &Wish { seed, cases, now: NOW }, &mut |_, _| ()).await.unwrap();
    (store, house, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_forgotten_in_it_and_the_logs_hold() {
    let (store, house, _folder) = drawn(1, 200).await;
    assert_eq!(house.staff.len(), 40);
    assert!(!house.receipts.is_empty());
    let (mut all, mut over, mut due) = (0, 0, 0);
    for place in demo::PLACES {
        for row in store.inbox(place.id, View::All, None, 1000).await.unwrap() {
            let work = store.work(row.id, place.id).await.unwrap();
            assert!(work.is_sound());
            all += 1;
            over += usize::from(row.status == CaseState::Closed);
            due += usize::from(row.next_due.is_some_and(|due| due < NOW));
        }
        assert_eq!(store.check_log(place.id).await.unwrap().broken, None);
    }
    assert!(all > 200 && over > 80 && due > 0, "{all} {over} {due}");
    assert_eq!(store.rebuild().await.unwrap().mended, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_draws_the_same_life() {
    let mut seen = Vec::new();
    for seed in [7, 7, 8] {
        let (store, house, _folder) = drawn(seed, 60).await;
        let events = store.events("hoa-sen", 0, 10_000).await.unwrap();
        let told: Vec<_> = events.iter().map(|event| (event.at, event.body.clone().unwrap().len())).collect();
        assert!(told.is_sorted_by_key(|(at, _)| *at), "in the order of time");
        seen.push((house.steps, told));
    }
    assert!(seen[0] == seen[1] && seen[0] != seen[2]);
}
