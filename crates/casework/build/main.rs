//! Turns what stands in `data/` into types, and the questions into the JSON that devices fetch. A
//! text without both languages, or with a code that the vocabulary doesn't know, stops the build here.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

mod holidays;
mod letters;
mod questions;

use std::{env, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=build");
    let questions = questions::read(Path::new("data/questions.toml"));
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    fs::write(out.join("questions.rs"), questions::source(&questions)).expect("OUT_DIR can be written");
    let json = serde_json::to_string(&questions).expect("strings and lists are always JSON");
    fs::write(out.join("letters.rs"), letters::source(Path::new("data/letters.toml"))).expect("OUT_DIR can be written");
    let holidays = holidays::source(Path::new("data/holidays.toml"));
    fs::write(out.join("holidays.rs"), holidays).expect("OUT_DIR can be written");
    fs::write(out.join("questions.json"), json).expect("OUT_DIR can be written");
}
