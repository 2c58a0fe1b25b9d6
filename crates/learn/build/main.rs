//! Lists the files of `content/`, so that they are built in. What stands in them is checked by a test
//! (`tests/the_shipped_content_holds.rs`) and by `haidang learn check`, which says place and remedy.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

use std::{env, fmt::Write, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=content");
    println!("cargo:rerun-if-changed=build");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let mut names = Vec::new();
    for (folder, ending) in
        [("chats", ".toml"), ("lessons", ".toml"), ("items", ".toml"), ("modules", ".toml"), ("policies", ".md")]
    {
        // An absent folder is an empty one: a house may ship without modules.
        let Ok(entries) = fs::read_dir(Path::new(&root).join("content").join(folder)) else { continue };
        let stems =
            entries.filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.strip_suffix(ending)?.to_owned()));
        names.extend(stems.map(|stem| format!("{folder}/{stem}{ending}")));
    }
    names.sort();
    let mut out = String::from("&[\n");
    for name in names {
        writeln!(out, "({name:?}, include_str!({:?})),", format!("{root}/content/{name}"))
            .expect("a String takes every line");
    }
    out.push_str("]\n");
    let folder = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("shipped.rs"), out).expect("OUT_DIR can be written");
}
