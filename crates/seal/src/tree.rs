//! The Merkle tree of RFC 9162 (section 2.1) over the leaves of a log, with SHA-256.

use crate::{Digest32, Leaf, hash::sha256};

/// The hash of an empty log.
fn empty() -> Digest32 {
    sha256(&[])
}

fn leaf_hash(leaf: &Leaf) -> Digest32 {
    sha256(&[&[0], leaf])
}

fn node_hash(left: &Digest32, right: &Digest32) -> Digest32 {
    sha256(&[&[1], left, right])
}

/// The largest power of two below `n`, for `n` of two or more.
const fn split(n: usize) -> usize {
    1 << (n - 1).ilog2()
}

/// The root of a log.
pub fn root(leaves: &[Leaf]) -> Digest32 {
    match leaves {
        [] => empty(),
        [leaf] => leaf_hash(leaf),
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// The nodes that lead from leaf `index` to the root; `None` if there is no such leaf.
pub fn inclusion_proof(leaves: &[Leaf], index: usize) -> Option<Vec<Digest32>> {
    if index >= leaves.len() {
        return None;
    }
    let (mut leaves, mut index, mut proof) = (leaves, index, Vec::new());
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if index < left.len() {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            index -= left.len();
            leaves = right;
        }
    }
    proof.reverse();
    Some(proof)
}

/// Whether `leaf` is at `index` in the log of `size` leaves with this root (RFC 9162, 2.1.3.2).
pub fn verify_inclusion(leaf: &Leaf, index: u64, size: u64, proof: &[Digest32], root: &Digest32) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf_hash(leaf);
    for step in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(step, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// The nodes that show that the log's first `old` leaves are still what they were; `None` unless `old` is between 1 and
/// the number of leaves. Empty when nothing was added.
pub fn consistency_proof(leaves: &[Leaf], old: usize) -> Option<Vec<Digest32>> {
    if old == 0 || old > leaves.len() {
        return None;
    }
    let (mut leaves, mut old, mut known, mut proof) = (leaves, old, true, Vec::new());
    while old != leaves.len() {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if old <= left.len() {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            old -= left.len();
            leaves = right;
            known = false;
        }
    }
    if !known {
        proof.push(root(leaves));
    }
    proof.reverse();
    Some(proof)
}

/// Whether the log of `new` leaves continues the one of `old` leaves (RFC 9162, 2.1.4.2).
pub fn verify_consistency(old: u64, old_root: &Digest32, new: u64, new_root: &Digest32, proof: &[Digest32]) -> bool {
    if old == 0 || old > new {
        return false;
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    let mut steps = proof.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { steps.next() };
    let Some(first) = first else { return false };
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut before, mut after) = (*first, *first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            before = node_hash(step, &before);
            after = node_hash(step, &after);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            after = node_hash(&after, step);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && before == *old_root && after == *new_root
}

/// A log that only grows, in a few hashes however long it is: what a server keeps to sign the next head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growing {
    size: u64,
    /// Roots of the full subtrees, largest first: one for each bit that is set in `size`.
    peaks: Vec<Digest32>,
}

impl Growing {
    /// As it was stored: `None` if there isn't one peak for each bit that is set in `size`.
    pub fn resume(size: u64, peaks: Vec<Digest32>) -> Option<Self> {
        (peaks.len() == size.count_ones() as usize).then_some(Self { size, peaks })
    }

    /// Adds a leaf.
    pub fn append(&mut self, leaf: &Leaf) {
        let mut hash = leaf_hash(leaf);
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// Leaves so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// What to store, for [`Growing::resume`].
    pub fn peaks(&self) -> &[Digest32] {
        &self.peaks
    }

    /// The root now.
    pub fn root(&self) -> Digest32 {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return empty() };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }
}
