//! `cargo xtask prove`: everything long, before an issue is called resolved. Writes the figures.
//!
//! Fuzzing at length, faults and load against the release server (loopback only, bounded in count and time), the
//! evaluation, the benchmarks beside their peers, and a clean clone built and tested.

mod acknowledged;
mod clean;
mod faults;
mod fuzz;
mod load;

use crate::{
    bench,
    shell::{carry_out, command, step},
    test::tools,
};
use anyhow::Result;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// The folder of the peers' scripts; without it ours is measured alone.
    #[arg(long)]
    peers: Option<PathBuf>,
    /// How long each parser is fuzzed, in seconds.
    #[arg(long, default_value_t = 120)]
    fuzz_seconds: u32,
    /// How long the server stands under load, in seconds (10 minutes at most).
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(5..=600))]
    load_seconds: u32,
    /// Reports that each store must acknowledge while it is struck.
    #[arg(long, default_value_t = 10_000)]
    reports: usize,
    /// Leave out the clean clone (it takes as long as the whole test).
    #[arg(long, conflicts_with = "only_clean")]
    no_clean: bool,
    /// Leave out evaluation and benchmarks (where they were run by their own commands on a quiet machine).
    #[arg(long)]
    no_figures: bool,
    /// Nothing but the clean clone.
    #[arg(long)]
    only_clean: bool,
    /// Nothing but reports under faults.
    #[arg(long, conflicts_with = "only_clean")]
    only_acknowledged: bool,
}

pub fn run(args: &Args) -> Result<()> {
    tools::install(true)?;
    if args.only_clean {
        step("a clean clone", clean::run)?;
        return bench::run(&bench::Args::only_page());
    }
    if args.only_acknowledged {
        step("reports under faults", || acknowledged::run(args.reports))?;
        return bench::run(&bench::Args::only_page());
    }
    step("fuzzing at length", || fuzz::long(args.fuzz_seconds))?;
    step("faults", faults::run)?;
    step("reports under faults", || acknowledged::run(args.reports))?;
    step("load", || load::run(args.load_seconds))?;
    if !args.no_figures {
        step("evaluation", || carry_out(command("cargo xtask evaluate"), "see above"))?;
        step("benchmarks", || bench::run(&bench::Args::all(args.peers.clone())))?;
    }
    if !args.no_clean {
        step("a clean clone", clean::run)?;
        bench::run(&bench::Args::only_page())?;
    }
    Ok(())
}
