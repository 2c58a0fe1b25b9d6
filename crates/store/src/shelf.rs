//! Where sealed bytes lie: in a folder, or in an S3-compatible storage.
//!
//! A file arrives in pieces. In a folder they are appended to one file; in a storage each is an object of its own, named
//! in the database once it is kept, so that a piece that was acknowledged stands there whole whatever breaks off after it.

mod bucket;
mod folder;

use crate::{Place, StoreError, row::bytes};
use casework::FileId;
use sqlx::{AnyConnection, Row};
use std::fs::File;

use bucket::Objects;
pub use bucket::{Bucket, Secret};
use folder::Folder;

/// What is written down of a piece that is an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    start: u64,
    length: u64,
    sha256: [u8; 32],
}

/// Where the sealed files of a store lie.
#[derive(Clone)]
pub(crate) enum Shelf {
    Folder(Folder),
    Bucket(Objects),
}

/// What a piece is written into.
pub(crate) enum Held {
    File(File),
    Object,
}

impl Shelf {
    pub async fn open(place: &Place) -> Result<Self, StoreError> {
        match &place.files {
            None => Ok(Self::Folder(Folder::new(place.folder.join("files")))),
            Some(bucket) => Ok(Self::Bucket(Objects::open(bucket).await?)),
        }
    }

    /// What the database remembers it by: whoever opens it with other files is told so.
    pub fn name(&self) -> String {
        match self {
            Self::Folder(_) => "folder".into(),
            Self::Bucket(objects) => objects.name(),
        }
    }

    /// Gets hold of a file before a piece is written at `from`, where `shared` before servers beside this one.
    pub async fn hold(&self, id: FileId, from: u64, shared: bool) -> Result<Held, StoreError> {
        match self {
            Self::Folder(folder) => Ok(Held::File(folder.hold(id, from, shared).await?)),
            Self::Bucket(_) => Ok(Held::Object),
        }
    }

    /// Keeps a piece; it is on the disk, or the storage answered for it. What stood behind `from` was never acknowledged.
    /// Gives what has to be written down.
    pub async fn put(&self, held: &Held, id: FileId, from: u64, piece: Vec<u8>) -> Result<Option<Piece>, StoreError> {
        match (self, held) {
            (Self::Folder(folder), Held::File(file)) => folder.put(file, id, from, piece).await.map(|()| None),
            (Self::Bucket(objects), _) => objects.put(id, from, piece).await.map(Some),
            (Self::Folder(_), Held::Object) => Err(StoreError::Bug),
        }
    }

    /// A piece that somebody else was faster with. Of a folder nothing: there it waits for its turn.
    pub async fn take_back(&self, id: FileId, piece: Option<&Piece>) -> Result<(), StoreError> {
        match (self, piece) {
            (Self::Bucket(objects), Some(piece)) => objects.remove_piece(id, piece).await,
            _ => Ok(()),
        }
    }

    /// Removes all of a file, also what was never acknowledged. One that isn't there is no error.
    pub async fn remove(&self, id: FileId) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => folder.remove(id).await,
            Self::Bucket(objects) => objects.remove(id).await,
        }
    }

    /// Up to `most` bytes from `from` on, fewer at the end. `pieces` are those of the database, in their order.
    pub async fn read(&self, id: FileId, pieces: &[Piece], from: u64, most: usize) -> Result<Vec<u8>, StoreError> {
        match self {
            Self::Folder(folder) => folder.read(id, from, most).await,
            Self::Bucket(objects) => objects.read(id, pieces, from, most).await,
        }
    }

    /// The ids of all files that something lies here of.
    pub async fn all(&self) -> Result<Vec<FileId>, StoreError> {
        match self {
            Self::Folder(folder) => folder.all().await,
            Self::Bucket(objects) => objects.all().await,
        }
    }
}

impl Piece {
    /// Writes it down.
    pub async fn keep(&self, c: &mut AnyConnection, id: FileId) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO pieces (file, start, length, sha256) VALUES ($1, $2, $3, $4)")
            .bind(&id.0[..])
            .bind(self.start.cast_signed())
            .bind(self.length.cast_signed())
            .bind(&self.sha256[..])
            .execute(c)
            .await?;
        Ok(())
    }

    /// Those of a file, in their order.
    pub async fn all<'c>(
        reader: impl sqlx::Executor<'c, Database = sqlx::Any>,
        id: FileId,
    ) -> Result<Vec<Self>, StoreError> {
        let rows = sqlx::query("SELECT start, length, sha256 FROM pieces WHERE file = $1 ORDER BY start")
            .bind(&id.0[..])
            .fetch_all(reader)
            .await?;
        rows.iter()
            .map(|row| {
                let [start, length] = [row.try_get::<i64, _>("start")?, row.try_get("length")?].map(i64::cast_unsigned);
                Ok(Self { start, length, sha256: bytes(row, "sha256")? })
            })
            .collect()
    }
}
