//! The work on a case: written down as events, read from the rows that follow from them.

use crate::support::{ANNA, DAY, HOUR, House, NOON, by, entry, grants, join, report};
use casework::{
    CaseId, Facts, ItemId,
    work::{Actor, Change, NewTask, Refusal},
};
use store::{NewEvent, Opened, Opening, Store, StoreError, View};
use vocabulary::{AgeBand, CaseState, Closing, Harm, LegalDuty, NoteKind, Outcome, Risk, Role, TaskKind, Urgency};

async fn arrived(store: &Store, seed: &str) -> CaseId {
    let sent = report(seed, &["111"]);
    let id = sent.id;
    store.receive(sent, NOON).await.unwrap();
    id
}

async fn does(store: &Store, case: CaseId, change: Change, at: i64) -> Result<casework::work::Work, StoreError> {
    store.change(case, "111".into(), change, None, by(at)).await
}

fn accepted() -> Change {
    Change::Accepted { owner: ANNA, next: None }
}

fn closed() -> Change {
    Change::Closed { reason: Closing::GoalsMet, outcome: Outcome::Stopped }
}

async fn view(store: &Store, view: View) -> Vec<CaseId> {
    store.inbox("111", view, None, 100).await.unwrap().iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn each_view_of_the_queue_holds_what_it_says() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let (new, open, over) = (arrived(store, "new").await, arrived(store, "open").await, arrived(store, "over").await);
    for case in [open, over] {
        does(store, case, accepted(), NOON).await.unwrap();
    }
    does(store, over, closed(), NOON).await.unwrap();
    store.add_by_organisation(open, "111".into(), 0, vec![entry("answer")], by(NOON)).await.unwrap();
    assert_eq!(view(store, View::All).await, [new, open, over]);
    assert_eq!(view(store, View::New).await, [new]);
    assert_eq!(view(store, View::Of(ANNA)).await, [open]);
    assert_eq!(view(store, View::Over).await, [over]);
    assert!(view(store, View::Due(NOON + DAY - 1)).await.is_empty());
    assert_eq!(view(store, View::Due(NOON + DAY)).await, [open]);
    let row = &store.inbox("111", View::Of(ANNA), None, 1).await.unwrap()[0];
    assert_eq!((row.status, row.owner, row.next_due), (CaseState::Open, Some(ANNA), Some(NOON + DAY)));
}

/// As many as a bad day brings at once; the queue of a million is measured (`queue_1m_p99_ms`).
#[tokio::test]
async fn a_flood_of_one_day_is_paged_to_its_end_and_none_is_lost_or_told_twice() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    for number in 0..300 {
        store.receive(report(&format!("flood {number}"), &["111"]), NOON + number / 7).await.unwrap();
    }
    for of in [View::All, View::New] {
        let (mut seen, mut behind) = (Vec::new(), None);
        loop {
            let rows = store.inbox("111", of, behind, 50).await.unwrap();
            let Some(last) = rows.last() else { break };
            behind = Some((last.place, last.id));
            seen.extend(rows.iter().map(|row| row.id));
        }
        let all: std::collections::BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!((seen.len(), all.len()), (300, 300));
    }
}

#[tokio::test]
async fn two_workers_at_once_and_the_second_one_looks_again() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let case = arrived(store, "two").await;
    let seen = store.work(case, "111").await.unwrap().version;
    store.change(case, "111".into(), accepted(), Some(seen), by(NOON)).await.unwrap();
    let late = store.change(case, "111".into(), closed(), Some(seen), by(NOON)).await;
    assert!(matches!(late, Err(StoreError::Stale(_))));
    // A note fits whatever a colleague did meanwhile.
    let note = Change::Noted { about: NoteKind::Note };
    let event = NewEvent { sealed: Some(b"sealed words".to_vec()), ..by(NOON) };
    store.change(case, "111".into(), note, Some(seen), event).await.unwrap();
    let events = store.events_of_case(case, "111").await.unwrap();
    assert_eq!(events.last().unwrap().sealed.as_deref(), Some(&b"sealed words"[..]));
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let case = arrived(store, "refused").await;
    let refused = does(store, case, closed(), NOON).await;
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::NotNow))));
    assert!(store.events_of_case(case, "111").await.unwrap().is_empty());
    assert_eq!(store.work(case, "111").await.unwrap().version, 0);
    let elsewhere = store.change(case, "women".into(), accepted(), None, by(NOON)).await;
    assert!(matches!(elsewhere, Err(StoreError::Absent("case"))), "{elsewhere:?}");
}

