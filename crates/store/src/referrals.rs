//! Referrals: one write makes the case for the other organisation and stands in both logs; each step after it does too, or
//! nothing of it happens.

use crate::{
    Case, Grant, Happening, NewEntry, News, Store, StoreError, access, answering, cases,
    entries::{self, Author},
    events::NewEvent,
    family::{self, ORIGIN},
    forgotten::note_grants,
    members::at_least_one,
    work::{self, Seen, carry_out, of_one},
};
use casework::{
    CaseId, ItemId, MemberId, Timing, clock,
    erasure::Erasure,
    work::{Actor, Change, OUTSIDE, Referral, Refusal, Work},
};
use sqlx::{AnyConnection, Row};
use std::collections::BTreeSet;
use vocabulary::{CaseState, DeclineReason, LegalDuty, ReferralState};

/// A referral to be sent.
#[derive(Clone, Debug)]
pub struct NewReferral {
    /// Its name, drawn by the browser.
    pub referral: ItemId,
    /// The other organisation, or [`OUTSIDE`].
    pub to: String,
    /// The consent that allows it.
    pub consent: ItemId,
    /// Until when they read.
    pub until: i64,
    /// Whether they take over.
    pub transfer: bool,
    /// The case that is made for them; none where they get a sealed package outside of this server.
    pub child: Option<NewChild>,
}

/// A case for another organisation, sealed anew in the browser of who refers.
#[derive(Clone, Debug)]
pub struct NewChild {
    /// Its name, drawn by the browser.
    pub id: CaseId,
    /// Its recipient.
    pub recipient: String,
    /// Its identity, sealed to the case that it is made out of: the way of the person.
    pub origin: Vec<u8>,
    /// Its identity, sealed to the other organisation.
    pub organisation: Option<Vec<u8>>,
    /// For a case conference instead: sealed to each chosen member of both organisations.
    pub members: Vec<(MemberId, Vec<u8>)>,
    /// The covering letter, then the chosen entries.
    pub entries: Vec<NewEntry>,
}

/// Where a referral stands from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where.
    pub state: ReferralState,
    /// Why it was declined.
    pub reason: Option<DeclineReason>,
}

impl Store {
    /// Refers to another organisation: its new case, its access, the person's way to it, and both logs, in one write. The
    /// same again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where no consent allows it, [`StoreError::Absent`] where that organisation can't be let in,
    /// [`StoreError::Stale`], [`StoreError::Taken`].
    pub async fn refer(
        &self,
        case: CaseId,
        organisation: String,
        new: NewReferral,
        seen: Seen,
        event: NewEvent,
    ) -> Result<Work, StoreError> {
        self.write_and_tell(move |c| Box::pin(async move { refer(c, case, &organisation, new, seen, &event).await }))
            .await
    }

    /// Moves a referral on, as the side whose turn it is.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where it isn't, or it was withdrawn, declined or accepted meanwhile.
    pub async fn move_referral(
        &self,
        case: CaseId,
        organisation: String,
        referral: ItemId,
        moved: Moved,
        seen: Seen,
        event: NewEvent,
    ) -> Result<Work, StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                access::let_in(c, case, &organisation).await?;
                let before = work::load(c, case, &organisation).await?;
                let stands = before.referrals.get(&referral).ok_or(StoreError::Refused(Refusal::Unknown(referral)))?;
                // Whoever accepts takes the case on.
                let takes_on =
                    !stands.by_us && moved.state == ReferralState::Accepted && before.state == CaseState::New;
                let told = if takes_on && matches!(stands.state, ReferralState::Offered | ReferralState::InProgress) {
                    let mut told = answering::take_on(c, case, &organisation, seen, &event).await?;
                    told.push(organisation.clone().into());
                    told
                } else {
                    advance(c, case, &organisation, referral, moved, seen, &event).await?
                };
                Ok((work::load(c, case, &organisation).await?, told))
            })
        })
        .await
    }
}

