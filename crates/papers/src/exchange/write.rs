//! Lists as they are written.

use super::{COLUMNS, FORMAT, Record, VERSION};
use serde::Serialize;

/// Spreadsheets run cells that begin like this; an apostrophe before it makes them text.
pub(super) const RUNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// As CSV (RFC 4180), in UTF-8 with the mark by which spreadsheets know it. A cell that a spreadsheet would run gets an
/// apostrophe before it.
pub fn csv(records: &[Record]) -> String {
    let mut out = String::from("\u{feff}");
    line(&mut out, &COLUMNS);
    for record in records {
        line(&mut out, &record.values());
    }
    out
}

fn line(out: &mut String, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        // An apostrophe of its own is doubled in the same way, so that reading gives back what was written.
        let guard = if cell.starts_with(RUNS) || cell.starts_with('\'') { "'" } else { "" };
        if cell.contains(['"', ',', ';', '\n', '\r']) {
            out.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
        } else {
            out.push_str(guard);
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

#[derive(Serialize)]
struct List<'a> {
    format: &'a str,
    version: u32,
    organisation: &'a str,
    cases: &'a [Record],
}

/// As JSON: `{format, version, organisation, cases: [{…}]}`, every value a text, an absent one empty.
pub fn json(records: &[Record], organisation: &str) -> String {
    let list = List { format: FORMAT, version: VERSION, organisation, cases: records };
    serde_json::to_string_pretty(&list).expect("texts and numbers are always JSON") + "\n"
}