#[tokio::test]
async fn an_answer_takes_a_case_on_and_her_word_makes_it_wait() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let case = arrived(store, "answered").await;
    store.add_by_organisation(case, "111".into(), 0, vec![entry("answer")], by(NOON + HOUR)).await.unwrap();
    let work = store.work(case, "111").await.unwrap();
    assert_eq!((work.state, work.owner, work.answered_at), (CaseState::Open, Some(ANNA), Some(NOON + HOUR)));
    store.add_by_person(case, 0, vec![entry("more")], [5; 32], NOON + 2 * HOUR).await.unwrap();
    let row = &store.inbox("111", View::All, None, 1).await.unwrap()[0];
    assert_eq!(row.waits_since, Some(NOON + 2 * HOUR));
    let kinds: Vec<_> = store.events_of_case(case, "111").await.unwrap();
    let kinds: Vec<_> = kinds.iter().map(|event| event.change().unwrap().unwrap().kind()).collect();
    assert_eq!(kinds, ["accepted", "answered", "person_wrote"]);
}

#[tokio::test]
async fn the_log_holds_and_a_changed_line_is_found() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let case = arrived(store, "log").await;
    let opening = Opening { at: NOON, organisation: "111".into(), role: Role::Caseworker, what: Opened::Case };
    for _ in 0..3 {
        // A page that stays open looks again and again: one line says it.
        store.note_opening(case, opening.clone(), by(NOON)).await.unwrap();
    }
    does(store, case, accepted(), NOON).await.unwrap();
    store.note_event("111".into(), r#"{"kind":"invited"}"#.into(), by(NOON)).await.unwrap();
    let check = store.check_log("111").await.unwrap();
    assert_eq!((check.lines, check.erased, check.broken), (3, 0, None));
    house.alter("CREATE TABLE kept AS SELECT * FROM events").await;
    for sql in [
        "UPDATE events SET body = '{\"kind\":\"answered\"}' WHERE number = 1",
        "UPDATE events SET at = at + 1 WHERE number = 1",
        "UPDATE events SET actor = 'clock' WHERE number = 1",
        "UPDATE events SET body = NULL WHERE number = 1",
        "UPDATE events SET leaf = chain WHERE number = 1",
        "DELETE FROM events WHERE number = 1",
    ] {
        house.alter(sql).await;
        assert_eq!(store.check_log("111").await.unwrap().broken, Some(1), "{sql}");
        house.alter("DELETE FROM events").await;
        house.alter("INSERT INTO events SELECT * FROM kept").await;
    }
}

