//! Proof of work, and checking what the server says about its log.

use crate::{Problem, exactly};
use seal::{Digest32, head::Head, sign::Verifier, tree, work};
use wasm_bindgen::prelude::wasm_bindgen;

/// Tries `steps` numbers from `from` on, for an answer to the server's challenge; nothing if there is none among them.
#[wasm_bindgen]
pub fn work_solve(challenge: &[u8], bits: u8, from: f64, steps: u32) -> Option<f64> {
    work::solve(challenge, bits, from as u64, u64::from(steps)).map(|answer| answer as f64)
}

/// What stands in the log for an entry of this nonce and content hash, 32 bytes each.
#[wasm_bindgen]
pub fn leaf(nonce: &[u8], content_hash: &[u8]) -> Result<Vec<u8>, Problem> {
    Ok(seal::leaf(&exactly(nonce, "a nonce has 32 bytes")?, &digest(content_hash)?).to_vec())
}

/// Whether the server's key signed this head of 48 bytes.
#[wasm_bindgen]
pub fn head_is_signed(head: &[u8], signature: &[u8], server: &[u8]) -> Result<bool, Problem> {
    let head = Head::from_bytes(&exactly(head, "a head has 48 bytes")?);
    let signature = exactly(signature, "a signature has 64 bytes")?;
    let server = Verifier::from_bytes(&exactly(server, "the server's key has 32 bytes")?);
    Ok(server.is_some_and(|server| head.verify(&signature, &server)))
}

/// Whether `leaf` is at `index` in the log of `head`; `proof` is its nodes, 32 bytes each.
#[wasm_bindgen]
pub fn is_included(leaf: &[u8], index: f64, proof: &[u8], head: &[u8]) -> Result<bool, Problem> {
    let head = Head::from_bytes(&exactly(head, "a head has 48 bytes")?);
    Ok(tree::verify_inclusion(&digest(leaf)?, index as u64, head.size, &nodes(proof)?, &head.root))
}

/// Whether the log of head `new` continues that of head `old`.
#[wasm_bindgen]
pub fn continues(old: &[u8], new: &[u8], proof: &[u8]) -> Result<bool, Problem> {
    let old = Head::from_bytes(&exactly(old, "a head has 48 bytes")?);
    let new = Head::from_bytes(&exactly(new, "a head has 48 bytes")?);
    Ok(tree::verify_consistency(old.size, &old.root, new.size, &new.root, &nodes(proof)?))
}

/// The root over these leaves, 32 bytes each, in order.
#[wasm_bindgen]
pub fn log_root(leaves: &[u8]) -> Result<Vec<u8>, Problem> {
    Ok(tree::root(&nodes(leaves)?).to_vec())
}

fn digest(bytes: &[u8]) -> Result<Digest32, Problem> {
    exactly(bytes, "a hash has 32 bytes")
}

fn nodes(proof: &[u8]) -> Result<Vec<Digest32>, Problem> {
    proof.chunks(32).map(digest).collect()
}
