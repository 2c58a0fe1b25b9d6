//! Coming back with the ten words: what became of the report, messages both ways, and everything she may still decide.
//!
//! The words are typed into the page and go to the worker that holds the keys; the page forgets them at once.

pub(super) mod case;
mod choices;
pub(super) mod helpers;

use super::{
    ask::{card, file_picker, picture_warning},
    layout::Frame,
    page,
};
use crate::{Page, Place, Site, assets, headers};
use axum::{Extension, extract::State, response::Response};
use maud::{Markup, html};
use vocabulary::Lang;

pub(crate) async fn back(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    headers::may_listen(page(render(place, &site)))
}

pub(super) fn render(place: Place, site: &Site) -> Markup {
    let lang = place.lang;
    let title = Page::Back.name(lang);
    let main = html! {
        section .needs-no-script .sheet {
            h1 .page-title { (title) }
            p { (lang.pick(
                "Trình duyệt này không chạy JavaScript. Bạn vẫn đọc được: máy chủ mở trong bộ nhớ cho bạn xem rồi quên.",
                "This browser runs no JavaScript. You can still read: the server opens it in memory, shows it to you and forgets.",
            )) }
            p .actions { a .button .primary href=(format!("{}/plain", place.href(Page::Back))) { (lang.pick("Quay lại bằng cách này", "Come back this way")) } }
        }
        div #back .needs-script data-language=(lang.code()) {
            (enter(place, title))
            (erasing(lang))
            section #case hidden {
                h1 #case-heading .page-title tabindex="-1" { (lang.pick("Tin báo của bạn", "Your report")) }
                (case::case(place))
                div .sheet .add-files {
                    h2 { (lang.pick("Thêm tệp", "Add files")) }
                    (picture_warning(place))
                    (file_picker(place))
                    p .actions { button #send-files .button .primary type="button" hidden { (lang.pick("Niêm và gửi tệp", "Seal and send the files")) } }
                    progress #files-progress max="100" value="0" hidden aria-label=(lang.pick("Đã gửi", "Sent")) {}
                }
                (choices::choices(place))
            }
            p #back-status .back-status role="status"
                data-opening=(lang.pick("Đang mở trên máy bạn…", "Opening on your device…"))
                data-sending=(lang.pick("Đang niêm và gửi…", "Sealing and sending…"))
                data-sent=(lang.pick("Đã gửi.", "Sent."))
                data-done=(lang.pick("Đã xong.", "Done."))
                data-waiting=(lang.pick("Mạng đang chập chờn. Máy tự thử lại.", "The network is shaky. Trying again by itself."))
                data-stale=(lang.pick("Có thay đổi từ một máy khác. Đã tải lại, hãy thử lần nữa.", "Something changed from another device. It was loaded again; please try once more."))
                data-failed=(lang.pick("Chưa làm được: {why}", "It didn't work: {why}")) {}
            (card(lang))
        }
    };
    Frame { place, settings: site.settings(), page: Some(Page::Back), title, styles: &[assets::ASK_CSS] }.wrap(&main)
}

fn enter(place: Place, title: &str) -> Markup {
    let lang = place.lang;
    html! {
        form #enter .enter autocomplete="off" novalidate {
            h1 .page-title tabindex="-1" { (title) }
            label .big-label for="words" { (lang.pick("Gõ mười từ của bạn", "Type your ten words")) }
            p #words-help .fine { (lang.pick("Viết hoa, viết không dấu, xuống dòng đều được. Tiếng Việt hay tiếng Anh đều được.", "Capitals, missing marks, line breaks: all forgiven. Vietnamese or English.")) }
            div .box { textarea #words rows="4" aria-describedby="words-help words-wrong" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"
                writingsuggestions="false" data-gramm="false" translate="no" maxlength="600" {} }
            p #words-count .fine data-count=(lang.pick("{n} trên 10 từ", "{n} of 10 words")) {}
            p #words-wrong .note role="alert" hidden
                data-unknown=(wrong(lang, "unknown"))
                data-nearest=(wrong(lang, "nearest"))
                data-few=(wrong(lang, "few"))
                data-many=(wrong(lang, "many"))
                data-checksum=(wrong(lang, "checksum"))
                data-version=(wrong(lang, "version"))
                data-absent=(wrong(lang, "absent"))
                data-often=(wrong(lang, "often"))
                data-network=(lang.pick("Chưa nối được mạng. Hãy thử lại.", "No connection. Please try again."))
                data-broken=(lang.pick("Phần mở niêm không chạy được trên trình duyệt này.", "The opening of seals doesn't run in this browser.")) {}
            button #open-case .button .primary type="submit" { (lang.pick("Mở tin báo", "Open my report")) }
            p .fine { (lang.pick("Mười từ không rời máy bạn. Rời trang này là máy quên hết.", "The words don't leave your device. Leaving this page forgets everything.")) }
        }
    }
}

/// While it waits to be destroyed nothing else is shown: whoever forced the words out of her learns no more.
fn erasing(lang: Lang) -> Markup {
    html! {
        section #erasing .error-page hidden {
            h1 .page-title tabindex="-1" { (lang.pick("Tin báo này đang chờ xoá", "This report is waiting to be erased")) }
            p { (lang.pick("Nó sẽ bị huỷ hẳn vào ", "It will be destroyed on ")) strong #erase-due {} ". "
                (lang.pick("Cho tới lúc đó, trang này không cho xem gì của nó.", "Until then this page shows nothing of it.")) }
            p .actions { button #stop-erasing .button .primary type="button" { (lang.pick("Đừng xoá nữa", "Don't erase it")) } }
        }
    }
}

/// What is wrong with the words that she typed; `{n}`, `{word}` and `{nearest}` stand for what is known about it.
pub(super) fn wrong(lang: Lang, what: &str) -> &'static str {
    match what {
        "unknown" => lang.pick(
            "Từ số {n}, “{word}”, không có trong danh sách. Xem lại chỗ bạn đã ghi.",
            "Word {n}, “{word}”, is not in the list. Look again at what you wrote.",
        ),
        "nearest" => lang.pick(
            "Từ số {n}, “{word}”, không có trong danh sách. Có phải là “{nearest}”?",
            "Word {n}, “{word}”, is not in the list. Is it “{nearest}”?",
        ),
        "few" => lang.pick("Mới có {n} từ. Cần đủ mười.", "These are {n} words. Ten are needed."),
        "many" => lang.pick("Có {n} từ, nhiều hơn mười.", "These are {n} words, more than ten."),
        "checksum" => lang.pick(
            "Các từ đều có trong danh sách nhưng không đi với nhau: có một từ nhầm, hoặc nhầm thứ tự.",
            "All words are in the list but don't belong together: one is wrong, or their order is.",
        ),
        "version" => lang.pick(
            "Mười từ này do một phiên bản mới hơn làm ra. Hãy tải lại trang.",
            "These words were made by a newer version. Load the page again.",
        ),
        "absent" => lang.pick(
            "Không có tin báo nào với mười từ này trên trang này.",
            "No report has these ten words on this site.",
        ),
        _ => lang.pick("Thử nhiều lần quá. Hãy chờ một lát.", "Too many tries. Please wait a little."),
    }
}
