//! Licences, bans and sources of every dependency by cargo-deny (`deny.toml`); advisories where their database can be
//! fetched.

use crate::shell::{answers, carry_out, command, output};
use anyhow::Result;
use std::path::{Path, absolute};

const VERSION: &str = "0.20.2";

pub fn check() -> Result<()> {
    let deny = program()?;
    let deny = deny.display();
    let line =
        format!("{deny} --offline --locked --log-level error check --hide-inclusion-graph licenses bans sources");
    carry_out(command(&line), "choose another dependency, or name the exception with its reason in deny.toml")?;
    // The database lives in a git repository; behind a closed network the fetch is refused at once.
    if output(command(&format!("timeout 60 {deny} --log-level error fetch db"))).is_err() {
        println!("advisories: NOT checked, their database can't be fetched from here");
        return Ok(());
    }
    let line = format!("{deny} --locked --log-level error check --hide-inclusion-graph advisories");
    carry_out(command(&line), "take the release that mends it, or name the advisory with its reason in deny.toml")
}

/// cargo-deny as installed, or built into the cache folder: unoptimised, since building is what costs.
fn program() -> Result<std::path::PathBuf> {
    if answers("cargo-deny --version") {
        return Ok("cargo-deny".into());
    }
    let cache = absolute(format!(".cache/cargo-deny-{VERSION}"))?;
    let program = cache.join("bin/cargo-deny");
    if !Path::new(&program).exists() {
        println!("building cargo-deny {VERSION} (once)");
        let mut install = command(&format!("cargo install --quiet --locked --debug cargo-deny@{VERSION} --root"));
        install.arg(&cache).env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_TARGET_DIR", cache.join("build"));
        carry_out(install, "cargo install --locked cargo-deny")?;
        std::fs::remove_dir_all(cache.join("build"))?;
    }
    Ok(program)
}
