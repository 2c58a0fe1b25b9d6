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

use crate::text::{Lexicon, Token, class_hash, hash_of, letters_of, word_hash};
use std::collections::HashMap;

/// Named lists: `@parent` and the like.
pub(crate) type Lists = HashMap<String, String>;

/// A word of a pattern: its number with marks, and without.
type Word = (u16, u16);

#[derive(Clone, Debug)]
enum Part {
    /// One of these sequences.
    Any(Ways),
    /// Up to so many words.
    Gap(u8),
    /// Where the shown span starts or ends.
    From,
    To,
}

/// The word sequences one of which may stand at a place, longest first, and what they may start with: most places are
/// turned down by a look into the two short sorted lists.
#[derive(Clone, Debug)]
struct Ways {
    all: Vec<Vec<Word>>,
    starts: Box<[u16]>,
    bare_starts: Box<[u16]>,
}

impl Ways {
    fn new(mut all: Vec<Vec<Word>>) -> Self {
        all.sort_by_key(|way| std::cmp::Reverse(way.len()));
        let starts = |pick: fn(&Word) -> u16| {
            let mut starts: Vec<u16> = all.iter().filter_map(|way| way.first()).map(pick).collect();
            starts.sort_unstable();
            starts.dedup();
            starts.into()
        };
        Self { starts: starts(|w| w.0), bare_starts: starts(|w| w.1), all }
    }

    fn may_start(&self, token: &Token, loose: bool) -> bool {
        self.starts.binary_search(&token.word).is_ok()
            || (loose && !token.marked && self.bare_starts.binary_search(&token.bare_word).is_ok())
    }

    fn longest(&self) -> usize {
        self.all.first().map_or(0, Vec::len)
    }
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    parts: Vec<(Part, bool)>,
}

/// The part of a phrase by which it is looked up: the one whose words are rarest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// The words one of which must stand there, with marks and without.
    pub words: Vec<Word>,
    /// How many tokens before it a match may start, at most.
    pub reach: u8,
}

/// Why a pattern can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PhraseError {
    #[error("unknown list @{0}")]
    UnknownList(String),
    #[error("a bracket is not closed in `{0}`")]
    Unclosed(String),
    #[error("a phrase must start with a word: `{0}`")]
    NoStart(String),
}

/// A place in the token list.
pub(crate) type Place = std::ops::Range<usize>;

impl Phrase {
    pub(crate) fn compile(source: &str, lists: &Lists, lexicon: &mut Lexicon) -> Result<Self, PhraseError> {
        let mut parts = Vec::new();
        for piece in pieces(source)? {
            let (piece, optional) = match piece.strip_suffix('?') {
                Some(stem) if !stem.is_empty() => (stem, true),
                _ => (piece, false),
            };
            let part = match piece {
                "[" => Part::From,
                "]" => Part::To,
                _ if piece.starts_with("..") => Part::Gap(piece[2..].parse().unwrap_or(3).min(9)),
                _ => Part::Any(Ways::new(words(piece.trim_matches(['(', ')']), lists, lexicon)?)),
            };
            parts.push((part, optional));
        }
        let starts = parts.iter().find(|(p, _)| !matches!(p, Part::From));
        if !matches!(starts, Some((Part::Any(_), false))) {
            return Err(PhraseError::NoStart(source.into()));
        }
        Ok(Self { parts })
    }

    /// The part to look it up by, given how common each word is.
    pub(crate) fn anchor(&self, common: impl Fn(u16) -> u32) -> Anchor {
        let (mut reach, mut best) = (0, None);
        for (part, optional) in &self.parts {
            if let (Part::Any(ways), false) = (part, optional) {
                let cost: u32 = ways.starts.iter().map(|word| common(*word)).sum();
                if best.as_ref().is_none_or(|(least, _, _)| cost < *least) {
                    best = Some((cost, ways, reach));
                }
            }
            reach += match part {
                Part::Any(ways) => ways.longest(),
                Part::Gap(most) => *most as usize,
                Part::From | Part::To => 0,
            };
        }
        let (_, ways, reach) = best.expect("a phrase starts with words, or it would not have been compiled");
        Anchor { words: ways.all.iter().filter_map(|way| way.first().copied()).collect(), reach: reach.min(255) as u8 }
    }

    /// The words that every match needs one of, part by part.
    pub(crate) fn words(&self) -> impl Iterator<Item = u16> {
        self.parts
            .iter()
            .filter_map(|(part, _)| if let Part::Any(ways) = part { Some(ways) } else { None })
            .flat_map(|w| w.starts.iter().copied())
    }

    /// Whether it is a single word: without marks such a word means too much.
    pub(crate) fn is_one_word(&self) -> bool {
        let mut needed = self.parts.iter().filter_map(|(part, optional)| match part {
            Part::Any(ways) if !optional => Some(ways),
            _ => None,
        });
        matches!((needed.next(), needed.next()), (Some(only), None) if only.longest() == 1)
    }

    /// The span shown for a match that starts at token `at`.
    pub(crate) fn matches(&self, tokens: &[Token], loose: bool, at: usize) -> Option<Place> {
        let mut span = at..at;
        let end = follow(&self.parts, tokens, loose, at, at, &mut span)?;
        if span.end == at {
            span.end = end;
        }
        (span.start < span.end).then_some(span)
    }
}

/// Walks the parts from token `at`; gives the token after the match.
fn follow(
    parts: &[(Part, bool)],
    tokens: &[Token],
    loose: bool,
    first: usize,
    at: usize,
    span: &mut Place,
) -> Option<usize> {
    let Some(((part, optional), rest)) = parts.split_first() else { return Some(at) };
    let go = |at, span: &mut Place| follow(rest, tokens, loose, first, at, span);
    match part {
        Part::From => {
            span.start = at;
            go(at, span)
        }
        Part::To => {
            let end = go(at, span)?;
            span.end = at;
            Some(end)
        }
        Part::Gap(most) => {
            for skipped in 0..=*most as usize {
                if skipped > 0 && !joined(tokens, first, at + skipped - 1) {
                    break;
                }
                if let Some(end) = go(at + skipped, span) {
                    return Some(end);
                }
            }
            None
        }
        Part::Any(ways) => {
            let here = tokens.get(at).is_some_and(|token| ways.may_start(token, loose));
            for way in ways.all.iter().filter(|_| here) {
                if way
                    .iter()
                    .enumerate()
                    .all(|(i, word)| joined(tokens, first, at + i) && same(&tokens[at + i], *word, loose))
                    && let Some(end) = go(at + way.len(), span)
                {
                    return Some(end);
                }
            }
            if *optional { go(at, span) } else { None }
        }
    }
}

/// Whether there is a token here that belongs to the sentence in which the match started.
fn joined(tokens: &[Token], first: usize, at: usize) -> bool {
    tokens.get(at).is_some_and(|t| at == first || !t.starts_sentence())
}

fn same(token: &Token, word: Word, loose: bool) -> bool {
    token.word == word.0 || (loose && !token.marked && token.bare_word == word.1)
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
