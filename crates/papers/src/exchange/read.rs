//! Lists as they are read: every row a case or an error with its line, nothing lost in silence.

use super::{FILE_BYTES, FORMAT, ID_LETTERS, ROWS, Record, STORY_LETTERS, VERSION, row_id, write::RUNS};
use casework::{CaseId, Facts};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use vocabulary::{Audience, Lang};

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// What becomes a case.
    pub rows: Vec<Row>,
    /// What can't, by its line.
    pub errors: Vec<RowError>,
}

/// A row that becomes a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its line in the file, from 1; in JSON its place in the list, from 1.
    pub line: u64,
    /// The id of the case that it becomes.
    pub case: CaseId,
    /// Its own number.
    pub id: String,
    /// When it came, as the file says.
    pub received_at: String,
    /// What stands in the clear.
    pub facts: Facts,
    /// Who asked.
    pub audience: Option<Audience>,
    /// Her words; sealed before they leave.
    pub story: String,
    /// How to reach her, as entries of the kind `contact` have it; sealed before it leaves.
    pub contact: Contact,
}

/// How to reach her.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// By what.
    pub how: String,
    /// At what time.
    pub when: String,
    /// How never.
    pub never: String,
}

/// A line that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Its line in the file, from 1; 0 is the file as a whole.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a line, or the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file is larger than [`FILE_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// More than [`ROWS`] rows.
    #[error("too many rows")]
    TooManyRows,
    /// Not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// Nothing in it.
    #[error("no row")]
    Empty,
    /// No column has this name.
    #[error("unknown column `{0}`")]
    Column(String),
    /// The same column twice.
    #[error("column `{0}` twice")]
    ColumnTwice(String),
    /// More or fewer cells than columns.
    #[error("{found} cells, not {wanted}")]
    Cells {
        /// What stands there.
        found: u64,
        /// What the first line has.
        wanted: u64,
    },
    /// It can't be read as CSV or JSON.
    #[error("can't be read: {0}")]
    Shape(String),
    /// A newer version of the format.
    #[error("version {0}")]
    Version(u32),
    /// A row needs a number of its own.
    #[error("no id")]
    NoId,
    /// The same number stands in an earlier line.
    #[error("the same id as line {0}")]
    Twice(u64),
    /// A code that the vocabulary doesn't know.
    #[error("`{value}` is no {column}")]
    Code {
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
    },
    /// No moment.
    #[error("`{0}` is no moment")]
    Moment(String),
    /// Nothing was told.
    #[error("no story")]
    NoStory,
    /// Too long.
    #[error("`{0}` is too long")]
    TooLong(&'static str),
}

