//! The frame in which a file is shown: a page of no origin and no rights, in a process of its own where the browser has
//! one. It gets the bytes by message, knows no key, and can send nothing anywhere.

use crate::assets;
use axum::{
    http::{HeaderName, header},
    response::{Html, IntoResponse, Response},
};
use maud::{DOCTYPE, html};

/// Nothing but the two files below and what was handed over; no connection, no form, no frame.
const CONTENT_SECURITY: &str = "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src blob:; media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// `/desk/viewer`.
pub(crate) async fn viewer() -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                title { "·" }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(assets::VIEWER_CSS);
                script src=(assets::VIEWER_JS) defer {}
            }
            body {}
        }
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    (headers, Html(document.into_string())).into_response()
}
