//! A simulated chat to read: every scene, each choice a link to the scene it leads to. So it can be played without a
//! script.

use learn::content::{Chat, Pack, Scene};
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn read(lang: Lang, pack: &Pack, step: usize, chat: &Chat<String>) -> Markup {
    let start = chat.scenes.iter().filter(|scene| scene.id == chat.start);
    let others = chat.scenes.iter().filter(|scene| scene.id != chat.start);
    html! {
        p .fine { (chat.place) }
        p { (chat.opening) }
        div .scenes { @for scene in start.chain(others) { (one(lang, pack, step, chat, scene)) } }
    }
}

fn anchor(step: usize, scene: &str) -> String {
    format!("scene-{step}-{scene}")
}

fn one(lang: Lang, pack: &Pack, step: usize, chat: &Chat<String>, scene: &Scene<String>) -> Markup {
    html! {
        div #(anchor(step, &scene.id)) .scene role="group" aria-label=(scene.title.as_deref().unwrap_or(&chat.with)) {
            @if !scene.says.is_empty() { ul .bubbles { @for bubble in &scene.says {
                li .bubble { span .who { (bubble.who.as_ref().unwrap_or(&chat.with)) } (bubble.text) }
            } } }
            @if let Some(note) = &scene.note { p .noticed {
                @if let Some(name) = scene.tactic.and_then(|tactic| pack.tactics.get(&tactic)) { strong { (name) ". " } } (note) } }
            @if let Some(ending) = scene.ending {
                p .eyebrow { (lang.pick("Đoạn kết", "Ending")) ": " (ending.name(lang)) }
                @if let Some(title) = &scene.title { h4 { (title) } }
                @if let Some(text) = &scene.text { p { (text) } }
                p { a href=(format!("#{}", anchor(step, &chat.start))) { (lang.pick("Thử lối khác từ đầu", "Try another way from the start")) } }
            }
            @if !scene.choices.is_empty() { ul .ways { @for choice in &scene.choices {
                li { a href=(format!("#{}", anchor(step, &choice.to))) { (choice.text) } }
            } } }
            @if let Some(own) = &scene.own { p .fine { (lang.pick("Hoặc tự viết ra giấy: ", "Or write it on paper: ")) (own.ask) " "
                a href=(format!("#{}", anchor(step, &own.otherwise))) { (lang.pick("rồi đi tiếp", "then go on")) } } }
        }
    }
}