impl Fault {
    /// What is wrong, as the worker reads it.
    pub fn message(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::TooLarge => (
                format!("Tệp quá lớn (nhiều nhất {} MB).", FILE_BYTES >> 20),
                format!("The file is too large ({} MB at most).", FILE_BYTES >> 20),
            ),
            Self::TooManyRows => (
                format!("Nhiều nhất {ROWS} dòng một lần; phần còn lại chưa được đọc."),
                format!("At most {ROWS} rows at once; the rest was not read."),
            ),
            Self::NotUtf8 => (
                "Tệp không ở dạng UTF-8. Trong Excel hãy lưu kiểu “CSV UTF-8”.".into(),
                "The file is not UTF-8. In Excel save as “CSV UTF-8”.".into(),
            ),
            Self::Empty => ("Tệp không có dòng nào.".into(), "The file has no row.".into()),
            Self::Column(name) => (format!("Không có cột nào tên “{name}”."), format!("No column is called “{name}”.")),
            Self::ColumnTwice(name) => {
                (format!("Cột “{name}” có hai lần."), format!("The column “{name}” stands twice."))
            }
            Self::Cells { found, wanted } => {
                (format!("Có {found} ô, phải là {wanted}."), format!("{found} cells, there must be {wanted}."))
            }
            Self::Shape(why) => (format!("Không đọc được: {why}"), format!("It can't be read: {why}")),
            Self::Version(version) => (
                format!("Dạng của bản mới hơn ({version}); hãy cập nhật Hải Đăng."),
                format!("A newer format ({version}); update Hải Đăng."),
            ),
            Self::NoId => {
                ("Thiếu số riêng của dòng (cột id).".into(), "The row has no number of its own (column id).".into())
            }
            Self::Twice(line) => (format!("Trùng số với dòng {line}."), format!("The same id as line {line}.")),
            Self::Code { column, value } => (
                format!("“{value}” không phải mã của cột {column}."),
                format!("“{value}” is no code of the column {column}."),
            ),
            Self::Moment(value) => (
                format!("“{value}” không phải thời điểm; ví dụ 2026-11-26T09:30:00+07:00."),
                format!("“{value}” is no moment, such as 2026-11-26T09:30:00+07:00."),
            ),
            Self::NoStory => ("Thiếu lời kể (cột story).".into(), "Nothing is told (column story).".into()),
            Self::TooLong(column) => (format!("Cột {column} quá dài."), format!("The column {column} is too long.")),
        };
        lang.pick(&vi, &en).to_owned()
    }
}

/// Reads a file, CSV or JSON by its first sign. `organisation` is the id of the worker's own.
pub fn read(file: &[u8], organisation: &str) -> Read {
    let whole = |fault| Read { rows: vec![], errors: vec![RowError { line: 0, fault }] };
    if file.len() > FILE_BYTES {
        return whole(Fault::TooLarge);
    }
    let Ok(text) = std::str::from_utf8(file) else { return whole(Fault::NotUtf8) };
    let text = text.trim_start_matches('\u{feff}');
    let (records, mut errors) = match text.trim_start().chars().next() {
        None => return whole(Fault::Empty),
        Some('{') => from_json(text),
        Some(_) => from_csv(text),
    };
    let (mut rows, mut seen) = (Vec::new(), HashMap::new());
    for (line, record) in records {
        if rows.len() + errors.len() >= ROWS {
            errors.push(RowError { line, fault: Fault::TooManyRows });
            break;
        }
        let row = if let Some(first) = seen.get(record.id.trim()) {
            Err(Fault::Twice(*first))
        } else {
            if !record.id.trim().is_empty() {
                seen.insert(record.id.trim().to_owned(), line);
            }
            row(line, record, organisation)
        };
        match row {
            Ok(row) => rows.push(row),
            Err(fault) => errors.push(RowError { line, fault }),
        }
    }
    errors.sort_by_key(|error| error.line);
    if rows.is_empty() && errors.is_empty() {
        return whole(Fault::Empty);
    }
    Read { rows, errors }
}

type Lines = (Vec<(u64, Record)>, Vec<RowError>);

fn from_csv(text: &str) -> Lines {
    let head = text.lines().next().unwrap_or_default();
    // Spreadsheets write semicolons where the comma is for decimals, as in Vietnam.
    let delimiter = if head.contains(';') && !head.contains(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    let columns: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(|name| name.trim().to_lowercase()).collect(),
        Err(error) => return (records, vec![RowError { line: 1, fault: Fault::Shape(error.to_string()) }]),
    };
    for (at, name) in columns.iter().enumerate() {
        if Record::default().column(name).is_none() {
            errors.push(RowError { line: 1, fault: Fault::Column(name.clone()) });
        } else if columns[..at].contains(name) {
            errors.push(RowError { line: 1, fault: Fault::ColumnTwice(name.clone()) });
        }
    }
    // With a column that nobody knows, what stands below it would be lost in silence.
    if !errors.is_empty() {
        return (records, errors);
    }
    for cells in reader.records() {
        let cells = match cells {
            Ok(cells) => cells,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                errors.push(RowError { line, fault: Fault::Shape(error.to_string()) });
                continue;
            }
        };
        let line = cells.position().map_or(0, csv::Position::line);
        if cells.len() != columns.len() {
            let fault = Fault::Cells { found: cells.len() as u64, wanted: columns.len() as u64 };
            errors.push(RowError { line, fault });
            continue;
        }
        let mut record = Record::default();
        for (name, cell) in columns.iter().zip(&cells) {
            if let Some(value) = record.column(name) {
                unguarded(cell).clone_into(value);
            }
        }
        // Spreadsheets keep empty lines at the end.
        if record != Record::default() {
            records.push((line, record));
        }
        if records.len() + errors.len() > ROWS {
            break;
        }
    }
    (records, errors)
}

