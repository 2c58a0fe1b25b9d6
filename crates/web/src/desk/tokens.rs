//! Tokens of the API, as administrators see them: made, shown once, ended.

use super::session::SignedIn;
use crate::report::{Bytes, Refusal, respond};
use axum::{
    Json,
    extract::{Path, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use store::{Scope, Token};

/// What every token begins with, so that one who finds it knows what it is, and scanners for leaked secrets too.
pub(super) const PREFIX: &str = "haidang_";
/// The longest name, in letters.
const NAME_LETTERS: usize = 60;
/// The longest time that a token may hold, in days.
const MOST_DAYS: i64 = 366;

/// `GET /api/v1/desk/tokens`.
pub(super) async fn list(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let tokens = signed_in.house.store.tokens(&signed_in.member.organisation).await?;
        let shown = |token: &Token| {
            let scopes: Vec<_> = token.scopes.iter().map(|scope| scope.code()).collect();
            json!({
                "id": Bytes(token.hash.to_vec()), "name": token.name, "scopes": scopes, "made_at": token.made_at,
                "expires_at": token.expires_at, "used_at": token.used_at,
            })
        };
        Ok(json!({ "tokens": tokens.iter().map(shown).collect::<Vec<_>>(), "now": signed_in.now }))
    };
    respond(&headers, listed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    name: String,
    scopes: Vec<String>,
    days: i64,
}

/// `POST /api/v1/desk/tokens`: the token, this once.
pub(super) async fn make(signed_in: SignedIn, headers: HeaderMap, body: Result<Json<Wish>, JsonRejection>) -> Response {
    let made = async {
        let Json(wish) = body?;
        let name = wish.name.trim();
        let is_name = !name.is_empty() && name.chars().count() <= NAME_LETTERS && !name.chars().any(char::is_control);
        let scopes: Result<BTreeSet<Scope>, _> = wish.scopes.iter().map(|scope| scope.parse()).collect();
        let scopes = scopes.ok().filter(|scopes| !scopes.is_empty()).ok_or(Refusal::BadJson)?;
        if !is_name || !(1..=MOST_DAYS).contains(&wish.days) {
            return Err(Refusal::BadJson);
        }
        let secret: [u8; 32] = signed_in.house.random();
        let token = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(secret));
        let expires_at = signed_in.now + wish.days * 24 * 3600;
        let kept = Token {
            hash: Sha256::digest(&token).into(),
            organisation: signed_in.member.organisation.clone(),
            name: name.to_owned(),
            scopes,
            made_at: signed_in.now,
            expires_at,
            used_at: None,
        };
        signed_in.house.store.add_token(kept).await?;
        Ok(json!({ "token": token, "expires_at": expires_at }))
    };
    respond(&headers, made.await)
}

/// `POST /api/v1/desk/tokens/{token}/end`.
pub(super) async fn end(signed_in: SignedIn, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let ended = async {
        let hash = URL_SAFE_NO_PAD.decode(token).ok().and_then(|hash| hash.try_into().ok()).ok_or(Refusal::Absent)?;
        signed_in.house.store.end_token(signed_in.member.organisation.clone(), hash).await?;
        Ok(json!({}))
    };
    respond(&headers, ended.await)
}
