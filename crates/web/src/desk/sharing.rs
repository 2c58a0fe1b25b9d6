//! Consents and referrals, as a member's browser sends them. What is sealed was sealed there; what is checked here is
//! shape, size and right; whether a consent allows it the store asks, in the same write that carries it out.

use super::{
    session::SignedIn,
    standing::{Standing, let_in},
};
use crate::report::{Bytes, NewEntryWire, Refusal, recipient, respond, sealed};
use axum::{
    Json,
    extract::{Path, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use casework::{
    CaseId, ItemId, MemberId, limits,
    work::{Change, Work},
};
use rights::Action;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Moved, NewChild, NewReferral, StoreError, Told};
use vocabulary::{DeclineReason, ReferralState};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Consent {
    /// The version of the work that the page saw.
    seen: u64,
    change: Change,
    /// What she reads of it.
    #[serde(default)]
    told: Option<ToHer>,
    /// The entries named and what must not be told, sealed to the organisation.
    #[serde(default)]
    sealed: Option<Bytes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToHer {
    epoch: i64,
    entry: NewEntryWire,
}

/// `POST /api/v1/desk/cases/{case}/consents`: asked, recorded, or taken back for her.
pub(crate) async fn consent(
    signed_in: SignedIn,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Consent>, JsonRejection>,
) -> Response {
    let changed = async {
        let case = let_in(&signed_in, &case).await?.case;
        let Json(body) = body?;
        let told = match body.told {
            Some(ToHer { epoch, entry }) => {
                let entry = NewEntryWire::all(vec![entry])?.pop().ok_or(Refusal::BadJson)?;
                Some(Told { epoch, entry })
            }
            None => None,
        };
        let (organisation, event) = (signed_in.member.organisation.clone(), signed_in.event(note(body.sealed)?));
        let store = &signed_in.house.store;
        let work = store.consent(case.id, organisation, body.change, told, Some(body.seen), event).await?;
        Ok(stands(&work, signed_in.now))
    };
    respond(&headers, changed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refer {
    seen: u64,
    referral: ItemId,
    to: String,
    consent: ItemId,
    until: i64,
    transfer: bool,
    /// The case that was made for them; none where they get a sealed package outside of this server.
    #[serde(default)]
    child: Option<Child>,
    /// Which entries and why, sealed to the organisation.
    #[serde(default)]
    sealed: Option<Bytes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Child {
    id: CaseId,
    recipient: String,
    origin: Bytes,
    #[serde(default)]
    organisation: Option<Bytes>,
    #[serde(default)]
    members: Vec<OfMember>,
    entries: Vec<NewEntryWire>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfMember {
    member: MemberId,
    sealed: Bytes,
}

/// The most members of a case conference.
const MEMBERS: usize = 30;

impl Child {
    fn checked(self) -> Result<NewChild, Refusal> {
        let key = |bytes| sealed(bytes, limits::GRANT_BYTES);
        if self.members.len() > MEMBERS {
            return Err(Refusal::OverLimit);
        }
        let members = self.members.into_iter().map(|of| Ok((of.member, key(of.sealed)?)));
        Ok(NewChild {
            id: self.id,
            recipient: recipient(self.recipient)?,
            origin: key(self.origin)?,
            organisation: self.organisation.map(key).transpose()?,
            members: members.collect::<Result<_, Refusal>>()?,
            entries: NewEntryWire::all(self.entries)?,
        })
    }
}

/// `POST /api/v1/desk/cases/{case}/referrals`: refers her to another organisation, with the case that was made for it.
pub(crate) async fn refer(
    signed_in: SignedIn,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Refer>, JsonRejection>,
) -> Response {
    let referred = async {
        let case = let_in(&signed_in, &case).await?.case;
        let Json(body) = body?;
        let new = NewReferral {
            referral: body.referral,
            to: body.to,
            consent: body.consent,
            until: body.until,
            transfer: body.transfer,
            child: body.child.map(Child::checked).transpose()?,
        };
        let (organisation, event) = (signed_in.member.organisation.clone(), signed_in.event(note(body.sealed)?));
        let referred = signed_in.house.store.refer(case.id, organisation, new, Some(body.seen), event).await;
        let work = referred.map_err(|error| match error {
            StoreError::Absent("organisation") => Refusal::NotJoined,
            other => other.into(),
        })?;
        Ok(stands(&work, signed_in.now))
    };
    respond(&headers, referred.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Move {
    seen: u64,
    state: ReferralState,
    #[serde(default)]
    reason: Option<DeclineReason>,
}

/// `POST /api/v1/desk/cases/{case}/referrals/{referral}`: moves it on, as the side whose turn it is.
pub(crate) async fn step(
    signed_in: SignedIn,
    Path((case, referral)): Path<(String, String)>,
    headers: HeaderMap,
    body: Result<Json<Move>, JsonRejection>,
) -> Response {
    let moved = async {
        let Standing { case, work, relation, .. } = let_in(&signed_in, &case).await?;
        let Json(Move { seen, state, reason }) = body?;
        let referral = referral.parse().map_err(|_| Refusal::Absent)?;
        let by_us = work.referrals.get(&referral).is_some_and(|referral| referral.by_us);
        if !signed_in.acting.may(right(state, by_us), relation) {
            return Err(Refusal::NotAllowed);
        }
        if (state == ReferralState::Declined) != reason.is_some() {
            return Err(Refusal::BadJson);
        }
        let (organisation, event) = (signed_in.member.organisation.clone(), signed_in.event(None));
        let store = &signed_in.house.store;
        let work =
            store.move_referral(case.id, organisation, referral, Moved { state, reason }, Some(seen), event).await?;
        Ok(stands(&work, signed_in.now))
    };
    respond(&headers, moved.await)
}

/// `GET /api/v1/desk/cases/{case}/consents/{consent}/members`: who of both organisations may be chosen for a conference;
/// only where a consent to tell that organisation holds.
pub(crate) async fn members(
    signed_in: SignedIn,
    Path((case, consent)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let listed = async {
        let work = let_in(&signed_in, &case).await?.work;
        let consent: ItemId = consent.parse().map_err(|_| Refusal::Absent)?;
        let (store, ours) = (&signed_in.house.store, &signed_in.member.organisation);
        let theirs = work.consents.get(&consent).filter(|consent| consent.stands()).ok_or(Refusal::Absent)?.to.clone();
        let mut members = Vec::new();
        for organisation in [ours, &theirs] {
            for member in store.members(organisation).await? {
                members.push(json!({
                    "id": member.id, "organisation": organisation, "name": member.name, "role": member.role,
                    "recipient": member.recipient,
                }));
            }
        }
        Ok(json!({ "members": members }))
    };
    respond(&headers, listed.await)
}

/// Which right a step needs, by whether our organisation asked for help.
const fn right(state: ReferralState, by_us: bool) -> Action {
    match (by_us, state) {
        (true, ReferralState::Revoked) => Action::RevokeReferral,
        // What an organisation outside says is written down by whoever may refer.
        (true, _) => Action::Refer,
        (false, ReferralState::Declined) => Action::Decline,
        (false, _) => Action::Accept,
    }
}

fn note(sealed: Option<Bytes>) -> Result<Option<Vec<u8>>, Refusal> {
    match sealed {
        Some(sealed) if sealed.0.len() > limits::NOTE_BYTES => Err(Refusal::OverLimit),
        other => Ok(other.map(|sealed| sealed.0)),
    }
}

fn stands(work: &Work, now: i64) -> Value {
    json!({ "work": work, "now": now })
}
