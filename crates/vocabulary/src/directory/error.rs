//! What can be wrong with a directory, said by row and field in the language of whoever must mend it.

use crate::Lang;
use serde_json::error::Category;

/// Why a directory could not be read. Each names the row and the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// No JSON, or not of this shape.
    #[error("{}", self.say(Lang::En))]
    Shape {
        /// The path to the field: `services[3].phones[0].number`.
        at: String,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong there.
        why: Misshapen,
    },
    /// A row that breaks a rule of the directory.
    #[error("{}", self.say(Lang::En))]
    Row {
        /// The service's id.
        row: String,
        /// The field.
        field: String,
        /// What is wrong, and what would be right.
        why: Wrong,
    },
}

/// What is wrong with the JSON itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misshapen {
    /// It ends before it should.
    CutOff,
    /// It is no JSON.
    Syntax,
    /// A field that every such object has is not there.
    Lacks(String),
    /// A value of another kind than belongs there.
    Kind,
}

/// What is wrong with a field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is not there, and every row needs it.
    Missing,
    /// Another row has the same.
    Twice,
    /// A code that the vocabulary does not have.
    Unknown(String),
    /// A value that is not of the form that belongs there.
    Not {
        /// What stands there.
        found: String,
        /// What may stand there, as in `HH:MM` or `true | false`.
        form: &'static str,
    },
}

impl DirectoryError {
    pub(super) fn shape(at: String, error: &serde_json::Error) -> Self {
        let said = error.to_string();
        let lacks = said.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let why = match (error.classify(), lacks) {
            (Category::Eof | Category::Io, _) => Misshapen::CutOff,
            (Category::Syntax, _) => Misshapen::Syntax,
            (Category::Data, Some(field)) => Misshapen::Lacks(field.into()),
            (Category::Data, None) => Misshapen::Kind,
        };
        Self::Shape { at, line: error.line(), column: error.column(), why }
    }

    /// In one line.
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Shape { at, line, column, why }, Lang::Vi) => {
                format!("danh bạ, dòng {line} cột {column} ({at}): {}", why.say(lang))
            }
            (Self::Shape { at, line, column, why }, Lang::En) => {
                format!("the directory, line {line} column {column} ({at}): {}", why.say(lang))
            }
            (Self::Row { row, field, why }, Lang::Vi) => format!("dịch vụ `{row}`: {field} {}", why.say(lang)),
            (Self::Row { row, field, why }, Lang::En) => format!("service `{row}`: {field} {}", why.say(lang)),
        }
    }
}

impl Misshapen {
    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Lacks(field), Lang::Vi) => format!("thiếu trường `{field}`"),
            (Self::Lacks(field), Lang::En) => format!("the field `{field}` is missing"),
            (Self::CutOff, _) => {
                lang.pick("tệp bị cắt giữa chừng; hãy lấy lại tệp", "the file was cut off; get it again").into()
            }
            (Self::Syntax, _) => lang
                .pick("không đúng cú pháp JSON; xem dấu phẩy và ngoặc", "not valid JSON; look at commas and brackets")
                .into(),
            (Self::Kind, _) => lang
                .pick("sai kiểu dữ liệu; xem docs/directory.md", "a value of the wrong kind; see docs/directory.md")
                .into(),
        }
    }
}

impl Wrong {
    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Missing, _) => lang.pick("còn thiếu", "is missing").into(),
            (Self::Twice, _) => {
                lang.pick("trùng với một dòng khác; mỗi dòng có mã riêng", "stands twice; each row has its own").into()
            }
            (Self::Unknown(code), Lang::Vi) => format!("có `{code}`, bộ từ vựng không biết mã này"),
            (Self::Unknown(code), Lang::En) => format!("has `{code}`, which the vocabulary does not know"),
            (Self::Not { found, form }, Lang::Vi) => format!("là `{found}`, phải là {form}"),
            (Self::Not { found, form }, Lang::En) => format!("is `{found}`, not {form}"),
        }
    }
}
