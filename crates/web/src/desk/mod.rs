//! The staff's side: who is signed in ([`session`]), the inbox and the cases of her organisation, her colleagues.
//! JSON over HTTP; the pages that show it open everything in the browser.
//!
//! Deliberately absent: any key in the clear. A member's identity lies here wrapped by what only she knows, the
//! organisation's identity sealed to each member.

mod cases;
mod colleagues;
mod live;
mod session;
mod sign_in;

use crate::Site;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// Answers with some entries, in base64.
const BODY_BYTES: usize = 4 * 1024 * 1024;

/// The addresses under `/api/v1/desk`.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/api/v1/desk/sign-in/start", post(sign_in::start))
        .route("/api/v1/desk/sign-in", post(sign_in::sign_in))
        .route("/api/v1/desk/sign-out", post(sign_in::sign_out))
        .route("/api/v1/desk/invitation", post(sign_in::invitation))
        .route("/api/v1/desk/join", post(sign_in::join))
        .route("/api/v1/desk/me", get(colleagues::me))
        .route("/api/v1/desk/passphrase", post(colleagues::change_passphrase))
        .route("/api/v1/desk/colleagues", get(colleagues::list))
        .route("/api/v1/desk/colleagues/invite", post(colleagues::invite))
        .route("/api/v1/desk/colleagues/{member}/key", post(colleagues::give_key))
        .route("/api/v1/desk/colleagues/{member}/leave", post(colleagues::leave))
        .route("/api/v1/desk/inbox", get(cases::inbox))
        .route("/api/v1/desk/live", get(live::live))
        .route("/api/v1/desk/cases/{case}", get(cases::open))
        .route("/api/v1/desk/cases/{case}/entries", post(cases::add))
        .route("/api/v1/desk/cases/{case}/lock", post(cases::lock))
        .route("/api/v1/desk/cases/{case}/files/{file}/from/{from}", get(cases::file))
        .layer(axum::Extension(sign_in::Tries::shared()))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}
