//! Colleagues, one's own keys, one's sessions.

use maud::{Markup, html};
use vocabulary::{Lang, Role};

pub(super) fn colleagues(lang: Lang) -> Markup {
    html! {
        section #view-colleagues .view .pages hidden aria-labelledby="colleagues-heading" {
            h1 #colleagues-heading tabindex="-1" { (lang.pick("Đồng nghiệp", "Colleagues")) }
            p { (lang.pick(
                "Người mới vào bằng lời mời, rồi một người đang ở bàn mở cửa: khoá của tổ chức được niêm phong cho riêng người ấy.",
                "A new colleague joins by invitation; then somebody at the desk opens the door: the organisation's key is sealed to her alone.",
            )) }
            div #rotation .callout hidden {
                p #rotation-due hidden { (lang.pick(
                    "Có người đã thôi việc hoặc không còn được đọc, mà khoá của tổ chức chưa được thay. Hãy thay ngay: báo cáo mới sẽ được niêm phong cho khoá mới.",
                    "Somebody left, or may read no longer, and the organisation's key was not replaced. Replace it now: new reports are then sealed to the new key.",
                )) }
                p #rotation-said role="status" {}
                progress #rotation-progress max="1" value="0" hidden aria-label=(lang.pick("Niêm phong lại", "Sealing anew")) {}
                p #rotation-error .form-error role="alert" hidden {}
                p .actions { button #rotation-go .button .quiet type="button" { (lang.pick("Thay khoá của tổ chức…", "Replace the organisation's key…")) } }
            }
            ul #colleague-list .people {}
            template #t-colleague { li {
                div { strong .person-name {} span .fine .person-role {} }
                span .person-door {}
                div .actions {
                    button .button .primary .person-open type="button" hidden { (lang.pick("Mở cửa", "Open the door")) }
                    select .person-role-change hidden { @for role in Role::ALL { option value=(role.code()) { (role.name(lang)) } } }
                    button .button .quiet .person-leave type="button" { (lang.pick("Thôi việc…", "Leaves…")) }
                }
            } }
            form #invite-form .sheet {
                h2 { (lang.pick("Mời", "Invite")) }
                div .field { label for="invite-role" { (lang.pick("Vai trò", "Role")) }
                    select id="invite-role" { @for role in Role::ALL { option value=(role.code()) { (role.name(lang)) } } } }
                button .button .primary { (lang.pick("Tạo lời mời", "Make an invitation")) }
                div #invite-made hidden {
                    p { (lang.pick("Dùng được một lần, trong ba ngày. Đưa tận tay: ai mở trước thì người đó vào.", "Good once, for three days. Hand it over in person: whoever opens it first is in.")) }
                    p { code #invite-link {} }
                    p { button #invite-copy .button .quiet type="button" { (lang.pick("Chép", "Copy")) } }
                }
                p #invite-error .form-error role="alert" hidden {}
            }
            dialog #rotation-dialog aria-labelledby="rotation-heading" {
                h2 #rotation-heading { (lang.pick("Thay khoá của tổ chức?", "Replace the organisation's key?")) }
                p { (lang.pick(
                    "Trình duyệt này làm khoá mới và niêm phong cho mọi người đang có khoá. Bạn sẽ in ba mảnh dự phòng mới; mảnh cũ không mở được khoá mới. Ca cũ vẫn đọc được.",
                    "This browser makes a new key and seals it to everybody who has one now. You print three new recovery shares; the old ones don't open the new key. Old cases stay readable.",
                )) }
                form method="dialog" .actions {
                    button .button .quiet value="no" { (lang.pick("Thôi", "Back")) }
                    button .button .primary value="yes" { (lang.pick("Thay khoá", "Replace it")) }
                }
            }
            (tokens(lang))
            dialog #leave-dialog aria-labelledby="leave-heading" {
                h2 #leave-heading {}
                p { (lang.pick(
                    "Quyền vào hết ngay, khoá của người ấy bị huỷ. Nếu người ấy có khoá của tổ chức, trình duyệt này làm khoá mới, niêm phong cho những người ở lại, rồi niêm phong lại lối vào các ca. Bạn sẽ in ba mảnh dự phòng mới; mảnh cũ không mở được khoá mới. Những gì người ấy đã đọc hay đã chép thì không lấy lại được.",
                    "Access ends at once, and her keys are destroyed. If she has the organisation's key, this browser makes a new one, seals it to whoever stays, and then seals the way into the cases anew. You print three new recovery shares; the old ones don't open the new key. What she read or copied can't be taken back.",
                )) }
                form method="dialog" .actions {
                    button .button .quiet value="no" { (lang.pick("Thôi", "Back")) }
                    button .button .danger .primary value="yes" { (lang.pick("Chấm dứt", "End access")) }
                }
            }
        }
    }
}

