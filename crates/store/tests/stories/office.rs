//! What an organisation decides for itself, and what follows: clocks, teams, templates, and a key that is made anew.

use crate::support::{ANNA, DAY, FRESH, HOUR, House, MINUTE, NOON, by, card, grants, join, report};
use casework::{
    CaseId, Clocks, Facts, ItemId, MemberId, Texts,
    work::{Change, NewTask},
};
use store::{Grant, Load, NewKey, Store, StoreError, Team, TeamLoad, Template, View};
use vocabulary::{AgeBand, Closing, NoteKind, Outcome, Risk, Role, TaskKind, Urgency};

async fn arrives(store: &Store, seed: &str, urgency: Urgency, at: i64) -> CaseId {
    let mut sent = report(seed, &["111"]);
    sent.facts = Facts { urgency: Some(urgency), age: Some(AgeBand::From25To59), ..Facts::default() };
    let id = sent.id;
    store.receive(sent, at).await.unwrap();
    id
}

async fn order(store: &Store) -> Vec<CaseId> {
    store.inbox("111", View::All, None, 100).await.unwrap().iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn a_shorter_clock_changes_who_comes_first_also_among_those_who_wait() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let mut child = report("child", &["111"]);
    child.facts = Facts { urgency: Some(Urgency::Today), age: Some(AgeBand::From12To15), ..Facts::default() };
    child.facts.harm = Some(vocabulary::Harm::Grooming);
    let child = {
        let id = child.id;
        store.receive(child, NOON).await.unwrap();
        id
    };
    let grown = arrives(store, "grown", Urgency::Today, NOON + HOUR).await;
    assert_eq!(order(store).await, [child, grown]);
    let clocks = Clocks { today: 2 * HOUR, ..Clocks::DEFAULT };
    store.change_office("111".into(), clocks, vec!["truc@a.example".into()]).await.unwrap();
    assert_eq!(store.place_anew("111", NOON + HOUR).await.unwrap(), 2);
    assert_eq!(order(store).await, [grown, child]);
    // What arrives from now on has its place by the new clock at once.
    let next = arrives(store, "next", Urgency::Today, NOON + HOUR + 1).await;
    assert_eq!(order(store).await, [grown, next, child]);
    let office = store.office("111").await.unwrap();
    assert_eq!((office.clocks, &office.duty_contacts[..]), (clocks, &["truc@a.example".to_owned()][..]));
    let longer = Clocks { now: 2 * HOUR, ..Clocks::DEFAULT };
    let refused = store.change_office("111".into(), longer, Vec::new()).await;
    assert!(matches!(refused, Err(StoreError::Malformed(_))));
}

#[tokio::test]
async fn opening_hours_move_what_is_not_urgent_and_nothing_else() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let mut office = card("111");
    office.card.hours = "mon-fri 08:00-17:00".into();
    store.change_organisation(office).await.unwrap();
    // Wednesday noon: three days later it is Saturday, so it is due on Monday at eight, 116 hours later.
    let soon = arrives(store, "soon", Urgency::Soon, NOON).await;
    let later = arrives(store, "later", Urgency::Soon, NOON + 30 * MINUTE).await;
    let place = |rows: &[store::InboxRow], id| rows.iter().find(|row| row.id == id).unwrap().place;
    let rows = store.inbox("111", View::All, None, 10).await.unwrap();
    assert_eq!(place(&rows, soon), place(&rows, later));
    assert_eq!(place(&rows, soon) & ((1 << 40) - 1), NOON + 116 * HOUR);
}

