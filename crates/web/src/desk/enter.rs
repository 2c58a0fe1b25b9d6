//! `POST /api/v1/desk/enter`: a call, a walk-in or a paper form, sealed in a member's browser as her own device would.

use super::session::SignedIn;
use crate::report::{Bytes, GrantWire, NewEntryWire, ReceiptWire, Refusal, grants, recipient, respond};
use axum::{Json, extract::rejection::JsonRejection, http::HeaderMap, response::Response};
use casework::{CaseId, Facts};
use serde::Deserialize;
use serde_json::json;
use store::{Entering, NewReport};
use vocabulary::{Audience, ConsentWay};

/// The most letters of what names a sheet.
const PAPER_LETTERS: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entered {
    id: CaseId,
    receipt: ReceiptWire,
    recipient: String,
    #[serde(default)]
    audience: Option<Audience>,
    #[serde(default)]
    facts: Facts,
    grants: Vec<GrantWire>,
    entries: Vec<NewEntryWire>,
    way: ConsentWay,
    /// Names the sheet or row, so that it is entered once.
    #[serde(default)]
    paper: Option<String>,
}

pub(crate) async fn enter(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Entered>, JsonRejection>,
) -> Response {
    let entered = async {
        let Json(body) = body?;
        if body.paper.as_ref().is_some_and(|paper| paper.chars().count() > PAPER_LETTERS) {
            return Err(Refusal::OverLimit);
        }
        let new = NewReport {
            id: body.id,
            receipt: body.receipt.record()?,
            recipient: recipient(body.recipient)?,
            audience: body.audience,
            facts: body.facts,
            grants: grants(body.grants)?,
            entries: NewEntryWire::all(body.entries)?,
        };
        let organisation = signed_in.member.organisation.clone();
        let how = Entering { organisation, way: body.way, paper: body.paper.filter(|paper| !paper.is_empty()) };
        let received = signed_in.house.store.enter(new, how, signed_in.event(None)).await?;
        let leaves: Vec<_> = received.leaves.iter().map(|leaf| Bytes(leaf.to_vec())).collect();
        Ok(json!({ "id": body.id, "at": received.at, "leaves": leaves }))
    };
    respond(&headers, entered.await)
}
