//! Evidence packages as WebAssembly, beside the seal and not within it: who tells something downloads no byte of this.
//!
//! - [`PackageDraft`], [`PackageRoot`], [`Package`]: files pass by twice, and only a blinded root leaves the device;
//! - [`passphrase`]: words that lock it.
//!
//! What fails throws a [`Problem`], which the page puts into words.

mod package;

pub use package::{Package, PackageDraft, PackagePiece, PackageRoot};

use getrandom::{
    SysRng,
    rand_core::{Rng, UnwrapErr},
};
use seal::receipt::WordList;
use vocabulary::Lang;
use wasm_bindgen::prelude::wasm_bindgen;

/// Words of a passphrase: ten bits each.
const WORDS: usize = 6;

/// Thrown by whatever fails.
#[wasm_bindgen(getter_with_clone)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// What kind: `length`, `option`, `changed` (a file, meanwhile), `answer` (of the server), `log` (of the case), `recipient`.
    pub code: String,
    /// In English, for whoever reads the console. It contains nothing of what was packed.
    pub message: String,
}

impl Problem {
    fn of(code: &str, message: &(impl ToString + ?Sized)) -> Self {
        Self { code: code.to_owned(), message: message.to_string() }
    }
}

/// The browser's random numbers. A browser without them can't show our pages over TLS either.
const fn random() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// Bytes of the length that a function takes, or a [`Problem`] that names it.
fn exactly<const N: usize>(bytes: &[u8], what: &str) -> Result<[u8; N], Problem> {
    bytes.try_into().map_err(|_| Problem::of("length", what))
}

/// Whether something can be locked to this: the public half of a key of age's, whole, `age1…`.
#[wasm_bindgen]
pub fn is_recipient(text: &str) -> bool {
    text.parse::<seal::Recipient>().is_ok()
}

/// Six words of the list of receipts, 60 bits, without marks: they can be typed on any keyboard.
#[wasm_bindgen]
pub fn passphrase(lang: &str) -> String {
    let words = WordList::of(lang.parse().unwrap_or(Lang::Vi)).plain();
    let mut rng = random();
    // The list has 1,024 words, of which 2^32 is a multiple: each is as likely as the other.
    let drawn = (0..WORDS).map(|_| words[rng.next_u32() as usize % words.len()].as_str());
    drawn.collect::<Vec<_>>().join(" ")
}
