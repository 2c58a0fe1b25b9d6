//! Sealed files: they arrive in pieces, before the entry that names them, and lie in a folder beside the database.
//!
//! A piece is appended and synced before it is acknowledged, so an upload goes on where it broke off, also after a
//! crash. A file that no entry names within a day is swept.

use crate::{
    Store, StoreError,
    database::sync_folder,
    row::{bytes, number, taken},
};
use casework::{CaseId, FileId, limits};
use sqlx::Row;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};
use tokio::{sync::MutexGuard, task::spawn_blocking};

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
        match self.file(id).await {
            Ok(state) if state.case == case && state.size == size => return Ok(state),
            Ok(_) => return Err(StoreError::Taken("file")),
            Err(StoreError::Absent(_)) => {}
            Err(error) => return Err(error),
        }
        self.write(move |c| {
            Box::pin(async move {
                let row = sqlx::query(
                    "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT), \
                     (SELECT COUNT(*) FROM access WHERE case_id = $1 AND opened_at IS NOT NULL) \
                     FROM files WHERE case_id = $1",
                )
                .bind(&case.0[..])
                .fetch_one(&mut *c)
                .await?;
                let (count, used, opened): (i64, i64, i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                let most = if opened > 0 { most_bytes } else { most_bytes.min(limits::FILES_BYTES_UNOPENED) };
                if count >= limits::FILES_OF_CASE {
                    return Err(StoreError::OverLimit("files of a case"));
                }
                let left = i64::try_from(most).unwrap_or(i64::MAX).saturating_sub(used);
                let size = i64::try_from(size).ok().filter(|size| (1..=left).contains(size));
                let size = size.ok_or(StoreError::OverLimit("bytes of files"))?;
                sqlx::query("INSERT INTO files (id, case_id, size, received, touched_at) VALUES ($1, $2, $3, 0, $4)")
                    .bind(&id.0[..])
                    .bind(&case.0[..])
                    .bind(size)
                    .bind(at)
                    .execute(c)
                    .await
                    .map_err(|error| taken(error, "file"))?;
                let size = size.unsigned_abs();
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
            size: number(&row, "size")?,
            received: number(&row, "received")?,
            entry: row.try_get("entry")?,
        })
    }

    /// Takes a piece that starts at byte `from`. A piece that is there already is taken as it is. Gives where the
    /// upload stands. It goes on when whoever asked for it has gone.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where bytes before it are missing or it overlaps what is there; ask [`Store::file`] and go
    /// on from there. [`StoreError::OverLimit`] for a piece that is too long.
    pub async fn add_piece(&self, id: FileId, from: u64, piece: Vec<u8>, at: i64) -> Result<FileState, StoreError> {
        if piece.len() > limits::PIECE_BYTES {
            return Err(StoreError::OverLimit("bytes of a piece"));
        }
        let store = self.clone();
        tokio::spawn(async move { store.add_piece_alone(id, from, piece, at).await }).await.map_err(io::Error::other)?
    }

    /// One piece of a file after the other: what was acknowledged is never written again.
    async fn add_piece_alone(&self, id: FileId, from: u64, piece: Vec<u8>, at: i64) -> Result<FileState, StoreError> {
        let _alone = self.alone_with(id).await;
        let mut state = self.file(id).await?;
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
        spawn_blocking(move || put(&path, from, &piece)).await.map_err(io::Error::other)??;
        let kept = self
            .write(move |c| {
                Box::pin(async move {
                    let kept = sqlx::query("UPDATE files SET received = $1, touched_at = $2 WHERE id = $3")
                        .bind(end.cast_signed())
                        .bind(at)
                        .bind(&id.0[..])
                        .execute(c)
                        .await?;
                    Ok(kept.rows_affected() == 1)
                })
            })
            .await?;
        if !kept {
            // It was swept or erased meanwhile.
            remove(self.path(id)).await?;
            return Err(StoreError::Absent("file"));
        }
        state.received = end;
        Ok(state)
    }

    /// A file without a name, on the disk of the sealed files: it is gone with its handle, also after a crash. Whoever
    /// writes into it seals first.
    pub fn scratch(&self) -> io::Result<File> {
        tempfile::tempfile_in(&*self.files)
    }

    /// Opens a file of a case for an organisation that is let in, with its size.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::Absent`] where it isn't let in, or no entry of the case names the file.
    pub async fn open_file(&self, case: CaseId, organisation: &str, id: FileId) -> Result<(File, u64), StoreError> {
        let row = sqlx::query(
            "SELECT f.size, c.locked_at FROM files f JOIN cases c ON c.id = f.case_id \
             JOIN access a ON a.case_id = f.case_id AND a.organisation = $1 AND a.withdrawn_at IS NULL \
             WHERE f.id = $2 AND f.case_id = $3 AND f.entry IS NOT NULL",
        )
        .bind(organisation.to_owned())
        .bind(&id.0[..])
        .bind(&case.0[..])
        .fetch_optional(&self.reader)
        .await?
        .ok_or(StoreError::Absent("file"))?;
        if row.try_get::<Option<i64>, _>("locked_at")?.is_some() {
            return Err(StoreError::Locked);
        }
        let path = self.path(id);
        let file = spawn_blocking(move || File::open(path)).await.map_err(io::Error::other)??;
        Ok((file, number(&row, "size")?))
    }

    /// Removes a file that nothing names any more, and forgets that it had to be.
    pub(crate) async fn remove_file(&self, id: FileId) -> Result<(), StoreError> {
        let _alone = self.alone_with(id).await;
        remove(self.path(id)).await?;
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query("DELETE FROM removals WHERE file = $1").bind(&id.0[..]).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    async fn alone_with(&self, id: FileId) -> MutexGuard<'_, ()> {
        self.uploads[usize::from(id.0[0]) % self.uploads.len()].lock().await
    }

    /// 256 folders, so that no folder holds too many.
    fn path(&self, id: FileId) -> PathBuf {
        let name = id.to_string();
        self.files.join(&name[..2]).join(name)
    }
}

/// Writes and syncs; what stood behind `from` was never acknowledged and is overwritten.
fn put(path: &Path, from: u64, piece: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().expect("a file lies in a folder");
    if from == 0 {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().create(from == 0).write(true).truncate(false).open(path)?;
    if file.metadata()?.len() < from {
        return Err(StoreError::Damaged("a file that is shorter than what was acknowledged"));
    }
    file.seek(SeekFrom::Start(from))?;
    file.write_all(piece)?;
    file.sync_data()?;
    if from == 0 {
        // The names in the folders must be on the disk too; also where an earlier try failed here.
        sync_folder(folder)?;
        sync_folder(folder.parent().unwrap_or(folder))?;
    }
    Ok(())
}

async fn remove(path: PathBuf) -> Result<(), StoreError> {
    match spawn_blocking(move || fs::remove_file(path)).await.map_err(io::Error::other)? {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
