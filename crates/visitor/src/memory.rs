//! What a process holds in memory.

use anyhow::{Context, Result};
use std::{
    fs::{File, read_to_string},
    os::unix::fs::FileExt,
};

const PAGE: u64 = 4096;
/// Read at once; a part of memory is seen whole.
const PIECE: usize = 1 << 20;

/// Shows every readable part of a process's memory, with what the kernel calls it. Gives how many bytes that were.
///
/// # Errors
/// Where the kernel doesn't let this process look: only a parent and root may.
pub fn memory(pid: u32, mut see: impl FnMut(&str, &[u8])) -> Result<u64> {
    let memory = File::open(format!("/proc/{pid}/mem")).context("its memory can't be opened")?;
    let maps = read_to_string(format!("/proc/{pid}/maps"))?;
    let mut seen = 0;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let name = words.nth(3).unwrap_or("nameless");
        // Of the kernel, not of the process.
        if !rights.starts_with('r') || name.starts_with("[v") {
            continue;
        }
        let (from, to) = range.split_once('-').context("a range of addresses")?;
        let (mut at, to) = (u64::from_str_radix(from, 16)?, u64::from_str_radix(to, 16)?);
        let mut part = Vec::with_capacity((to - at) as usize);
        let mut piece = vec![0; PIECE];
        while at < to {
            let wanted = piece.len().min((to - at) as usize);
            match memory.read_at(&mut piece[..wanted], at) {
                Ok(read) if read > 0 => {
                    part.extend_from_slice(&piece[..read]);
                    at += read as u64;
                }
                // Behind the end of a mapped file there is nothing to read.
                _ => at = (at / PAGE + 1) * PAGE,
            }
        }
        seen += part.len() as u64;
        see(name, &part);
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::memory;
    use std::process::{Command, Stdio};

    #[test]
    fn what_a_program_was_told_is_seen() {
        // `sleep` keeps its words in memory.
        let mut child = Command::new("sleep").args(["60", "0.07241"]).stdout(Stdio::null()).spawn().unwrap();
        let mut found = false;
        let seen = memory(child.id(), |_, bytes| found |= bytes.windows(7).any(|seven| seven == b"0.07241"));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(found && seen.unwrap() > 100_000);
    }
}
