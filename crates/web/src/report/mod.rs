//! Receiving reports and serving those who come back with a receipt: JSON over HTTP, no cookie, no account.
//!
//! What arrives is sealed; what is checked here is shape, size and right. The words of the wire stand in [`wire`], the
//! hindrance against floods in [`work`], each address in a module of its own. Errors are problem documents
//! ([`refusal`]).
//!
//! Deliberately absent: any key that opens a case, a client's address or user agent, a log line about a case.

mod back;
mod evidence;
mod files;
mod head;
mod kin;
mod receive;
mod refusal;
mod reply;
mod terms;
mod wire;
mod work;

pub(crate) use head::Signer;
pub(crate) use kin::{Helper, Reach, checked, what_next};
pub(crate) use refusal::{Refusal, respond};
pub(crate) use wire::{
    Bytes, GrantWire, NewEntryWire, ReceiptWire, entry_json, grants, grants_json, recipient, sealed,
};
pub(crate) use work::Gate;

use crate::{Site, limit::Limiter, listen::Prefix};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post, put},
};
use std::sync::Arc;

/// A report with all its entries, in base64.
const REPORT_BODY_BYTES: usize = 8 * 1024 * 1024;

/// Who may still try receipts: one network, so many a minute.
pub(crate) type Tries = Limiter<Option<Prefix>>;

/// The addresses under `/api/v1/report`, `/api/v1/back` and `/api/v1/evidence`.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/api/v1/report/terms", get(terms::terms))
        .route("/api/v1/report", post(receive::receive))
        .route("/api/v1/report/files/{file}", post(files::begin))
        .route(
            "/api/v1/report/files/{file}/from/{from}",
            put(files::add).layer(DefaultBodyLimit::max(casework::limits::PIECE_BYTES)),
        )
        .route("/api/v1/evidence", post(evidence::sign))
        .route("/api/v1/back", get(back::look))
        .route("/api/v1/back/entries", post(back::add))
        .route("/api/v1/back/seen", post(back::seen))
        .route("/api/v1/back/allow", post(back::allow))
        .route("/api/v1/back/withdraw", post(back::withdraw))
        .route("/api/v1/back/receipt", post(back::replace_receipt))
        .route("/api/v1/back/consents", post(reply::consent))
        .route("/api/v1/back/said", post(reply::said))
        .route("/api/v1/back/helpers/{case}/entries", post(reply::add))
        .route("/api/v1/back/close", post(back::close))
        .route("/api/v1/back/erase", post(back::erase))
        .layer(DefaultBodyLimit::max(REPORT_BODY_BYTES))
        .layer(axum::Extension(Arc::new(Tries::new(back::TRIES))))
}
