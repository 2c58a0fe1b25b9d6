//! Which phrases can match a sentence at all: those whose parts stand there in order, however far apart.
//!
//! All phrases are looked at together. A phrase is a run of bits: the first is always on, the next is on once its first
//! needed word was seen, and so on; the last says that all were seen. A token switches on the bit after each bit that is
//! on and waits for it: one *and*, one shift, one *or* for 64 bits. For each word only the blocks of 64 that wait
//! for it are kept.

use super::{Phrase, Ways, Word};
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
    /// For each word number, as typed and without marks, where its blocks start; one more at the end.
    rows: [Vec<u32>; 2],
    at: Vec<u8>,
    bits: Vec<u64>,
}

impl Sieve {
    /// Lays out these phrases. `None` where they are too many. `words` is the highest word number.
    pub(crate) fn build(phrases: &[&Phrase], words: usize) -> Option<Self> {
        let uses = uses(phrases);
        let mut sieve = Self {
            blocks: 0,
            first: [0; BLOCKS],
            last: [0; BLOCKS],
            phrases: vec![0; BLOCKS * 64],
            rows: [Vec::new(), Vec::new()],
            at: Vec::new(),
            bits: Vec::new(),
        };
        // What each word waits for: `(without marks, word, block)` and its bits.
        let mut waits: HashMap<(bool, u16, u8), u64> = HashMap::new();
        let mut free = 0;
        for (number, phrase) in (0..).zip(phrases) {
            let steps: Vec<Vec<Word>> = phrase.needed().flat_map(|ways| steps(ways, &uses)).collect();
            if free % 64 + steps.len() >= 64 {
                free = free.next_multiple_of(64);
            }
            let block = free / 64;
            if block >= BLOCKS {
                return None;
            }
            sieve.blocks = block + 1;
            sieve.first[block] |= 1 << (free % 64);
            for word in steps.iter().zip(0..).flat_map(|(step, nth)| step.iter().map(move |word| (word, nth))) {
                let bit = 1 << (free % 64 + word.1);
                *waits.entry((false, word.0.0, block as u8)).or_default() |= bit;
                *waits.entry((true, word.0.1, block as u8)).or_default() |= bit;
            }
            free += steps.len();
            sieve.last[block] |= 1 << (free % 64);
            sieve.phrases[free] = number;
            free += 1;
        }
        sieve.phrases.truncate(free);
        let mut waits: Vec<_> = waits.into_iter().collect();
        waits.sort_unstable();
        for (bare, rows) in [false, true].into_iter().zip(&mut sieve.rows) {
            let row = |word: usize| waits.partition_point(|((b, w, _), _)| (*b, *w as usize) < (bare, word)) as u32;
            *rows = (0..=words + 1).map(row).collect();
        }
        sieve.at = waits.iter().map(|((_, _, block), _)| *block).collect();
        sieve.bits = waits.iter().map(|(_, bits)| *bits).collect();
        Some(sieve)
    }

    #[cfg(test)]
    pub(crate) fn zz(&self, tokens: &[Token], loose: bool) -> usize { tokens.iter().map(|t| { let (b,w)=t.key(loose); let r=&self.rows[usize::from(b)]; (r[w as usize+1]-r[w as usize]) as usize}).sum() }
    #[cfg(test)]
    pub(crate) fn zzb(&self) -> usize { self.blocks }
    #[cfg(test)]
    pub(crate) fn zzr(&self) -> usize { self.at.len() }
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
        loose: bool,
        sieved: &'a mut Sieved,
    ) -> impl Iterator<Item = u16> + 'a {
        let on = &mut sieved.0;
        on[..self.blocks].copy_from_slice(&self.first[..self.blocks]);
        for token in tokens {
            let (bare, word) = token.key(loose);
            let rows = &self.rows[usize::from(bare)];
            let row = rows[word as usize] as usize..rows[word as usize + 1] as usize;
            for (at, bits) in self.at[row.clone()].iter().zip(&self.bits[row]) {
                let on = &mut on[*at as usize];
                *on |= (*on & bits) << 1;
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
}

/// In how many parts a word is used: the more, the more common it is.
fn uses(phrases: &[&Phrase]) -> HashMap<u16, u32> {
    let mut uses = HashMap::new();
    for way in phrases.iter().flat_map(|phrase| phrase.needed()).flat_map(Ways::all) {
        way.iter().for_each(|word| *uses.entry(word.0).or_default() += 1);
    }
    uses
}

/// Words one of which must stand for a part, one after the other: as many steps as its shortest way has words, the
/// rarest words of longer ways.
fn steps(ways: &Ways, uses: &HashMap<u16, u32>) -> Vec<Vec<Word>> {
    let count = ways.all().map(<[Word]>::len).min().unwrap_or(1);
    let mut steps = vec![Vec::new(); count];
    for way in ways.all() {
        let mut rarest: Vec<usize> = (0..way.len()).collect();
        rarest.sort_by_key(|at| uses[&way[*at].0]);
        rarest.truncate(count);
        rarest.sort_unstable();
        steps.iter_mut().zip(rarest).for_each(|(step, at)| step.push(way[at]));
    }
    steps
}
