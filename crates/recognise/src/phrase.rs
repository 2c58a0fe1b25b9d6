//! A small grammar of phrases, matched on words rather than letters.
//!
//! One pattern a line, blanks between its parts:
//!
//! | part | matches |
//! | --- | --- |
//! | `nói` | this word, however it is typed (`noi` where the text leaves marks out) |
//! | `(bố mẹ|ba má|ai)` | one of these |
//! | `@parent` | one of a named list |
//! | `part?` | this part or nothing |
//! | `..` `..5` | up to 3 (5) words of any kind |
//! | `<money>` `<link>` `<phone>` `<time>` `<code>` `<age>` `<num>` | a number or link of that kind |
//! | `[` `]` | what stands between is the span that is shown; without them the whole match is |
//!
//! No pattern reaches across the end of a sentence.

mod compounds;
mod fit;
#[cfg(test)]
mod plain;
mod sieve;
mod window;

pub(crate) use compounds::{Compounds, Finder, Seen};
pub(crate) use fit::{Fits, Plans, Text};
#[cfg(test)]
pub(crate) use plain::matches_plainly;
pub(crate) use sieve::Sieve;
pub(crate) use window::{Stretch, Window, stretches};

use crate::text::{Lexicon, class_hash, hash_of, letters_of, word_hash};
use std::collections::HashMap;

/// Named lists: `@parent` and the like.
pub(crate) type Lists = HashMap<String, String>;

/// A word of a pattern: its number with marks, and without.
type Word = (u16, u16);

/// A place in the token list.
pub(crate) type Place = std::ops::Range<usize>;

/// The longest match in tokens. What is found lies within one window of 63 tokens wherever it starts in its first half.
pub(crate) const LONGEST: usize = 31;

/// More words than this have no keys of their own.
pub(crate) const MOST_WORDS: usize = (1 << 15) - 1;

/// Why a pattern can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PhraseError {
    #[error("unknown list @{0}")]
    UnknownList(String),
    #[error("a bracket is not closed in `{0}`")]
    Unclosed(String),
    #[error("a phrase must start with a word: `{0}`")]
    NoStart(String),
    #[error("too many words that stand together")]
    TooMany,
    #[error("a match may be longer than {LONGEST} words: `{0}`")]
    TooLong(String),
}

#[derive(Clone, Debug)]
enum Part {
    /// One of these sequences, or nothing where it is optional.
    Any(Ways, bool),
    /// Up to so many words.
    Gap(u8),
    /// Where the shown span starts or ends.
    From,
    To,
}

