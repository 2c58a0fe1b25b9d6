//! What is due is erased: keys first, then everything, then what free pages and the write-ahead log still held.

use crate::{
    Store, StoreError,
    cases::{bytes, code},
};
use casework::{CaseId, FileId};
use sqlx::{AnyConnection, Executor, Row};
use vocabulary::{Harm, directory::Moment};

/// In this order: without its grants nothing of a case opens any more.
const OF_A_CASE: [&str; 6] = [
    "DELETE FROM grants WHERE case_id = $1",
    "DELETE FROM entries WHERE case_id = $1",
    "DELETE FROM files WHERE case_id = $1",
    "DELETE FROM openings WHERE case_id = $1",
    "DELETE FROM access WHERE case_id = $1",
    "DELETE FROM cases WHERE id = $1",
];

impl Store {
    /// Erases every case that is due. What is left of each is a count by month and harm. Gives how many.
    pub async fn carry_out_erasures(&self, now: i64) -> Result<usize, StoreError> {
        let due = sqlx::query("SELECT id FROM cases WHERE erase_due <= $1").bind(now).fetch_all(&self.reader).await?;
        let due = due.iter().map(|row| bytes(row, "id").map(CaseId)).collect::<Result<Vec<_>, _>>()?;
        for id in &due {
            let id = *id;
            let (files, told) = self.write(move |c| Box::pin(erase(c, id, now))).await?;
            self.remove_files(&files).await?;
            self.tell(told);
        }
        if !due.is_empty() {
            // Overwritten pages (`secure_delete`) reach the database file only with a checkpoint; until then the log
            // holds the old ones.
            self.reader.acquire().await?.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(due.len())
    }

    /// How many cases of a month and harm were erased: `(month "2026-11", harm or empty, count)`.
    pub async fn tombstones(&self) -> Result<Vec<(String, String, i64)>, StoreError> {
        let rows = sqlx::query("SELECT month, harm, cases FROM tombstones ORDER BY month, harm")
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
    }
}

/// Looked at again inside the write: she may have stopped it meanwhile.
async fn erase(c: &mut AnyConnection, id: CaseId, now: i64) -> Result<(Vec<FileId>, Vec<String>), StoreError> {
    let row = sqlx::query("SELECT harm, received_at FROM cases WHERE id = $1 AND erase_due <= $2")
        .bind(&id.0[..])
        .bind(now)
        .fetch_optional(&mut *c)
        .await?;
    let Some(row) = row else { return Ok((Vec::new(), Vec::new())) };
    let month = Moment::from_unix_seconds(row.try_get("received_at")?).date().to_string()[..7].to_owned();
    let harm = code::<Harm>(&row, "harm")?.map_or("", Harm::code);
    let files = sqlx::query("SELECT id FROM files WHERE case_id = $1").bind(&id.0[..]).fetch_all(&mut *c).await?;
    let files = files.iter().map(|row| bytes(row, "id").map(FileId)).collect::<Result<Vec<_>, _>>()?;
    let told = crate::access::holders(c, id).await?;
    for sql in OF_A_CASE {
        sqlx::query(sql).bind(&id.0[..]).execute(&mut *c).await?;
    }
    sqlx::query(
        "INSERT INTO tombstones (month, harm, cases) VALUES ($1, $2, 1) \
         ON CONFLICT (month, harm) DO UPDATE SET cases = tombstones.cases + 1",
    )
    .bind(month)
    .bind(harm)
    .execute(c)
    .await?;
    Ok((files, told))
}
