//! Words that stand together in a pattern (`tài khoản`, `chuyển khoản`) are read as one.

use super::Word;
use crate::text::Token;
use std::collections::HashMap;

/// Several words of a pattern that must stand together, each a number.
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
    /// For each key of a first word where its entries start; one more at the end.
    rows: Vec<u32>,
    /// Key of the second word and number of the compound.
    entries: Vec<(u16, u16)>,
    words: Vec<Box<[Word]>>,
}

impl Compounds {
    /// The number of these words, a new one where they are not known yet. `None` where there are too many.
    pub(super) fn number(&mut self, words: Vec<Word>) -> Option<u16> {
        let next = u16::try_from(self.numbers.len()).ok()?;
        Some(*self.numbers.entry(words.into()).or_insert(next))
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Makes them ready. `words` is the highest word number.
    pub(crate) fn finder(self, words: usize) -> Finder {
        let mut entries = Vec::new();
        for (compound, number) in &self.numbers {
            let keys = |word: Word| [key(false, word.0), key(true, word.1)];
            let firsts = keys(compound[0]).into_iter();
            entries.extend(firsts.flat_map(|first| keys(compound[1]).map(|second| (first, second, *number))));
        }
        entries.sort_unstable();
        let row = |first: usize| entries.partition_point(|e| (e.0 as usize) < first) as u32;
        let mut list: Vec<_> = self.numbers.into_iter().collect();
        list.sort_unstable_by_key(|(_, number)| *number);
        Finder {
            rows: (0..=2 * (words + 1)).map(row).collect(),
            entries: entries.iter().map(|(_, second, number)| (*second, *number)).collect(),
            words: list.into_iter().map(|(words, _)| words).collect(),
        }
    }
}

impl Finder {
    /// Finds the compounds in these tokens (fewer than 256), by where they start.
    pub(crate) fn find(&self, tokens: &[Token], loose: bool, seen: &mut Vec<Seen>) {
        seen.clear();
        let mut keys = tokens.iter().map(|token| {
            let (bare, word) = token.key(loose);
            key(bare, word)
        });
        let Some(mut first) = keys.next() else { return };
        for (at, second) in keys.enumerate() {
            let row = &self.entries[self.rows[first as usize] as usize..self.rows[first as usize + 1] as usize];
            first = second;
            let from = row.partition_point(|entry| entry.0 < second);
            for (_, number) in row[from..].iter().take_while(|entry| entry.0 == second) {
                let words = &self.words[*number as usize];
                let Some(here) = tokens.get(at..at + words.len()) else { continue };
                if here[2..].iter().zip(&words[2..]).all(|(token, word)| token.may_be(*word, loose)) {
                    let typed = tokens[at].word == words[0].0;
                    seen.push(Seen { number: *number, at: at as u8, length: words.len() as u8, typed });
                }
            }
        }
    }
}

#[cfg(test)]
impl Finder {
    pub(super) fn words(&self, number: u16) -> &[Word] {
        &self.words[number as usize]
    }
}

/// A number for a word as typed or without marks. Words are fewer than 32,768 ([`super::MOST_WORDS`]).
const fn key(bare: bool, word: u16) -> u16 {
    word << 1 | bare as u16
}
