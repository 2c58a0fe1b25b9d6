//! The words of a sentence by where they stand, a bit a token, so that a phrase is tried at all places at once.

use super::{LONGEST, Place, Seen, Word};
use crate::text::Token;

/// As many tokens as are read at once: one bit more is needed for the place after the last.
const MOST: usize = 63;

const COMPOUND: usize = 2;

/// The stretches in which tokens are read, each with whether it is a whole sentence, and how many of its tokens a match
/// may start at. Sentences longer than a window are read in overlapping stretches.
pub(crate) fn windows(tokens: &[Token]) -> impl Iterator<Item = (Place, bool, usize)> {
    let mut at = 0;
    let mut within = false;
    std::iter::from_fn(move || {
        let rest = tokens.get(at..).filter(|rest| !rest.is_empty())?;
        let ends = |t: &Token| t.starts_sentence();
        let to_end = rest.iter().take(MOST + 1).skip(1).position(ends).map_or(rest.len(), |end| end + 1);
        let start = at;
        Some(if to_end <= MOST {
            at += to_end;
            (start..start + to_end, !std::mem::take(&mut within), to_end)
        } else {
            within = true;
            at += MOST - LONGEST;
            (start..start + MOST, false, MOST - LONGEST)
        })
    })
}

/// Where each word stands in a stretch of text. Kept from stretch to stretch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window {
    /// By number: of a word as it is typed, of a word without marks, of a compound.
    slots: [Box<[u16]>; 3],
    /// Where it stands, by slot. What is not there has slot 0.
    places: Vec<u64>,
    /// All places, the one after the last token too.
    pub all: u64,
}

impl Window {
    /// Makes room for words and compounds with numbers up to these.
    pub(crate) fn make_room(&mut self, words: usize, compounds: usize) {
        let most = [words, words, compounds];
        if self.slots.iter().zip(most).any(|(slots, most)| slots.len() != most + 1) {
            self.slots = most.map(|most| vec![0; most + 1].into());
        }
    }

    /// Reads these tokens, at most 63.
    pub(crate) fn read(&mut self, tokens: &[Token], seen: &[Seen], loose: bool) {
        self.places.clear();
        self.places.push(0);
        for (at, token) in tokens.iter().enumerate() {
            let (bare, word) = token.key(loose);
            if word != 0 {
                self.note(usize::from(bare), word, at);
            }
        }
        for seen in seen {
            self.note(COMPOUND, seen.number, seen.at as usize);
        }
        self.all = u64::MAX >> (MOST - tokens.len());
    }

    fn note(&mut self, table: usize, number: u16, at: usize) {
        let slot = &mut self.slots[table][number as usize];
        if *slot == 0 {
            *slot = self.places.len() as u16;
            self.places.push(0);
        }
        self.places[*slot as usize] |= 1 << at;
    }

    /// Forgets what was read.
    pub(crate) fn forget(&mut self, tokens: &[Token], seen: &[Seen], loose: bool) {
        for token in tokens {
            let (bare, word) = token.key(loose);
            self.slots[usize::from(bare)][word as usize] = 0;
        }
        for seen in seen {
            self.slots[COMPOUND][seen.number as usize] = 0;
        }
    }

    /// Where this word stands.
    pub(super) fn places(&self, word: Word) -> u64 {
        let slot = |bare: usize, word: u16| self.places[self.slots[bare][word as usize] as usize];
        slot(0, word.0) | slot(1, word.1)
    }

    /// Where this compound starts.
    pub(super) fn places_of_compound(&self, number: u16) -> u64 {
        self.places[self.slots[COMPOUND][number as usize] as usize]
    }
}
