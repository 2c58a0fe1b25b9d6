//! Sealed files, in pieces. Whoever knows the case's id (128 random bits, drawn on her device) may add to it; nobody
//! can read a file back through these addresses.

use super::{Refusal, wire};
use crate::Site;
use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use casework::{CaseId, FileId};
use serde::Deserialize;
use serde_json::{Value, json};
use store::StoreError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Begin {
    case: CaseId,
    size: u64,
}

/// `POST /api/v1/report/files/{file}`: begins, or says where the same upload stands.
pub(crate) async fn begin(
    State(site): State<Site>,
    Path(file): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Begin>, JsonRejection>,
) -> Response {
    let begun = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let Json(begin) = body?;
        let id = file_id(&file)?;
        let state = house.store.begin_file(id, begin.case, begin.size, house.files_bytes, site.seconds()).await?;
        Ok(state.received)
    };
    match begun.await {
        Ok(received) => stands(StatusCode::OK, received),
        Err(refusal) => Refusal::answer(refusal, &headers),
    }
}

/// `PUT /api/v1/report/files/{file}/from/{from}`: a piece. 409 with `received` where bytes before it are missing.
pub(crate) async fn add(
    State(site): State<Site>,
    Path((file, from)): Path<(String, u64)>,
    headers: HeaderMap,
    piece: Result<bytes::Bytes, axum::extract::rejection::BytesRejection>,
) -> Response {
    let added = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let id = file_id(&file)?;
        let case = headers.get("x-case").and_then(|case| case.to_str().ok()).ok_or(Refusal::Absent)?;
        let state = house.store.file(id).await?;
        // As if it weren't there.
        if state.case != wire::case_id(case)? {
            return Err(Refusal::Absent);
        }
        let piece = piece.map_err(|_| Refusal::OverLimit)?;
        match house.store.add_piece(id, from, piece.to_vec(), site.seconds()).await {
            Err(StoreError::Stale(_)) => Ok((StatusCode::CONFLICT, house.store.file(id).await?.received)),
            added => Ok((StatusCode::OK, added?.received)),
        }
    };
    match added.await {
        Ok((status, received)) => stands(status, received),
        Err(refusal) => refusal.answer(&headers),
    }
}

fn stands(status: StatusCode, received: u64) -> Response {
    let body: Value = json!({ "received": received });
    (status, Json(body)).into_response()
}

fn file_id(text: &str) -> Result<FileId, Refusal> {
    text.parse().map_err(|_| Refusal::Absent)
}
