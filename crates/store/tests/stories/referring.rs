//! One case, two organisations, her consent.

use crate::support::{ANNA, DAY, HOUR, House, NOON, by, card, entry, epochs, join, receipt, report};
use casework::{
    CaseId, ItemId,
    work::{Actor, Change, Refusal, Work},
};
use store::{
    Entering, HerAnswer, Moved, NewChild, NewEvent, NewReferral, OfHers, Opened, Opening, Store, StoreError, Told, View,
};
use vocabulary::{
    AgeBand, CaseState, ConsentState, ConsentWay, DeclineReason, Ground, ReferralState, Representative, Role,
};

const CONSENT: ItemId = ItemId([1; 16]);
const REFERRAL: ItemId = ItemId([2; 16]);
const CHILD: CaseId = CaseId([3; 16]);
const UNTIL: i64 = NOON + 30 * DAY;

/// A girl's report to 111, and a shelter beside it.
async fn arrived(house: &House, age: AgeBand) -> CaseId {
    let mut sent = report("her", &["111"]);
    sent.facts.age = Some(age);
    let id = sent.id;
    house.store.receive(sent, NOON).await.unwrap();
    id
}

async fn asks(store: &Store, case: CaseId) -> Work {
    let asked = Change::ConsentAsked { consent: CONSENT, to: "shelter".into(), until: UNTIL };
    let told = Told { epoch: 0, entry: entry("may we tell the shelter?") };
    store.consent(case, "111".into(), asked, Some(told), None, by(NOON)).await.unwrap()
}

fn agrees() -> HerAnswer {
    HerAnswer::Agrees { asked: entry("may we tell the shelter?").leaf, signature: "signed".into(), known: false }
}

async fn says(store: &Store, case: CaseId, answer: HerAnswer, at: i64) -> Result<(), StoreError> {
    let about = OfHers { case, organisation: "111".into(), consent: CONSENT };
    store.answer_consent(case, about, answer, at, [4; 32]).await
}

fn child(id: CaseId) -> NewChild {
    NewChild {
        id,
        recipient: "age1child".into(),
        origin: b"child's key for the origin".to_vec(),
        organisation: Some(b"child's key for the shelter".to_vec()),
        members: vec![],
        entries: vec![entry("covering letter"), entry("her story again")],
    }
}

fn referral(id: ItemId, to: &str, transfer: bool) -> NewReferral {
    NewReferral { referral: id, to: to.into(), consent: CONSENT, until: UNTIL, transfer, child: Some(child(CHILD)) }
}

async fn refers(store: &Store, case: CaseId, new: NewReferral) -> Result<Work, StoreError> {
    store.refer(case, "111".into(), new, None, by(NOON)).await
}

async fn moves(store: &Store, case: CaseId, who: &str, state: ReferralState, at: i64) -> Result<Work, StoreError> {
    let reason = (state == ReferralState::Declined).then_some(DeclineReason::NoCapacity);
    store.move_referral(case, who.into(), REFERRAL, Moved { state, reason }, None, by(at)).await
}

async fn state(store: &Store, case: CaseId, who: &str) -> ReferralState {
    store.work(case, who).await.unwrap().referrals[&REFERRAL].state
}

/// Asked, given, referred.
async fn referred(house: &House, transfer: bool) -> CaseId {
    let case = arrived(house, AgeBand::From25To59).await;
    asks(&house.store, case).await;
    says(&house.store, case, agrees(), NOON).await.unwrap();
    refers(&house.store, case, referral(REFERRAL, "shelter", transfer)).await.unwrap();
    case
}

