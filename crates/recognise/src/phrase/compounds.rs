//! Words that stand together in a pattern (`tài khoản`, `chuyển khoản`) are read as one.

use super::{Word, bare, typed};
use crate::text::Token;
use std::collections::HashMap;

/// Several words of a pattern that stand together, each such row of words a number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compounds {
    numbers: HashMap<Box<[Word]>, u16>,
}

/// A compound in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub number: u16,
    /// Where it starts.
    pub at: u8,
    /// How many words it has.
    pub length: u8,
    /// Whether its first word is typed as in the pattern, marks and all.
    pub typed: bool,
}

/// All compounds, ready to be found.
#[derive(Clone, Debug)]
pub(crate) struct Finder {
    /// A bit for each pair of first words: most neighbours in a text are none, and that is soon seen.
    pairs: Box<[u64; PAIRS / 64]>,
    /// For each key of a first word where its entries start; one more at the end.
    rows: Vec<u32>,
    /// Key of the second word and number of the compound.
    entries: Vec<(u16, u16)>,
    words: Vec<Box<[Word]>>,
}

const PAIRS: usize = 1 << 17;

impl Compounds {
    /// The number of these words, a new one where they are not known yet. `None` where there are too many.
    pub(super) fn number(&mut self, words: Vec<Word>) -> Option<u16> {
        let next = u16::try_from(self.numbers.len()).ok()?;
        Some(*self.numbers.entry(words.into()).or_insert(next))
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Makes them ready. Keys of words are lower than `keys`.
    pub(crate) fn finder(&self, keys: usize) -> Finder {
        let mut entries = Vec::new();
        let mut pairs = Box::new([0; PAIRS / 64]);
        for (compound, number) in &self.numbers {
            let ways = |word: Word| [typed(word), bare(word)];
            for (first, second) in ways(compound[0]).into_iter().flat_map(|a| ways(compound[1]).map(|b| (a, b))) {
                let bit = pair(first, second);
                pairs[bit / 64] |= 1 << (bit % 64);
                entries.push((first, second, *number));
            }
        }
        entries.sort_unstable();
        let row = |first: usize| entries.partition_point(|e| (e.0 as usize) < first) as u32;
        let mut list: Vec<_> = self.numbers.iter().collect();
        list.sort_unstable_by_key(|(_, number)| *number);
        Finder {
            pairs,
            rows: (0..=keys).map(row).collect(),
            entries: entries.iter().map(|(_, second, number)| (*second, *number)).collect(),
            words: list.into_iter().map(|(words, _)| words.clone()).collect(),
        }
    }
}

impl Finder {
    /// Finds the compounds in these tokens (fewer than 256), by where they start.
    pub(crate) fn find(&self, tokens: &[Token], loose: bool, seen: &mut Vec<Seen>) {
        seen.clear();
        for (at, two) in tokens.windows(2).enumerate() {
            let (first, second) = (two[0].key(loose), two[1].key(loose));
            let bit = pair(first, second);
            if self.pairs[bit / 64] >> (bit % 64) & 1 != 0 {
                self.find_at(first, second, (tokens, at, loose), seen);
            }
        }
    }

    fn find_at(&self, first: u16, second: u16, (tokens, at, loose): (&[Token], usize, bool), seen: &mut Vec<Seen>) {
        let row = &self.entries[self.rows[first as usize] as usize..self.rows[first as usize + 1] as usize];
        let from = row.partition_point(|entry| entry.0 < second);
        for (_, number) in row[from..].iter().take_while(|entry| entry.0 == second) {
            let words = self.words(*number);
            let Some(here) = tokens.get(at..at + words.len()) else { continue };
            if here.iter().zip(words).skip(2).all(|(token, word)| token.may_be(*word, loose)) {
                let typed = here[0].word == words[0].0;
                seen.push(Seen { number: *number, at: at as u8, length: words.len() as u8, typed });
            }
        }
    }

    pub(super) fn words(&self, number: u16) -> &[Word] {
        &self.words[number as usize]
    }
}

const fn pair(first: u16, second: u16) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B);
    (mixed >> (32 - PAIRS.trailing_zeros())) as usize
}
