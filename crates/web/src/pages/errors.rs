//! What went wrong, whose doing it was, and where to go on. Never what was asked for: that may be her words.

use super::{layout::Frame, page};
use crate::{Page, Place, Site, locale};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};

pub(crate) async fn not_found(State(site): State<Site>, uri: Uri, headers: HeaderMap) -> Response {
    let place = place_of(&uri, &headers);
    let title = lang_title(place, "Không có trang này", "There is no such page");
    let line = place.lang.pick(
        "Đường dẫn có thể đã đổi hoặc gõ nhầm. Bạn vẫn kiểm tra tin nhắn hoặc tìm nơi giúp được ngay.",
        "The address may have changed or been mistyped. You can still check a message or find who helps.",
    );
    (StatusCode::NOT_FOUND, page(render(place, &site, title, line))).into_response()
}

pub(crate) async fn not_allowed(State(site): State<Site>, uri: Uri, headers: HeaderMap) -> Response {
    let place = place_of(&uri, &headers);
    let title = lang_title(place, "Trang này không nhận cách gửi đó", "This page does not take that");
    let line = place.lang.pick("Hãy mở lại trang rồi thử lần nữa.", "Open the page again and try once more.");
    (StatusCode::METHOD_NOT_ALLOWED, page(render(place, &site, title, line))).into_response()
}

/// Where an unknown address would stand; else home in the language that the browser asks for.
fn place_of(uri: &Uri, headers: &HeaderMap) -> Place {
    Place::of_path(uri.path()).unwrap_or_else(|| Place { lang: locale::preferred(headers), ..Place::default() })
}

pub(super) fn too_long(place: Place, site: &Site) -> Response {
    let title = lang_title(place, "Đoạn này dài quá", "This is too long");
    let line = place.lang.pick(
        "Máy chủ đọc mỗi lần tối đa 256 KiB, khoảng 100 trang chữ. Hãy dán phần làm bạn lo nhất. Nếu trình duyệt của bạn bật được JavaScript, máy bạn tự đọc được cả đoạn dài.",
        "The server reads at most 256 KiB at a time, about 100 pages. Paste the part that worries you most. With JavaScript on, your own device reads long texts too.",
    );
    (StatusCode::PAYLOAD_TOO_LARGE, page(render(place, site, title, line))).into_response()
}

pub(super) fn bad_form(place: Place, site: &Site) -> Response {
    let title = lang_title(place, "Chưa đọc được biểu mẫu", "The form could not be read");
    let line = place.lang.pick("Hãy mở lại trang kiểm tra rồi thử lần nữa.", "Open the page again and try once more.");
    (StatusCode::BAD_REQUEST, page(render(place, site, title, line))).into_response()
}

pub(super) fn too_many(place: Place, site: &Site, seconds: u64) -> Response {
    let title = lang_title(place, "Xin chờ một chút", "Please wait a little");
    let line = if place.lang == vocabulary::Lang::Vi {
        format!("Nhiều người cùng mạng với bạn đang hỏi máy chủ. Hãy thử lại sau {seconds} giây.")
    } else {
        format!("Many people on your network are asking the server. Try again in {seconds} seconds.")
    };
    (StatusCode::TOO_MANY_REQUESTS, page(render(place, site, title, &line))).into_response()
}

pub(super) fn busy(place: Place, site: &Site) -> Response {
    let title = lang_title(place, "Máy chủ đang bận", "The server is busy");
    let line = place.lang.pick("Hãy thử lại sau ít phút.", "Please try again in some minutes.");
    (StatusCode::SERVICE_UNAVAILABLE, page(render(place, site, title, line))).into_response()
}

pub(super) fn broken(place: Place, site: &Site) -> Response {
    let title = lang_title(place, "Máy chủ gặp lỗi", "The server failed");
    let line = place.lang.pick(
        "Lỗi này không phải do bạn, và chữ bạn gửi không được giữ lại. Hãy thử lại.",
        "It is not your doing, and what you sent was not kept. Please try again.",
    );
    (StatusCode::INTERNAL_SERVER_ERROR, page(render(place, site, title, line))).into_response()
}

const fn lang_title(place: Place, vi: &'static str, en: &'static str) -> &'static str {
    place.lang.pick(vi, en)
}

pub(super) fn render(place: Place, site: &Site, title: &str, line: &str) -> Markup {
    let lang = place.lang;
    let main = html! {
        section .error-page {
            h1 .page-title { (title) }
            p { (line) }
            p .actions {
                a .button .primary href=(place.href(Page::Check)) { (Page::Check.name(lang)) }
                a .button .quiet href=(place.href(Page::Help)) { (Page::Help.name(lang)) }
            }
            p .fine { (lang.pick("Đang nguy hiểm thì gọi ngay", "In danger, call now")) ": "
                a href="tel:113" { "113" } ", " a href="tel:115" { "115" } ", " a href="tel:111" { "111" } "." }
        }
    };
    Frame { place, settings: site.settings(), page: None, title, styles: &[] }.wrap(&main)
}
