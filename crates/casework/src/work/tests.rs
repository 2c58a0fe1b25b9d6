use super::*;
use proptest::prelude::*;
use vocabulary::{AgeBand, ConsentWay, Harm, NoteKind, Role};

const T0: i64 = 1_795_000_000;
const DAY: i64 = 24 * 3600;
const ANNA: MemberId = MemberId([1; 16]);
const BINH: MemberId = MemberId([2; 16]);

fn worker(id: MemberId) -> Actor {
    Actor::Member(id, Role::Caseworker)
}

fn child() -> Facts {
    Facts { age: Some(AgeBand::From12To15), harm: Some(Harm::Grooming), ..Facts::default() }
}

fn grown() -> Facts {
    Facts {
        age: Some(AgeBand::From25To59),
        harm: Some(Harm::Bullying),
        urgency: Some(Urgency::Soon),
        ..Facts::default()
    }
}

struct Desk {
    facts: Facts,
    work: Work,
    at: i64,
}

impl Desk {
    fn new(facts: Facts) -> Self {
        Self { facts, work: Work::new(Ground::PersonLetIn), at: T0 }
    }

    #[expect(clippy::needless_pass_by_value, reason = "a change is made where it is done")]
    fn does(&mut self, by: &Actor, change: Change) -> Result<(), Refusal> {
        self.work = self.work.after(&change, &Now { facts: &self.facts, at: self.at, by })?;
        Ok(())
    }

    fn accepted(facts: Facts) -> Self {
        let mut desk = Self::new(facts);
        desk.does(&worker(ANNA), Change::Accepted { owner: ANNA, next: None }).unwrap();
        desk
    }
}

fn task(n: u8, due: i64) -> NewTask {
    NewTask { task: ItemId([n; 16]), what: TaskKind::Call, due, owner: None }
}

const CONSENT: ItemId = ItemId([7; 16]);
const REFERRAL: ItemId = ItemId([8; 16]);

fn offered(to: &str, until: i64) -> Change {
    Change::ReferralOffered {
        referral: REFERRAL,
        to: to.into(),
        consent: CONSENT,
        until,
        case: None,
        transfer: false,
        conference: false,
    }
}

fn given() -> Change {
    Change::ConsentGiven { consent: CONSENT, asked: None, signature: None, known: false }
}

#[test]
fn whoever_takes_a_case_on_has_four_days_to_ask_how_she_is() {
    let desk = Desk::accepted(grown());
    assert_eq!(desk.work.next_due(), Some(T0 + DAY));
    assert_eq!(desk.work.tasks.len(), 4);
    assert!(desk.work.tasks.values().all(|task| task.follow_up.is_some()));
}

#[test]
fn the_last_step_is_only_done_with_a_next_one() {
    let mut desk = Desk::accepted(grown());
    for &which in &FollowUp::ALL[..3] {
        desk.does(&worker(ANNA), Change::FollowedUp { which, reached: true, next: None }).unwrap();
    }
    let last = |next| Change::FollowedUp { which: FollowUp::Month3, reached: false, next };
    assert_eq!(desk.does(&worker(ANNA), last(None)), Err(Refusal::NeedsNextStep));
    desk.does(&worker(ANNA), last(Some(task(9, T0 + DAY)))).unwrap();
    assert_eq!(
        desk.does(&worker(ANNA), Change::TaskDone { task: ItemId([9; 16]), next: None }),
        Err(Refusal::NeedsNextStep)
    );
    assert_eq!(
        desk.does(&worker(ANNA), Change::TaskDone { task: ItemId([5; 16]), next: None }),
        Err(Refusal::Unknown(ItemId([5; 16])))
    );
    assert!(desk.work.is_sound());
}

#[test]
fn a_case_of_high_risk_is_closed_by_two_people() {
    let closed = Change::Closed { reason: Closing::GoalsMet, outcome: Outcome::Stopped };
    let mut desk = Desk::accepted(grown());
    desk.does(&worker(ANNA), Change::Assessed { risk: Risk::High, urgency: None }).unwrap();
    assert_eq!(desk.does(&worker(ANNA), closed.clone()), Err(Refusal::NeedsSecond));
    desk.does(&worker(ANNA), Change::CloseAsked { reason: Closing::GoalsMet, outcome: Outcome::Stopped }).unwrap();
    assert_eq!(desk.does(&Actor::Member(ANNA, Role::Supervisor), closed.clone()), Err(Refusal::SameEyes));
    assert_eq!(desk.does(&worker(BINH), closed.clone()), Err(Refusal::NeedsSecond));
    desk.does(&Actor::Member(BINH, Role::Supervisor), closed).unwrap();
    assert_eq!(desk.work.state, CaseState::Closed);
    assert_eq!(desk.work.next_due(), None);
    // Reopening is easy, and brings a next step.
    desk.does(&worker(ANNA), Change::Reopened { owner: ANNA, next: task(3, T0 + DAY) }).unwrap();
    assert_eq!((desk.work.state, desk.work.next_due()), (CaseState::Reopened, Some(T0 + DAY)));
}

