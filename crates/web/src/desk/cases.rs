//! The inbox and the cases of the organisation of whoever is signed in. A case that she was not let into, or is shut
//! out of, is as if it weren't there.

use super::{
    session::SignedIn,
    standing::{Standing, let_in, stands},
};
use crate::report::{NewEntryWire, Refusal, entry_json, grants_json, respond};
use axum::{
    Json,
    extract::{Path, Query, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{CaseId, FileId, duties, limits, retention, work::Work};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Access, Case, InboxRow, Opened, Opening, Store, StoreError, Terms, View};

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
        let (store, organisation) = (&signed_in.house.store, &signed_in.member.organisation);
        let behind = page.behind.as_deref();
        let read = async {
            let mut queue = queue_json(store, organisation, view, behind, PAGE_ROWS, signed_in.now).await?;
            let late = store.late(organisation, signed_in.now).await?;
            queue["late_steps"] = json!(late.steps);
            queue["late_answers"] = json!(late.answers);
            Ok(queue)
        };
        signed_in.house.queues.read(format!("{organisation} {view:?} {behind:?}"), read).await
    };
    respond(&headers, listed.await)
}

/// A page of a queue, for the desk and for programs: its lines, and where the next page begins.
pub(super) async fn queue_json(
    store: &Store,
    organisation: &str,
    view: View,
    behind: Option<&str>,
    most: u32,
    now: i64,
) -> Result<Value, Refusal> {
    let rows = store.inbox(organisation, view, behind.map(place).transpose()?, most).await?;
    let next = rows.last().filter(|_| rows.len() == most as usize).map(|row| format!("{}.{}", row.place, row.id));
    let terms = store.terms(organisation, now).await?;
    let rows: Vec<_> = rows.iter().map(|row| row_json(row, &terms)).collect();
    Ok(json!({ "rows": rows, "next": next, "now": now }))
}

/// A line of a list.
pub(super) fn row_json(row: &InboxRow, Terms { timing, retention_days }: &Terms) -> Value {
    let came = row.facts.urgency();
    let urgency = row.reassessed.unwrap_or(came);
    json!({
        "id": row.id, "facts": row.facts, "urgency": came, "reassessed": row.reassessed, "state": row.state,
        "granted_at": row.granted_at,
        "answer_due": row.waits_since.map(|since| timing.due(&row.facts, urgency, since)),
        "answered_at": row.answered_at, "news": row.has_news, "closed_at": row.closed_at,
        "erase_due": row.erase_due, "hold": row.hold, "status": row.status, "owner": row.owner, "next_due": row.next_due,
        "waits_since": row.waits_since, "team": row.team, "members_only": row.members_only,
        "runs_out_at": retention::runs_out(row.touched_at, *retention_days, row.hold.is_some()),
    })
}

fn place(text: &str) -> Result<(i64, CaseId), Refusal> {
    let (place, id) = text.split_once('.').ok_or(Refusal::BadJson)?;
    Ok((place.parse().map_err(|_| Refusal::BadJson)?, id.parse().map_err(|_| Refusal::BadJson)?))
}

/// `GET /api/v1/desk/cases/{case}`: everything, sealed, with the grants that open it; noted as an opening.
pub(crate) async fn open(signed_in: SignedIn, Path(case): Path<String>, headers: HeaderMap) -> Response {
    let opened = async {
        let Standing { case, access, .. } = let_in(&signed_in, &case).await?;
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
        // To open it may have changed it.
        let work = store.work(case.id, organisation).await?;
        let Terms { timing, retention_days } = store.terms(organisation, signed_in.now).await?;
        let others = store.accesses(case.id).await?.into_iter().filter(|a| a.withdrawn_at.is_none());
        Ok(json!({
            "id": case.id, "facts": case.facts, "urgency": case.facts.urgency(), "audience": case.audience,
            "received_at": case.received_at, "granted_at": access.granted_at, "answered_at": access.answered_at,
            "answer_due": access.waits_since.map(|since| timing.due(&work.facts(&case.facts), work.urgency(&case.facts), since)),
            "duties": duties_json(&case, &work, &access), "state": access.state,
            "closed_at": case.closed_at, "locked_at": case.locked_at, "erase_due": case.erase_due,
            "hold": access.hold, "withdrawn_at": access.withdrawn_at,
            "runs_out_at": retention::runs_out(access.touched_at, retention_days, access.hold.is_some()),
            "referral": case.referral, "members_only": case.members_only, "receipt_known": case.receipt_known,
            "work": work, "may": signed_in.may_do(stands(&access, &work)), "may_be_child": work.facts(&case.facts).may_be_child(),
            "epoch": case.epoch, "recipient": case.recipient,
            "organisations": others.map(|a| a.organisation).collect::<Vec<_>>(), "grants": grants_json(grants),
            "openings": openings.collect::<Vec<_>>(),
            "head": signed_in.house.signer.head(&leaves, signed_in.now),
            "entries": entries.into_iter().map(entry_json).collect::<Vec<_>>(),
        }))
    };
    respond(&headers, opened.await)
}

/// What the law still makes the organisation do, and by when.
pub(super) fn duties_json(case: &Case, work: &Work, access: &Access) -> Value {
    let due = duties(&case.facts, work, access.granted_at).into_iter();
    due.map(|(duty, due)| json!({ "duty": duty, "due": due })).collect()
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
        let case = let_in(&signed_in, &case).await?.case;
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
        let case = let_in(&signed_in, &case).await?.case;
        signed_in.house.store.lock(case.id, signed_in.member.organisation.clone(), signed_in.now).await?;
        Ok(json!({ "locked_at": case.locked_at.unwrap_or(signed_in.now) }))
    };
    respond(&headers, locked.await)
}

/// `POST /api/v1/desk/cases/{case}/export`: staff make an evidence package in their browser; noted as an opening before a
/// byte of it is written. Of a locked case nobody does.
pub(crate) async fn export(signed_in: SignedIn, Path(case): Path<String>, headers: HeaderMap) -> Response {
    let noted = async {
        let case = let_in(&signed_in, &case).await?.case;
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
        let case = let_in(&signed_in, &case).await?.case;
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

async fn note(signed_in: &SignedIn, case: CaseId, what: Opened) -> Result<(), StoreError> {
    let member = &signed_in.member;
    let opening = Opening { at: signed_in.now, organisation: member.organisation.clone(), role: member.role, what };
    signed_in.house.store.note_opening(case, opening, signed_in.event(None)).await
}
