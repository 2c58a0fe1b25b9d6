//! How the page is called and drawn once installed: one manifest a language and cover.

use super::mark;
use crate::{Cover, Page, Place};
use axum::{
    Extension, Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

pub(crate) async fn manifest(Extension(place): Extension<Place>) -> Response {
    let mut response = Json(describe(place)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"));
    response
}

pub(super) fn describe(place: Place) -> Value {
    let name = place.cover.name(place.lang);
    let start = place.href(Page::Check);
    let description = match place.cover {
        Cover::Open => place.lang.pick("Kiểm tra một tin nhắn ngay trên máy bạn", "Check a message on your own device"),
        Cover::Notes | Cover::Weather => name,
    };
    let drawn = mark::drawn(place.cover);
    let png = |src: &str, sizes: &str, purpose: &str| json!({ "src": src, "type": "image/png", "sizes": sizes, "purpose": purpose });
    json!({
        "id": place.base(),
        "name": name,
        "short_name": name,
        "description": description,
        "lang": place.lang.code(),
        "start_url": start,
        "scope": format!("{}/", place.base()),
        "display": "standalone",
        "background_color": "#fbf6ec",
        "theme_color": "#fbf6ec",
        "icons": [
            png(drawn.medium, "192x192", "any"),
            png(drawn.large, "512x512", "any"),
            png(drawn.medium, "192x192", "maskable"),
            png(drawn.large, "512x512", "maskable"),
        ],
        // A POST, so that the words never stand in an address; the service worker answers it on the device.
        "share_target": {
            "action": format!("{}/share", place.base()),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": { "title": "title", "text": "text", "url": "url" },
        },
    })
}
