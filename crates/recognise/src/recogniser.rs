//! The one entrance: text in, assessment out.

use crate::Assessment;
use vocabulary::{Language, ResultKind};

/// The longest input in bytes (8 MiB: a chat of 100,000 lines). Callers on a network set a lower one of their own.
pub const MAX_INPUT_BYTES: usize = 8 * 1024 * 1024;

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// Nothing to read: empty, or only blanks and invisible characters.
    #[error("the text is empty")]
    Empty,
    /// Longer than the limit.
    #[error("the text is longer than {limit} bytes")]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Bytes that are no text (control characters of a binary file, or not UTF-8).
    #[error("this is not text")]
    NotText,
}

impl InputError {
    /// A stable code for problem documents and translations: `empty`, `too_long`, `not_text`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::NotText => "not_text",
        }
    }
}

/// Rules, model and host list, ready to read texts. Immutable: share it between threads.
pub struct Recogniser {}

impl Recogniser {
    /// The recogniser with the rules, weights and hosts that this version ships.
    pub fn shipped() -> Self {
        Self {}
    }

    /// Reads one text: a message, a link or a pasted chat (told apart by its shape).
    pub fn assess(&self, text: &str) -> Result<Assessment, InputError> {
        if text.trim().is_empty() {
            return Err(InputError::Empty);
        }
        Ok(Assessment {
            result: ResultKind::NoneKnown,
            harms: Vec::new(),
            benign_kind: None,
            urgency: None,
            speaker: None,
            tactics: Vec::new(),
            links: Vec::new(),
            turn: None,
            language: Language::Unknown,
            advice: Vec::new(),
            model: self.version().to_owned(),
        })
    }

    /// Reads bytes that may not be text at all (a file, a request body).
    pub fn assess_bytes(&self, bytes: &[u8]) -> Result<Assessment, InputError> {
        self.assess(str::from_utf8(bytes).map_err(|_| InputError::NotText)?)
    }

    /// Version of rules and model, as it stands in each assessment.
    pub fn version(&self) -> &'static str {
        "0"
    }
}
