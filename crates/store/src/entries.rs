//! Sealed entries: appended, never changed.

use crate::{Store, StoreError};
use casework::{CaseId, FileId, limits};
use sqlx::{AnyConnection, Row, any::AnyRow};
use vocabulary::EntryKind;

/// Who wrote an entry. Of staff only the organisation is kept: she is never shown a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// The person who holds the receipt.
    Person,
    /// A member of this organisation.
    Organisation(String),
}

/// An entry to be appended.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// What it is.
    pub kind: EntryKind,
    /// An age file to the recipient of the case's present epoch.
    pub sealed: Vec<u8>,
    /// Its leaf in the case's log: SHA-256 over a nonce inside the seal and the hash. The same leaf again is the same
    /// entry sent again.
    pub leaf: [u8; 32],
    /// The files that it names, uploaded before.
    pub files: Vec<FileId>,
}

/// An entry as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the case, from 0.
    pub number: i64,
    /// The epoch whose identity opens it.
    pub epoch: i64,
    /// What it is.
    pub kind: EntryKind,
    /// Who wrote it.
    pub author: Author,
    /// The age file.
    pub sealed: Vec<u8>,
    /// Its leaf.
    pub leaf: [u8; 32],
    /// When it arrived.
    pub at: i64,
}

const PERSON: &str = "person";

impl Author {
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Person => PERSON,
            Self::Organisation(id) => id,
        }
    }
}

/// Appends entries of an author; one that is there already keeps its number.
pub(crate) async fn append(
    connection: &mut AnyConnection,
    case: CaseId,
    author: &Author,
    entries: &[NewEntry],
    at: i64,
) -> Result<Vec<i64>, StoreError> {
    let next = sqlx::query("SELECT COUNT(*), (SELECT epoch FROM cases WHERE id = $1) FROM entries WHERE case_id = $1")
        .bind(&case.0[..])
        .fetch_one(&mut *connection)
        .await?;
    let (mut next, epoch): (i64, i64) = (next.try_get(0)?, next.try_get(1)?);
    let mut numbers = Vec::with_capacity(entries.len());
    for entry in entries {
        let before = sqlx::query("SELECT number FROM entries WHERE case_id = $1 AND leaf = $2")
            .bind(&case.0[..])
            .bind(&entry.leaf[..])
            .fetch_optional(&mut *connection)
            .await?;
        if let Some(row) = before {
            numbers.push(row.try_get(0)?);
            continue;
        }
        if next >= limits::ENTRIES_OF_CASE as i64 {
            return Err(StoreError::OverLimit("entries of a case"));
        }
        sqlx::query(
            "INSERT INTO entries (case_id, number, epoch, kind, author, sealed, leaf, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&case.0[..])
        .bind(next)
        .bind(epoch)
        .bind(entry.kind.code())
        .bind(author.code().to_owned())
        .bind(&entry.sealed[..])
        .bind(&entry.leaf[..])
        .bind(at)
        .execute(&mut *connection)
        .await?;
        for file in &entry.files {
            let tied = sqlx::query(
                "UPDATE files SET entry = $1 WHERE id = $2 AND case_id = $3 AND complete = 1 AND entry IS NULL",
            )
            .bind(next)
            .bind(&file.0[..])
            .bind(&case.0[..])
            .execute(&mut *connection)
            .await?;
            if tied.rows_affected() != 1 {
                return Err(StoreError::Absent("complete file"));
            }
        }
        numbers.push(next);
        next += 1;
    }
    Ok(numbers)
}

impl Store {
    /// All entries of a case in their order, from number `from` on.
    pub async fn entries(&self, case: CaseId, from: i64) -> Result<Vec<Entry>, StoreError> {
        let rows = sqlx::query(
            "SELECT number, epoch, kind, author, sealed, leaf, at FROM entries \
             WHERE case_id = $1 AND number >= $2 ORDER BY number",
        )
        .bind(&case.0[..])
        .bind(from)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(entry).collect()
    }

    /// The leaves of a case's log in their order.
    pub async fn leaves(&self, case: CaseId) -> Result<Vec<[u8; 32]>, StoreError> {
        let rows = sqlx::query("SELECT leaf FROM entries WHERE case_id = $1 ORDER BY number")
            .bind(&case.0[..])
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(leaf).collect()
    }
}

fn leaf(row: &AnyRow) -> Result<[u8; 32], StoreError> {
    row.try_get::<Vec<u8>, _>("leaf")?.try_into().map_err(|_| StoreError::Damaged("entries.leaf"))
}

fn entry(row: &AnyRow) -> Result<Entry, StoreError> {
    let author: String = row.try_get("author")?;
    let kind: String = row.try_get("kind")?;
    Ok(Entry {
        number: row.try_get("number")?,
        epoch: row.try_get("epoch")?,
        kind: kind.parse().map_err(|_| StoreError::Damaged("entries.kind"))?,
        author: if author == PERSON { Author::Person } else { Author::Organisation(author) },
        sealed: row.try_get("sealed")?,
        leaf: leaf(row)?,
        at: row.try_get("at")?,
    })
}
