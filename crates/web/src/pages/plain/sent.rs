//! Waiting, and after sending: the receipt, asked back once, and what comes next.

use super::{Here, notes, path};
use crate::{Page, pages::ask::receipt_words, plain::Sent};
use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use maud::{Markup, html};
use seal::Receipt;
use vocabulary::Lang;

/// The page that asks again by itself.
pub(super) fn waiting(here: &Here, seconds: i64) -> Response {
    let lang = here.place.lang;
    let main = html! {
        section .step {
            h1 .page-title { (lang.pick("Xin chờ một chút", "Please wait a little")) }
            p .lead role="status" { (lang.pick(
                "Tin báo của bạn đang chờ tới lượt được niêm và gửi. Trang này tự tải lại; đừng đóng cho tới khi thấy mười từ.",
                "Your report waits its turn to be sealed and sent. This page loads again by itself; keep it open until you see the ten words.",
            )) }
            p .fine { (lang.pick(
                "Mỗi tin báo chờ vài giây, để không ai gửi được hàng loạt. Khi nhiều người kể cùng lúc thì lâu hơn một chút.",
                "Every report waits some seconds, so that nobody can flood the helpers; a little longer when many tell at once.",
            )) }
            p .actions { a .button .quiet href=(here.path(Page::Ask)) { (lang.pick("Tải lại ngay", "Load again now")) } }
        }
        (notes::passing_through(lang))
    };
    let mut response = here.page(Page::Ask, &main, false);
    // As a header and not in the page: it works in every browser without scripts.
    let seconds = HeaderValue::from(seconds.clamp(1, 60));
    response.headers_mut().insert(header::REFRESH, seconds.clone());
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
    response
}

pub(super) fn draw(here: &Here, kept: &Sent) -> Response {
    let lang = here.place.lang;
    let Ok(receipt) = Receipt::parse(kept.receipt.text()) else { return here.again(Page::Ask) };
    let words = receipt.words(lang);
    let main = html! {
        form #plain .ask .posted method="post" action=(here.path(Page::Ask)) autocomplete="off" {
            @match kept.asked {
                None => (shown(lang, &words)),
                Some(asked) => (asked_back(lang, asked, kept.wrong)),
            }
            (notes::passing_through(lang))
        }
    };
    here.page(Page::Ask, &main, true)
}

fn shown(lang: Lang, words: &[&str]) -> Markup {
    html! {
        section .step aria-labelledby="heading" {
            h2 #heading { (lang.pick("Đã gửi. Đây là mười từ của bạn", "Sent. Here are your ten words")) }
            p .lead { (lang.pick(
                "Viết ra giấy hoặc học thuộc. Đây là cách duy nhất để quay lại; không ai giữ hộ và không tìm lại được.",
                "Write them down or learn them. They are the only way back; nobody keeps them for you and they can't be found again.",
            )) }
            (receipt_words(lang, words))
            p .fine { (lang.pick("Viết tay là tốt nhất. Đừng chụp màn hình nếu có người xem ảnh trong máy bạn.", "Writing by hand is best. Take no screenshot if somebody looks at the pictures on your phone.")) }
        }
        div .ask-nav .posted-nav { button .button .primary type="submit" name="go" value="kept" { (lang.pick("Tôi đã ghi lại", "I have written them down")) } }
    }
}

fn asked_back(lang: Lang, asked: [usize; 2], wrong: bool) -> Markup {
    html! {
        section .step aria-labelledby="heading" {
            h2 #heading { (lang.pick("Bạn đã ghi lại chưa?", "Did you write them down?")) }
            p .lead { (lang.pick("Nhìn vào chỗ bạn đã ghi, gõ lại hai từ. Không dấu cũng được.", "Look at what you wrote and type two of the words.")) }
            @if wrong { p .note role="alert" { (lang.pick("Chưa khớp. Hãy xem lại mười từ rồi sửa chỗ bạn ghi.", "They don't match yet. Look at the ten words again and mend what you wrote.")) } }
            div .two-fields { @for (name, place) in ["word-1", "word-2"].into_iter().zip(asked) {
                div .field { label for=(name) { (lang.pick("Từ số ", "Word ")) (place + 1) }
                    input #(name) name=(name) type="text" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" translate="no" maxlength="40"; }
            } }
        }
        div .ask-nav .posted-nav {
            button .button .primary type="submit" name="go" value="check" { (lang.pick("Tiếp", "Next")) }
            button .button .quiet type="submit" name="go" value="see" { (lang.pick("Xem lại mười từ", "See the ten words again")) }
        }
    }
}

/// Whether both words are right, marks and capitals forgiven: put in the place of the right ones they still make the
/// receipt.
pub(super) fn right(kept: &Sent, asked: [usize; 2], typed: [&str; 2], lang: Lang) -> bool {
    let Ok(receipt) = Receipt::parse(kept.receipt.text()) else { return false };
    let mut words = receipt.words(lang).map(str::to_owned);
    for (place, word) in asked.into_iter().zip(typed) {
        word.clone_into(&mut words[place]);
    }
    let text = zeroize::Zeroizing::new(words.join(" "));
    Receipt::parse(&text).is_ok_and(|again| again == receipt)
}

pub(super) fn done(here: &Here, kept: &Sent) -> Response {
    let (place, lang) = (here.place, here.place.lang);
    let hours = kept.answer_within / 3600;
    let answer_by = match (hours < 48, lang) {
        (true, Lang::Vi) => format!("Họ nên trả lời trong {hours} giờ."),
        (true, Lang::En) => format!("They should answer within {hours} hours."),
        (false, Lang::Vi) => format!("Họ nên trả lời trong {} ngày.", hours / 24),
        (false, Lang::En) => format!("They should answer within {} days.", hours / 24),
    };
    let main = html! {
        section #done .step {
            h1 .page-title { (lang.pick("Cảm ơn bạn đã kể", "Thank you for telling")) }
            p .lead { (lang.pick("Bạn đã làm một việc khó. Nơi bạn chọn sẽ đọc và trả lời bạn ở trang “Đọc trả lời”.", "You did something hard. Those you chose will read it and answer you on the page “Come back”.")) }
            p .note { (answer_by) }
            p { (lang.pick("Máy chủ đã quên mọi thứ bạn nhập; chỉ còn bản đã niêm.", "The server has forgotten everything you typed; only the sealed report is left.")) }
            p .actions { a .button .primary href=(path(place, Page::Back)) { (Page::Back.name(lang)) } }
            p { a href=(place.href(Page::Traces)) { (Page::Traces.name(lang)) } }
        }
    };
    here.page(Page::Ask, &main, false)
}
