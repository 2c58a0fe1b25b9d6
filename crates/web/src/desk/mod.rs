//! The staff's side: who is signed in ([`session`]), the inbox and the cases of her organisation, her colleagues.
//! JSON over HTTP; the pages that show it open everything in the browser.
//!
//! Deliberately absent: any key in the clear. A member's identity lies here wrapped by what only she knows, the
//! organisation's identity sealed to each member.

mod cases;
mod code;
mod colleagues;
mod keeping;
mod live;
mod log;
mod office;
mod overview;
mod passkeys;
mod rotate;
mod session;
mod sessions;
mod sign_in;
mod work;

pub(crate) use overview::Counts;

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
        .route("/api/v1/desk/sign-in/passkey/start", post(passkeys::sign_in_start))
        .route("/api/v1/desk/sign-in/passkey/finish", post(passkeys::sign_in_finish))
        .route("/api/v1/desk/sign-out", post(sign_in::sign_out))
        .route("/api/v1/desk/invitation", post(sign_in::invitation))
        .route("/api/v1/desk/code", post(code::new))
        .route("/api/v1/desk/join", post(sign_in::join))
        .route("/api/v1/desk/me", get(colleagues::me))
        .route("/api/v1/desk/passphrase", post(colleagues::change_passphrase))
        .route("/api/v1/desk/passkeys", get(passkeys::list))
        .route("/api/v1/desk/passkeys/start", post(passkeys::add_start))
        .route("/api/v1/desk/passkeys/finish", post(passkeys::add_finish))
        .route("/api/v1/desk/passkeys/{passkey}/remove", post(passkeys::remove))
        .route("/api/v1/desk/sessions", get(sessions::list))
        .route("/api/v1/desk/sessions/end", post(sessions::end_all))
        .route("/api/v1/desk/sessions/{session}/end", post(sessions::end))
        .route("/api/v1/desk/colleagues", get(colleagues::list))
        .route("/api/v1/desk/colleagues/invite", post(colleagues::invite))
        .route("/api/v1/desk/colleagues/{member}/key", post(colleagues::give_key))
        .route("/api/v1/desk/colleagues/{member}/leave", post(colleagues::leave))
        .route("/api/v1/desk/colleagues/{member}/role", post(colleagues::change_role))
        .route("/api/v1/desk/inbox", get(cases::inbox))
        .route("/api/v1/desk/keeping", get(keeping::list))
        .route("/api/v1/desk/live", get(live::live))
        .route("/api/v1/desk/keys", get(rotate::keys).post(rotate::rotate))
        .route("/api/v1/desk/keys/grants", get(rotate::next).post(rotate::reseal))
        .route("/api/v1/desk/office", get(office::show).post(office::change))
        .route("/api/v1/desk/teams", get(office::teams).post(office::keep_team))
        .route("/api/v1/desk/teams/{team}/remove", post(office::drop_team))
        .route("/api/v1/desk/templates", get(office::templates).post(office::keep_template))
        .route("/api/v1/desk/templates/{template}/remove", post(office::drop_template))
        .route("/api/v1/desk/overview", get(overview::show))
        .route("/api/v1/desk/figures", get(overview::figures))
        .route("/api/v1/desk/figures/taken", post(overview::taken))
        .route("/api/v1/desk/log", get(log::list))
        .route("/api/v1/desk/log/check", get(log::check))
        .route("/api/v1/desk/log/export", post(log::export))
        .route("/api/v1/desk/cases/{case}", get(cases::open))
        .route("/api/v1/desk/cases/{case}/entries", post(cases::add))
        .route("/api/v1/desk/cases/{case}/export", post(cases::export))
        .route("/api/v1/desk/cases/{case}/work", get(work::events).post(work::change))
        .route("/api/v1/desk/cases/{case}/hold", post(keeping::hold))
        .route("/api/v1/desk/cases/{case}/lock", post(cases::lock))
        .route("/api/v1/desk/cases/{case}/files/{file}/from/{from}", get(cases::file))
        .layer(axum::Extension(sign_in::Tries::shared()))
        .layer(axum::Extension(std::sync::Arc::<passkeys::Ceremonies>::default()))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}
