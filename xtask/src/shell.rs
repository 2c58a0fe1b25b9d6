//! Other programs, run so that a failure says what to do.

use anyhow::{Context, Result, bail};
use std::{process::Command, process::Stdio, time::Instant};

/// A program and its words, as one would type them.
pub fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    // What cargo says of this program to it would make build scripts that look at it run again, and all above them compile.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// As one would type it.
fn typed(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Runs a program whose output goes to the terminal; `mend` is the one thing to do when it fails.
pub fn carry_out(mut command: Command, mend: &str) -> Result<()> {
    let status =
        command.stdin(Stdio::null()).status().with_context(|| format!("{} can't be started", typed(&command)))?;
    if !status.success() {
        bail!("{} failed ({status}).\nWhat to do: {mend}", typed(&command));
    }
    Ok(())
}

/// What a program prints, or its complaint as the error.
pub fn output(mut command: Command) -> Result<String> {
    let done =
        command.stdin(Stdio::null()).output().with_context(|| format!("{} can't be started", typed(&command)))?;
    if !done.status.success() {
        bail!("{} failed ({}):\n{}", typed(&command), done.status, String::from_utf8_lossy(&done.stderr).trim_end());
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Whether a program is there and answers.
pub fn answers(line: &str) -> bool {
    command(line).stdin(Stdio::null()).output().is_ok_and(|o| o.status.success())
}

/// Where the build puts its results: `CARGO_TARGET_DIR`, or `target`.
pub fn target_dir() -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), Into::into)
}

/// Does one step under a headline and says how long it took.
pub fn step(headline: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n=== {headline}");
    let start = Instant::now();
    work().with_context(|| format!("`{headline}` failed"))?;
    println!("=== {headline}: done in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}
