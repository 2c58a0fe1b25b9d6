//! Why one text of many has no assessment, in one shape everywhere: `{"code","title"}`.

use recognise::InputError;
use serde::Serialize;
use vocabulary::Lang;

/// What can be wrong with one text, be it an item of the API, a line of `--jsonl` or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// No words in it.
    Empty,
    /// More than the recogniser reads.
    TooLong,
    /// Not words at all.
    NotText,
    /// A line beyond what is read at once.
    LineTooLong,
    /// A line in JSON without its text.
    NoText,
    /// A line that opens like JSON and is none.
    BadJson,
    /// A fault of ours.
    Internal,
}

impl Unread {
    /// One of each.
    pub const ALL: [Self; 7] =
        [Self::Empty, Self::TooLong, Self::NotText, Self::LineTooLong, Self::NoText, Self::BadJson, Self::Internal];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::NotText => "not_text",
            Self::LineTooLong => "line_too_long",
            Self::NoText => "no_text",
            Self::BadJson => "bad_json",
            Self::Internal => "internal",
        }
    }

    /// What is wrong and what would be right, in one sentence.
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Empty => lang.pick("Không có chữ nào để đọc.", "There are no words to read."),
            Self::TooLong => {
                lang.pick("Đoạn này dài quá 8 MiB; hãy chia nhỏ ra.", "This text is longer than 8 MiB; split it.")
            }
            Self::NotText => lang
                .pick("Đây không phải chữ UTF-8; hãy lưu lại dạng UTF-8.", "This is not UTF-8 text; save it as UTF-8."),
            Self::LineTooLong => lang.pick(
                "Dòng này dài quá 1 MiB; hãy kiểm tra riêng bằng --file.",
                "This line is longer than 1 MiB; check it on its own with --file.",
            ),
            Self::NoText => lang.pick("Thiếu trường \"text\".", "The field \"text\" is missing."),
            Self::BadJson => lang.pick(
                "Dòng này mở bằng { nhưng không phải JSON dạng {\"id\",\"text\"}.",
                "This line opens with { but is no JSON of the form {\"id\",\"text\"}.",
            ),
            Self::Internal => lang.pick(
                "Lỗi của chương trình ở đoạn này; xin báo cho chúng tôi.",
                "A fault of the program on this text; please report it.",
            ),
        }
    }

    /// As it stands in an answer, in the language of whoever asks.
    pub const fn refusal(self, lang: Lang) -> Refusal {
        Refusal { code: self.code(), title: self.title(lang) }
    }
}

impl From<&InputError> for Unread {
    fn from(error: &InputError) -> Self {
        match error {
            InputError::Empty => Self::Empty,
            InputError::TooLong { .. } => Self::TooLong,
            InputError::NotText => Self::NotText,
        }
    }
}

/// Stands as `error` where the assessment would be (`docs/refusal.schema.json`).
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Refusal {
    code: &'static str,
    title: &'static str,
}
