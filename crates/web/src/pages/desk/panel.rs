//! The work on an opened report: where it stands, what is next, what was done.

use maud::{Markup, html};
use vocabulary::{Lang, ServiceKind};

pub(super) fn render(lang: Lang) -> Markup {
    html! {
        aside #work .work aria-labelledby="work-heading" {
            h2 #work-heading .visually-hidden tabindex="-1" { (lang.pick("Việc của ca", "Work on this case")) }
            (stands(lang))
            (review(lang))
            section #work-clocks .work-part aria-labelledby="clocks-heading" {
                h3 #clocks-heading { (lang.pick("Đồng hồ", "Clocks")) }
                ul #clock-list .work-list {}
                p .actions { button #duty-open .button .quiet type="button" data-step="duty" { (lang.pick("Ghi là đã báo…", "Told an authority…")) } }
            }
            section .work-part aria-labelledby="tasks-heading" {
                div .part-head {
                    h3 #tasks-heading { (lang.pick("Việc cần làm", "Tasks")) }
                    button #task-open .bar-button type="button" data-step="task" aria-keyshortcuts="t" { (lang.pick("+ Đặt việc", "+ Set a task")) }
                }
                ul #task-list .work-list {}
                p #tasks-error .form-error role="alert" hidden {}
            }
            section .work-part aria-labelledby="follow-heading" {
                h3 #follow-heading { (lang.pick("Hỏi thăm", "Follow-ups")) }
                ul #follow-list .work-list {}
                p #follow-said .fine hidden {}
            }
            section .work-part aria-labelledby="risk-heading" {
                div .part-head {
                    h3 #risk-heading { (lang.pick("Nguy cơ", "Risk")) }
                    button .bar-button type="button" data-step="risk" { (lang.pick("Đánh giá…", "Assess…")) }
                }
                p #risk-now {}
                details #risk-past hidden { summary { (lang.pick("Các lần đánh giá", "All assessments")) } ol #risk-list .work-list {} }
            }
            section .work-part aria-labelledby="notes-heading" {
                h3 #notes-heading { (lang.pick("Ghi chú của chúng ta", "Our notes")) }
                form #note-form {
                    label .visually-hidden for="note-text" { (lang.pick("Ghi chú, chỉ đồng nghiệp đọc được", "A note; only colleagues read it")) }
                    textarea #note-text rows="2" autocomplete="off" aria-keyshortcuts="n" placeholder=(lang.pick("Chỉ đồng nghiệp đọc được", "Only colleagues read it")) {}
                    p #note-error .form-error role="alert" hidden {}
                    button #note-save .button .quiet { (lang.pick("Lưu ghi chú", "Save the note")) }
                }
                ol #note-list .work-list .notes {}
            }
            section .work-part aria-labelledby="people-heading" {
                div .part-head {
                    h3 #people-heading { (lang.pick("Người liên quan", "People involved")) }
                    button .bar-button type="button" data-step="person" { (lang.pick("+ Thêm", "+ Add")) }
                }
                ul #person-list .work-list {}
            }
            section .work-part aria-labelledby="services-heading" {
                h3 #services-heading { (lang.pick("Đã hỗ trợ", "Services given")) }
                ul #service-list .chips {}
                form #service-form .inline-form {
                    label .visually-hidden for="service-what" { (lang.pick("Hỗ trợ đã làm", "A service that was given")) }
                    select #service-what { @for code in ServiceKind::ALL { option value=(code.code()) { (code.name(lang)) } } }
                    button #service-save .button .quiet { (lang.pick("Ghi", "Note")) }
                }
                p #service-error .form-error role="alert" hidden {}
            }
            details #case-history .work-part {
                summary { (lang.pick("Đã làm gì, ai, khi nào", "What was done, by whom, when")) }
                ol #history-list .work-list {}
            }
        }
    }
}

/// The state, who answers for it, and the ways on from here.
fn stands(lang: Lang) -> Markup {
    let ways = [
        ("accept", lang.pick("Nhận ca", "Take it on")),
        ("reopen", lang.pick("Mở lại…", "Reopen…")),
        ("resume", lang.pick("Tiếp tục", "Go on")),
        ("assign", lang.pick("Giao cho…", "Hand to…")),
        ("wait", lang.pick("Chờ…", "Wait…")),
        ("decline", lang.pick("Không nhận được…", "Can't take it on…")),
        ("merge", lang.pick("Gộp…", "Merge…")),
        ("close", lang.pick("Khép ca…", "Close…")),
    ];
    html! {
        div .work-stands {
            p #work-state {}
            p #work-next .fine {}
            p #work-merged hidden { button #merged-open .button .quiet type="button" { (lang.pick("Mở ca tiếp tục", "Open the case that goes on")) } }
            div #work-ways .actions {
                @for (step, name) in ways {
                    button .button .primary[step == "accept" || step == "reopen"] .quiet[step != "accept" && step != "reopen"] type="button" data-step=(step) hidden { (name) }
                }
            }
            p #work-error .form-error role="alert" hidden {}
        }
    }
}

/// Two pairs of eyes close a case of high risk.
fn review(lang: Lang) -> Markup {
    html! {
        section #work-review .callout hidden aria-labelledby="review-heading" {
            h3 #review-heading { (lang.pick("Xin khép ca", "Asked to close")) }
            p #review-said {}
            p #review-words .said {}
            p #review-error .form-error role="alert" hidden {}
            div .actions {
                button #review-yes .button .primary type="button" { (lang.pick("Đồng ý khép", "Agree and close")) }
                button .button .quiet type="button" data-step="unclose" { (lang.pick("Chưa khép…", "Not yet…")) }
            }
        }
    }
}
