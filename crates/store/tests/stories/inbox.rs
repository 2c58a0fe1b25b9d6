//! An organisation's inbox.

use crate::support::{ANNA, DAY, HOUR, House, MINUTE, NOON, by, entry, report};
use casework::{
    CaseId, Facts, ItemId,
    work::{Change, NewTask},
};
use store::{Late, MOST_COUNTED, Store, View};
use vocabulary::{AgeBand, DeclineReason, Harm, ReportState, TaskKind, Urgency};

async fn send(store: &Store, seed: &str, facts: Facts, at: i64) -> CaseId {
    let mut sent = report(seed, &["111"]);
    sent.facts = facts;
    let id = sent.id;
    store.receive(sent, at).await.unwrap();
    id
}

fn grown(urgency: Urgency) -> Facts {
    Facts { urgency: Some(urgency), age: Some(AgeBand::From25To59), ..Facts::default() }
}

async fn order(store: &Store) -> Vec<CaseId> {
    store.inbox("111", View::All, None, 100).await.unwrap().iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn the_most_urgent_comes_first_and_silence_counts_as_today() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let later = send(store, "later", grown(Urgency::WhenReady), NOON - 10 * DAY).await;
    let soon = send(store, "soon", grown(Urgency::Soon), NOON - DAY).await;
    let silent = send(store, "silent", Facts::default(), NOON).await;
    let today = send(store, "today", grown(Urgency::Today), NOON + MINUTE).await;
    let child = Facts { age: Some(AgeBand::From12To15), harm: Some(Harm::Grooming), ..Facts::default() };
    let child = send(store, "child", child, NOON + 2 * MINUTE).await;
    let now = send(store, "now", grown(Urgency::Now), NOON + HOUR).await;
    assert_eq!(order(store).await, [now, child, silent, today, soon, later]);
}

#[tokio::test]
async fn an_answered_case_goes_behind_and_comes_back_when_she_writes() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let first = send(store, "first", grown(Urgency::Today), NOON).await;
    let second = send(store, "second", grown(Urgency::Today), NOON + 1).await;
    store.add_by_organisation(first, "111".into(), 0, vec![entry("answer")], by(NOON + HOUR)).await.unwrap();
    assert_eq!(order(store).await, [second, first]);
    let access = store.access(first, "111").await.unwrap();
    assert_eq!((access.state, access.answered_at), (ReportState::Accepted, Some(NOON + HOUR)));

    // She asks again: the clock runs anew from now on, so behind the one who waits longer.
    store.add_by_person(first, 0, vec![entry("please")], [9; 32], NOON + 2 * HOUR).await.unwrap();
    assert_eq!(order(store).await, [second, first]);
    let row = &store.inbox("111", View::All, None, 2).await.unwrap()[1];
    assert!(row.has_news && row.place < casework::clock::ANSWERED);
    store.add_by_organisation(second, "111".into(), 0, vec![entry("answer")], by(NOON + 3 * HOUR)).await.unwrap();
    // Who wrote waits; who was answered last has its next step a day later than any.
    assert_eq!(order(store).await, [first, second]);
    // What she adds while she waits doesn't put her back in the queue.
    let place = row.place;
    store.add_by_person(first, 0, vec![entry("are you there?")], [9; 32], NOON + 4 * HOUR).await.unwrap();
    assert_eq!(store.inbox("111", View::All, None, 1).await.unwrap()[0].place, place);
    assert_eq!(store.access(first, "111").await.unwrap().answered_at, Some(NOON + HOUR), "the first answer counts");
}

#[tokio::test]
async fn a_declined_case_waits_no_more_until_she_writes_again_and_stays_declined() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let declined = send(store, "declined", grown(Urgency::Now), NOON).await;
    let other = send(store, "other", grown(Urgency::WhenReady), NOON).await;
    let refusal = Change::Declined { reason: DeclineReason::NotOurField };
    store.change(declined, "111".into(), refusal, None, by(NOON)).await.unwrap();
    assert_eq!(order(store).await, [other, declined]);
    // An answer that says why is no acceptance.
    store.add_by_organisation(declined, "111".into(), 0, vec![entry("ask 113")], by(NOON)).await.unwrap();
    assert_eq!(order(store).await, [other, declined]);
    // Nobody knows by the seal whether it is thanks or "he is at the door".
    store.add_by_person(declined, 0, vec![entry("he is at the door")], [9; 32], NOON).await.unwrap();
    assert_eq!(order(store).await, [declined, other]);
    store.add_by_organisation(declined, "111".into(), 0, vec![entry("call 113")], by(NOON)).await.unwrap();
    assert_eq!(order(store).await, [other, declined]);
    assert_eq!(store.access(declined, "111").await.unwrap().state, ReportState::Declined);
    let next = NewTask { task: ItemId([1; 16]), what: TaskKind::Call, due: NOON + DAY, owner: None };
    let again = Change::Reopened { owner: ANNA, next };
    store.change(declined, "111".into(), again, None, by(NOON)).await.unwrap();
    assert_eq!(store.access(declined, "111").await.unwrap().state, ReportState::Accepted);
}

#[tokio::test]
async fn page_by_page_every_case_comes_once_also_among_equals() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    for i in 0..25 {
        // All of one place: the id decides.
        send(store, &format!("case {i}"), Facts::default(), NOON).await;
    }
    store.receive(report("not theirs", &["women"]), NOON).await.unwrap();
    let (mut behind, mut seen) = (None, Vec::new());
    loop {
        let page = store.inbox("111", View::All, behind, 7).await.unwrap();
        let Some(last) = page.last() else { break };
        behind = Some((last.place, last.id));
        seen.extend(page.iter().map(|row| row.id));
    }
    assert_eq!(seen, order(store).await);
    assert_eq!(seen.len(), 25);
    assert!(seen.is_sorted());
}

#[tokio::test]
async fn the_card_shows_the_middle_of_how_fast_it_answered() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    assert_eq!(store.answers_within("111").await.unwrap(), None);
    for (i, hours) in [1, 2, 30].into_iter().enumerate() {
        let id = send(store, &format!("case {i}"), Facts::default(), NOON).await;
        store.add_by_organisation(id, "111".into(), 0, vec![entry("answer")], by(NOON + hours * HOUR)).await.unwrap();
    }
    send(store, "waiting", Facts::default(), NOON).await;
    assert_eq!(store.answers_within("111").await.unwrap(), Some(2 * HOUR));
}

#[tokio::test]
async fn what_is_late_is_counted_up_to_a_hundred() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    for n in 0..102 {
        send(store, &format!("now {n}"), grown(Urgency::Now), NOON).await;
    }
    let calm = send(store, "calm", grown(Urgency::Soon), NOON).await;
    let late = |steps, answers| Late { steps, answers };
    assert_eq!(store.late("111", NOON + HOUR).await.unwrap(), late(0, 0));
    assert_eq!(store.late("111", NOON + HOUR + 1).await.unwrap(), late(0, MOST_COUNTED));
    let accepted = Change::Accepted { owner: ANNA, next: None };
    store.change(calm, "111".into(), accepted, None, by(NOON)).await.unwrap();
    assert_eq!(store.late("111", NOON + DAY).await.unwrap().steps, 0);
    assert_eq!(store.late("111", NOON + DAY + 1).await.unwrap().steps, 1, "the first follow-up");
    assert_eq!(store.late("other", NOON + DAY).await.unwrap(), late(0, 0));
}
