//! Asking for help: the whole report is one page with one address. A script shows its steps one at a time, seals on the
//! device and sends; a browser without scripts is led to a way of its own.
//!
//! Nothing a person chooses here reaches the server before she sends: organisations and questions are fetched whole,
//! and chosen from on the device.

mod kept;
pub(super) mod parts;
pub(super) mod sending;
pub(super) mod steps;
pub(super) mod telling;
pub(super) mod whom;

use super::{help, layout::Frame, page};
use crate::{Page, Place, Site, assets, headers};
use axum::{Extension, extract::State, response::Response};
use maud::{Markup, html};
use store::OrganisationRecord;
use vocabulary::OrganisationKind;

pub(super) use kept::{card, receipt_words};
pub(super) use parts::{file_picker, picture_warning};
pub(super) use whom::card_template;

pub(crate) async fn ask(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    headers::may_listen(page(render(place, &site, is_open(&site).await)))
}

/// Whether somebody has joined who can read a report. Where the store fails the page stands: what she sends is then
/// refused in words, and nothing is lost.
pub(super) async fn is_open(site: &Site) -> bool {
    let Some(house) = site.house() else { return false };
    let reads =
        |record: &OrganisationRecord| record.card.recipient.is_some() && record.card.kind != OrganisationKind::Platform;
    house.store.organisations().await.map_or(true, |all| all.iter().any(reads))
}

/// `open`: somebody has joined who can read a report.
pub(super) fn render(place: Place, site: &Site, open: bool) -> Markup {
    let lang = place.lang;
    let title = Page::Ask.name(lang);
    let main = html! {
        @if open {
            (without_script(place))
            // Never submitted; were it ever, nothing of it would stand in an address.
            form #ask .ask .needs-script method="post" autocomplete="off" novalidate data-language=(lang.code()) data-page-back=(place.href(Page::Back)) {
                (header(place, title))
                (steps::steps(place))
                (whom::steps(place))
                (telling::steps(place))
                (sending::steps(place))
                (kept::steps(place))
                (foot(place))
            }
        } @else {
            (shut(place, site, title))
        }
    };
    Frame { place, settings: site.settings(), page: Some(Page::Ask), title, styles: &[assets::ASK_CSS] }.wrap(&main)
}

/// What a browser without scripts sees instead.
fn without_script(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        section .needs-no-script .sheet {
            h1 .page-title { (Page::Ask.name(lang)) }
            p { (lang.pick(
                "Trình duyệt này không chạy JavaScript, nên máy bạn chưa tự niêm kín được. Bạn vẫn kể được: máy chủ niêm ngay trong bộ nhớ rồi quên.",
                "This browser runs no JavaScript, so your device can't seal what you tell. You can still tell it: the server seals it at once, in memory, and forgets.",
            )) }
            p .actions { a .button .primary href=(format!("{}/plain", place.href(Page::Ask))) { (lang.pick("Kể bằng cách này", "Tell it this way")) } }
        }
    }
}

fn header(place: Place, title: &str) -> Markup {
    let lang = place.lang;
    html! {
        header .ask-head {
            h1 { (title) }
            p #ask-where .ask-where
                data-minutes=(lang.pick("còn khoảng {n} phút", "about {n} minutes left"))
                data-minute=(lang.pick("còn chưa tới 1 phút", "less than a minute left"))
                data-part=(lang.pick("Câu {n}", "Question {n}")) {}
            progress #ask-progress max="100" value="0" aria-labelledby="ask-where" {}
        }
    }
}

/// The ways on: back, skip, next. They stand at the same place in every step.
fn foot(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        div #ask-nav .ask-nav hidden {
            button #ask-back .button .quiet type="button" hidden { (lang.pick("Quay lại", "Back")) }
            button #ask-aloud .button .quiet .aloud type="button" hidden data-stop=(lang.pick("Dừng đọc", "Stop")) { (lang.pick("Đọc to", "Read aloud")) }
            button #ask-next .button .primary type="submit"
                data-next=(lang.pick("Tiếp", "Next")) data-skip=(lang.pick("Bỏ qua", "Skip"))
                data-anyway=(lang.pick("Vẫn tiếp tục", "Go on anyway")) data-send=(lang.pick("Gửi", "Send")) data-kept=(lang.pick("Tôi đã ghi lại", "I have written them down")) { (lang.pick("Tiếp", "Next")) }
        }
        p #ask-hurry-line .ask-hurry hidden { button #ask-hurry .link type="button" { (lang.pick("Gửi luôn phần đã kể", "Send what I have told so far")) } }
        p #ask-status .visually-hidden role="status" {}
    }
}

/// No organisation has joined: nobody could read a report, so none is taken.
fn shut(place: Place, site: &Site, title: &str) -> Markup {
    let lang = place.lang;
    html! {
        section .ask-shut {
            h1 .page-title { (title) }
            p .intro { (lang.pick(
                "Trên trang này chưa có nơi nào nhận tin báo, nên bạn chưa gửi được tại đây. Những nơi dưới đây nghe bạn được ngay.",
                "No organisation takes reports on this site yet, so you can't send one here. Those below can listen to you now.",
            )) }
            p .actions { a .button .primary href=(place.href(Page::Letters)) { (lang.pick("Viết đơn gửi công an, ngân hàng, nền tảng hoặc trường", "Write a letter to the police, a bank, a platform or a school")) } }
            (parts::calls("shut-calls", lang, &lang.pick("Đang nguy hiểm? Gọi ngay", "In danger? Call now"), false))
            h2 { (Page::Help.name(lang)) }
            (help::open_first(place, site))
        }
    }
}
