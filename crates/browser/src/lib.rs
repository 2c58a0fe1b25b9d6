//! The recogniser and its guidance as WebAssembly: what the page asks on her own device.
//!
//! - [`assess`]: a text in, the assessment as JSON out, the same as the API and the command line give;
//! - [`render`]: a text and who reads in, the result as HTML out, the same as the server draws;
//! - [`assess_many`]: many texts at once, for measuring;
//! - [`use_directory`]: the help directory that the server hands out, kept in memory.
//!
//! Deliberately absent: storage, network, clock, and any way to panic on what a person typed. What cannot be read
//! comes back as an error in her language.

mod options;

use guidance::{Guidance, html};
use recognise::Recogniser;
use serde_json::json;
use std::{cell::RefCell, sync::LazyLock};
use vocabulary::{Lang, directory::Directory};
use wasm_bindgen::prelude::wasm_bindgen;

static RECOGNISER: LazyLock<Recogniser> = LazyLock::new(Recogniser::shipped);

thread_local! {
    // A worker is one thread; the page hands the directory in once, at the start.
    static DIRECTORY: RefCell<Directory> = RefCell::new(Directory::empty());
}

/// Makes rules and model ready, so that the first check does not wait for them. Gives their version.
#[wasm_bindgen]
pub fn prepare() -> String {
    RECOGNISER.version().to_owned()
}

/// Puts a help directory (HSDS JSON) in force. Gives an empty string, or why it could not be read; the old one then
/// stays.
#[wasm_bindgen]
pub fn use_directory(hsds_json: &str) -> String {
    match Directory::parse(hsds_json) {
        Ok(directory) => {
            DIRECTORY.with(|held| *held.borrow_mut() = directory);
            String::new()
        }
        Err(error) => error.to_string(),
    }
}

/// The assessment as JSON, or `{"error": code}`.
#[wasm_bindgen]
pub fn assess(text: &str) -> String {
    match RECOGNISER.assess(text) {
        Ok(assessment) => serde_json::to_string(&assessment).unwrap_or_default(),
        Err(error) => json!({ "error": error.code() }).to_string(),
    }
}

/// The result as HTML for this reader; `options` is JSON: `lang`, `audience`, `age`, `province`, `now` (seconds since
/// 1970). What is missing or unknown there takes its plain meaning.
#[wasm_bindgen]
pub fn render(text: &str, options: &str) -> String {
    let reader = options::reader(options);
    match RECOGNISER.assess(text) {
        Ok(assessment) => {
            DIRECTORY.with(|d| html::result(&Guidance::new(text, &assessment, &reader, &d.borrow())).into_string())
        }
        Err(error) => html::error(&error, reader.lang).into_string(),
    }
}

/// Assesses each line of `texts` `times` over and gives how many harms were found: a yardstick, so that measuring
/// counts reading and not the crossing into JavaScript.
#[wasm_bindgen]
pub fn assess_many(texts: &str, times: u32) -> u32 {
    let lines: Vec<&str> = texts.lines().collect();
    (0..times).flat_map(|_| &lines).filter(|t| RECOGNISER.assess(t).is_ok_and(|a| !a.harms.is_empty())).count() as u32
}

/// The languages that [`render`] speaks, as JSON.
#[wasm_bindgen]
pub fn languages() -> String {
    json!(Lang::ALL).to_string()
}
