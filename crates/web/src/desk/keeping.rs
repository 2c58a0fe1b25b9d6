//! How long a report is kept: what runs out soon, what the law makes us keep.

use super::{cases::row_json, session::SignedIn, standing::let_in};
use crate::report::{Refusal, respond};
use axum::{
    Json,
    extract::{Path, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use vocabulary::HoldGround;

/// Rows of each list.
const ROWS: u32 = 50;

/// `GET /api/v1/desk/keeping`: reports whose time runs out within a month, and those that must be kept.
pub(crate) async fn list(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let (store, organisation) = (&signed_in.house.store, &signed_in.member.organisation);
        let running_out = store.running_out(organisation, signed_in.now, ROWS).await?;
        let held = store.held(organisation, ROWS).await?;
        let terms = store.terms(organisation, signed_in.now).await?;
        let rows = |rows: &[store::InboxRow]| -> Value { rows.iter().map(|row| row_json(row, &terms)).collect() };
        Ok(json!({ "running_out": rows(&running_out), "held": rows(&held), "now": signed_in.now }))
    };
    respond(&headers, listed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hold {
    /// None: it need not be kept any more.
    ground: Option<HoldGround>,
}

/// `POST /api/v1/desk/cases/{case}/hold`: it must be kept, for this reason; she sees it.
pub(crate) async fn hold(
    signed_in: SignedIn,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Hold>, JsonRejection>,
) -> Response {
    let held = async {
        let case = let_in(&signed_in, &case).await?.case;
        let Json(body) = body.map_err(Refusal::from)?;
        let organisation = signed_in.member.organisation.clone();
        signed_in.house.store.hold(case.id, organisation, body.ground, signed_in.now).await?;
        Ok(json!({ "hold": body.ground }))
    };
    respond(&headers, held.await)
}
