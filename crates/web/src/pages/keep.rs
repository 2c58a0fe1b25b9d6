//! Use without network, under a name she chooses. Nothing is kept on the device before she presses the button.

use super::{layout::Frame, mark, page};
use crate::{Cover, Page, Place, Settings, Site, assets};
use axum::{Extension, extract::State, response::Response};
use maud::{Markup, html};
use vocabulary::Lang;

pub(crate) async fn keep(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(render(place, site.settings()))
}

pub(super) fn render(place: Place, settings: &Settings) -> Markup {
    let lang = place.lang;
    let title = Page::Keep.name(lang);
    let intro = lang.pick(
        "Bạn có thể giữ trang này trong máy để kiểm tra khi không có mạng, và để chia sẻ tin nhắn thẳng từ Zalo hay Messenger. Chọn cả tên và hình của nó.",
        "You can keep this page on your device, to check without network and to share messages straight from Zalo or Messenger. Choose its name and icon, too.",
    );
    let text = html! {
        h2 { "1. " (lang.pick("Chọn tên và biểu tượng", "Choose a name and an icon")) }
        (covers(place))
        p .fine { (lang.pick(
            "Tên và biểu tượng kín đáo che được người liếc qua màn hình, không che được người mở nó ra hay xem lịch sử.",
            "A discreet name and icon hide it from a glance, not from somebody who opens it or looks into the history.",
        )) }
        h2 { "2. " (lang.pick("Giữ lại trong máy này", "Keep it on this device")) }
        p {
            @match lang {
                Lang::Vi => { "Tải khoảng " (assets::kept_megabytes().replace('.', ",")) " MB vào máy: các trang và bộ đọc. " }
                Lang::En => { "About " (assets::kept_megabytes()) " MB goes onto the device: the pages and the reader. " }
            }
            (lang.pick("Chữ bạn dán thì không bao giờ được giữ.", "What you paste is never kept."))
        }
        div .needs-script {
            p .actions { button #keep-here .button .primary type="button" data-place=(place.base()) { (lang.pick("Giữ lại trong máy này", "Keep it on this device")) } }
            p #keep-status role="status"
                data-working=(lang.pick("Đang tải…", "Loading…"))
                data-done=(lang.pick("Xong. Trang kiểm tra mở được cả khi không có mạng.", "Done. The check opens without network now."))
                data-failed=(lang.pick("Chưa giữ được: cần mạng, kết nối https và trình duyệt cho phép. Cửa sổ ẩn danh có thể không cho.", "It could not be kept: it needs the network, https and a browser that allows it. A private window may not."))
                data-removed=(lang.pick("Đã gỡ khỏi trình duyệt này.", "Removed from this browser.")) {}
        }
        p .needs-no-script { (lang.pick("Bước này cần JavaScript.", "This step needs JavaScript.")) }
        h2 { "3. " (lang.pick("Đặt lên màn hình chính", "Put it on the home screen")) }
        p .needs-script .actions { button #install .button .quiet type="button" hidden { (lang.pick("Đặt lên màn hình", "Add to the home screen")) } }
        ul {
            li { (lang.pick("Android: menu ⋮ → Thêm vào màn hình chính.", "Android: menu ⋮ → Add to Home screen.")) }
            li { (lang.pick("iPhone: nút Chia sẻ → Thêm vào MH chính, rồi sửa tên tuỳ ý.", "iPhone: the Share button → Add to Home Screen; change the name as you like.")) }
        }
        p { (lang.pick(
            "Từ đó, trong ứng dụng nhắn tin trên Android: giữ tin nhắn → Chia sẻ → chọn tên bạn đã đặt. Tin được đọc ngay trên máy.",
            "From then on, in a messaging app on Android: hold the message → Share → the name you chose. It is read on the device.",
        )) }
        h2 { (lang.pick("Gỡ đi", "Remove it")) }
        (remove_button(lang))
    };
    Frame { place, settings, page: Some(Page::Keep), title, styles: &[] }.article(intro, &text)
}

fn covers(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        ul .covers { @for &cover in Cover::ALL {
            @let chosen = cover == place.cover;
            li { a .cover href=(Place { cover, ..place }.href(Page::Keep)) data-cover-choice=(cover.name(Lang::En)) aria-current=[chosen.then_some("true")] {
                img src=(mark::icon(cover)) width="64" height="64" alt="";
                span { (cover.name(lang)) }
            } }
        } }
    }
}

/// Takes everything back that this site keeps in the browser.
pub(super) fn remove_button(lang: Lang) -> Markup {
    html! {
        p .actions .needs-script {
            button .button .quiet type="button" data-remove-kept data-done=(lang.pick("Đã gỡ khỏi trình duyệt này.", "Removed from this browser.")) {
                (lang.pick("Gỡ mọi thứ trang này giữ trong trình duyệt", "Remove all that this site keeps in the browser"))
            }
        }
        p .needs-no-script { (lang.pick(
            "Không có JavaScript thì trang này không giữ gì. Chính trình duyệt có bộ nhớ đệm, và có thể giữ chữ đã gửi lên máy chủ (xem trang Xoá dấu vết).",
            "Without JavaScript this site keeps nothing. The browser itself has its cache, and may keep words that were sent to the server (see Remove traces).",
        )) }
    }
}
