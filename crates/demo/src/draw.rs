//! Drawing: what the seed decides, and what nobody may guess, seed or not (keys, ids, nonces).

use getrandom::{SysRng, rand_core::UnwrapErr};
use rand::{Rng, RngExt, SeedableRng, rngs::ChaCha8Rng};

/// The system's randomness.
pub const fn system() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// Random bytes that no seed decides.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    system().fill_bytes(&mut bytes);
    bytes
}

/// The seed's dice.
pub struct Dice(ChaCha8Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of these.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.0.random_range(0..of.len())]
    }

    /// A place in a list of so many, from the first on.
    pub fn place(&mut self, from: usize, of: usize) -> usize {
        self.0.random_range(from..of)
    }

    /// Whether something happens that does so many times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    /// A number from the first to before the second.
    pub fn from(&mut self, first: i64, before: i64) -> i64 {
        self.0.random_range(first..before.max(first + 1))
    }
}