/// Takes the apostrophe off that keeps a spreadsheet from running a cell.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(RUNS) || rest.starts_with('\'') => rest,
        _ => cell,
    }
}

#[derive(Deserialize)]
struct List {
    format: String,
    version: u32,
    cases: Vec<serde_json::Value>,
}

fn from_json(text: &str) -> Lines {
    let whole = |fault| (Vec::new(), vec![RowError { line: 0, fault }]);
    let list: List = match serde_json::from_str(text) {
        Ok(list) => list,
        Err(error) => return whole(Fault::Shape(error.to_string())),
    };
    if list.format != FORMAT {
        return whole(Fault::Shape(format!("format: {:?}", list.format)));
    }
    if list.version > VERSION {
        return whole(Fault::Version(list.version));
    }
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    for (line, case) in (1..).zip(list.cases).take(ROWS + 1) {
        match serde_json::from_value(case) {
            Ok(record) => records.push((line, record)),
            Err(error) => errors.push(RowError { line, fault: Fault::Shape(error.to_string()) }),
        }
    }
    (records, errors)
}

fn row(line: u64, record: Record, organisation: &str) -> Result<Row, Fault> {
    let id = record.id.trim().to_owned();
    if id.is_empty() {
        return Err(Fault::NoId);
    }
    let long = |column, text: &str, most: usize| {
        if text.chars().nth(most).is_some() { Err(Fault::TooLong(column)) } else { Ok(()) }
    };
    long("id", &id, ID_LETTERS)?;
    for (column, text) in [
        ("story", &record.story),
        ("contact_how", &record.contact_how),
        ("contact_when", &record.contact_when),
        ("contact_never", &record.contact_never),
    ] {
        long(column, text, STORY_LETTERS)?;
    }
    if record.story.trim().is_empty() {
        return Err(Fault::NoStory);
    }
    let received_at = record.received_at.trim().to_owned();
    if !received_at.is_empty() && !is_moment(&received_at) {
        return Err(Fault::Moment(received_at));
    }
    let facts = Facts {
        harm: code("harm", &record.harm)?,
        urgency: code("urgency", &record.urgency)?,
        age: code("age", &record.age)?,
        sex: code("sex", &record.sex)?,
        province: code("province", &record.province)?,
        language: code("language", &record.language)?,
    };
    let contact = Contact { how: record.contact_how, when: record.contact_when, never: record.contact_never };
    let audience = code("audience", &record.audience)?;
    Ok(Row { line, case: row_id(organisation, &id), id, received_at, facts, audience, story: record.story, contact })
}

fn code<T: std::str::FromStr>(column: &'static str, value: &str) -> Result<Option<T>, Fault> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    let known = value.parse().map_err(|_| Fault::Code { column, value: value.chars().take(60).collect() });
    known.map(Some)
}

/// `2026-11-26`, or `2026-11-26T09:30` with seconds and zone where there are any.
fn is_moment(text: &str) -> bool {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let clock = |time: &str| time.bytes().all(|b| b.is_ascii_digit() || b":.+-Z".contains(&b)) && time.len() <= 20;
    vocabulary::directory::Date::parse(date).is_some() && clock(time)
}
