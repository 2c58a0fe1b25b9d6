//! Whether the process lives, and whether it can answer.

use crate::Site;
use axum::{extract::State, http::StatusCode};

pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// Ready means that a text can be read right now, and the store as well where there is one.
pub(crate) async fn ready(State(site): State<Site>) -> (StatusCode, &'static str) {
    if site.recogniser().assess("ready?").is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the recogniser does not answer\n");
    }
    match site.house() {
        Some(house) if house.store.receipt_salt().await.is_err() => {
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
        _ => (StatusCode::OK, "ready\n"),
    }
}
