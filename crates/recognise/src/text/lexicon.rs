//! The words that the rules know, each a small number, found by hash.

/// Hash of a word form: letter codes, then the tone. FNV-1a over at most a syllable or two, finished with a mix.
pub(crate) fn word_hash(codes: impl Iterator<Item = u8>, tone: u8) -> u32 {
    let mut h = 0x811C_9DC5_u32;
    for code in codes {
        h = (h ^ code as u32).wrapping_mul(0x0100_0193);
    }
    finish(h ^ ((tone as u32) << 28))
}

/// Spreads the bits, so that low bits can index tables.
pub(crate) const fn finish(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x7FEB_352D);
    h ^= h >> 15;
    h = h.wrapping_mul(0x846C_A68B);
    h ^ (h >> 16)
}

/// Word hash to word number: open addressing, at most half full; 0 is "no word of ours".
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    slots: Vec<(u32, u16)>,
    len: u16,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { slots: vec![(0, 0); 64], len: 0 }
    }
}

impl Lexicon {
    /// The number of this word, a new one where it is not known yet.
    pub(crate) fn intern(&mut self, hash: u32) -> u16 {
        if (self.len as usize + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let at = self.place(hash);
        if self.slots[at].1 == 0 {
            self.len += 1;
            self.slots[at] = (hash, self.len);
        }
        self.slots[at].1
    }

    /// The number of this word, 0 where the rules don't know it.
    pub(crate) fn find(&self, hash: u32) -> u16 {
        self.slots[self.place(hash)].1
    }

    /// How many words are known; numbers run from 1 to this.
    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }

    fn place(&self, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].1 != 0 && self.slots[at].0 != hash {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let bigger = vec![(0, 0); self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, bigger);
        for (hash, number) in old.into_iter().filter(|s| s.1 != 0) {
            let at = self.place(hash);
            self.slots[at] = (hash, number);
        }
    }
}
