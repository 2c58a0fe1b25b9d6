//! Sealed entries: appended, never changed.

use crate::{
    Store, StoreError,
    row::{bytes, needed, places, values},
};
use casework::{CaseId, FileId, limits};
use sqlx::{AnyConnection, AssertSqlSafe, Row, any::AnyRow};
use std::collections::{BTreeMap, btree_map};
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

/// Appends entries of an author, sealed under `epoch`; one that is there already keeps its number.
pub(crate) async fn append(
    connection: &mut AnyConnection,
    case: CaseId,
    author: &Author,
    epoch: i64,
    entries: &[NewEntry],
    at: i64,
) -> Result<Vec<i64>, StoreError> {
    within_limits(entries)?;
    let known = format!(
        "SELECT leaf, number, author FROM entries WHERE case_id = $1 AND leaf IN ({})",
        places(2, entries.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(known)).bind(&case.0[..]);
    for entry in entries {
        query = query.bind(&entry.leaf[..]);
    }
    let mut numbers = BTreeMap::new();
    for row in query.fetch_all(&mut *connection).await? {
        if row.try_get::<String, _>("author")? != author.code() {
            return Err(StoreError::Taken("entry"));
        }
        numbers.insert(bytes(&row, "leaf")?, row.try_get("number")?);
    }
    let next = sqlx::query("SELECT COALESCE(MAX(number) + 1, 0) FROM entries WHERE case_id = $1")
        .bind(&case.0[..])
        .fetch_one(&mut *connection)
        .await?;
    append_behind(connection, case, author, epoch, entries, at, (next.try_get(0)?, &mut numbers)).await?;
    Ok(entries.iter().map(|entry| numbers[&entry.leaf]).collect())
}

/// The first entries of a case. Gives their leaves in their order, each once.
pub(crate) async fn begin(
    connection: &mut AnyConnection,
    case: CaseId,
    author: &Author,
    entries: &[NewEntry],
    at: i64,
) -> Result<Vec<[u8; 32]>, StoreError> {
    within_limits(entries)?;
    append_behind(connection, case, author, 0, entries, at, (0, &mut BTreeMap::new())).await
}

fn within_limits(entries: &[NewEntry]) -> Result<(), StoreError> {
    if entries.len() > limits::ENTRIES_AT_ONCE {
        return Err(StoreError::OverLimit("entries at once"));
    }
    if entries.iter().any(|entry| entry.sealed.len() > limits::ENTRY_BYTES) {
        return Err(StoreError::OverLimit("bytes of an entry"));
    }
    Ok(())
}

/// Appends from the next number on what has no number yet, and gives it one. Gives the leaves of what was appended.
async fn append_behind(
    connection: &mut AnyConnection,
    case: CaseId,
    author: &Author,
    epoch: i64,
    entries: &[NewEntry],
    at: i64,
    (mut next, numbers): (i64, &mut BTreeMap<[u8; 32], i64>),
) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut fresh = Vec::new();
    for entry in entries {
        if let btree_map::Entry::Vacant(vacant) = numbers.entry(entry.leaf) {
            fresh.push((*vacant.insert(next), entry));
            next += 1;
        }
    }
    if fresh.is_empty() {
        return Ok(Vec::new());
    }
    if next > limits::ENTRIES_OF_CASE {
        return Err(StoreError::OverLimit("entries of a case"));
    }
    let insert = format!(
        "INSERT INTO entries (case_id, number, epoch, kind, author, at, leaf, sealed) VALUES {}",
        values(fresh.len(), 8)
    );
    let mut query = sqlx::query(AssertSqlSafe(insert));
    for (number, entry) in &fresh {
        query = query.bind(&case.0[..]).bind(*number).bind(epoch).bind(entry.kind.code());
        query = query.bind(author.code().to_owned()).bind(at).bind(&entry.leaf[..]).bind(&entry.sealed[..]);
    }
    query.execute(&mut *connection).await?;
    sqlx::query("UPDATE access SET touched_at = $1 WHERE case_id = $2 AND withdrawn_at IS NULL")
        .bind(at)
        .bind(&case.0[..])
        .execute(&mut *connection)
        .await?;
    for (number, entry) in &fresh {
        for file in &entry.files {
            let tied = sqlx::query(
                "UPDATE files SET entry = $1 WHERE id = $2 AND case_id = $3 AND received = size AND entry IS NULL",
            )
            .bind(*number)
            .bind(&file.0[..])
            .bind(&case.0[..])
            .execute(&mut *connection)
            .await?;
            if tied.rows_affected() != 1 {
                return Err(StoreError::Absent("complete file"));
            }
        }
    }
    Ok(fresh.iter().map(|(_, entry)| entry.leaf).collect())
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
        let rows = sqlx::query(LEAVES).bind(&case.0[..]).fetch_all(&self.reader).await?;
        rows.iter().map(|row| bytes(row, "leaf")).collect()
    }
}

const LEAVES: &str = "SELECT leaf FROM entries WHERE case_id = $1 ORDER BY number";

/// The same within a write.
pub(crate) async fn leaves(connection: &mut AnyConnection, case: CaseId) -> Result<Vec<[u8; 32]>, StoreError> {
    let rows = sqlx::query(LEAVES).bind(&case.0[..]).fetch_all(connection).await?;
    rows.iter().map(|row| bytes(row, "leaf")).collect()
}

fn entry(row: &AnyRow) -> Result<Entry, StoreError> {
    let author: String = row.try_get("author")?;
    Ok(Entry {
        number: row.try_get("number")?,
        epoch: row.try_get("epoch")?,
        kind: needed(row, "kind")?,
        author: if author == PERSON { Author::Person } else { Author::Organisation(author) },
        sealed: row.try_get("sealed")?,
        leaf: bytes(row, "leaf")?,
        at: row.try_get("at")?,
    })
}
