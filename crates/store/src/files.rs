//! Sealed files: they arrive in pieces, before the entry that names them, and lie on a [`Shelf`] beside the database.
//!
//! A piece is kept before it is acknowledged, so an upload goes on where it broke off, also after a crash. A file that no
//! entry names within a day is swept.

use crate::{
    Store, StoreError,
    row::{bytes, number, taken},
    shelf::{Piece, Shelf},
};
use casework::{CaseId, FileId, limits};
use sqlx::Row;
use std::{fmt, fs::File, io};
use tokio::sync::MutexGuard;

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

    /// Whether a piece of these bytes comes next; none where it is there already.
    fn wants(&self, from: u64, end: u64) -> Result<bool, StoreError> {
        if end <= self.received {
            return Ok(false);
        }
        if from != self.received {
            return Err(StoreError::Stale("where the upload stands"));
        }
        if end > self.size {
            return Err(StoreError::OverLimit("announced size of the file"));
        }
        Ok(true)
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
        let end = from.saturating_add(piece.len() as u64);
        let state = self.file(id).await?;
        if !state.wants(from, end)? {
            return Ok(state);
        }
        let held = self.shelf.hold(id, from, self.engine.is_shared()).await?;
        let state = if self.engine.is_shared() { self.file(id).await? } else { state };
        if !state.wants(from, end)? {
            return Ok(state);
        }
        let kept = self.shelf.put(&held, id, from, piece).await?;
        let piece = kept.clone();
        let written = self
            .write(move |c| {
                Box::pin(async move {
                    // Another server may have been faster.
                    let sql = "UPDATE files SET received = $1, touched_at = $2 WHERE id = $3 AND received = $4";
                    let written = sqlx::query(sql)
                        .bind(end.cast_signed())
                        .bind(at)
                        .bind(&id.0[..])
                        .bind(from.cast_signed())
                        .execute(&mut *c)
                        .await?
                        .rows_affected();
                    if let (1, Some(piece)) = (written, piece) {
                        piece.keep(c, id).await?;
                    }
                    Ok(written == 1)
                })
            })
            .await?;
        if written {
            return Ok(FileState { received: end, ..state });
        }
        match self.file(id).await {
            // The same bytes from another server are the same object.
            Ok(state) if !self.pieces(id).await?.iter().any(|piece| kept.as_ref() == Some(piece)) => {
                self.shelf.take_back(id, kept.as_ref()).await?;
                if state.wants(from, end)? { Err(StoreError::Stale("where the upload stands")) } else { Ok(state) }
            }
            // It was swept or erased meanwhile.
            Err(StoreError::Absent(what)) => {
                self.shelf.remove(id).await?;
                Err(StoreError::Absent(what))
            }
            other => other,
        }
    }

    pub(crate) async fn pieces(&self, id: FileId) -> Result<Vec<Piece>, StoreError> {
        Piece::all(&self.reader, id).await
    }

    /// A file without a name, in the folder of this store: it is gone with its handle, also after a crash. Whoever
    /// writes into it seals first.
    pub fn scratch(&self) -> io::Result<File> {
        tempfile::tempfile_in(&*self.passing)
    }

    /// Opens a file of a case for an organisation that is let in, with its size.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::Absent`] where it isn't let in, or no entry of the case names the file.
    pub async fn open_file(
        &self,
        case: CaseId,
        organisation: &str,
        id: FileId,
    ) -> Result<(SealedFile, u64), StoreError> {
        let row = sqlx::query(
            "SELECT f.size, c.locked_at FROM files f JOIN cases c ON c.id = f.case_id \
             JOIN access a ON a.case_id = f.case_id AND a.organisation = $1 \
             AND (a.withdrawn_at IS NULL OR a.hold IS NOT NULL) \
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
        let file = SealedFile::of(&self.shelf, id, self.pieces(id).await?);
        Ok((file, number(&row, "size")?))
    }

    /// Removes a file that nothing names any more, and forgets that it had to be. Whether nobody else was faster.
    pub(crate) async fn remove_file(&self, id: FileId) -> Result<bool, StoreError> {
        let _alone = self.alone_with(id).await;
        self.shelf.remove(id).await?;
        self.write(move |c| {
            Box::pin(async move {
                let removed = sqlx::query("DELETE FROM removals WHERE file = $1").bind(&id.0[..]).execute(c).await?;
                Ok(removed.rows_affected() == 1)
            })
        })
        .await
    }

    async fn alone_with(&self, id: FileId) -> MutexGuard<'_, ()> {
        self.uploads[usize::from(id.0[0]) % self.uploads.len()].lock().await
    }
}

/// A sealed file that may be read.
pub struct SealedFile {
    shelf: Shelf,
    id: FileId,
    pieces: Vec<Piece>,
}

impl fmt::Debug for SealedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the sealed file {}", self.id)
    }
}

impl SealedFile {
    pub(crate) fn of(shelf: &Shelf, id: FileId, pieces: Vec<Piece>) -> Self {
        Self { shelf: shelf.clone(), id, pieces }
    }

    /// Up to `most` bytes from byte `from` on; fewer at the end, none behind it.
    ///
    /// # Errors
    /// [`StoreError::Files`] and [`StoreError::Storage`]; [`StoreError::Damaged`] where bytes are missing.
    pub async fn read(&self, from: u64, most: usize) -> Result<Vec<u8>, StoreError> {
        self.shelf.read(self.id, &self.pieces, from, most).await
    }
}