async fn refer(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    new: NewReferral,
    mut seen: Seen,
    event: &NewEvent,
) -> Result<(Work, Vec<News>), StoreError> {
    let origin = access::let_in(c, case, organisation).await?;
    if Erasure::from_due(origin.erase_due).hides() {
        return Err(StoreError::Stale("the erasure"));
    }
    let before = work::load(c, case, organisation).await?;
    let child = new.child.as_ref().map(|child| child.id);
    if before.referrals.get(&new.referral).is_some_and(|sent| sent.by_us && sent.case == child && sent.with == new.to) {
        return Ok((before, Vec::new()));
    }
    if (new.to == OUTSIDE) == new.child.is_some() || new.to == organisation {
        return Err(StoreError::Malformed("whom it goes to"));
    }
    let mut told = vec![organisation.into()];
    if before.state == CaseState::New {
        told.extend(answering::take_on(c, case, organisation, seen, event).await?);
        seen = None;
    }
    let conference = new.child.as_ref().is_some_and(|child| child.organisation.is_none());
    let offered = Change::ReferralOffered {
        referral: new.referral,
        to: new.to.clone(),
        consent: new.consent,
        until: new.until,
        case: child,
        transfer: new.transfer,
        conference,
    };
    let work = carry_out(c, case, organisation, &offered, seen, event).await?;
    if let Some(child) = &new.child {
        let duty = work.consents.get(&new.consent).and_then(|consent| consent.duty);
        told.extend(make(c, &origin, organisation, &new, child, duty, event).await?);
    }
    Ok((work, told))
}

/// The case on the other side. Gives whom it is news for.
async fn make(
    c: &mut AnyConnection,
    origin: &Case,
    from: &str,
    new: &NewReferral,
    child: &NewChild,
    duty: Option<LegalDuty>,
    event: &NewEvent,
) -> Result<Vec<News>, StoreError> {
    let conference = child.organisation.is_none();
    // A platform gets notices, never cases.
    let kind = sqlx::query("SELECT 1 FROM organisations WHERE id = $1 AND kind <> 'platform' AND closed_at IS NULL");
    if kind.bind(new.to.clone()).fetch_optional(&mut *c).await?.is_none() || conference == child.members.is_empty() {
        return Err(StoreError::Absent("organisation"));
    }
    family::bear(c, origin, (child.id, &child.recipient), new.referral, conference, event.at).await?;
    // Its own clocks put it in its place with the first line of its log, below.
    let place = clock::place_of_waiting(&Timing::default(), &origin.facts, origin.facts.urgency(), event.at);
    let mut readers = vec![new.to.as_str()];
    if conference {
        readers.push(from);
    }
    for reader in &readers {
        access::grant(c, child.id, reader, &origin.facts, place, event.at).await?;
    }
    let members = members(c, child, &readers).await?;
    let sealed = |sealed: &Vec<u8>| Grant { organisation: None, epoch: 0, sealed: sealed.clone() };
    let mut grants = vec![(ORIGIN, sealed(&child.origin))];
    grants.extend(child.organisation.iter().map(|grant| (new.to.as_str(), sealed(grant))));
    grants.extend(members.iter().zip(&child.members).map(|(holder, (_, grant))| (holder.as_str(), sealed(grant))));
    let grants: Vec<_> = grants.iter().map(|(holder, grant)| (*holder, grant)).collect();
    cases::keep_grants(c, child.id, &grants).await?;
    entries::append(c, child.id, &Author::Organisation(from.to_owned()), 0, &child.entries, event.at).await?;
    for reader in &readers {
        let received = Change::ReferralReceived {
            referral: new.referral,
            from: from.to_owned(),
            until: new.until,
            transfer: new.transfer,
            conference,
            duty,
        };
        let by = Actor::Organisation(from.to_owned());
        let there = NewEvent { by, at: event.at, nonce: of_one(&event.nonce, reader), sealed: None };
        carry_out(c, child.id, reader, &received, None, &there).await?;
    }
    Ok(Happening::ReferralReceived.to(readers.into_iter().map(str::to_owned)))
}

