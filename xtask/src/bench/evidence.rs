//! Evidence packages: how many altered ones are held for whole (`tamper_missed`; each kind of byte, and forgeries whose
//! lists were mended), how fast the release binary verifies one of half a gigabyte under a limit of 64 MB of memory
//! (`verify_mb_per_s`), and what the page that makes them weighs with all that it fetches (`keep_bytes`).

use super::{TURNS, median, release};
use crate::{
    figures::Measured,
    shell::{output, target_dir},
};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};
use visitor::{House, Look, Visitor, Wire};

const MIB: u64 = 512;
/// In KiB, as `ulimit` counts: what the program may have at all.
const MEMORY: u64 = 64 * 1024;
/// Fewer alterations would be no sample.
const TRIED_LEAST: u64 = 5_000;

pub fn measure(binary: &Path) -> Result<Vec<Measured>> {
    let program = release("--package evidence --example tamper", "examples/tamper")?;
    let mut tamper = Command::new(&program);
    tamper.arg("missed");
    let said: Value = serde_json::from_str(&output(tamper)?)?;
    let of = |name: &str| said[name].as_u64().context("the example says it");
    let (tried, missed) = (of("tried")?, of("missed")?);
    println!("{missed} of {tried} altered packages were held for whole");
    ensure!(tried >= TRIED_LEAST, "only {tried} packages were altered");
    let per_s = speed(binary, &program)?;
    let weight = weight(binary)?;
    Ok(vec![
        Measured::new("tamper_missed", missed as f64, "packages"),
        Measured::new("verify_mb_per_s", per_s, "MB/s"),
        Measured::new("keep_bytes", weight, "bytes"),
    ])
}

fn speed(binary: &Path, program: &Path) -> Result<f64> {
    let folder = target_dir().join("bench");
    fs::create_dir_all(&folder)?;
    let package = folder.join("large.zip");
    let mut large = Command::new(program);
    large.arg("large").arg(&package).arg(MIB.to_string());
    output(large)?;
    let bytes = fs::metadata(&package)?.len() as f64;
    let mut per_s = Vec::new();
    for _ in 0..TURNS {
        let start = Instant::now();
        let limited = format!("ulimit -d {MEMORY}; exec taskset -c 0 \"$0\" verify \"$1\"");
        let status =
            Command::new("sh").args(["-c", &limited]).arg(binary).arg(&package).stdout(Stdio::null()).status()?;
        ensure!(status.success(), "a whole package does not verify within {MEMORY} KiB");
        per_s.push(bytes / 1e6 / start.elapsed().as_secs_f64());
    }
    fs::remove_file(&package)?;
    Ok(median(per_s))
}

#[tokio::main(flavor = "current_thread")]
async fn weight(binary: &Path) -> Result<f64> {
    let house = House::open(binary)?;
    let wire = Wire::lay(house.address())?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    wire.release();
    visitor.go(&wire.url("/vi/evidence")).await?;
    visitor.find("#keep-text").await?.click().await?;
    visitor.until("the seal is there", "return document.getElementById('keep-words').value !== ''").await?;
    wire.quiet().await?;
    for (path, bytes) in wire.answers() {
        println!("{bytes:>9} {path}");
    }
    Ok(wire.answers().iter().map(|(_, bytes)| *bytes).sum::<u64>() as f64)
}
