//! Words, numbers and links of a text, each knowing where in the original it stands.

use super::fold::{Folded, Mark, bare_letter, fold, is_vowel, with_mark};
use super::lexicon::{Lexicon, word_hash};
use super::normalise::Shorthand;
use super::sign;
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Link,
}

/// How strongly a token is cut off from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// A blank, or nothing.
    None,
    /// A comma, dash, colon or bracket.
    Clause,
    /// A full stop, question or exclamation mark, a new line.
    Sentence,
}

/// One token. Offsets are Unicode code points of the original text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    pub gap: Gap,
    /// Carries a Vietnamese mark or tone, so that its spelling can be trusted.
    pub marked: bool,
    /// The syllable's tone, 0 to 5.
    pub tone: u8,
    /// Hash with marks and tone, and without.
    pub full: u32,
    pub bare: u32,
    /// Number in the rules' lexicon with marks and tone, and without; 0 where the rules don't know it.
    pub word: u16,
    pub bare_word: u16,
    /// Where its letter codes (or digits) stand in [`Tokens::codes`].
    pub(super) codes: (u32, u16),
}

impl Token {
    /// The key under which rules look this token up: in a loose text a word without marks may be any word that is
    /// written so.
    pub(crate) fn key(&self, loose: bool) -> u16 {
        if loose && !self.marked { self.bare_word << 1 | 1 } else { self.word << 1 }
    }

    /// Whether this may be a word of a pattern: its numbers with marks and without.
    pub(crate) fn may_be(&self, word: (u16, u16), loose: bool) -> bool {
        self.word == word.0 || (loose && !self.marked && self.bare_word == word.1)
    }

    /// Whether a sentence starts here.
    pub(crate) fn starts_sentence(&self) -> bool {
        self.gap == Gap::Sentence
    }
}

/// The tokens of one text. Reused from text to text, so that reading allocates nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    pub list: Vec<Token>,
    pub(super) codes: Vec<u8>,
    /// Bits of [`sign`].
    pub signs: u16,
    /// Length of the text in code points.
    pub length: u32,
    pub(super) spare: Vec<Token>,
}

/// A word or number in the making.
struct Open {
    start: u32,
    end: u32,
    at: usize,
    kind: Kind,
    tone: u8,
    marked: bool,
    run: u8,
}

/// A link in the text: code points and bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkPlace {
    pub points: Range<u32>,
    pub bytes: Range<usize>,
}

impl Tokens {
    /// Letter codes of a word, digits of a number.
    pub(crate) fn codes(&self, token: &Token) -> &[u8] {
        &self.codes[token.codes.0 as usize..token.codes.0 as usize + token.codes.1 as usize]
    }

    /// Reads a text. `links` must be in order and not overlap.
    pub(crate) fn read(&mut self, text: &str, links: &[LinkPlace], lexicon: &Lexicon, shorthand: &Shorthand) {
        self.list.clear();
        self.codes.clear();
        self.signs = 0;
        let mut gap = Gap::Sentence;
        let mut open: Option<Open> = None;
        let mut links = links.iter();
        let mut link = links.next();
        let mut chars = text.chars();
        let (mut at, mut before) = (0, ' ');
        while let Some(c) = chars.next() {
            if let Some(here) = link.filter(|link| link.points.start == at) {
                self.close(&mut open, &mut gap);
                self.push_link(&here.points, gap);
                gap = Gap::None;
                before = ' ';
                for _ in at + 1..here.points.end {
                    chars.next();
                }
                at = here.points.end.max(at + 1);
                link = links.next();
                continue;
            }
            let next = || chars.clone().next();
            match fold(c) {
                Folded::Letter(code, tone) => {
                    if open.as_ref().is_some_and(|o| o.kind == Kind::Number) {
                        self.close(&mut open, &mut gap);
                    }
                    self.letter(&mut open, at, code, tone);
                }
                Folded::Digit(digit) => self.digit(&mut open, &mut gap, at, digit, next()),
                Folded::Tone(tone) => {
                    if let Some(o) = open.as_mut().filter(|o| o.kind == Kind::Word) {
                        (o.tone, o.marked, o.end) = (tone, true, at + 1);
                    }
                }
                Folded::Mark(mark) => self.mark(&mut open, at, mark),
                Folded::Skip => self.signs |= sign::of(c, before),
                Folded::Space => {
                    self.close(&mut open, &mut gap);
                    if c == '\n' {
                        gap = Gap::Sentence;
                    }
                }
                Folded::Other(c) => {
                    let inside = open.as_ref().map(|o| o.kind);
                    match stands_for(c, inside, next()) {
                        Inside::Letter(code) => self.letter(&mut open, at, code, 0),
                        Inside::Nothing => {}
                        Inside::Break => {
                            self.close(&mut open, &mut gap);
                            gap = gap.max(gap_of(c));
                            self.signs |= sign::of(c, before);
                        }
                    }
                }
            }
            before = c;
            at += 1;
        }
        self.length = at;
        self.close(&mut open, &mut gap);
        self.settle(lexicon, shorthand);
    }

