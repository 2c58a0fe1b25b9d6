//! What is thrown where something fails.

use learn::{lesson::LessonError, play::PlayError};
use wasm_bindgen::prelude::wasm_bindgen;

/// Thrown by whatever fails. It contains nothing of what she wrote.
#[wasm_bindgen(getter_with_clone)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// What kind: `content` (not a lesson), `state` (of another lesson), `answer` (doesn't fit), `empty` (nothing written).
    pub code: String,
    /// In English, for whoever reads the console.
    pub message: String,
}

impl Problem {
    pub(crate) fn of(code: &str, message: &(impl ToString + ?Sized)) -> Self {
        Self { code: code.to_owned(), message: message.to_string() }
    }
}

impl From<LessonError> for Problem {
    fn from(error: LessonError) -> Self {
        Self::of("answer", &error)
    }
}

impl From<PlayError> for Problem {
    fn from(error: PlayError) -> Self {
        let code = match error {
            PlayError::OtherChat => "state",
            PlayError::NoSuchChoice | PlayError::NoWordsHere => "answer",
            PlayError::NothingWritten => "empty",
        };
        Self::of(code, &error)
    }
}
