//! Whatever a child types, or a browser sends, there is an answer.

use learn::{
    Ending,
    content::{Chat, Lesson, Library, pieces},
    gives,
    lesson::{Answer, Walk, judge},
    play::{By, Play},
};
use proptest::prelude::*;
use std::sync::OnceLock;
use vocabulary::{Lang, Tactic};

fn chats() -> &'static [Chat<String>] {
    static CHATS: OnceLock<Vec<Chat<String>>> = OnceLock::new();
    CHATS.get_or_init(|| Library::shipped().chats.iter().map(|kept| kept.content.in_language(Lang::Vi)).collect())
}

fn lessons() -> &'static [Lesson<String>] {
    static LESSONS: OnceLock<Vec<Lesson<String>>> = OnceLock::new();
    LESSONS.get_or_init(|| Library::shipped().lessons.iter().map(|kept| kept.content.in_language(Lang::En)).collect())
}

#[derive(Clone, Debug)]
enum Act {
    Choose(usize),
    Write(String, Vec<Tactic>),
    Go(By),
    Rewind,
    RewindTo(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let tactics = prop::collection::vec(prop::sample::select(Tactic::ALL), 0..3);
    prop_oneof![
        6 => (0_usize..5).prop_map(Act::Choose),
        3 => ("[a-zA-Zà-ỹ0-9 .?!@{}|]{0,40}", tactics).prop_map(|(said, shows)| Act::Write(said, shows)),
        1 => any::<String>().prop_map(|said| Act::Write(said, vec![])),
        1 => prop::option::of(0_usize..9).prop_map(|road| Act::Go(By::Own(road))),
        1 => Just(Act::Rewind),
        1 => (0_usize..20).prop_map(Act::RewindTo),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    let list = || prop::collection::vec(0_usize..9, 0..9);
    prop_oneof![
        Just(Answer::Done),
        (0_usize..6).prop_map(Answer::Chosen),
        (list(), any::<u8>()).prop_map(|(marked, others)| Answer::Tapped { marked, others }),
        list().prop_map(Answer::Sorted),
        list().prop_map(Answer::Ordered),
        prop::sample::select(Ending::ALL).prop_map(Answer::Ended),
    ]
}

proptest! {
    #[test]
    fn a_chat_goes_on_whatever_is_done(
        which in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        acts in prop::collection::vec(act(), 0..40),
    ) {
        let chat = which.get(chats());
        let mut play = Play::begin(chat);
        for act in acts {
            let before = play.clone();
            let went = match &act {
                Act::Choose(number) => play.choose(chat, *number).is_ok(),
                Act::Write(said, shows) => play.write(chat, said, shows).is_ok(),
                Act::Go(by) => play.go(chat, *by).is_ok(),
                Act::Rewind => { play.rewind(); continue }
                Act::RewindTo(turn) => { play.rewind_to(*turn); continue }
            };
            let scene = play.scene(chat).unwrap();
            if went {
                prop_assert_eq!(play.trail().len(), before.trail().len() + 1);
                prop_assert!(before.scene(chat).unwrap().leads().any(|to| to == scene.id));
                let mut back = play.clone();
                prop_assert!(back.rewind());
                prop_assert_eq!(&back, &before);
            } else {
                prop_assert_eq!(&play, &before, "nothing changes where a move can't be made");
            }
            prop_assert_eq!(play.ending(chat).is_some(), scene.choices.is_empty());
        }
        let json = serde_json::to_string(&play).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Play>(&json).unwrap(), &play);
        // A play of another chat is told, not obeyed.
        let other = other.get(chats());
        let _ = play.choose(other, 0);
        let _ = play.moves(other);
    }

    /// An author's slip of the hand, anywhere in a file: told, never a panic.
    #[test]
    fn any_file_is_checked(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        cut in 0_usize..60,
        put in "[a-z\"{}=|\\[\\]\n ]{0,12}",
    ) {
        let files: Vec<_> = Library::shipped_files().filter(|(name, _)| !name.starts_with("policies/")).collect();
        let (name, text) = which.get(&files);
        let letters: Vec<char> = text.chars().collect();
        let from = at.index(letters.len());
        let to = (from + cut).min(letters.len());
        let broken: String = letters[..from].iter().copied().chain(put.chars()).chain(letters[to..].iter().copied()).collect();
        let (library, findings) = Library::read([(*name, broken.as_str())]);
        for finding in findings.iter().chain(&learn::check::check(&library)) {
            prop_assert!(finding.say(Lang::Vi).starts_with(*name) && !finding.en.is_empty());
        }
    }

    #[test]
    fn any_words_are_read(said in any::<String>()) {
        gives(&said);
        let plain: usize = pieces(&said).len();
        prop_assert!(plain <= said.len() + 1);
    }

    #[test]
    fn what_she_gives_is_seen_without_marks_and_capitals_too(number in 10_000_000_u32..99_999_999, tail in "[a-zà-ỹ ]{0,20}") {
        let said = format!("so em la 09{number} {tail}");
        prop_assert!(gives(&said).contains(&learn::Gives::Phone), "{}", said);
    }

    #[test]
    fn a_lesson_goes_on_whatever_is_answered(
        which in any::<prop::sample::Index>(),
        answers in prop::collection::vec((answer(), any::<bool>()), 0..60),
    ) {
        let lesson = which.get(lessons());
        let mut walk = Walk::begin(&lesson.steps);
        for (answer, on) in answers {
            let at = walk.at();
            let first = walk.outcomes().get(at).copied().flatten();
            if let Ok(outcome) = walk.answer(&lesson.steps, &answer) {
                prop_assert_eq!(walk.outcomes()[at], Some(first.unwrap_or(outcome)), "the first try counts");
                prop_assert_eq!(judge(&lesson.steps[at], &answer), Ok(outcome));
                prop_assert!(learn::class::option(&lesson.steps[at], &answer).unwrap()
                    < learn::class::options(&lesson.steps[at]));
            }
            if on { walk.go_on(); } else { walk.go_back(); }
            prop_assert!(walk.at() <= lesson.steps.len());
        }
        let score = walk.score();
        prop_assert!(score.points <= score.of);
        prop_assert!(walk.missed().count() <= lesson.steps.len());
    }
}
