//! Turns `data/*.toml` into types. A code without a name in Vietnamese or English stops the build here,
//! with the file and the code that lack it.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

mod advice;
mod codes;
mod rows;

use std::{env, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=build");
    let data = Path::new("data");
    let vocabulary = rows::Vocabulary::read(data);
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    fs::write(out.join("codes.rs"), codes::source(&vocabulary)).expect("OUT_DIR can be written");
    fs::write(out.join("advice.rs"), advice::source(data, &vocabulary)).expect("OUT_DIR can be written");
}
