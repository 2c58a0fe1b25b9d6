//! `cargo xtask bench`: speed, bytes and memory of the release build, ours beside peers, into `docs/figures.json`.
//!
//! Every figure is the median of [`TURNS`] turns; a peer takes its turns between ours. All traffic stays on loopback
//! and is bounded in count and time. Close other work first: on two cores a compiler beside it halves the figures.

mod backup;
mod bytes;
mod client;
mod desk;
mod evidence;
mod http;
mod lesson;
mod messages;
mod native;
pub mod page;
mod program;
mod report;
mod rights;
mod serve;
mod staff;
mod store;
mod wasm;

use crate::{
    figures::{self, Measured},
    shell::{carry_out, command, step, target_dir},
    test::tools,
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf, absolute},
};

/// How often each thing is measured.
const TURNS: usize = 5;

#[derive(clap::Args)]
pub struct Args {
    /// The folder of the peers' scripts; without it ours is measured alone.
    #[arg(long)]
    peers: Option<PathBuf>,
    /// Measure only these, as in `--only native,http`.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// Cases of the house that is backed up, and of the desk.
    #[arg(long, default_value_t = desk::CASES)]
    cases: u64,
    /// Bytes of its files.
    #[arg(long, default_value_t = backup::BYTES)]
    bytes: u64,
    /// For how many minutes 200 members work at the desk; the figure is only written down of ten and more.
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// Measure nothing: draw docs/benchmarks.md anew from docs/figures.json.
    #[arg(long)]
    page: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Native,
    Wasm,
    Http,
    Bytes,
    Serve,
    Report,
    Store,
    Backup,
    Desk,
    Evidence,
    Lesson,
    Rights,
}

impl Args {
    pub fn all(peers: Option<PathBuf>) -> Self {
        Self { peers, only: Vec::new(), cases: desk::CASES, bytes: backup::BYTES, minutes: 10.0, page: false }
    }

    pub fn only_page() -> Self {
        Self { page: true, ..Self::all(None) }
    }
}

pub fn run(args: &Args) -> Result<()> {
    if !args.page {
        measure(args)?;
    }
    fs::write(page::PATH, page::draw(&figures::read()?))?;
    println!("{} is drawn", page::PATH);
    Ok(())
}

fn measure(args: &Args) -> Result<()> {
    let wanted = |part| args.only.is_empty() || args.only.contains(&part);
    if wanted(Part::Rights) {
        record("rights", rights::measure)?;
    }
    if args.only == [Part::Rights] {
        return Ok(());
    }
    tools::install(true)?;
    let binary = release("--package haidang", "haidang")?;
    let messages = messages::short()?;
    if wanted(Part::Native) {
        record("native", || native::measure(&messages, args.peers.as_deref()))?;
    }
    if wanted(Part::Wasm) {
        record("WASM", || wasm::measure(&binary, &messages))?;
    }
    if wanted(Part::Http) {
        record("HTTP", || http::measure(&binary, &messages))?;
    }
    if wanted(Part::Bytes) {
        record("bytes", || bytes::measure(&binary))?;
    }
    if wanted(Part::Serve) {
        record("serving", || serve::measure(&binary))?;
    }
    if wanted(Part::Report) {
        record("a report and its desk", || report::measure(&binary))?;
    }
    if wanted(Part::Store) {
        // Each by itself, so that one that fails takes nothing with it.
        record("the store", store::reports)?;
        record("a million cases", store::inbox)?;
        record("PostgreSQL and S3", store::on_servers)?;
    }
    // Writes 60 GB: only where it is named.
    if args.only.contains(&Part::Backup) {
        record("backup and restore", || backup::measure(args.cases, args.bytes))?;
    }
    if wanted(Part::Desk) {
        record("the desk", || desk::measure(&binary, args.cases, args.minutes))?;
        record("the queue on PostgreSQL", || desk::on_postgres(&binary, args.cases))?;
    }
    if wanted(Part::Evidence) {
        record("evidence", || evidence::measure(&binary))?;
    }
    if wanted(Part::Lesson) {
        record("a lesson", || lesson::measure(&binary))?;
    }
    Ok(())
}

/// Measures one part and writes it down at once, so that a later part that fails takes nothing with it.
fn record(headline: &str, measure: impl FnOnce() -> Result<Vec<Measured>>) -> Result<()> {
    step(headline, || {
        let measured = measure()?;
        for m in &measured {
            println!("{} = {:.3} {}", m.id, m.value, m.unit);
        }
        figures::write(&measured, "cargo xtask bench")
    })
}

/// Builds one program of the release profile and says where it lies.
pub fn release(what: &str, path: &str) -> Result<PathBuf> {
    let line = format!("cargo build --locked --quiet --release {what}");
    carry_out(command(&line), "mend the first error above")?;
    Ok(absolute(Path::new(&target_dir()).join("release").join(path))?)
}

/// The memory that a process holds (`VmRSS`).
pub fn resident_mib(pid: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).context("VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>().context("VmRSS in kB")? / 1024.0)
}

/// The middle of some turns.
fn median(mut turns: Vec<f64>) -> f64 {
    turns.sort_by(f64::total_cmp);
    turns[turns.len() / 2]
}
