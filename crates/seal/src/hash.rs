//! Digests, and the leaf that stands for an entry in the log.

use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Digest32 = [u8; 32];

/// What stands for an entry in the log: [`leaf`] of its nonce and its content.
pub type Leaf = [u8; 32];

/// SHA-256(`nonce` ‖ `content_hash`), where `content_hash` is the SHA-256 of what was sealed, without frame and padding.
///
/// The nonce lies inside the seal, so that the log tells nobody that two files are equal, or that one is a known
/// picture; whoever opens the entry can show the pair of nonce and content to a court.
pub fn leaf(nonce: &[u8; 32], content_hash: &Digest32) -> Leaf {
    sha256(&[nonce, content_hash])
}

pub(crate) fn sha256(parts: &[&[u8]]) -> Digest32 {
    parts.iter().fold(Sha256::new(), Sha256::chain_update).finalize().into()
}
