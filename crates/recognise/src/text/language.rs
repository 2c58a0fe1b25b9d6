//! Vietnamese (with or without marks), English, or both in one breath.

use super::tokens::{Kind, Tokens};
use vocabulary::Language;

/// Flags of a word in the lexicon.
pub(crate) const VIETNAMESE: u8 = 1;
pub(crate) const ENGLISH: u8 = 2;

/// What a text is written in, and whether an unmarked word may stand for a marked one in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub language: Language,
    /// Marks are mostly left out: `me` may be `mẹ`.
    pub loose: bool,
}

/// Counts what gives a language away. `flags` is indexed by word number.
pub(crate) fn detect(tokens: &Tokens, flags: &[u8]) -> Reading {
    let (mut words, mut marked, mut vietnamese, mut english) = (0_u32, 0_u32, 0_u32, 0_u32);
    for token in tokens.list.iter().filter(|t| t.kind == Kind::Word) {
        words += 1;
        if token.marked {
            marked += 1;
            continue;
        }
        let flag = flags[token.bare_word as usize];
        vietnamese += u32::from(flag & VIETNAMESE != 0);
        english += u32::from(flag & ENGLISH != 0);
    }
    let vi = marked * 2 + vietnamese;
    let en = english * 2;
    let language = match (vi, en) {
        (0, 0) => Language::Unknown,
        // One foreign word does not make a mixed text.
        (vi, en) if vi * 4 >= en * 10 || (marked > 0 && en <= 2) => Language::Vi,
        (vi, en) if en >= vi * 4 => Language::En,
        _ => Language::Mixed,
    };
    Reading { language, loose: marked * 5 < words * 2 }
}
