//! The inbox and the cases of the organisation of whoever is signed in. A case that she was not let into, or is shut
//! out of, is as if it weren't there.

use super::session::SignedIn;
use crate::report::{NewEntryWire, Refusal, entry_json, grants_json, respond};
use axum::{
    Json,
    extract::{Path, Query, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{CaseId, FileId, Timing, clock, duties, limits, retention};
use rights::Relation;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Access, Case, InboxRow, Opened, Opening, StoreError, View};

/// Rows of one page of an inbox.
const PAGE_ROWS: u32 = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// Which part of the queue: `all` (when absent), `new`, `mine`, `due`, `over`.
    view: Option<String>,
    /// Where the last row of the page before stood: `PLACE.CASE`.
    behind: Option<String>,
}

/// `GET /api/v1/desk/inbox`: most urgent first.
pub(crate) async fn inbox(signed_in: SignedIn, Query(page): Query<Page>, headers: HeaderMap) -> Response {
    let listed = async {
        let behind = page.behind.as_deref().map(place).transpose()?;
        let view = match page.view.as_deref() {
            None | Some("all") => View::All,
            Some("new") => View::New,
            Some("mine") => View::Of(signed_in.member.id),
            Some("due") => View::Due(signed_in.now),
            Some("over") => View::Over,
            Some("second") => View::SecondEyes,
            Some(team) if team.starts_with("team:") => {
                View::Team(team["team:".len()..].parse().map_err(|_| Refusal::BadJson)?)
            }
            Some(_) => return Err(Refusal::BadJson),
        };
        let rows = signed_in.house.store.inbox(&signed_in.member.organisation, view, behind, PAGE_ROWS).await?;
        let next = rows.last().filter(|_| rows.len() == PAGE_ROWS as usize).map(|r| format!("{}.{}", r.place, r.id));
        let days = signed_in.house.store.organisation(&signed_in.member.organisation).await?.retention_days;
        let timing = signed_in.timing().await?;
        let shown: Vec<_> = rows.iter().map(|row| row_json(row, &timing, days)).collect();
        let late = signed_in.house.store.late(&signed_in.member.organisation, signed_in.now).await?;
        Ok(json!({
            "rows": shown, "next": next, "now": signed_in.now, "late_steps": late.steps, "late_answers": late.answers,
        }))
    };
    respond(&headers, listed.await)
}

/// A line of a list; `days`: how long the organisation keeps a report.
pub(super) fn row_json(row: &InboxRow, timing: &Timing, days: Option<i64>) -> Value {
    let came = row.facts.urgency();
    let urgency = row.reassessed.unwrap_or(came);
    json!({
        "id": row.id, "facts": row.facts, "urgency": came, "reassessed": row.reassessed, "state": row.state,
        "granted_at": row.granted_at,
        "answer_due": row.waits_since.map(|since| timing.due(&row.facts, urgency, since)),
        "answered_at": row.answered_at, "news": row.has_news, "closed_at": row.closed_at,
        "erase_due": row.erase_due, "hold": row.hold, "status": row.status, "owner": row.owner, "next_due": row.next_due,
        "waits_since": row.waits_since, "team": row.team, "members_only": row.members_only,
        "runs_out_at": retention::runs_out(row.touched_at, days, row.hold.is_some()),
    })
}

pub(super) fn place(text: &str) -> Result<(i64, CaseId), Refusal> {
    let (place, id) = text.split_once('.').ok_or(Refusal::BadJson)?;
    Ok((place.parse().map_err(|_| Refusal::BadJson)?, id.parse().map_err(|_| Refusal::BadJson)?))
}

