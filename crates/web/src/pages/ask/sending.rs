//! What stands in the clear, what is sealed, and the sending.

use super::parts::step;
use crate::Place;
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn steps(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        (clear(lang))
        (send(lang))
    }
}

fn clear(lang: Lang) -> Markup {
    let facts = [
        (
            "harm",
            lang.pick("Loại chuyện", "What it is about"),
            lang.pick("để đưa tới đúng người", "so that the right people get it"),
        ),
        (
            "urgency",
            lang.pick("Gấp tới đâu", "How urgent"),
            lang.pick("để tin gấp được đọc trước", "so that urgent ones are read first"),
        ),
        (
            "age",
            lang.pick("Khoảng tuổi", "Age band"),
            lang.pick("vì trẻ em được trả lời nhanh hơn", "because children are answered sooner"),
        ),
        (
            "sex",
            lang.pick("Giới", "Sex"),
            lang.pick("để xếp người phù hợp, và để thống kê", "to find fitting staff, and to count"),
        ),
        (
            "province",
            lang.pick("Tỉnh, thành phố", "Province or city"),
            lang.pick("để tìm nơi ở gần", "to find help nearby"),
        ),
        ("language", lang.pick("Ngôn ngữ", "Language"), lang.pick("để trả lời đúng tiếng", "to answer in it")),
    ];
    step(
        "clear",
        &lang.pick("Điều gì để ngỏ, điều gì niêm kín", "What stands open, what is sealed"),
        &html! {
            p .lead { (lang.pick(
                "Máy chủ chỉ đọc được vài điều dưới đây. Bạn tắt điều nào thì điều đó cũng được niêm kín.",
                "The server can read only these few things. Switch one off, and it is sealed like the rest.",
            )) }
            ul #facts .facts-open data-none=(lang.pick("chưa nói", "not said")) {
                @for (code, name, why) in facts {
                    li { label .switch { input type="checkbox" name="open" value=(code) checked role="switch";
                        span { strong { (name) } ": " span data-fact=(code) {} small { (why) } } } }
                }
            }
            p .fine { (lang.pick(
                "Luôn để ngỏ: giờ gửi, nơi nhận, bạn kể cho mình hay cho người khác, tin đã được mở hay trả lời chưa. Kích cỡ được làm tròn.",
                "Always open: the time, who gets it, whether you tell of yourself or another, whether it was opened or answered. Sizes are rounded up.",
            )) }
            h3 { (lang.pick("Được niêm kín", "Sealed")) }
            ul #sealed-list .sealed-list
                data-story=(lang.pick("Lời kể của bạn", "Your own words"))
                data-answers=(lang.pick("Các câu trả lời ({n})", "Your answers ({n})"))
                data-findings=(lang.pick("Kết quả kiểm tra", "What the check found"))
                data-text=(lang.pick("Tin nhắn đã kiểm tra", "The message you checked"))
                data-files=(lang.pick("Tệp ({n})", "Files ({n})"))
                data-nothing=(lang.pick("Chưa có gì: bạn chưa kể hay trả lời câu nào.", "Nothing yet: you have told or answered nothing.")) {}
            h3 { (lang.pick("Gửi tới", "Goes to")) }
            ul #goes-to .sealed-list data-nobody=(lang.pick("Chưa chọn nơi nào. Hãy quay lại bước “Ai được đọc”.", "Nobody is chosen. Go back to “Who may read it”.")) {}
            p .actions { button #choose-whom .button .quiet type="button" { (lang.pick("Chọn lại nơi nhận", "Choose again who may read")) } }
        },
    )
}

fn send(lang: Lang) -> Markup {
    step(
        "send",
        &lang.pick("Đang gửi", "Sending"),
        &html! {
            p #send-line .lead role="status"
                data-keys=(lang.pick("Máy bạn đang làm chìa khoá…", "Your device is making the keys…"))
                data-work=(lang.pick("Máy bạn đang giải một bài toán nhỏ, để kẻ phá không gửi được hàng loạt…", "Your device is solving a small puzzle, so that nobody can flood the helpers…"))
                data-files=(lang.pick("Đang niêm và gửi tệp {n} trên {of}…", "Sealing and sending file {n} of {of}…"))
                data-report=(lang.pick("Đang gửi tin báo…", "Sending the report…"))
                data-waiting=(lang.pick("Mạng đang chập chờn. Không mất gì cả; máy tự gửi tiếp khi có mạng.", "The network is shaky. Nothing is lost; it goes on by itself when the network is back."))
                data-failed=(lang.pick("Chưa gửi được: {why}. Không mất gì cả, hãy thử lại.", "Not sent yet: {why}. Nothing is lost, please try again."))
                data-broken=(lang.pick("Phần niêm kín không chạy được trên trình duyệt này", "the sealing doesn't run in this browser")) {}
            progress #send-progress max="100" value="0" aria-labelledby="send-line" {}
            p .fine { (lang.pick("Đừng đóng trang cho tới khi thấy mười từ.", "Keep the page open until you see the ten words.")) }
            p .actions { button #send-again .button .primary type="button" hidden { (lang.pick("Thử lại", "Try again")) } }
        },
    )
}
