//! What programs of an organisation read by a token: what stands in the clear, and sealed entries as they are. Nothing
//! is opened here, and nothing counts as read by somebody: a case that only a program fetched still waits.

use super::{
    cases::queue_json,
    standing::{Asking, Standing},
    tokens::PREFIX,
    work::event_json,
};
use crate::{
    RateLimit, Site,
    limit::Limiter,
    report::{Refusal, entry_json, grants_json, respond},
    site::House,
};
use axum::{
    extract::{FromRequestParts, Path, Query},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use casework::{CaseId, work::Actor};
use rights::{Acting, Action, Relation};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{num::NonZeroU32, sync::Arc, time::Instant};
use store::{NewEvent, Opened, Opening, Scope, StoreError, Token, View};
use vocabulary::Role;

/// Rows of one page.
const PAGE_ROWS: u32 = 100;

/// How often each token may ask.
pub(super) type Pace = Limiter<[u8; 32]>;

pub(super) fn pace() -> Pace {
    let rate = |burst, per_second| RateLimit {
        burst: NonZeroU32::new(burst),
        per_second: NonZeroU32::new(per_second).unwrap_or(NonZeroU32::MIN),
    };
    Limiter::new(rate(300, 10))
}

/// A program that showed a token which may read what this address gives.
#[derive(Clone)]
pub(crate) struct Program {
    house: Arc<House>,
    token: Token,
    /// As the policy sees it: whoever made the token governs the organisation.
    acting: Acting,
    now: i64,
}

impl FromRequestParts<Site> for Program {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Refusal::SignedOut.answer(&parts.headers))
    }
}

impl Program {
    /// The program of the token in `Authorization: Bearer …`.
    pub(super) async fn of(headers: &HeaderMap, site: &Site, scope: Scope, pace: &Pace) -> Result<Self, Refusal> {
        let house = site.house().ok_or(Refusal::Shut)?;
        let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).filter(|token| token.starts_with(PREFIX));
        let hash: [u8; 32] = Sha256::digest(shown.ok_or(Refusal::NoToken)?).into();
        let now = site.seconds();
        let token = house.store.token(hash, now).await.map_err(|error| match error {
            StoreError::Absent(_) => Refusal::NoToken,
            other => other.into(),
        })?;
        pace.take(hash, 1, Instant::now()).map_err(|wait| Refusal::TooMany(wait.as_secs() + 1))?;
        let kind = house.store.organisation(&token.organisation).await?.card.kind;
        let acting = Acting::member(Role::OrganisationAdmin, kind);
        if token.scopes.contains(&scope) && acting.may(Action::ListQueue, Relation::Own) {
            Ok(Self { house, token, acting, now })
        } else {
            Err(Refusal::NotAllowed)
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Behind {
    /// Where the last row of the page before stood: `PLACE.CASE`.
    behind: Option<String>,
}

/// `GET /api/v1/cases`: the queue, most urgent first; what stands in the clear.
pub(super) async fn cases(program: Program, Query(page): Query<Behind>, headers: HeaderMap) -> Response {
    let listed = async {
        let (store, organisation) = (&program.house.store, &program.token.organisation);
        queue_json(store, organisation, View::All, page.behind.as_deref(), PAGE_ROWS, program.now).await
    };
    respond(&headers, listed.await)
}

/// `GET /api/v1/cases/{case}`: what stands in the clear, and entries and keys as they are sealed. She sees that it was
/// fetched.
pub(super) async fn case(program: Program, Path(case): Path<String>, headers: HeaderMap) -> Response {
    let fetched = async {
        let (store, organisation) = (&program.house.store, &program.token.organisation);
        let asking = Asking { store, organisation, member: None, acting: program.acting, action: Action::OpenCase };
        let Standing { case, access, .. } = asking.let_in(&case).await?;
        let id = case.id;
        note(&program, id).await?;
        let entries = store.entries(id, 0).await?;
        let grants = store.grants(id, Some(organisation)).await?;
        let work = store.work(id, organisation).await?;
        Ok(json!({
            "id": id, "facts": case.facts, "urgency": case.facts.urgency(), "audience": case.audience,
            "received_at": case.received_at, "granted_at": access.granted_at, "answered_at": access.answered_at,
            "state": access.state, "closed_at": case.closed_at, "locked_at": case.locked_at,
            "erase_due": case.erase_due, "hold": access.hold, "work": work, "epoch": case.epoch,
            "recipient": case.recipient, "grants": grants_json(grants),
            "entries": entries.into_iter().map(entry_json).collect::<Vec<_>>(), "now": program.now,
        }))
    };
    respond(&headers, fetched.await)
}

async fn note(program: &Program, case: CaseId) -> Result<(), StoreError> {
    let (at, organisation) = (program.now, program.token.organisation.clone());
    let name = program.token.hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let event = NewEvent { by: Actor::Program(name), at, nonce: program.house.random(), sealed: None };
    let opening = Opening { at, organisation, role: Role::OrganisationAdmin, what: Opened::Program };
    program.house.store.note_opening(case, opening, event).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    /// The number of the last line that is known; none: from the beginning.
    after: Option<i64>,
}

/// `GET /api/v1/events`: what happened, line by line; words that go with it as they are sealed.
pub(super) async fn events(program: Program, Query(page): Query<After>, headers: HeaderMap) -> Response {
    let listed = async {
        let from = page.after.map_or(0, |after| after.saturating_add(1));
        let lines = program.house.store.events(&program.token.organisation, from, PAGE_ROWS).await?;
        let rows = lines.iter().map(|line| {
            let mut row = event_json(line)?;
            row["case"] = json!(line.case);
            Ok(row)
        });
        Ok(json!({ "events": rows.collect::<Result<Vec<_>, StoreError>>()?, "now": program.now }))
    };
    respond(&headers, listed.await)
}
