//! What the server signs, and `proof/proof.json`, which leads from every file to it.

use crate::hex::Hex;
use seal::{
    Digest32,
    sign::{Purpose, Signer, Verifier},
};
use serde::{Deserialize, Serialize};

/// "These bytes were there at this second": the root of a package, blinded, and the server's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Seconds since 1970.
    pub time: u64,
    /// The Merkle root over the leaves of a package.
    pub root: Digest32,
}

/// A statement with its signature, as it lies in `proof/statement.bin`: 40 bytes and 64.
pub(crate) const SIGNED: usize = 104;

impl Statement {
    /// Time, 8 bytes, big endian, and root.
    pub fn to_bytes(&self) -> [u8; 40] {
        let mut bytes = [0; 40];
        bytes[..8].copy_from_slice(&self.time.to_be_bytes());
        bytes[8..].copy_from_slice(&self.root);
        bytes
    }

    /// The server's signature.
    pub fn sign(&self, by: &Signer) -> [u8; 64] {
        by.sign(Purpose::Package, &self.to_bytes())
    }

    /// Whether it is the server's.
    pub fn verify(&self, signature: &[u8; 64], by: &Verifier) -> bool {
        by.verify(Purpose::Package, &self.to_bytes(), signature)
    }

    /// Statement and signature: the file over which an outside authority gives a time-stamp.
    pub fn signed(&self, signature: &[u8; 64]) -> Vec<u8> {
        [&self.to_bytes()[..], signature].concat()
    }

    pub(crate) fn read(signed: &[u8; SIGNED]) -> (Self, [u8; 64]) {
        let (mut root, mut signature) = ([0; 32], [0; 64]);
        root.copy_from_slice(&signed[8..40]);
        signature.copy_from_slice(&signed[40..]);
        let time = signed[..8].iter().fold(0, |time, byte| (time << 8) | u64::from(*byte));
        (Self { time, root }, signature)
    }
}

/// What an outside authority gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// An RFC 3161 answer (`TimeStampResp`, DER) over [`Statement::signed`].
    pub response: Vec<u8>,
    /// The authority's certificates as the server's operator named them, PEM.
    pub authority: String,
}

pub(crate) const FORMAT: &str = "haidang proof 1";

/// The way from each file to the root, and from each entry of a case to the head of its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProofFile {
    pub format: String,
    pub server_key: Hex<32>,
    pub time: u64,
    pub root: Hex<32>,
    pub signature: Hex<64>,
    pub leaves: Vec<LeafProof>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub log: Option<LogFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeafProof {
    pub file: String,
    pub nonce: Hex<32>,
    pub leaf: Hex<32>,
    pub path: Vec<Hex<32>>,
}

/// The signed head of a case's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogFile {
    pub size: u64,
    pub time: u64,
    pub root: Hex<32>,
    pub signature: Hex<64>,
    pub entries: Vec<EntryFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryFile {
    pub file: String,
    pub number: u64,
    pub nonce: Hex<32>,
    pub leaf: Hex<32>,
    pub path: Vec<Hex<32>>,
}

/// JSON for people: indented, and always the same for the same content.
pub(crate) fn to_json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("texts, numbers and lists are always JSON");
    bytes.push(b'\n');
    bytes
}
