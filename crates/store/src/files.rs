//! Sealed files: they arrive in pieces, before the entry that names them, and lie in a folder beside the database.
//!
//! A piece is appended and synced before it is acknowledged, so an upload goes on where it broke off, also after a
//! crash. A file that no entry names within a day is swept.

use crate::{
    Store, StoreError,
    cases::{bytes, taken},
};
use casework::{CaseId, FileId, limits};
use sqlx::Row;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    /// The case that it was begun for.
    pub case: CaseId,
    /// Sealed bytes in all.
    pub size: u64,
    /// Sealed bytes on the disk; the next piece starts here.
    pub received: u64,
    /// The entry that names it, once there is one.
    pub entry: Option<i64>,
}

impl FileState {
    /// Whether every byte is there.
    pub const fn is_complete(&self) -> bool {
        self.received == self.size
    }
}

impl Store {
    /// Begins an upload, or says where the same one stands. `most_bytes` is the installer's limit for a case.
    ///
    /// # Errors
    /// [`StoreError::OverLimit`], [`StoreError::Taken`] where the id belongs to another file.
    pub async fn begin_file(
        &self,
        id: FileId,
        case: CaseId,
        size: u64,
        most_bytes: u64,
        at: i64,
    ) -> Result<FileState, StoreError> {
        if let Ok(state) = self.file(id).await {
            return if state.case == case && state.size == size { Ok(state) } else { Err(StoreError::Taken("file")) };
        }
        self.write(move |c| {
            Box::pin(async move {
                let row = sqlx::query(
                    "SELECT COUNT(*), COALESCE(SUM(size), 0), \
                     (SELECT COUNT(*) FROM access WHERE case_id = $1 AND opened_at IS NOT NULL) \
                     FROM files WHERE case_id = $1",
                )
                .bind(&case.0[..])
                .fetch_one(&mut *c)
                .await?;
                let (count, used, opened): (i64, i64, i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                let most = if opened > 0 { most_bytes } else { most_bytes.min(limits::FILES_BYTES_UNOPENED) };
                if count >= limits::FILES_OF_CASE as i64 {
                    return Err(StoreError::OverLimit("files of a case"));
                }
                if size == 0 || size > most.saturating_sub(used as u64) {
                    return Err(StoreError::OverLimit("bytes of files"));
                }
                sqlx::query(
                    "INSERT INTO files (id, case_id, size, received, complete, begun_at) VALUES ($1, $2, $3, 0, 0, $4)",
                )
                .bind(&id.0[..])
                .bind(&case.0[..])
                .bind(size as i64)
                .bind(at)
                .execute(c)
                .await
                .map_err(|error| taken(error, "file"))?;
                Ok(FileState { case, size, received: 0, entry: None })
            })
        })
        .await
    }

    /// Where an upload stands.
    pub async fn file(&self, id: FileId) -> Result<FileState, StoreError> {
        let row = sqlx::query("SELECT case_id, size, received, entry FROM files WHERE id = $1")
            .bind(&id.0[..])
            .fetch_optional(&self.reader)
            .await?
            .ok_or(StoreError::Absent("file"))?;
        Ok(FileState {
            case: bytes(&row, "case_id").map(CaseId)?,
            size: row.try_get::<i64, _>("size")? as u64,
            received: row.try_get::<i64, _>("received")? as u64,
            entry: row.try_get("entry")?,
        })
    }

    /// Takes a piece that starts at byte `from`. A piece that is there already is taken as it is. Gives where the
    /// upload stands.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where bytes before it are missing; ask [`Store::file`] and go on from there.
    pub async fn add_piece(&self, id: FileId, from: u64, piece: Vec<u8>) -> Result<FileState, StoreError> {
        let state = self.file(id).await?;
        let end = from.saturating_add(piece.len() as u64);
        if end <= state.received {
            return Ok(state);
        }
        if from != state.received {
            return Err(StoreError::Stale("where the upload stands"));
        }
        if end > state.size {
            return Err(StoreError::OverLimit("announced size of the file"));
        }
        let path = self.path(id);
        tokio::task::spawn_blocking(move || put(&path, from, &piece)).await.map_err(io::Error::other)??;
        let complete = i64::from(end == state.size);
        self.write(move |c| {
            Box::pin(async move {
                // Two connections that send the same piece both wrote the same bytes at the same place.
                sqlx::query("UPDATE files SET received = $1, complete = $2 WHERE id = $3 AND received < $1")
                    .bind(end as i64)
                    .bind(complete)
                    .bind(&id.0[..])
                    .execute(c)
                    .await?;
                Ok(())
            })
        })
        .await?;
        self.file(id).await
    }

    /// Opens a complete file for reading.
    pub async fn open_file(&self, id: FileId) -> Result<(File, u64), StoreError> {
        let state = self.file(id).await?;
        if !state.is_complete() || state.entry.is_none() {
            return Err(StoreError::Absent("file"));
        }
        let path = self.path(id);
        let file = tokio::task::spawn_blocking(move || File::open(path)).await.map_err(io::Error::other)??;
        Ok((file, state.size))
    }

    /// Removes the files that no entry named in time. Gives how many.
    pub async fn sweep_files(&self, now: i64) -> Result<usize, StoreError> {
        let ids = self
            .write(move |c| {
                Box::pin(async move {
                    let rows = sqlx::query("DELETE FROM files WHERE entry IS NULL AND begun_at < $1 RETURNING id")
                        .bind(now - limits::LOOSE_FILE_SECONDS)
                        .fetch_all(c)
                        .await?;
                    rows.iter().map(|row| bytes(row, "id").map(FileId)).collect::<Result<Vec<_>, _>>()
                })
            })
            .await?;
        self.remove_files(&ids).await?;
        Ok(ids.len())
    }

    /// A file without a name, on the disk of the sealed files: it is gone with its handle, also after a crash. Whoever
    /// writes into it seals first.
    pub fn scratch(&self) -> io::Result<File> {
        tempfile::tempfile_in(&*self.files)
    }

    pub(crate) async fn remove_files(&self, ids: &[FileId]) -> Result<(), StoreError> {
        let paths: Vec<PathBuf> = ids.iter().map(|id| self.path(*id)).collect();
        let removed = tokio::task::spawn_blocking(move || {
            paths.iter().try_for_each(|path| match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            })
        });
        Ok(removed.await.map_err(io::Error::other)??)
    }

    /// 256 folders, so that no folder holds too many.
    fn path(&self, id: FileId) -> PathBuf {
        let name = id.to_string();
        self.files.join(&name[..2]).join(name)
    }
}

/// Writes and syncs; what stood behind `from` was never acknowledged and is overwritten.
fn put(path: &Path, from: u64, piece: &[u8]) -> io::Result<()> {
    let folder = path.parent().expect("a file lies in a folder");
    let is_new = !path.exists();
    fs::create_dir_all(folder)?;
    let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(path)?;
    file.seek(SeekFrom::Start(from))?;
    file.write_all(piece)?;
    file.sync_data()?;
    if is_new {
        // The names in the folders must be on the disk too.
        File::open(folder)?.sync_all()?;
        File::open(folder.parent().unwrap_or(folder))?.sync_all()?;
    }
    Ok(())
}
