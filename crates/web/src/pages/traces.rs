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
    let intro = lang.pick(
        "Nếu có người hay xem máy bạn, hãy đọc hết trang này trước. Xoá sạch mọi thứ đôi khi lại làm người ta nghi: thường chỉ cần xoá riêng trang này.",
        "If somebody looks through your device, read this page first. Wiping everything can itself raise suspicion: removing just this site is often enough.",
    );
    let text = html! {
        (browsers(lang))
        h2 { (lang.pick("Lần sau: mở cửa sổ ẩn danh", "Next time: a private window")) }
        p { (lang.pick(
            "Cửa sổ ẩn danh (riêng tư) không ghi lịch sử. Chrome và Cốc Cốc: menu ⋮ rồi “Tab ẩn danh mới”. Safari: nút thẻ, chọn “Riêng tư”.",
            "A private window keeps no history. Chrome and Cốc Cốc: menu ⋮, “New Incognito tab”. Safari: the tabs button, “Private”.",
        )) }
        h2 #sent { (lang.pick("Nếu chữ đã được gửi lên máy chủ", "If the words were sent to the server")) }
        p { (lang.pick(
            "Khi không có JavaScript, bạn gửi chữ bằng nút “Gửi lên máy chủ”. Máy chủ quên ngay. Nhưng Chrome, Edge và Cốc Cốc có thể ghi chữ đó vào tệp dùng để mở lại các thẻ, và tệp nằm lại trong máy sau khi đóng trình duyệt.",
            "Without JavaScript you send the words by the button “Send to the server”. The server forgets them at once. But Chrome, Edge and Cốc Cốc may write them into the files from which they open your tabs again, and those stay on the device after the browser is closed.",
        )) }
        ul {
            li { (lang.pick(
                "Trước hết bấm “Thoát nhanh”, hoặc đóng hẳn thẻ này; đừng dùng “Mở lại thẻ vừa đóng”.",
                "First press “Leave now”, or close this tab for good; don't use “Reopen closed tab”.",
            )) }
            li { (lang.pick(
                "Rồi xoá: Ctrl+Shift+Delete (điện thoại: menu ⋮ → Xoá dữ liệu duyệt web), chọn “Giờ qua”, chỉ đánh dấu Lịch sử duyệt web. Các dòng khác trong giờ đó cũng mất.",
                "Then delete: Ctrl+Shift+Delete (on a phone: menu ⋮ → Delete browsing data), choose “Last hour”, tick only Browsing history. Other rows of that hour go as well.",
            )) }
            li { (lang.pick(
                "Sau đó đóng mọi cửa sổ của trình duyệt rồi mở lại: lúc ấy tệp mới hết. Chỉ mở lại mà không xoá thì chữ vẫn còn.",
                "After that close every window of the browser and open it again: only then are the files gone. Opening it again without deleting leaves the words there.",
            )) }
            li { (lang.pick(
                "Cửa sổ ẩn danh không ghi tệp này. Nếu được, hãy dùng nó, hoặc bật JavaScript để máy bạn tự đọc.",
                "A private window writes no such file. If you can, use one, or switch JavaScript on, so that your own device reads.",
            )) }
        }
        h2 { (lang.pick("Dấu vết khác", "Other traces")) }
        ul {
            li { (lang.pick("Tin nhắn bạn chép: chép một chữ khác để thay nó trong bộ nhớ tạm.", "The message you copied: copy some other word, so that it leaves the clipboard.")) }
            li { (lang.pick("Cuộc gọi: xoá dòng đó trong lịch sử gọi. Hoá đơn của nhà mạng có thể vẫn ghi.", "Calls: delete the row in the call history. The phone bill may still list it.")) }
            li { (lang.pick("Trang đã mở có thể hiện trên máy khác nếu trình duyệt đồng bộ cùng tài khoản.", "If the browser syncs, other devices with the same account may show this page.")) }
            li { (lang.pick("Ảnh chụp màn hình, tệp tải về: xoá cả trong thùng rác.", "Screenshots and downloads: delete them, and empty the bin.")) }
        }
        h2 { (lang.pick("Phần đã giữ trong máy", "What you kept on the device")) }
        p { (lang.pick(
            "Nếu bạn đã bật dùng không cần mạng, hay cho trang Học nhớ trên máy này, nút này gỡ cả hai. Biểu tượng trên màn hình thì bạn tự xoá: giữ ngón tay lên đó rồi chọn gỡ.",
            "If you switched on use without network, or let the lessons remember on this device, this button removes both. The icon on the home screen you remove yourself: hold it, then choose remove.",
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
    };
    Frame { place, settings, page: Some(Page::Traces), title, styles: &[] }.article(intro, &text)
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
