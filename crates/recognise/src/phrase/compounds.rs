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
    entries: Vec<Entry>,
    /// The words after the second.
    rest: Vec<Word>,
}

/// A compound under the keys of its first two words; small, because many are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    second: u16,
    number: u16,
    /// Where its further words stand.
    rest: u16,
    length: u8,
    typed: bool,
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

    /// Makes them ready. Keys of words are lower than `keys`. `None` where there are too many.
    pub(crate) fn finder(&self, keys: usize) -> Option<Finder> {
        let (mut entries, mut rest) = (Vec::new(), Vec::new());
        let mut pairs = Box::new([0; PAIRS / 64]);
        for (compound, number) in &self.numbers {
            let (Ok(from), Ok(length)) = (u16::try_from(rest.len()), u8::try_from(compound.len())) else { return None };
            rest.extend_from_slice(&compound[2..]);
            // A word typed without marks is the word itself where that has none.
            let firsts = [(typed(compound[0]), true), (bare(compound[0]), compound[0].0 == compound[0].1)];
            for (first, typed_so) in firsts {
                for second in [typed(compound[1]), bare(compound[1])] {
                    let bit = pair(first, second);
                    pairs[bit / 64] |= 1 << (bit % 64);
                    entries.push((first, Entry { second, number: *number, rest: from, length, typed: typed_so }));
                }
            }
        }
        entries.sort_unstable();
        let row = |first: usize| entries.partition_point(|e| (e.0 as usize) < first) as u32;
        let rows = (0..=keys).map(row).collect();
        Some(Finder { pairs, rows, entries: entries.into_iter().map(|(_, entry)| entry).collect(), rest })
    }

    #[cfg(test)]
    pub(crate) fn words(&self) -> Vec<&[Word]> {
        let mut words = vec![&[][..]; self.len()];
        self.numbers.iter().for_each(|(compound, number)| words[*number as usize] = compound);
        words
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
        let from = row.partition_point(|entry| entry.second < second);
        for entry in row[from..].iter().take_while(|entry| entry.second == second) {
            let more = entry.length as usize - 2;
            let rest = &self.rest[entry.rest as usize..entry.rest as usize + more];
            let Some(here) = tokens.get(at + 2..at + 2 + more) else { continue };
            if here.iter().zip(rest).all(|(token, word)| token.may_be(*word, loose)) {
                seen.push(Seen { number: entry.number, at: at as u8, length: entry.length, typed: entry.typed });
            }
        }
    }
}

const fn pair(first: u16, second: u16) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B);
    (mixed >> (32 - PAIRS.trailing_zeros())) as usize
}
