//! One report, opened in this browser.

use maud::{Markup, html};
use vocabulary::{HoldGround, Lang};

pub(super) fn render(lang: Lang) -> Markup {
    html! {
        article #case .case aria-labelledby="case-heading" {
            p #case-none .empty { (lang.pick("Chọn một báo cáo để mở. Việc mở được ghi lại và người gửi thấy được.", "Choose a report to open. Opening is noted, and who sent it can see it.")) }
            div #case-body hidden {
                div .case-head {
                    button #case-back .bar-button type="button" { "← " (lang.pick("Danh sách", "List")) }
                    div {
                        h1 #case-heading tabindex="-1" {}
                        p #case-facts .fine {}
                    }
                    p #case-clock .case-clock {}
                    button #case-to-work .bar-button .no-print type="button" { (lang.pick("Việc ↓", "Work ↓")) }
                    button #case-print .bar-button .no-print type="button" { (lang.pick("In", "Print")) }
                }
                div .case-story {
                    p #case-erasing .callout .stern hidden {}
                    p #case-over .callout hidden { (lang.pick("Người gửi đã đóng báo cáo này.", "Who sent this has closed it.")) }
                    p #case-keeping .callout hidden {}
                    (locked(lang))
                    div .contacts {
                        section #case-contact .contact hidden aria-labelledby="contact-heading" {
                            h2 #contact-heading { (lang.pick("Liên hệ thế nào là an toàn", "How it is safe to be in touch")) }
                            dl {}
                        }
                        section #contact-ours .contact hidden aria-labelledby="contact-ours-heading" {
                            h2 #contact-ours-heading { (lang.pick("Chúng ta ghi thêm về liên hệ", "What we noted about being in touch")) }
                            dl #contact-ours-list {}
                            p #contact-ours-by .fine {}
                        }
                    }
                    p .contact-add .no-print { button .bar-button type="button" data-step="contact" { (lang.pick("Ghi về liên hệ an toàn…", "Note about safe contact…")) } }
                    p #case-loading .fine role="status" {}
                    ol #entries .entries aria-label=(lang.pick("Báo cáo, theo thứ tự", "The report, in order")) {}
                    details #case-log .case-log { summary { (lang.pick("Ai đã mở, và khi nào", "Who opened it, and when")) }
                        p .fine { (lang.pick("Người gửi thấy đúng danh sách này.", "Who sent it sees this very list.")) }
                        ul #openings {}
                        h2 { (lang.pick("Ai được đọc", "Who may read it")) }
                        ul #readers {}
                        form #hold .hold hidden {
                            label for="hold-ground" { (lang.pick("Phải giữ lâu hơn, vì", "It must be kept longer, because")) }
                            select #hold-ground {
                                option value="" { (lang.pick("không phải giữ thêm", "it need not")) }
                                @for ground in HoldGround::ALL { option value=(ground) { (ground.name(lang)) } }
                            }
                            p .fine { (lang.pick(
                                "Khi đánh dấu, báo cáo không hết hạn và không bị xoá ở tổ chức bạn, kể cả khi người gửi xin xoá. Người gửi thấy dấu này và lý do.",
                                "While it is marked it neither runs out nor is erased at your organisation, not even when who sent it asks. Who sent it sees the mark and why.",
                            )) }
                            p #hold-error .form-error role="alert" hidden {}
                            button #hold-save .button .quiet { (lang.pick("Lưu", "Save")) }
                        }
                    }
                    (super::sharing::render(lang))
                    (package(lang))
                    (super::papers::section(lang))
                }
                (reply(lang))
                (super::panel::render(lang))
            }
            (templates(lang))
        }
    }
}

/// An evidence package for police or court, made in this browser.
fn package(lang: Lang) -> Markup {
    html! {
        details #case-package .case-log { summary { (lang.pick("Lấy gói bằng chứng", "Make an evidence package")) }
            p .fine { (lang.pick(
                "Chỉ khi người gửi đồng ý hoặc luật buộc. Việc này được ghi lại, người gửi thấy được. Người bị nhắc tới là người bị phản ánh, chưa phải người có tội.",
                "Only with consent, or where the law demands it. It is noted, and who sent the report sees it. Whoever is named was reported, not found guilty.",
            )) }
            fieldset .package-parts { legend { (lang.pick("Những mục nào?", "Which parts?")) } ul #package-parts {} }
            div .field {
                label for="package-to" { (lang.pick("Giao cho ai", "Handed to whom")) }
                input #package-to type="text" maxlength="200" autocomplete="off";
            }
            fieldset .package-lock { legend { (lang.pick("Khoá gói bằng", "Lock it with")) }
                label .choice { input type="radio" name="package-lock" value="words" checked; span { (lang.pick("cụm mật khẩu", "a passphrase")) } }
                label .choice { input type="radio" name="package-lock" value="recipient"; span { (lang.pick("khoá age của nơi nhận (không cần mật khẩu)", "the recipient's age key (no passphrase needed)")) } }
            }
            div #package-recipient-field .field hidden {
                label for="package-recipient" { (lang.pick("Khoá công khai age của nơi nhận, họ đưa cho bạn", "The recipient's public age key, as they gave it to you")) }
                input #package-recipient type="text" maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="age1…";
            }
            div #package-words-field .field {
                label for="package-words" { (lang.pick("Cụm mật khẩu để khoá gói; đưa riêng, không gửi kèm", "Passphrase that locks the package; hand it over apart from it")) }
                input #package-words type="text" maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false";
            }
            p #package-error .form-error role="alert" hidden {}
            p .actions { button #package-go .button .quiet type="button" { (lang.pick("Tạo gói", "Make the package")) } }
            p #package-status .fine role="status" {}
            p #package-done .actions hidden { a #package-save .button .primary download { (lang.pick("Tải gói về", "Download the package")) } }
        }
    }
}

