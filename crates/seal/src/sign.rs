//! Signatures: consent, withdrawal, the server's tree heads. Ed25519, each purpose apart.
//!
//! What is signed: `haidang signature 1` ‖ 0 ‖ purpose ‖ 0 ‖ bytes. No purpose contains a zero byte.

use crate::Key;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt;

/// What a signature is for: one for a consent never passes as one for a tree head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Consent to a referral or another sharing.
    Consent,
    /// A consent or a grant is taken back.
    Withdrawal,
    /// A case is to be erased.
    Erasure,
    /// A receipt is replaced by another.
    Replacement,
    /// The server's tree head.
    TreeHead,
    /// The server's word that an evidence package was there.
    Package,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Withdrawal => "withdrawal",
            Self::Erasure => "erasure",
            Self::Replacement => "replacement",
            Self::TreeHead => "tree head",
            Self::Package => "package",
        }
    }

    fn message(self, bytes: &[u8]) -> Vec<u8> {
        [b"haidang signature 1\0", self.label().as_bytes(), b"\0", bytes].concat()
    }
}

/// Signs.
pub struct Signer(SigningKey);

impl Signer {
    /// The signer whose seed is these bytes.
    pub fn from_seed(seed: &Key) -> Self {
        Self(SigningKey::from_bytes(seed.expose()))
    }

    /// Signs `bytes` for one purpose.
    pub fn sign(&self, purpose: Purpose, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(&purpose.message(bytes)).to_bytes()
    }

    /// The seed, for whoever must keep it for a while.
    pub fn to_key(&self) -> Key {
        Key::from_bytes(self.0.to_bytes())
    }

    /// What others check signatures with.
    pub fn verifier(&self) -> Verifier {
        Verifier(self.0.verifying_key())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(hidden)")
    }
}

/// Checks signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verifier(VerifyingKey);

impl Verifier {
    /// From its 32 bytes; `None` if they are no key, or a weak one that would let a signature fit any text.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak()).map(Self)
    }

    /// Its 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Whether this signature is of these bytes, for this purpose, by this key; the strict rules of ed25519-dalek.
    pub fn verify(&self, purpose: Purpose, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(&purpose.message(bytes), &Signature::from_bytes(signature)).is_ok()
    }
}
