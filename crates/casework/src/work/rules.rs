//! Which change may come next. Who may make it (role, relation) is the policy's business, not decided here.

use super::{Actor, Change, FURTHEST, ITEMS, NewTask, Now, Refusal, SLACK, Work, apply::under_16};
use crate::ItemId;
use vocabulary::{CaseState, ConsentState, ReferralState, Role, TakedownState};

impl Work {
    pub(super) fn allows(&self, change: &Change, now: &Now<'_>) -> Result<(), Refusal> {
        match change {
            Change::Read { .. } | Change::Noted { .. } | Change::Answered | Change::PersonWrote => Ok(()),
            Change::Left { .. } | Change::Erased { .. } => unless(*now.by != Actor::Clock),
            Change::SheSaid { .. } | Change::Served { .. } | Change::Assessed { .. } | Change::Notified { .. } => {
                unless(self.state == CaseState::Erased)
            }
            Change::Accepted { next, .. } => {
                unless(self.state != CaseState::New)?;
                next.as_ref().map_or(Ok(()), |next| self.may_set(next, now))
            }
            Change::Declined { .. } | Change::Entered { .. } => unless(self.state != CaseState::New),
            Change::Assigned { owner } => {
                self.while_open()?;
                not_yet(self.owner == Some(*owner))
            }
            Change::Teamed { team } => {
                unless(!self.is_open() && self.state != CaseState::New)?;
                not_yet(self.team == *team)
            }
            Change::Waiting { until } => {
                self.while_open()?;
                within(*until, now)
            }
            Change::Resumed => unless(self.state != CaseState::Waiting),
            Change::TaskSet { set } => {
                self.while_open()?;
                self.may_set(set, now)
            }
            Change::TaskDone { task, next } => {
                self.while_open()?;
                self.tasks.get(task).ok_or(Refusal::Unknown(*task))?;
                next.as_ref().map_or(Ok(()), |next| self.may_set(next, now))
            }
            Change::FollowedUp { next, .. } => {
                self.while_open()?;
                next.as_ref().map_or(Ok(()), |next| self.may_set(next, now))
            }
            Change::CloseAsked { .. } => {
                self.while_open()?;
                not_yet(self.close_asked.is_some())
            }
            Change::CloseRefused => unless(self.close_asked.is_none()),
            Change::Closed { .. } => {
                self.while_open()?;
                self.may_close(now)
            }
            Change::Reopened { next, .. } => {
                unless(self.is_open() || matches!(self.state, CaseState::New | CaseState::Erased))?;
                self.may_set(next, now)
            }
            Change::Merged { .. } => unless(matches!(self.state, CaseState::Merged | CaseState::Erased)),
            _ => self.allows_sharing(change, now),
        }
    }

    fn allows_sharing(&self, change: &Change, now: &Now<'_>) -> Result<(), Refusal> {
        match change {
            Change::ConsentAsked { consent, until, .. } => {
                not_yet(self.consents.contains_key(consent))?;
                room(self.consents.len())?;
                within(*until, now)
            }
            Change::ConsentGiven { consent, .. } | Change::ConsentRefused { consent } => match self.consent(consent)? {
                ConsentState::Asked => Ok(()),
                _ => Err(Refusal::NotNow),
            },
            Change::ConsentWithdrawn { consent } | Change::ConsentExpired { consent } => {
                match self.consent(consent)? {
                    ConsentState::Withdrawn | ConsentState::Expired | ConsentState::Refused => Err(Refusal::Already),
                    // What a law demands nobody takes back.
                    ConsentState::LegalDuty if matches!(change, Change::ConsentWithdrawn { .. }) => {
                        Err(Refusal::NotNow)
                    }
                    _ => Ok(()),
                }
            }
            Change::ConsentRecorded { consent, until, way, assent, representative, duty, .. } => {
                let before = self.consents.get(consent);
                let is_new = before.is_none();
                // A child that agreed with her receipt: the representative's word comes to it.
                let is_half = before.is_some_and(|before| {
                    before.state == ConsentState::Asked
                        || before.state == ConsentState::Assent && before.representative.is_none()
                });
                not_yet(!is_new && !is_half)?;
                if is_new {
                    room(self.consents.len())?;
                }
                within(*until, now)?;
                if duty.is_some() {
                    return Ok(());
                }
                way.ok_or(Refusal::NoConsent)?;
                if under_16(&self.facts(now.facts)) && (!assent || representative.is_none()) {
                    return Err(Refusal::NeedsRepresentative);
                }
                Ok(())
            }
            Change::ReferralOffered { referral, to, consent, until, .. } => {
                self.while_open()?;
                not_yet(self.referrals.contains_key(referral))?;
                room(self.referrals.len())?;
                within(*until, now)?;
                self.covers(*consent, to, *until, now)
            }
            Change::ReferralReceived { referral, .. } => {
                not_yet(self.referrals.contains_key(referral))?;
                room(self.referrals.len())
            }
            Change::ReferralMoved { referral, state, .. } => self.may_move(*referral, *state, now),
            Change::TakedownSet { takedown, state, due, .. } => {
                self.while_open()?;
                let before = self.takedowns.get(takedown);
                if let Some(before) = before {
                    not_yet(before.state == *state && (due.is_none() || before.due == *due))?;
                } else {
                    room(self.takedowns.len())?;
                    unless(!matches!(state, TakedownState::Drafted | TakedownState::Sent))?;
                }
                due.map_or(Ok(()), |due| within(due, now))
            }
            _ => Err(Refusal::NotNow),
        }
    }