/// The words or compounds one of which may stand at a place.
#[derive(Clone, Debug, Default)]
struct Ways {
    words: Vec<Word>,
    compounds: Vec<Compound>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Compound {
    number: u16,
    length: usize,
}

impl Ways {
    /// Keys of words as typed, numbers of compounds, keys of words without marks; each in order and once.
    fn keys(&self) -> [Vec<u16>; 3] {
        let typed = self.words.iter().map(|word| typed(*word)).collect();
        let compounds = self.compounds.iter().map(|compound| compound.number).collect();
        let bare = self.words.iter().map(|word| bare(*word)).collect();
        [typed, compounds, bare].map(|mut keys: Vec<u16>| {
            keys.sort_unstable();
            keys.dedup();
            keys
        })
    }
}

/// The key of a word that is read as it is typed, and of one that is read without marks ([`Token::key`]).
///
/// [`Token::key`]: crate::text::Token::key
const fn typed(word: Word) -> u16 {
    word.0 << 1
}

const fn bare(word: Word) -> u16 {
    word.1 << 1 | 1
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    parts: Box<[Part]>,
}

impl Phrase {
    pub(crate) fn compile(
        source: &str,
        lists: &Lists,
        lexicon: &mut Lexicon,
        compounds: &mut Compounds,
    ) -> Result<Self, PhraseError> {
        let mut ways = |piece: &str| {
            let mut ways = Ways::default();
            for way in words(piece, lists, lexicon)? {
                match (way.len(), way.first()) {
                    (_, None) => {}
                    (1, Some(word)) => ways.words.push(*word),
                    (length, _) => {
                        let number = compounds.number(way).ok_or(PhraseError::TooMany)?;
                        ways.compounds.push(Compound { number, length });
                    }
                }
            }
            Ok(ways)
        };
        let mut parts = Vec::new();
        for piece in pieces(source)? {
            let (piece, optional) = match piece.strip_suffix('?') {
                Some(stem) if !stem.is_empty() => (stem, true),
                _ => (piece, false),
            };
            parts.push(match piece {
                "[" => Part::From,
                "]" => Part::To,
                _ if piece.starts_with("..") => Part::Gap(piece[2..].parse().unwrap_or(3).min(9)),
                _ => Part::Any(ways(piece.trim_matches(['(', ')']))?, optional),
            });
        }
        let starts = parts.iter().find(|part| !matches!(part, Part::From));
        if !matches!(starts, Some(Part::Any(_, false))) {
            return Err(PhraseError::NoStart(source.into()));
        }
        let most = |part: &Part| match part {
            Part::Any(ways, _) => ways.compounds.iter().map(|c| c.length).max().unwrap_or(1),
            Part::Gap(most) => *most as usize,
            Part::From | Part::To => 0,
        };
        if parts.iter().map(most).sum::<usize>() > LONGEST {
            return Err(PhraseError::TooLong(source.into()));
        }
        trust_marks_alone(&mut parts);
        Ok(Self { parts: parts.into() })
    }

    /// The parts that a match can't do without.
    fn needed(&self) -> impl Iterator<Item = &Ways> {
        self.parts.iter().filter_map(|part| match part {
            Part::Any(ways, false) => Some(ways),
            _ => None,
        })
    }
}

/// A phrase of a single word is not read into unmarked words: `so` may be `sợ`, `số` or `so`.
fn trust_marks_alone(parts: &mut [Part]) {
    let mut needed = parts.iter_mut().filter_map(|part| match part {
        Part::Any(ways, false) => Some(ways),
        _ => None,
    });
    if let (Some(only), None) = (needed.next(), needed.next())
        && only.compounds.is_empty()
    {
        only.words = only.words.iter().map(|word| (word.0, word.0)).collect();
    }
}

/// Splits at blanks outside brackets.
fn pieces(source: &str) -> Result<Vec<&str>, PhraseError> {
    let (mut out, mut start, mut depth) = (Vec::new(), None, 0);
    for (i, c) in source.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        match (c.is_whitespace() && depth == 0, start) {
            (true, Some(from)) => {
                out.push(&source[from..i]);
                start = None;
            }
            (false, None) => start = Some(i),
            _ => {}
        }
    }
    out.extend(start.map(|from| &source[from..]));
    if depth == 0 { Ok(out) } else { Err(PhraseError::Unclosed(source.into())) }
}

/// The word sequences of `a|b c|@list`.
fn words(source: &str, lists: &Lists, lexicon: &mut Lexicon) -> Result<Vec<Vec<Word>>, PhraseError> {
    let mut ways = Vec::new();
    for way in source.split('|').map(str::trim) {
        if let Some(name) = way.strip_prefix('@') {
            let list = lists.get(name).ok_or_else(|| PhraseError::UnknownList(name.into()))?;
            ways.extend(words(list, lists, lexicon)?);
        } else {
            ways.push(way.split_whitespace().map(|w| word(w, lexicon)).collect());
        }
    }
    Ok(ways)
}

fn word(source: &str, lexicon: &mut Lexicon) -> Word {
    if let Some(class) = source.strip_prefix('<') {
        let number = lexicon.intern(class_hash(class.trim_end_matches('>')));
        return (number, number);
    }
    let (codes, _) = letters_of(source);
    let bare = word_hash(codes.iter().map(|c| crate::text::bare_letter(*c)), 0);
    (lexicon.intern(hash_of(source)), lexicon.intern(bare))
}
