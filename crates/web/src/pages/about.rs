//! What this is, how it reads, what it can't do, who runs it.

use super::{layout::Frame, page};
use crate::{Page, Place, Settings, Site};
use axum::{Extension, extract::State, response::Response};
use maud::{Markup, html};

pub(crate) async fn about(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    let model = site.recogniser().version().to_owned();
    page(render(place, site.settings(), &model))
}

pub(super) fn render(place: Place, settings: &Settings, model: &str) -> Markup {
    let lang = place.lang;
    let title = lang.pick("Về Hải Đăng", "About Hải Đăng");
    let intro = lang.pick(
        "Hải Đăng là ngọn đèn ở bờ: không đi thay bạn, nhưng giúp bạn thấy đá ngầm trước khi chạm vào.",
        "Hải Đăng is Vietnamese for lighthouse. It doesn't steer for you; it helps you see the rocks before you touch them.",
    );
    let text = html! {
        h2 { (lang.pick("Nó làm gì", "What it does")) }
        p { (lang.pick(
            "Bạn dán một tin nhắn, một cuộc trò chuyện hay một đường dẫn. Máy của bạn tự đọc và nói: giống chuyện gì, dựa vào chữ nào, gấp đến đâu, mười phút tới nên làm gì, và ai giúp được bạn.",
            "You paste a message, a chat or a link. Your own device reads it and says what it looks like, by which words, how urgent it is, what to do in the next ten minutes, and who can help.",
        )) }
        h2 { (lang.pick("Nó không làm gì", "What it doesn't do")) }
        ul {
            li { (lang.pick(
                "Nó không bao giờ nói một tin nhắn là vô hại. Nhiều nhất nó chỉ nói: chưa thấy dấu hiệu mà nó biết.",
                "It never says that a message is harmless. At most it says that it sees no sign it knows.",
            )) }
            li { (lang.pick(
                "Nó không báo cho ai: không báo gia đình, nhà trường hay công an. Bạn quyết định.",
                "It tells nobody: not your family, not your school, not the police. You decide.",
            )) }
            li { (lang.pick("Nó không thay người thật. Khi sợ, hãy gọi cho một người.", "It doesn't replace people. When you are afraid, call someone.")) }
        }
        h2 { (lang.pick("Nó đọc bằng cách nào", "How it reads")) }
        p { (lang.pick(
            "Một bộ quy tắc và một mô hình nhỏ, học từ những đoạn chữ viết riêng cho dự án này và dữ liệu mở. Nó hiểu tiếng Việt có dấu, không dấu, viết tắt, và tiếng Anh. Nó có thể nhầm: bỏ sót chuyện xấu, hoặc nghi oan chuyện thường.",
            "A set of rules and a small model, learned from texts written for this project and from open data. It reads Vietnamese with and without diacritics, in shorthand, and English. It can be wrong both ways: miss what is bad, or doubt what is ordinary.",
        )) " " (lang.pick("Phiên bản bộ đọc", "Version of the reader")) ": " code { (model) } "." }
        h2 { (lang.pick("Số điện thoại và lời khuyên từ đâu", "Where numbers and advice come from")) }
        p { (lang.pick(
            "Mỗi lời khuyên ghi nguồn. Mỗi số điện thoại có trang công bố và ngày; người vận hành trang này phải gọi lại từng số.",
            "Each step of advice names its source. Each number has a page that states it and a date; whoever runs this site has to call every number again.",
        )) " " a href=(place.href(Page::Help)) { (Page::Help.name(lang)) } "." }
        h2 { (lang.pick("Ai vận hành", "Who runs this")) }
        (operator(place, settings))
        p { (lang.pick(
            "Phần mềm là mã nguồn mở (Apache-2.0), nội dung theo CC BY 4.0: trường học, hội, tỉnh nào cũng tự dựng được một trang của mình.",
            "The software is open source (Apache-2.0), its content CC BY 4.0: any school, association or province can run a site of its own.",
        )) }
    };
    Frame { place, settings, page: Some(Page::About), title, styles: &[] }.article(intro, &text)
}

/// Who answers for this server, as far as they said.
pub(super) fn operator(place: Place, settings: &Settings) -> Markup {
    let lang = place.lang;
    html! {
        p #operator {
            @if settings.operator.is_empty() {
                (lang.pick("Người vận hành máy chủ này chưa ghi tên.", "Whoever runs this server has not given a name."))
            } @else {
                (settings.operator)
                @if !settings.operator_contact.is_empty() { " (" (settings.operator_contact) ")" }
                "."
            }
        }
    }
}
