//! What a page says before anything else.

use crate::{pages::ask::parts::calls, plain::Say};
use maud::{Markup, html};
use vocabulary::Lang;

/// On every page: where her words go.
pub(super) fn passing_through(lang: Lang) -> Markup {
    html! { p .server-note { (lang.pick(
        "Trình duyệt này không tự niêm kín được. Lời bạn đi tới máy chủ; máy chủ niêm ngay trong bộ nhớ và không giữ chìa khoá.",
        "This browser can't seal by itself. Your words go to the server, which seals them at once in its memory and doesn't keep the key.",
    )) } }
}

/// One thing that just happened.
pub(super) fn said(lang: Lang, say: Say) -> Markup {
    let line = match say {
        Say::CallFirst => {
            let line = lang.pick("Điều này gấp. Hãy gọi trước đã", "This is urgent. Please call first");
            return calls("call-first", lang, &line, false);
        }
        Say::ClosedNow => {
            let line = lang.pick(
                "Nơi bạn chọn đang đóng cửa. Đang nguy hiểm thì gọi ngay",
                "Those you chose are closed now. In danger, call",
            );
            return calls("closed-calls", lang, &line, false);
        }
        Say::ChooseOne => lang.pick(
            "Hãy chọn ít nhất một nơi, vì nếu không thì chẳng ai đọc được.",
            "Please choose at least one, or nobody could read it.",
        ),
        Say::NoFile => lang.pick(
            "Bạn chưa chọn tệp nào, hoặc tệp trống. Hãy chọn rồi bấm Thêm.",
            "No file was chosen, or it is empty. Choose one, then press Add.",
        ),
        Say::FileTooLarge => lang.pick(
            "Tệp này lớn hơn 50 MB nên không nhận được bằng cách này. Hãy gửi phần quan trọng nhất, hoặc dùng trình duyệt có JavaScript.",
            "This file has more than 50 MB and can't be taken this way. Send the most important part, or use a browser with JavaScript.",
        ),
        Say::TooManyFiles => lang.pick(
            "Tin báo này đã đủ tệp. Khi có người mở đọc, bạn gửi thêm được.",
            "This report has all the files that it may have. Once somebody has opened it, you can add more.",
        ),
        Say::FileBroken => lang.pick(
            "Tệp chưa tới được trọn vẹn. Không mất gì khác; hãy thử lại.",
            "The file did not arrive whole. Nothing else is lost; please try again.",
        ),
        Say::FilesBusy => lang.pick(
            "Nhiều người đang gửi tệp. Hãy thử lại sau một phút.",
            "Many people are sending files. Please try again in a minute.",
        ),
        Say::NotKept => lang.pick(
            "Máy chủ chưa lưu được, nên chưa nhận. Không mất gì cả; hãy thử lại sau ít phút.",
            "The server could not keep it, so it was not taken. Nothing is lost; please try again in some minutes.",
        ),
        Say::TooLong => lang.pick(
            "Dài quá nên máy chủ chưa giữ được trang này. Hãy bớt lại, hoặc gửi phần sau khi quay lại.",
            "This is too long to be kept. Shorten it, or send the rest when you come back.",
        ),
        Say::Full => lang.pick(
            "Rất nhiều người đang kể cùng lúc, máy chủ chưa giữ thêm được. Hãy để trang này mở và bấm lại sau vài phút. Đang nguy hiểm thì gọi 113, 115 hoặc 111.",
            "Very many people are telling at the same time, and the server can't keep more. Leave this page open and press again in some minutes. In danger, call 113, 115 or 111.",
        ),
        Say::Gone => lang.pick(
            "Những gì bạn nhập trước đó không còn: đã quá lâu, máy chủ vừa khởi động lại, hoặc trình duyệt không nhận cookie. Trang này thì vẫn còn.",
            "What you entered before is gone: it took too long, the server was started anew, or the browser refuses cookies. This page is still here.",
        ),
        Say::Done => lang.pick("Đã xong.", "Done."),
        Say::Sent => lang.pick("Đã niêm và gửi.", "Sealed and sent."),
        Say::Stale => lang.pick(
            "Có thay đổi từ một máy khác. Trang này là bản mới, hãy thử lần nữa.",
            "Something changed from another device. This page is new; please try once more.",
        ),
    };
    html! { p .note role="alert" { (line) } }
}
