//! Which phrases can match a sentence at all: those whose parts stand there in order, however far apart.
//!
//! All phrases are looked at together. A phrase is a run of bits: the first is always on, the next is on once its first
//! needed word was seen, and so on; the last says that all were seen. A token switches on the bit after each bit that is
//! on and waits for it: one *and*, one shift, one *or* for 64 bits. For each word only the blocks of 64 that wait
//! for it are kept.

use super::{Phrase, Seen};
use crate::text::Token;
use std::collections::HashMap;

/// Blocks of 64 bits; a block number fits a byte.
const BLOCKS: usize = 256;

/// How far each phrase has come.
#[derive(Clone, Debug)]
pub(crate) struct Sieved([u64; BLOCKS]);

impl Default for Sieved {
    fn default() -> Self {
        Self([0; BLOCKS])
    }
}

/// All phrases, ready to be looked at together.
#[derive(Clone, Debug)]
pub(crate) struct Sieve {
    /// Blocks in use.
    blocks: usize,
    /// First bits and last bits of phrases.
    first: [u64; BLOCKS],
    last: [u64; BLOCKS],
    /// By place of a last bit the number of the phrase.
    phrases: Vec<u16>,
    /// For each number, of words as typed, of words without marks, of compounds, where its blocks start; one more at
    /// the end.
    rows: [Vec<u32>; 3],
    at: Vec<u8>,
    bits: Vec<u64>,
}

impl Sieve {
    /// Lays out these phrases. `None` where they are too many. `most` is the highest number of words and of compounds.
    pub(crate) fn build(phrases: &[&Phrase], most: [usize; 2]) -> Option<Self> {
        let mut sieve = Self {
            blocks: 0,
            first: [0; BLOCKS],
            last: [0; BLOCKS],
            phrases: vec![0; BLOCKS * 64],
            rows: [const { Vec::new() }; 3],
            at: Vec::new(),
            bits: Vec::new(),
        };
        // What each number waits for: `(table, number, block)` and its bits.
        let mut waits: HashMap<(usize, u16, u8), u64> = HashMap::new();
        let mut free = 0;
        for (number, phrase) in (0..).zip(phrases) {
            // A phrase lies within one block.
            let steps = phrase.needed().count();
            if free % 64 + steps >= 64 {
                free = free.next_multiple_of(64);
            }
            let block = free / 64;
            if block >= BLOCKS {
                return None;
            }
            sieve.blocks = block + 1;
            sieve.first[block] |= 1 << (free % 64);
            for ways in phrase.needed() {
                let words = ways.words.iter().flat_map(|word| [(0, word.0), (1, word.1)]);
                for (table, number) in words.chain(ways.compounds.iter().map(|c| (2, c.number))) {
                    *waits.entry((table, number, block as u8)).or_default() |= 1 << (free % 64);
                }
                free += 1;
            }
            sieve.last[block] |= 1 << (free % 64);
            sieve.phrases[free] = number;
            free += 1;
        }
        sieve.phrases.truncate(free);
        let mut waits: Vec<_> = waits.into_iter().collect();
        waits.sort_unstable();
        for (table, most) in [most[0], most[0], most[1]].into_iter().enumerate() {
            let row = |number: usize| waits.partition_point(|((t, n, _), _)| (*t, *n as usize) < (table, number)) as u32;
            sieve.rows[table] = (0..=most + 1).map(row).collect();
        }
        sieve.at = waits.iter().map(|((_, _, block), _)| *block).collect();
        sieve.bits = waits.iter().map(|(_, bits)| *bits).collect();
        Some(sieve)
    }

    /// Leaves out the phrases with these numbers.
    pub(crate) fn leave_out(&mut self, left_out: impl Fn(u16) -> bool) {
        for (place, phrase) in self.phrases.iter().enumerate() {
            if left_out(*phrase) {
                self.last[place / 64] &= !(1 << (place % 64));
            }
        }
    }

    /// The numbers of the phrases that can match, in order.
    pub(crate) fn pass<'a>(
        &'a self,
        tokens: &[Token],
        seen: &[Seen],
        loose: bool,
        sieved: &'a mut Sieved,
    ) -> impl Iterator<Item = u16> + 'a {
        let on = &mut sieved.0;
        on[..self.blocks].copy_from_slice(&self.first[..self.blocks]);
        let mut seen = seen.iter().peekable();
        for (at, token) in tokens.iter().enumerate() {
            let (bare, word) = token.key(loose);
            self.step(usize::from(bare), word, on);
            while let Some(compound) = seen.next_if(|s| s.at as usize == at) {
                self.step(2, compound.number, on);
            }
        }
        let mut block = 0;
        let mut left = 0;
        std::iter::from_fn(move || {
            while left == 0 {
                if block == self.blocks {
                    return None;
                }
                left = on[block] & self.last[block];
                block += 1;
            }
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(self.phrases[(block - 1) * 64 + bit])
        })
    }

    fn step(&self, table: usize, number: u16, on: &mut [u64; BLOCKS]) {
        let rows = &self.rows[table];
        let row = rows[number as usize] as usize..rows[number as usize + 1] as usize;
        for (at, bits) in self.at[row.clone()].iter().zip(&self.bits[row]) {
            let on = &mut on[*at as usize];
            *on |= (*on & bits) << 1;
        }
    }
}
