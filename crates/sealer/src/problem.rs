//! What went wrong, for the page to say in her language.

use seal::{KeyError, OpenError, receipt::ReceiptError, shares::ShareError, stream::WrongLength};
use wasm_bindgen::prelude::wasm_bindgen;

/// Thrown by whatever fails.
#[wasm_bindgen(getter_with_clone)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// What kind: `not_sealed`, `other_key`, `altered`, `cut_off`, `frame`, `too_dear`, `length`, `key`, `unknown_word`, `checksum`,
    /// `too_few`, `too_many`, `version`, `letter`, `same_share`, `other_set`, `option`.
    pub code: String,
    /// In English, for whoever reads the console. It contains nothing of what was sealed.
    pub message: String,
    /// Of an unknown word: which one, from 1. Of `too_few` and `too_many`: how many there are.
    pub position: u32,
    /// Of an unknown word: the word of the list that looks most like it, or nothing.
    pub nearest: String,
}

impl Problem {
    pub(crate) fn of(code: &str, message: &(impl ToString + ?Sized)) -> Self {
        Self { code: code.to_owned(), message: message.to_string(), ..Self::default() }
    }
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        let code = match error {
            OpenError::NotSealed => "not_sealed",
            OpenError::OtherKey => "other_key",
            OpenError::Altered => "altered",
            OpenError::CutOff => "cut_off",
            OpenError::TooDear => "too_dear",
            OpenError::Frame => "frame",
        };
        Self::of(code, &error)
    }
}

impl From<KeyError> for Problem {
    fn from(error: KeyError) -> Self {
        Self::of("key", &error)
    }
}

impl From<WrongLength> for Problem {
    fn from(error: WrongLength) -> Self {
        Self::of("length", &error)
    }
}

impl From<ReceiptError> for Problem {
    fn from(error: ReceiptError) -> Self {
        // What she typed may be nearly her receipt: it is not repeated.
        match error {
            ReceiptError::UnknownWord { position, nearest, .. } => Self {
                position: position as u32,
                nearest: nearest.unwrap_or_default().to_owned(),
                ..Self::of("unknown_word", "a word is not in the list")
            },
            ReceiptError::TooFew(count) => Self { position: count as u32, ..Self::of("too_few", &error) },
            ReceiptError::TooMany(count) => Self { position: count as u32, ..Self::of("too_many", &error) },
            ReceiptError::Checksum => Self::of("checksum", &error),
            ReceiptError::Version(_) => Self::of("version", &error),
        }
    }
}

impl From<ShareError> for Problem {
    fn from(error: ShareError) -> Self {
        let code = match error {
            ShareError::Length(_) => "length",
            ShareError::Letter(_) => "letter",
            ShareError::Checksum => "checksum",
            ShareError::Version(_) => "version",
            ShareError::Same => "same_share",
            ShareError::Sets => "other_set",
        };
        Self::of(code, &error)
    }
}
