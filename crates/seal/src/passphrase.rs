//! What a member of staff keeps on the server that must not read it: an identity, wrapped by a passphrase.
//!
//! One Argon2id pass gives two independent values: a token for signing in, which the server gets, and the wrapping key,
//! which it never sees. Who knows the token learns nothing about the key.

use crate::{Key, OpenError, hash::sha256, key};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::fmt;
use zeroize::Zeroizing;

/// Memory of one Argon2id pass in KiB, and passes over it, for passphrases: the second recommendation of RFC 9106, on
/// one lane, because a browser has one.
const PASSPHRASE: Cost = Cost { memory_kib: 64 * 1024, passes: 3 };

#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
}

impl Cost {
    pub(crate) fn stretch(self, secret: &[u8], salt: &[u8; 16]) -> Key {
        let params =
            Params::new(self.memory_kib, self.passes, 1, Some(32)).expect("our costs are within Argon2's limits");
        let mut memory = Zeroizing::new(vec![Block::default(); params.block_count()]);
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(secret, salt, &mut *out, memory.as_mut_slice())
            .expect("salt and output have lengths that Argon2 takes, and secrets are far under 4 GiB");
        Key::from_bytes(*out)
    }
}

/// What comes out of a passphrase.
pub struct Derived {
    sign_in: Zeroizing<[u8; 32]>,
    wrapping: Key,
}

impl Derived {
    /// One Argon2id pass over 64 MiB, about half a second. `passphrase` in Unicode NFC, as
    /// `String.prototype.normalize()` gives it: the same letters can be typed in two ways. `salt` is this member's own,
    /// random, and no secret.
    pub fn new(passphrase: &str, salt: &[u8; 16]) -> Self {
        let stretched = PASSPHRASE.stretch(passphrase.as_bytes(), salt);
        let wrapping = stretched.derive(b"haidang passphrase 1", "wrapping key");
        Self {
            sign_in: stretched.derive(b"haidang passphrase 1", "sign-in token"),
            wrapping: Key::from_bytes(*wrapping),
        }
    }

    /// What the browser sends to sign in. The server keeps only [`Derived::verifier`] of it.
    pub fn sign_in_token(&self) -> &[u8; 32] {
        &self.sign_in
    }

    /// The key that wraps the member's identity; see [`key::wrap`]. It stays in the browser.
    pub const fn wrapping_key(&self) -> &Key {
        &self.wrapping
    }

    /// What the server stores to recognise a sign-in token: its SHA-256. A token has 256 bits, so one hash is enough.
    pub fn verifier(token: &[u8; 32]) -> [u8; 32] {
        sha256(&[b"haidang sign-in 1", token])
    }

    /// Wraps a secret under the passphrase.
    pub fn wrap(&self, secret: &[u8]) -> Vec<u8> {
        key::wrap(&self.wrapping, secret)
    }

    /// Opens what [`Derived::wrap`] made; a wrong passphrase gives [`OpenError::OtherKey`].
    pub fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        key::unwrap(&self.wrapping, wrapped)
    }
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Derived(hidden)")
    }
}
