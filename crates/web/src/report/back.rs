//! Coming back with the receipt. The device sends locator and authenticator, never the words; both travel in a header,
//! so that no address, log or history holds them.

use super::{
    Bytes, Reach, Refusal, Tries,
    refusal::respond,
    wire::{self, GrantWire, NewEntryWire, ReceiptWire, entry_json, grants, grants_json},
};
use crate::{
    RateLimit, Site,
    listen::{Caller, Prefix},
    locale,
    site::House,
};
use axum::{
    Json,
    extract::{FromRequestParts, rejection::JsonRejection},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{
    erasure::{self, Erasure},
    limits, retention,
};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{num::NonZeroU32, sync::Arc, time::Instant};
use store::Case;
use vocabulary::Lang;

/// Receipts that one network may try. At 90 bits this is no defence, but it keeps a script from asking all day.
pub(super) const TRIES: RateLimit =
    RateLimit { burst: NonZeroU32::new(60), per_second: NonZeroU32::new(1).expect("1 is not 0") };

/// Somebody who showed a receipt that opens a case.
pub(crate) struct Holder {
    pub house: Arc<House>,
    pub case: Case,
    pub now: i64,
}

impl FromRequestParts<Site> for Holder {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let tries = parts.extensions.get::<Arc<Tries>>().cloned();
        let prefix: Option<Prefix> = parts.extensions.get::<Caller>().map(|caller| caller.prefix);
        let shown = async {
            let house = site.house().ok_or(Refusal::Shut)?;
            let (locator, authenticator) = credentials(&parts.headers).ok_or(Refusal::NoSuchReceipt)?;
            if let Some(Err(wait)) = tries.map(|tries| tries.take(prefix, 1, Instant::now())) {
                return Err(Refusal::TooMany(wait.as_secs() + 1));
            }
            let case = house.store.by_receipt(locator, Sha256::digest(authenticator).into()).await?;
            Ok(Self { house, case, now: site.seconds() })
        };
        shown.await.map_err(|refusal| refusal.answer(&parts.headers))
    }
}

/// `Receipt <locator>.<authenticator>`, base64url.
fn credentials(headers: &HeaderMap) -> Option<([u8; 16], [u8; 32])> {
    let shown = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Receipt ")?;
    let (locator, authenticator) = shown.split_once('.')?;
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    Some((decode(locator)?.try_into().ok()?, decode(authenticator)?.try_into().ok()?))
}

/// `GET /api/v1/back`: everything; while an erasure is due, only that.
pub(crate) async fn look(holder: Holder, headers: HeaderMap) -> Response {
    let lang = locale::preferred(&headers);
    respond(&headers, holder.look(lang).await)
}

impl Holder {
    async fn look(self, lang: Lang) -> Result<Value, Refusal> {
        let (case, store) = (&self.case, &self.house.store);
        if Erasure::from_due(case.erase_due).hides() {
            return Ok(json!({ "erase_due": case.erase_due }));
        }
        let mut organisations = Vec::new();
        for access in store.accesses(case.id).await? {
            let record = store.organisation(&access.organisation).await?;
            organisations.push(json!({
                "id": access.organisation, "name": record.card.name, "kind": record.card.kind, "state": access.state,
                "recipient": record.card.recipient, "granted_at": access.granted_at, "opened_at": access.opened_at,
                "answered_at": access.answered_at, "withdrawn_at": access.withdrawn_at,
                "ran_out_at": access.ran_out_at, "hold": access.hold, "left_at": record.closed_at,
                "runs_out_at": retention::runs_out(access.touched_at, record.retention_days, access.hold.is_some()),
            }));
        }
        let reach = Reach::of(&self.house, case, self.now).await?;
        let mut openings = store.openings(case.id).await?;
        for helper in &reach.helpers {
            openings.extend(store.openings(helper.case.id).await?);
        }
        openings.sort_by_key(|opening| opening.at);
        let openings: Vec<_> = openings
            .iter()
            .map(|o| json!({"at": o.at, "organisation": o.organisation, "role": o.role, "what": o.what.code()}))
            .collect();
        let entries = store.entries(case.id, 0).await?;
        let leaves: Vec<_> = entries.iter().map(|entry| entry.leaf).collect();
        let grants = store.grants(case.id, None).await?;
        let kin = reach.json(lang, &self.house, self.now);
        Ok(json!({
            "id": case.id, "facts": case.facts, "audience": case.audience, "received_at": case.received_at,
            "closed_at": case.closed_at, "locked_at": case.locked_at, "erase_due": null, "epoch": case.epoch,
            "seen": case.seen.clone().map(Bytes), "recipient": case.recipient, "organisations": organisations, "openings": openings,
            "receipt_known": case.receipt_known, "helpers": kin, "grants": grants_json(grants), "head": self.house.signer.head(&leaves, self.now),
            "entries": entries.into_iter().map(entry_json).collect::<Vec<_>>(),
        }))
    }

