//! The work of one organisation on one case: its events ([`Change`]), what follows from them ([`Work`]), and which may
//! come next ([`Work::after`]).
//!
//! A case that somebody took on is never left without an owner, a ground for reading it, and a next step with its day:
//! [`Work::is_sound`] says so, and no allowed change leads anywhere else. [`Work::apply`] alone is what a rebuild from the
//! kept events does.

mod actor;
mod apply;
mod change;
mod refusal;
mod rules;
#[cfg(test)]
mod tests;

pub use actor::NoActor;
pub(crate) use apply::under_16;
pub use change::{Actor, Change, NewTask, Reading};
pub use refusal::Refusal;
pub use rules::OUTSIDE;

use crate::{CaseId, Facts, ItemId, MemberId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{
    CaseState, Closing, ConsentState, DeclineReason, FollowUp, Ground, Helped, LegalDuty, Outcome, ReferralState,
    Representative, Risk, ServiceKind, TakedownState, TaskKind, Urgency, Wellbeing,
};

/// The most open tasks, and the most consents, referrals and requests, of one case.
pub const ITEMS: usize = 100;
/// A day further away than this is a slip of the hand: two years, in seconds.
pub const FURTHEST: i64 = 2 * 366 * 24 * 3600;
/// A follow-up that is due within this many seconds is asked on her page already: half a day.
const NEAR: i64 = 12 * 3600;
/// A request to remove content is looked at again after three days where nobody said when, in seconds.
const LOOK_AGAIN: i64 = 3 * 24 * 3600;
/// A date that was typed a moment ago may lie this little in the past.
const SLACK: i64 = 15 * 60;

/// What stands of a case, in the clear, with the organisation that works on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// How many changes led here; a page that saw another number is stale.
    pub version: u64,
    /// Where it stands.
    pub state: CaseState,
    /// Why it may be read here.
    pub ground: Ground,
    /// Who answers for it.
    pub owner: Option<MemberId>,
    /// How great the risk is.
    pub risk: Option<Risk>,
    /// How soon somebody must act, as staff see it.
    pub urgency: Option<Urgency>,
    /// When it was read first.
    pub opened_at: Option<i64>,
    /// When it was taken on.
    pub accepted_at: Option<i64>,
    /// When she was answered first.
    pub answered_at: Option<i64>,
    /// When an authority was told, by which article.
    pub notified: Option<(LegalDuty, i64)>,
    /// Until when nothing can be done.
    pub waiting_until: Option<i64>,
    /// What is to be done.
    pub tasks: BTreeMap<ItemId, Task>,
    /// What she allowed.
    pub consents: BTreeMap<ItemId, Consent>,
    /// Who else was asked to help, and who asked us.
    pub referrals: BTreeMap<ItemId, Referral>,
    /// Content that was asked to be removed.
    pub takedowns: BTreeMap<ItemId, Takedown>,
    /// What was given, each once.
    pub services: Vec<ServiceKind>,
    /// Follow-ups that were tried, and whether she answered.
    pub followed_up: BTreeMap<u8, bool>,
    /// Somebody wants to close it and needs a second pair of eyes.
    pub close_asked: Option<CloseAsked>,
    /// Why it is closed, what came of it, when.
    pub closed: Option<(Closing, Outcome, i64)>,
    /// How often it was opened again.
    pub reopened: u32,
    /// How she said she is.
    pub wellbeing: Option<Wellbeing>,
    /// Whether she said it helped.
    pub helped: Option<Helped>,
    /// The case that goes on in its place.
    pub merged_into: Option<CaseId>,
    /// Why it was not taken on.
    pub declined: Option<DeclineReason>,
    /// The team that has it.
    #[serde(default)]
    pub team: Option<ItemId>,
}

/// Something to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What.
    pub what: TaskKind,
    /// Until when.
    pub due: i64,
    /// By whom; none: the owner of the case.
    pub owner: Option<MemberId>,
    /// Of a follow-up: which.
    pub follow_up: Option<FollowUp>,
}

impl Consent {
    /// Whether it holds, or waits for her answer.
    pub const fn stands(&self) -> bool {
        !matches!(self.state, ConsentState::Refused | ConsentState::Withdrawn | ConsentState::Expired)
    }
}

impl Referral {
    /// Whether the other side still reads by it.
    pub const fn stands(&self) -> bool {
        matches!(self.state, ReferralState::Offered | ReferralState::InProgress | ReferralState::Accepted)
    }

    /// Whether it waits for us to say yes or no.
    pub const fn waits_for_us(&self) -> bool {
        !self.by_us && matches!(self.state, ReferralState::Offered | ReferralState::InProgress)
    }
}

/// What she allowed, or a law demands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Who may be told.
    pub to: String,
    /// Until when.
    pub until: i64,
    /// Where it stands.
    pub state: ConsentState,
    /// Since when it stands there.
    pub at: i64,
    /// The law that demands it.
    pub duty: Option<LegalDuty>,
    /// Of a child: whether the representative agrees, or why nobody asked.
    pub representative: Option<Representative>,
}

/// Another organisation helps too, or takes over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// The other organisation; `outside`: one that isn't here.
    pub with: String,
    /// Whether we asked them; otherwise they asked us.
    pub by_us: bool,
    /// The consent that allows it, on the side that asked.
    pub consent: Option<ItemId>,
    /// The case on the other side, on the side that asked.
    pub case: Option<CaseId>,
    /// Until when.
    pub until: i64,
    /// Whether it is taken over.
    pub transfer: bool,
    /// Whether chosen members of both alone open it.
    #[serde(default)]
    pub conference: bool,
    /// Where it stands.
    pub state: ReferralState,
    /// Since when it stands there.
    pub at: i64,
    /// Why it was declined.
    pub reason: Option<DeclineReason>,
}

