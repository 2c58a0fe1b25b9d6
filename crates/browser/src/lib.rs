//! The recogniser and its guidance as WebAssembly: what the page asks on her own device.
//!
//! - [`assess`]: a text in, the assessment as JSON out, the same as the API and the command line give;
//! - [`render`]: a text and who reads in, the result as HTML out, the same as the server draws;
//! - [`assess_many`]: many texts at once, for measuring;
//! - [`use_directory`] and [`use_hosts`]: the help directory and the list of known hosts that the server hands out,
//!   kept in memory.
//!
//! Deliberately absent: storage, network, clock, and any way to panic on what a person typed. What cannot be read
//! comes back as an error in her language.

mod options;

use guidance::{Guidance, html};
use recognise::{Recogniser, links::HostList};
use serde_json::json;
use std::cell::RefCell;
use vocabulary::{Lang, directory::Directory};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    // A worker is one thread; the page hands directory and hosts in once, at the start.
    static DIRECTORY: RefCell<Directory> = RefCell::new(Directory::empty());
    static RECOGNISER: RefCell<Option<Recogniser>> = const { RefCell::new(None) };
}

/// The recogniser, made ready at its first use.
fn with_recogniser<T>(work: impl FnOnce(&Recogniser) -> T) -> T {
    RECOGNISER.with_borrow_mut(|held| work(held.get_or_insert_with(Recogniser::shipped)))
}

/// Makes rules and model ready, so that the first check does not wait for them. Gives their version.
#[wasm_bindgen]
pub fn prepare() -> String {
    with_recogniser(|recogniser| recogniser.version().to_owned())
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

/// Puts a list of known hosts in force. Gives an empty string, or why it was not taken (damaged, or older than the one
/// that is held, which would bring reported hosts back); the held one then stays.
#[wasm_bindgen]
pub fn use_hosts(list: &[u8]) -> String {
    let offered = match HostList::from_bytes(list) {
        Ok(offered) => offered,
        Err(error) => return error.to_string(),
    };
    RECOGNISER.with_borrow_mut(|held| {
        let recogniser = held.take().unwrap_or_else(Recogniser::shipped);
        let older = offered.version() < recogniser.hosts().version();
        *held = Some(if older { recogniser } else { recogniser.with_hosts(offered) });
        if older { "the host list is older than the one that is held".into() } else { String::new() }
    })
}

/// The assessment as JSON, or `{"error": code}`.
#[wasm_bindgen]
pub fn assess(text: &str) -> String {
    match with_recogniser(|recogniser| recogniser.assess(text)) {
        Ok(assessment) => serde_json::to_string(&assessment).unwrap_or_default(),
        Err(error) => json!({ "error": error.code() }).to_string(),
    }
}

/// The result as HTML for this reader; `options` is JSON: `lang`, `audience`, `age`, `province`, `now` (seconds since
/// 1970). What is missing or unknown there takes its plain meaning.
#[wasm_bindgen]
pub fn render(text: &str, options: &str) -> String {
    let reader = options::reader(options);
    match with_recogniser(|recogniser| recogniser.assess(text)) {
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
    with_recogniser(|recogniser| {
        let shows_harm = |text: &&&str| recogniser.assess(text).is_ok_and(|a| !a.harms.is_empty());
        (0..times).flat_map(|_| &lines).filter(shows_harm).count() as u32
    })
}

/// The languages that [`render`] speaks, as JSON.
#[wasm_bindgen]
pub fn languages() -> String {
    json!(Lang::ALL).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use recognise::links::{Category, HostListBuilder};

    #[test]
    fn a_newer_list_of_hosts_is_taken_and_an_older_one_is_not() {
        let list = |version, host| HostListBuilder::new(version).bad(Category::Scam, [host]).build();
        let reported = |host: &str| assess(&format!("https://{host}/ nhé")).contains("known_bad");
        assert!(!reported("mot-trang-xau.example"));
        assert_eq!(use_hosts(&list(30_001_231, "mot-trang-xau.example")), "");
        assert!(reported("mot-trang-xau.example"));
        for refused in [list(30_001_230, "hai-trang-xau.example"), b"rubbish".to_vec(), Vec::new()] {
            assert_ne!(use_hosts(&refused), "");
        }
        assert!(reported("mot-trang-xau.example") && !reported("hai-trang-xau.example"));
    }
}
