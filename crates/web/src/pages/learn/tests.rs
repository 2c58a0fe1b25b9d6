//! The learner's pages in both languages, under every cover.

use super::*;
use crate::{
    Settings,
    assets::{self, squeezed_bytes},
    shelf::{Book, Kind, Shelf, Whom},
};
use ::learn::{
    Ages, Reader,
    content::{Chat, Step},
};
use recognise::Recogniser;
use vocabulary::directory::Directory;

fn site() -> Site {
    Site::new(Settings::default(), Recogniser::shipped(), Directory::shipped())
}

/// Each lesson, chat, module and round, in this language.
fn all(shelf: &Shelf, lang: Lang) -> Vec<&Book> {
    let ages = Ages::ALL.iter().map(|&ages| Whom::Ages(ages));
    ages.chain(Reader::ALL.iter().map(|&reader| Whom::Reader(reader))).flat_map(|whom| shelf.path(lang, whom)).collect()
}

fn lesson_page(site: &Site, lang: Lang, book: &Book) -> String {
    lesson::render(Place { lang, ..Place::default() }, site, book).into_string()
}

/// As it stands in a page.
fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}

#[test]
fn the_path_shows_every_age_and_whoever_stands_beside_her() {
    let site = site();
    for place in Place::all() {
        let html = path::render(place, &site).into_string();
        for id in [
            "ages-6-8",
            "ages-9-11",
            "ages-12-14",
            "ages-15-17",
            "ages-adult",
            "for-teacher",
            "for-parent",
            "for-responder",
        ] {
            assert!(html.contains(&format!("href=\"#{id}\"")) && html.contains(&format!("id=\"{id}\"")), "{id}");
        }
        assert!(html.contains(place.lang.pick("Bạn mấy tuổi?", "How old are you?")));
        assert!(html.contains(&format!("href=\"{}\"", place.href(Page::Ask))), "help is one tap away");
        assert!(!html.contains(" style=") && !html.contains(" onclick"));
        assert!(!html.contains("checked"), "nothing is remembered unless she wants it");
    }
}

/// Everything of a step that somebody reads.
fn words_of<'a>(step: &'a Step<String>, chats: &'a [Chat<String>]) -> Vec<&'a str> {
    match step {
        Step::Tell { text, .. } | Step::Reflect { text } => vec![text],
        Step::Choose { text, answers, .. } => std::iter::once(text.as_str())
            .chain(answers.iter().flat_map(|a| [a.text.as_str(), a.why.as_str()]))
            .collect(),
        Step::Spot { from, why, .. } => {
            std::iter::once(from.as_str()).chain(why.values().map(String::as_str)).collect()
        }
        Step::Sort { text, things, .. } => std::iter::once(text.as_str())
            .chain(things.iter().flat_map(|t| [t.text.as_str(), t.why.as_str()]))
            .collect(),
        Step::Order { text, things, why } => {
            [text.as_str(), why.as_str()].into_iter().chain(things.iter().map(String::as_str)).collect()
        }
        Step::Settings { text, switches } => {
            let each = switches.iter().flat_map(|s| [s.text.as_str(), s.on.as_str(), s.off.as_str()]);
            std::iter::once(text.as_str()).chain(each).collect()
        }
        Step::Write { text, roads, otherwise } => {
            [text.as_str(), otherwise.as_str()].into_iter().chain(roads.iter().map(|road| road.to.as_str())).collect()
        }
        Step::Chat { chat, .. } => {
            let scenes = chats.iter().filter(|one| one.id == *chat).flat_map(|chat| &chat.scenes);
            let each = scenes.flat_map(|scene| {
                let says = scene.says.iter().map(|bubble| bubble.text.as_str());
                let choices = scene.choices.iter().map(|choice| choice.text.as_str());
                says.chain(choices).chain(scene.note.as_deref()).chain(scene.text.as_deref())
            });
            each.collect()
        }
    }
}

