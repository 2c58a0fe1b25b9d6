//! The words of a sentence by where they stand, a bit a token, so that a phrase is tried at all places at once.

use super::{LONGEST, Place};
use crate::text::Token;

/// As many tokens as are read at once: one bit more is needed for the place after the last.
const MOST: usize = 63;

/// A stretch of text that is read at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub place: Place,
    /// Whether it is a whole sentence.
    pub whole: bool,
    /// At how many of its tokens matches start here; those further on start in the next stretch.
    pub starts: usize,
}

/// A sentence is a stretch; sentences longer than a window are read in overlapping stretches.
pub(crate) fn stretches(tokens: &[Token]) -> impl Iterator<Item = Stretch> {
    let (mut at, mut within) = (0, false);
    std::iter::from_fn(move || {
        let rest = &tokens[at..];
        let (from, first) = (at, rest.first()?);
        let length = 1 + rest.iter().skip(1).take(MOST).take_while(|token| !token.starts_sentence()).count();
        let whole = length <= MOST && (!within || first.starts_sentence());
        within = length > MOST;
        let starts = if within { MOST - LONGEST } else { length };
        at += starts;
        Some(Stretch { place: from..from + length.min(MOST), whole, starts })
    })
}

/// Where each word stands in a stretch of text. Kept from stretch to stretch.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// By key of a word.
    slots: Box<[u8]>,
    /// Where it stands, by slot. Words that are not there have slot 0.
    places: [u64; MOST + 1],
    /// All places, the one after the last token too.
    pub all: u64,
}

impl Default for Window {
    fn default() -> Self {
        Self { slots: Box::default(), places: [0; MOST + 1], all: 0 }
    }
}

impl Window {
    /// Reads these tokens, at most 63. Their keys are lower than `keys`.
    pub(crate) fn read(&mut self, tokens: &[Token], loose: bool, keys: usize) {
        if self.slots.len() != keys {
            self.slots = vec![0; keys].into();
        }
        for (token, at) in tokens.iter().zip(0..) {
            let slot = &mut self.slots[token.key(loose) as usize];
            if *slot == 0 {
                *slot = at + 1;
                self.places[*slot as usize] = 0;
            }
            self.places[*slot as usize] |= 1 << at;
        }
        self.all = u64::MAX >> (MOST - tokens.len());
    }

    /// Forgets what was read.
    pub(crate) fn forget(&mut self, tokens: &[Token], loose: bool) {
        for token in tokens {
            self.slots[token.key(loose) as usize] = 0;
        }
    }

    /// Where the words with these keys stand.
    pub(super) fn places(&self, keys: &[u16]) -> u64 {
        keys.iter().fold(0, |all, key| all | self.places[self.slots[*key as usize] as usize & MOST])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lexicon, Shorthand, Tokens};

    fn cut(text: &str) -> Vec<(Place, bool, usize)> {
        let mut tokens = Tokens::default();
        tokens.read(text, &[], &Lexicon::default(), &Shorthand::default());
        stretches(&tokens.list).map(|s| (s.place, s.whole, s.starts)).collect()
    }

    #[test]
    fn sentences_are_read_one_by_one_and_long_ones_in_overlapping_stretches() {
        assert_eq!(cut(""), []);
        assert_eq!(cut("mẹ ơi. con đây nè"), [(0..2, true, 2), (2..5, true, 3)]);
        assert_eq!(cut(&"chữ ".repeat(63)), [(0..63, true, 63)]);
        let long = format!("{}. hết", "chữ ".repeat(70));
        assert_eq!(cut(&long), [(0..63, false, 32), (32..70, false, 38), (70..71, true, 1)]);
    }
}