/// A request to remove content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Takedown {
    /// The platform, by its code in the data.
    pub platform: String,
    /// Where it stands.
    pub state: TakedownState,
    /// Since when it stands there.
    pub at: i64,
    /// When somebody must look again.
    pub due: Option<i64>,
}

/// Somebody wants to close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseAsked {
    /// Who.
    pub by: MemberId,
    /// Why.
    pub reason: Closing,
    /// What came of it.
    pub outcome: Outcome,
    /// When.
    pub at: i64,
}

/// What a rule needs to know beside the work itself.
#[derive(Clone, Debug)]
pub struct Now<'a> {
    /// What stands in the clear about the report.
    pub facts: &'a Facts,
    /// Now, in seconds since 1970.
    pub at: i64,
    /// Who does it.
    pub by: &'a Actor,
}

impl Work {
    /// Nothing has happened yet at an organisation that may read for this reason.
    pub const fn new(ground: Ground) -> Self {
        Self {
            version: 0,
            state: CaseState::New,
            ground,
            owner: None,
            risk: None,
            urgency: None,
            opened_at: None,
            accepted_at: None,
            answered_at: None,
            notified: None,
            waiting_until: None,
            tasks: BTreeMap::new(),
            consents: BTreeMap::new(),
            referrals: BTreeMap::new(),
            takedowns: BTreeMap::new(),
            services: Vec::new(),
            followed_up: BTreeMap::new(),
            close_asked: None,
            closed: None,
            reopened: 0,
            wellbeing: None,
            helped: None,
            merged_into: None,
            declined: None,
            team: None,
        }
    }

    /// The work after this change.
    ///
    /// # Errors
    /// A [`Refusal`] where the change isn't allowed now; nothing has changed then.
    pub fn after(&self, change: &Change, now: &Now<'_>) -> Result<Self, Refusal> {
        self.allows(change, now)?;
        let mut after = self.clone();
        after.apply(change, now);
        if after.is_sound() { Ok(after) } else { Err(Refusal::NeedsNextStep) }
    }

    /// Whether somebody works on it.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, CaseState::Open | CaseState::Waiting | CaseState::Reopened)
    }

    /// Whether another organisation handed it on and nobody here has taken it on yet.
    pub fn is_only_offered(&self) -> bool {
        self.referrals.values().any(Referral::waits_for_us)
    }

    /// The day of the next step: of tasks, of requests to remove content, of a wait.
    pub fn next_due(&self) -> Option<i64> {
        let tasks = self.tasks.values().map(|task| task.due);
        let requests = self.takedowns.values().filter_map(|takedown| takedown.due);
        tasks.chain(requests).chain(self.waiting_until).min()
    }

    /// A case that is worked on has an owner, a ground (every work has one) and a next step with its day; one that isn't
    /// worked on has nothing left to do.
    pub fn is_sound(&self) -> bool {
        if self.is_open() {
            self.owner.is_some() && self.next_due().is_some()
        } else {
            self.tasks.is_empty() && self.waiting_until.is_none()
        }
    }

    /// Whether it takes two to close it: the risk is high, or somebody had to act within the hour.
    pub fn needs_second(&self, facts: &Facts) -> bool {
        self.risk == Some(Risk::High) || self.urgency(facts) == Urgency::Now
    }

    /// How soon somebody must act: as staff see it, or else as it came.
    pub fn urgency(&self, facts: &Facts) -> Urgency {
        self.urgency.unwrap_or_else(|| facts.urgency())
    }

    /// When the next consent or referral that stands ends by the clock.
    pub fn ends_at(&self) -> Option<i64> {
        let consents = self.consents.values().filter(|consent| consent.stands()).map(|consent| consent.until);
        let referrals = self.referrals.values().filter(|referral| referral.stands()).map(|referral| referral.until);
        consents.chain(referrals).min()
    }

    /// Whether she is asked how she is: a follow-up is near or past, or it is over and she never said whether it helped.
    pub fn asks_how_she_is(&self, at: i64) -> bool {
        let near = |task: &Task| task.follow_up.is_some() && task.due <= at.saturating_add(NEAR);
        self.tasks.values().any(near) || self.state == CaseState::Closed && self.helped.is_none()
    }

    /// Everybody who has something to do here: the owner, and whoever a task names.
    pub fn hands(&self) -> Vec<MemberId> {
        let mut hands: Vec<_> =
            self.owner.into_iter().chain(self.tasks.values().filter_map(|task| task.owner)).collect();
        hands.sort_unstable();
        hands.dedup();
        hands
    }
}

/// The task of a follow-up has a name of its own, the same in every case.
pub const fn follow_up_task(which: FollowUp) -> ItemId {
    let mut name = [0; 16];
    name[15] = which as u8 + 1;
    ItemId(name)
}

/// Seconds from taking a case on to each follow-up: 24 hours, 1 week, 3 weeks, 3 months.
pub const fn follow_up_after(which: FollowUp) -> i64 {
    const DAY: i64 = 24 * 3600;
    match which {
        FollowUp::Day1 => DAY,
        FollowUp::Week1 => 7 * DAY,
        FollowUp::Week3 => 21 * DAY,
        FollowUp::Month3 => 91 * DAY,
    }
}
