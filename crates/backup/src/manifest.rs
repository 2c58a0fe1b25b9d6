//! What a backup consists of. Sealed like everything else; beside it lies an index, in the clear, of the names of its
//! parts, so that the server, which can't open a manifest, knows what is still needed.

use crate::{
    BackupError,
    key::{Sealed, hex, unhex},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the format of manifests.
pub(crate) const VERSION: u32 = 1;

/// A backup.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub version: u32,
    /// Of the program that took it.
    pub program: String,
    /// Seconds since 1970.
    pub taken_at: i64,
    /// Of its database.
    pub layout: i64,
    /// The last line of what was forgotten that it knows of.
    pub forgotten: i64,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// In the order in which they are brought back.
    pub chunks: Vec<OfRows>,
    pub files: Vec<OfFile>,
    /// Files that rows name and that could not be read: gone since the rows were, or missing from the store itself.
    pub missing: Vec<String>,
}

/// A chunk of rows.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OfRows {
    pub table: String,
    pub rows: u64,
    #[serde(flatten)]
    pub part: Part,
}

/// A sealed file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OfFile {
    pub id: String,
    /// Bytes in the store.
    pub size: u64,
    #[serde(flatten)]
    pub part: Part,
}

/// A part as it lies in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

impl Part {
    pub fn new(name: String, sealed: Sealed) -> Self {
        Self { name, bytes: sealed.bytes, sha256: hex(&sealed.sha256) }
    }

    pub fn sealed(&self) -> Option<Sealed> {
        Some(Sealed { bytes: self.bytes, sha256: unhex(&self.sha256)? })
    }

    /// A line of an index.
    pub fn line(&self) -> String {
        format!("{} {} {}\n", self.name, self.bytes, self.sha256)
    }

    pub fn read_line(line: &str) -> Option<Self> {
        let [name, bytes, sha256] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let part = Self { name: name.to_owned(), bytes: bytes.parse().ok()?, sha256: sha256.to_owned() };
        (is_name(name) && part.sealed().is_some()).then_some(part)
    }
}

/// Names are 40 hexadecimal digits: nothing that leads out of the folder.
pub(crate) fn is_name(name: &str) -> bool {
    unhex::<20>(name).is_some()
}

impl Manifest {
    /// Reads one; of a newer format or layout it is told so.
    pub fn read(bytes: &[u8], name: &str) -> Result<Self, BackupError> {
        #[derive(Deserialize)]
        struct Head {
            version: u32,
            layout: i64,
        }
        let damaged = |_| BackupError::Damaged(name.to_owned());
        let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
        if head.version != VERSION {
            return Err(BackupError::Newer(head.layout));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        let parts = manifest.chunks.iter().map(|chunk| &chunk.part).chain(manifest.files.iter().map(|file| &file.part));
        match parts.into_iter().find(|part| !is_name(&part.name)) {
            Some(_) => Err(BackupError::Damaged(name.to_owned())),
            None => Ok(manifest),
        }
    }

    /// Every part, once.
    pub fn parts(&self) -> BTreeMap<&str, &Part> {
        let files = self.files.iter().map(|file| &file.part);
        self.chunks.iter().map(|chunk| &chunk.part).chain(files).map(|part| (&part.name[..], part)).collect()
    }
}
