//! A log as it is handed out: one line of the file for each line of the log, as JSON or CSV, and the walk along such a file.
//!
//! ```text
//! {"format":"haidang-log/1","organisation":"tong-dai","lines":[
//! {"number":0,"state":"whole","at":1795582800,"by":"member:…:intake","case":"…","body":"{…}","digest":null,…},
//! ]}
//! ```
//!
//! `state`: `whole`; `erased` (its case was, its content with it); `withheld` (it didn't fit what was asked for); `before`
//! (the line that the first one continues). A line of the file is right only as this program writes it, to the byte.

use crate::{LogCheck, LogLine, Walk};
use casework::CaseId;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead};
use vocabulary::directory::Moment;

const FORMAT: &str = "haidang-log/1";
const COLUMNS: &str = "organisation,number,state,at,time,by,case,body,digest,nonce,leaf,chain";
/// A line that is longer was not written here: bodies are a few hundred bytes.
const LONGEST: usize = 1024 * 1024;

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For programs.
    Json,
    /// For tables.
    Csv,
}

/// How much of a line stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// All of it.
    Whole,
    /// Its content was erased with its case.
    Erased,
    /// Its place in the chain alone: it didn't fit what was asked for.
    Withheld,
    /// The line before the first one.
    Before,
}

/// Why a file could not be gone through.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file could not be read.
    #[error("the file can't be read")]
    Read(#[from] io::Error),
    /// Not the beginning of an export.
    #[error("this is no export of a log")]
    NoExport,
    /// A line that this program doesn't write: altered, cut off or added.
    #[error("line {0} of the file is not as it was written")]
    Altered(usize),
    /// The end is missing.
    #[error("the file is cut off")]
    CutOff,
}

/// What a walk along a file found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportCheck {
    /// Whose log it is.
    pub organisation: String,
    /// The number of its first line.
    pub from: i64,
    /// What holds.
    pub check: LogCheck,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    number: i64,
    state: LineState,
    at: Option<i64>,
    by: Option<String>,
    case: Option<CaseId>,
    body: Option<String>,
    digest: Option<String>,
    nonce: Option<String>,
    leaf: String,
    chain: String,
}

impl Written {
    fn of(line: &LogLine, state: LineState) -> Self {
        let shown = matches!(state, LineState::Whole | LineState::Erased);
        let whole = state == LineState::Whole;
        Self {
            number: line.number,
            state,
            at: shown.then_some(line.at),
            by: shown.then(|| line.by.clone()),
            case: line.case.filter(|_| whole),
            body: line.body.clone().filter(|_| whole),
            digest: line.digest.filter(|_| whole).map(|bytes| hex(&bytes)),
            nonce: line.nonce.filter(|_| whole).map(|bytes| hex(&bytes)),
            // Of the line before the first one nothing is known but where the chain stands.
            leaf: hex(if state == LineState::Before { &line.chain } else { &line.leaf }),
            chain: hex(&line.chain),
        }
    }

    fn read(self) -> Option<(LogLine, LineState)> {
        let maybe = |text: Option<String>| text.map_or(Some(None), |text| unhex(&text).map(Some));
        let line = LogLine {
            number: self.number,
            case: self.case,
            at: self.at.unwrap_or_default(),
            by: self.by.unwrap_or_default(),
            body: self.body,
            digest: maybe(self.digest)?,
            nonce: maybe(self.nonce)?,
            leaf: unhex(&self.leaf)?,
            chain: unhex(&self.chain)?,
        };
        Some((line, self.state))
    }
}

impl LogFormat {
    /// What stands before the first line.
    pub fn head(self, organisation: &str) -> String {
        match self {
            // An organisation's id needs no escape.
            Self::Json => format!("{{\"format\":\"{FORMAT}\",\"organisation\":\"{organisation}\",\"lines\":["),
            Self::Csv => COLUMNS.to_owned(),
        }
    }

    /// One line, with the line break before it. `is_first`: nothing but the head stands before it.
    pub fn line(self, organisation: &str, line: &LogLine, state: LineState, is_first: bool) -> String {
        let written = Written::of(line, state);
        let comma = if self == Self::Csv || is_first { "" } else { "," };
        format!("{comma}\n{}", self.write(organisation, &written))
    }

