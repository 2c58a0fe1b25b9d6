//! What she answers: consents, how she is, words to those she was referred to.

use super::{Bytes, NewEntryWire, Refusal, back::Holder, kin::checked, respond, wire::case_id};
use axum::{
    Json,
    extract::{Path, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use casework::{CaseId, ItemId};
use serde::Deserialize;
use serde_json::json;
use store::{HerAnswer, OfHers};
use vocabulary::{Helped, Wellbeing};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hers {
    case: CaseId,
    organisation: String,
    consent: ItemId,
    answer: Answered,
    /// The leaf of the entry that asked her, and her signature, where she agrees.
    #[serde(default)]
    asked: Option<Bytes>,
    #[serde(default)]
    signature: Option<Bytes>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answered {
    Agrees,
    Refuses,
    TakesBack,
}

/// `POST /api/v1/back/consents`: she agrees (signed), refuses, or takes back.
pub(crate) async fn consent(holder: Holder, headers: HeaderMap, body: Result<Json<Hers>, JsonRejection>) -> Response {
    let answered = async {
        let (holder, Json(body)) = (holder.visible()?, body?);
        let store = &holder.house.store;
        let answer = match (body.answer, &body.asked, &body.signature) {
            (Answered::Refuses, _, _) => HerAnswer::Refuses,
            (Answered::TakesBack, _, _) => HerAnswer::TakesBack,
            (Answered::Agrees, Some(asked), Some(signature)) => {
                let work = store.work(body.case, &body.organisation).await?;
                let asked_for = work.consents.get(&body.consent).ok_or(Refusal::Absent)?;
                let standing = (body.case, body.consent, asked_for.to.as_str(), asked_for.until);
                let asked = asked.exactly()?;
                let signature = checked(&holder.case, standing, &asked, &signature.exactly()?)?;
                HerAnswer::Agrees { asked, signature, known: holder.case.receipt_known }
            }
            (Answered::Agrees, _, _) => return Err(Refusal::NotHers),
        };
        let (hers, nonce) = (holder.case.id, holder.house.random());
        let about = OfHers { case: body.case, organisation: body.organisation, consent: body.consent };
        store.answer_consent(hers, about, answer, holder.now, nonce).await?;
        Ok(json!({}))
    };
    respond(&headers, answered.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    case: CaseId,
    #[serde(default)]
    wellbeing: Option<Wellbeing>,
    #[serde(default)]
    helped: Option<Helped>,
}

/// `POST /api/v1/back/said`: how she is, whether it helped.
pub(crate) async fn said(holder: Holder, headers: HeaderMap, body: Result<Json<Said>, JsonRejection>) -> Response {
    let said = async {
        let (holder, Json(body)) = (holder.visible()?, body?);
        if body.wellbeing.is_none() && body.helped.is_none() {
            return Err(Refusal::BadJson);
        }
        let (hers, nonce) = (holder.case.id, holder.house.random());
        let words = (body.wellbeing, body.helped);
        holder.house.store.she_said(hers, body.case, words, holder.now, nonce).await?;
        Ok(json!({}))
    };
    respond(&headers, said.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Added {
    entries: Vec<NewEntryWire>,
}

/// `POST /api/v1/back/helpers/{case}/entries`: to whoever helps in a case that was made out of hers.
pub(crate) async fn add(
    holder: Holder,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Added>, JsonRejection>,
) -> Response {
    let added = async {
        let (holder, Json(body)) = (holder.visible()?, body?);
        let entries = NewEntryWire::all(body.entries)?;
        let (hers, nonce) = (holder.case.id, holder.house.random());
        let numbers = holder.house.store.add_below(hers, case_id(&case)?, entries, nonce, holder.now).await?;
        Ok(json!({ "numbers": numbers, "at": holder.now }))
    };
    respond(&headers, added.await)
}
