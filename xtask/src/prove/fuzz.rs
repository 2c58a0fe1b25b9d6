//! Every target of `fuzz/`: by cargo-fuzz where a nightly toolchain is there, else the stable run at length.

use crate::shell::{answers, carry_out, command};
use anyhow::Result;
use std::{fs, path::absolute};

/// Targets that start from something whole: (target, its folder).
const SEEDS: &[(&str, &str)] = &[("package", "crates/evidence/tests/fixtures")];

const VERSION: &str = "0.13.2";

pub fn long(seconds: u32) -> Result<()> {
    if !answers("cargo +nightly --version") {
        println!("no nightly toolchain: the stable run of every parser, at length");
        let mut tests = command("cargo test --locked --release --package recognise --test no_input_breaks_it");
        tests.env("PROPTEST_CASES", (seconds * 1000).to_string());
        return carry_out(tests, "the failing input stands above; keep it as a test");
    }
    let cargo_fuzz = cargo_fuzz()?;
    for target in targets()? {
        println!("--- {target}, {seconds} s");
        let found = format!("fuzz/corpus/{target}");
        fs::create_dir_all(&found)?;
        let seeds = SEEDS.iter().find(|(of, _)| *of == target).map_or("", |(_, folder)| folder);
        let line = format!(
            "{cargo_fuzz} fuzz run {target} {found} {seeds} -- -max_total_time={seconds} -timeout=20 -rss_limit_mb=2048"
        );
        let mut fuzz = command(&line);
        fuzz.env("RUSTUP_TOOLCHAIN", "nightly");
        carry_out(fuzz, "the failing input lies in fuzz/artifacts; keep it as a test")?;
    }
    Ok(())
}

fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir("fuzz/targets")? {
        names.extend(entry?.path().file_stem().map(|s| s.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn cargo_fuzz() -> Result<String> {
    if answers("cargo-fuzz --version") {
        return Ok("cargo-fuzz".into());
    }
    let cache = absolute(format!(".cache/cargo-fuzz-{VERSION}"))?;
    let program = cache.join("bin/cargo-fuzz");
    if !program.exists() {
        let mut install = command(&format!("cargo install --quiet --locked cargo-fuzz@{VERSION} --root"));
        install.arg(&cache).env("CARGO_TARGET_DIR", cache.join("build"));
        carry_out(install, "cargo install --locked cargo-fuzz")?;
    }
    Ok(program.display().to_string())
}
