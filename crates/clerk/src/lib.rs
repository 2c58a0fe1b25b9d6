//! Papers and lists of cases as WebAssembly: what the desk asks in the worker's own browser, so that nothing that is filled
//! in goes to the server.
//!
//! JSON in, JSON out; `crates/web/assets/desk-papers.js` and `desk-exchange.js` speak it. What can't be done comes back
//! as an error in the worker's language.
//!
//! Deliberately absent: storage, network, clock, and any way to panic on what a person typed.

use papers::{
    Case, Paper, Sheet, Values,
    exchange::{self, Record},
    takedown,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use vocabulary::Lang;
use wasm_bindgen::prelude::wasm_bindgen;

fn lang(code: &str) -> Lang {
    code.parse().unwrap_or(Lang::Vi)
}

fn paper(code: &str) -> Result<&'static Paper, String> {
    Paper::by_code(code).ok_or_else(|| format!("no paper is called `{code}`"))
}

/// What the page hands in is ours: a shape that can't be read is a fault of the page, and is named.
fn taken<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn given(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists are always JSON")
}

/// What of a case fills a paper by itself, as `{field: value}`.
///
/// # Errors
/// No such paper, or a case that is none.
#[wasm_bindgen]
pub fn filled(code: &str, case: &str, language: &str) -> Result<String, String> {
    Ok(given(&paper(code)?.filled(&taken::<Case>(case)?, lang(language))))
}

/// The page: `{lang, blocks}` to be drawn.
///
/// # Errors
/// No such paper, or values that are none.
#[wasm_bindgen]
pub fn sheet(code: &str, values: &str, language: &str) -> Result<String, String> {
    Ok(given(&Sheet::of(paper(code)?, &taken::<Values>(values)?, lang(language))))
}

/// The page as text; a paper that is hers without what was left empty.
///
/// # Errors
/// No such paper, or values that are none.
#[wasm_bindgen]
pub fn text(code: &str, values: &str, language: &str) -> Result<String, String> {
    let paper = paper(code)?;
    let sheet = Sheet::of(paper, &taken::<Values>(values)?, lang(language));
    Ok(if paper.to_her { sheet.told().text() } else { sheet.text() })
}

/// Whether content of this case may only be reported to 111, VN-COP and the police.
///
/// # Errors
/// A case that is none.
#[wasm_bindgen]
pub fn only_hotline(case: &str) -> Result<bool, String> {
    Ok(takedown::only_hotline(&taken(case)?))
}

/// Whether the notice is complete; says in the language of `screen` what is missing.
///
/// # Errors
/// What is missing.
#[wasm_bindgen]
pub fn check_notice(values: &str, screen: &str) -> Result<(), String> {
    takedown::check(&taken(values)?).map_err(|error| error.message(lang(screen)))
}

/// The notice as a letter that mail programs open as a draft.
///
/// # Errors
/// What is missing or can't stand, in the language of `screen`.
#[wasm_bindgen]
pub fn letter(values: &str, case: &str, language: &str, screen: &str) -> Result<String, String> {
    let (values, case) = (taken(values)?, taken(case)?);
    let written = takedown::letter(paper("takedown")?, &values, &case, lang(language));
    written.map_err(|error| error.message(lang(screen)))
}

/// A list of cases: `format` is `csv` or `json`.
///
/// # Errors
/// Records that are none.
#[wasm_bindgen]
pub fn list(format: &str, records: &str, organisation: &str) -> Result<String, String> {
    let records: Vec<Record> = taken(records)?;
    Ok(if format == "csv" { exchange::csv(&records) } else { exchange::json(&records, organisation) })
}

/// Reads a list: `{rows: […], errors: [{line, message}]}`.
#[wasm_bindgen]
pub fn read_list(file: &[u8], organisation: &str, screen: &str) -> String {
    let read = exchange::read(file, organisation);
    let errors: Vec<_> = read
        .errors
        .iter()
        .map(|error| json!({"line": error.line, "message": error.fault.message(lang(screen))}))
        .collect();
    given(&json!({"rows": read.rows, "errors": errors}))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = r#"{"facts": {"harm": "defamation", "age": "25_59", "extra": "x"}, "now": 1795660200, "organisation": {"vi": "Tổng đài"}, "entries": [{"kind": "story", "content": {"text": "Ở https://a.example/1."}}]}"#;

    #[test]
    fn what_the_page_asks_is_answered_as_json() {
        let values = filled("takedown", CASE, "vi").unwrap();
        assert!(values.contains("https://a.example/1\"") && values.contains("Tổng đài"), "{values}");
        assert!(!only_hotline(CASE).unwrap());
        assert!(check_notice(&values, "en").unwrap_err().contains("why"));
        assert!(sheet("form_01", "{}", "vi").unwrap().starts_with(r#"{"lang":"vi","blocks":[{"block":"head""#));
        assert!(text("cover", "{}", "en").unwrap().starts_with("COVER SHEET"));
        assert!(filled("nothing", CASE, "vi").is_err() && filled("cover", "[", "vi").is_err());
    }

    #[test]
    fn a_list_goes_out_and_comes_back() {
        let list = list("csv", r#"[{"id": "7", "story": "=lời kể", "age": "12_15"}]"#, "tong-dai").unwrap();
        let read: serde_json::Value = serde_json::from_str(&read_list(list.as_bytes(), "tong-dai", "vi")).unwrap();
        assert_eq!(read["rows"][0]["story"], "=lời kể");
        assert_eq!(read["rows"][0]["facts"]["age"], "12_15");
        assert_eq!(read["errors"].as_array().map(Vec::len), Some(0));
        let wrong = read_list(b"id,story\n1,", "tong-dai", "en");
        assert!(wrong.contains("Nothing is told"), "{wrong}");
    }
}
