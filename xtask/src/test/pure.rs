//! The crates that run on her device do no I/O: by their dependencies, by their source, and by building for WASM.

use crate::shell::{carry_out, command, output};
use anyhow::{Result, bail};
use std::{fs, path::Path};

const PURE: &[&str] =
    &["vocabulary", "recognise", "guidance", "seal", "casework", "evidence", "papers", "rights", "learn"];

/// What one crate may have all the same, and why.
const ALLOWED: &[(&str, &str)] = &[
    // The age crate draws the keys of its files itself; nobody else does.
    ("seal", "getrandom"),
    ("seal", "rand"),
    // Within age's translated error messages, which are never asked for: dead code that the linker drops.
    ("seal", "walkdir"),
    ("evidence", "getrandom"),
    ("evidence", "rand"),
    ("evidence", "walkdir"),
    // The trait through which the age crate hands over bytes in memory.
    ("seal", "io"),
];

/// Crates that read files, open sockets, tell the time or draw random numbers.
const IMPURE: &[&str] = &[
    "async-std",
    "axum",
    "chrono",
    "getrandom",
    "hyper",
    "libc",
    "memmap2",
    "mio",
    "nix",
    "rand",
    "reqwest",
    "rustix",
    "rustls",
    "smol",
    "socket2",
    "tempfile",
    "time",
    "tokio",
    "ureq",
    "walkdir",
    "windows-sys",
];

/// Parts of the standard library that do the same.
const OUTSIDE: &[&str] = &["fs", "net", "time", "env", "process", "thread", "io"];

pub fn check() -> Result<()> {
    for name in PURE {
        let line = format!(
            "cargo tree --locked --package {name} --edges normal,no-proc-macro --prefix none --format {{p}} --target wasm32-unknown-unknown"
        );
        let tree = output(command(&line))?;
        if let Some(found) = tree.lines().filter_map(|l| l.split(' ').next()).find(|d| refused(IMPURE, name, d)) {
            bail!("`{name}` depends on `{found}`\nWhat to do: hand in what it gives, or do it in another crate");
        }
        sources(name, &Path::new("crates").join(name).join("src"))?;
    }
    // With `sealer`, which says where a browser's random numbers come from.
    let packages: String = PURE.iter().chain(&["sealer"]).map(|p| format!(" --package {p}")).collect();
    let build = format!("cargo check --locked --quiet --target wasm32-unknown-unknown{packages}");
    carry_out(command(&build), "a pure crate must build for WASM: mend the first error above")
}

fn refused(list: &[&str], package: &str, part: &str) -> bool {
    list.contains(&part) && !ALLOWED.contains(&(package, part))
}

fn sources(package: &str, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(package, &path)?;
        } else if path.extension().is_some_and(|e| e == "rs")
            && !path.ends_with("tests.rs")
            && let Some(part) = outside(package, &fs::read_to_string(&path)?)
        {
            bail!("{} uses `std::{part}`\nWhat to do: hand in what it gives", path.display());
        }
    }
    Ok(())
}

/// The first forbidden part of the standard library that is named before the unit tests of a file.
fn outside(package: &str, source: &str) -> Option<&'static str> {
    let shipped = source.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = shipped.lines().map(|l| l.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
    code.split("std::").skip(1).find_map(|after| {
        let named = match after.strip_prefix('{') {
            Some(list) => heads(list),
            None => vec![word(after)],
        };
        OUTSIDE.iter().find(|part| named.contains(part) && refused(OUTSIDE, package, part)).copied()
    })
}

/// The first words of each entry of a `{a, b::{c, d}, e}` list, its opening brace taken off.
fn heads(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(word(list[start..at].trim()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(word(list[start..at].trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::outside;

    #[test]
    fn files_clocks_and_sockets_are_seen_through_every_way_to_name_them() {
        assert_eq!(outside("recognise", "use std::fs;"), Some("fs"));
        assert_eq!(outside("recognise", "use std::{fmt::{self, Write}, time::Instant};"), Some("time"));
        assert_eq!(outside("recognise", "let now = std::time::Instant::now();"), Some("time"));
        assert_eq!(outside("recognise", "use std::{fmt, str::FromStr}; // std::fs"), None);
        assert_eq!(outside("seal", "use std::{io, fs};"), Some("fs"), "an exception is for one part only");
        assert_eq!(outside("recognise", "use std::io;"), Some("io"), "and for one crate only");
        assert_eq!(outside("recognise", "use std::fmt;\n#[cfg(test)]\nmod tests { use std::fs; }"), None);
    }
}
