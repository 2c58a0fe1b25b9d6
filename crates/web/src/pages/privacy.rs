//! What this page knows about her: nothing, and how she can see that for herself.

use super::{about, layout::Frame, page};
use crate::{Page, Place, Settings, Site, assets};
use axum::{Extension, extract::State, response::Response};
use maud::{Markup, html};
use vocabulary::Lang;

pub(crate) async fn privacy(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(render(place, site.settings()))
}

pub(super) fn render(place: Place, settings: &Settings) -> Markup {
    let lang = place.lang;
    let title = lang.pick("Trang này biết gì về bạn?", "What does this page know about you?");
    let intro = lang.pick("Không gì cả. Và bạn tự xem được.", "Nothing. And you can see it for yourself.");
    let text = html! {
        (here_now(lang))
        h2 { (lang.pick("Tự kiểm chứng", "See for yourself")) }
        ol {
            li { (lang.pick(
                "Mở trang kiểm tra, đợi dòng “Đọc ngay trên máy bạn”. Rồi tắt Wi-Fi và dữ liệu di động. Dán một tin nhắn và bấm Kiểm tra: vẫn có kết quả, vì không có gì phải gửi đi.",
                "Open the check and wait for “Read on your device”. Then switch off Wi-Fi and mobile data. Paste a message and press Check: it answers, because nothing has to be sent.",
            )) }
            li { (lang.pick(
                "Trên máy tính: bấm F12, chọn Network (Mạng), rồi kiểm tra một tin nhắn. Danh sách không thêm dòng nào.",
                "On a computer: press F12, choose Network, then check a message. The list gets no new line.",
            )) }
            li { (lang.pick(
                "Trong F12, chọn Application (Ứng dụng): không cookie, không dữ liệu lưu.",
                "In F12, choose Application: no cookies, no stored data.",
            )) }
        }
        h2 { (lang.pick("Trang nhớ gì trong máy bạn", "What is remembered on your device")) }
        p { (lang.pick(
            "Không gì, trừ khi bạn bật: “Dùng không cần mạng” giữ các trang; “Nhớ trên máy này” ở trang Học giữ tên bài đã xong và câu cần gặp lại. Không chữ nào bạn viết. Tắt ở đó, hoặc gỡ hết ở trang Xoá dấu vết.",
            "Nothing, unless you switch it on: “Use without network” keeps pages; “Remember on this device” on Learn keeps which lessons are done and which questions come again. No word you wrote. Switch it off there, or remove all of it on Remove traces.",
        )) }
        h2 { (lang.pick("Máy chủ thấy gì", "What the server sees")) }
        ul {
            li { (lang.pick(
                "Như mọi trang web: địa chỉ mạng của bạn lúc kết nối. Nó không được ghi vào nhật ký.",
                "As with every website: your network address while you are connected. It isn't written to any log.",
            )) }
            li { (lang.pick(
                "Nó đếm số lượt theo loại trang và thời gian trả lời, không biết ai.",
                "It counts visits by kind of page and the time to answer, not who.",
            )) }
        }
        h2 { (lang.pick("Khi nào chữ của bạn lên máy chủ", "When your words go to the server")) }
        p { (lang.pick(
            "Chỉ trong ba trường hợp sau, và chỉ khi bạn bấm “Gửi lên máy chủ để kiểm tra”:",
            "Only in these three cases, and only when you press “Send to the server to check”:",
        )) }
        ul {
            li { (lang.pick("JavaScript đang tắt trong trình duyệt;", "JavaScript is off in the browser;")) }
            li { (lang.pick("trình duyệt quá cũ để tự đọc;", "the browser is too old to read by itself;")) }
            li { (lang.pick("bộ đọc chưa tải được về máy, chẳng hạn vì mạng yếu.", "the reader could not be loaded, on a weak network for instance.")) }
        }
        p { (lang.pick(
            "Khi đó chữ đi qua bộ nhớ của máy chủ rồi mất: không lưu, không ghi nhật ký. Trang nói rõ trước khi bạn bấm. Nhưng chính trình duyệt (Chrome, Edge, Cốc Cốc) có thể giữ chữ đã gửi trong tệp khôi phục thẻ của nó.",
            "They then pass through the server's memory and are gone: not stored, not logged. The page says so before you press. But the browser itself (Chrome, Edge, Cốc Cốc) may keep what was sent in the files from which it restores its tabs.",
        )) " " a href=(format!("{}#sent", place.href(Page::Traces))) { (lang.pick("Cách xoá", "How to remove it")) } "." }
        p { (lang.pick(
            "Kể cho nơi giúp mà không có JavaScript thì từng trang bạn gửi được niêm ngay trong bộ nhớ máy chủ; một cookie tạm giữ chìa khoá, đóng trình duyệt là mất.",
            "Telling the helpers without JavaScript, each page that you post is sealed at once in the server's memory; a passing cookie holds the key and is gone when you close the browser.",
        )) }
        p { (lang.pick(
            "Ngoài ra, trang API dành cho lập trình viên luôn gửi lên máy chủ, và nói rõ như vậy. Tin được chia sẻ từ ứng dụng khác mà lỡ tới máy chủ thì bị bỏ đi, không ai đọc.",
            "Besides, the page for developers (API) always sends to the server, and says so. What another app shares and still reaches the server is thrown away unread.",
        )) }
        @if let Some(days) = settings.backup_days {
            h2 #backups { (lang.pick("Bản sao lưu", "Backups")) }
            p { (lang.pick(
                "Để không mất tin bạn đã gửi khi máy hỏng, chúng tôi giữ bản sao lưu. Bản sao cũng được niêm kín như bản chính.",
                "So that no report is lost when a machine breaks, we keep backups. They are sealed like what you sent.",
            )) }
            p { (match lang {
                Lang::Vi => format!("Mỗi bản sao lưu sống nhiều nhất {days} ngày: cũ hơn thì bị xoá, ngay khi đã có bản mới. Những gì bạn đã xoá không trở lại từ bản sao lưu."),
                Lang::En => format!("Backups live at most {days} days: an older one is deleted as soon as there is a newer one. What you erased doesn't come back from a backup."),
            }) }
        }
        h2 { (lang.pick("Điều chúng tôi không che được", "What we can't hide")) }
        ul {
            li { (lang.pick(
                "Lịch sử trình duyệt vẫn ghi là bạn đã mở trang này.",
                "Your browser's history still says that you opened this page.",
            )) " " a href=(place.href(Page::Traces)) { (lang.pick("Cách xoá", "How to remove it")) } }
            li { (lang.pick(
                "Phần mềm theo dõi cài lén trong máy, hay người nhìn qua vai bạn.",
                "Spyware on the device, or someone looking over your shoulder.",
            )) }
            li { (lang.pick(
                "Nhà mạng hay Wi-Fi của trường, chỗ làm thấy tên trang này, không thấy nội dung.",
                "Your provider, or the Wi-Fi of a school or office, sees this site's name, not the content.",
            )) }
        }
        h2 #same-program { (lang.pick("Có đúng là chương trình này không?", "Is it really this program?")) }
        p { (lang.pick(
            "Mỗi tệp mà trang này gửi để chạy trong trình duyệt của bạn có một mã kiểm. Ai cũng có thể dựng lại chương trình từ mã nguồn rồi so: cùng mã nguồn thì ra đúng các mã này. Khác một chữ số là có tệp khác. Bạn không phải tự làm: chỉ cần một người rành máy tính so là biết cho mọi người.",
            "Each file that this page sends to run in your browser has a checksum. Anyone can build the program from its source and compare: the same source gives these same checksums. One digit that differs means that a file differs. You don't have to do it yourself: one person who knows computers can find out for everybody.",
        )) }
        p { (lang.pick("Mã chung của các tệp trên máy chủ này", "One checksum over all files of this server")) ": "
            code #assets-total .checksum { (assets::total()) } " · "
            a href=(assets::SUMS) { (lang.pick("danh sách từng tệp", "the list of files")) } }
        h2 { (lang.pick("Ai vận hành", "Who runs this")) }
        (about::operator(place, settings))
    };
    Frame { place, settings, page: Some(Page::Privacy), title, styles: &[] }.article(intro, &text)
}

/// What her own browser says of it.
fn here_now(lang: Lang) -> Markup {
    html! {
        section #here-now .card .needs-script aria-labelledby="here-heading" {
            h2 #here-heading { (lang.pick("Ngay lúc này, trong trình duyệt của bạn", "Right now, in your browser")) }
            dl .facts {
                div { dt { "Cookie" } dd #fact-cookies { "…" } }
                div { dt { (lang.pick("Dữ liệu trang này lưu lại", "Data that this page keeps")) } dd #fact-storage { "…" } }
                div { dt { (lang.pick("Phần dùng không cần mạng", "Use without network")) }
                    dd #fact-offline data-on=(lang.pick("đang bật, do bạn chọn", "on, by your choice")) data-off=(lang.pick("không bật", "off")) { "…" } }
                div { dt { (lang.pick("Yêu cầu gửi đi khi kiểm tra", "Requests sent by a check")) } dd { "0" } }
            }
        }
    }
}
