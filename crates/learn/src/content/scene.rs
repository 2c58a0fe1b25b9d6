//! A simulated chat.

use super::{Phrases, Voice};
use crate::{Ages, Competence, Ending, Gives, Move};
use serde::{Deserialize, Serialize};
use vocabulary::{Harm, Tactic};

/// A simulated chat: scenes, from each of which choices lead on until an ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de> + Voice"))]
pub struct Chat<T = super::Text> {
    /// Short English name, that of the file.
    pub id: String,
    /// What it's called.
    pub title: T,
    /// Whom it is for.
    pub ages: Ages,
    /// How long it takes.
    pub minutes: u8,
    /// What it teaches about.
    pub harms: Vec<Harm>,
    /// What it trains.
    pub competences: Vec<Competence>,
    /// Where it happens.
    pub place: T,
    /// Who writes to her.
    pub with: T,
    /// Who she is in this story, and what's going on.
    pub opening: T,
    /// The first scene.
    pub start: String,
    /// All scenes.
    #[serde(rename = "scene")]
    pub scenes: Vec<Scene<T>>,
}

impl<T> Chat<T> {
    /// The scene with this id.
    pub fn scene(&self, id: &str) -> Option<&Scene<T>> {
        self.scenes.iter().find(|scene| scene.id == id)
    }
}

/// A moment of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de> + Voice"))]
pub struct Scene<T> {
    /// Its name within the chat.
    pub id: String,
    /// What is written to her.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub says: Vec<Bubble<T>>,
    /// What she notices; the teaching voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<T>,
    /// The tactic that it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tactic: Option<Tactic>,
    /// What she can do. None in an ending.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice<T>>,
    /// Where she can write in her own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<Own<T>>,
    /// How it ends here; only in an ending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
    /// The ending's heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<T>,
    /// What happened, what helped, what one can still do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<T>,
}

impl<T> Scene<T> {
    /// Where one can go from here, with repetitions, in the order of the file.
    pub fn leads(&self) -> impl Iterator<Item = &str> {
        let own = self.own.iter().flat_map(|own| {
            own.roads.iter().map(|road| road.to.as_str()).chain(std::iter::once(own.otherwise.as_str()))
        });
        self.choices.iter().map(|choice| choice.to.as_str()).chain(own)
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Shape<T>", bound(deserialize = "T: Deserialize<'de> + Voice"))]
pub struct Bubble<T> {
    /// Who writes, where it is another than the chat's `with`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<T>,
    /// What is written.
    pub text: T,
}

/// A bubble as it is written: in a file both languages stand beside `who`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
struct Shape<T> {
    who: Option<T>,
    text: Option<T>,
    vi: Option<String>,
    en: Option<String>,
}

impl<T: Voice> TryFrom<Shape<T>> for Bubble<T> {
    type Error = &'static str;

    fn try_from(shape: Shape<T>) -> Result<Self, Self::Error> {
        let text = shape.text.or_else(|| T::of(shape.vi, shape.en)).ok_or("missing field `vi`")?;
        Ok(Self { who: shape.who, text })
    }
}

/// Something she can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice<T> {
    /// What she says or does.
    pub text: T,
    /// What kind of act it is.
    #[serde(rename = "move")]
    pub act: Move,
    /// The scene it leads to.
    pub to: String,
}

/// A place for her own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Own<T> {
    /// The question.
    pub ask: T,
    /// Tried in order; the first that fits is taken.
    pub roads: Vec<Road<String>>,
    /// Where it goes on when none fits.
    pub otherwise: String,
}

/// Where words lead: any of the signs is enough. `To` is the id of a scene, or in a lesson what is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Road<To> {
    /// Any of these words or phrases occurs.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub words: Phrases,
    /// She gives any of these away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gives: Vec<Gives>,
    /// The recogniser found any of these in her words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shows: Vec<Tactic>,
    /// Where it leads; in a lesson written as `say`.
    #[serde(alias = "say")]
    pub to: To,
}
