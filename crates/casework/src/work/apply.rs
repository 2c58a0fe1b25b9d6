//! What follows from an event. No rule is asked here: a rebuild goes through events that were allowed when they happened.

use super::{
    Actor, Change, CloseAsked, Consent, LOOK_AGAIN, NewTask, Now, Reading, Referral, Takedown, Task, Work,
    follow_up_after, follow_up_task,
};
use crate::{Facts, ItemId};
use vocabulary::{CaseState, ConsentState, FollowUp, Ground, ReferralState, TakedownState, TaskKind};

/// The task that is there by itself once a wait is over.
const WRITE_BACK: ItemId = ItemId([0xff; 16]);

impl Work {
    /// Carries a change in. The same changes from [`Work::new`] on always give the same work.
    pub fn apply(&mut self, change: &Change, now: &Now<'_>) {
        self.version += 1;
        match change {
            Change::Read { what: Reading::Program } => {}
            Change::Read { .. } => {
                self.opened_at.get_or_insert(now.at);
            }
            Change::Accepted { owner, next } => {
                self.begin(CaseState::Open, *owner, *next);
                self.accepted_at.get_or_insert(now.at);
                self.plan_follow_ups(now.at);
            }
            Change::Declined { reason } => {
                self.declined = Some(*reason);
                self.end(CaseState::Closed);
            }
            Change::Assigned { owner } => self.owner = Some(*owner),
            Change::Teamed { team } => self.team = *team,
            Change::Left { member } => {
                self.tasks.values_mut().filter(|task| task.owner == Some(*member)).for_each(|task| task.owner = None);
                if self.owner == Some(*member) {
                    self.owner = None;
                    if self.is_open() {
                        self.end(CaseState::New);
                    }
                }
            }
            Change::Erased { .. } => self.end(CaseState::Erased),
            Change::Answered => {
                self.answered_at.get_or_insert(now.at);
            }
            Change::Waiting { until } => {
                self.state = CaseState::Waiting;
                self.waiting_until = Some(*until);
            }
            Change::PersonWrote | Change::Resumed => self.go_on(now.at),
            Change::Assessed { risk, urgency } => {
                self.risk = Some(*risk);
                self.urgency = urgency.or(self.urgency);
            }
            Change::Notified { duty } => self.notified = Some((*duty, now.at)),
            Change::TaskSet { set } => self.set(*set),
            Change::TaskDone { task, next } => {
                self.tasks.remove(task);
                self.set_next(*next);
            }
            Change::Noted { .. } => {}
            Change::Served { what } => {
                if !self.services.contains(what) {
                    self.services.push(*what);
                }
            }
            Change::FollowedUp { which, reached, next } => {
                self.tasks.remove(&follow_up_task(*which));
                let answered = self.followed_up.entry(*which as u8).or_insert(false);
                *answered |= reached;
                self.set_next(*next);
            }
            Change::SheSaid { wellbeing, helped } => {
                self.wellbeing = wellbeing.or(self.wellbeing);
                self.helped = helped.or(self.helped);
            }
            Change::CloseAsked { reason, outcome } => {
                if let Actor::Member(by, _) = now.by {
                    self.close_asked = Some(CloseAsked { by: *by, reason: *reason, outcome: *outcome, at: now.at });
                }
            }
            Change::CloseRefused => self.close_asked = None,
            Change::Closed { reason, outcome } => {
                self.closed = Some((*reason, *outcome, now.at));
                self.end(CaseState::Closed);
            }
            Change::Reopened { owner, next } => {
                self.begin(CaseState::Reopened, *owner, Some(*next));
                self.accepted_at.get_or_insert(now.at);
                (self.closed, self.merged_into) = (None, None);
                self.reopened += 1;
            }
            Change::Merged { into } => {
                self.merged_into = Some(*into);
                self.end(CaseState::Merged);
            }
            Change::Entered { .. } => self.ground = Ground::EnteredHere,
            _ => self.apply_sharing(change, now),
        }
    }