#[test]
fn every_lesson_can_be_read_whole_without_a_script() {
    let (site, shelf) = (site(), Shelf::shipped());
    for &lang in Lang::ALL {
        for book in all(&shelf, lang) {
            let html = lesson_page(&site, lang, book);
            for words in book.pack.steps.iter().flat_map(|step| words_of(step, &book.pack.chats)) {
                assert!(html.contains(&escaped(words)), "{}: `{words}` is missing", book.pack.id);
            }
            assert!(!html.contains(" style=") && !html.contains(" onclick"), "{}: the policy forbids it", book.pack.id);
            assert!(html.contains("id=\"happening\"") && html.contains("tel:111"), "{}", book.pack.id);
            let other = lang.pick("/en/learn/", "/vi/learn/");
            assert!(
                html.contains(&format!("href=\"{other}{}\"", book.pack.id)),
                "the same lesson in the other language"
            );
        }
    }
}

#[test]
fn a_chat_without_a_script_leads_from_choice_to_scene() {
    let (site, shelf) = (site(), Shelf::shipped());
    for book in all(&shelf, Lang::Vi).into_iter().filter(|book| book.kind == Kind::Chat) {
        let html = lesson_page(&site, Lang::Vi, book);
        for (at, _) in html.match_indices("href=\"#scene-") {
            let id = html[at + 7..].split('"').next().unwrap_or_default();
            assert!(html.contains(&format!("id=\"{id}\"")), "{}: no scene {id}", book.pack.id);
        }
    }
}

#[test]
fn the_first_load_of_every_lesson_is_light() {
    let (site, shelf) = (site(), Shelf::shipped());
    let fixed: usize = [
        assets::TOKENS_CSS,
        assets::COMPONENTS_CSS,
        assets::LEARN_CSS,
        assets::ICON_SVG,
        assets::APP_JS,
        assets::EXIT_JS,
        assets::CHECK_JS,
        assets::READER_JS,
        assets::SPEAK_JS,
        assets::SWAP_JS,
        assets::TRUST_JS,
        assets::WORDS_JS,
        assets::KEEP_JS,
        assets::FILTER_JS,
        assets::TRY_JS,
        assets::LEARN_JS,
        assets::LEARN_HOW_JS,
        assets::LEARN_KEEP_JS,
        assets::LEARN_DOM_JS,
        assets::LEARN_LIVE_JS,
        assets::LEARN_STEPS_JS,
        assets::LEARN_CHAT_JS,
        assets::LEARN_READER_JS,
        assets::TUTOR_JS,
        assets::TUTOR_BG_WASM,
    ]
    .map(squeezed_bytes)
    .iter()
    .sum();
    let squeezed = |bytes: &[u8], quality| {
        let mut squeezed = Vec::new();
        let params = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
        brotli::BrotliCompress(&mut &*bytes, &mut squeezed, &params).unwrap();
        squeezed.len()
    };
    let mut heaviest = (0, "");
    for &lang in Lang::ALL {
        for book in all(&shelf, lang) {
            let page = squeezed(lesson_page(&site, lang, book).as_bytes(), 4);
            let json = squeezed(&serde_json::to_vec(&book.pack).unwrap(), 5);
            heaviest = heaviest.max((fixed + page + json, &book.pack.id));
        }
    }
    assert!(heaviest.0 <= 120_000, "{heaviest:?} of which {fixed} are the same for all");
}

#[test]
fn what_teachers_print_is_there_and_not_on_the_learners_page() {
    let (site, shelf) = (site(), Shelf::shipped());
    for &lang in Lang::ALL {
        let mut plans = 0;
        for book in all(&shelf, lang) {
            let Some(teaching) = &book.plan else { continue };
            plans += 1;
            let place = Place { lang, ..Place::default() };
            let sheet = plan::render(place, &site, book, teaching).into_string();
            assert!(sheet.contains("id=\"worksheet\"") && sheet.contains(&escaped(&teaching.disclosure)));
            assert!(!lesson_page(&site, lang, book).contains(&escaped(&teaching.disclosure)), "{}", book.pack.id);
        }
        assert!(plans > 0);
        let leaves = all(&shelf, lang).into_iter().filter(|book| book.leaf.is_some());
        assert!(leaves.map(|book| lesson_page(&site, lang, book)).all(|html| html.contains("id=\"leaf\"")));
    }
}
