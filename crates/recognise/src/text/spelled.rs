//! A text as single words, without rules and without the model: for rooms that only compare words.

use super::{
    lexicon::Lexicon,
    normalise::{Shorthand, spell},
    tokens::{Gap, Kind, Tokens},
};
use std::{ops::Range, sync::OnceLock};

/// A word or number of a text: lower case, shorthand spelled out, look-alike letters and repeated ones made plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpelledWord {
    /// The word with its marks, as the modern spelling sets them; the digits of a number.
    pub text: String,
    /// The same without marks.
    pub bare: String,
    /// Whether marks were written (or come from spelled out shorthand), so that they count.
    pub marked: bool,
    /// A clause or sentence ended before it.
    pub after: Ended,
    /// Its code points in the original. Words of one spelled out shorthand share them.
    pub origin: Range<u32>,
}

/// What ended before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ended {
    /// Nothing.
    Nothing,
    /// A clause: comma, dash, colon, bracket.
    Clause,
    /// A sentence, or a line.
    Sentence,
}

impl SpelledWord {
    /// Whether this word is meant by that one: the same, or the same without marks where none were written here. So
    /// `thoi` is read as `thôi`, while `bà` is never `ba`.
    pub fn means(&self, other: &Self) -> bool {
        self.text == other.text || (!self.marked && self.bare == other.bare)
    }

    /// The same for a single word that is written as this module spells: lower case, no shorthand.
    pub fn is(&self, plain: &str) -> bool {
        self.text == plain || (!self.marked && plain.chars().map(super::plain_letter).eq(self.bare.chars()))
    }
}

/// The words of a text, in order.
///
/// ```
/// let words: Vec<_> = recognise::spelled("Ko đc đâuuu!").into_iter().map(|word| word.text).collect();
/// assert_eq!(words, ["không", "được", "đâu"]);
/// ```
pub fn spelled(text: &str) -> Vec<SpelledWord> {
    static SHORT: OnceLock<Shorthand> = OnceLock::new();
    let shorthand = SHORT.get_or_init(|| Shorthand::parse(include_str!("../../data/shorthand.txt")));
    let mut tokens = Tokens::default();
    tokens.read(text, &[], &Lexicon::default(), shorthand);
    let word = |token: &super::Token| {
        let mut spelt = String::new();
        match token.kind {
            Kind::Number => spelt.extend(tokens.codes(token).iter().map(|digit| *digit as char)),
            Kind::Word | Kind::Link => spell(&mut spelt, tokens.codes(token), token.tone),
        }
        SpelledWord {
            bare: spelt.chars().map(super::plain_letter).collect(),
            text: spelt,
            marked: token.marked,
            after: match token.gap {
                Gap::None => Ended::Nothing,
                Gap::Clause => Ended::Clause,
                Gap::Sentence => Ended::Sentence,
            },
            origin: token.start..token.end,
        }
    };
    tokens.list.iter().map(word).collect()
}
