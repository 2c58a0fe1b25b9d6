//! `cargo xtask test`: everything that must pass before a change lands, from a machine that has only the toolchain.
//!
//! Quick checks come first. The first failure stops the run and says the one thing to do. One profile (dev) serves
//! clippy, tests, doc tests and the browser's server, so that no dependency is built twice.

mod docs;
mod lengths;
mod licences;
mod pure;
pub mod tools;

use crate::{
    assets, corpus_check, packages,
    shell::{carry_out, command, step},
};
use anyhow::Result;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Args {
    /// Leave out the tests that drive a browser (and the browser's installation).
    #[arg(long)]
    no_browser: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let start = Instant::now();
    step("tools", || tools::install(!args.no_browser))?;
    step("format", || run_line("cargo fmt --all --check", "cargo fmt --all"))?;
    step("lengths of files", lengths::check)?;
    step("figures and the pages drawn from them", docs::check)?;
    step("corpus", corpus_check::check)?;
    step("licences, sources and bans of dependencies", licences::check)?;
    step("pure crates", pure::check)?;
    let clippy = "cargo clippy --locked --quiet --workspace --all-targets -- -D warnings";
    step("lints", || run_line(clippy, "mend what clippy names above; an exception is `#[expect]` with its reason"))?;
    // Among them a short, bounded fuzz run of every parser on stable, and the doc tests.
    step("tests", || tests(args))?;
    if packages::wanted() {
        step("packages for other programs", || packages::run(&packages::Args::to_test(!args.no_browser)))?;
    }
    step("hashes of what browsers get", assets::check)?;
    println!("\nEverything passed in {:.1} minutes.", start.elapsed().as_secs_f64() / 60.0);
    Ok(())
}

fn tests(args: &Args) -> Result<()> {
    let mut tests = command("cargo test --locked --workspace --no-fail-fast");
    if args.no_browser {
        tests.env("HAIDANG_NO_BROWSER", "1");
    } else {
        tests.env("HAIDANG_AXE", std::path::absolute(tools::axe_path())?);
    }
    carry_out(tests, "run the failing test alone: cargo test -p CRATE NAME")
}

fn run_line(line: &str, mend: &str) -> Result<()> {
    carry_out(command(line), mend)
}
