//! Where a secret could lie: everything that the server keeps, says and holds, and all that goes to it and from it.

use anyhow::{Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use tempfile::TempDir;
use visitor::{House, Sought, Tap, memory, traces_of};

/// Every place that [`look`] looks at.
pub const PLACES: [&str; 10] = [
    "database",
    "write-ahead log",
    "index of the log",
    "sealed files",
    "what the server said",
    "other files",
    "backup",
    "memory",
    "to the server",
    "from the server",
];
/// A running server holds at least this much; less means that the memory was not seen.
const LEAST_MEMORY: u64 = 10 << 20;

/// What was found, by place.
pub type Found = BTreeMap<&'static str, BTreeSet<String>>;

/// Looks everywhere, while the server runs. Adds to what was found before.
pub fn look(house: &House, tap: &Tap, sought: &Sought, found: &mut Found) -> Result<()> {
    let mut note = |place: &'static str, names: BTreeSet<String>| {
        if !names.is_empty() {
            found.entry(place).or_default().extend(names);
        }
    };
    // Pages that are free, or were only written to the log, are in the raw bytes.
    for (path, names) in traces_of(house.folder(), sought) {
        note(place(&path), names);
    }
    ensure!(!house.log().is_empty(), "the server said nothing");
    let backup = TempDir::new()?;
    copy(&house.folder().join("haidang-data"), backup.path())?;
    ensure!(backup.path().join("haidang.sqlite").exists(), "the backup has the database");
    for (_, names) in traces_of(backup.path(), sought) {
        note("backup", names);
    }
    let seen = memory(house.pid(), |_, part| note("memory", sought.found_in(part)))?;
    ensure!(seen > LEAST_MEMORY, "only {seen} bytes of the server's memory could be read");
    for (place, directions) in [("to the server", tap.asked()), ("from the server", tap.answered())] {
        for said in directions {
            ensure!(!squeezed(&said), "what was squeezed can't be searched");
            note(place, sought.found_in(&said));
        }
    }
    Ok(())
}

fn place(path: &Path) -> &'static str {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match &*name {
        "haidang.sqlite" => "database",
        "haidang.sqlite-wal" => "write-ahead log",
        "haidang.sqlite-shm" => "index of the log",
        "server.log" => "what the server said",
        _ if path.components().any(|part| part.as_os_str() == "files") => "sealed files",
        _ => "other files",
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn squeezed(said: &[u8]) -> bool {
    const HEADER: &[u8] = b"content-encoding:";
    said.windows(HEADER.len()).any(|at| at.eq_ignore_ascii_case(HEADER))
}
