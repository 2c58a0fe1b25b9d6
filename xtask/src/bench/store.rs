//! The store of the release build: sealed reports (10 entries, 100 KB) received a second, durable, from 64 tasks as fast
//! as they are answered, beside how often a second the disk itself confirms 128 KiB; how long each waits when 300 come a
//! second; then inbox and case pages among 1,000,000 cases.
//!
//! On two cores and one disk with whatever else runs there; the rate of the disk is drawn beside the figure because no
//! store that keeps its word is faster than that times what one commit holds.

use super::{
    TURNS, median,
    program::{empty, number, said},
    release,
};
use crate::{figures::Measured, shell::target_dir};
use anyhow::Result;
use std::path::PathBuf;

const CASES: u32 = 1_000_000;

fn program() -> Result<PathBuf> {
    release("--package store --example receive", "examples/receive")
}

fn folder() -> PathBuf {
    target_dir().join("bench").join("store")
}

pub fn reports() -> Result<Vec<Measured>> {
    let (program, folder) = (program()?, folder().join("reports"));
    let (mut per_s, mut waits, mut syncs) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        let said = said(&program, &["reports"], empty(&folder)?, &[])?;
        per_s.push(number(&said, "reports_per_s")?);
        waits.push(number(&said, "p99_ms")?);
        syncs.push(number(&said, "disk_syncs_per_s")?);
        println!("turn {turn}: {said}");
    }
    empty(&folder)?;
    let reports = median(per_s);
    Ok(vec![
        Measured::new("reports_sqlite_per_s", reports, "reports/s")
            .against("the disk's own syncs of 128 KiB a second", reports / median(syncs)),
        Measured::new("reports_p99_ms", median(waits), "ms"),
    ])
}

pub fn on_servers() -> Result<Vec<Measured>> {
    let (program, folder) = (program()?, folder().join("servers"));
    let mut per_s = Vec::new();
    for turn in 1..=TURNS {
        let said = said(&program, &["servers"], empty(&folder)?, &[])?;
        per_s.push(number(&said, "reports_per_s")?);
        println!("turn {turn}: {said}");
    }
    empty(&folder)?;
    Ok(vec![Measured::new("reports_postgres_per_s", median(per_s), "reports/s")])
}

pub fn inbox() -> Result<Vec<Measured>> {
    let (program, folder) = (program()?, folder().join("inbox"));
    empty(&folder)?;
    let cases = CASES.to_string();
    let mut pages = Vec::new();
    for turn in 1..=TURNS {
        // Filled in the first turn.
        let said = said(&program, &["inbox"], &folder, &[&cases])?;
        pages.push(number(&said, "p99_ms")?);
        println!("turn {turn}: {said}");
    }
    empty(&folder)?;
    Ok(vec![Measured::new("inbox_1m_p99_ms", median(pages), "ms")])
}
