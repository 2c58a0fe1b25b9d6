//! Which phrases can match a sentence at all: those whose parts stand there in order, however far apart.
//!
//! All phrases are looked at together. A phrase is a run of bits: the first is always on, the next is on once its first
//! needed part was seen, and so on; the last says that all were seen. A word switches on the bit after each bit that is
//! on and waits for it: one *and*, one shift, one *or* for a block of 56 bits. For each word only the blocks that wait
//! for it are kept, each with its number in the eight bits above.

use super::{Phrase, Seen};
use crate::text::Token;
use std::collections::HashMap;

/// As many blocks as eight bits can tell apart, of as many bits as are left beside them.
const BLOCKS: usize = 256;
const BITS: usize = 56;

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
    /// For each key of a word, then for each compound, where its blocks start; one more at the end.
    rows: Vec<u32>,
    waits: Vec<u64>,
    /// How many keys of words there are.
    keys: usize,
}

impl Sieve {
    /// Lays out these phrases. `None` where they are too many. Keys of words are lower than `keys`.
    pub(crate) fn build<'a>(phrases: impl Iterator<Item = &'a Phrase>, keys: usize, compounds: usize) -> Option<Self> {
        let mut sieve = Self {
            blocks: 0,
            first: [0; BLOCKS],
            last: [0; BLOCKS],
            phrases: vec![0; BLOCKS * BITS],
            rows: Vec::new(),
            waits: Vec::new(),
            keys,
        };
        // What each row waits for: `(row, block)` and its bits.
        let mut waits: HashMap<(usize, usize), u64> = HashMap::new();
        let mut free = 0;
        for (number, phrase) in (0..).zip(phrases) {
            // A phrase lies within one block.
            let steps = phrase.needed().count();
            if free % BITS + steps >= BITS {
                free = free.next_multiple_of(BITS);
            }
            let block = free / BITS;
            if block >= BLOCKS {
                return None;
            }
            sieve.blocks = block + 1;
            sieve.first[block] |= 1 << (free % BITS);
            for ways in phrase.needed() {
                let [typed, compounds, bare] = ways.keys();
                let words = typed.iter().chain(&bare).map(|key| *key as usize);
                for row in words.chain(compounds.iter().map(|number| keys + *number as usize)) {
                    *waits.entry((row, block)).or_default() |= 1 << (free % BITS);
                }
                free += 1;
            }
            sieve.last[block] |= 1 << (free % BITS);
            sieve.phrases[free] = number;
            free += 1;
        }
        sieve.phrases.truncate(free);
        let mut waits: Vec<_> = waits.into_iter().collect();
        waits.sort_unstable();
        let row = |row: usize| waits.partition_point(|((r, _), _)| *r < row) as u32;
        sieve.rows = (0..=keys + compounds).map(row).collect();
        sieve.waits = waits.iter().map(|((_, block), bits)| (*block as u64) << BITS | bits).collect();
        Some(sieve)
    }

    /// Leaves out the phrases with these numbers.
    pub(crate) fn leave_out(&mut self, left_out: impl Fn(u16) -> bool) {
        for (place, phrase) in self.phrases.iter().enumerate() {
            if left_out(*phrase) {
                self.last[place / BITS] &= !(1 << (place % BITS));
            }
        }
    }

    /// The numbers of the phrases that can match, in order.
    pub(crate) fn pass(&self, tokens: &[Token], seen: &[Seen], loose: bool, passed: &mut Vec<u16>) {
        let mut on = self.first;
        let mut seen = seen.iter().peekable();
        for (at, token) in tokens.iter().enumerate() {
            self.step(token.key(loose) as usize, &mut on);
            while let Some(compound) = seen.next_if(|s| s.at as usize == at) {
                self.step(self.keys + compound.number as usize, &mut on);
            }
        }
        passed.clear();
        for (block, (on, last)) in on[..self.blocks].iter().zip(&self.last).enumerate() {
            let mut left = on & last;
            while left != 0 {
                passed.push(self.phrases[block * BITS + left.trailing_zeros() as usize]);
                left &= left - 1;
            }
        }
    }

    fn step(&self, row: usize, on: &mut [u64; BLOCKS]) {
        for wait in &self.waits[self.rows[row] as usize..self.rows[row + 1] as usize] {
            let on = &mut on[(wait >> BITS) as usize];
            // The number above the bits meets no bit that is on.
            *on |= (*on & wait) << 1;
        }
    }
}
