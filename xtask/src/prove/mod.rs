//! `cargo xtask prove`: everything long, before an issue is called resolved. Writes the figures.
//!
//! Fuzzing at length, faults, secrets sought everywhere, a long video and load against the release server (loopback
//! only, bounded in count and time), the evaluation, the benchmarks beside their peers, and a clean clone built and
//! tested.

mod acknowledged;
mod canaries;
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
    /// Only these parts, as in `--only clean,load`.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// All but these, as in `--without figures` where they were measured on a quiet machine by their own commands.
    #[arg(long, value_delimiter = ',')]
    without: Vec<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Fuzz,
    Faults,
    Acknowledged,
    Secrets,
    Load,
    Figures,
    Clean,
}

pub fn run(args: &Args) -> Result<()> {
    tools::install(true)?;
    let wanted = |part| (args.only.is_empty() || args.only.contains(&part)) && !args.without.contains(&part);
    if wanted(Part::Fuzz) {
        step("fuzzing at length", || fuzz::long(args.fuzz_seconds))?;
    }
    if wanted(Part::Faults) {
        step("faults", faults::run)?;
    }
    if wanted(Part::Acknowledged) {
        step("reports under faults", || acknowledged::run(args.reports))?;
    }
    if wanted(Part::Secrets) {
        step("secrets and a long video", canaries::run)?;
    }
    if wanted(Part::Load) {
        step("load", || load::run(args.load_seconds))?;
    }
    if wanted(Part::Figures) {
        step("evaluation", || carry_out(command("cargo xtask evaluate"), "see above"))?;
        step("benchmarks", || bench::run(&bench::Args::all(args.peers.clone())))?;
    }
    if wanted(Part::Clean) {
        step("a clean clone", clean::run)?;
    }
    bench::run(&bench::Args::only_page())
}
