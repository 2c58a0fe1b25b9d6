//! A file that can be held in the head: none over 500 lines, those over 400 named.

use crate::shell::{command, output};
use anyhow::{Result, bail};
use std::fs;

const NAMED: usize = 400;
const REFUSED: usize = 500;

pub fn check() -> Result<()> {
    let files = output(command("git ls-files --cached --others --exclude-standard -- *.rs *.js *.css"))?;
    let mut refused = Vec::new();
    for file in files.lines() {
        // A file that is tracked but was just deleted is no longer there.
        let Ok(text) = fs::read_to_string(file) else { continue };
        let lines = text.lines().count();
        if lines > NAMED {
            println!("{lines} lines: {file}");
        }
        if lines > REFUSED {
            refused.push(file);
        }
    }
    if !refused.is_empty() {
        bail!("over {REFUSED} lines: {}\nWhat to do: split by reason to change", refused.join(", "));
    }
    Ok(())
}
