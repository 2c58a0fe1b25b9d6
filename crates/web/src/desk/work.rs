//! The work on a case: what was done, and the next thing that is.

use super::{cases::let_in, session::SignedIn};
use crate::report::{Bytes, Refusal, respond};
use axum::{
    Json,
    extract::{Path, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use casework::{
    limits,
    work::{Actor, Change},
};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Event, StoreError};

/// `GET /api/v1/desk/cases/{case}/work`: where it stands, and all that was done here, oldest first; words sealed.
pub(crate) async fn events(signed_in: SignedIn, Path(case): Path<String>, headers: HeaderMap) -> Response {
    let listed = async {
        let (case, _) = let_in(&signed_in, &case).await?;
        let (store, organisation) = (&signed_in.house.store, &signed_in.member.organisation);
        let work = store.work(case.id, organisation).await?;
        let events = store.events_of_case(case.id, organisation).await?;
        let events = events.iter().map(event_json).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({ "work": work, "events": events, "now": signed_in.now }))
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
        let (case, _) = let_in(&signed_in, &case).await?;
        let Json(Asked { seen, change, sealed }) = body?;
        if !change.is_by_hand() {
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
        Actor::Clock => "clock",
    };
    Ok(json!({
        "number": event.number, "at": event.at, "by": by, "member": member, "role": role,
        "change": event.change()?, "sealed": event.sealed.clone().map(Bytes),
    }))
}