/// `GET /api/v1/desk/cases/{case}`: everything, sealed, with the grants that open it; noted as an opening.
pub(crate) async fn open(signed_in: SignedIn, Path(case): Path<String>, headers: HeaderMap) -> Response {
    let opened = async {
        let (case, access) = let_in(&signed_in, &case).await?;
        note(&signed_in, case.id, Opened::Case).await?;
        let (store, organisation) = (&signed_in.house.store, &signed_in.member.organisation);
        let entries = store.entries(case.id, 0).await?;
        let leaves: Vec<_> = entries.iter().map(|entry| entry.leaf).collect();
        let grants = if case.members_only {
            store.grants_of_member(case.id, signed_in.member.id).await?
        } else {
            store.grants(case.id, Some(organisation)).await?
        };
        let openings = store.openings(case.id).await?.into_iter();
        let openings = openings
            .map(|o| json!({"at": o.at, "organisation": o.organisation, "role": o.role, "what": o.what.code()}));
        let days = store.organisation(organisation).await?.retention_days;
        let work = store.work(case.id, organisation).await?;
        let timing = signed_in.timing().await?;
        let duties = duties(&case.facts, &work, access.granted_at).into_iter();
        let duties = duties.map(|(duty, due)| json!({ "duty": duty, "due": due }));
        let others = store.accesses(case.id).await?.into_iter().filter(|a| a.withdrawn_at.is_none());
        Ok(json!({
            "id": case.id, "facts": case.facts, "urgency": case.facts.urgency(), "audience": case.audience,
            "received_at": case.received_at, "granted_at": access.granted_at, "answered_at": access.answered_at,
            "answer_due": access.waits_since.map(|since| timing.due(&case.facts, work.urgency(&case.facts), since)),
            "duties": duties.collect::<Vec<_>>(), "state": access.state,
            "closed_at": case.closed_at, "locked_at": case.locked_at, "erase_due": case.erase_due,
            "hold": access.hold, "withdrawn_at": access.withdrawn_at,
            "runs_out_at": retention::runs_out(access.touched_at, days, access.hold.is_some()),
            "referral": case.referral, "members_only": case.members_only, "receipt_known": case.receipt_known,
            "work": work, "must_tell_since": clock::must_tell_since(&case.facts, &work), "may_be_child": case.facts.may_be_child(), "epoch": case.epoch, "recipient": case.recipient,
            "organisations": others.map(|a| a.organisation).collect::<Vec<_>>(), "grants": grants_json(grants),
            "openings": openings.collect::<Vec<_>>(),
            "head": signed_in.house.signer.head(&leaves, signed_in.now),
            "entries": entries.into_iter().map(entry_json).collect::<Vec<_>>(),
        }))
    };
    respond(&headers, opened.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Add {
    epoch: i64,
    entries: Vec<NewEntryWire>,
}

/// `POST /api/v1/desk/cases/{case}/entries`: an answer, a question, a file.
pub(crate) async fn add(
    signed_in: SignedIn,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Add>, JsonRejection>,
) -> Response {
    let added = async {
        let (case, _) = let_in(&signed_in, &case).await?;
        let Json(body) = body?;
        let entries = NewEntryWire::all(body.entries)?;
        let (store, organisation) = (&signed_in.house.store, signed_in.member.organisation.clone());
        let by = signed_in.event(None);
        let numbers = store.add_by_organisation(case.id, organisation, body.epoch, entries, by).await?;
        Ok(json!({ "numbers": numbers, "at": signed_in.now }))
    };
    respond(&headers, added.await)
}

/// `POST /api/v1/desk/cases/{case}/lock`: a sexual picture of somebody under 18 was seen.
pub(crate) async fn lock(signed_in: SignedIn, Path(case): Path<String>, headers: HeaderMap) -> Response {
    let locked = async {
        let (case, _) = let_in(&signed_in, &case).await?;
        signed_in.house.store.lock(case.id, signed_in.member.organisation.clone(), signed_in.now).await?;
        Ok(json!({ "locked_at": case.locked_at.unwrap_or(signed_in.now) }))
    };
    respond(&headers, locked.await)
}

/// `POST /api/v1/desk/cases/{case}/export`: staff make an evidence package in their browser; noted as an opening before a
/// byte of it is written. Of a locked case nobody does.
pub(crate) async fn export(signed_in: SignedIn, Path(case): Path<String>, headers: HeaderMap) -> Response {
    let noted = async {
        let (case, _) = let_in(&signed_in, &case).await?;
        if case.locked_at.is_some() {
            return Err(Refusal::Locked);
        }
        note(&signed_in, case.id, Opened::Export).await?;
        Ok(json!({ "at": signed_in.now, "role": signed_in.member.role, "server_key": signed_in.house.signer.public() }))
    };
    respond(&headers, noted.await)
}

/// `GET /api/v1/desk/cases/{case}/files/{file}/from/{from}`: a piece of a sealed file; `X-Size` says how long it is.
pub(crate) async fn file(
    signed_in: SignedIn,
    Path((case, file, from)): Path<(String, String, u64)>,
    headers: HeaderMap,
) -> Response {
    let read = async {
        let (case, _) = let_in(&signed_in, &case).await?;
        let id: FileId = file.parse().map_err(|_| Refusal::Absent)?;
        let (store, organisation) = (&signed_in.house.store, &signed_in.member.organisation);
        let (file, size) = store.open_file(case.id, organisation, id).await?;
        if from == 0 {
            note(&signed_in, case.id, Opened::File).await?;
        }
        let piece = file.read(from, limits::PIECE_BYTES).await?;
        Ok::<_, Refusal>((size, piece))
    };
    match read.await {
        Ok((size, piece)) => {
            let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
            (StatusCode::OK, kind, [("x-size", size.to_string())], piece).into_response()
        }
        Err(refusal) => refusal.answer(&headers),
    }
}

/// The case, if the policy lets her do what this address is for, as her organisation stands to the case now.
pub(super) async fn let_in(signed_in: &SignedIn, case: &str) -> Result<(Case, Access), Refusal> {
    let action = signed_in.action.ok_or(Refusal::NotAllowed)?;
    let id: CaseId = case.parse().map_err(|_| Refusal::Absent)?;
    let store = &signed_in.house.store;
    let all = store.accesses(id).await?;
    let access = all.into_iter().find(|access| access.organisation == signed_in.member.organisation);
    let Some(access) = access else { return Err(Refusal::Absent) };
    let relation = relation(&access);
    if !signed_in.acting.may(action, relation) {
        return Err(match relation {
            Relation::Own | Relation::Granted | Relation::Held => Refusal::NotAllowed,
            // A case of others is as if it weren't there.
            Relation::Withdrawn | Relation::None => Refusal::Absent,
        });
    }
    let case = store.case(id).await?;
    if case.members_only {
        store.is_chosen(id, signed_in.member.id).await?;
    }
    Ok((case, access))
}

/// How an organisation that was ever let in stands to the case now.
pub(super) fn relation(access: &Access) -> Relation {
    match (access.withdrawn_at, access.hold) {
        (None, _) => Relation::Own,
        // What it must keep it can open, but for what was written since it was shut out: that has another key.
        (Some(_), Some(_)) => Relation::Held,
        (Some(_), None) => Relation::Withdrawn,
    }
}

async fn note(signed_in: &SignedIn, case: CaseId, what: Opened) -> Result<(), StoreError> {
    let member = &signed_in.member;
    let opening = Opening { at: signed_in.now, organisation: member.organisation.clone(), role: member.role, what };
    signed_in.house.store.note_opening(case, opening, signed_in.event(None)).await
}
