//! What the server signs about its log: how long it is, what is in it, and when.

use crate::{
    Digest32,
    sign::{Purpose, Signer, Verifier},
};

/// The state of a log at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Leaves in the log.
    pub size: u64,
    /// Its Merkle root; see [`crate::tree::root`].
    pub root: Digest32,
    /// Seconds since 1970.
    pub time: u64,
}

impl Head {
    /// What is signed: size and time as 8 bytes each, big endian, then the root.
    pub fn to_bytes(&self) -> [u8; 48] {
        let mut bytes = [0; 48];
        bytes[..8].copy_from_slice(&self.size.to_be_bytes());
        bytes[8..16].copy_from_slice(&self.time.to_be_bytes());
        bytes[16..].copy_from_slice(&self.root);
        bytes
    }

    /// Reads what [`Head::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8; 48]) -> Self {
        let number = |from: usize| bytes[from..from + 8].iter().fold(0, |n, byte| (n << 8) | u64::from(*byte));
        let mut root = [0; 32];
        root.copy_from_slice(&bytes[16..]);
        Self { size: number(0), root, time: number(8) }
    }

    /// Signs it with the server's key.
    pub fn sign(&self, by: &Signer) -> [u8; 64] {
        by.sign(Purpose::TreeHead, &self.to_bytes())
    }

    /// Whether the server signed this very head.
    pub fn verify(&self, signature: &[u8; 64], by: &Verifier) -> bool {
        by.verify(Purpose::TreeHead, &self.to_bytes(), signature)
    }
}
