//! Programs that measure from the inside and answer with one line of JSON.

use crate::shell::output;
use anyhow::{Context, Result};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

/// What the program says of this folder.
pub fn said(program: &Path, what: &[&str], folder: &Path, more: &[&str]) -> Result<Value> {
    let mut run = Command::new(program);
    run.args(what).arg(folder).args(more);
    Ok(serde_json::from_str(output(run)?.trim())?)
}

/// A number of what was said.
pub fn number(said: &Value, key: &str) -> Result<f64> {
    said[key].as_f64().with_context(|| format!("{key} in {said}"))
}

/// The folder, with nothing in it.
pub fn empty(folder: &Path) -> Result<&Path> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(folder)
}