    /// Nothing can be done to a case that is being erased, but to stop the erasure.
    pub fn visible(self) -> Result<Self, Refusal> {
        if Erasure::from_due(self.case.erase_due).hides() { Err(Refusal::NoSuchReceipt) } else { Ok(self) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Add {
    epoch: i64,
    entries: Vec<NewEntryWire>,
}

/// `POST /api/v1/back/entries`.
pub(crate) async fn add(holder: Holder, headers: HeaderMap, body: Result<Json<Add>, JsonRejection>) -> Response {
    let added = async {
        let (holder, Json(add)) = (holder.visible()?, body?);
        let entries = NewEntryWire::all(add.entries)?;
        let numbers = holder
            .house
            .store
            .add_by_person(holder.case.id, add.epoch, entries, holder.house.random(), holder.now)
            .await?;
        Ok(json!({ "numbers": numbers, "at": holder.now }))
    };
    respond(&headers, added.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    sealed: Bytes,
}

/// `POST /api/v1/back/seen`: the head of the log as her device saw it, sealed.
pub(crate) async fn seen(holder: Holder, headers: HeaderMap, body: Result<Json<Seen>, JsonRejection>) -> Response {
    let kept = async {
        let (holder, Json(seen)) = (holder.visible()?, body?);
        let sealed = wire::sealed(seen.sealed, limits::GRANT_BYTES)?;
        holder.house.store.keep_seen(holder.case.id, sealed).await?;
        Ok(json!({}))
    };
    respond(&headers, kept.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Allow {
    organisation: String,
    grants: Vec<GrantWire>,
}

/// `POST /api/v1/back/allow`.
pub(crate) async fn allow(holder: Holder, headers: HeaderMap, body: Result<Json<Allow>, JsonRejection>) -> Response {
    let allowed = async {
        let (holder, Json(allow)) = (holder.visible()?, body?);
        let grants = grants(allow.grants)?;
        holder.house.store.allow(holder.case.id, allow.organisation, grants, holder.now).await?;
        Ok(json!({}))
    };
    respond(&headers, allowed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Withdraw {
    organisation: String,
    recipient: String,
    grants: Vec<GrantWire>,
}

/// `POST /api/v1/back/withdraw`.
pub(crate) async fn withdraw(
    holder: Holder,
    headers: HeaderMap,
    body: Result<Json<Withdraw>, JsonRejection>,
) -> Response {
    let withdrawn = async {
        let (holder, Json(body)) = (holder.visible()?, body?);
        let (recipient, grants) = (wire::recipient(body.recipient)?, grants(body.grants)?);
        let store = &holder.house.store;
        store.withdraw(holder.case.id, body.organisation, recipient, grants, holder.now).await?;
        Ok(json!({ "epoch": holder.case.epoch + 1 }))
    };
    respond(&headers, withdrawn.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Replace {
    receipt: ReceiptWire,
    grants: Vec<GrantWire>,
}

/// `POST /api/v1/back/receipt`.
pub(crate) async fn replace_receipt(
    holder: Holder,
    headers: HeaderMap,
    body: Result<Json<Replace>, JsonRejection>,
) -> Response {
    let replaced = async {
        let (holder, Json(body)) = (holder.visible()?, body?);
        let (receipt, grants) = (body.receipt.record()?, grants(body.grants)?);
        holder.house.store.replace_receipt(holder.case.id, receipt, grants).await?;
        Ok(json!({}))
    };
    respond(&headers, replaced.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Close {
    closed: bool,
}

/// `POST /api/v1/back/close`.
pub(crate) async fn close(holder: Holder, headers: HeaderMap, body: Result<Json<Close>, JsonRejection>) -> Response {
    let closed = async {
        let (holder, Json(body)) = (holder.visible()?, body?);
        holder.house.store.close_case(holder.case.id, body.closed.then_some(holder.now)).await?;
        Ok(json!({}))
    };
    respond(&headers, closed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Erase {
    erase: bool,
}

/// `POST /api/v1/back/erase`: asks for it, or stops it within [`erasure::GRACE_SECONDS`].
pub(crate) async fn erase(holder: Holder, headers: HeaderMap, body: Result<Json<Erase>, JsonRejection>) -> Response {
    let erased = async {
        let Json(body) = body?;
        let (store, id) = (&holder.house.store, holder.case.id);
        let due = if body.erase {
            Some(store.ask_erasure(id, holder.now).await?)
        } else {
            store.stop_erasure(id).await?;
            None
        };
        Ok(json!({ "erase_due": due, "grace_seconds": erasure::GRACE_SECONDS }))
    };
    respond(&headers, erased.await)
}
