//! The receipt: ten words that lead her back to her case, from any device, and that nobody stores.
//!
//! Ten words of 1,024 make 100 bits: 2 of version, 90 of secret, 8 of checksum (the first byte of SHA-256 of
//! `haidang receipt` and the 92 bits before it in 12 bytes, the last four bits zero). The same receipt can be written in
//! Vietnamese or English.

mod derive;
mod words;

pub use derive::Keys;
pub use words::WordList;

use crate::hash::sha256;
use rand_core::CryptoRng;
use std::fmt;
use subtle::ConstantTimeEq;
use vocabulary::Lang;
use zeroize::{Zeroize, Zeroizing};

/// Words of a receipt.
pub const WORDS: usize = 10;
/// The version that new receipts carry: it names the costs of [`Receipt::derive`].
const VERSION: u8 = 0;

/// 92 bits: the version and the secret, left-aligned in twelve bytes.
#[derive(Clone)]
pub struct Receipt([u8; 12]);

/// Why a text is no receipt; positions count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// A word that is in neither list, or not in the list of the other words.
    #[error("word {position}, `{word}`, is not in the list")]
    UnknownWord {
        /// Which word, from 1.
        position: usize,
        /// As it was typed.
        word: String,
        /// The word of the list that looks most like it, if one does.
        nearest: Option<&'static str>,
    },
    /// Words are missing.
    #[error("a receipt has 10 words; here are {0}")]
    TooFew(usize),
    /// More words than a receipt has.
    #[error("a receipt has 10 words; here are {0}")]
    TooMany(usize),
    /// All words are in the list, but they don't belong together: one is wrong, or their order.
    #[error("these words do not belong together: one is wrong, or their order is")]
    Checksum,
    /// Made by a newer program.
    #[error("this receipt is of version {0}, which is not known here")]
    Version(u8),
}

impl Receipt {
    /// A new one.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut receipt = Self([0; 12]);
        rng.fill_bytes(&mut receipt.0);
        receipt.0[0] = (receipt.0[0] & 0x3f) | (VERSION << 6);
        receipt.0[11] &= 0xf0;
        receipt
    }

    /// Its ten words, in order.
    pub fn words(&self, lang: Lang) -> [&'static str; WORDS] {
        let (words, bits) = (WordList::of(lang), self.bits());
        std::array::from_fn(|n| words.word((bits >> (90 - 10 * n)) as usize & 1023))
    }

    /// Its words with spaces between them.
    pub fn text(&self, lang: Lang) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(128));
        for word in self.words(lang) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// Reads what somebody typed, in either language: capitals, missing marks, commas, numbers and line breaks are
    /// forgiven.
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        let typed = words::typed(text);
        let lang = WordList::language(&typed);
        let list = WordList::of(lang);
        let mut bits = 0_u128;
        for (at, word) in typed.iter().enumerate() {
            let index = list.find(&word.folded).ok_or_else(|| ReceiptError::UnknownWord {
                position: at + 1,
                word: word.typed.clone(),
                nearest: list.nearest(&word.folded),
            })?;
            if at < WORDS {
                bits = (bits << 10) | index as u128;
            }
        }
        match typed.len() {
            0..WORDS => return Err(ReceiptError::TooFew(typed.len())),
            WORDS => {}
            more => return Err(ReceiptError::TooMany(more)),
        }
        let mut receipt = Self([0; 12]);
        receipt.0.copy_from_slice(&((bits >> 8) << 4).to_be_bytes()[4..]);
        if receipt.checksum() != bits as u8 {
            return Err(ReceiptError::Checksum);
        }
        match receipt.version() {
            VERSION => Ok(receipt),
            unknown => Err(ReceiptError::Version(unknown)),
        }
    }

    const fn version(&self) -> u8 {
        self.0[0] >> 6
    }

    fn checksum(&self) -> u8 {
        sha256(&[b"haidang receipt", &self.0])[0]
    }

    /// All 100 bits.
    fn bits(&self) -> u128 {
        let secret = self.0.iter().fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
        (secret >> 4 << 8) | u128::from(self.checksum())
    }
}

impl Drop for Receipt {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(hidden)")
    }
}

impl PartialEq for Receipt {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Receipt {}
