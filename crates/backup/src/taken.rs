//! What lies in a folder of backups, for whoever looks without a key.

use crate::{BackupError, folder::Folder};
use std::path::Path;

/// A backup that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// When it was taken; seconds since 1970.
    pub at: i64,
}

/// The backups of a folder, the oldest first.
pub fn all(folder: &Path) -> Result<Vec<Taken>, BackupError> {
    Ok(Folder::open(folder).all()?.into_iter().map(|at| Taken { at }).collect())
}

/// The parts of a backup that are missing or not as long as they were, by their names. What is inside is compared when it
/// is brought back.
pub fn lacks(folder: &Path, taken: Taken) -> Result<Vec<String>, BackupError> {
    let folder = Folder::open(folder);
    let parts = folder.read_index(taken.at)?;
    let is_whole = |name: &str, bytes: u64| folder.part(name).metadata().is_ok_and(|part| part.len() == bytes);
    Ok(parts.into_iter().filter(|part| !is_whole(&part.name, part.bytes)).map(|part| part.name).collect())
}
