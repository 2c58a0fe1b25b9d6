//! TOML text to content, with errors that say where and what to do.

use serde::de::DeserializeOwned;
use thiserror::Error;

/// Why a file can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {en}")]
pub struct ReadError {
    /// Line in the file, from 1.
    pub line: u32,
    /// What to mend, in Vietnamese.
    pub vi: String,
    /// What to mend, in English.
    pub en: String,
}

/// Reads one file.
pub(super) fn read<X: DeserializeOwned>(text: &str) -> Result<X, ReadError> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count() as u32;
        let message = error.message().lines().collect::<Vec<_>>().join(" ");
        ReadError { line, vi: in_vietnamese(&message), en: message }
    })
}

/// The sentences of serde and the vocabulary in Vietnamese; those of TOML's own grammar keep their words.
fn in_vietnamese(message: &str) -> String {
    let expected = |rest: &str| {
        rest.replace(", expected one of ", "; chọn một trong: ")
            .replace(", expected ", "; cần: ")
            .replace(" or ", " hoặc ")
            .replace(", there are no fields", "; ở đây không có mục nào")
    };
    if let Some(field) = message.strip_prefix("missing field ") {
        format!("thiếu mục {field}: hãy thêm vào")
    } else if let Some(rest) = message.strip_prefix("unknown field ") {
        format!("không có mục tên {}", expected(rest))
    } else if let Some(rest) = message.strip_prefix("unknown variant ") {
        format!("không có mã {}", expected(rest))
    } else if let Some(rest) = message.strip_prefix("invalid type: ") {
        format!("sai kiểu: {}", expected(rest))
    } else if let Some((code, list)) = message.split_once(" is not a code of ") {
        format!("{code} không phải là mã trong danh sách {list}")
    } else if let Some(rest) = message.strip_prefix("duplicate key") {
        format!("mục này viết hai lần{rest}")
    } else {
        format!("TOML chưa đúng cú pháp: {message}")
    }
}
