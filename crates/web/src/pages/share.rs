//! Where an installed page receives what another app shares. The service worker answers it on the device; what still
//! reaches the server is thrown away unread.

use super::{
    form::{self, Filled},
    layout::Frame,
    page,
};
use crate::{Page, Place, Site};
use axum::{
    Extension,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};

/// Nobody's words are here: the body is never asked for, and the connection is closed on it.
pub(crate) async fn share_arrived(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    ([(header::CONNECTION, "close")], page(render(place, &site))).into_response()
}

pub(crate) async fn share_opened(Extension(place): Extension<Place>) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, place.href(Page::Check))]).into_response()
}

pub(super) fn render(place: Place, site: &Site) -> Markup {
    let lang = place.lang;
    let title = lang.pick("Tin chia sẻ chưa tới được ô kiểm tra", "What you shared did not reach the box");
    let main = html! {
        h1 .page-title { (title) }
        p .server-note { (lang.pick(
            "Phần dùng không cần mạng chưa bật trên máy này, nên điện thoại đã chuyển tin tới máy chủ. Máy chủ bỏ đi mà không đọc. Bạn hãy dán lại vào ô dưới đây.",
            "Use without network isn't switched on here, so the phone passed it to the server. The server threw it away unread. Please paste it into the box below.",
        )) }
        section .sheet {
            (form::form(place, &Filled::default()))
        }
        div #answer {}
        (form::tell(place, false))
        p { a href=(place.href(Page::Keep)) { (Page::Keep.name(lang)) } }
    };
    Frame { place, settings: site.settings(), page: Some(Page::Check), title, styles: &[] }.wrap(&main)
}