/// The holders of a conference: members of the two organisations, each once.
async fn members(c: &mut AnyConnection, child: &NewChild, readers: &[&str]) -> Result<Vec<String>, StoreError> {
    let mut holders = Vec::new();
    let mut there = BTreeSet::new();
    for (member, _) in &child.members {
        let row = sqlx::query("SELECT organisation FROM members WHERE id = $1").bind(&member.0[..]);
        let of: String = row.fetch_optional(&mut *c).await?.ok_or(StoreError::Absent("member"))?.try_get(0)?;
        if !readers.contains(&of.as_str()) {
            return Err(StoreError::Absent("member"));
        }
        there.insert(of);
        holders.push(member_holder(*member));
    }
    if child.organisation.is_none() && there.len() < readers.len() {
        return Err(StoreError::Malformed("members of both organisations"));
    }
    Ok(holders)
}

/// Whose grants are one member's own.
pub(crate) fn member_holder(member: MemberId) -> String {
    format!("member:{member}")
}

/// One side moves a referral, and the other side has it too. Gives whom it is news for.
pub(crate) async fn advance(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    id: ItemId,
    moved: Moved,
    seen: Seen,
    event: &NewEvent,
) -> Result<Vec<News>, StoreError> {
    let work = work::load(c, case, organisation).await?;
    let referral = work.referrals.get(&id).cloned().ok_or(StoreError::Refused(Refusal::Unknown(id)))?;
    let change = Change::ReferralMoved { referral: id, state: moved.state, reason: moved.reason };
    carry_out(c, case, organisation, &change, seen, event).await?;
    let news = |who: &str| News { organisation: who.to_owned(), what: happening(moved.state) };
    let mut told = vec![news(organisation)];
    if let Some(there) = other_side(c, case, &referral).await? {
        let by = match &event.by {
            Actor::Member(..) => Actor::Organisation(organisation.to_owned()),
            other => other.clone(),
        };
        let mirrored = NewEvent { by, at: event.at, nonce: of_one(&event.nonce, &referral.with), sealed: None };
        carry_out(c, there, &referral.with, &change, None, &mirrored).await?;
        told.push(news(&referral.with));
    }
    if matches!(moved.state, ReferralState::Declined | ReferralState::Revoked) {
        let child = if referral.by_us { referral.case } else { Some(case) };
        if let Some(child) = child {
            told.extend(shut(c, child, id, event).await?);
        }
    }
    Ok(told)
}

const fn happening(state: ReferralState) -> Option<Happening> {
    match state {
        ReferralState::Accepted => Some(Happening::ReferralAccepted),
        ReferralState::Declined => Some(Happening::ReferralDeclined),
        ReferralState::Revoked => Some(Happening::ReferralRevoked),
        ReferralState::Offered | ReferralState::InProgress | ReferralState::Done => None,
    }
}

/// The case on the other side, where that organisation still has a work on it.
pub(crate) async fn other_side(
    c: &mut AnyConnection,
    case: CaseId,
    referral: &Referral,
) -> Result<Option<CaseId>, StoreError> {
    let there = if referral.by_us { referral.case } else { family::parent(c, case).await? };
    let Some(there) = there else { return Ok(None) };
    let row = sqlx::query("SELECT 1 FROM access WHERE case_id = $1 AND organisation = $2")
        .bind(&there.0[..])
        .bind(referral.with.clone())
        .fetch_optional(c)
        .await?;
    Ok(row.map(|_| there))
}