#[tokio::test]
async fn who_is_in_danger_and_unread_is_told_of_once() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    arrives(store, "now", Urgency::Now, NOON).await;
    let read = arrives(store, "read", Urgency::Now, NOON).await;
    arrives(store, "today", Urgency::Today, NOON).await;
    let opening =
        store::Opening { at: NOON + 1, organisation: "111".into(), role: Role::Intake, what: store::Opened::Case };
    store.note_opening(read, opening, by(NOON + 1)).await.unwrap();
    assert!(store.take_unopened("111", NOON - 1, NOON).await.unwrap().is_empty());
    assert_eq!(store.take_unopened("111", NOON, NOON + 30 * MINUTE).await.unwrap(), [NOON]);
    assert!(store.take_unopened("111", NOON, NOON + 31 * MINUTE).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_team_has_members_of_its_own_organisation_and_a_case() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let (binh, hoa) =
        (join(store, "111", "bình", Role::Caseworker).await, join(store, "women", "hoa", Role::Caseworker).await);
    let night = Team { id: ItemId([1; 16]), name: "Ca đêm".into(), members: vec![binh] };
    store.keep_team("111".into(), night.clone()).await.unwrap();
    assert_eq!(store.teams("111").await.unwrap(), std::slice::from_ref(&night));
    let foreign = Team { members: vec![hoa], ..night.clone() };
    assert!(matches!(store.keep_team("111".into(), foreign).await, Err(StoreError::Absent(_))));
    assert!(matches!(store.keep_team("women".into(), night.clone()).await, Err(StoreError::Taken(_))));
    let case = arrives(store, "teamed", Urgency::Soon, NOON).await;
    store.change(case, "111".into(), Change::Teamed { team: Some(night.id) }, None, by(NOON)).await.unwrap();
    assert_eq!(store.work(case, "111").await.unwrap().team, Some(night.id));
    // The queue and the supervisor see it, beside what staff found when they looked again.
    let assessed = Change::Assessed { risk: Risk::High, urgency: Some(Urgency::Now) };
    store.change(case, "111".into(), assessed, None, by(NOON)).await.unwrap();
    let line = store.inbox_line("111", case).await.unwrap().unwrap();
    assert_eq!((line.team, line.facts.urgency(), line.reassessed), (Some(night.id), Urgency::Soon, Some(Urgency::Now)));
    let load = TeamLoad { team: night.clone(), open: 1, untaken: 1, overdue: 0 };
    assert_eq!(store.team_loads("111", NOON).await.unwrap(), [load]);
    assert_eq!(store.team_loads("women", NOON).await.unwrap(), []);
    // Who leaves is in no team.
    store.leave(binh, [3; 32], NOON).await.unwrap();
    assert!(store.teams("111").await.unwrap()[0].members.is_empty());
    assert!(matches!(store.drop_team("women".into(), night.id).await, Err(StoreError::Absent(_))));
    store.drop_team("111".into(), night.id).await.unwrap();
    assert!(store.teams("111").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_template_is_kept_changed_and_taken_away_by_its_own_organisation() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let text = Texts { vi: "Chào bạn, mình đọc rồi.".into(), en: "Hello, I have read it.".into() };
    let template = Template { id: ItemId([1; 16]), title: "Chào".into(), text };
    store.keep_template("111".into(), template.clone(), NOON).await.unwrap();
    let renamed = Template { title: "Lời chào".into(), ..template.clone() };
    store.keep_template("111".into(), renamed.clone(), NOON + 1).await.unwrap();
    assert_eq!(store.templates("111").await.unwrap(), [renamed]);
    assert!(store.templates("women").await.unwrap().is_empty());
    let foreign = store.keep_template("women".into(), template.clone(), NOON).await;
    assert!(matches!(foreign, Err(StoreError::Taken(_))));
    assert!(matches!(store.drop_template("women".into(), template.id).await, Err(StoreError::Absent(_))));
    store.drop_template("111".into(), template.id).await.unwrap();
    assert!(store.templates("111").await.unwrap().is_empty());
}

async fn an(store: &Store) -> MemberId {
    store.member_named("111", "an").await.unwrap().id
}

fn new_key(members: Vec<(MemberId, Vec<u8>)>, leaves: Option<MemberId>) -> NewKey {
    NewKey {
        instead_of: "age1111".into(),
        recipient: "age1fresh".into(),
        members,
        earlier: b"the key before".to_vec(),
        leaves,
    }
}

#[tokio::test]
async fn somebody_leaves_and_the_key_is_made_anew() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let (an, binh) = (an(store).await, join(store, "111", "bình", Role::Caseworker).await);
    store.give_organisation_key(binh, b"the key, sealed to binh".to_vec()).await.unwrap();
    let (kept, shut) =
        (arrives(store, "kept", Urgency::Soon, NOON).await, arrives(store, "shut", Urgency::Soon, NOON).await);
    let body = || r#"{"kind":"key_replaced"}"#.to_owned();

    // The browser saw somebody too few or too many: nothing changed.
    for members in [vec![], vec![(an, vec![1]), (binh, vec![1])]] {
        let stale = store.replace_key("111".into(), new_key(members, Some(binh)), body(), by(NOON)).await;
        assert!(matches!(stale, Err(StoreError::Stale(_))));
    }
    assert!(store.member(binh).await.is_ok());

    let fresh = new_key(vec![(an, b"the fresh key, sealed to an".to_vec())], Some(binh));
    store.replace_key("111".into(), fresh.clone(), body(), by(NOON)).await.unwrap();
    assert!(matches!(store.member(binh).await, Err(StoreError::Absent(_))));
    assert_eq!(store.organisation("111").await.unwrap().card.recipient.as_deref(), Some("age1fresh"));
    let key = store.member(an).await.unwrap().organisation_key;
    assert_eq!(key.as_deref(), Some(&b"the fresh key, sealed to an"[..]));
    let earlier = store.earlier_keys("111").await.unwrap();
    assert_eq!((earlier.len(), &earlier[0].sealed[..], earlier[0].is_walked), (1, &b"the key before"[..], false));
    assert_eq!(store.office("111").await.unwrap().keys_due, None);
    assert_eq!(store.log_length("111").await.unwrap(), 1);
    let again = store.replace_key("111".into(), NewKey { leaves: None, ..fresh }, body(), by(NOON)).await;
    assert!(matches!(again, Err(StoreError::Stale(_))), "another key is in force by now");

    // Her grants are sealed anew; one that is shut out meanwhile does not come back.
    let part = store.to_reseal("111").await.unwrap();
    assert_eq!((part.grants.len(), part.left), (2, 2));
    store.withdraw(shut, "111".into(), "age1other".into(), grants("shut", 1, &[]), NOON).await.unwrap();
    let anew = |(case, grant): (CaseId, Grant)| (case, Grant { sealed: b"sealed to the fresh key".to_vec(), ..grant });
    let sealed = part.grants.into_iter().map(anew).collect();
    store.reseal("111".into(), "age1fresh".into(), sealed, part.behind).await.unwrap();
    assert_eq!(store.grants(kept, Some("111")).await.unwrap()[0].sealed, b"sealed to the fresh key");
    assert!(store.grants(shut, Some("111")).await.unwrap().is_empty());
    let rest = store.to_reseal("111").await.unwrap();
    assert_eq!((rest.grants.len(), rest.left, rest.behind), (0, 0, None));
    store.reseal("111".into(), "age1fresh".into(), Vec::new(), None).await.unwrap();
    assert!(store.earlier_keys("111").await.unwrap()[0].is_walked);
    let stale = store.reseal("111".into(), "age1111".into(), Vec::new(), None).await;
    assert!(matches!(stale, Err(StoreError::Stale(_))));
}