#[test]
fn a_case_of_low_risk_is_closed_by_one() {
    let mut desk = Desk::accepted(grown());
    desk.does(&worker(ANNA), Change::Closed { reason: Closing::PersonAsks, outcome: Outcome::Unknown }).unwrap();
    assert!(!desk.work.is_open());
}

#[test]
fn a_consent_holds_for_one_recipient_until_a_day_and_not_once_it_is_taken_back() {
    let mut desk = Desk::accepted(grown());
    let until = T0 + 30 * DAY;
    assert_eq!(desk.does(&worker(ANNA), offered("shelter", until)), Err(Refusal::NoConsent));
    desk.does(&worker(ANNA), Change::ConsentAsked { consent: CONSENT, to: "shelter".into(), until }).unwrap();
    assert_eq!(desk.does(&worker(ANNA), offered("shelter", until)), Err(Refusal::NoConsent));
    desk.does(&Actor::Person, given()).unwrap();
    assert_eq!(desk.work.consents[&CONSENT].state, ConsentState::GivenByPerson);
    assert_eq!(desk.does(&worker(ANNA), offered("police", until)), Err(Refusal::ConsentElsewhere));
    assert_eq!(desk.does(&worker(ANNA), offered("shelter", until + DAY)), Err(Refusal::ConsentElsewhere));
    desk.at = until + 1;
    assert_eq!(desk.does(&worker(ANNA), offered("shelter", until + 1)), Err(Refusal::ConsentOver));
    desk.at = T0;
    desk.does(&worker(ANNA), offered("shelter", until)).unwrap();
    desk.does(&Actor::Person, Change::ConsentWithdrawn { consent: CONSENT }).unwrap();
    desk.does(
        &Actor::Person,
        Change::ReferralMoved { referral: REFERRAL, state: ReferralState::Revoked, reason: None },
    )
    .unwrap();
    let again = Change::ReferralOffered {
        referral: ItemId([9; 16]),
        to: "shelter".into(),
        consent: CONSENT,
        until,
        case: None,
        transfer: false,
        conference: false,
    };
    assert_eq!(desk.does(&worker(ANNA), again), Err(Refusal::ConsentOver));
}

#[test]
fn a_childs_word_is_assent_and_needs_the_representative_or_a_reason() {
    let mut desk = Desk::accepted(child());
    let until = T0 + 30 * DAY;
    let recorded = |assent, representative, duty| Change::ConsentRecorded {
        consent: CONSENT,
        to: "shelter".into(),
        until,
        way: Some(ConsentWay::ByPhone),
        assent,
        representative,
        duty,
    };
    assert_eq!(desk.does(&worker(ANNA), recorded(true, None, None)), Err(Refusal::NeedsRepresentative));
    assert_eq!(
        desk.does(&worker(ANNA), recorded(false, Some(Representative::Consents), None)),
        Err(Refusal::NeedsRepresentative)
    );
    desk.does(&worker(ANNA), Change::ConsentAsked { consent: CONSENT, to: "shelter".into(), until }).unwrap();
    desk.does(&Actor::Person, given()).unwrap();
    assert_eq!(desk.work.consents[&CONSENT].state, ConsentState::Assent);
    assert_eq!(desk.does(&worker(ANNA), offered("shelter", until)), Err(Refusal::NeedsRepresentative));
    desk.does(&worker(ANNA), recorded(true, Some(Representative::MayBeOffender), None)).unwrap();
    desk.does(&worker(ANNA), offered("shelter", until)).unwrap();
    // What a law demands needs nobody's consent, and nobody takes it back.
    let mut desk = Desk::accepted(child());
    desk.does(&worker(ANNA), recorded(false, None, Some(LegalDuty::ChildAbuse))).unwrap();
    desk.does(&worker(ANNA), offered("shelter", until)).unwrap();
    assert_eq!(desk.does(&Actor::Person, Change::ConsentWithdrawn { consent: CONSENT }), Err(Refusal::NotNow));
}

