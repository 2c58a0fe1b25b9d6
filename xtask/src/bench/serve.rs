//! The server of the release build: from its start to the first page answered, and its memory (`VmRSS`) three seconds
//! after that answer.

use super::{TURNS, median};
use crate::figures::Measured;
use anyhow::{Context, Result};
use std::{fs, path::Path, thread::sleep, time::Duration, time::Instant};
use visitor::House;

pub fn measure(binary: &Path) -> Result<Vec<Measured>> {
    let (mut answers, mut memory) = (Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        let start = Instant::now();
        let house = House::start(binary, &[])?;
        house.wait("/vi/")?;
        answers.push(start.elapsed().as_secs_f64() * 1000.0);
        sleep(Duration::from_secs(3));
        memory.push(resident_kib(house.pid())? / 1024.0);
        println!("turn {turn}: {:.0} ms, {:.1} MiB", answers[turn - 1], memory[turn - 1]);
    }
    Ok(vec![
        Measured::new("serve_first_answer_ms", median(answers), "ms"),
        Measured::new("serve_idle_mb", median(memory), "MiB"),
    ])
}

fn resident_kib(pid: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).context("VmRSS")?;
    line.trim().trim_end_matches(" kB").parse().context("VmRSS in kB")
}
