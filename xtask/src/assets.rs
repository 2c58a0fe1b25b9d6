//! `docs/assets.sha256`: the hash of every file that browsers get, as this source gives them on any machine.

use crate::shell::{command, output};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeSet, fs};

const PATH: &str = "docs/assets.sha256";

/// Writes the list.
pub fn write() -> Result<()> {
    fs::write(PATH, built()?)?;
    println!("{PATH}: written; sha256sum of it is what the privacy page shows");
    Ok(())
}

/// Compares the list with what is built here.
pub fn check() -> Result<()> {
    let (built, listed) = (built()?, fs::read_to_string(PATH).context(PATH)?);
    if built == listed {
        return Ok(());
    }
    let names = |list: &str| list.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let differing: Vec<_> = names(&built).difference(&names(&listed)).cloned().collect();
    bail!(
        "{PATH} is not what is built here; built here:\n{}\nWhat to do: after a change of scripts, styles or of a crate \
         that becomes WASM: cargo xtask assets. Without such a change, the build is not reproducible: see docs/assets.md",
        differing.join("\n")
    )
}

fn built() -> Result<String> {
    output(command("cargo run --locked --quiet --package haidang -- assets"))
}
