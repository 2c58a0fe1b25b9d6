//! What a page without scripts lets the server keep between two requests: in memory only, sealed under a key that lies
//! in her browser's cookie and nowhere else. A memory dump between two requests shows sealed bytes.
//!
//! Nothing in use is pushed out by somebody new: a flood can shut the door, but can't make anybody lose her words.

use seal::{Key, key};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use zeroize::Zeroizing;

/// How much may lie here, and how long untouched.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub number: usize,
    pub bytes_each: usize,
    pub bytes: usize,
    pub seconds: i64,
}

/// Why something was not kept. What lay there before still does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoRoom {
    /// This one alone is too long.
    #[error("too long to be kept")]
    TooLong,
    /// Too many are in use.
    #[error("no room for another one")]
    Full,
}

pub(crate) struct Vault {
    bounds: Bounds,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    all: HashMap<[u8; 32], Lying>,
    bytes: usize,
}

struct Lying {
    sealed: Vec<u8>,
    touched: i64,
}

/// When there is no room, what nobody touched for this long makes some, in seconds.
const IDLE_SECONDS: i64 = 30 * 60;

impl Vault {
    pub fn new(bounds: Bounds) -> Self {
        Self { bounds, kept: Mutex::default() }
    }

    /// What was kept under this key, if it is still there.
    pub fn open<T: DeserializeOwned>(&self, by: &Key, now: i64) -> Option<T> {
        let sealed = {
            let kept = self.lock();
            let lying = kept.all.get(&name(by))?;
            (now - lying.touched < self.bounds.seconds).then(|| lying.sealed.clone())?
        };
        let plain = key::unwrap(by, &sealed).ok()?;
        serde_json::from_slice(&plain).ok()
    }

    /// Keeps it in the place of what was kept before.
    pub fn put<T: Serialize>(&self, by: &Key, value: &T, now: i64) -> Result<(), NoRoom> {
        let plain = Zeroizing::new(serde_json::to_vec(value).map_err(|_| NoRoom::TooLong)?);
        let sealed = key::wrap(by, &plain);
        if sealed.len() > self.bounds.bytes_each {
            return Err(NoRoom::TooLong);
        }
        let name = name(by);
        let mut kept = self.lock();
        let before = kept.all.get(&name).map_or(0, |lying| lying.sealed.len());
        let is_new = before == 0;
        let full = |kept: &Kept| {
            (is_new && kept.all.len() >= self.bounds.number) || kept.bytes - before + sealed.len() > self.bounds.bytes
        };
        if full(&kept) {
            kept.drop_untouched(now - IDLE_SECONDS.min(self.bounds.seconds), &name);
            if full(&kept) {
                return Err(NoRoom::Full);
            }
        }
        kept.bytes = kept.bytes - before + sealed.len();
        kept.all.insert(name, Lying { sealed, touched: now });
        Ok(())
    }

    /// Forgets it.
    pub fn forget(&self, by: &Key) {
        self.lock().remove(&name(by));
    }

    /// Forgets what its time is over for.
    pub fn sweep(&self, now: i64) {
        self.lock().drop_untouched(now - self.bounds.seconds, &[0; 32]);
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn drop_untouched(&mut self, since: i64, but: &[u8; 32]) {
        self.all.retain(|name, lying| name == but || lying.touched > since);
        self.bytes = self.all.values().map(|lying| lying.sealed.len()).sum();
    }

    fn remove(&mut self, name: &[u8; 32]) {
        if let Some(lying) = self.all.remove(name) {
            self.bytes -= lying.sealed.len();
        }
    }
}

/// Where it lies; from it nobody finds the key.
fn name(by: &Key) -> [u8; 32] {
    Sha256::new().chain_update(b"haidang vault 1").chain_update(by.expose()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Bằng lăng 7241";

    fn vault(number: usize) -> Vault {
        Vault::new(Bounds { number, bytes_each: 2_000, bytes: 4_000, seconds: 3_600 })
    }

    fn key(n: u8) -> Key {
        Key::from_bytes([n; 32])
    }

    #[test]
    fn what_lies_here_opens_with_its_key_alone_and_for_its_time() {
        let vault = vault(9);
        vault.put(&key(1), &WORDS, 1_000).unwrap();
        assert_eq!(vault.open::<String>(&key(1), 1_001).as_deref(), Some(WORDS));
        assert_eq!(vault.open::<String>(&key(2), 1_001), None);
        assert_eq!(vault.open::<String>(&key(1), 1_000 + 3_600), None);
        let lying = vault.lock().all.values().flat_map(|l| l.sealed.clone()).collect::<Vec<_>>();
        assert!(!lying.windows(WORDS.len()).any(|w| w == WORDS.as_bytes()));
        vault.sweep(1_000 + 3_600);
        let left = vault.lock();
        assert_eq!((left.all.len(), left.bytes), (0, 0));
    }

    #[test]
    fn a_flood_shuts_the_door_but_takes_nobodys_words() {
        let vault = vault(2);
        vault.put(&key(1), &WORDS, 0).unwrap();
        vault.put(&key(2), &WORDS, 100).unwrap();
        assert_eq!(vault.put(&key(3), &WORDS, 200), Err(NoRoom::Full));
        vault.put(&key(1), &"more", 300).unwrap();
        assert_eq!(vault.open::<String>(&key(1), 300).as_deref(), Some("more"));
        // The second one has rested for half an hour.
        vault.put(&key(3), &WORDS, 100 + IDLE_SECONDS).unwrap();
        assert_eq!(vault.open::<String>(&key(2), 2_000), None);
        assert!(vault.open::<String>(&key(1), 2_000).is_some());
        vault.forget(&key(1));
        assert_eq!(vault.open::<String>(&key(1), 2_000), None);
    }

    #[test]
    fn bytes_are_bounded_and_what_lay_there_stays() {
        let vault = vault(200);
        vault.put(&key(1), &WORDS, 0).unwrap();
        assert_eq!(vault.put(&key(1), &"x".repeat(2_000), 1), Err(NoRoom::TooLong));
        assert_eq!(vault.open::<String>(&key(1), 2).as_deref(), Some(WORDS));
        // Sealed sizes differ by some bytes: fill it until it is full.
        let refused = (2..100).find_map(|n| vault.put(&key(n), &"x".repeat(1_000), 1).err());
        assert_eq!(refused, Some(NoRoom::Full));
        assert!(vault.lock().bytes <= 4_000);
        assert_eq!(vault.open::<String>(&key(1), 2).as_deref(), Some(WORDS));
    }
}
