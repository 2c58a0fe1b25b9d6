//! `GET /api/v1/report/terms`: all that a device needs before it seals, the same for everybody.

use super::{Bytes, Refusal, respond};
use crate::{Site, joined::Joined};
use axum::{extract::State, http::HeaderMap, response::Response};
use casework::limits;
use serde_json::{Value, json};

pub(crate) async fn terms(State(site): State<Site>, headers: HeaderMap) -> Response {
    respond(&headers, answer(&site).await)
}

async fn answer(site: &Site) -> Result<Value, Refusal> {
    let house = site.house().ok_or(Refusal::Shut)?;
    let organisations: Value = house.joined(site).await?.iter().map(Joined::json).collect();
    let (challenge, bits) = house.gate.challenge(house.random(), site.seconds());
    Ok(json!({
        "salt": Bytes(house.receipt_salt.to_vec()),
        "server_key": house.signer.public(),
        "work": {"challenge": Bytes(challenge), "bits": bits},
        "limits": {
            "entry_bytes": limits::ENTRY_BYTES, "entries_at_once": limits::ENTRIES_AT_ONCE,
            "files_bytes": house.files_bytes, "files_bytes_unopened": limits::FILES_BYTES_UNOPENED,
            "piece_bytes": limits::PIECE_BYTES, "files": limits::FILES_OF_CASE,
            "organisations": limits::ORGANISATIONS_OF_CASE,
        },
        "organisations": organisations,
    }))
}
