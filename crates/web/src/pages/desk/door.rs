//! Coming in: signing in, taking an invitation up, the recovery shares.

use casework::Organisation;
use maud::{Markup, html};
use vocabulary::Lang;

/// A field with its label and, if there is one, a line below that a screen reader reads along.
struct Field<'a> {
    id: &'a str,
    label: &'a str,
    hint: &'a str,
    kind: &'a str,
    complete: &'a str,
}

impl Field<'_> {
    fn draw(&self) -> Markup {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        html! {
            div .field {
                label for=(self.id) { (self.label) }
                input id=(self.id) type=(self.kind) autocomplete=(self.complete) required
                    aria-describedby=[hint.as_deref()] autocapitalize="none" spellcheck="false";
                @if let Some(hint) = hint { p .fine id=(hint) { (self.hint) } }
            }
        }
    }
}

fn code_field(lang: Lang, id: &str) -> Markup {
    html! {
        div .field {
            label for=(id) { (lang.pick("Mã 6 số trong ứng dụng tạo mã", "6-digit code of your code app")) }
            input id=(id) .code-input inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" maxlength="7" required;
        }
    }
}

/// The form that everybody meets first.
pub(super) fn sign_in(
    lang: Lang,
    organisations: &[Organisation],
    has_provider: impl Fn(&str) -> bool,
    invited: bool,
) -> Markup {
    let name =
        Field {
            id: "name", label: lang.pick("Tên đăng nhập", "Name"), hint: "", kind: "text", complete: "username"
        };
    let passphrase = Field {
        id: "passphrase",
        label: lang.pick("Mật khẩu", "Passphrase"),
        hint: "",
        kind: "password",
        complete: "current-password",
    };
    html! {
        section #view-sign-in .view .door hidden[invited] aria-labelledby="sign-in-heading" {
            h1 #sign-in-heading tabindex="-1" { (lang.pick("Vào bàn tiếp nhận", "Sign in to the desk")) }
            form #sign-in-form .sheet {
                div .field {
                    label for="organisation" { (lang.pick("Tổ chức", "Organisation")) }
                    select id="organisation" required {
                        @for organisation in organisations { option value=(organisation.id) data-account[has_provider(&organisation.id)] { (organisation.name.get(lang)) } }
                    }
                }
                p #account-way hidden { button #account-start .button .quiet type="button" { (lang.pick("Dùng tài khoản của tổ chức", "Use your organisation's account")) } }
                (name.draw())
                p .passkey-way { button #passkey-sign-in .button .quiet type="button" { (lang.pick("Dùng khoá đăng nhập (passkey)", "Use a passkey")) } }
                p .or { span { (lang.pick("hoặc", "or")) } }
                (passphrase.draw())
                (code_field(lang, "code"))
                p #sign-in-error .form-error role="alert" hidden {}
                button .button .primary { (lang.pick("Vào", "Sign in")) }
            }
            p .fine { (lang.pick(
                "Khoá mở báo cáo chỉ nằm trong trình duyệt này, chừng nào trang còn mở. Tải lại trang thì phải vào lại.",
                "The keys that open reports live in this browser only, while the page is open. After a reload you sign in again.",
            )) }
            details .fine { summary { (lang.pick("Quên mật khẩu, mất máy tạo mã?", "Forgot the passphrase, lost the code app?")) }
                p { (lang.pick(
                    "Xin quản trị của tổ chức (hoặc người vận hành máy chủ) chấm dứt tài khoản cũ và mời lại bạn. Khi vào bằng lời mời mới, đồng nghiệp mở cửa cho bạn, hoặc bạn nhập hai mảnh khoá dự phòng.",
                    "Ask your organisation's administrator (or whoever runs the server) to end your old account and to invite you again. When you take the new invitation up, a colleague opens the door for you, or you enter two recovery shares.",
                )) }
            }
        }
    }
}

/// Signed in by the organisation's own provider: her keys are still shut.
pub(super) fn account(lang: Lang) -> Markup {
    let passphrase = Field {
        id: "account-passphrase",
        label: lang.pick("Mật khẩu của bạn ở đây", "Your passphrase here"),
        hint: lang.pick(
            "Không phải mật khẩu của tài khoản tổ chức. Nó mở khoá của riêng bạn, ngay trong trình duyệt này.",
            "Not that of your organisation's account. It opens your own keys, in this very browser.",
        ),
        kind: "password",
        complete: "current-password",
    };
    html! {
        section #view-account .view .door hidden aria-labelledby="account-heading" {
            h1 #account-heading tabindex="-1" { (lang.pick("Mở khoá của bạn", "Open your keys")) }
            form #account-form .sheet {
                p #account-who {}
                p #account-passkey-way { button #account-passkey .button .quiet type="button" { (lang.pick("Dùng khoá đăng nhập (passkey)", "Use a passkey")) } }
                (passphrase.draw())
                p #account-error .form-error role="alert" hidden {}
                button .button .primary { (lang.pick("Mở", "Open")) }
            }
        }
    }
}

