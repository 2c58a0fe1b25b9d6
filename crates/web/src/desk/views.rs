//! The views of the queue that a member saved: names and filters, sealed in her browser to herself.

use super::session::SignedIn;
use crate::report::{Bytes, Refusal, respond};
use axum::{Json, extract::rejection::JsonRejection, http::HeaderMap, response::Response};
use serde::Deserialize;
use serde_json::json;

/// `GET /api/v1/desk/views`.
pub(crate) async fn kept(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let kept = signed_in.house.store.views(signed_in.member.id).await;
    respond(&headers, kept.map(|sealed| json!({ "sealed": sealed.map(Bytes) })).map_err(Refusal::from))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Views {
    sealed: Bytes,
}

/// `POST /api/v1/desk/views`: in the place of those that she had.
pub(crate) async fn keep(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Views>, JsonRejection>,
) -> Response {
    let kept = async {
        let Json(body) = body?;
        signed_in.house.store.keep_views(signed_in.member.id, body.sealed.0).await?;
        Ok(json!({}))
    };
    respond(&headers, kept.await)
}
