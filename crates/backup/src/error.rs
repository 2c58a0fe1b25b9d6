//! What can go wrong, by what the operator can do about it.

use std::{
    io,
    path::{Path, PathBuf},
};
use store::StoreError;

/// Why a backup was not taken or not brought back. What was whole before is whole still.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store itself.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file or folder of the backups.
    #[error("{}: {source}", path.display())]
    Files {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another backup is being taken into this folder.
    #[error("another backup is being taken into this folder")]
    Busy,
    /// Not an age recipient.
    #[error("not an age recipient: it begins with age1")]
    Recipient,
    /// No age identity in the file.
    #[error("there is no age identity in this file: a line that begins with AGE-SECRET-KEY-1")]
    Identity,
    /// The backup was sealed to another key.
    #[error("this backup was sealed to another key")]
    OtherKey,
    /// No backup here, or none so old.
    #[error("there is no such backup here")]
    None,
    /// The list of what was forgotten isn't there.
    #[error("the list of what was forgotten is missing")]
    NoList,
    /// The list is shorter than it was when the backup was taken.
    #[error("the list of what was forgotten has {has} lines; when this backup was taken it had {needs}")]
    ShortList {
        /// Lines that are there.
        has: i64,
        /// Lines that were there.
        needs: i64,
    },
    /// A line of the list was changed, or lines are missing.
    #[error("the list of what was forgotten is damaged at line {0}")]
    DamagedList(i64),
    /// The list or the backups in this folder are of another house, or of a later state of this one.
    #[error("this folder holds the list of another house, or of a later state of this one")]
    OtherHouse,
    /// A newer program took the backup.
    #[error("a newer program took this backup (layout {0})")]
    Newer(i64),
    /// A part that the backup names isn't there.
    #[error("a part is missing: {0}")]
    Missing(String),
    /// A part is not what was written.
    #[error("a part is damaged: {0}")]
    Damaged(String),
}

impl BackupError {
    /// Of a file or folder.
    pub(crate) fn at(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::Files { path: path.into(), source }
    }
}