#[test]
fn a_referral_is_moved_by_the_side_whose_turn_it_is() {
    let mut desk = Desk::accepted(grown());
    let until = T0 + 30 * DAY;
    let recorded = Change::ConsentRecorded {
        consent: CONSENT,
        to: "shelter".into(),
        until,
        way: Some(ConsentWay::InPerson),
        assent: false,
        representative: None,
        duty: None,
    };
    desk.does(&worker(ANNA), recorded).unwrap();
    let transfer = Change::ReferralOffered {
        referral: REFERRAL,
        to: "shelter".into(),
        consent: CONSENT,
        until,
        case: None,
        transfer: true,
        conference: false,
    };
    desk.does(&worker(ANNA), transfer).unwrap();
    let moved = |state| Change::ReferralMoved { referral: REFERRAL, state, reason: None };
    assert_eq!(desk.does(&worker(ANNA), moved(ReferralState::Accepted)), Err(Refusal::NotNow));
    assert_eq!(desk.does(&Actor::Organisation("police".into()), moved(ReferralState::Accepted)), Err(Refusal::NotNow));
    assert!(desk.work.is_open());
    desk.does(&Actor::Organisation("shelter".into()), moved(ReferralState::Accepted)).unwrap();
    assert_eq!(desk.work.state, CaseState::Transferred);
}

#[test]
fn a_case_that_was_given_away_and_comes_back_waits_for_somebody() {
    for back in [ReferralState::Declined, ReferralState::Revoked] {
        let mut desk = Desk::accepted(grown());
        let until = T0 + 30 * DAY;
        desk.does(&worker(ANNA), Change::ConsentAsked { consent: CONSENT, to: "shelter".into(), until }).unwrap();
        desk.does(&Actor::Person, given()).unwrap();
        let Change::ReferralOffered { referral, to, consent, until, case, .. } = offered("shelter", until) else {
            unreachable!("it was made above")
        };
        let transfer =
            Change::ReferralOffered { referral, to, consent, until, case, transfer: true, conference: false };
        desk.does(&worker(ANNA), transfer).unwrap();
        let shelter = Actor::Organisation("shelter".into());
        let moved = |state| Change::ReferralMoved { referral: REFERRAL, state, reason: None };
        desk.does(&shelter, moved(ReferralState::Accepted)).unwrap();
        assert_eq!(desk.work.state, CaseState::Transferred);
        let by = if back == ReferralState::Declined { shelter } else { Actor::Person };
        desk.does(&by, moved(back)).unwrap();
        assert_eq!((desk.work.state, desk.work.owner), (CaseState::New, None));
        desk.does(&worker(BINH), Change::Accepted { owner: BINH, next: None }).unwrap();
    }
}

#[test]
fn a_receipt_that_a_worker_knew_signs_for_the_worker() {
    let mut desk = Desk::accepted(grown());
    let until = T0 + 30 * DAY;
    desk.does(&worker(ANNA), Change::ConsentAsked { consent: CONSENT, to: "shelter".into(), until }).unwrap();
    let known = Change::ConsentGiven { consent: CONSENT, asked: None, signature: None, known: true };
    desk.does(&Actor::Person, known).unwrap();
    assert_eq!(desk.work.consents[&CONSENT].state, ConsentState::RecordedByWorker);
    assert_eq!(desk.work.ends_at(), Some(until));
    desk.does(&Actor::Clock, Change::ConsentExpired { consent: CONSENT }).unwrap();
    assert_eq!(desk.work.ends_at(), None);
}

#[test]
fn she_is_asked_how_she_is_when_a_follow_up_is_near() {
    let mut desk = Desk::accepted(grown());
    assert!(!desk.work.asks_how_she_is(T0) && desk.work.asks_how_she_is(T0 + DAY - NEAR));
    desk.does(&worker(ANNA), Change::Closed { reason: Closing::PersonAsks, outcome: Outcome::Stopped }).unwrap();
    assert!(desk.work.asks_how_she_is(T0));
    desk.does(&Actor::Person, Change::SheSaid { wellbeing: None, helped: Some(Helped::Partly) }).unwrap();
    assert!(!desk.work.asks_how_she_is(T0));
}