#[tokio::test]
async fn whoever_is_ended_on_the_server_leaves_a_key_that_is_due() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let binh = join(store, "111", "bình", Role::Caseworker).await;
    store.leave(binh, FRESH[..32].try_into().unwrap(), NOON).await.unwrap();
    assert_eq!(store.office("111").await.unwrap().keys_due, None, "she never had it");
    let chi = join(store, "111", "chi", Role::Caseworker).await;
    store.give_organisation_key(chi, vec![1]).await.unwrap();
    store.change_role(chi, Role::Supervisor, NOON).await.unwrap();
    assert_eq!(store.office("111").await.unwrap().keys_due, None);
    // An auditor reads no case: she has the key no longer.
    store.change_role(chi, Role::Auditor, NOON + DAY).await.unwrap();
    let member = store.member(chi).await.unwrap();
    assert_eq!((member.role, member.organisation_key), (Role::Auditor, None));
    store.leave(chi, FRESH[..32].try_into().unwrap(), NOON + 2 * DAY).await.unwrap();
    assert_eq!(store.office("111").await.unwrap().keys_due, Some(NOON + DAY));
    assert!(store.change_role(ANNA, Role::Intake, NOON).await.is_err());
}

#[tokio::test]
async fn a_supervisor_sees_who_has_what_and_what_waits_for_her() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let (mine, late, grave) = (
        arrives(store, "mine", Urgency::Soon, NOON).await,
        arrives(store, "late", Urgency::Soon, NOON).await,
        arrives(store, "grave", Urgency::Now, NOON).await,
    );
    let does = async |case, change| store.change(case, "111".into(), change, None, by(NOON)).await.unwrap();
    for case in [mine, late, grave] {
        does(case, Change::Accepted { owner: ANNA, next: None }).await;
    }
    let call = NewTask { task: ItemId([4; 16]), what: TaskKind::Call, due: NOON + HOUR, owner: None };
    does(late, Change::TaskSet { set: call }).await;
    let loads = store.loads("111", NOON + 2 * HOUR).await.unwrap();
    assert_eq!(loads, [Load { owner: ANNA, open: 3, overdue: 1 }]);
    assert_eq!(store.without_step("111").await.unwrap(), 0);

    let (reason, outcome) = (Closing::GoalsMet, Outcome::Stopped);
    does(grave, Change::CloseAsked { reason, outcome }).await;
    let second = async || {
        let rows = store.inbox("111", View::SecondEyes, None, 10).await.unwrap();
        rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(second().await, [grave]);
    does(grave, Change::CloseRefused).await;
    assert!(second().await.is_empty());
    does(mine, Change::Teamed { team: Some(ItemId([9; 16])) }).await;
    let rows = store.inbox("111", View::Team(ItemId([9; 16])), None, 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [mine]);

    does(mine, Change::Closed { reason, outcome }).await;
    let closed = store.drawn_closed("111", (NOON - DAY, NOON + DAY), 5).await.unwrap();
    assert_eq!((closed.len(), closed[0].row.id, closed[0].is_reviewed), (1, mine, false));
    does(mine, Change::Noted { about: NoteKind::Review }).await;
    assert!(store.drawn_closed("111", (NOON - DAY, NOON + DAY), 5).await.unwrap()[0].is_reviewed);
    assert!(store.drawn_closed("111", (NOON + DAY, NOON + 2 * DAY), 5).await.unwrap().is_empty());

    let counted = store.counted("111", CaseId([0; 16]), 2).await.unwrap();
    let rest = store.counted("111", counted[1].0, 2).await.unwrap();
    assert_eq!((counted.len(), rest.len()), (2, 1));
    let closed = counted.iter().chain(&rest).find(|(case, _)| *case == mine).unwrap();
    assert_eq!(closed.1.work.closed, Some((reason, outcome, NOON)));
}
