//! `docs/figures.json`: every figure that an issue asks for, written by the program that measured it.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path, process::Command};

const PATH: &str = "docs/figures.json";

/// One measured figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// As in the table of the issue.
    pub id: String,
    pub value: f64,
    pub unit: String,
    /// What it was measured against in the same run.
    pub peer: Option<String>,
    /// Ours by the peer's.
    pub ratio: Option<f64>,
    /// The command that measures it.
    pub command: String,
    pub machine: String,
    pub commit: String,
    pub date: String,
}

/// What was measured; where and when is added on writing.
#[derive(Debug, Clone)]
pub struct Measured {
    pub id: &'static str,
    pub value: f64,
    pub unit: &'static str,
    pub peer: Option<(&'static str, f64)>,
}

impl Measured {
    pub const fn new(id: &'static str, value: f64, unit: &'static str) -> Self {
        Self { id, value, unit, peer: None }
    }

    pub const fn against(self, peer: &'static str, ratio: f64) -> Self {
        Self { peer: Some((peer, ratio)), ..self }
    }
}

/// Reads the figures on record.
pub fn read() -> Result<Vec<Figure>> {
    if !Path::new(PATH).exists() {
        return Ok(Vec::new());
    }
    serde_json::from_str(&fs::read_to_string(PATH)?).with_context(|| format!("{PATH} is damaged"))
}

/// Puts measured figures on record, each in the place of an earlier one with its id.
pub fn write(measured: &[Measured], command: &str) -> Result<()> {
    let mut figures = read()?;
    let (machine, commit, date) =
        (machine(), output("git", &["rev-parse", "--short", "HEAD"]), output("date", &["-u", "+%F"]));
    for m in measured {
        let figure = Figure {
            id: m.id.into(),
            value: rounded(m.value),
            unit: m.unit.into(),
            peer: m.peer.map(|(name, _)| name.into()),
            ratio: m.peer.map(|(_, ratio)| rounded(ratio)),
            command: command.into(),
            machine: machine.clone(),
            commit: commit.clone(),
            date: date.clone(),
        };
        figures.retain(|f| f.id != figure.id);
        figures.push(figure);
    }
    figures.sort_by(|a, b| a.id.cmp(&b.id));
    let mut text = String::from("[\n");
    for (at, figure) in figures.iter().enumerate() {
        let end = if at + 1 == figures.len() { "\n" } else { ",\n" };
        text += &format!("  {}{end}", serde_json::to_string(figure)?);
    }
    fs::create_dir_all("docs")?;
    fs::write(PATH, text + "]\n").with_context(|| format!("{PATH} can't be written"))
}

/// Four digits that mean something.
fn rounded(value: f64) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    let digits = 10_f64.powi(3 - value.abs().log10().floor() as i32);
    (value * digits).round() / digits
}

/// Processor, cores and memory, as in `2 x Intel Xeon …, 23 GiB`.
pub fn machine() -> String {
    let line = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines()
            .find(|l| l.starts_with(key))
            .and_then(|l| l.split(':').nth(1))
            .map(|v| v.trim().to_owned())
            .unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kib: u64 = line("/proc/meminfo", "MemTotal").split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    format!("{cores} x {}, {} GiB", line("/proc/cpuinfo", "model name"), kib >> 20)
}

fn output(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn figures_keep_four_digits() {
        assert_eq!(rounded(123_456.0), 123_500.0);
        assert_eq!(rounded(0.012_345_6), 0.012_35);
        assert_eq!(rounded(0.0), 0.0);
    }
}
