//! The log of an organisation: who read, changed, shared, exported what. For its auditor and its administrator; it names
//! cases by ids that open nothing, and holds no word of anybody.

use super::session::SignedIn;
use crate::report::{Refusal, respond};
use axum::{
    Json,
    body::Body,
    extract::{Query, rejection::JsonRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use casework::{CaseId, MemberId, office::OfficeEvent, work::Actor};
use futures_core::Stream;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};
use store::{LineState, LogFilter, LogFormat, LogLine, Store};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Lines of one page.
const PAGE_LINES: u32 = 100;
/// The longest word that can be a kind.
const KIND_LETTERS: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    case: Option<CaseId>,
    member: Option<MemberId>,
    kind: Option<String>,
    from: Option<i64>,
    until: Option<i64>,
    behind: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Export {
    format: LogFormat,
    case: Option<CaseId>,
    member: Option<MemberId>,
    kind: Option<String>,
    from: Option<i64>,
    until: Option<i64>,
}

/// `GET /api/v1/desk/log`: the newest line first.
pub(crate) async fn list(signed_in: SignedIn, Query(page): Query<Page>, headers: HeaderMap) -> Response {
    let listed = async {
        let Page { case, member, kind, from, until, behind } = page;
        let filter = LogFilter { case, member, kind: known(kind)?, from, until };
        let found = signed_in.house.store.log(&signed_in.member.organisation, &filter, behind, PAGE_LINES).await?;
        let lines: Value = found.lines.iter().map(line_json).collect();
        Ok(json!({ "lines": lines, "next": found.next, "now": signed_in.now }))
    };
    respond(&headers, listed.await)
}

/// `GET /api/v1/desk/log/check`: the whole chain, link by link.
pub(crate) async fn check(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let checked = async {
        let check = signed_in.house.store.check_log(&signed_in.member.organisation).await?;
        let head = hex(&check.head);
        Ok(json!({ "lines": check.lines, "erased": check.erased, "broken": check.broken, "head": head }))
    };
    respond(&headers, checked.await)
}

/// `POST /api/v1/desk/log/export`: the lines that fit, with the chain; it is noted first.
pub(crate) async fn export(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Export>, JsonRejection>,
) -> Response {
    let exported = async {
        let Json(Export { format, case, member, kind, from, until }) = body?;
        let filter = LogFilter { case, member, kind: known(kind)?, from, until };
        let (store, organisation) = (signed_in.house.store.clone(), signed_in.member.organisation.clone());
        let first = match filter.from {
            Some(from) => store.log_from(&organisation, from).await?,
            None => 0,
        };
        let last = store.log_length(&organisation).await?;
        signed_in.note(&OfficeEvent::LogExported { lines: last - first }).await?;
        let (give, taken) = channel(4);
        tokio::spawn(async move {
            if let Err(error) = walk(&store, &organisation, &filter, format, (first, last), &give).await {
                let _ = give.send(Err(io::Error::other(error))).await;
            }
        });
        let kind = match format {
            LogFormat::Json => "application/json",
            LogFormat::Csv => "text/csv; charset=utf-8",
        };
        Ok::<_, Refusal>(([(header::CONTENT_TYPE, kind)], Body::from_stream(Pieces(taken))).into_response())
    };
    exported.await.unwrap_or_else(|refusal| refusal.answer(&headers))
}

async fn walk(
    store: &Store,
    organisation: &str,
    filter: &LogFilter,
    format: LogFormat,
    (first, last): (i64, i64),
    give: &Sender<io::Result<Bytes>>,
) -> Result<(), store::StoreError> {
    let mut piece = format.head(organisation);
    let (mut next, mut is_first) = ((first - 1).max(0), true);
    while next < last {
        let lines = store.log_lines(organisation, next).await?;
        let Some(end) = lines.last().map(|line| line.number + 1) else { break };
        for line in lines.iter().filter(|line| line.number < last) {
            let state = match line {
                line if line.number < first => LineState::Before,
                line if !filter.fits(line) => LineState::Withheld,
                line if line.body.is_none() => LineState::Erased,
                _ => LineState::Whole,
            };
            piece += &format.line(organisation, line, state, is_first);
            is_first = false;
        }
        next = end;
        if give.send(Ok(Bytes::from(std::mem::take(&mut piece)))).await.is_err() {
            // Whoever asked has gone.
            return Ok(());
        }
    }
    piece += format.tail();
    let _ = give.send(Ok(Bytes::from(piece))).await;
    Ok(())
}

/// What comes through a channel, as a body.
struct Pieces(Receiver<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

/// A kind is a word of the log; anything else fits no line.
fn known(kind: Option<String>) -> Result<Option<String>, Refusal> {
    let is_word = |kind: &String| {
        kind.len() <= KIND_LETTERS && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    match kind {
        Some(kind) if !is_word(&kind) => Err(Refusal::BadJson),
        kind => Ok(kind.filter(|kind| !kind.is_empty())),
    }
}

fn line_json(line: &LogLine) -> Value {
    let actor = line.by.parse::<Actor>();
    let (member, role) = match &actor {
        Ok(Actor::Member(member, role)) => (Some(member), Some(role)),
        _ => (None, None),
    };
    let by = match &actor {
        Ok(Actor::Member(..)) => "member",
        Ok(Actor::Organisation(id)) => id,
        _ => &line.by,
    };
    let change: Option<Value> = line.body.as_deref().and_then(|body| serde_json::from_str(body).ok());
    json!({
        "number": line.number, "at": line.at, "by": by, "member": member, "role": role, "case": line.case,
        "change": change, "chain": hex(&line.chain),
    })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
