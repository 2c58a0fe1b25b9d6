//! Backup and restore of the release build: a first backup of 1,000,000 cases and 20 GB of files, and bringing it back,
//! in minutes. Once, not in turns: it writes more than 90 GB, at most 55 at a time. `--cases` and `--bytes` make it smaller; figures are only
//! written down of the whole size.
//!
//! Beside each stands what the disk alone takes to write as many bytes, as a ratio (1 is as fast as the disk).

use super::{
    desk::CASES,
    program::{self, said},
    release,
};
use crate::{figures::Measured, shell::target_dir};
use anyhow::Result;
use std::fs;

pub const BYTES: u64 = 20_000_000_000;

pub fn measure(cases: u64, bytes: u64) -> Result<Vec<Measured>> {
    let program = release("--package backup --example backup", "examples/backup")?;
    let folder = target_dir().join("bench").join("backup");
    fs::create_dir_all(&folder)?;
    let said = said(&program, &[], &folder, &[&cases.to_string(), &bytes.to_string()])?;
    println!("{said}");
    fs::remove_dir_all(&folder)?;
    if (cases, bytes) != (CASES, BYTES) {
        println!("not the whole size: nothing is written down");
        return Ok(Vec::new());
    }
    let number = |key| program::number(&said, key);
    let disk = number("disk_s")?;
    let figure = |id: &'static str, seconds: f64| {
        Measured::new(id, seconds / 60.0, "min").against("the disk alone writing as many bytes", disk / seconds)
    };
    Ok(vec![figure("backup_1m_min", number("backup_s")?), figure("restore_1m_min", number("restore_s")?)])
}
