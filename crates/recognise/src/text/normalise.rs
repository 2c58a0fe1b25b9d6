//! The text as the rules read it: lower case, one spelling, shorthand spelled out, with a map to the original.

use super::fold::{Folded, fold, letter_char};
use super::lexicon::{Lexicon, word_hash};
use super::tokens::{Gap, Kind, LinkPlace, Tokens};
use std::collections::HashMap;
use std::ops::Range;

/// A text as the rules read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalised {
    /// Words and numbers, a blank between them, a comma where a clause ends, a full stop where a sentence does.
    pub text: String,
    /// For each word: its bytes in `text` and its code points in the original.
    pub map: Vec<(Range<usize>, Range<u32>)>,
}

impl Normalised {
    /// The code points of the original that a byte range of the normalised text comes from.
    pub fn origin(&self, bytes: Range<usize>) -> Option<Range<u32>> {
        let touched = |(here, _): &&(Range<usize>, Range<u32>)| here.start < bytes.end && bytes.start < here.end;
        let first = self.map.iter().find(touched)?;
        let last = self.map.iter().rev().find(touched)?;
        Some(first.1.start..last.1.end)
    }
}

pub(crate) fn normalise(text: &str, links: &[LinkPlace], lexicon: &Lexicon, shorthand: &Shorthand) -> Normalised {
    let mut tokens = Tokens::default();
    tokens.read(text, links, lexicon, shorthand);
    let mut out = Normalised { text: String::with_capacity(text.len()), map: Vec::with_capacity(tokens.list.len()) };
    let mut link_texts = links.iter().map(|l| text[l.bytes.clone()].to_lowercase());
    for token in &tokens.list {
        if !out.text.is_empty() {
            out.text.push_str(match token.gap {
                Gap::None => " ",
                Gap::Clause => ", ",
                Gap::Sentence => ". ",
            });
        }
        let start = out.text.len();
        match token.kind {
            Kind::Word => spell(&mut out.text, tokens.codes(token), token.tone),
            Kind::Number => out.text.extend(tokens.codes(token).iter().map(|d| *d as char)),
            Kind::Link => out.text.push_str(&link_texts.next().unwrap_or_default()),
        }
        out.map.push((start..out.text.len(), token.start..token.end));
    }
    out
}

/// Writes a syllable with its tone where the modern spelling puts it.
pub(super) fn spell(out: &mut String, codes: &[u8], tone: u8) {
    let seat = if tone == 0 { None } else { tone_seat(codes) };
    out.extend(codes.iter().enumerate().map(|(at, code)| letter_char(*code, if Some(at) == seat { tone } else { 0 })));
}

/// The vowel that carries the tone: a marked vowel, else by the shape of the syllable.
fn tone_seat(codes: &[u8]) -> Option<usize> {
    use super::fold::is_vowel;
    let vowels: Vec<usize> = (0..codes.len()).filter(|i| is_vowel(codes[*i])).collect();
    // `qu` and `gi` before another vowel belong to the consonant.
    let glide = codes.len() > 2 && matches!(&codes[..2], b"qu" | b"gi") && vowels.len() > 1;
    let vowels = if glide { &vowels[1..] } else { &vowels[..] };
    if let Some(marked) = vowels.iter().rev().find(|i| codes[**i] >= 128) {
        return Some(*marked);
    }
    match vowels {
        [] => None,
        [only] => Some(*only),
        [.., last] if *last + 1 < codes.len() => Some(*last),
        [first, second] if matches!((codes[*first], codes[*second]), (b'o', b'a' | b'e') | (b'u', b'y')) => {
            Some(*second)
        }
        [first, _] => Some(*first),
        [_, middle, ..] => Some(*middle),
    }
}

/// A word as letter codes and tone, from ordinary spelling.
pub(crate) fn letters_of(word: &str) -> (Box<[u8]>, u8) {
    let (mut codes, mut tone) = (Vec::new(), 0);
    for c in word.chars() {
        if let Folded::Letter(code, t) = fold(c) {
            codes.push(code);
            tone = tone.max(t);
        }
    }
    (codes.into(), tone)
}

/// Hash of an ordinary word with its marks.
pub(crate) fn hash_of(word: &str) -> u32 {
    let (codes, tone) = letters_of(word);
    word_hash(codes.iter().copied(), tone)
}

/// A word spelled out: its folded letters and its tone.
type Spelled = (Box<[u8]>, u8);

/// What people type short: `ko`, `dc`, `stk`, each with the words it stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shorthand {
    words: HashMap<u32, Vec<Spelled>, Identity>,
    /// Bloom of the keys, so that most words cost one look.
    seen: Box<[u64]>,
}

impl Shorthand {
    /// Lines of `spelled out: short short short`; `#` starts a comment.
    pub(crate) fn parse(source: &str) -> Self {
        let mut words: HashMap<_, _, Identity> = HashMap::default();
        let mut seen = vec![0_u64; 64].into_boxed_slice();
        for line in source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let Some((long, short)) = line.split_once(':') else { continue };
            let long: Vec<_> = long.split_whitespace().map(letters_of).collect();
            for key in short.split_whitespace().map(hash_of) {
                words.insert(key, long.clone());
                seen[(key >> 6) as usize & 63] |= 1 << (key & 63);
            }
        }
        Self { words, seen }
    }

    pub(crate) fn find(&self, hash: u32) -> Option<&[Spelled]> {
        if self.seen.is_empty() || self.seen[(hash >> 6) as usize & 63] & (1 << (hash & 63)) == 0 {
            return None;
        }
        self.words.get(&hash).map(Vec::as_slice)
    }
}

/// Keys are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Identity;

impl std::hash::BuildHasher for Identity {
    type Hasher = AsIs;

    fn build_hasher(&self) -> AsIs {
        AsIs(0)
    }
}

/// Passes a hash through.
#[derive(Debug)]
pub(crate) struct AsIs(u64);

impl std::hash::Hasher for AsIs {
    fn write(&mut self, _: &[u8]) {
        unreachable!("only u32 keys are hashed")
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = hash as u64 | ((hash as u64) << 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
