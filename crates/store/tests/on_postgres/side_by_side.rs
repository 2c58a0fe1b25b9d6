//! Several servers on one database: what SQLite's single writer excluded, the database excludes.

use crate::{
    house::{House, place, server},
    support::{DAY, FRESH, NOON, by, entry, file, grants, member, report},
};
use casework::{erasure::GRACE_SECONDS, limits::PIECE_BYTES};
use std::{sync::Arc, time::Duration};
use store::{Invitation, Opened, Opening, Store, StoreError, View};
use tokio::sync::broadcast::{Receiver, error::TryRecvError};
use vocabulary::Role;

/// Two servers in one house.
async fn two(organisations: &[&str]) -> (House, Store) {
    let house = House::with(organisations).await;
    let other = house.again(&[9; 64]).await;
    (house, other)
}

async fn hears(news: &mut Receiver<Arc<str>>) -> String {
    let heard = tokio::time::timeout(Duration::from_secs(20), news.recv()).await;
    heard.expect("it is told within seconds").unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_sent_to_both_at_once_arrives_once() {
    let (house, other) = two(&["111"]).await;
    for round in 0..10 {
        let sent = report(&format!("her {round}"), &["111"]);
        let tries: Vec<_> = (0..12)
            .map(|i| {
                let store = if i % 2 == 0 { house.store.clone() } else { other.clone() };
                let sent = sent.clone();
                tokio::spawn(async move { store.receive(sent, NOON + i).await.unwrap() })
            })
            .collect();
        let mut answers = Vec::new();
        for one in tries {
            answers.push(one.await.unwrap());
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(other.entries(sent.id, 0).await.unwrap().len(), 2);
    }
    assert_eq!(house.store.inbox("111", View::All, None, 100).await.unwrap().len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_sent_to_both_at_once_stand_in_one_order_without_a_gap() {
    let (house, other) = two(&["111"]).await;
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    let tries: Vec<_> = (0..40)
        .map(|i| {
            let store = if i % 2 == 0 { house.store.clone() } else { other.clone() };
            let more = vec![entry(&format!("{i}")), entry(&format!("{i} and on"))];
            tokio::spawn(async move { store.add_by_person(sent.id, 0, more, [9; 32], NOON).await.unwrap() })
        })
        .collect();
    for one in tries {
        let numbers = one.await.unwrap();
        assert_eq!(numbers[1], numbers[0] + 1, "what came together stands together");
    }
    let numbers: Vec<_> = other.entries(sent.id, 0).await.unwrap().iter().map(|e| e.number).collect();
    assert_eq!(numbers, (0..82).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_shut_out_at_one_server_can_not_write_at_the_other_meanwhile() {
    for round in 0..10 {
        let (house, other) = two(&["111"]).await;
        let sent = report("her", &["111"]);
        house.store.receive(sent.clone(), NOON).await.unwrap();
        let shut = house.store.withdraw(sent.id, "111".into(), "age1fresh".into(), grants("her", 1, &[]), NOON);
        let answer = other.add_by_organisation(sent.id, "111".into(), 0, vec![entry("answer")], by(NOON));
        let (shut, answer) = tokio::join!(shut, answer);
        shut.unwrap();
        let kept = house.store.entries(sent.id, 2).await.unwrap();
        assert_eq!(kept.len(), usize::from(answer.is_ok()), "round {round}: {answer:?}");
        assert!(other.add_by_organisation(sent.id, "111".into(), 0, vec![entry("late")], by(NOON)).await.is_err());
    }
}

#[tokio::test]
async fn news_of_one_server_reach_the_inboxes_at_the_other_and_letters_are_written_by_one() {
    let (house, other) = two(&["111"]).await;
    let (mut here, mut there) = (house.store.news(), other.news());
    let (mut letters, mut others) = (house.store.news_of_this_process(), other.news_of_this_process());
    house.store.receive(report("her", &["111"]), NOON).await.unwrap();
    assert_eq!(hears(&mut here).await, "111");
    assert_eq!(hears(&mut there).await, "111");
    other.receive(report("him", &["111"]), NOON).await.unwrap();
    assert_eq!(hears(&mut here).await, "111");
    assert_eq!(hears(&mut there).await, "111");
    for news in [&mut here, &mut there] {
        assert!(matches!(news.try_recv(), Err(TryRecvError::Empty)), "once is news, twice is not");
    }
    for writes in [&mut letters, &mut others] {
        assert_eq!(writes.try_recv().unwrap().organisation, "111");
        assert!(writes.try_recv().is_err(), "the other's are told by the other");
    }
}

#[tokio::test]
async fn two_staff_at_once_one_invitation_one_code_one_session() {
    let (house, other) = two(&["111"]).await;
    let hash = [3; 32];
    let invitation = Invitation { hash, organisation: "111".into(), role: Role::Intake, expires_at: NOON + DAY };
    house.store.invite(invitation).await.unwrap();
    let both = tokio::join!(
        house.store.join(hash, member("binh", "bình"), NOON),
        other.join(hash, member("chi", "chi"), NOON)
    );
    assert_eq!([&both.0, &both.1].iter().filter(|joined| joined.is_ok()).count(), 1, "{both:?}");
    let id = house.store.member_named("111", "an").await.unwrap().id;
    let codes = tokio::join!(house.store.use_totp_step(id, 7), other.use_totp_step(id, 7));
    assert_eq!([&codes.0, &codes.1].iter().filter(|used| used.is_ok()).count(), 1, "{codes:?}");
    house.store.open_session([1; 32], id, NOON).await.unwrap();
    assert_eq!(other.session([1; 32], NOON).await.unwrap().member.id, id, "signed in here is signed in there");
    other.end_sessions(id, None).await.unwrap();
    assert!(house.store.session([1; 32], NOON).await.is_err());
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    let opening = Opening { at: NOON, organisation: "111".into(), role: Role::Intake, what: Opened::Case };
    let noted = tokio::join!(
        house.store.note_opening(sent.id, opening.clone(), by(NOON)),
        other.note_opening(sent.id, opening, by(NOON))
    );
    noted.0.and(noted.1).unwrap();
    assert_eq!(house.store.openings(sent.id).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_is_carried_out_once() {
    let (house, other) = two(&["111"]).await;
    for i in 0..20 {
        let sent = report(&format!("case {i}"), &["111"]);
        house.store.receive(sent.clone(), NOON).await.unwrap();
        other.ask_erasure(sent.id, NOON).await.unwrap();
    }
    for day in 0..7 {
        let both = tokio::join!(house.store.tidy(NOON + day * DAY), other.tidy(NOON + day * DAY));
        assert_eq!((both.0.unwrap().erased, both.1.unwrap().erased), (0, 0), "day {day}");
    }
    let due = NOON + GRACE_SECONDS;
    let both = tokio::join!(house.store.tidy(due), other.tidy(due));
    assert_eq!(both.0.unwrap().erased + both.1.unwrap().erased, 20);
    assert_eq!(other.tombstones().await.unwrap(), [("2026-11".into(), String::new(), 20)]);
}

#[tokio::test]
async fn clocks_that_disagree_move_no_erasure() {
    let (house, other) = two(&["111"]).await;
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    house.store.tidy(NOON).await.unwrap();
    house.store.ask_erasure(sent.id, NOON).await.unwrap();
    // One is two hours ahead, then one two days; both tidy every minute.
    for ahead in [2 * 3600, 2 * DAY] {
        for minute in 0..30 {
            assert_eq!(other.tidy(NOON + minute * 60 + ahead).await.unwrap().erased, 0);
            assert_eq!(house.store.tidy(NOON + minute * 60).await.unwrap().erased, 0);
        }
        let due = house.store.case(sent.id).await.unwrap().erase_due.unwrap();
        assert!((due - NOON - GRACE_SECONDS).abs() < 3600, "{}", due - NOON - GRACE_SECONDS);
    }
    let ahead = house.store.ahead_of_database(NOON).await.unwrap().unwrap();
    assert_eq!(house.store.ahead_of_database(NOON + 1000).await.unwrap().unwrap() / 100, (ahead + 1000) / 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_of_one_file_sent_to_both_at_once_are_no_mixture() {
    let (house, other) = two(&["111"]).await;
    let id = file("video");
    let piece = PIECE_BYTES / 4;
    house.store.begin_file(id, report("her", &[]).id, 3 * piece as u64, 1 << 30, NOON).await.unwrap();
    for at in 0..3 {
        let tries: Vec<_> = (0..8_u8)
            .map(|i| {
                let store = if i % 2 == 0 { house.store.clone() } else { other.clone() };
                tokio::spawn(async move {
                    store.add_piece(id, (at * piece) as u64, vec![i; piece], NOON).await.unwrap().received
                })
            })
            .collect();
        for one in tries {
            assert_eq!(one.await.unwrap(), ((at + 1) * piece) as u64);
        }
    }
    let bytes = house.bytes(id);
    assert_eq!(bytes.len(), 3 * piece);
    for piece in bytes.chunks(piece) {
        assert!(piece.iter().all(|byte| *byte == piece[0]), "a mixture");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_furnish_an_empty_database_at_once_make_one_house() {
    for round in 0..3_u8 {
        let database = server().database(None).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let place = place(&folder, &database);
        let open = |fresh: u8| {
            let place = place.clone();
            tokio::spawn(async move { Store::open(place, &[fresh; 64]).await.unwrap() })
        };
        let all: Vec<_> = (0..4).map(|i| open(round * 4 + i)).collect();
        let mut salts = Vec::new();
        for one in all {
            salts.push(one.await.unwrap().receipt_salt().await.unwrap());
        }
        assert!(salts.iter().all(|salt| *salt == salts[0]));
    }
}

#[tokio::test]
async fn a_command_works_beside_and_furnishes_only_what_is_empty() {
    let house = House::with(&["111"]).await;
    let command = Store::open_beside(house.place.clone(), &FRESH).await.unwrap();
    command.add_organisation(crate::support::card("women")).await.unwrap();
    assert_eq!(house.store.organisations().await.unwrap().len(), 2);
    let database = server().database(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let first = Store::open_beside(place(&folder, &database), &FRESH).await.unwrap();
    assert!(first.organisations().await.unwrap().is_empty());
    server().sql(&house.database, "DELETE FROM _sqlx_migrations WHERE version > 1").unwrap();
    let older = Store::open_beside(house.place.clone(), &FRESH).await.err().unwrap();
    assert!(matches!(older, StoreError::OtherLayout), "{older:?}");
}

#[tokio::test]
async fn keys_that_went_are_vacuumed_from_their_tables() {
    let house = House::with(&["111"]).await;
    let sent = report("her", &["111"]);
    house.store.receive(sent.clone(), NOON).await.unwrap();
    house.store.withdraw(sent.id, "111".into(), "age1fresh".into(), grants("her", 1, &[]), NOON).await.unwrap();
    house.store.tidy(NOON).await.unwrap();
    // Of two grants and one that came, one is gone and the table knows of no dead row.
    let verbose = "SELECT count(*) FROM grants; SELECT pg_stat_force_next_flush(); \
                   SELECT vacuum_count > 0, n_dead_tup FROM pg_stat_user_tables WHERE relname = 'grants'";
    let told = server().sql(&house.database, verbose).unwrap();
    assert_eq!(told.split_whitespace().collect::<Vec<_>>(), ["2", "t|0"], "{told}");
}
