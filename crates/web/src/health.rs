//! Whether the process lives, and whether it can answer.

use crate::Site;
use axum::{extract::State, http::StatusCode};

pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// Ready means that a text can be read right now.
pub(crate) async fn ready(State(site): State<Site>) -> (StatusCode, &'static str) {
    match site.recogniser().assess("ready?") {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the recogniser does not answer\n"),
    }
}