#[tokio::test]
async fn what_an_erased_case_leaves_in_the_log_says_nothing_and_holds() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let (case, other) = (arrived(store, "gone").await, arrived(store, "stays").await);
    for case in [case, other] {
        does(store, case, accepted(), NOON).await.unwrap();
    }
    let event = NewEvent { sealed: Some(b"words".to_vec()), ..by(NOON) };
    store.change(case, "111".into(), Change::Noted { about: NoteKind::Note }, None, event).await.unwrap();
    store.tidy(NOON).await.unwrap();
    store.ask_erasure(case, NOON).await.unwrap();
    for day in 1..=8 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    assert!(matches!(store.case(case).await, Err(StoreError::Absent(_))));
    let events = store.events("111", 0, 100).await.unwrap();
    let bodies: Vec<_> = events.iter().map(|event| event.body.as_deref()).collect();
    assert_eq!(bodies.iter().filter(|body| body.is_none()).count(), 2);
    let last = events.last().unwrap();
    assert!(last.case.is_none() && last.body.as_deref().unwrap().contains(r#""kind":"erased","month":"2026-11""#));
    assert!(events.iter().all(|event| event.case != Some(case) && event.sealed.is_none()));
    let check = store.check_log("111").await.unwrap();
    assert_eq!((check.broken, check.erased), (None, 2));
    assert_eq!(store.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn words_of_a_shut_out_organisation_go_and_its_log_holds() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let sent = report("both", &["111", "women"]);
    let case = sent.id;
    store.receive(sent, NOON).await.unwrap();
    let event = NewEvent { sealed: Some(b"words".to_vec()), ..by(NOON) };
    store.change(case, "women".into(), Change::Noted { about: NoteKind::Note }, None, event).await.unwrap();
    let fresh = grants("fresh", 1, &["111"]);
    store.withdraw(case, "women".into(), "age1fresh".into(), fresh, NOON).await.unwrap();
    let events = store.events("women", 0, 10).await.unwrap();
    assert!(events[0].sealed.is_none() && events[0].body.is_some());
    assert_eq!(store.check_log("women").await.unwrap().broken, None);
}

#[tokio::test]
async fn rows_that_went_astray_are_made_again_from_the_events() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let case = arrived(store, "astray").await;
    does(store, case, accepted(), NOON).await.unwrap();
    let task = NewTask { task: ItemId([4; 16]), what: TaskKind::Call, due: NOON + HOUR, owner: None };
    does(store, case, Change::TaskSet { set: task }, NOON).await.unwrap();
    let right = store.work(case, "111").await.unwrap();
    let queue = store.inbox("111", View::All, None, 10).await.unwrap();
    assert_eq!(store.rebuild().await.unwrap().mended, 0);
    // A line of the queue that differs by itself is found too.
    for astray in ["status = 'new'", "owner = NULL", "next_due = NULL", "found = 'now'"] {
        house.alter(&format!("UPDATE access SET place = 0, {astray}")).await;
        assert_eq!(store.rebuild().await.unwrap().mended, 1, "{astray}");
        assert_eq!(store.inbox("111", View::All, None, 10).await.unwrap(), queue, "{astray}");
    }
    house.alter("DELETE FROM work").await;
    house.alter("UPDATE access SET place = 0, status = 'new', owner = NULL, next_due = NULL").await;
    let rebuilt = store.rebuild().await.unwrap();
    assert_eq!((rebuilt.events, rebuilt.cases, rebuilt.mended), (2, 1, 1));
    assert_eq!(store.work(case, "111").await.unwrap(), right);
    assert_eq!(store.inbox("111", View::All, None, 10).await.unwrap(), queue);
}

#[tokio::test]
async fn what_the_law_demands_is_a_step_in_the_queue_until_it_is_done() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let mut sent = report("duty", &["111"]);
    (sent.facts.age, sent.facts.harm) = (None, Some(Harm::Grooming));
    let case = sent.id;
    store.receive(sent, NOON).await.unwrap();
    let opening = Opening { at: NOON, organisation: "111".into(), role: Role::Caseworker, what: Opened::Case };
    store.note_opening(case, opening, by(NOON)).await.unwrap();
    assert!(view(store, View::Due(NOON + 2 * HOUR)).await.is_empty(), "nobody knows how old she is");
    // Danger makes a step of its own, read or not.
    let mut danger = report("danger", &["111"]);
    danger.facts = Facts { age: Some(AgeBand::From12To15), urgency: Some(Urgency::Now), ..danger.facts };
    danger.facts.harm = Some(Harm::Grooming);
    let unread = danger.id;
    store.receive(danger, NOON).await.unwrap();
    assert_eq!(view(store, View::Due(NOON + 12 * HOUR)).await, [unread]);
    assert!(view(store, View::Due(NOON + 2 * HOUR)).await.is_empty());
    let found = Change::Assessed { risk: Risk::Medium, urgency: None, age: Some(AgeBand::From12To15), harm: None };
    does(store, case, found, NOON + HOUR / 2).await.unwrap();
    assert!(view(store, View::Due(NOON + HOUR - 1)).await.is_empty());
    assert_eq!(view(store, View::Due(NOON + HOUR)).await, [case], "an hour from the first reading");
    assert_eq!(store.late("111", NOON + HOUR + 1).await.unwrap().steps, 1);
    assert_eq!(store.rebuild().await.unwrap().mended, 0);
    does(store, case, Change::Notified { duty: LegalDuty::ChildAbuse }, NOON + HOUR).await.unwrap();
    assert!(view(store, View::Due(NOON + 2 * HOUR)).await.is_empty());
}

#[tokio::test]
async fn whoever_leaves_lays_her_cases_down() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let binh = join(store, "111", "bình", Role::Caseworker).await;
    let case = arrived(store, "left").await;
    does(store, case, Change::Accepted { owner: binh, next: None }, NOON).await.unwrap();
    assert_eq!(view(store, View::Of(binh)).await, [case]);
    store.leave(binh, [3; 32], NOON + HOUR).await.unwrap();
    assert_eq!(view(store, View::New).await, [case]);
    let last = store.events_of_case(case, "111").await.unwrap().pop().unwrap();
    assert_eq!((last.by.clone(), last.change().unwrap()), (Actor::Clock, Some(Change::Left { member: binh })));
}
