//! `docs/assets.sha256`: the hash of every file that browsers get, as this source gives them on any machine; and beside
//! it `docs/assets.source`, one hash over the sources that it was made of.

use crate::shell::{command, output};
use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fs};

const PATH: &str = "docs/assets.sha256";
const SOURCE: &str = "docs/assets.source";
const MEND: &str = "after a change of scripts, styles, or of a crate that becomes WASM: cargo xtask assets";

/// All that becomes a file for browsers: scripts and styles, the crates of the WASM, how they are built and with what.
const SOURCES: &str = "git ls-files -- crates/web/assets crates/web/build crates/browser crates/sealer crates/keeper crates/tutor \
    crates/clerk crates/evidence crates/guidance crates/papers crates/learn/src crates/learn/build crates/learn/Cargo.toml crates/recognise crates/vocabulary crates/seal crates/casework Cargo.lock \
    rust-toolchain.toml";

/// Writes both.
pub fn write() -> Result<()> {
    fs::write(PATH, built()?)?;
    fs::write(SOURCE, source()?)?;
    println!("{PATH}: written; sha256sum of it is what the privacy page shows");
    Ok(())
}

/// Whether the list was made of these sources. What is built here is compared as well; where it differs, that is said,
/// and `cargo xtask prove` stops for it.
pub fn check() -> Result<()> {
    ensure!(source()? == fs::read_to_string(SOURCE).context(SOURCE)?, "{PATH} was made of other sources; {MEND}");
    if let Err(error) = check_built() {
        println!("{error}");
    }
    Ok(())
}

/// Whether what is built here is what the list says.
pub fn check_built() -> Result<()> {
    let (built, listed) = (built()?, fs::read_to_string(PATH).context(PATH)?);
    if built == listed {
        return Ok(());
    }
    let names = |list: &str| list.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let differing: Vec<_> = names(&built).difference(&names(&listed)).cloned().collect();
    bail!(
        "{PATH} is not what is built here; built here:\n{}\nWhat to do: {MEND}. Without such a change, the build is not \
         reproducible: see docs/assets.md",
        differing.join("\n")
    )
}

fn built() -> Result<String> {
    output(command("cargo run --locked --quiet --package haidang -- assets"))
}

/// One hash over names and contents, of what git knows, in its order.
fn source() -> Result<String> {
    let mut hash = Sha256::new();
    for path in output(command(SOURCES))?.lines().filter(|path| !path.contains("/tests/")) {
        let content = fs::read(path).with_context(|| path.to_owned())?;
        hash.update(format!("{path} {}\n", content.len()));
        hash.update(content);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>() + "\n")
}
