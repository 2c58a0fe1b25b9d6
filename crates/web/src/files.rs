//! What a phone fetches so as to answer without the server: two files that change while it runs, and the follow-up
//! questions of a report.

use crate::{Site, assets::Squeezed};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use std::sync::LazyLock;

pub(crate) const DIRECTORY: &str = "/directory.json";
pub(crate) const HOSTS: &str = "/hosts.bin";
pub(crate) const QUESTIONS: &str = "/questions.json";

/// The help directory: what the phone keeps for answers without network, and open data for everybody.
pub(crate) async fn directory(State(site): State<Site>, headers: HeaderMap) -> Response {
    site.published().file.answer(&headers, "application/json")
}

/// The list of known hosts in force; no content while it is the one inside the WASM, so that nobody fetches it twice.
pub(crate) async fn hosts(State(site): State<Site>, headers: HeaderMap) -> Response {
    match &*site.hosts_file() {
        Some(file) => file.answer(&headers, "application/octet-stream"),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

/// Every follow-up question: which ones a person is asked is chosen on her device.
pub(crate) async fn questions(headers: HeaderMap) -> Response {
    static FILE: LazyLock<Squeezed> = LazyLock::new(|| Squeezed::new(casework::questions::JSON.into()));
    FILE.answer(&headers, "application/json")
}
