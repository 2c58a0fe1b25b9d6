//! A lesson for learners, and a module for those who teach, raise or help them: rows of steps.

use super::Road;
use crate::{Ages, Competence, Picture, Reader};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Harm, Tactic};

/// A lesson for learners, 5 to 12 minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson<T = super::Text> {
    /// Short English name, that of the file.
    pub id: String,
    /// What it's called.
    pub title: T,
    /// Whom it is for.
    pub ages: Ages,
    /// How long it takes.
    pub minutes: u8,
    /// What it teaches about; may be empty.
    pub harms: Vec<Harm>,
    /// What it trains.
    pub competences: Vec<Competence>,
    /// What she can do afterwards, in her words.
    pub aim: T,
    /// Its picture.
    pub picture: Picture,
    /// What is done, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step<T>>,
    /// The teacher's plan; not in what the browser of a learner gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan<T>>,
}

/// A module for teachers, parents or responders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module<T = super::Text> {
    /// Short English name, that of the file.
    pub id: String,
    /// What it's called.
    pub title: T,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub reader: Reader,
    /// How long it takes.
    pub minutes: u8,
    /// What it teaches about; may be empty.
    pub harms: Vec<Harm>,
    /// What it trains; may be empty.
    #[serde(default)]
    pub competences: Vec<Competence>,
    /// What she can do afterwards, in her words.
    pub aim: T,
    /// Its picture.
    pub picture: Picture,
    /// What is done, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step<T>>,
    /// A page to print, in plain Markdown.
    pub leaf: T,
}

/// Something that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step<T> {
    /// Words to read.
    Tell {
        /// Who says them.
        #[serde(skip_serializing_if = "Option::is_none")]
        speaker: Option<T>,
        /// The words.
        text: T,
    },
    /// A situation with two to four answers.
    Choose {
        /// Who asks.
        #[serde(skip_serializing_if = "Option::is_none")]
        speaker: Option<T>,
        /// The situation.
        text: T,
        /// Each with its own feedback; more than one may be good.
        answers: Vec<Reply<T>>,
    },
    /// A message or page in which she taps what shows the trick.
    Spot {
        /// Who sends it.
        from: T,
        /// The message; what to tap is written `{tactic_code|words}` ([`pieces`]).
        text: T,
        /// One sentence for each marked code.
        why: BTreeMap<Tactic, T>,
    },
    /// Things that go into two or three baskets.
    Sort {
        /// The question.
        text: T,
        /// The baskets.
        baskets: Vec<T>,
        /// The things.
        things: Vec<Thing<T>>,
    },
    /// Actions that are put in order.
    Order {
        /// The question.
        text: T,
        /// The actions, in the good order.
        things: Vec<T>,
        /// Why this order.
        why: T,
    },
    /// A simulated chat inside.
    Chat {
        /// What leads to it.
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<T>,
        /// Its id.
        chat: String,
    },
    /// Switches, each of which shows what it changes; no single right result.
    Settings {
        /// The question.
        text: T,
        /// The switches.
        switches: Vec<Switch<T>>,
    },
    /// In her own words; read on her device, kept nowhere.
    Write {
        /// The question.
        text: T,
        /// Tried in order; the first that fits answers.
        roads: Vec<Road<T>>,
        /// What is answered when none fits.
        otherwise: T,
    },
    /// To think about; stays hers.
    Reflect {
        /// The question.
        text: T,
    },
}

impl<T> Step<T> {
    /// The code of its kind, as it stands in the files.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Tell { .. } => "tell",
            Self::Choose { .. } => "choose",
            Self::Spot { .. } => "spot",
            Self::Sort { .. } => "sort",
            Self::Order { .. } => "order",
            Self::Chat { .. } => "chat",
            Self::Settings { .. } => "settings",
            Self::Write { .. } => "write",
            Self::Reflect { .. } => "reflect",
        }
    }
}

/// An answer and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply<T> {
    /// The answer.
    pub text: T,
    /// Whether it helps.
    pub good: bool,
    /// Why, or why not.
    pub why: T,
}

/// A thing to sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing<T> {
    /// What it is.
    pub text: T,
    /// The basket, from 0.
    pub basket: usize,
    /// Why there.
    pub why: T,
}

/// A switch of a settings page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch<T> {
    /// What it switches.
    pub text: T,
    /// What follows when it's on.
    pub on: T,
    /// What follows when it's off.
    pub off: T,
}

/// A teacher's plan for a lesson in class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan<T> {
    /// Length; the phases add up to it.
    pub minutes: u16,
    /// What pupils can do afterwards.
    pub aims: Vec<T>,
    /// What to prepare.
    pub before: T,
    /// What happens, in order.
    pub phases: Vec<Phase<T>>,
    /// To talk about; never about own experiences.
    pub questions: Vec<T>,
    /// A page of tasks, in plain Markdown.
    pub worksheet: T,
    /// What to keep in mind when a child discloses.
    pub disclosure: T,
}

/// A part of a lesson in class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase<T> {
    /// Its length.
    pub minutes: u16,
    /// What it's called.
    pub title: T,
    /// What is done.
    pub text: T,
}

/// A piece of a spot text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words that show nothing.
    Plain(&'a str),
    /// Words that show the tactic with this code.
    Marked(&'a str, &'a str),
}

/// A spot text taken apart: `Hurry {deadline|within 15 minutes}!`. Braces that don't close are plain words.
///
/// ```
/// use learn::content::{Piece::{Marked, Plain}, pieces};
/// assert_eq!(pieces("Pay {deadline|now}!"), [Plain("Pay "), Marked("deadline", "now"), Plain("!")]);
/// ```
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut plain, mut from) = (Vec::new(), 0, 0);
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let Some(close) = text[open..].find('}').map(|at| open + at) else { break };
        from = close + 1;
        if let Some((code, words)) = text[open + 1..close].split_once('|')
            && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        {
            if plain < open {
                found.push(Piece::Plain(&text[plain..open]));
            }
            found.push(Piece::Marked(code, words));
            plain = from;
        }
    }
    if plain < text.len() {
        found.push(Piece::Plain(&text[plain..]));
    }
    found
}
