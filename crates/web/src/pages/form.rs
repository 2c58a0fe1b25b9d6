//! The box to check. With JavaScript the answer is found on the device and nothing is sent; without, the form is
//! posted, and says so. A browser with JavaScript never sees a button that would send.

use crate::{Page, Place};
use maud::{Markup, html};
use vocabulary::{AgeBand, Asker, Audience, Lang, PROVINCES, Province};

/// What already stands in the form.
#[derive(Default)]
pub(super) struct Filled<'a> {
    pub text: &'a str,
    pub asker: Asker,
    pub province: Option<&'static Province>,
}

pub(super) fn form(place: Place, filled: &Filled<'_>) -> Markup {
    let lang = place.lang;
    html! {
        form #check-form .check-form method="post" action=(place.href(Page::Check)) autocomplete="off" {
            label .big-label for="text" { (lang.pick("Dán tin nhắn, cuộc trò chuyện hoặc đường dẫn", "Paste a message, a chat or a link")) }
            div .box {
                // Spelling help and writing help of some browsers send what is typed to their makers.
                textarea #text name="text" rows="5" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false"
                    writingsuggestions="false" data-gramm="false" translate="no" dir="auto"
                    placeholder=(lang.pick("Dán vào đây…", "Paste here…")) { (filled.text) }
                div .box-tools {
                    button #paste .button .quiet type="button" hidden { (lang.pick("Dán", "Paste")) }
                    button #clear .button .quiet type="button" hidden { (lang.pick("Xoá hết", "Clear")) }
                }
            }
            (refine(lang, filled))
            div #device-way .needs-script {
                button #check .button .primary type="button"
                    data-busy=(lang.pick("Đang đọc…", "Reading…")) { (lang.pick("Kiểm tra", "Check")) }
                p #readiness .readiness role="status"
                    data-loading=(lang.pick("Đang tải bộ đọc về máy bạn", "Loading the reader onto your device"))
                    data-ready=(lang.pick("Đọc ngay trên máy bạn. Không gửi đi đâu, không lưu lại; ngắt mạng vẫn chạy.", "Read on your device. Nothing is sent or kept; it works with the network off."))
                    data-failed=(lang.pick("Chưa tải được bộ đọc. Kiểm tra mạng rồi mở lại trang, hoặc dùng cách dưới đây.", "The reader could not be loaded. Check the network and open the page again, or use the way below."))
                    data-broken=(lang.pick("Bộ đọc vừa dừng giữa chừng và đã mở lại. Hãy thử phần ngắn hơn.", "The reader stopped midway and was started again. Try a shorter part."))
                { (lang.pick("Đang tải bộ đọc về máy bạn", "Loading the reader onto your device")) }
                progress #progress max="100" value="0" aria-labelledby="readiness" {}
            }
            div #server-way .server-way hidden {
                p { (lang.pick(
                    "Bấm nút dưới đây thì chữ được gửi lên máy chủ. Cách này chỉ hiện ra khi JavaScript đang tắt, trình duyệt đã cũ, hoặc chưa tải được bộ đọc. Máy chủ đọc trong bộ nhớ, trả lời rồi quên: không lưu, không ghi nhật ký. Riêng trình duyệt có thể giữ lại chữ đã gửi.",
                    "The button below sends the words to the server. This way shows only where JavaScript is off, the browser is old, or the reader could not be loaded. The server reads them in memory, answers and forgets: nothing is stored or logged. The browser itself may keep what was sent.",
                )) " " a href=(place.href(Page::Traces)) { (lang.pick("Cách xoá", "How to remove it")) } "." }
                button #send .button .primary type="submit" { (lang.pick("Gửi lên máy chủ để kiểm tra", "Send to the server to check")) }
                button #switch-and-keep .button .quiet type="submit" name="switch" value="1" formaction=(place.switched().href(Page::Check)) {
                    (lang.pick("English, giữ lại chữ đã nhập", "Tiếng Việt, keep what is typed"))
                }
            }
        }
    }
}

/// The way from an answer to somebody who helps; shown once there is an answer. A script takes what was found along, in
/// memory; without one it is a plain link, and nothing goes along.
pub(super) fn tell(place: Place, answered: bool) -> Markup {
    let lang = place.lang;
    html! {
        section #tell .tell hidden[!answered] {
            h2 { (lang.pick("Không phải chịu một mình", "You needn't bear it alone")) }
            p { (lang.pick(
                "Bạn kể được cho một nơi bạn chọn. Lời kể được niêm kín trên máy bạn; không cần tên, không cần tài khoản.",
                "You can tell somebody you choose. What you tell is sealed on your device; no name, no account.",
            )) }
            a .button .primary href=(place.href(Page::Ask)) { (Page::Ask.name(lang)) }
            p #tell-status role="status" data-failed=(lang.pick("Chưa nối được mạng. Hãy thử lại.", "No connection. Please try again.")) {}
        }
        (keep_line(place))
    }
}

/// The way to evidence that she keeps herself.
pub(super) fn keep_line(place: Place) -> Markup {
    let lang = place.lang;
    html! { p { (lang.pick("Cần giữ lại làm bằng chứng? Máy bạn tự làm, không gửi gì đi:", "Want to keep it as evidence? Your device does it, nothing is sent:")) " "
    a href=(place.href(Page::Evidence)) { (Page::Evidence.name(lang)) } } }
}

fn refine(lang: Lang, filled: &Filled<'_>) -> Markup {
    let used = filled.asker != Asker::default() || filled.province.is_some();
    html! {
        details .refine open[used] {
            summary { (lang.pick("Hỏi cho ai? Ở đâu?", "For whom? Where?")) " " span .fine { (lang.pick("không bắt buộc", "optional")) } }
            div .refine-fields {
                div .field { label for="audience" { (lang.pick("Bạn hỏi cho ai", "You ask")) }
                    select #audience name="audience" autocomplete="off" {
                        @for &a in Audience::ALL { option value=(a) selected[a == filled.asker.audience] { (a.name(lang)) } }
                    } }
                div .field { label for="age" { (lang.pick("Tuổi người gặp chuyện", "Age of the person concerned")) }
                    select #age name="age" autocomplete="off" {
                        @for &a in AgeBand::ALL { option value=(a) selected[a == filled.asker.age] { (a.name(lang)) } }
                    } }
                div .field { label for="province" { (lang.pick("Tỉnh, thành phố", "Province or city")) }
                    (province_select(lang, filled.province, anywhere(lang))) }
            }
            p .fine { (lang.pick(
                "Lời khuyên và nơi giúp sẽ hợp hơn.",
                "Advice and helpers fit better then.",
            )) " " span .needs-script { (lang.pick(
                "Những điều này cũng ở lại trong máy bạn.",
                "This, too, stays on your device.",
            )) } }
        }
    }
}

/// What the check and the directory call it when no province was chosen.
pub(super) const fn anywhere(lang: Lang) -> &'static str {
    lang.pick("Ở đâu cũng được", "Anywhere")
}

/// The provinces by their new names; the earlier ones stand beside them, as people still know those.
pub(super) fn province_select(lang: Lang, chosen: Option<&'static Province>, none: &str) -> Markup {
    html! {
        select #province name="province" autocomplete="off" {
            option value="" selected[chosen.is_none()] { (none) }
            @for p in PROVINCES {
                option value=(p.code) selected[chosen == Some(p)] { (p.name(lang)) (former_names(p)) }
            }
        }
    }
}

fn former_names(province: &Province) -> String {
    let others: Vec<&str> =
        province.former.iter().map(|f| f.name).filter(|name| *name != province.name(Lang::Vi)).collect();
    if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) }
}
