//! The learner's pages: the path of an age, each lesson, and what teachers print. A lesson can be read whole without a
//! script; with one it is done step by step on the device (`assets/learn*.js`), and no answer leaves it.

mod chat;
mod drawings;
mod leaf;
mod lesson;
mod live;
mod path;
mod plan;
mod steps;

use super::{errors, page};
use crate::{Page, Place, Site};
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::Response,
};
use maud::{Markup, html};
use vocabulary::Lang;

pub(crate) async fn learn(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(path::render(place, &site))
}

/// `/vi/learn/codes-are-keys`, and with `.json` behind it what the browser plays from.
pub(crate) async fn lesson(
    State(site): State<Site>,
    Extension(place): Extension<Place>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let shelf = site.shelf();
    let file = id.strip_suffix(".json");
    let Some(book) = shelf.find(place.lang, file.unwrap_or(&id)) else {
        return errors::not_found(State(site), uri, headers).await;
    };
    if file.is_none() {
        return page(lesson::render(place, &site, book));
    }
    let mut response = book.file().answer(&headers, "application/json");
    // It would tell on the disk which lesson was opened, as the page itself would.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A lesson's plan and worksheet, for the teacher.
pub(crate) async fn plan(
    State(site): State<Site>,
    Extension(place): Extension<Place>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let shelf = site.shelf();
    let book = shelf.find(place.lang, &id);
    match book.and_then(|book| Some((book, book.plan.as_ref()?))) {
        Some((book, teaching)) => page(plan::render(place, &site, book, teaching)),
        None => errors::not_found(State(site), uri, headers).await,
    }
}

/// One tap away on every page of these.
fn happening(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        aside .happening aria-labelledby="happening" {
            p #happening { strong { (lang.pick("Chuyện như thế đang xảy ra với bạn?", "Is this happening to you?")) } " "
                (lang.pick("Bạn không có lỗi, và không phải một mình.", "It isn't your fault, and you aren't alone.")) }
            p .happening-ways {
                a .button .quiet href=(place.href(Page::Check)) { (lang.pick("Kiểm tra tin nhắn", "Check a message")) }
                a .button .quiet href=(place.href(Page::Ask)) { (Page::Ask.name(lang)) }
                a .button .quiet href="tel:111" { (lang.pick("Gọi 111", "Call 111")) }
            }
        }
    }
}

/// How the page is read; it stays in the page and in the links from it, and is kept nowhere.
fn how_to_read(lang: Lang) -> Markup {
    let switch = |id: &str, name: &str| {
        html! { label .switch { input #(id) type="checkbox" role="switch" autocomplete="off"; span { (name) } } }
    };
    html! {
        details #how .how .needs-script {
            summary { (lang.pick("Cách đọc", "How to read")) }
            (switch("how-easy", lang.pick("Chữ dễ đọc: rộng và thoáng hơn", "Easy letters: wider, more room")))
            (switch("how-motion", lang.pick("Có chuyển động", "Let things move")))
        }
    }
}

/// Off until she turns it on.
fn remember(lang: Lang) -> Markup {
    html! {
        div .remember .needs-script {
            label .switch { input #remember type="checkbox" role="switch" autocomplete="off" aria-describedby="remember-what";
                span { (lang.pick("Nhớ trên máy này", "Remember on this device")) } }
            p #remember-what .fine { (lang.pick(
                "Đang tắt: rời trang là quên. Bật lên thì trình duyệt nhớ tên bài đã xong và câu cần gặp lại, không nhớ chữ nào bạn viết. Ai mở máy này cũng thấy được. Tắt đi là xoá hết.",
                "Off: leaving forgets all. On, the browser remembers which lessons are done and which questions to meet again, no word you wrote. Whoever opens this device can see it. Switching it off deletes it.",
            )) }
        }
    }
}

#[cfg(test)]
mod tests;
