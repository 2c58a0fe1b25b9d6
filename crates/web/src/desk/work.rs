//! The work on a case: what was done, and the next thing that is.

use super::{
    cases::duties_json,
    session::SignedIn,
    standing::{Standing, let_in},
};
use crate::report::{Bytes, Refusal, respond};
use axum::{
    Json,
    extract::{Path, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use casework::{
    MemberId, limits,
    work::{Actor, Change},
};
use rights::Action;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Event, StoreError};
use vocabulary::NoteKind;

/// `GET /api/v1/desk/cases/{case}/work`: where it stands, and all that was done here, oldest first; words sealed.
pub(crate) async fn events(signed_in: SignedIn, Path(case): Path<String>, headers: HeaderMap) -> Response {
    let listed = async {
        let Standing { case, access, work, relation } = let_in(&signed_in, &case).await?;
        let events = signed_in.house.store.events_of_case(case.id, &signed_in.member.organisation).await?;
        let events = events.iter().map(event_json).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({
            "work": work, "duties": duties_json(&case, &work, &access), "may": signed_in.may_do(relation), "events": events,
            "now": signed_in.now,
        }))
    };
    respond(&headers, listed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// The version of the work that the page saw.
    seen: u64,
    change: Change,
    /// Words that go with it, sealed to the organisation.
    #[serde(default)]
    sealed: Option<Bytes>,
}

/// `POST /api/v1/desk/cases/{case}/work`: one change, with words sealed beside it.
pub(crate) async fn change(
    signed_in: SignedIn,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Asked>, JsonRejection>,
) -> Response {
    let changed = async {
        let Standing { case, work, relation, .. } = let_in(&signed_in, &case).await?;
        let Json(Asked { seen, change, sealed }) = body?;
        let needs_second = work.needs_second(&case.facts);
        let action = action(&change, work.owner, needs_second, signed_in.member.id).ok_or(Refusal::NotAllowed)?;
        if !signed_in.acting.may(action, relation) {
            return Err(Refusal::NotAllowed);
        }
        let sealed = sealed.map(|sealed| sealed.0);
        if sealed.as_ref().is_some_and(|sealed| sealed.len() > limits::NOTE_BYTES) {
            return Err(Refusal::OverLimit);
        }
        let (organisation, event) = (signed_in.member.organisation.clone(), signed_in.event(sealed));
        let work = signed_in.house.store.change(case.id, organisation, change, Some(seen), event).await?;
        Ok(json!({ "work": work, "now": signed_in.now }))
    };
    respond(&headers, changed.await)
}

/// Which right a change needs, by who answers for the case and whether closing it needs a second pair of eyes; none where
/// nobody makes it by hand.
fn action(change: &Change, owner: Option<MemberId>, needs_second: bool, me: MemberId) -> Option<Action> {
    Some(match change {
        Change::Accepted { owner, .. } if *owner == me => Action::Accept,
        // Who answers for a case may hand it over; anybody else's is given by whoever gives cases out.
        Change::Assigned { .. } if owner == Some(me) => Action::HandOver,
        Change::Accepted { .. } | Change::Assigned { .. } | Change::Teamed { .. } => Action::Assign,
        Change::Declined { .. } => Action::Decline,
        Change::Waiting { .. } | Change::Resumed | Change::TaskSet { .. } | Change::TaskDone { .. } => Action::Task,
        Change::Assessed { .. } => Action::Assess,
        Change::Notified { .. } => Action::NotifyAuthority,
        Change::Noted { about: NoteKind::Review } => Action::ReviewQuality,
        Change::Noted { .. } => Action::Note,
        Change::Served { .. } => Action::Plan,
        Change::FollowedUp { .. } => Action::FollowUp,
        Change::CloseAsked { .. } => Action::Close,
        Change::CloseRefused => Action::CloseHighRisk,
        Change::Closed { .. } if needs_second => Action::CloseHighRisk,
        Change::Closed { .. } => Action::Close,
        Change::Reopened { .. } => Action::Reopen,
        Change::Merged { .. } => Action::Merge,
        Change::TakedownSet { .. } => Action::Takedown,
        Change::Read { .. }
        | Change::Left { .. }
        | Change::Erased { .. }
        | Change::Answered
        | Change::PersonWrote
        | Change::SheSaid { .. }
        | Change::Entered { .. }
        // These come by an address of their own, so that she is told.
        | Change::ConsentAsked { .. }
        | Change::ConsentRecorded { .. }
        | Change::ConsentWithdrawn { .. }
        | Change::ConsentGiven { .. }
        | Change::ConsentRefused { .. }
        | Change::ConsentExpired { .. }
        | Change::ReferralOffered { .. }
        | Change::ReferralReceived { .. }
        | Change::ReferralMoved { .. } => return None,
    })
}

/// A line of the log, for the desk.
pub(super) fn event_json(event: &Event) -> Result<Value, StoreError> {
    let (member, role) = match &event.by {
        Actor::Member(member, role) => (Some(member), Some(role)),
        _ => (None, None),
    };
    let by = match &event.by {
        Actor::Member(..) => "member",
        Actor::Person => "person",
        Actor::Organisation(id) => id,
        Actor::Program(_) => "program",
        Actor::Clock => "clock",
    };
    Ok(json!({
        "number": event.number, "at": event.at, "by": by, "member": member, "role": role,
        "change": event.change()?, "sealed": event.sealed.clone().map(Bytes),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{Closing, Outcome};

    const ME: MemberId = MemberId([1; 16]);
    const OTHER: MemberId = MemberId([2; 16]);

    #[test]
    fn what_is_done_by_hand_needs_a_right_and_the_rest_nobody_has() {
        let noted = |about| action(&Change::Noted { about }, None, false, ME);
        assert_eq!(noted(NoteKind::Note), Some(Action::Note));
        assert_eq!(noted(NoteKind::Review), Some(Action::ReviewQuality));
        for change in [Change::Answered, Change::PersonWrote, Change::Left { member: ME }] {
            assert_eq!(action(&change, None, false, ME), None);
        }
    }

    #[test]
    fn a_case_is_handed_over_by_who_has_it_and_given_by_who_gives_them_out() {
        let given = |of| action(&Change::Assigned { owner: OTHER }, of, false, ME);
        assert_eq!(given(Some(ME)), Some(Action::HandOver));
        assert_eq!(given(Some(OTHER)), Some(Action::Assign));
        assert_eq!(given(None), Some(Action::Assign));
        let accepted = |owner| action(&Change::Accepted { owner, next: None }, None, false, ME);
        assert_eq!(accepted(ME), Some(Action::Accept));
        assert_eq!(accepted(OTHER), Some(Action::Assign));
    }

    #[test]
    fn a_case_of_high_risk_is_closed_by_a_second_pair_of_eyes() {
        let closed = Change::Closed { reason: Closing::ALL[0], outcome: Outcome::ALL[0] };
        assert_eq!(action(&closed, None, false, ME), Some(Action::Close));
        assert_eq!(action(&closed, None, true, ME), Some(Action::CloseHighRisk));
    }
}
