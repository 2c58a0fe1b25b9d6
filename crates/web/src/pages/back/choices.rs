//! What she may still decide. Each folds open, says what it does and what it can't, and asks once more where it can't be
//! taken back.

use crate::{
    Place,
    pages::ask::{card_template, receipt_words},
};
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn choices(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        h2 .choices-heading { (lang.pick("Bạn quyết định", "You decide")) }
        (allow(lang))
        (withdraw(lang))
        (package(place))
        (contact(lang))
        (replace(lang))
        (close(lang))
        (erase(lang))
    }
}

fn choice(id: &str, name: &str, body: &Markup) -> Markup {
    html! { details id=(id) .sheet .decide { summary { (name) } (body) } }
}

fn allow(lang: Lang) -> Markup {
    choice(
        "allow",
        lang.pick("Cho thêm một nơi đọc", "Let another one read"),
        &html! {
            p { (lang.pick("Nơi đó đọc được tất cả từ đầu tới giờ, và những gì bạn viết sau này.", "It can read everything so far, and what you write from now on.")) }
            ul #organisations .org-list data-none=(lang.pick("Không còn nơi nào khác.", "There is no other one.")) {}
            (card_template(lang))
            p .actions { button #allow-go .button .primary type="button" hidden { (lang.pick("Cho đọc", "Let it read")) } }
        },
    )
}

fn withdraw(lang: Lang) -> Markup {
    choice(
        "withdraw",
        lang.pick("Thôi cho một nơi đọc", "Shut one out"),
        &html! {
            p { (lang.pick("Từ lúc đó nơi ấy không mở được nữa, và tin báo đi tiếp với chìa khoá mới. Điều họ đã đọc thì không lấy lại được.", "From then on it can open nothing, and your report goes on under a fresh key. What it has read can't be taken back.")) }
            ul #withdraw-list .withdraw-list
                data-button=(lang.pick("Thôi cho đọc", "Shut out"))
                data-sure=(lang.pick("Chắc chắn: thôi cho {name} đọc", "Yes, shut out {name}"))
                data-none=(lang.pick("Hiện không nơi nào được đọc.", "Nobody is let in at present.")) {}
        },
    )
}

/// Chosen entries as an evidence package, made in her browser.
fn package(place: Place) -> Markup {
    let lang = place.lang;
    choice(
        "package",
        lang.pick("Lấy gói bằng chứng", "Make an evidence package"),
        &html! {
            p { (lang.pick(
                "Để đưa công an, toà hay luật sư. Máy bạn đóng gói các mục bạn chọn, kèm chữ ký và giờ của máy chủ, và ai đã mở gì.",
                "For police, a court or a lawyer. Your device packs the entries you choose, with the server's signature and time, and who opened what.",
            )) }
            p .fine { (lang.pick(
                "Tệp bạn đã gửi không tải ngược về được; gói có tên và mã của chúng. Hãy giữ bản gốc trong máy, hoặc gom riêng ở trang:",
                "Files that you sent can't be fetched back; the package has their names and codes. Keep the originals, or pack them on the page:",
            )) " " a href=(place.href(crate::Page::Evidence)) { (crate::Page::Evidence.name(lang)) } }
            fieldset .choices { legend { (lang.pick("Những mục nào?", "Which entries?")) } div #package-entries .tiles {} }
            div .field {
                label for="package-words" { (lang.pick("Cụm mật khẩu để khoá gói; hãy ghi lại", "Passphrase that locks the package; write it down")) }
                input #package-words type="text" maxlength="200" autocomplete="off" autocorrect="off" autocapitalize="none" spellcheck="false" translate="no";
            }
            label .tile .alone { input #package-open type="checkbox"; span { (lang.pick("Không khoá (ai có tệp cũng đọc được)", "Don't lock it (whoever has the file can read it)")) } }
            p .actions { button #package-go .button .primary type="button" { (lang.pick("Tạo gói", "Make the package")) } }
            p #package-status role="status"
                data-short=(lang.pick("Cụm mật khẩu cần ít nhất 12 chữ cái.", "The passphrase needs at least 12 letters."))
                data-nothing=(lang.pick("Hãy chọn ít nhất một mục.", "Choose at least one entry."))
                data-working=(lang.pick("Máy bạn đang đóng gói…", "Your device is packing…"))
                data-stamping=(lang.pick("Đang chờ dấu thời gian của một nơi bên ngoài…", "Waiting for the time-stamp of an outside authority…"))
                data-failed=(lang.pick("Chưa làm được. Hãy thử lại.", "It didn't work. Please try again."))
                data-done=(lang.pick("Xong: {name}", "Done: {name}"))
                data-sent=(lang.pick("gửi vào tin báo", "sent it into the report"))
                data-device=(lang.pick("thiết bị của người báo", "device of the person who reported"))
                data-package=(lang.pick("gói này", "this package"))
                data-what=(lang.pick("mở niêm và đóng gói các mục đã chọn", "opened the seals and packed the chosen entries")) {}
            p #package-done .actions hidden { a #package-save .button .primary download { (lang.pick("Tải gói về", "Download the package")) } }
        },
    )
}

fn contact(lang: Lang) -> Markup {
    let field = |id: &str, name: &str, hint: &str| {
        html! { div .field { label for=(id) { (name) } span .fine id=(format!("{id}-hint")) { (hint) }
        textarea #(id) .line-box rows="2" aria-describedby=(format!("{id}-hint")) autocomplete="off" autocorrect="off" spellcheck="false" writingsuggestions="false" data-gramm="false" translate="no" maxlength="4000" {} } }
    };
    choice(
        "contact",
        lang.pick("Cách liên hệ không gây hại cho bạn", "How to reach you without harm"),
        &html! {
            p { (lang.pick("Không bắt buộc. Không ghi gì thì họ chỉ trả lời tại đây.", "Not needed. Without it they answer only here.")) }
            (field("contact-how", lang.pick("Bằng cách nào", "How"), lang.pick("Ví dụ: gọi số …, nhắn cho chị tôi số …", "For example: call …, text my sister at …")))
            (field("contact-when", lang.pick("Lúc nào", "When"), lang.pick("Ví dụ: giờ ra chơi, sau 20 giờ", "For example: at school breaks, after 8 pm")))
            (field("contact-never", lang.pick("Đừng bao giờ", "Never"), lang.pick("Ví dụ: đừng gọi vào số nhà, đừng gửi thư", "For example: never call at home, send no letters")))
            p .actions { button #contact-go .button .primary type="button" { (lang.pick("Niêm và gửi", "Seal and send")) } }
        },
    )
}

fn replace(lang: Lang) -> Markup {
    choice(
        "replace",
        lang.pick("Đổi mười từ", "Replace the ten words"),
        &html! {
            p { (lang.pick("Nếu có người biết mười từ của bạn. Mười từ cũ hết hiệu lực ngay khi bạn bấm.", "If somebody knows your words. The old ones stop working as soon as you press.")) }
            p .actions { button #replace-go .button .primary type="button" { (lang.pick("Đổi sang mười từ mới", "Make new words")) } }
            div #new-words hidden {
                h3 tabindex="-1" { (lang.pick("Mười từ mới của bạn", "Your new ten words")) }
                (receipt_words(lang, &[]))
                p { (lang.pick("Ghi lại ngay bây giờ. Mười từ cũ không mở được nữa.", "Write them down now. The old ones open nothing any more.")) }
                p .actions { button #print-card .button .quiet type="button" { (lang.pick("In thành tờ giấy đi chợ", "Print as a shopping list")) } }
            }
        },
    )
}

fn close(lang: Lang) -> Markup {
    choice(
        "close",
        lang.pick("Đóng tin báo", "Close the report"),
        &html! {
            p { (lang.pick("Cho nơi giúp biết chuyện đã ổn hoặc bạn không cần nữa. Không xoá gì, và mở lại được.", "Tells the helpers that it is over, or that you need nothing more. Nothing is erased, and you can open it again.")) }
            p .actions { button #close-go .button .primary type="button"
                data-close=(lang.pick("Đóng", "Close it")) data-open=(lang.pick("Mở lại", "Open it again")) {} }
        },
    )
}

fn erase(lang: Lang) -> Markup {
    choice(
        "erase",
        lang.pick("Xoá tất cả", "Erase everything"),
        &html! {
            p { (lang.pick("Tin báo ẩn khỏi mười từ này ngay lập tức. Sau 7 ngày, chìa khoá bị huỷ và không ai mở được nữa. Trong 7 ngày đó, ai có mười từ dừng việc xoá lại được. Nơi giúp được báo; họ giữ lại những gì luật bắt giữ.", "It is hidden from these words at once. After 7 days its keys are destroyed and nobody can open it. Within the 7 days whoever has the words can stop it. The helpers are told; they keep what the law makes them keep.")) }
            p .actions { button #erase-go .button .primary type="button"
                data-first=(lang.pick("Xoá tất cả", "Erase everything")) data-sure=(lang.pick("Chắc chắn xoá", "Yes, erase it")) { (lang.pick("Xoá tất cả", "Erase everything")) } }
        },
    )
}
