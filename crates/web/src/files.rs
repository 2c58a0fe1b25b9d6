//! Two files that change while the server runs, and that a phone fetches so as to answer without it.

use crate::Site;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

pub(crate) const DIRECTORY: &str = "/directory.json";
pub(crate) const HOSTS: &str = "/hosts.bin";

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
