//! The API, explained and ready to try. The page's own script sends; nothing is loaded from elsewhere.

use super::{layout::Frame, page};
use crate::{MAX_API_BODY_BYTES, MAX_API_ITEMS, Page, Place, Settings, Site};
use axum::{Extension, extract::State, response::Response};
use maud::{Markup, html};

const EXAMPLE: &str = r#"{
  "items": [
    { "id": "a", "text": "Gui 2 trieu di, ko thi tao up het len nhom lop may" },
    { "id": "b", "text": "Con ăn cơm chưa?" }
  ]
}"#;

pub(crate) async fn try_api(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(render(place, site.settings()))
}

pub(super) fn render(place: Place, settings: &Settings) -> Markup {
    let lang = place.lang;
    let title = Page::Api.name(lang);
    let curl = format!(
        "curl {}/api/v1/check \\\n  -H 'Content-Type: application/json' \\\n  -d '{{\"text\": \"https://vcb-xacthuc.top\"}}'",
        settings.base_url
    );
    let intro = lang.pick(
        "Một mạng xã hội, một trường, một ngân hàng có thể hỏi cùng bộ đọc này qua HTTP. Chữ gửi tới đây được đọc trong bộ nhớ, trả lời rồi quên.",
        "A platform, a school or a bank can ask the same reader over HTTP. What is sent here is read in memory, answered and forgotten.",
    );
    let text = html! {
        ul {
            li { code { "POST /api/v1/check" } ": " code { "{\"text\": …}" } (lang.pick(" hoặc ", " or ")) code { "{\"items\": [{\"id\", \"text\"}]}" }
                (format!(", {} {MAX_API_ITEMS}, {} KiB.", lang.pick("tối đa", "at most"), MAX_API_BODY_BYTES / 1024)) }
            li { (lang.pick("Mô tả đầy đủ", "Full description")) ": " a href="/api/v1/openapi.json" { "OpenAPI 3.1" } "." }
            li { (lang.pick("Lỗi theo RFC 9457 (problem+json), mã lỗi không đổi.", "Errors are RFC 9457 (problem+json) with stable codes.")) }
        }
        h2 { (lang.pick("Từ dòng lệnh", "From a command line")) }
        pre .code tabindex="0" { code { (curl) } }
        section .needs-script {
            h2 { (lang.pick("Thử ngay", "Try it")) }
            p .server-note { (lang.pick(
                "Ở đây chữ được gửi lên máy chủ. Muốn kiểm tra tin nhắn của mình, hãy dùng trang Kiểm tra.",
                "Here the words are sent to the server. For a message of your own, use the check instead.",
            )) }
            form #try-form autocomplete="off" {
                label for="try-body" { (lang.pick("Nội dung JSON", "JSON body")) }
                textarea #try-body .code rows="9" spellcheck="false" autocomplete="off" translate="no" { (EXAMPLE) }
                p .actions { button #try-send .button .primary type="submit" { (lang.pick("Gửi", "Send")) } }
            }
            p #try-status role="status" {}
            pre #try-answer .code tabindex="0" hidden aria-label=(lang.pick("Trả lời", "Answer")) {}
        }
    };
    Frame { place, settings, page: Some(Page::Api), title, styles: &[] }.article(intro, &text)
}
