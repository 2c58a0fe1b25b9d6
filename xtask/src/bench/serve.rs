//! The server of the release build: from its start to the first page answered, and its memory (`VmRSS`) three seconds
//! after that answer.

use super::{TURNS, median, resident_mib};
use crate::figures::Measured;
use anyhow::Result;
use std::{path::Path, thread::sleep, time::Duration, time::Instant};
use visitor::House;

pub fn measure(binary: &Path) -> Result<Vec<Measured>> {
    let (mut answers, mut memory) = (Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        let start = Instant::now();
        let house = House::start(binary, &[])?;
        house.wait("/vi/")?;
        answers.push(start.elapsed().as_secs_f64() * 1000.0);
        sleep(Duration::from_secs(3));
        memory.push(resident_mib(house.pid())?);
        println!("turn {turn}: {:.0} ms, {:.1} MiB", answers[turn - 1], memory[turn - 1]);
    }
    Ok(vec![
        Measured::new("serve_first_answer_ms", median(answers), "ms"),
        Measured::new("serve_idle_mb", median(memory), "MiB"),
    ])
}
