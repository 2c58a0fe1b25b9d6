//! The files of authors as types: TOML in both languages ([`Text`]), or compact JSON of one language for the browser
//! (`Chat<String>`). The format is described in `docs/learn.md`.

mod item;
mod lesson;
#[cfg(feature = "author")]
mod library;
mod one_language;
mod pack;
#[cfg(feature = "author")]
mod read;
mod scene;

pub use item::{Item, Items};
pub use lesson::{Lesson, Module, Phase, Piece, Plan, Reply, Step, Switch, Thing, pieces};
#[cfg(feature = "author")]
pub use library::{Kept, Library, Policy};
pub use pack::{Pack, ROUND};
#[cfg(feature = "author")]
pub use read::ReadError;
pub use scene::{Bubble, Chat, Choice, Own, Road, Scene};

use serde::{Deserialize, Serialize};
use vocabulary::Lang;

/// A text in both languages. One that is missing is empty here; [`crate::check`] says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Vietnamese, the original.
    #[serde(default)]
    pub vi: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Text {
    /// The text in this language.
    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }
}

/// Words or phrases to look for, by language. Content of one language has one of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// Vietnamese.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vi: Vec<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub en: Vec<String>,
}

impl Phrases {
    /// All of them, Vietnamese first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.vi.iter().chain(&self.en).map(String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.vi.is_empty() && self.en.is_empty()
    }
}

/// A text in both languages or in one: what a bubble can be made of.
pub trait Voice: Sized {
    /// From the two languages as they stand beside each other.
    fn of(vi: Option<String>, en: Option<String>) -> Option<Self>;

    /// The text in its first language: what is the same in both can be read there.
    fn first(&self) -> &str;
}

impl Voice for Text {
    fn of(vi: Option<String>, en: Option<String>) -> Option<Self> {
        (vi.is_some() || en.is_some()).then(|| Self { vi: vi.unwrap_or_default(), en: en.unwrap_or_default() })
    }

    fn first(&self) -> &str {
        &self.vi
    }
}

impl Voice for String {
    fn of(_: Option<String>, _: Option<String>) -> Option<Self> {
        None
    }

    fn first(&self) -> &str {
        self
    }
}
