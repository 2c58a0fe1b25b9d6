//! Errors of the API as RFC 9457 problem documents: a stable code, a title in the caller's language, what to do.

use crate::locale;
use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use std::time::Duration;
use vocabulary::Lang;

/// Everything that can be wrong with a request to the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    NotFound,
    MethodNotAllowed,
    NotJsonType,
    NotUtf8,
    BadJson(String),
    NoText,
    BothShapes,
    Empty,
    NotText,
    TooManyItems,
    BodyTooLarge,
    TooManyRequests(Duration),
    ProxiesOnly,
    TimedOut,
    Busy,
    Internal,
}

impl Problem {
    /// One of each, for the API's document.
    pub fn all() -> Vec<Self> {
        vec![
            Self::NotFound,
            Self::MethodNotAllowed,
            Self::NotJsonType,
            Self::NotUtf8,
            Self::BadJson(String::new()),
            Self::NoText,
            Self::BothShapes,
            Self::Empty,
            Self::NotText,
            Self::TooManyItems,
            Self::BodyTooLarge,
            Self::TooManyRequests(Duration::ZERO),
            Self::ProxiesOnly,
            Self::TimedOut,
            Self::Busy,
            Self::Internal,
        ]
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::NotJsonType => "not_json_type",
            Self::NotUtf8 => "not_utf8",
            Self::BadJson(_) => "bad_json",
            Self::NoText => "no_text",
            Self::BothShapes => "text_and_items",
            Self::Empty => "empty",
            Self::NotText => "not_text",
            Self::TooManyItems => "too_many_items",
            Self::BodyTooLarge => "body_too_large",
            Self::TooManyRequests(_) => "too_many_requests",
            Self::ProxiesOnly => "proxies_only",
            Self::TimedOut => "timed_out",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotJsonType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotUtf8 | Self::BadJson(_) => StatusCode::BAD_REQUEST,
            Self::NoText | Self::BothShapes | Self::Empty | Self::NotText | Self::TooManyItems => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooManyRequests(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::ProxiesOnly => StatusCode::FORBIDDEN,
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub fn title(&self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => lang.pick("Không có địa chỉ này trong API", "The API has no such address"),
            Self::MethodNotAllowed => {
                lang.pick("Địa chỉ này không nhận phương thức đó", "This address does not take that method")
            }
            Self::NotJsonType => {
                lang.pick("Hãy gửi với Content-Type: application/json", "Send it with Content-Type: application/json")
            }
            Self::NotUtf8 => lang.pick("Nội dung không phải UTF-8", "The body is not UTF-8"),
            Self::BadJson(_) => lang.pick("Nội dung không phải JSON đúng", "The body is not the JSON that is expected"),
            Self::NoText => lang.pick("Thiếu `text` hoặc `items`", "`text` or `items` is missing"),
            Self::BothShapes => {
                lang.pick("Chỉ gửi `text` hoặc `items`, không gửi cả hai", "Send `text` or `items`, not both")
            }
            Self::Empty => lang.pick("Văn bản trống", "The text is empty"),
            Self::NotText => lang.pick("Đây không phải văn bản", "This is not text"),
            Self::TooManyItems => lang.pick("Mỗi lần tối đa 1.000 mục", "At most 1,000 items at a time"),
            Self::BodyTooLarge => lang.pick("Mỗi lần tối đa 1 MiB", "At most 1 MiB at a time"),
            Self::TooManyRequests(_) => {
                lang.pick("Quá nhiều yêu cầu, hãy chờ một chút", "Too many requests, wait a little")
            }
            Self::ProxiesOnly => lang.pick(
                "Máy chủ này chỉ trả lời các proxy có tên trong trusted_proxies",
                "This server answers only its named proxies (setting trusted_proxies)",
            ),
            Self::TimedOut => {
                lang.pick("Yêu cầu kéo dài quá lâu, hãy gửi lại", "The request took too long, send it again")
            }
            Self::Busy => lang.pick("Máy chủ đang bận, hãy thử lại", "The server is busy, try again"),
            Self::Internal => {
                lang.pick("Máy chủ gặp lỗi; lỗi này không phải do bạn", "The server failed; it is not your doing")
            }
        }
    }

    /// The document, in the language that the headers ask for.
    pub fn answer(&self, headers: &HeaderMap) -> Response {
        self.answer_in(locale::preferred(headers))
    }

    /// The document in this language.
    pub fn answer_in(&self, lang: Lang) -> Response {
        let detail = if let Self::BadJson(detail) = self { Some(detail.as_str()) } else { None };
        let wait = if let Self::TooManyRequests(wait) = self { Some(wait.as_secs().saturating_add(1)) } else { None };
        document(self.status(), self.code(), self.title(lang), detail, wait)
    }
}

/// A problem document; `wait` is in seconds.
pub(crate) fn document(
    status: StatusCode,
    code: &str,
    title: &str,
    detail: Option<&str>,
    wait: Option<u64>,
) -> Response {
    let mut body = json!({
        "type": format!("urn:haidang:problem:{code}"),
        "code": code,
        "title": title,
        "status": status.as_u16(),
    });
    if let Some(detail) = detail {
        body["detail"] = detail.into();
    }
    let mut response = (status, Json(body)).into_response();
    let response_headers = response.headers_mut();
    response_headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response_headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    if let Some(wait) = wait {
        response_headers.insert(header::RETRY_AFTER, wait.into());
    }
    response
}