    fn while_open(&self) -> Result<(), Refusal> {
        unless(!self.is_open())
    }

    fn may_set(&self, task: &NewTask, now: &Now<'_>) -> Result<(), Refusal> {
        if self.tasks.len() >= ITEMS && !self.tasks.contains_key(&task.task) {
            return Err(Refusal::TooMany);
        }
        within(task.due, now)
    }

    /// A case of high risk: somebody asked, and another one, a supervisor, does it.
    fn may_close(&self, now: &Now<'_>) -> Result<(), Refusal> {
        if !self.needs_second(now.facts) {
            return Ok(());
        }
        let asked = self.close_asked.ok_or(Refusal::NeedsSecond)?;
        match now.by {
            Actor::Member(second, _) if *second == asked.by => Err(Refusal::SameEyes),
            Actor::Member(_, Role::Supervisor | Role::OrganisationAdmin) => Ok(()),
            _ => Err(Refusal::NeedsSecond),
        }
    }

    fn consent(&self, id: &ItemId) -> Result<ConsentState, Refusal> {
        Ok(self.consents.get(id).ok_or(Refusal::Unknown(*id))?.state)
    }

    /// Whether a consent allows telling this organisation until this day.
    fn covers(&self, id: ItemId, to: &str, until: i64, now: &Now<'_>) -> Result<(), Refusal> {
        let consent = self.consents.get(&id).ok_or(Refusal::NoConsent)?;
        match consent.state {
            ConsentState::Asked => return Err(Refusal::NoConsent),
            ConsentState::Refused | ConsentState::Withdrawn | ConsentState::Expired => {
                return Err(Refusal::ConsentOver);
            }
            ConsentState::GivenByPerson
            | ConsentState::RecordedByWorker
            | ConsentState::LegalDuty
            | ConsentState::Assent => {}
        }
        if consent.state == ConsentState::Assent && consent.representative.is_none() {
            return Err(Refusal::NeedsRepresentative);
        }
        if consent.until < now.at {
            return Err(Refusal::ConsentOver);
        }
        if consent.to != to || consent.until < until {
            return Err(Refusal::ConsentElsewhere);
        }
        Ok(())
    }

    /// `offered` → in progress, accepted or declined (they); accepted → done, or declined where they give it back (they);
    /// anything unfinished → revoked (we, she, or the clock).
    fn may_move(&self, id: ItemId, state: ReferralState, now: &Now<'_>) -> Result<(), Refusal> {
        use ReferralState::{Accepted, Declined, Done, InProgress, Offered, Revoked};
        let referral = self.referrals.get(&id).ok_or(Refusal::Unknown(id))?;
        let theirs = if referral.by_us {
            matches!(now.by, Actor::Organisation(who) if *who == referral.with)
        } else {
            matches!(now.by, Actor::Member(..))
        };
        let ours = if referral.by_us {
            matches!(now.by, Actor::Member(..) | Actor::Person | Actor::Clock)
        } else {
            matches!(now.by, Actor::Organisation(_) | Actor::Person | Actor::Clock)
        };
        // Nobody on this server answers for an organisation outside: the worker writes down what it says.
        let theirs = theirs || (referral.with == OUTSIDE && ours);
        match (referral.state, state) {
            (Offered, InProgress) | (Offered | InProgress, Accepted | Declined) | (Accepted, Done | Declined)
                if theirs =>
            {
                Ok(())
            }
            (Offered | InProgress | Accepted, Revoked) if ours => Ok(()),
            _ => Err(Refusal::NotNow),
        }
    }
}

/// An organisation that isn't on this server.
pub const OUTSIDE: &str = "outside";

const fn unless(it_isnt_possible: bool) -> Result<(), Refusal> {
    if it_isnt_possible { Err(Refusal::NotNow) } else { Ok(()) }
}

/// Whether one more of these has room.
const fn room(held: usize) -> Result<(), Refusal> {
    if held >= ITEMS { Err(Refusal::TooMany) } else { Ok(()) }
}

const fn not_yet(it_is_so_already: bool) -> Result<(), Refusal> {
    if it_is_so_already { Err(Refusal::Already) } else { Ok(()) }
}

fn within(day: i64, now: &Now<'_>) -> Result<(), Refusal> {
    let sound = day >= now.at.saturating_sub(SLACK) && day <= now.at.saturating_add(FURTHEST);
    if sound { Ok(()) } else { Err(Refusal::BadDate) }
}