#[tokio::test]
async fn she_agrees_the_shelter_accepts_she_takes_it_back_and_the_shelter_opens_nothing_more() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let case = referred(&house, false).await;
    // It stands there with its letter, the same facts, and a way for her.
    let row = &store.inbox("shelter", View::New, None, 9).await.unwrap()[0];
    assert_eq!((row.id, row.facts.age), (CHILD, Some(AgeBand::From25To59)));
    assert_eq!(store.work(CHILD, "shelter").await.unwrap().ground, Ground::Referred);
    let below = store.descendants(case).await.unwrap();
    assert_eq!(
        below.iter().map(|c| (c.id, c.parent, c.referral)).collect::<Vec<_>>(),
        [(CHILD, Some(case), Some(REFERRAL))]
    );
    assert_eq!(store.grants_of_origin(CHILD).await.unwrap()[0].sealed, b"child's key for the origin");
    assert_eq!(store.grants(CHILD, Some("shelter")).await.unwrap().len(), 1);
    // Who refers never reads there, who helps there never here.
    assert!(store.access(CHILD, "111").await.is_err() && store.access(case, "shelter").await.is_err());
    // Accepting it takes it on, and both see it.
    moves(store, CHILD, "shelter", ReferralState::Accepted, NOON + HOUR).await.unwrap();
    assert_eq!(store.work(CHILD, "shelter").await.unwrap().owner, Some(ANNA));
    assert_eq!(
        (state(store, case, "111").await, state(store, CHILD, "shelter").await),
        (ReferralState::Accepted, ReferralState::Accepted)
    );
    store.add_below(case, CHILD, vec![entry("thank you")], [7; 32], NOON + HOUR).await.unwrap();
    // She takes it back.
    says(store, case, HerAnswer::TakesBack, NOON + 2 * HOUR).await.unwrap();
    assert_eq!(state(store, case, "111").await, ReferralState::Revoked);
    assert!(store.access(CHILD, "shelter").await.is_err());
    assert!(store.grants(CHILD, Some("shelter")).await.unwrap().is_empty());
    let late = store.add_by_organisation(CHILD, "shelter".into(), 0, vec![entry("late")], by(NOON + 2 * HOUR)).await;
    assert!(matches!(late, Err(StoreError::Absent(_))), "{late:?}");
    let unread = store.add_below(case, CHILD, vec![entry("to nobody")], [7; 32], NOON).await;
    assert!(matches!(unread, Err(StoreError::Absent(_))));
    // She still reads it, and her own case goes on.
    assert_eq!(store.grants_of_origin(CHILD).await.unwrap().len(), 1);
    assert_eq!(store.entries(CHILD, 0).await.unwrap().len(), 3);
    assert!(store.work(case, "111").await.unwrap().is_open());
    for who in ["111", "shelter"] {
        assert_eq!(store.check_log(who).await.unwrap().broken, None);
    }
    assert_eq!(store.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn without_her_word_nothing_is_made() {
    let house = House::with(&["111", "shelter", "police"]).await;
    let store = &house.store;
    let case = arrived(&house, AgeBand::From25To59).await;
    let refused = refers(store, case, referral(REFERRAL, "shelter", false)).await;
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::NoConsent))), "{refused:?}");
    assert_eq!(store.work(case, "111").await.unwrap().version, 0, "nor was it taken on");
    asks(store, case).await;
    for (wrong, what) in [(entry("her: story").leaf, "hers"), ([9; 32], "nobody's")] {
        let answer = HerAnswer::Agrees { asked: wrong, signature: "signed".into(), known: false };
        assert!(says(store, case, answer, NOON).await.is_err(), "{what}");
    }
    says(store, case, HerAnswer::Refuses, NOON).await.unwrap();
    let over = refers(store, case, referral(REFERRAL, "shelter", false)).await;
    assert!(matches!(over, Err(StoreError::Refused(Refusal::ConsentOver))), "{over:?}");
    assert!(store.case(CHILD).await.is_err() && store.inbox("shelter", View::All, None, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_consent_is_for_one_recipient_and_she_must_be_told_of_it() {
    let house = House::with(&["111", "shelter", "police"]).await;
    let store = &house.store;
    let case = arrived(&house, AgeBand::From12To15).await;
    let recorded = |representative| Change::ConsentRecorded {
        consent: CONSENT,
        to: "shelter".into(),
        until: UNTIL,
        way: Some(ConsentWay::ByPhone),
        assent: true,
        representative,
        duty: None,
    };
    let silent = store.consent(case, "111".into(), recorded(None), None, None, by(NOON)).await;
    assert!(matches!(silent, Err(StoreError::Malformed(_))), "{silent:?}");
    let told = || Some(Told { epoch: 0, entry: entry("what she agreed to") });
    let half = store.consent(case, "111".into(), recorded(None), told(), None, by(NOON)).await;
    assert!(matches!(half, Err(StoreError::Refused(Refusal::NeedsRepresentative))), "{half:?}");
    let whole = recorded(Some(Representative::MayBeOffender));
    store.consent(case, "111".into(), whole, told(), None, by(NOON)).await.unwrap();
    assert_eq!(store.entries(case, 0).await.unwrap().len(), 3);
    let elsewhere = refers(store, case, referral(REFERRAL, "police", false)).await;
    assert!(matches!(elsewhere, Err(StoreError::Refused(Refusal::ConsentElsewhere))), "{elsewhere:?}");
    refers(store, case, referral(REFERRAL, "shelter", false)).await.unwrap();
    // The same again, because its answer was lost.
    let again = refers(store, case, referral(REFERRAL, "shelter", false)).await.unwrap();
    assert_eq!(again.referrals.len(), 1);
    let taken = refers(store, case, referral(ItemId([5; 16]), "shelter", false)).await;
    assert!(matches!(taken, Err(StoreError::Taken("case"))), "{taken:?}");
}

#[tokio::test]
async fn withdrawn_while_it_is_being_accepted_one_of_both_is_told_so() {
    for accepts_first in [true, false] {
        let house = House::with(&["111", "shelter"]).await;
        let store = &house.store;
        let case = referred(&house, false).await;
        let seen = store.work(case, "111").await.unwrap().version;
        let revoked = Moved { state: ReferralState::Revoked, reason: None };
        let revoke = || store.move_referral(case, "111".into(), REFERRAL, revoked, Some(seen), by(NOON + HOUR));
        if accepts_first {
            moves(store, CHILD, "shelter", ReferralState::Accepted, NOON + HOUR).await.unwrap();
            assert!(matches!(revoke().await, Err(StoreError::Stale(_))));
            assert_eq!(state(store, case, "111").await, ReferralState::Accepted);
        } else {
            revoke().await.unwrap();
            let late = moves(store, CHILD, "shelter", ReferralState::Accepted, NOON + HOUR).await;
            assert!(matches!(late, Err(StoreError::Absent(_))), "{late:?}");
            assert_eq!(store.work(CHILD, "shelter").await.unwrap().state, CaseState::Closed);
        }
        assert_eq!(state(store, case, "111").await, state(store, CHILD, "shelter").await, "never half");
    }
}

#[tokio::test]
async fn an_answer_accepts_and_declining_gives_it_back() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let case = referred(&house, true).await;
    store.add_by_organisation(CHILD, "shelter".into(), 0, vec![entry("we are here")], by(NOON + HOUR)).await.unwrap();
    assert_eq!(state(store, case, "111").await, ReferralState::Accepted);
    assert_eq!(store.work(case, "111").await.unwrap().state, CaseState::Transferred);
    moves(store, CHILD, "shelter", ReferralState::Declined, NOON + 2 * HOUR).await.unwrap();
    assert_eq!(store.work(case, "111").await.unwrap().state, CaseState::New, "somebody must take it on again");
    assert!(store.access(CHILD, "shelter").await.is_err());
    assert_eq!(store.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn its_day_comes_and_nobody_reads_it_any_more() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let case = referred(&house, false).await;
    moves(store, CHILD, "shelter", ReferralState::Accepted, NOON).await.unwrap();
    for day in 0..=30 {
        assert_eq!(store.tidy(NOON + day * DAY).await.unwrap().ended, 0);
    }
    assert!(store.access(CHILD, "shelter").await.is_ok());
    assert!(store.tidy(UNTIL + HOUR).await.unwrap().ended > 0);
    assert!(store.access(CHILD, "shelter").await.is_err());
    let work = store.work(case, "111").await.unwrap();
    assert_eq!(
        (work.consents[&CONSENT].state, work.referrals[&REFERRAL].state),
        (ConsentState::Expired, ReferralState::Revoked)
    );
    assert_eq!(store.tidy(UNTIL + 2 * HOUR).await.unwrap().ended, 0);
    assert_eq!(store.rebuild().await.unwrap().mended, 0);
}

#[tokio::test]
async fn an_organisation_that_leaves_gives_back_what_it_was_referred() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let case = referred(&house, true).await;
    moves(store, CHILD, "shelter", ReferralState::Accepted, NOON).await.unwrap();
    let mut left = store.organisation("shelter").await.unwrap();
    left.closed_at = Some(NOON + DAY);
    store.change_organisation(left).await.unwrap();
    let work = store.work(case, "111").await.unwrap();
    assert_eq!((work.state, work.referrals[&REFERRAL].reason), (CaseState::New, Some(DeclineReason::NotReachable)));
    let again = NewReferral { child: Some(child(CaseId([6; 16]))), ..referral(ItemId([6; 16]), "shelter", false) };
    assert!(matches!(refers(store, case, again).await, Err(StoreError::Absent("organisation"))));
}

#[tokio::test]
async fn her_new_words_lead_to_all_of_it_and_erasing_takes_all_of_it() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let case = referred(&house, false).await;
    store.replace_receipt(case, receipt("new words"), epochs("her", None, 0)).await.unwrap();
    let found = store.by_receipt(receipt("new words").locator, receipt("new words").verifier).await.unwrap();
    assert_eq!(store.descendants(found.id).await.unwrap()[0].id, CHILD);
    assert_eq!(store.grants_of_origin(CHILD).await.unwrap()[0].sealed, b"child's key for the origin");
    store.tidy(NOON).await.unwrap();
    store.ask_erasure(case, NOON).await.unwrap();
    assert!(store.case(CHILD).await.unwrap().erase_due.is_some());
    let meanwhile = says(store, case, HerAnswer::TakesBack, NOON).await;
    assert!(matches!(meanwhile, Err(StoreError::Stale("the erasure"))), "{meanwhile:?}");
    for day in 1..=8 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    assert!(store.case(case).await.is_err() && store.case(CHILD).await.is_err());
}

