//! Every step to read: without a script, on paper, or for whoever looks through a lesson first.

use super::chat;
use learn::content::{Pack, Piece, Step, pieces};
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn read(lang: Lang, pack: &Pack) -> Markup {
    html! {
        ol .read { @for (number, step) in (1..).zip(&pack.steps) {
            li id=(format!("read-{number}")) .read-step {
                h3 { span .read-number { (number) "." } " " (name(step, lang)) }
                (one(lang, pack, number, step))
            }
        } }
    }
}

/// What is done in a step. Scripts get the same names.
pub(super) fn name(step: &Step<String>, lang: Lang) -> &'static str {
    kind_name(step.kind(), lang)
}

/// Every kind, for scripts: `tell=Read;choose=Choose`.
pub(super) fn kind_names(lang: Lang) -> String {
    let kinds = ["tell", "choose", "spot", "sort", "order", "chat", "settings", "write", "reflect"];
    kinds.map(|kind| format!("{kind}={}", kind_name(kind, lang))).join(";")
}

fn kind_name(kind: &str, lang: Lang) -> &'static str {
    match kind {
        "tell" => lang.pick("Đọc", "Read"),
        "choose" => lang.pick("Chọn", "Choose"),
        "spot" => lang.pick("Tìm chỗ đáng ngờ", "Find what gives it away"),
        "sort" => lang.pick("Xếp vào đúng chỗ", "Put each where it belongs"),
        "order" => lang.pick("Xếp theo thứ tự", "Put in order"),
        "chat" => lang.pick("Trò chuyện", "A chat"),
        "settings" => lang.pick("Chỉnh cài đặt", "Settings"),
        "write" => lang.pick("Tự viết", "In your own words"),
        _ => lang.pick("Nghĩ thầm", "To yourself"),
    }
}

fn one(lang: Lang, pack: &Pack, number: usize, step: &Step<String>) -> Markup {
    match step {
        Step::Tell { speaker, text } => html! { (said(speaker.as_deref(), text)) },
        Step::Reflect { text } => html! { p { (text) } },
        Step::Choose { speaker, text, answers } => html! {
            (said(speaker.as_deref(), text))
            @for answer in answers { (folded(&answer.text, &html! { (mark(lang, answer.good)) (answer.why) })) }
        },
        Step::Spot { from, text, why } => html! {
            div .message { p .from { (from) }
                p { @for piece in pieces(text) { @match piece {
                    Piece::Plain(words) => (words),
                    Piece::Marked(_, words) => mark { (words) },
                } } } }
            details { summary { (lang.pick("Vì sao đáng ngờ", "Why it gives it away")) }
                ul { @for (tactic, why) in why { li { strong { (pack.tactics.get(tactic).map_or("", String::as_str)) } ": " (why) } } } }
        },
        Step::Sort { text, baskets, things } => html! {
            p { (text) }
            p .fine { (baskets.join(" · ")) }
            @for thing in things { (folded(&thing.text, &html! {
                strong { (baskets.get(thing.basket).map_or("", String::as_str)) } ": " (thing.why)
            })) }
        },
        Step::Order { text, things, why } => html! {
            p { (text) }
            // By the alphabet, so that the order isn't given away.
            ul { @for thing in sorted(things) { li { (thing) } } }
            details { summary { (lang.pick("Một thứ tự tốt", "A good order")) }
                ol { @for thing in things { li { (thing) } } } p { (why) } }
        },
        Step::Chat { text, chat } => html! {
            @if let Some(text) = text { p { (text) } }
            @if let Some(chat) = pack.chats.iter().find(|one| one.id == *chat) { (chat::read(lang, pack, number, chat)) }
        },
        Step::Settings { text, switches } => html! {
            p { (text) }
            @for switch in switches { (folded(&switch.text, &html! {
                strong { (lang.pick("Bật", "On")) } ": " (switch.on) br; strong { (lang.pick("Tắt", "Off")) } ": " (switch.off)
            })) }
        },
        Step::Write { text, roads, otherwise } => html! {
            p { (text) }
            details { summary { (lang.pick("Có thể nghe đáp lại", "What may come back")) }
                ul { @for road in roads { li { (road.to) } } li { (otherwise) } } }
        },
    }
}

fn said(speaker: Option<&str>, text: &str) -> Markup {
    html! { p { @if let Some(speaker) = speaker { strong { (speaker) ": " } } (text) } }
}

/// Something to think about first, and what is said about it.
fn folded(text: &str, answer: &Markup) -> Markup {
    html! { details { summary { (text) } p { (answer) } } }
}

fn mark(lang: Lang, good: bool) -> Markup {
    html! { strong { (if good { lang.pick("Có ích. ", "This helps. ") } else { lang.pick("Chưa ổn. ", "Not quite. ") }) } }
}

fn sorted(things: &[String]) -> Vec<&String> {
    let mut sorted: Vec<_> = things.iter().collect();
    sorted.sort();
    sorted
}
