//! Looks a house over, without changing anything, beside a server that goes on working.

use crate::{Store, StoreError, TABLES, house, row::bytes, shelf::Shelf};
use casework::FileId;
use futures_util::StreamExt;
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};

/// What was found.
#[derive(Debug, Default)]
pub struct Examined {
    /// What the database says of its own faults, and tables that can't be read to their end.
    pub faults: Vec<String>,
    /// Files that rows name and that aren't there, or are shorter than what was acknowledged.
    pub missing: Vec<FileId>,
    /// Files that nothing names.
    pub unnamed: Vec<FileId>,
    /// How many files there are.
    pub files: usize,
    /// When the server looked at the clock last; seconds since 1970.
    pub clock: Option<i64>,
    /// The number of the last line of what was forgotten.
    pub forgotten: i64,
}

impl Store {
    /// Looks at every row and every file's name; on a large house it takes minutes.
    pub async fn examine(&self) -> Result<Examined, StoreError> {
        let mut found = Examined::default();
        let mut look = self.snapshot().await?;
        found.faults = self.engine.faults(&mut look.connection).await?;
        for table in TABLES {
            let mut rows = look.rows(table);
            while let Some(row) = rows.next().await {
                if let Err(error) = row {
                    found.faults.push(format!("{}: {error}", table.name));
                    break;
                }
            }
        }
        found.forgotten = look.last_forgotten().await?;
        drop(look);
        found.clock = match house::kept(&self.reader, "clock").await? {
            None => None,
            Some(clock) => Some(i64::from_be_bytes(clock.try_into().map_err(|_| StoreError::Damaged("clock"))?)),
        };
        self.examine_files(&mut found).await?;
        Ok(found)
    }

    /// Files come and go meanwhile: what seems amiss is looked at a second time.
    async fn examine_files(&self, found: &mut Examined) -> Result<(), StoreError> {
        let present: BTreeSet<FileId> = self.shelf.all().await?.into_iter().collect();
        found.files = present.len();
        let rows = sqlx::query("SELECT id, received FROM files").fetch_all(&self.reader).await?;
        let mut named = BTreeMap::new();
        for row in &rows {
            named.insert(bytes(row, "id").map(FileId)?, row.try_get::<i64, _>("received")?.cast_unsigned());
        }
        let in_folder = matches!(self.shelf, Shelf::Folder(_));
        for (id, received) in named.iter().filter(|(_, received)| **received > 0) {
            // Of a storage the pieces are written down with their lengths.
            if (in_folder || !present.contains(id)) && !self.has(*id, *received).await? && self.file(*id).await.is_ok()
            {
                found.missing.push(*id);
            }
        }
        let removals = sqlx::query("SELECT file FROM removals").fetch_all(&self.reader).await?;
        let going = removals.iter().map(|row| bytes(row, "file").map(FileId)).collect::<Result<BTreeSet<_>, _>>()?;
        let again: BTreeSet<FileId> = self.shelf.all().await?.into_iter().collect();
        found.unnamed =
            present.intersection(&again).copied().filter(|id| !named.contains_key(id) && !going.contains(id)).collect();
        Ok(())
    }

    async fn has(&self, id: FileId, received: u64) -> Result<bool, StoreError> {
        match self.shelf.read(id, &self.pieces(id).await?, received - 1, 1).await {
            Ok(last) => Ok(last.len() == 1),
            Err(StoreError::Damaged(_)) => Ok(false),
            Err(StoreError::Files(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}
