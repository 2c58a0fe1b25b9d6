//! Where a lesson is done: an empty frame and every word that the script puts into it.

use super::{remember, steps::kind_names};
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn live(lang: Lang, back: &Markup) -> Markup {
    html! {
        section #live .live .needs-script hidden aria-labelledby="step-heading"
            data-of=(lang.pick("Bước {n} trên {of}", "Step {n} of {of}"))
            data-kinds=(kind_names(lang))
            data-next=(lang.pick("Tiếp", "Next"))
            data-skip=(lang.pick("Bỏ qua", "Skip"))
            data-finish=(lang.pick("Xong", "Finish"))
            data-look=(lang.pick("Xem đúng chưa", "See how it went"))
            data-send=(lang.pick("Gửi", "Send"))
            data-right=(lang.pick("Trúng rồi.", "That's it."))
            data-partly=(lang.pick("Gần hết rồi.", "Nearly all of it."))
            data-not-yet=(lang.pick("Chưa trúng, không sao. Đọc lời giải thích nhé.", "Not this time, and that's fine. Read why."))
            data-good=(lang.pick("Có ích", "This helps"))
            data-bad=(lang.pick("Chưa ổn", "Not quite"))
            data-tap=(lang.pick("Chạm vào những chỗ đáng ngờ.", "Tap whatever gives it away."))
            data-missed=(lang.pick("còn sót", "not tapped"))
            data-order=(lang.pick("Chạm theo thứ tự bạn sẽ làm. Chạm lần nữa để bỏ ra.", "Tap them in the order in which you would do them. Tap again to take one back."))
            data-good-order=(lang.pick("Một thứ tự tốt", "A good order"))
            data-on=(lang.pick("Bật", "On"))
            data-off=(lang.pick("Tắt", "Off"))
            data-hers=(lang.pick("Chỉ bạn biết. Không có chỗ để gõ, và không gì được lưu.", "Only you know. There is nowhere to type, and nothing is kept."))
            data-own=(lang.pick("Hoặc tự viết", "Or write it yourself"))
            data-stays=(lang.pick("Máy bạn tự đọc; chữ này không gửi đi, không lưu lại.", "Your own device reads it; it is sent nowhere and not kept."))
            data-reading=(lang.pick("Máy bạn đang đọc…", "Your device is reading…"))
            data-loading=(lang.pick("Đang tải bộ đọc về máy… {n}%", "Loading the reader… {n}%"))
            data-empty=(lang.pick("Bạn chưa viết gì.", "Nothing is written yet."))
            data-you=(lang.pick("Bạn", "You"))
            data-what=(lang.pick("Bạn làm gì?", "What do you do?"))
            data-rewind=(lang.pick("Tua lại một bước", "Rewind a step"))
            data-restart=(lang.pick("Chơi lại từ đầu", "From the start again"))
            data-endings=(endings(lang))
            data-points=(lang.pick("{n} trên {of} điểm ở lần đầu", "{n} of {of} points at the first try"))
            data-missed-all=(lang.pick("Mấy bước lần đầu chưa trúng. Làm lại thử nhé:", "Steps that went wrong at first. Try them again:"))
            data-redo=(lang.pick("Bước {n}: {kind}", "Step {n}: {kind}")) {
            div #live-head .live-head {
                progress #live-progress value="0" max="1" aria-labelledby="live-place" {}
                div .live-line {
                    p #live-place .fine {}
                    button #live-read .link .fine type="button" hidden data-stop=(lang.pick("Thôi đọc", "Stop reading")) { (lang.pick("Đọc to bước này", "Read this step aloud")) }
                }
            }
            div #step .sheet {}
            p #step-said .visually-hidden role="status" {}
            div #live-ways .live-ways {
                button #step-back .button .quiet type="button" { (lang.pick("Lùi lại", "Back")) }
                button #step-next .button .primary type="button" {}
            }
            (end(lang, back))
        }
    }
}

fn endings(lang: Lang) -> String {
    let named = learn::Ending::ALL.iter().map(|ending| format!("{ending}={}", ending.name(lang)));
    named.collect::<Vec<_>>().join(";")
}

/// What comes behind the last step.
fn end(lang: Lang, back: &Markup) -> Markup {
    html! {
        template #end-template {
            div .end {
                h2 #step-heading tabindex="-1" { (lang.pick("Bạn làm xong rồi", "You have done it")) }
                p #end-points .end-points {}
                div #end-missed hidden { p {} ul .redo {} }
                (remember(lang))
                section .certificate-part {
                    article #certificate .leaf .certificate {
                        p .eyebrow { "Hải Đăng" }
                        h3 { (lang.pick("Giấy chứng nhận", "Certificate")) }
                        p { (lang.pick("Người cầm tờ giấy này đã tự mình làm xong", "Whoever holds this has done, all by themselves")) }
                        p .certificate-title {}
                        p .certificate-aim {}
                        p .fine { (lang.pick("Không ghi tên: điều đã học là của bạn, không cần ai biết.", "No name stands here: what you learned is yours, and nobody needs to know.")) }
                    }
                    p .actions { button .button .quiet type="button" data-print="certificate" { (lang.pick("In giấy chứng nhận", "Print the certificate")) } }
                }
                p .actions { button #end-again .button .quiet type="button" { (lang.pick("Làm lại từ đầu", "Do it all again")) } " " (back) }
            }
        }
    }
}
