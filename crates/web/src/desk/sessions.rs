//! Where a member is signed in, and the end of it.

use super::session::SignedIn;
use crate::report::{Refusal, respond};
use axum::{extract::Path, http::HeaderMap, response::Response};
use serde_json::json;

/// `GET /api/v1/desk/sessions`.
pub(super) async fn list(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let shown = of(&signed_in).await?.into_iter().map(|(hash, opened_at, seen_at)| {
            let here = hash == signed_in.hash;
            json!({ "id": short(&hash), "opened_at": opened_at, "seen_at": seen_at, "here": here })
        });
        Ok(json!({ "sessions": shown.collect::<Vec<_>>() }))
    };
    respond(&headers, listed.await)
}

/// `POST /api/v1/desk/sessions/{session}/end`.
pub(super) async fn end(signed_in: SignedIn, Path(session): Path<String>, headers: HeaderMap) -> Response {
    let ended = async {
        let all = of(&signed_in).await?;
        let (hash, ..) = all.into_iter().find(|(hash, ..)| short(hash) == session).ok_or(Refusal::Absent)?;
        signed_in.house.store.end_sessions(signed_in.member.id, Some(hash)).await?;
        Ok(json!({}))
    };
    respond(&headers, ended.await)
}

/// `POST /api/v1/desk/sessions/end`: all of them, this one too.
pub(super) async fn end_all(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let ended = signed_in.house.store.end_sessions(signed_in.member.id, None).await;
    respond(&headers, ended.map(|()| json!({})).map_err(Refusal::from))
}

async fn of(signed_in: &SignedIn) -> Result<Vec<([u8; 32], i64, i64)>, Refusal> {
    Ok(signed_in.house.store.sessions(signed_in.member.id, signed_in.now).await?)
}

/// Enough of the hash to tell one session from another; it opens nothing.
fn short(hash: &[u8; 32]) -> String {
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
