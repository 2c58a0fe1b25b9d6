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

/// The word sequences one of which may stand at a place, by their first word with marks, then longest first; and their
/// places in the order of the first word without marks.
#[derive(Clone, Debug)]
struct Ways {
    all: Vec<Vec<Word>>,
    by_bare: Vec<u16>,
}

impl Ways {
    fn new(mut all: Vec<Vec<Word>>) -> Self {
        all.retain(|way| !way.is_empty());
        all.sort_by_key(|way| (way[0].0, std::cmp::Reverse(way.len())));
        let mut by_bare: Vec<u16> = (0..all.len() as u16).collect();
        by_bare.sort_by_key(|at| (all[*at as usize][0].1, std::cmp::Reverse(all[*at as usize].len())));
        Self { all, by_bare }
    }

    /// The ways that may start with this token, longest first.
    fn starting(&self, token: &Token, loose: bool) -> impl Iterator<Item = &Vec<Word>> {
        let from = self.all.partition_point(|way| way[0].0 < token.word);
        let full = self.all[from..].iter().take_while(|way| way[0].0 == token.word);
        let bare_start = |at: &u16| self.all[*at as usize][0].1;
        let from = if loose && !token.marked {
            self.by_bare.partition_point(|at| bare_start(at) < token.bare_word)
        } else {
            self.by_bare.len()
        };
        let bare = self.by_bare[from..].iter().take_while(move |at| bare_start(at) == token.bare_word);
        full.chain(bare.map(|at| &self.all[*at as usize]))
    }

    /// First words, with marks and without, each once.
    fn starts(&self) -> FirstWords {
        let starts = |pick: fn(&Word) -> u16| {
            let mut starts: Vec<u16> = self.all.iter().map(|way| pick(&way[0])).collect();
            starts.sort_unstable();
            starts.dedup();
            starts.into()
        };
        [starts(|w| w.0), starts(|w| w.1)]
    }

    fn longest(&self) -> usize {
        self.all.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    parts: Vec<(Part, bool)>,
    /// The needed parts.
    needs: Vec<Need>,
}

/// A part that a match can't do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Need {
    /// The number of its set of first words ([`Sets`]).
    pub set: u16,
    /// At most so many tokens after the start of the match.
    pub reach: u8,
}

/// First words, with marks and without.
type FirstWords = [Box<[u16]>; 2];

/// Sets of words with which a part may start, each a number; phrases share many of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sets {
    numbers: HashMap<FirstWords, u16>,
}

impl Sets {
    fn number(&mut self, ways: &Ways) -> u16 {
        let next = self.numbers.len() as u16;
        *self.numbers.entry(ways.starts()).or_insert(next)
    }

    /// How many sets there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// For each set, how often its words are used in all sets together: the higher, the more common.
    pub(crate) fn rarity(&self) -> Vec<u32> {
        let mut uses: HashMap<u16, u32> = HashMap::new();
        self.numbers.keys().flat_map(|[full, _]| full.iter()).for_each(|word| *uses.entry(*word).or_default() += 1);
        let mut rarity = vec![0; self.len()];
        for ([full, _], set) in &self.numbers {
            rarity[*set as usize] = full.iter().map(|word| uses[word]).sum();
        }
        rarity
    }

    /// Each word with the sets it belongs to: `(word, set)`, with marks and without.
    pub(crate) fn members(&self) -> [Vec<(u16, u16)>; 2] {
        let pairs = |words: &[u16], set: u16| words.iter().map(|word| (*word, set)).collect::<Vec<_>>();
        let full = self.numbers.iter().flat_map(|([full, _], set)| pairs(full, *set));
        let bare = self.numbers.iter().flat_map(|([_, bare], set)| pairs(bare, *set));
        [full.collect(), bare.collect()]
    }
}

/// Of which sets a word stands in a stretch of text, and where: a bit a token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Present {
    places: Vec<u128>,
    seen: Vec<u16>,
}

impl Present {
    pub(crate) fn clear(&mut self, sets: usize) {
        for set in self.seen.drain(..) {
            self.places[set as usize] = 0;
        }
        self.places.resize(sets, 0);
    }

    /// Notes that the token at this place (below 128) belongs to this set.
    pub(crate) fn note(&mut self, set: u16, place: usize) {
        let places = &mut self.places[set as usize];
        if *places == 0 {
            self.seen.push(set);
        }
        *places |= 1 << place;
    }

    /// The sets that are there.
    pub(crate) fn seen(&self) -> &[u16] {
        &self.seen
    }

    /// Where tokens of a set stand.
    pub(crate) fn places(&self, set: u16) -> u128 {
        self.places[set as usize]
    }
}

/// How far ahead of its start a phrase is looked for.
pub(crate) const MOST_REACH: usize = 47;

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
    pub(crate) fn compile(
        source: &str,
        lists: &Lists,
        lexicon: &mut Lexicon,
        sets: &mut Sets,
    ) -> Result<Self, PhraseError> {
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
        trust_marks_alone(&mut parts);
        let (mut needs, mut reach) = (Vec::new(), 0);
        for (part, optional) in &parts {
            match part {
                Part::Any(ways) => {
                    if !optional {
                        needs.push(Need { set: sets.number(ways), reach: reach as u8 });
                    }
                    reach = (reach + ways.longest()).min(MOST_REACH);
                }
                Part::Gap(most) => reach = (reach + *most as usize).min(MOST_REACH),
                Part::From | Part::To => {}
            }
        }
        Ok(Self { parts, needs })
    }

    /// What must stand in the text, part by part; the first is what a match starts with.
    pub(crate) fn needs(&self) -> &[Need] {
        &self.needs
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

/// A phrase of a single word is not read into unmarked words: `so` may be `sợ`, `số` or `so`.
fn trust_marks_alone(parts: &mut [(Part, bool)]) {
    let mut needed = parts.iter_mut().filter_map(|(part, optional)| match part {
        Part::Any(ways) if !*optional => Some(ways),
        _ => None,
    });
    if let (Some(only), None) = (needed.next(), needed.next())
        && only.longest() == 1
    {
        let strict = only.all.iter().map(|way| way.iter().map(|word| (word.0, word.0)).collect()).collect();
        *only = Ways::new(strict);
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
            let here = tokens.get(at).filter(|_| joined(tokens, first, at));
            for way in here.into_iter().flat_map(|token| ways.starting(token, loose)) {
                let rest_fits =
                    |(i, word): (usize, &Word)| joined(tokens, first, at + i) && same(&tokens[at + i], *word, loose);
                if way.iter().enumerate().skip(1).all(rest_fits)
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
