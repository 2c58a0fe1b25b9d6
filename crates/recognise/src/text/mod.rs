//! From what people type to words: folding of letters, tokens with a map back to the original, language.

mod fold;
mod language;
mod lexicon;
mod normalise;
mod settle;
pub(crate) mod sign;
mod spelled;
mod tokens;

pub(crate) use fold::{Folded, bare_letter, fold, letter_char, plain_letter, with_mark};
pub(crate) use language::{ENGLISH, Reading, VIETNAMESE, detect};
pub(crate) use lexicon::{Lexicon, finish, word_hash};
pub use normalise::Normalised;
pub(crate) use normalise::{Shorthand, hash_of, letters_of, normalise};
pub use spelled::{Ended, SpelledWord, spelled};
pub(crate) use tokens::{Gap, LinkPlace, Token, Tokens, class_hash};