/// Taking an invitation up.
pub(super) fn join(lang: Lang, invited: bool) -> Markup {
    let name = Field {
        id: "join-name",
        label: lang.pick("Tên đăng nhập của bạn", "The name you will sign in with"),
        hint: lang.pick(
            "Chỉ đồng nghiệp thấy. Người gửi báo cáo không bao giờ thấy tên bạn.",
            "Only colleagues see it. Who sends a report never sees your name.",
        ),
        kind: "text",
        complete: "username",
    };
    let passphrase = Field {
        id: "join-passphrase",
        label: lang.pick("Mật khẩu mới", "New passphrase"),
        hint: lang.pick(
            "Bốn, năm từ không liên quan nhau thì dễ nhớ và khó đoán. Ít nhất 14 ký tự. Máy chủ không biết mật khẩu này và không lấy lại được cho bạn.",
            "Four or five unrelated words are easy to keep and hard to guess. At least 14 signs. The server doesn't know it and can't bring it back.",
        ),
        kind: "password",
        complete: "new-password",
    };
    let again = Field {
        id: "join-again",
        label: lang.pick("Gõ lại mật khẩu", "The passphrase again"),
        hint: "",
        kind: "password",
        complete: "new-password",
    };
    html! {
        section #view-join .view .door hidden[!invited] aria-labelledby="join-heading" {
            h1 #join-heading tabindex="-1" { (lang.pick("Nhận lời mời", "Take the invitation up")) }
            p #join-bad .sheet .form-error role="alert" hidden { (lang.pick(
                "Lời mời này không dùng được: đã có người dùng, đã quá hạn, hoặc đường dẫn bị cắt cụt. Hãy xin lời mời mới.",
                "This invitation can't be used: it was used, it is out of date, or the link was cut short. Ask for a new one.",
            )) }
            form #join-form .sheet hidden {
                p #join-to .join-to {}
                p #join-founds .callout hidden { (lang.pick(
                    "Bạn là người đầu tiên. Trình duyệt của bạn sẽ tạo khoá của tổ chức, rồi in ba mảnh dự phòng. Hãy làm ở nơi yên, có máy in hoặc giấy bút; mất chừng mười phút.",
                    "You are the first. Your browser will make the organisation's key, then print three recovery shares. Do it in a quiet place with a printer or pen and paper; it takes about ten minutes.",
                )) }
                (name.draw())
                (passphrase.draw())
                div .strength { progress #strength max="4" value="0" aria-hidden="true" {} p #strength-said .fine role="status" {} }
                (again.draw())
                fieldset .totp {
                    legend { (lang.pick("Ứng dụng tạo mã (Google Authenticator, Aegis, 2FAS…)", "Code app (Google Authenticator, Aegis, 2FAS…)")) }
                    div .totp-body {
                        div #totp-qr .qr role="img" aria-label=(lang.pick("Mã QR cho ứng dụng tạo mã; khoá viết tay ở bên", "QR code for the code app; the key to type is beside")) {}
                        div {
                            p { (lang.pick("Quét hình này, hoặc gõ khoá:", "Scan this, or type the key:")) }
                            p { code #totp-secret {} }
                            (code_field(lang, "join-code"))
                        }
                    }
                }
                fieldset #join-door hidden {
                    legend { (lang.pick("Khoá của tổ chức", "The organisation's key")) }
                    label .choice { input type="radio" name="door" value="colleague" checked;
                        span { (lang.pick("Một đồng nghiệp sẽ mở cửa cho tôi", "A colleague will open the door for me")) } }
                    label .choice { input type="radio" name="door" value="shares";
                        span { (lang.pick("Tôi có hai mảnh khoá dự phòng", "I have two recovery shares")) } }
                    div #join-shares hidden {
                        (share_field("join-share-1", lang.pick("Mảnh thứ nhất", "First share")))
                        (share_field("join-share-2", lang.pick("Mảnh thứ hai", "Second share")))
                    }
                }
                p #join-error .form-error role="alert" hidden {}
                button .button .primary { (lang.pick("Tạo khoá và vào", "Make the keys and come in")) }
            }
        }
    }
}

fn share_field(id: &str, label: &str) -> Markup {
    html! {
        div .field {
            label for=(id) { (label) }
            textarea id=(id) .share-input rows="3" autocomplete="off" autocapitalize="characters" spellcheck="false" {}
        }
    }
}

/// Printed once, asked back once.
pub(super) fn shares(lang: Lang) -> Markup {
    html! {
        section #view-shares .view .door .wide hidden aria-labelledby="shares-heading" {
            h1 #shares-heading tabindex="-1" { (lang.pick("Ba mảnh khoá dự phòng", "Three recovery shares")) }
            p { (lang.pick(
                "Hai mảnh bất kỳ mở lại được mọi báo cáo của tổ chức; một mảnh thì không nói lên gì. In ra hoặc chép tay, cất ở ba nơi, do ba người giữ. Chúng chỉ hiện một lần này, không được lưu ở đâu.",
                "Any two of them open every report of the organisation again; one alone says nothing. Print them or write them down; keep them in three places, with three people. They are shown this once and stored nowhere.",
            )) }
            ol #share-list .share-list {}
            template #t-share { li .share { h2 {} p .share-letters {} p .fine .share-of {} } }
            p .actions .no-print { button #print-shares .button .quiet type="button" { (lang.pick("In ba mảnh", "Print the three")) } }
            form #shares-form .sheet .no-print {
                p #shares-ask {}
                (share_field("share-back", lang.pick("Gõ lại mảnh được hỏi", "Type the share that is asked for")))
                p #shares-error .form-error role="alert" hidden {}
                button .button .primary { (lang.pick("Đúng rồi, vào bàn", "That is it, to the desk")) }
            }
        }
    }
}
