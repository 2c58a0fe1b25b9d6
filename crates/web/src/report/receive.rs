//! `POST /api/v1/report`: a sealed report is taken, on the disk, then acknowledged.

use super::{
    Bytes, Refusal,
    wire::{self, GrantWire, NewEntryWire, ReceiptWire, grants},
};
use crate::Site;
use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use casework::{CaseId, Facts};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{NewReport, StoreError};
use vocabulary::Audience;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    id: CaseId,
    #[serde(default)]
    work: Option<Work>,
    receipt: ReceiptWire,
    recipient: String,
    #[serde(default)]
    audience: Option<Audience>,
    #[serde(default)]
    facts: Facts,
    grants: Vec<GrantWire>,
    entries: Vec<NewEntryWire>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Work {
    challenge: Bytes,
    answer: u64,
}

pub(crate) async fn receive(
    State(site): State<Site>,
    headers: HeaderMap,
    body: Result<Json<Report>, JsonRejection>,
) -> Response {
    match answer(&site, body).await {
        Ok((status, json)) => (status, Json(json)).into_response(),
        Err(refusal) => refusal.answer(&headers),
    }
}

async fn answer(site: &Site, body: Result<Json<Report>, JsonRejection>) -> Result<(StatusCode, Value), Refusal> {
    let house = site.house().ok_or(Refusal::Shut)?;
    let Json(report) = body?;
    let now = site.seconds();
    // The same report again, because its acknowledgement was lost, has paid already.
    let again = match house.store.case(report.id).await {
        Ok(_) => true,
        Err(StoreError::Absent(_)) => false,
        Err(error) => return Err(error.into()),
    };
    let id = report.id;
    let work = report.work;
    let new = NewReport {
        id,
        receipt: report.receipt.record()?,
        recipient: wire::recipient(report.recipient)?,
        audience: report.audience,
        facts: report.facts,
        grants: grants(report.grants)?,
        entries: NewEntryWire::all(report.entries)?,
    };
    let mut holders: Vec<_> = new.grants.iter().map(|grant| &grant.organisation).collect();
    holders.sort();
    holders.dedup();
    let one_each = holders.len() == new.grants.len() && new.grants.iter().all(|grant| grant.epoch == 0);
    // Without the receipt's grant she could never come back; without an organisation nobody could read it.
    if !one_each || holders.first() != Some(&&None) || holders.len() < 2 {
        return Err(Refusal::BadSeal);
    }
    if !again {
        let work = work.ok_or(Refusal::Work)?;
        house.gate.take(&work.challenge.0, work.answer, now)?;
    }
    let received = house.store.receive(new, now).await?;
    let status = if again { StatusCode::OK } else { StatusCode::CREATED };
    let leaves: Vec<_> = received.leaves.iter().map(|leaf| Bytes(leaf.to_vec())).collect();
    Ok((status, json!({ "at": received.at, "head": house.signer.head(&received.leaves, now), "leaves": leaves })))
}
