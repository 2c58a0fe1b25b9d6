//! After sending: the receipt, asked back once, and what she takes along.

use super::parts::{said, step};
use crate::{Page, Place};
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn steps(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        (receipt(lang))
        (asked_back(lang))
        (done(place))
        (card(lang))
    }
}

/// Ten words, large.
pub(in crate::pages) fn receipt_words(lang: Lang) -> Markup {
    html! { ol #receipt-words .receipt translate="no" aria-label=(lang.pick("Mười từ của bạn", "Your ten words")) {} }
}

fn receipt(lang: Lang) -> Markup {
    step(
        "receipt",
        &lang.pick("Đã gửi. Đây là mười từ của bạn", "Sent. Here are your ten words"),
        &html! {
            p .lead { (said(
                lang.pick("Viết ra giấy hoặc học thuộc. Đây là cách duy nhất để quay lại; không ai giữ hộ và không tìm lại được.", "Write them down or learn them. They are the only way back; nobody keeps them for you and they can't be found again."),
                lang.pick("Chép mười từ này ra giấy. Có chúng bạn mới quay lại đọc trả lời được.", "Copy these ten words onto paper. You need them to come back and read the answer."),
            )) }
            (receipt_words(lang))
            p .actions {
                button #print-card .button .quiet type="button" { (lang.pick("In thành tờ giấy đi chợ", "Print as a shopping list")) }
            }
            p .fine { (lang.pick("Đừng chụp màn hình nếu có người xem ảnh trong máy bạn. Tờ in trông như danh sách đi chợ, không ghi tên trang.", "Take no screenshot if somebody looks at the pictures on your phone. The printout looks like a shopping list and names no site.")) }
        },
    )
}

fn asked_back(lang: Lang) -> Markup {
    step(
        "asked-back",
        &lang.pick("Bạn đã ghi lại chưa?", "Did you write them down?"),
        &html! {
            p .lead { (lang.pick("Nhìn vào chỗ bạn đã ghi, gõ lại hai từ. Không dấu cũng được.", "Look at what you wrote and type two of the words.")) }
            div .two-fields data-label=(lang.pick("Từ số {n}", "Word {n}")) {
                @for id in ["back-1", "back-2"] {
                    div .field { label for=(id) {} input #(id) type="text" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" translate="no"; }
                }
            }
            p #asked-wrong .note hidden role="alert" { (lang.pick("Chưa khớp. Hãy xem lại mười từ rồi sửa chỗ bạn ghi.", "They don't match yet. Look at the ten words again and mend what you wrote.")) }
            p .actions { button #see-again .button .quiet type="button" { (lang.pick("Xem lại mười từ", "See the ten words again")) } }
        },
    )
}

fn done(place: Place) -> Markup {
    let lang = place.lang;
    step(
        "done",
        &lang.pick("Cảm ơn bạn đã kể", "Thank you for telling"),
        &html! {
            p .lead { (said(
                lang.pick("Bạn đã làm một việc khó. Nơi bạn chọn sẽ đọc và trả lời bạn ở trang “Đọc trả lời”.", "You did something hard. Those you chose will read it and answer you on the page “Come back”."),
                lang.pick("Bạn rất dũng cảm. Sẽ có người đọc và trả lời bạn ở trang “Đọc trả lời”.", "You are brave. Somebody will read it and answer you on the page “Come back”."),
            )) }
            p #answer-by .note
                data-hours=(lang.pick("Họ nên trả lời trong {n} giờ.", "They should answer within {n} hours."))
                data-days=(lang.pick("Họ nên trả lời trong {n} ngày.", "They should answer within {n} days.")) {}
            p .actions {
                a .button .primary href=(place.href(Page::Back)) { (Page::Back.name(lang)) }
                button #save-proof .button .quiet type="button" data-name=(lang.pick("bien-nhan.json", "proof.json")) { (lang.pick("Lưu giấy chứng nhận đã gửi", "Save a proof of filing")) }
            }
            p .fine { (lang.pick("Giấy chứng nhận chỉ có giờ và chữ ký của máy chủ, không có lời kể hay mười từ. Tệp lưu lại là một dấu vết trên máy.", "The proof holds the time and the server's signature, neither your words nor the receipt. A saved file is a trace on the device.")) }
            p { a href=(place.href(Page::Traces)) { (Page::Traces.name(lang)) } }
        },
    )
}

/// The card, drawn only on paper.
pub(in crate::pages) fn card(lang: Lang) -> Markup {
    html! {
        section #card .paper-card aria-hidden="true" {
            h2 { (lang.pick("Đi chợ", "Shopping")) }
            ol translate="no" {}
        }
    }
}