    /// What stands behind the last line.
    pub const fn tail(self) -> &'static str {
        match self {
            Self::Json => "\n]}\n",
            Self::Csv => "\n",
        }
    }

    fn write(self, organisation: &str, line: &Written) -> String {
        match self {
            Self::Json => serde_json::to_string(line).unwrap_or_default(),
            Self::Csv => {
                let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                let state = serde_json::to_string(&line.state).unwrap_or_default();
                let cells = [
                    organisation.to_owned(),
                    line.number.to_string(),
                    state.trim_matches('"').to_owned(),
                    number(line.at),
                    line.at.map(time).unwrap_or_default(),
                    text(&line.by),
                    line.case.map(|case| case.to_string()).unwrap_or_default(),
                    text(&line.body),
                    text(&line.digest),
                    text(&line.nonce),
                    line.leaf.clone(),
                    line.chain.clone(),
                ];
                cells.map(|cell| quoted(&cell)).join(",")
            }
        }
    }

    fn read(self, text: &str) -> Option<(String, Written)> {
        if self == Self::Json {
            return serde_json::from_str(text).ok().map(|line| (String::new(), line));
        }
        let [organisation, number, state, at, _, by, case, body, digest, nonce, leaf, chain] =
            cells(text).try_into().ok()?;
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let line = Written {
            number: number.parse().ok()?,
            state: serde_json::from_str(&format!("\"{state}\"")).ok()?,
            at: some(at).map(|at| at.parse()).transpose().ok()?,
            by: some(by),
            case: some(case).map(|case| case.parse()).transpose().ok()?,
            body: some(body),
            digest: some(digest),
            nonce: some(nonce),
            leaf,
            chain,
        };
        Some((organisation, line))
    }
}

/// Goes along an export and checks every line; stops at the first that doesn't hold.
///
/// # Errors
/// What can't be gone through at all; a line whose hash doesn't fit is said in [`LogCheck::broken`].
pub fn check_export(mut file: impl BufRead) -> Result<ExportCheck, ExportError> {
    let mut text = String::new();
    let mut next = |text: &mut String| -> Result<bool, ExportError> {
        text.clear();
        let mut limited = io::Read::take(&mut file, LONGEST as u64);
        match limited.read_line(text) {
            Ok(0) => Ok(false),
            Ok(_) => Ok(true),
            // A byte that no text has.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                text.push('\u{fffd}');
                Ok(true)
            }
            Err(error) => Err(error.into()),
        }
    };
    next(&mut text)?;
    let head = text.trim_end_matches('\n').to_owned();
    let (format, mut organisation) = if head == COLUMNS {
        (LogFormat::Csv, String::new())
    } else {
        let name = head.strip_prefix("{\"format\":\"haidang-log/1\",\"organisation\":\"");
        let name = name.and_then(|rest| rest.strip_suffix("\",\"lines\":[")).ok_or(ExportError::NoExport)?;
        if !casework::is_organisation_id(name) {
            return Err(ExportError::NoExport);
        }
        (LogFormat::Json, name.to_owned())
    };
    let (mut walk, mut number, mut more, mut from) = (None::<Walk>, 1, format == LogFormat::Csv, 0);
    while next(&mut text)? {
        number += 1;
        let altered = || ExportError::Altered(number);
        let line = text.strip_suffix('\n').ok_or(ExportError::CutOff)?;
        if format == LogFormat::Json && line == "]}" {
            if more || next(&mut text)? {
                return Err(altered());
            }
            return Ok(ExportCheck { organisation, from, check: walk.map(|walk| walk.found()).unwrap_or_default() });
        }
        let content = if format == LogFormat::Json { line.strip_suffix(',').unwrap_or(line) } else { line };
        if format == LogFormat::Json {
            if number > 2 && !more {
                return Err(altered());
            }
            more = content.len() < line.len();
        }
        let (of, written) = format.read(content).ok_or_else(altered)?;
        if format == LogFormat::Csv && organisation.is_empty() {
            organisation = of;
        }
        // To the byte: also what no hash is over, a time in words, a space.
        if format.write(&organisation, &written) != content {
            return Err(altered());
        }
        let (line, state) = written.read().ok_or_else(altered)?;
        match (&mut walk, state) {
            (None, LineState::Before) if line.leaf == line.chain => {
                from = line.number.checked_add(1).ok_or_else(altered)?;
                walk = Some(Walk::new(&organisation, from, line.chain));
            }
            (_, LineState::Before) => return Err(altered()),
            (walk, state) => {
                let walk = walk.get_or_insert_with(|| Walk::new(&organisation, 0, [0; 32]));
                let is_sound = match state {
                    LineState::Whole => line.body.is_some(),
                    _ => line.body.is_none() && line.nonce.is_none(),
                };
                if !is_sound {
                    return Err(altered());
                }
                walk.push(&line, state == LineState::Withheld);
            }
        }
    }
    if format == LogFormat::Json {
        return Err(ExportError::CutOff);
    }
    Ok(ExportCheck { organisation, from, check: walk.map(|walk| walk.found()).unwrap_or_default() })
}

/// As people in Vietnam read it.
fn time(at: i64) -> String {
    let moment = Moment::from_unix_seconds(at);
    format!("{} {:02}:{:02}", moment.date(), moment.minute() / 60, moment.minute() % 60)
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut within) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, within) {
            ('"', true) if letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            ('"', _) => within = !within,
            (',', false) => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    cells
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect();
    bytes?.try_into().ok()
}
