//! A symmetric key of 32 bytes, and wrapping a secret with it.
//!
//! A wrapped secret is an age file, to the identity that HKDF makes of the key: one format for everything.

use crate::{Identity, OpenError, age_file};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

/// 32 secret bytes: a wrapping key, the output of a passkey's PRF, the seed of a signing key.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// From bytes that were made elsewhere, such as a passkey's PRF output. Wipe the original.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new one.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut key = Self([0; 32]);
        rng.fill_bytes(&mut key.0);
        key
    }

    /// The secret bytes themselves, for what has no better way in.
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another key out of this one, by HKDF-SHA256 with `salt` as salt and `label` as info.
    pub(crate) fn derive<const N: usize>(&self, salt: &[u8], label: &str) -> Zeroizing<[u8; N]> {
        let mut out = Zeroizing::new([0; N]);
        Hkdf::<Sha256>::new(Some(salt), &self.0)
            .expand(label.as_bytes(), &mut *out)
            .expect("HKDF gives up to 8160 bytes, and nobody asks for more than 32");
        out
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Key {}

/// Wraps a secret, so that only this key opens it.
pub fn wrap(key: &Key, secret: &[u8]) -> Vec<u8> {
    age_file::seal(secret, &wrapper(key).recipient())
}

/// Opens what [`wrap`] made. Another key gives [`OpenError::OtherKey`].
pub fn unwrap(key: &Key, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    age_file::open(wrapped, &wrapper(key))
}

fn wrapper(key: &Key) -> Identity {
    Identity::from_key(&Key(*key.derive(b"haidang key wrap 1", "age identity")))
}