    #[inline]
    fn letter(&mut self, open: &mut Option<Open>, at: u32, code: u8, tone: u8) {
        let o = open.get_or_insert(Open {
            start: at,
            end: at,
            at: self.codes.len(),
            kind: Kind::Word,
            tone: 0,
            marked: false,
            run: 0,
        });
        o.end = at + 1;
        o.marked |= code >= 128 || tone != 0;
        if tone != 0 {
            o.tone = tone;
        }
        let repeats = self.codes.len() > o.at && self.codes.last() == Some(&code);
        o.run = if repeats { o.run.saturating_add(1) } else { 1 };
        match o.run {
            1 | 2 => self.codes.push(code),
            3 => drop(self.codes.pop()),
            _ => {}
        }
    }

    fn digit(&mut self, open: &mut Option<Open>, gap: &mut Gap, at: u32, digit: u8, next: Option<char>) {
        let in_word = open.as_ref().is_some_and(|o| o.kind == Kind::Word);
        let letter_follows = next.is_some_and(|c| matches!(fold(c), Folded::Letter(..)));
        if let (true, true, Some(code)) = (in_word, letter_follows, leet(digit)) {
            return self.letter(open, at, code, 0);
        }
        if in_word {
            self.close(open, gap);
        }
        let o = open.get_or_insert(Open {
            start: at,
            end: at,
            at: self.codes.len(),
            kind: Kind::Number,
            tone: 0,
            marked: false,
            run: 0,
        });
        o.end = at + 1;
        self.codes.push(b'0' + digit);
    }

    fn mark(&mut self, open: &mut Option<Open>, at: u32, mark: Mark) {
        if let (Some(o), Some(last)) = (open.as_mut().filter(|o| o.kind == Kind::Word), self.codes.last_mut()) {
            *last = with_mark(*last, mark);
            o.marked |= *last >= 128;
            o.end = at + 1;
        }
    }

    fn close(&mut self, open: &mut Option<Open>, gap: &mut Gap) {
        let Some(o) = open.take() else { return };
        let codes = (o.at as u32, (self.codes.len() - o.at).min(u16::MAX as usize) as u16);
        let letters = &self.codes[o.at..];
        let tone = if o.tone != 0 && letters.iter().any(|&c| is_vowel(c)) { o.tone } else { 0 };
        let (full, bare) = hashes(letters, tone, o.marked);
        self.list.push(Token {
            start: o.start,
            end: o.end,
            kind: o.kind,
            gap: *gap,
            marked: o.marked,
            tone,
            full,
            bare,
            word: 0,
            bare_word: 0,
            codes,
        });
        *gap = Gap::None;
    }

    fn push_link(&mut self, points: &Range<u32>, gap: Gap) {
        let at = self.codes.len() as u32;
        let hash = class_hash("link");
        self.list.push(Token {
            start: points.start,
            end: points.end,
            kind: Kind::Link,
            gap,
            marked: false,
            tone: 0,
            full: hash,
            bare: hash,
            word: 0,
            bare_word: 0,
            codes: (at, 0),
        });
    }
}

enum Inside {
    Letter(u8),
    Nothing,
    Break,
}

/// What a sign inside a word or number stands for.
fn stands_for(c: char, inside: Option<Kind>, next: Option<char>) -> Inside {
    let next = next.map(fold);
    match (inside, next) {
        (Some(Kind::Word), Some(Folded::Letter(..))) => match c {
            '@' => Inside::Letter(b'a'),
            '$' => Inside::Letter(b's'),
            '!' | '¡' => Inside::Letter(b'i'),
            '€' => Inside::Letter(b'e'),
            '\'' | '’' | '`' => Inside::Nothing,
            _ => Inside::Break,
        },
        (Some(Kind::Number), Some(Folded::Digit(_))) if matches!(c, '.' | ',') => Inside::Nothing,
        _ => Inside::Break,
    }
}

const fn leet(digit: u8) -> Option<u8> {
    match digit {
        0 => Some(b'o'),
        1 => Some(b'i'),
        3 => Some(b'e'),
        4 => Some(b'a'),
        5 => Some(b's'),
        7 => Some(b't'),
        _ => None,
    }
}

const fn gap_of(c: char) -> Gap {
    match c {
        '.' | '!' | '?' | '…' | '。' => Gap::Sentence,
        _ => Gap::Clause,
    }
}

/// Hashes of a word with its marks and without; one hash where there are none.
pub(super) fn hashes(codes: &[u8], tone: u8, marked: bool) -> (u32, u32) {
    let full = word_hash(codes.iter().copied(), tone);
    (full, if marked { word_hash(codes.iter().map(|c| bare_letter(*c)), 0) } else { full })
}

/// The hash under which the rules know a class of tokens: `<money>`, `<link>`.
pub(crate) fn class_hash(class: &str) -> u32 {
    word_hash(b"<".iter().copied().chain(class.bytes()), 7)
}