/// Nobody reads a case any more that was made for another organisation, but she, and who must keep it. Gives those for
/// whom it is over by that alone.
pub(crate) async fn shut(
    c: &mut AnyConnection,
    child: CaseId,
    referral: ItemId,
    event: &NewEvent,
) -> Result<Vec<News>, StoreError> {
    let mut over_for = Vec::new();
    for reader in access::holders(c, child).await? {
        let work = work::load(c, child, &reader).await?;
        if work.referrals.get(&referral).is_some_and(Referral::stands) {
            let over = Change::ReferralMoved { referral, state: ReferralState::Revoked, reason: None };
            let nonce = of_one(&event.nonce, &format!("shut {reader}"));
            let by = NewEvent { by: Actor::Clock, at: event.at, nonce, sealed: None };
            carry_out(c, child, &reader, &over, None, &by).await?;
            over_for.push(reader.clone());
        }
        access::withdraw(c, child, &reader, event.at).await?;
    }
    let gone = sqlx::query(
        "DELETE FROM grants WHERE case_id = $1 AND holder <> $2 AND holder NOT IN \
         (SELECT organisation FROM access WHERE case_id = $1 AND hold IS NOT NULL) RETURNING holder, epoch",
    )
    .bind(&child.0[..])
    .bind(ORIGIN)
    .fetch_all(&mut *c)
    .await?;
    note_grants(c, &child.0, &gone).await?;
    Ok(Happening::ReferralRevoked.to(over_for))
}

/// Taking a case on accepts the referral that brought it; declining declines that. Gives whom it is news for.
pub(crate) async fn follows(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    change: &Change,
    event: &NewEvent,
) -> Result<Vec<News>, StoreError> {
    let moved = match change {
        Change::Accepted { .. } => Moved { state: ReferralState::Accepted, reason: None },
        Change::Declined { reason } => Moved { state: ReferralState::Declined, reason: Some(*reason) },
        _ => return Ok(Vec::new()),
    };
    let work = work::load(c, case, organisation).await?;
    let waiting: Vec<_> = work.referrals.iter().filter(|(_, r)| r.waits_for_us()).map(|(id, _)| *id).collect();
    let mut told = Vec::new();
    for id in waiting {
        let next = NewEvent { nonce: of_one(&event.nonce, "referral"), sealed: None, ..event.clone() };
        told.extend(advance(c, case, organisation, id, moved, None, &next).await?);
    }
    Ok(told)
}

/// Every referral that rests on this consent is withdrawn.
pub(crate) async fn revoke_by(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    consent: ItemId,
    event: &NewEvent,
) -> Result<Vec<News>, StoreError> {
    let work = work::load(c, case, organisation).await?;
    let rests = |r: &Referral| r.by_us && r.consent == Some(consent) && r.stands();
    let resting: Vec<_> = work.referrals.iter().filter(|(_, r)| rests(r)).map(|(id, _)| *id).collect();
    let mut told = Vec::new();
    for id in resting {
        let moved = Moved { state: ReferralState::Revoked, reason: None };
        let next = NewEvent { nonce: of_one(&event.nonce, &id.to_string()), sealed: None, ..event.clone() };
        told.extend(advance(c, case, organisation, id, moved, None, &next).await?);
    }
    Ok(told)
}

impl Store {
    /// Whether a member may open a case of chosen members alone: she has a grant of her own.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where she has none.
    pub async fn is_chosen(&self, case: CaseId, member: MemberId) -> Result<(), StoreError> {
        let row = sqlx::query("SELECT 1 FROM grants WHERE case_id = $1 AND holder = $2 LIMIT 1")
            .bind(&case.0[..])
            .bind(member_holder(member))
            .fetch_optional(&self.reader)
            .await?;
        at_least_one(u64::from(row.is_some()), "case")
    }

    /// The identity of a case of chosen members alone, sealed to this one.
    pub async fn grants_of_member(&self, case: CaseId, member: MemberId) -> Result<Vec<Grant>, StoreError> {
        self.grants_of(case, &member_holder(member)).await
    }
}