#[tokio::test]
async fn she_can_come_back_for_as_long_as_somebody_helps() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let mut brief = card("111");
    brief.retention_days = Some(5);
    store.change_organisation(brief).await.unwrap();
    let case = referred(&house, true).await;
    for day in 0..8 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    assert!(store.access(case, "111").await.is_err(), "its time is over");
    assert!(store.by_receipt(receipt("her").locator, receipt("her").verifier).await.is_ok());
    assert!(store.access(CHILD, "shelter").await.is_ok());
}

#[tokio::test]
async fn a_locked_picture_is_locked_wherever_it_was_sealed_anew() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let case = referred(&house, false).await;
    store.lock(CHILD, "shelter".into(), NOON).await.unwrap();
    assert!(store.case(case).await.unwrap().locked_at.is_some());
}

#[tokio::test]
async fn a_conference_is_opened_by_its_members_alone() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let ours = join(store, "111", "bình", Role::Caseworker).await;
    let theirs = join(store, "shelter", "chi", Role::Caseworker).await;
    let case = arrived(&house, AgeBand::From25To59).await;
    asks(store, case).await;
    says(store, case, agrees(), NOON).await.unwrap();
    let open_to = |members: Vec<_>| NewReferral {
        child: Some(NewChild { organisation: None, members, ..child(CHILD) }),
        ..referral(REFERRAL, "shelter", false)
    };
    let alone = refers(store, case, open_to(vec![(ours, b"for us".to_vec())])).await;
    assert!(matches!(alone, Err(StoreError::Malformed(_))), "{alone:?}");
    let both = open_to(vec![(ours, b"for us".to_vec()), (theirs, b"for them".to_vec())]);
    refers(store, case, both).await.unwrap();
    for (who, of) in [(ours, "111"), (theirs, "shelter")] {
        assert!(store.access(CHILD, of).await.is_ok() && store.is_chosen(CHILD, who).await.is_ok());
        assert_eq!(store.grants_of_member(CHILD, who).await.unwrap().len(), 1);
        assert!(store.grants(CHILD, Some(of)).await.unwrap().is_empty());
    }
    assert!(store.case(CHILD).await.unwrap().members_only && store.is_chosen(CHILD, ANNA).await.is_err());
    for day in 0..=31 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    assert!(store.access(CHILD, "111").await.is_err() && store.access(CHILD, "shelter").await.is_err());
    assert!(store.is_chosen(CHILD, theirs).await.is_err());
}