/// Programs of the organisation that read by themselves.
fn tokens(lang: Lang) -> Markup {
    html! {
        section #tokens-sheet .sheet hidden aria-labelledby="tokens-heading" {
            h2 #tokens-heading { (lang.pick("Chương trình của tổ chức", "Programs of the organisation")) }
            p { (lang.pick(
                "Một mã cho chương trình đọc danh sách và bản niêm phong, không mở được lời kể của ai. Người gửi thấy mỗi lần lấy về. Cách dùng: docs/desk.md.",
                "A token lets a program read the list and sealed copies; it opens nobody's words. Who sent a report sees each time it is fetched. How to use it: docs/desk.md.",
            )) }
            ul #token-list .people {}
            template #t-token { li {
                div { strong .token-name {} span .fine .token-facts {} }
                button .button .quiet .token-end type="button" { (lang.pick("Chấm dứt", "End")) }
            } }
            form #token-form {
                div .field { label for="token-name" { (lang.pick("Dùng để làm gì", "What it is for")) }
                    input id="token-name" type="text" maxlength="60" autocomplete="off" required; }
                fieldset { legend { (lang.pick("Được đọc", "It may read")) }
                    label .choice { input type="checkbox" name="scope" value="cases:read"; span { (lang.pick("ca: phần không niêm phong, và bản niêm phong", "cases: what stands in the clear, and sealed copies")) } }
                    label .choice { input type="checkbox" name="scope" value="events:read"; span { (lang.pick("nhật ký công việc, không có lời", "the log of the work, without words")) } }
                }
                div .field { label for="token-days" { (lang.pick("Trong bao nhiêu ngày", "For how many days")) }
                    input id="token-days" type="number" min="1" max="366" value="90" required; }
                p #token-error .form-error role="alert" hidden {}
                button .button .primary { (lang.pick("Tạo mã", "Make a token")) }
                div #token-made hidden role="status" {
                    p { (lang.pick("Chỉ hiện một lần này. Cất vào nơi chỉ chương trình ấy đọc được.", "It is shown this once. Keep it where only that program can read it.")) }
                    p { code #token-secret {} }
                }
            }
        }
    }
}

pub(super) fn keys(lang: Lang) -> Markup {
    html! {
        section #view-keys .view .pages hidden aria-labelledby="keys-heading" {
            h1 #keys-heading tabindex="-1" { (lang.pick("Khoá của tôi", "My keys")) }
            section .sheet aria-labelledby="passkeys-heading" {
                h2 #passkeys-heading { (lang.pick("Khoá đăng nhập (passkey)", "Passkeys")) }
                p { (lang.pick(
                    "Vào bằng vân tay, khuôn mặt hay khoá bảo mật, không cần mật khẩu và mã. Chống được trang giả mạo.",
                    "Sign in by fingerprint, face or security key, without passphrase and code. It holds against fake pages.",
                )) }
                ul #passkey-list .people {}
                template #t-passkey { li {
                    div { strong .passkey-what {} span .fine .passkey-since {} }
                    button .button .quiet .passkey-remove type="button" { (lang.pick("Bỏ", "Remove")) }
                } }
                p .actions { button #passkey-add .button .primary type="button" { (lang.pick("Thêm khoá ở máy này", "Add one on this device")) } }
                p #passkey-error .form-error role="alert" hidden {}
            }
            section #account-sheet .sheet hidden aria-labelledby="tie-heading" {
                h2 #tie-heading { (lang.pick("Tài khoản của tổ chức", "Your organisation's account")) }
                p { (lang.pick(
                    "Sau khi nối, bạn vào bằng tài khoản ấy thay cho tên và mã. Khoá của bạn vẫn chỉ mở bằng mật khẩu ở đây hoặc passkey.",
                    "Once it is tied to you, you sign in with it in place of name and code. Your keys still open only by your passphrase here, or a passkey.",
                )) }
                p #account-tied hidden { (lang.pick("Đã nối.", "It is tied to you.")) }
                p .actions { button #account-tie .button .quiet type="button" { (lang.pick("Nối tài khoản", "Tie the account to me")) } }
                p #tie-error .form-error role="alert" hidden {}
            }
            form #change-form .sheet {
                h2 { (lang.pick("Đổi mật khẩu", "Change the passphrase")) }
                // For whatever keeps passphrases: whose this one is.
                input #change-name type="text" autocomplete="username" hidden;
                div .field { label for="change-new" { (lang.pick("Mật khẩu mới", "New passphrase")) }
                    input id="change-new" type="password" autocomplete="new-password" required aria-describedby="change-said"; }
                p #change-said .fine role="status" {}
                div .field { label for="change-again" { (lang.pick("Gõ lại", "Again")) }
                    input id="change-again" type="password" autocomplete="new-password" required; }
                p #change-error .form-error role="alert" hidden {}
                button .button .primary { (lang.pick("Đổi", "Change")) }
            }
            section .sheet aria-labelledby="sessions-heading" {
                h2 #sessions-heading { (lang.pick("Đang mở ở đâu", "Where you are signed in")) }
                ul #session-list .people {}
                template #t-session { li {
                    div { strong .session-what {} span .fine .session-since {} }
                    button .button .quiet .session-end type="button" { (lang.pick("Chấm dứt", "End")) }
                } }
                p .actions { button #sessions-end .button .quiet .danger type="button" { (lang.pick("Chấm dứt mọi phiên, kể cả ở đây", "End all of them, this one too")) } }
            }
        }
    }
}