fn locked(lang: Lang) -> Markup {
    html! {
        div #case-locked .callout .stern hidden role="status" {
            h2 { (lang.pick("Đã khoá xem và tải tệp", "Viewing and downloading are locked")) }
            p { (lang.pick(
                "Ở đây có hình ảnh tình dục của người dưới 18 tuổi. Đừng chụp lại, chuyển tiếp hay in ra, kể cả để làm bằng chứng: bản gốc vẫn nằm nguyên, được niêm phong, cho cơ quan điều tra.",
                "Here is a sexual picture of somebody under 18. Don't copy, forward or print it, not even as evidence: the original stays sealed and whole for investigators.",
            )) }
            p { (lang.pick("Báo ngay cho:", "Tell at once:")) }
            ul {
                li { a href="tel:111" { "111" } " " (lang.pick("Tổng đài quốc gia bảo vệ trẻ em, ngày đêm", "National Child Protection Hotline, day and night")) }
                li { a href="https://vn-cop.vn" rel="noreferrer" { "vn-cop.vn" } " " (lang.pick("Mạng lưới ứng cứu, bảo vệ trẻ em trên môi trường mạng (VN-COP)", "Vietnam's network for the protection of children online (VN-COP)")) }
                li { a href="https://takeitdown.ncmec.org" rel="noreferrer" { "takeitdown.ncmec.org" } " " (lang.pick("để gỡ hình khỏi các nền tảng, không phải gửi hình đi", "to have it taken off platforms without sending it")) }
            }
        }
    }
}

fn reply(lang: Lang) -> Markup {
    html! {
        form #reply .reply {
            label .visually-hidden for="reply-text" { (lang.pick("Lời gửi tới người cần giúp", "Words to the person")) }
            textarea #reply-text rows="2" autocomplete="off" placeholder=(lang.pick("Viết cho bạn ấy: ngắn, ấm, không trách. Bạn ấy đọc bằng phiếu nhận.", "Write to her: short, warm, without blame. She reads it with her receipt.")) {}
            p #reply-error .form-error role="alert" hidden {}
            div .reply-kind role="radiogroup" aria-label=(lang.pick("Loại", "Kind")) {
                label .choice { input type="radio" name="reply-kind" value="answer" checked; span { (lang.pick("Trả lời", "Answer")) } }
                label .choice { input type="radio" name="reply-kind" value="question"; span { (lang.pick("Hỏi thêm", "Ask")) } }
            }
            div .reply-end {
                button #mark .button .quiet .danger type="button" { (lang.pick("Có hình tình dục người dưới 18…", "Sexual picture of a minor…")) }
                button #templates-open .button .quiet type="button" { (lang.pick("Mẫu…", "Template…")) }
                button #reply-send .button .primary { (lang.pick("Gửi", "Send")) }
            }
        }
        dialog #mark-dialog aria-labelledby="mark-heading" {
            h2 #mark-heading { (lang.pick("Đánh dấu hình ảnh tình dục của người dưới 18 tuổi?", "Mark a sexual picture of somebody under 18?")) }
            p { (lang.pick(
                "Từ lúc này không ai xem hay tải tệp của báo cáo này được nữa, ở mọi tổ chức. Không gỡ dấu được ở đây. Chữ và tin nhắn vẫn đọc được, bạn vẫn trả lời được.",
                "From now on nobody can view or download this report's files, at any organisation. It can't be undone here. Words and messages stay readable, and you can still answer.",
            )) }
            form method="dialog" .actions {
                button .button .quiet value="no" { (lang.pick("Thôi", "Back")) }
                button #mark-yes .button .danger .primary value="yes" { (lang.pick("Đánh dấu và khoá", "Mark and lock")) }
            }
        }
    }
}

fn templates(lang: Lang) -> Markup {
    html! {
        template #t-entry { li .entry {
            div .entry-head { span .entry-author {} span .entry-kind {} time .entry-at {} }
            div .entry-body {}
        } }
        template #t-file { div .file {
            p .file-name {}
            p .fine .file-about {}
            p .actions .file-actions {
                button .button .quiet .file-view type="button" { (lang.pick("Xem (che mờ)", "View (blurred)")) }
                button .button .quiet .file-save type="button" { (lang.pick("Tải về máy…", "Save to this device…")) }
            }
            div .file-stage {}
        } }
        template #t-stage {
            div .stage {
                iframe .stage-frame sandbox="allow-scripts" referrerpolicy="no-referrer" title=(lang.pick("Tệp, trong khung cách ly", "The file, in an isolated frame")) {}
                p .actions .stage-tools {
                    button .button .quiet .stage-clear type="button" aria-pressed="false" { (lang.pick("Bỏ che", "Unblur")) }
                    button .button .quiet .stage-sound type="button" aria-pressed="false" hidden { (lang.pick("Bật tiếng", "Sound on")) }
                    button .button .quiet .stage-close type="button" { (lang.pick("Đóng tệp", "Close")) }
                }
            }
        }
    }
}
