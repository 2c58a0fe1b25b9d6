//! The first page: what this is in a line, and the box itself.

use super::{
    form::{self, Filled},
    layout::Frame,
    mark, page,
};
use crate::{Page, Place, Settings, Site, headers, locale};
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use vocabulary::Lang;

/// `/`: to the language that the browser asks for.
pub(crate) async fn choose_language(headers: HeaderMap) -> Response {
    let place = Place { lang: locale::preferred(&headers), ..Place::default() };
    let to = [(header::LOCATION, place.href(Page::Home)), (header::VARY, "accept-language".into())];
    (StatusCode::SEE_OTHER, to).into_response()
}

pub(crate) async fn home(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    headers::may_listen(page(render(place, site.settings())))
}

pub(super) fn render(place: Place, settings: &Settings) -> Markup {
    let lang = place.lang;
    let title = lang.pick("Tin nhắn này có gì không ổn?", "Does this message feel wrong?");
    let main = html! {
        section .hero {
            (mark::coast())
            div .hero-text {
                h1 { (title) }
                p .hero-line { (lang.pick(
                    "Dán vào đây. Máy của bạn tự đọc: giống chuyện gì, nên làm gì, ai giúp được bạn.",
                    "Paste it here. Your own device reads it: what it looks like, what to do, who can help.",
                )) }
            }
        }
        section .sheet aria-label=(Page::Check.name(lang)) {
            (form::form(place, &Filled::default()))
            (examples(lang))
        }
        div #answer {}
        (form::tell(place, false))
        (emergency(place))
        (promises(lang))
        (learning(place))
    };
    Frame { place, settings, page: Some(Page::Home), title, styles: &[] }.wrap(&main)
}

/// For somebody who only wants to see how it answers. They fill the box on the device.
fn examples(lang: Lang) -> Markup {
    let examples = [
        (lang.pick("Doạ tung ảnh", "Threat to publish"), lang.pick(
            "Gửi 2 triệu ngay, không thì tao tung ảnh mày lên nhóm lớp. Có 1 tiếng thôi, đừng nói với ai.",
            "Send 200 dollars now or I post your pictures in the class group. You have one hour. Don't tell anyone.",
        )),
        (lang.pick("Giả ngân hàng", "Fake bank"), lang.pick(
            "VCB: Tai khoan cua ban se bi khoa trong 24h. Vui long xac thuc tai https://vcb-xacthuc.top va nhap ma OTP.",
            "Your bank account will be locked in 24h. Verify now at https://vcb-xacthuc.top and enter your OTP.",
        )),
        (lang.pick("Kể chuyện của mình", "Telling what happened"), lang.pick(
            "Em lỡ chuyển cho họ 5 triệu rồi, giờ họ đòi thêm mới trả lại tiền. Em sợ quá không dám nói với mẹ.",
            "I already sent them 5 million and now they want more before giving it back. I'm scared to tell my mum.",
        )),
    ];
    html! {
        div .examples .needs-script {
            span { (lang.pick("Thử một ví dụ:", "Try an example:")) }
            @for (name, text) in examples { button .chip type="button" data-example=(text) { (name) } }
        }
    }
}

fn emergency(place: Place) -> Markup {
    let lang = place.lang;
    let numbers = [
        ("113", lang.pick("Công an", "Police")),
        ("115", lang.pick("Cấp cứu", "Ambulance")),
        ("111", lang.pick("Bảo vệ trẻ em, ngày đêm", "Child protection, day and night")),
    ];
    html! {
        section .emergency .plain aria-labelledby="danger" {
            h2 #danger { (lang.pick("Đang nguy hiểm? Gọi trước đã.", "In danger? Call first.")) }
            ul .calls { @for (number, name) in numbers { li {
                a .call-big href=(format!("tel:{number}")) { strong { (number) } span { (name) } }
            } } }
            p .fine { (lang.pick("Gọi miễn phí. Cuộc gọi nằm lại trong lịch sử máy.", "Calls are free. They stay in the phone's history."))
                " " a href=(place.href(Page::Help)) { (lang.pick("Xem tất cả nơi giúp", "See all who help")) } }
        }
    }
}

/// Before anything happens.
fn learning(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        section .tell aria-labelledby="learning" {
            h2 #learning { (lang.pick("Tập trước khi chuyện xảy ra", "Practise before it happens")) }
            p { (lang.pick(
                "Bài ngắn và trò chuyện mô phỏng cho từng lứa tuổi, cho cha mẹ, thầy cô. Không tên, không điểm danh.",
                "Short lessons and simulated chats for each age, for parents and teachers. No name, no register.",
            )) }
            a .button .quiet href=(place.href(Page::Learn)) { (lang.pick("Vào học", "Start learning")) }
        }
    }
}

fn promises(lang: Lang) -> Markup {
    let promises = [
        (
            lang.pick("Ở lại trong máy bạn", "It stays with you"),
            lang.pick(
                "Máy bạn tự đọc, kể cả khi ngắt mạng. Không ai khác thấy được.",
                "Your device reads it, even with the network off. Nobody else sees it.",
            ),
        ),
        (
            lang.pick("Chỉ rõ vì sao", "It shows why"),
            lang.pick(
                "Từng dấu hiệu được đánh dấu ngay trong lời của tin nhắn, kèm lời giải thích.",
                "Each sign is marked in the very words of the message, and explained.",
            ),
        ),
        (
            lang.pick("Không trách bạn", "It never blames"),
            lang.pick(
                "Lỗi thuộc về kẻ làm hại. Bạn quyết định bước tiếp theo.",
                "The fault lies with whoever does harm. You decide the next step.",
            ),
        ),
    ];
    html! {
        section .promises aria-label=(lang.pick("Điều chúng tôi giữ lời", "What we promise")) {
            @for (name, line) in promises { div .promise { h2 { (name) } p { (line) } } }
        }
    }
}
