//! The steps that ask for something first: one dialog each. What was typed stays until the step is done or let go.

use maud::{Markup, html};
use vocabulary::{
    AgeBand, Closing, DeclineReason, Harm, Lang, LegalDuty, Outcome, Risk, TakedownState, TaskKind, Urgency,
};

pub(super) fn all(lang: Lang) -> Markup {
    let words = |name, label| words(name, label, "3");
    let more = lang.pick("Ghi thêm, niêm phong, chỉ đồng nghiệp đọc được", "More, sealed, for colleagues alone");
    let done = lang.pick("Ghi lại", "Write down");
    html! {
        (step(lang, "task", lang.pick("Đặt việc", "Set a task"), lang.pick("Đặt việc", "Set"), &html! {
            (next(lang, "task", "")) (owner("task", lang)) (words("task", more))
        }))
        (step(lang, "done", lang.pick("Xong việc", "Task done"), lang.pick("Xong", "Done"), &html! {
            (words("done", lang.pick("Kết quả ra sao", "What came of it")))
            (next(lang, "done", lang.pick("Ca đang mở cần việc tiếp theo", "An open case needs a next step")))
        }))
        (step(lang, "follow", lang.pick("Hỏi thăm", "Follow-up"), done, &html! {
            (radios("follow-reached", lang.pick("Có liên hệ được không?", "Was the person reached?"), &[
                ("yes", lang.pick("Liên hệ được", "Reached")), ("no", lang.pick("Chưa liên hệ được", "Not reached")),
            ]))
            (words("follow", lang.pick("Bạn ấy thế nào", "How the person is")))
            (next(lang, "follow", lang.pick("Ca đang mở cần việc tiếp theo", "An open case needs a next step")))
        }))
        (step(lang, "assign", lang.pick("Giao cho", "Hand to"), lang.pick("Giao", "Hand over"), &html! {
            (field("assign-owner", lang.pick("Ai phụ trách từ nay", "Who answers for it from now on"), &html! { select #assign-owner required {} }))
            (words("assign", lang.pick("Lời bàn giao, niêm phong", "Words to hand it over with, sealed")))
        }))
        (step(lang, "wait", lang.pick("Chờ tới ngày", "Wait until"), lang.pick("Chờ", "Wait"), &html! {
            (due(lang, "wait", lang.pick("Chờ tới", "Until"))) (words("wait", lang.pick("Chờ điều gì", "What for")))
        }))
        (step(lang, "decline", lang.pick("Không nhận được ca này", "This case can't be taken on"), lang.pick("Không nhận", "Decline"), &html! {
            p .fine { (lang.pick("Người gửi thấy rằng ở đây không nhận được, và lý do. Hãy trả lời và chỉ một nơi khác.", "The person sees that it can't be taken on here, and why. Answer, and name another place.")) }
            (choose("decline-reason", lang.pick("Vì sao", "Why"), DeclineReason::ALL.iter().map(|c| (c.code(), c.name(lang))), lang))
            (words("decline", more))
        }))
        (step(lang, "close", lang.pick("Khép ca", "Close the case"), lang.pick("Khép ca", "Close"), &html! {
            (choose("close-reason", lang.pick("Vì sao khép", "Why it is closed"), Closing::ALL.iter().map(|c| (c.code(), c.name(lang))), lang))
            (choose("close-outcome", lang.pick("Kết quả", "What came of it"), Outcome::ALL.iter().map(|c| (c.code(), c.name(lang))), lang))
            div #close-second hidden {
                p .callout { (lang.pick("Nguy cơ cao hoặc rất gấp: một người giám sát xem lại rồi mới khép.", "High risk or urgent: a supervisor looks at it before it is closed.")) }
                (field("close-eyes", lang.pick("Xin ai xem lại", "Who is asked to look"), &html! { select #close-eyes {} }))
            }
            (words("close", more))
        }))
        (step(lang, "unclose", lang.pick("Chưa khép", "Not closed yet"), lang.pick("Chưa khép", "Not yet"), &words("unclose", lang.pick("Còn thiếu gì", "What is missing"))))
        (step(lang, "reopen", lang.pick("Mở lại ca", "Reopen the case"), lang.pick("Mở lại", "Reopen"), &html! {
            (next(lang, "reopen", lang.pick("Việc tiếp theo", "The next step"))) (words("reopen", lang.pick("Vì sao mở lại", "Why it is reopened")))
        }))
        (step(lang, "merge", lang.pick("Gộp vào ca khác", "Merge into another case"), lang.pick("Gộp", "Merge"), &html! {
            p .fine { (lang.pick("Ca này dừng ở đây và dẫn tới ca kia. Không khoá nào được chuyển: phiếu nhận nào vẫn mở ca nấy.", "This case ends here and leads to the other. No key moves: each receipt opens its own case as before.")) }
            fieldset { legend { (lang.pick("Ca nào tiếp tục?", "Which case goes on?")) } div #merge-list {} p #merge-none .fine { (lang.pick("Không có ca đang mở nào khác trong danh sách gần đây.", "No other open case among the recent ones.")) } }
            (words("merge", lang.pick("Vì sao là một", "Why they are one")))
        }))
        (risk(lang))
        (step(lang, "takedown", lang.pick("Yêu cầu gỡ đi tới đâu", "How far the request is"), done, &html! {
            (choose("takedown-state", lang.pick("Bây giờ", "Now"), TakedownState::ALL.iter().map(|c| (c.code(), c.name(lang))), lang))
            fieldset #takedown-next { (due(lang, "takedown", lang.pick("Xem lại vào", "Look again on"))) }
            p .fine { (lang.pick("Người gửi thấy yêu cầu gỡ đang ở đâu, không thấy lời ghi.", "The person sees how far the request is, not what is written here.")) }
            (words("takedown", lang.pick("Nền tảng trả lời gì, số yêu cầu", "What the platform answered, its number")))
        }))
        (step(lang, "duty", lang.pick("Đã báo cơ quan có trách nhiệm", "An authority was told"), done, &html! {
            (choose("duty-which", lang.pick("Theo điều nào", "By which article"), LegalDuty::ALL.iter().map(|c| (c.code(), c.name(lang))), lang))
            p .fine { (lang.pick("Người gửi thấy rằng đã báo, theo điều nào.", "The person sees that it was told, and by which article.")) }
            (words("duty", lang.pick("Báo cho ai, bằng cách nào", "Whom, and how")))
        }))
        (step(lang, "contact", lang.pick("Liên hệ an toàn", "Safe contact"), lang.pick("Lưu", "Save"), &html! {
            (line("contact-how", lang.pick("Liên hệ bằng", "By"))) (line("contact-when", lang.pick("Lúc nào", "When"))) (line("contact-never", lang.pick("Không bao giờ", "Never")))
        }))
        (step(lang, "person", lang.pick("Người liên quan", "A person involved"), lang.pick("Lưu", "Save"), &html! {
            (line("person-name", lang.pick("Tên hoặc cách gọi", "Name, or what to call the person")))
            (line("person-relation", lang.pick("Là ai trong chuyện này", "Who that is in this")))
            (line("person-reach", lang.pick("Liên hệ thế nào", "How to reach")))
            (words("person", lang.pick("Cần biết gì", "What to know")))
        }))
    }
}

/// Form 06 of decree 56/2017/NĐ-CP: four questions, each high, medium or low, and what staff make of them.
fn risk(lang: Lang) -> Markup {
    let levels: Vec<_> = Risk::ALL.iter().map(|c| (c.code(), c.name(lang))).collect();
    let urgencies = Urgency::ALL.iter().map(|c| (c.code(), super::words::urgency(*c, lang)));
    step(
        lang,
        "risk",
        lang.pick("Đánh giá nguy cơ", "Assess the risk"),
        lang.pick("Lưu đánh giá", "Save"),
        &html! {
            p .fine { (lang.pick("Theo mẫu số 06, Nghị định 56/2017/NĐ-CP. Câu trả lời được niêm phong.", "By form 06 of decree 56/2017/NĐ-CP. The answers are sealed.")) }
            div .levels {
                (radios("risk-harm", lang.pick("Mức tổn hại", "Harm done"), &levels))
                (radios("risk-access", lang.pick("Người gây hại còn tiếp cận được", "The offender's access"), &levels))
                (radios("risk-obstacles", lang.pick("Cản trở trong môi trường chăm sóc", "Obstacles in care"), &levels))
                (radios("risk-ability", lang.pick("Khả năng tự bảo vệ, phục hồi", "Ability to protect oneself and recover"), &levels))
                (radios("risk-all", lang.pick("Chung lại, nguy cơ", "All in all, the risk is"), &levels))
            }
            (field("risk-urgency", lang.pick("Cần hành động", "Somebody must act"), &html! {
                select #risk-urgency { (as_it_stands(lang)) @for (code, name) in urgencies { option value=(code) { (name) } } }
            }))
            (field("risk-age", lang.pick("Tuổi, nếu đã biết rõ hơn", "Age, where it is known better by now"), &html! {
                select #risk-age { (as_it_stands(lang)) @for age in AgeBand::ALL { option value=(age.code()) { (age.name(lang)) } } }
            }))
            (field("risk-harm", lang.pick("Chuyện gì, nếu thấy khác", "What it is about, where it is something else"), &html! {
                select #risk-harm { (as_it_stands(lang)) @for harm in Harm::ALL { option value=(harm.code()) { (harm.name(lang)) } } }
            }))
            (words("risk", lang.pick("Dựa vào đâu", "What it rests on"), "3"))
        },
    )
}

fn as_it_stands(lang: Lang) -> Markup {
    html! { option value="" { (lang.pick("như đang ghi", "as it stands")) } }
}

fn step(lang: Lang, name: &str, title: &str, go: &str, body: &Markup) -> Markup {
    html! {
        dialog id={ (name) "-dialog" } .step data-step-of=(name) aria-labelledby={ (name) "-step" } {
            form id={ (name) "-form" } {
                h2 id={ (name) "-step" } { (title) }
                p id={ (name) "-of" } .fine hidden {}
                (body)
                p id={ (name) "-error" } .form-error role="alert" hidden {}
                div .actions {
                    button .button .primary { (go) }
                    button .button .quiet type="button" data-close { (lang.pick("Thôi", "Back")) }
                }
            }
        }
    }
}

fn field(id: &str, label: &str, control: &Markup) -> Markup {
    html! { div .field { label for=(id) { (label) } (control) } }
}

fn line(id: &str, label: &str) -> Markup {
    field(id, label, &html! { input id=(id) type="text" maxlength="300" autocomplete="off"; })
}

fn words(name: &str, label: &str, rows: &str) -> Markup {
    let id = format!("{name}-words");
    field(&id, label, &html! { textarea id=(id) rows=(rows) autocomplete="off" {} })
}

/// Nothing is chosen before she chooses.
fn choose<'a>(id: &str, label: &str, rows: impl Iterator<Item = (&'a str, &'a str)>, lang: Lang) -> Markup {
    field(
        id,
        label,
        &html! {
            select id=(id) required {
                option value="" { (lang.pick("hãy chọn", "choose")) }
                @for (code, name) in rows { option value=(code) { (name) } }
            }
        },
    )
}

fn radios(name: &str, legend: &str, rows: &[(&str, &str)]) -> Markup {
    html! { fieldset .level { legend { (legend) } div .level-rows {
        @for (code, said) in rows { label .choice { input type="radio" name=(name) value=(code) required; span { (said) } } }
    } } }
}

fn owner(name: &str, lang: Lang) -> Markup {
    let id = format!("{name}-owner");
    field(&id, lang.pick("Ai làm", "By whom"), &html! { select id=(id) {} })
}

/// What is next, and its day.
fn next(lang: Lang, name: &str, legend: &str) -> Markup {
    let what = format!("{name}-what");
    let inner = html! {
        (field(&what, lang.pick("Việc gì", "What"), &html! {
            select id=(what) { @for code in TaskKind::ALL { option value=(code.code()) { (code.name(lang)) } } }
        }))
        (due(lang, name, lang.pick("Hạn", "Due")))
    };
    if legend.is_empty() {
        inner
    } else {
        html! { fieldset id={ (name) "-next" } { legend { (legend) } (inner) } }
    }
}

/// A day and an hour, as the clock of Vietnam has it, with the usual ones at hand.
fn due(lang: Lang, name: &str, label: &str) -> Markup {
    let id = format!("{name}-due");
    let usual = [
        ("hour", lang.pick("1 giờ nữa", "In an hour")),
        ("0", lang.pick("Chiều nay", "This afternoon")),
        ("1", lang.pick("Mai", "Tomorrow")),
        ("3", lang.pick("3 ngày", "3 days")),
        ("7", lang.pick("1 tuần", "1 week")),
    ];
    html! {
        div .field {
            label for=(id) { (label) }
            div .due-quick data-due-for=(id) role="group" aria-label=(lang.pick("Hay dùng", "The usual ones")) {
                @for (days, said) in usual { button .button .quiet type="button" data-days=(days) { (said) } }
            }
            input id=(id) type="datetime-local" required;
        }
    }
}
