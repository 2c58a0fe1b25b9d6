//! How to remove what a visit leaves behind, browser by browser, and what can't be removed.

use super::{layout::Frame, page};
use crate::{Page, Place, Settings, Site};
use axum::{Extension, extract::State, response::Response};
use maud::{Markup, html};
use vocabulary::Lang;

pub(crate) async fn traces(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(render(place, site.settings()))
}

pub(super) fn render(place: Place, settings: &Settings) -> Markup {
    let lang = place.lang;
    let title = lang.pick("Xoá dấu vết", "Remove traces");
    let main = html! {
        article .prose {
            h1 .page-title { (title) }
            p .intro { (lang.pick(
                "Nếu có người hay xem máy bạn, hãy đọc hết trang này trước. Xoá sạch mọi thứ đôi khi lại làm người ta nghi: thường chỉ cần xoá riêng trang này.",
                "If somebody looks through your device, read this page first. Wiping everything can itself raise suspicion: removing just this site is often enough.",
            )) }
            (browsers(lang))
            h2 { (lang.pick("Lần sau: mở cửa sổ ẩn danh", "Next time: a private window")) }
            p { (lang.pick(
                "Cửa sổ ẩn danh (riêng tư) không ghi lịch sử. Chrome và Cốc Cốc: menu ⋮ rồi “Tab ẩn danh mới”. Safari: nút thẻ, chọn “Riêng tư”.",
                "A private window keeps no history. Chrome and Cốc Cốc: menu ⋮, “New Incognito tab”. Safari: the tabs button, “Private”.",
            )) }
            h2 { (lang.pick("Dấu vết khác", "Other traces")) }
            ul {
                li { (lang.pick("Tin nhắn bạn chép: chép một chữ khác để thay nó trong bộ nhớ tạm.", "The message you copied: copy some other word, so that it leaves the clipboard.")) }
                li { (lang.pick("Cuộc gọi: xoá dòng đó trong lịch sử gọi. Hoá đơn của nhà mạng có thể vẫn ghi.", "Calls: delete the row in the call history. The phone bill may still list it.")) }
                li { (lang.pick("Trang đã mở có thể hiện trên máy khác nếu trình duyệt đồng bộ cùng tài khoản.", "If the browser syncs, other devices with the same account may show this page.")) }
                li { (lang.pick("Ảnh chụp màn hình, tệp tải về: xoá cả trong thùng rác.", "Screenshots and downloads: delete them, and empty the bin.")) }
            }
            h2 { (lang.pick("Phần đã giữ trong máy", "What you kept on the device")) }
            p { (lang.pick(
                "Nếu bạn đã bật dùng không cần mạng, nút này gỡ nó. Biểu tượng trên màn hình thì bạn tự xoá: giữ ngón tay lên đó rồi chọn gỡ.",
                "If you switched on use without network, this button removes it. The icon on the home screen you remove yourself: hold it, then choose remove.",
            )) }
            (super::keep::remove_button(lang))
            h2 { (lang.pick("Điều không xoá được", "What can't be removed")) }
            p { (lang.pick(
                "Nếu máy bị cài phần mềm theo dõi, hoặc người kia biết mật khẩu của bạn, họ có thể đã thấy. Khi đó hãy dùng máy của người bạn tin, hoặc máy ở trường, ở trạm y tế.",
                "If there is spyware on the device, or the other person knows your password, they may have seen it already. Then use the phone of somebody you trust, or one at school or a clinic.",
            )) }
            p { (lang.pick(
                "Một điều nữa: đừng xoá tin nhắn đe doạ hay lừa đảo. Đó có thể là bằng chứng.",
                "One more thing: don't delete the threats or the scam itself. They may be evidence.",
            )) }
        }
    };
    Frame { place, settings, page: Some(Page::Traces), title, styles: &[] }.wrap(&main)
}

fn browsers(lang: Lang) -> Markup {
    let ways = [
        (lang.pick("Chrome, Cốc Cốc trên Android", "Chrome, Cốc Cốc on Android"), lang.pick(
            "Menu ⋮ → Lịch sử → tìm dòng của trang này → bấm dấu × bên cạnh.",
            "Menu ⋮ → History → find this site's row → tap the × beside it.",
        )),
        (lang.pick("Safari trên iPhone", "Safari on iPhone"), lang.pick(
            "Biểu tượng quyển sách → biểu tượng đồng hồ → vuốt dòng của trang này sang trái → Xoá.",
            "The book → the clock → swipe this site's row to the left → Delete.",
        )),
        ("Samsung Internet", lang.pick(
            "Menu ☰ → Lịch sử → giữ dòng của trang này → Xoá.",
            "Menu ☰ → History → hold this site's row → Delete.",
        )),
        (lang.pick("Chrome, Edge, Cốc Cốc trên máy tính", "Chrome, Edge, Cốc Cốc on a computer"), lang.pick(
            "Ctrl+H → tìm tên trang này → menu ⋮ bên phải → Xoá khỏi lịch sử.",
            "Ctrl+H → look for this site → the ⋮ on the right → Remove from history.",
        )),
        (lang.pick("Firefox trên máy tính", "Firefox on a computer"), lang.pick(
            "Ctrl+H → bấm chuột phải vào trang này → Quên trang web này (nó gỡ cả phần lưu tạm).",
            "Ctrl+H → right-click this site → Forget About This Site (it removes its cache too).",
        )),
        (lang.pick("Mở từ Zalo, Messenger, Facebook", "Opened inside Zalo, Messenger, Facebook"), lang.pick(
            "Ứng dụng có trình duyệt riêng: vào Cài đặt của nó, phần trình duyệt, xoá dữ liệu. Lần sau, chép địa chỉ rồi mở bằng cửa sổ ẩn danh.",
            "The app has a browser of its own: in its settings, under browser, clear the data. Next time copy the address and open it in a private window.",
        )),
    ];
    html! {
        h2 { (lang.pick("Xoá riêng trang này khỏi lịch sử", "Remove just this site from the history")) }
        div .ways { @for (browser, way) in ways { details .way { summary { (browser) } p { (way) } } } }
    }
}
