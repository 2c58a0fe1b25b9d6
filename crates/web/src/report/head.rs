//! The server's signature under a case's log: what was here at this second, so that a device notices a server that
//! forgets.

use super::Bytes;
use seal::{Key, Leaf, head::Head, tree};
use serde_json::{Value, json};

/// Signs tree heads.
pub(crate) struct Signer(seal::sign::Signer);

impl Signer {
    pub fn new(seed: [u8; 32]) -> Self {
        Self(seal::sign::Signer::from_seed(&Key::from_bytes(seed)))
    }

    /// The public key that checks the heads.
    pub fn public(&self) -> Bytes {
        Bytes(self.0.verifier().to_bytes().to_vec())
    }

    /// The signed statement that this root was here now, as it lies in an evidence package.
    pub fn statement(&self, root: [u8; 32], now: i64) -> Vec<u8> {
        let statement = ::evidence::Statement { time: now.max(0).cast_unsigned(), root };
        statement.signed(&statement.sign(&self.0))
    }

    /// The signed head over these leaves.
    pub fn head(&self, leaves: &[Leaf], now: i64) -> Value {
        let head = Head { size: leaves.len() as u64, root: tree::root(leaves), time: now.max(0).cast_unsigned() };
        let signature = head.sign(&self.0);
        json!({
            "size": head.size, "root": Bytes(head.root.to_vec()), "at": head.time,
            "signature": Bytes(signature.to_vec()),
        })
    }
}