#[test]
fn a_change_and_the_work_come_back_from_json() {
    let mut desk = Desk::accepted(child());
    desk.does(&worker(ANNA), Change::TaskSet { set: task(3, T0 + DAY) }).unwrap();
    let json = serde_json::to_string(&desk.work).unwrap();
    assert_eq!(serde_json::from_str::<Work>(&json).unwrap(), desk.work);
    for change in [Change::TaskSet { set: task(3, T0) }, Change::Answered, offered("police", T0)] {
        let json = serde_json::to_value(&change).unwrap();
        assert_eq!(json["kind"], change.kind());
        assert_eq!(serde_json::from_value::<Change>(json).unwrap(), change);
    }
    for wrong in [r#"{"kind":"gone"}"#, r#"{"kind":"assigned"}"#, r#"{"kind":"assigned","owner":"x"}"#] {
        assert!(serde_json::from_str::<Change>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn whoever_leaves_leaves_nobody_forgotten() {
    let mut desk = Desk::accepted(grown());
    desk.does(&worker(ANNA), Change::TaskSet { set: NewTask { owner: Some(BINH), ..task(3, T0 + DAY) } }).unwrap();
    desk.does(&Actor::Clock, Change::Left { member: BINH }).unwrap();
    assert_eq!(desk.work.hands(), [ANNA]);
    desk.does(&Actor::Clock, Change::Left { member: ANNA }).unwrap();
    assert_eq!((desk.work.state, desk.work.owner), (CaseState::New, None));
    desk.does(&worker(BINH), Change::Accepted { owner: BINH, next: None }).unwrap();
    assert!(desk.work.is_open());
}

#[test]
fn her_word_ends_a_wait_and_asks_for_an_answer() {
    let mut desk = Desk::accepted(grown());
    desk.does(&worker(ANNA), Change::Waiting { until: T0 + 9 * DAY }).unwrap();
    for &which in FollowUp::ALL {
        desk.does(&worker(ANNA), Change::FollowedUp { which, reached: true, next: None }).unwrap();
    }
    desk.does(&Actor::Person, Change::PersonWrote).unwrap();
    assert_eq!((desk.work.state, desk.work.next_due()), (CaseState::Open, Some(T0 + DAY)));
}

#[test]
fn a_request_that_the_platform_has_is_looked_at_again() {
    use TakedownState::{Acknowledged, Drafted, Refused, Removed, Sent};
    let mut desk = Desk::accepted(grown());
    let request = ItemId([5; 16]);
    let set = |state, due| Change::TakedownSet { takedown: request, platform: "zalo".into(), state, due };
    desk.does(&worker(ANNA), set(Drafted, None)).unwrap();
    assert_eq!(desk.work.takedowns[&request].due, None);
    desk.does(&worker(ANNA), set(Sent, None)).unwrap();
    assert_eq!(desk.work.takedowns[&request].due, Some(T0 + LOOK_AGAIN), "nobody said when");
    assert_eq!(desk.does(&worker(ANNA), set(Sent, None)), Err(Refusal::Already));
    // Its day stands among the next steps, and passes like that of a task.
    desk.does(&worker(ANNA), set(Sent, Some(T0 + DAY / 2))).unwrap();
    assert_eq!(desk.work.next_due(), Some(T0 + DAY / 2));
    desk.at = T0 + DAY;
    desk.does(&worker(ANNA), set(Acknowledged, None)).unwrap();
    assert_eq!(desk.work.takedowns[&request].due, Some(T0 + DAY + LOOK_AGAIN));
    desk.does(&worker(ANNA), set(Refused, None)).unwrap();
    assert_eq!(desk.work.takedowns[&request].due, None);
    desk.does(&worker(ANNA), set(Removed, Some(T0 + 2 * DAY))).unwrap();
    assert_eq!(desk.work.takedowns[&request].due, None, "nothing is left to do");
}

#[test]
fn what_was_handed_on_is_only_offered_until_it_is_taken_on() {
    let mut desk = Desk::new(grown());
    assert!(!desk.work.is_only_offered(), "she let it in herself");
    let received = Change::ReferralReceived {
        referral: REFERRAL,
        from: "police".into(),
        until: T0 + DAY,
        transfer: false,
        conference: false,
        duty: None,
    };
    desk.does(&Actor::Organisation("police".into()), received).unwrap();
    assert!(desk.work.is_only_offered());
    let moved = |state| Change::ReferralMoved { referral: REFERRAL, state, reason: None };
    desk.does(&worker(ANNA), moved(ReferralState::InProgress)).unwrap();
    assert!(desk.work.is_only_offered(), "looked at is not taken on");
    desk.does(&worker(ANNA), moved(ReferralState::Accepted)).unwrap();
    assert!(!desk.work.is_only_offered());
}

fn item() -> impl Strategy<Value = ItemId> {
    (0..4_u8).prop_map(|n| ItemId([n; 16]))
}

fn day() -> impl Strategy<Value = i64> {
    (-2..40_i64).prop_map(|n| T0 + n * DAY)
}

fn member() -> impl Strategy<Value = MemberId> {
    prop_oneof![Just(ANNA), Just(BINH)]
}

fn next() -> impl Strategy<Value = Option<NewTask>> {
    prop::option::of((item(), day(), prop::option::of(member())).prop_map(|(task, due, owner)| NewTask {
        task,
        what: TaskKind::Call,
        due,
        owner,
    }))
}

fn organisation() -> impl Strategy<Value = String> {
    prop_oneof![Just("shelter".to_owned()), Just("police".to_owned()), Just(OUTSIDE.to_owned())]
}

fn referral_state() -> impl Strategy<Value = ReferralState> {
    prop::sample::select(ReferralState::ALL)
}

fn change() -> impl Strategy<Value = Change> {
    let new = || next().prop_filter_map("a task", |task| task);
    prop_oneof![
        Just(Change::Answered),
        Just(Change::PersonWrote),
        Just(Change::Resumed),
        member().prop_map(|member| Change::Left { member }),
        Just(Change::CloseRefused),
        Just(Change::Noted { about: NoteKind::Note }),
        (member(), next()).prop_map(|(owner, next)| Change::Accepted { owner, next }),
        Just(Change::Declined { reason: DeclineReason::NoCapacity }),
        member().prop_map(|owner| Change::Assigned { owner }),
        prop::option::of(any::<u8>()).prop_map(|team| Change::Teamed { team: team.map(|n| ItemId([n; 16])) }),
        day().prop_map(|until| Change::Waiting { until }),
        prop::sample::select(Risk::ALL).prop_map(|risk| Change::Assessed { risk, urgency: Some(Urgency::Soon) }),
        new().prop_map(|set| Change::TaskSet { set }),
        (item(), next()).prop_map(|(task, next)| Change::TaskDone { task, next }),
        (prop::sample::select(FollowUp::ALL), any::<bool>(), next())
            .prop_map(|(which, reached, next)| Change::FollowedUp { which, reached, next }),
        Just(Change::CloseAsked { reason: Closing::GoalsMet, outcome: Outcome::Stopped }),
        Just(Change::Closed { reason: Closing::GoalsMet, outcome: Outcome::Stopped }),
        (member(), new()).prop_map(|(owner, next)| Change::Reopened { owner, next }),
        Just(Change::Merged { into: CaseId([3; 16]) }),
        (item(), organisation(), day()).prop_map(|(consent, to, until)| Change::ConsentAsked { consent, to, until }),
        item().prop_map(|consent| Change::ConsentGiven { consent, asked: None, signature: None, known: false }),
        item().prop_map(|consent| Change::ConsentWithdrawn { consent }),
        (item(), organisation(), day(), item(), any::<bool>()).prop_map(|(referral, to, until, consent, transfer)| {
            Change::ReferralOffered { referral, to, consent, until, case: None, transfer, conference: false }
        }),
        (item(), organisation(), day()).prop_map(|(referral, from, until)| Change::ReferralReceived {
            referral,
            from,
            until,
            transfer: false,
            conference: false,
            duty: None
        }),
        (item(), referral_state()).prop_map(|(referral, state)| Change::ReferralMoved {
            referral,
            state,
            reason: None
        }),
        (item(), prop::sample::select(TakedownState::ALL), prop::option::of(day())).prop_map(
            |(takedown, state, due)| { Change::TakedownSet { takedown, platform: "zalo".into(), state, due } }
        ),
    ]
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        4 => (member(), prop::sample::select(Role::ALL)).prop_map(|(id, role)| Actor::Member(id, role)),
        1 => Just(Actor::Person),
        1 => organisation().prop_map(Actor::Organisation),
        1 => Just(Actor::Clock),
    ]
}

proptest! {
    /// No sequence of changes, by whomever, leaves an open case without owner and next step, or anything to do in a case
    /// that nobody works on; and what was kept as events is the same work again.
    #[test]
    fn no_path_leads_to_a_forgotten_case(steps in prop::collection::vec((change(), actor()), 1..60), is_child in any::<bool>()) {
        let facts = if is_child { child() } else { grown() };
        let (mut work, mut kept) = (Work::new(Ground::PersonLetIn), Vec::new());
        for (turn, (change, by)) in (0_i64..).zip(steps) {
            let at = T0 + turn * 60;
            match work.after(&change, &Now { facts: &facts, at, by: &by }) {
                Ok(after) => {
                    prop_assert!(after.is_sound(), "{change:?} led to {after:?}");
                    prop_assert_eq!(after.version, work.version + 1);
                    work = after;
                    kept.push((change, by, at));
                }
                Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
            }
        }
        let mut again = Work::new(Ground::PersonLetIn);
        for (change, by, at) in &kept {
            again.apply(change, &Now { facts: &facts, at: *at, by });
        }
        prop_assert_eq!(again, work);
    }
}
