//! Lessons, chats, modules and rounds of practice as pages need them: in one language, found by their id. The content is
//! built in; an author's folder may take its place (`Site::replace_lessons`).

use crate::assets::Squeezed;
use learn::{
    Ages, Reader,
    content::{Library, Pack, Plan},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, OnceLock},
};
use vocabulary::Lang;

/// All there is to learn.
pub(crate) struct Shelf {
    vi: BTreeMap<String, Book>,
    en: BTreeMap<String, Book>,
}

/// What a page shows of one of them.
pub(crate) struct Book {
    pub pack: Pack,
    pub kind: Kind,
    pub whom: Whom,
    /// A lesson's plan for the teacher.
    pub plan: Option<Plan<String>>,
    /// A module's page to print, in plain Markdown.
    pub leaf: Option<String>,
    /// A chat that stands inside a module is not offered by itself.
    pub is_inside: bool,
    file: OnceLock<Squeezed>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Lesson,
    Chat,
    Practice,
    Module,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whom {
    Ages(Ages),
    Reader(Reader),
}

impl Shelf {
    /// What is built in, made ready at its first use.
    pub fn shipped() -> Arc<Self> {
        static SHELF: LazyLock<Arc<Shelf>> = LazyLock::new(|| Arc::new(Shelf::new(Library::shipped())));
        Arc::clone(&SHELF)
    }

    pub fn new(library: &Library) -> Self {
        Self { vi: books(library, Lang::Vi), en: books(library, Lang::En) }
    }

    const fn of(&self, lang: Lang) -> &BTreeMap<String, Book> {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// The lesson, chat, module or round with this id.
    pub fn find(&self, lang: Lang, id: &str) -> Option<&Book> {
        self.of(lang).get(id)
    }

    /// What is for these readers, the shortest first.
    pub fn path(&self, lang: Lang, whom: Whom) -> Vec<&Book> {
        let mut path: Vec<_> = self.of(lang).values().filter(|book| book.whom == whom && !book.is_inside).collect();
        path.sort_by_key(|book| (book.kind, if book.kind == Kind::Practice { 0 } else { book.pack.minutes }));
        path
    }
}

impl Book {
    /// What the browser plays from.
    pub fn file(&self) -> &Squeezed {
        self.file.get_or_init(|| Squeezed::new(serde_json::to_vec(&self.pack).unwrap_or_default()))
    }
}

fn books(library: &Library, lang: Lang) -> BTreeMap<String, Book> {
    let mut books = BTreeMap::new();
    let mut put = |pack: Pack, kind, whom, plan, leaf, is_inside| {
        let file = OnceLock::new();
        books.insert(pack.id.clone(), Book { pack, kind, whom, plan, leaf, is_inside, file });
    };
    // Where two have one id, the lesson stands.
    for kept in &library.items {
        let Ok(ages) = kept.name().parse::<Ages>() else { continue };
        for pack in Pack::practice(ages, &kept.content.items, library, lang) {
            put(pack, Kind::Practice, Whom::Ages(ages), None, None, false);
        }
    }
    let modules = || library.modules.iter().map(|kept| &kept.content);
    for kept in &library.chats {
        let chat = &kept.content;
        let inside = modules().any(|module| {
            module
                .steps
                .iter()
                .any(|step| matches!(step, learn::content::Step::Chat { chat: id, .. } if *id == chat.id))
        });
        let is_inside = inside && chat.ages == Ages::Adult;
        put(Pack::of_chat(chat, library, lang), Kind::Chat, Whom::Ages(chat.ages), None, None, is_inside);
    }
    for module in modules() {
        let leaf = Some(module.leaf.pick(lang).to_owned());
        put(Pack::of_module(module, library, lang), Kind::Module, Whom::Reader(module.reader), None, leaf, false);
    }
    for kept in &library.lessons {
        let lesson = &kept.content;
        let plan = lesson.with_plan_in_language(lang).plan;
        put(Pack::of_lesson(lesson, library, lang), Kind::Lesson, Whom::Ages(lesson.ages), plan, None, false);
    }
    books
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lesson_chat_and_module_is_found_in_both_languages() {
        let (library, shelf) = (Library::shipped(), Shelf::shipped());
        let lessons = library.lessons.iter().map(|kept| &kept.content.id);
        let ids: Vec<_> = lessons
            .chain(library.chats.iter().map(|kept| &kept.content.id))
            .chain(library.modules.iter().map(|kept| &kept.content.id))
            .collect();
        for &lang in Lang::ALL {
            assert!(ids.iter().all(|id| shelf.find(lang, id).is_some()));
            let rounds = shelf.of(lang).values().filter(|book| book.kind == Kind::Practice).count();
            assert_eq!(shelf.of(lang).len(), ids.len() + rounds, "no two have one id");
        }
    }

    #[test]
    fn every_age_and_reader_has_a_path_and_no_learner_gets_a_plan() {
        let shelf = Shelf::shipped();
        let ages = Ages::ALL.iter().map(|&ages| Whom::Ages(ages));
        for whom in ages.chain(Reader::ALL.iter().map(|&reader| Whom::Reader(reader))) {
            let path = shelf.path(Lang::Vi, whom);
            assert!(path.len() >= 2, "{whom:?}");
            for book in path {
                let json = serde_json::to_string(&book.pack).unwrap();
                assert!(!json.contains("\"phases\"") && !json.contains("\"leaf\""), "{}", book.pack.id);
            }
        }
    }
}
