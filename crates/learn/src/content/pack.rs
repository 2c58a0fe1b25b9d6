//! What one page plays: the steps of a lesson, a module, a chat or a round of practice, in one language, with the chats
//! inside it. The same shape goes to a browser and into a package for other learning platforms.

use super::{Chat, Step};
use crate::{Competence, Picture};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::Tactic;

#[cfg(feature = "author")]
use super::{Item, Lesson, Library, Module, Piece, pieces};
#[cfg(feature = "author")]
use crate::{Ages, Form};
#[cfg(feature = "author")]
use vocabulary::Lang;

/// So many items of practice make a round: some eight minutes.
pub const ROUND: usize = 8;

/// Everything that is needed to play, and no more: no teacher's plan, no leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The lesson's, module's or chat's id; `practice-9-11-2` for a round of practice.
    pub id: String,
    /// What it's called.
    pub title: String,
    /// What she can do afterwards; of a chat: what is going on.
    pub aim: String,
    /// How long it takes.
    pub minutes: u8,
    /// What it trains.
    pub competences: Vec<Competence>,
    /// Its picture.
    pub picture: Picture,
    /// What is done, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step<String>>,
    /// The chats that its steps name.
    pub chats: Vec<Chat<String>>,
    /// The names of the tactics that stand in it.
    pub tactics: BTreeMap<Tactic, String>,
}

#[cfg(feature = "author")]
impl Pack {
    /// A lesson, without the teacher's plan.
    pub fn of_lesson(lesson: &Lesson, library: &Library, lang: Lang) -> Self {
        let lesson = lesson.in_language(lang);
        Self {
            id: lesson.id,
            title: lesson.title,
            aim: lesson.aim,
            minutes: lesson.minutes,
            competences: lesson.competences,
            picture: lesson.picture,
            steps: lesson.steps,
            chats: Vec::new(),
            tactics: BTreeMap::new(),
        }
        .complete(library, lang)
    }

    /// A module, without its leaf.
    pub fn of_module(module: &Module, library: &Library, lang: Lang) -> Self {
        let module = module.in_language(lang);
        Self {
            id: module.id,
            title: module.title,
            aim: module.aim,
            minutes: module.minutes,
            competences: module.competences,
            picture: module.picture,
            steps: module.steps,
            chats: Vec::new(),
            tactics: BTreeMap::new(),
        }
        .complete(library, lang)
    }

    /// A chat by itself: a single step.
    pub fn of_chat(chat: &Chat, library: &Library, lang: Lang) -> Self {
        let chat = chat.in_language(lang);
        Self {
            steps: vec![Step::Chat { text: None, chat: chat.id.clone() }],
            id: chat.id,
            title: chat.title,
            aim: chat.opening,
            minutes: chat.minutes,
            competences: chat.competences,
            picture: Picture::Chat,
            chats: Vec::new(),
            tactics: BTreeMap::new(),
        }
        .complete(library, lang)
    }

    /// The items for practice of an age, in rounds of [`ROUND`].
    pub fn practice(ages: Ages, items: &[Item], library: &Library, lang: Lang) -> Vec<Self> {
        let items: Vec<_> = items.iter().filter(|item| item.form == Form::Practice).collect();
        let title = lang.pick("Luyện tập", "Practice");
        let aim = lang.pick(
            "Mỗi câu một chuyện nhỏ. Chọn sai cũng được, vì lời giải thích đến ngay.",
            "Each question a small story. A wrong pick is fine: the explanation comes at once.",
        );
        let rounds = items.chunks(ROUND).zip(1..);
        rounds
            .map(|(items, round)| {
                let mut competences: Vec<_> = items.iter().flat_map(|item| item.competences.iter().copied()).collect();
                competences.sort();
                competences.dedup();
                Self {
                    id: format!("practice-{ages}-{round}"),
                    title: format!("{title} {round}"),
                    aim: aim.into(),
                    minutes: items.len() as u8,
                    competences,
                    picture: Picture::Book,
                    steps: items.iter().map(|item| question(item.in_language(lang))).collect(),
                    chats: Vec::new(),
                    tactics: BTreeMap::new(),
                }
                .complete(library, lang)
            })
            .collect()
    }

    /// Adds what the steps name.
    fn complete(mut self, library: &Library, lang: Lang) -> Self {
        let named = |step: &Step<String>| match step {
            Step::Chat { chat, .. } => library.chats.iter().find(|kept| kept.content.id == *chat),
            _ => None,
        };
        self.chats = self.steps.iter().filter_map(named).map(|kept| kept.content.in_language(lang)).collect();
        let shown = self.chats.iter().flat_map(|chat| &chat.scenes).filter_map(|scene| scene.tactic);
        let marked = self.steps.iter().filter_map(|step| match step {
            Step::Spot { text, .. } => Some(pieces(text)),
            _ => None,
        });
        let marked = marked.flatten().filter_map(|piece| match piece {
            Piece::Marked(code, _) => code.parse().ok(),
            Piece::Plain(_) => None,
        });
        self.tactics = shown.chain(marked).map(|tactic: Tactic| (tactic, tactic.name(lang).to_owned())).collect();
        self
    }
}

#[cfg(feature = "author")]
fn question(item: Item<String>) -> Step<String> {
    Step::Choose { speaker: None, text: item.text, answers: item.answers }
}

#[cfg(all(test, feature = "author"))]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_brings_its_chats_and_the_names_of_what_it_shows() {
        let library = Library::shipped();
        for kept in &library.lessons {
            for &lang in Lang::ALL {
                let pack = Pack::of_lesson(&kept.content, library, lang);
                let named = pack.steps.iter().filter(|step| matches!(step, Step::Chat { .. })).count();
                assert_eq!(pack.chats.len(), named, "{}", pack.id);
                let json = serde_json::to_string(&pack).unwrap();
                assert_eq!(serde_json::from_str::<Pack>(&json).unwrap(), pack);
                assert!(!json.contains("worksheet"), "{}: the teacher's plan stays with her", pack.id);
            }
        }
    }

    #[test]
    fn practice_comes_in_rounds() {
        let library = Library::shipped();
        let items = &library.items.iter().find(|kept| kept.name() == "9-11").unwrap().content.items;
        let rounds = Pack::practice(Ages::From9, items, library, Lang::Vi);
        assert!(rounds.len() > 1 && rounds.iter().all(|round| (1..=ROUND).contains(&round.steps.len())));
        assert_eq!(rounds[1].id, "practice-9-11-2");
    }
}