#[tokio::test]
async fn what_a_worker_entered_she_makes_her_own() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let how =
        || Entering { organisation: "111".into(), way: ConsentWay::ByPhone, paper: Some("sổ 7, dòng 3".into()) };
    let call = report("caller", &["111"]);
    store.enter(call.clone(), how(), by(NOON)).await.unwrap();
    store.enter(call.clone(), how(), by(NOON)).await.unwrap();
    let work = store.work(call.id, "111").await.unwrap();
    assert_eq!((work.ground, work.owner), (Ground::EnteredHere, Some(ANNA)));
    assert_eq!(work.version, 2, "the same again adds nothing");
    let twice = store.enter(report("caller again", &["111"]), how(), by(NOON)).await;
    assert!(matches!(twice, Err(StoreError::Taken("paper"))), "{twice:?}");
    let log = store.events("111", 0, 100).await.unwrap();
    assert!(log.iter().all(|event| !event.body.as_deref().unwrap_or_default().contains("dòng 3")));
    let (locator, verifier) = (call.receipt.locator, call.receipt.verifier);
    assert!(store.by_receipt(locator, verifier).await.unwrap().receipt_known);
    store.replace_receipt(call.id, receipt("her own"), epochs("caller", None, 0)).await.unwrap();
    assert!(!store.case(call.id).await.unwrap().receipt_known);
}

#[tokio::test]
async fn she_says_how_she_is_to_whoever_helps_there() {
    let house = House::with(&["111", "shelter"]).await;
    let store = &house.store;
    let case = referred(&house, false).await;
    let said = (Some(vocabulary::Wellbeing::Better), Some(vocabulary::Helped::Partly));
    store.she_said(case, CHILD, said, NOON, [1; 32]).await.unwrap();
    assert_eq!(store.work(CHILD, "shelter").await.unwrap().helped, Some(vocabulary::Helped::Partly));
    assert_eq!(store.work(case, "111").await.unwrap().helped, None);
    assert!(store.she_said(CHILD, case, said, NOON, [1; 32]).await.is_err(), "only what was made out of it");
    let opening = Opening { at: NOON, organisation: "shelter".into(), role: Role::Intake, what: Opened::Case };
    let event = NewEvent { by: Actor::Member(ANNA, Role::Intake), ..by(NOON) };
    store.note_opening(CHILD, opening, event).await.unwrap();
    assert_eq!(store.openings(CHILD).await.unwrap().len(), 1);
}