    /// Consents, referrals, requests to others.
    fn apply_sharing(&mut self, change: &Change, now: &Now<'_>) {
        match change {
            Change::ConsentAsked { consent, to, until } => {
                self.keep_consent(*consent, to, *until, ConsentState::Asked, now.at);
            }
            Change::ConsentGiven { consent, known, .. } => {
                let given = match (under_16(now.facts), known) {
                    (true, _) => ConsentState::Assent,
                    (false, true) => ConsentState::RecordedByWorker,
                    (false, false) => ConsentState::GivenByPerson,
                };
                self.move_consent(*consent, given, now.at);
            }
            Change::ConsentRefused { consent } => self.move_consent(*consent, ConsentState::Refused, now.at),
            Change::ConsentWithdrawn { consent } => self.move_consent(*consent, ConsentState::Withdrawn, now.at),
            Change::ConsentExpired { consent } => self.move_consent(*consent, ConsentState::Expired, now.at),
            Change::ConsentRecorded { consent, to, until, duty, representative, .. } => {
                let state = match self.consents.get(consent) {
                    Some(given) if given.state == ConsentState::Assent => ConsentState::Assent,
                    _ if duty.is_some() => ConsentState::LegalDuty,
                    _ => ConsentState::RecordedByWorker,
                };
                self.keep_consent(*consent, to, *until, state, now.at);
                if let Some(consent) = self.consents.get_mut(consent) {
                    (consent.duty, consent.representative) = (*duty, *representative);
                }
            }
            Change::ReferralOffered { referral, to, consent, until, case, transfer, conference } => {
                let offered = Referral {
                    with: to.clone(),
                    by_us: true,
                    consent: Some(*consent),
                    case: *case,
                    until: *until,
                    transfer: *transfer,
                    conference: *conference,
                    state: ReferralState::Offered,
                    at: now.at,
                    reason: None,
                };
                self.referrals.insert(*referral, offered);
            }
            Change::ReferralReceived { referral, from, until, transfer, conference, duty } => {
                self.ground = if duty.is_some() { Ground::LegalDuty } else { Ground::Referred };
                let received = Referral {
                    with: from.clone(),
                    by_us: false,
                    consent: None,
                    case: None,
                    until: *until,
                    transfer: *transfer,
                    conference: *conference,
                    state: ReferralState::Offered,
                    at: now.at,
                    reason: None,
                };
                self.referrals.insert(*referral, received);
            }
            Change::ReferralMoved { referral, state, reason } => {
                let Some(moved) = self.referrals.get_mut(referral) else { return };
                (moved.state, moved.at, moved.reason) = (*state, now.at, *reason);
                match (moved.by_us, state) {
                    // Who took over answers for it from now on.
                    (true, ReferralState::Accepted) if moved.transfer => self.end(CaseState::Transferred),
                    // It is ours again, and somebody must take it on.
                    (true, ReferralState::Declined | ReferralState::Revoked)
                        if moved.transfer && self.state == CaseState::Transferred =>
                    {
                        (self.state, self.owner) = (CaseState::New, None);
                    }
                    (false, ReferralState::Declined | ReferralState::Revoked) => {
                        self.declined = *reason;
                        self.end(CaseState::Closed);
                    }
                    _ => {}
                }
            }
            Change::TakedownSet { takedown, platform, state, due } => {
                use TakedownState::{Acknowledged, Drafted, Escalated, Reappeared, Refused, Removed, Sent};
                let due = match state {
                    Removed => None,
                    Drafted | Refused => *due,
                    // The platform's turn: somebody looks again, so that none is forgotten there.
                    Sent | Acknowledged | Escalated | Reappeared => {
                        Some(due.unwrap_or(now.at.saturating_add(LOOK_AGAIN)))
                    }
                };
                self.takedowns
                    .insert(*takedown, Takedown { platform: platform.clone(), state: *state, at: now.at, due });
            }
            _ => {}
        }
    }

    fn begin(&mut self, state: CaseState, owner: crate::MemberId, next: Option<NewTask>) {
        (self.state, self.owner, self.close_asked, self.declined) = (state, Some(owner), None, None);
        self.set_next(next);
    }

    /// Nothing is left to do.
    fn end(&mut self, state: CaseState) {
        (self.state, self.close_asked, self.waiting_until) = (state, None, None);
        self.tasks.clear();
        self.takedowns.values_mut().for_each(|takedown| takedown.due = None);
    }

    /// A wait is over. Where the wait was all there was to do, somebody must write back within a day.
    fn go_on(&mut self, at: i64) {
        if self.state == CaseState::Waiting {
            (self.state, self.waiting_until) = (CaseState::Open, None);
        }
        if self.is_open() && self.next_due().is_none() {
            let due = at.saturating_add(follow_up_after(FollowUp::Day1));
            self.set(NewTask { task: WRITE_BACK, what: TaskKind::WriteBack, due, owner: None });
        }
    }

    fn set_next(&mut self, next: Option<NewTask>) {
        if let Some(next) = next {
            self.set(next);
        }
    }

    fn set(&mut self, new: NewTask) {
        let follow_up = FollowUp::ALL.iter().copied().find(|which| follow_up_task(*which) == new.task);
        self.tasks.insert(new.task, Task { what: new.what, due: new.due, owner: new.owner, follow_up });
    }

    fn plan_follow_ups(&mut self, at: i64) {
        for &which in FollowUp::ALL {
            let due = at.saturating_add(follow_up_after(which));
            self.set(NewTask { task: follow_up_task(which), what: TaskKind::FollowUp, due, owner: None });
        }
    }

    fn keep_consent(&mut self, id: ItemId, to: &str, until: i64, state: ConsentState, at: i64) {
        self.consents.insert(id, Consent { to: to.to_owned(), until, state, at, duty: None, representative: None });
    }

    fn move_consent(&mut self, id: ItemId, state: ConsentState, at: i64) {
        if let Some(consent) = self.consents.get_mut(&id) {
            (consent.state, consent.at) = (state, at);
        }
    }
}

/// Whether a representative must be asked too (Law on Children 102/2016, article 1). An unknown age counts as grown:
/// nobody may be kept from help by what isn't known.
pub(crate) fn under_16(facts: &Facts) -> bool {
    use vocabulary::AgeBand::{From7To11, From12To15, Under7};
    matches!(facts.age, Some(Under7 | From7To11 | From12To15))
}
