//! `GET /api/v1/report/terms`: all that a device needs before it seals, the same for everybody.

use super::{Bytes, Refusal, organisation_json};
use crate::Site;
use axum::{
    Json,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use casework::limits;
use serde_json::{Value, json};

pub(crate) async fn terms(State(site): State<Site>, headers: HeaderMap) -> Response {
    match answer(&site).await {
        Ok(terms) => Json(terms).into_response(),
        Err(refusal) => refusal.answer(&headers),
    }
}

async fn answer(site: &Site) -> Result<Value, Refusal> {
    let house = site.house().ok_or(Refusal::Shut)?;
    let mut organisations = Vec::new();
    for record in house.store.organisations().await? {
        if record.card.recipient.is_some() {
            let answers_within = house.store.answers_within(&record.card.id).await?;
            organisations.push(organisation_json(&record.card, answers_within, site.now()));
        }
    }
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
