//! What a report costs her phone, and what it costs to open it: measured at a real browser against the release build.
//! The walks are those of the browser tests, `crates/haidang/tests/browser/measured.rs`.

use crate::{
    figures::Measured,
    shell::{command, output},
};
use anyhow::{Context, Result};
use std::path::Path;

/// (the walk, its figures with their units)
const WALKS: &[(&str, &[(&str, &str)])] = &[
    ("a_report_in_bytes", &[("report_page_bytes", "bytes"), ("report_total_bytes", "bytes")]),
    ("sealing_a_file", &[("seal_wasm_mb_per_s", "MB/s"), ("seal_wasm_memory_mib", "MiB")]),
    ("opening_a_case", &[("case_first_words_ms", "ms"), ("open_case_ms", "ms")]),
    ("referring", &[("referral_clicks", "clicks")]),
];

pub fn measure(binary: &Path) -> Result<Vec<Measured>> {
    let mut all = Vec::new();
    for (walk, figures) in WALKS {
        let line = format!(
            "cargo test --locked --quiet --package haidang --test browser -- --ignored --exact measured::{walk} --nocapture"
        );
        let mut run = command(&line);
        run.env("HAIDANG_BINARY", binary);
        let said = output(run)?;
        for &(id, unit) in *figures {
            let value = said.lines().find_map(|line| line.strip_prefix(&format!("figure {id} ")));
            let value = value.with_context(|| format!("no figure {id} in:\n{said}"))?.trim().parse()?;
            all.push(Measured::new(id, value, unit));
        }
    }
    Ok(all)
}
