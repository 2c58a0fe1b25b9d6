//! What is over goes: reports whose time ran out (`retention`), erasures that are due (keys first, then everything, then what free pages and the write-ahead log
//! still held), files that nothing names, sessions and invitations out of date.

use crate::{
    Store, StoreError, What, events,
    forgotten::{note, note_grants},
    house, retention,
    row::bytes,
};
use casework::{CaseId, FileId, limits};
use sqlx::{AnyConnection, Row};
use vocabulary::directory::Moment;

/// In this order: without its grants nothing of a case opens any more.
const OF_A_CASE: [&str; 11] = [
    "DELETE FROM grants WHERE case_id = $1",
    "DELETE FROM work WHERE case_id = $1",
    "DELETE FROM hands WHERE case_id = $1",
    "DELETE FROM entries WHERE case_id = $1",
    "INSERT INTO removals (file) SELECT id FROM files WHERE case_id = $1",
    "DELETE FROM pieces WHERE file IN (SELECT id FROM files WHERE case_id = $1)",
    "DELETE FROM files WHERE case_id = $1",
    "DELETE FROM openings WHERE case_id = $1",
    "DELETE FROM access WHERE case_id = $1",
    "DELETE FROM replaced WHERE case_id = $1",
    "DELETE FROM cases WHERE id = $1",
];

/// What a tidying did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// By how many seconds the clock leapt since it was last seen, where it did: worth a warning to the operator.
    pub leap: Option<i64>,
    /// Cases that were erased.
    pub erased: usize,
    /// Reports whose time with an organisation ran out.
    pub ran_out: usize,
    /// Files that were removed.
    pub files: usize,
}

impl Store {
    /// Does away with what is over. The server calls it when it starts, before it serves, and every minute.
    ///
    /// A clock that leaps destroys nothing: when it is more than a day ahead of when it was last seen, or more than an
    /// hour behind, the days of pending erasures move along with it; of the time that nobody saw at most one day
    /// counts. Loose files get another day. Where it went back, sessions and invitations end.
    ///
    /// # Errors
    /// The first one; what could be done is done, the rest is tried again the next time.
    pub async fn tidy(&self, now: i64) -> Result<Tidied, StoreError> {
        let leap = self.write_and_tell(move |c| Box::pin(sweep(c, now))).await?;
        let erased = self.erase_due(now).await;
        let ran_out = self.run_out(now).await;
        let files = self.remove_files().await;
        // Also what was withdrawn or replaced since the last time leaves the log.
        self.forget_erased().await?;
        Ok(Tidied { leap, erased: erased?, ran_out: ran_out?, files: files? })
    }

    /// What is left of each case is a count by month and harm.
    async fn erase_due(&self, now: i64) -> Result<usize, StoreError> {
        let due = sqlx::query("SELECT id FROM cases WHERE erase_due <= $1").bind(now).fetch_all(&self.reader).await?;
        let mut outcome = Ok(0);
        for row in &due {
            let id = bytes(row, "id").map(CaseId)?;
            match (self.write_and_tell(move |c| Box::pin(erase(c, id, now))).await, &mut outcome) {
                (Ok(was_due), Ok(erased)) => *erased += usize::from(was_due),
                (Err(error), Ok(_)) => outcome = Err(error),
                (_, Err(_)) => {}
            }
        }
        outcome
    }

    /// How many cases of a month and harm were erased: `(month "2026-11", harm or empty, count)`.
    pub async fn tombstones(&self) -> Result<Vec<(String, String, i64)>, StoreError> {
        let rows = sqlx::query("SELECT month, harm, cases FROM tombstones ORDER BY month, harm")
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
    }

    /// Removes from the folder what nothing names any more; begun anew where a crash broke it off.
    async fn remove_files(&self) -> Result<usize, StoreError> {
        let rows = sqlx::query("SELECT file FROM removals").fetch_all(&self.reader).await?;
        let mut removed = 0;
        for row in &rows {
            removed += usize::from(self.remove_file(bytes(row, "file").map(FileId)?).await?);
        }
        Ok(removed)
    }
}

/// What is out of date, by a clock that was looked at first. Gives its leap, and who is warned of what will be over.
async fn sweep(c: &mut AnyConnection, now: i64) -> Result<(Option<i64>, Vec<String>), StoreError> {
    let seen = house::time_that_counts(c).await?;
    let leap = house::see_clock(c, now).await?;
    let warned = match (seen, house::time_that_counts(c).await?) {
        (Some(from), Some(to)) => retention::warn(c, from, to).await?,
        _ => Vec::new(),
    };
    let before = |seconds| now.saturating_sub(seconds);
    for (sql, than) in [
        (
            "INSERT INTO removals (file) SELECT id FROM files WHERE entry IS NULL AND touched_at < $1",
            before(limits::LOOSE_FILE_SECONDS),
        ),
        (
            "DELETE FROM pieces WHERE file IN (SELECT id FROM files WHERE entry IS NULL AND touched_at < $1)",
            before(limits::LOOSE_FILE_SECONDS),
        ),
        ("DELETE FROM files WHERE entry IS NULL AND touched_at < $1", before(limits::LOOSE_FILE_SECONDS)),
        ("DELETE FROM sessions WHERE opened_at <= $1", before(limits::SESSION_SECONDS)),
        ("DELETE FROM sessions WHERE seen_at <= $1", before(limits::SESSION_IDLE_SECONDS)),
        ("DELETE FROM invitations WHERE expires_at <= $1", now),
        ("DELETE FROM tokens WHERE expires_at <= $1", before(limits::SPENT_TOKEN_SECONDS)),
        ("DELETE FROM stamps WHERE asked_at < $1", before(limits::STAMP_SECONDS)),
    ] {
        sqlx::query(sql).bind(than).execute(&mut *c).await?;
    }
    Ok((leap, warned))
}

/// Looked at again inside the write: she may have stopped it meanwhile.
async fn erase(c: &mut AnyConnection, id: CaseId, now: i64) -> Result<(bool, Vec<String>), StoreError> {
    let due = sqlx::query("SELECT 1 FROM cases WHERE id = $1 AND erase_due <= $2").bind(&id.0[..]).bind(now);
    if due.fetch_optional(&mut *c).await?.is_none() || held(c, id, now).await? {
        return Ok((false, Vec::new()));
    }
    let told = crate::access::holders(c, id).await?;
    bury(c, id, now).await?;
    Ok((true, told))
}

/// Whether some organisation must keep it. Then everybody else loses the key, she too, and the receipt finds it no more;
/// the rest goes once nobody must keep it.
async fn held(c: &mut AnyConnection, id: CaseId, now: i64) -> Result<bool, StoreError> {
    const HELD: &str = "SELECT organisation FROM access WHERE case_id = $1 AND hold IS NOT NULL";
    if sqlx::query(HELD).bind(&id.0[..]).fetch_optional(&mut *c).await?.is_none() {
        return Ok(false);
    }
    let gone = sqlx::query(
        "DELETE FROM grants WHERE case_id = $1 AND holder NOT IN (SELECT organisation FROM access \
         WHERE case_id = $1 AND hold IS NOT NULL) RETURNING holder, epoch",
    )
    .bind(&id.0[..])
    .fetch_all(&mut *c)
    .await?;
    note_grants(c, &id.0, &gone).await?;
    // No receipt gives this locator, and none this verifier.
    sqlx::query("UPDATE cases SET locator = id, verifier = $2 WHERE id = $1")
        .bind(&id.0[..])
        .bind(&[0_u8; 32][..])
        .execute(&mut *c)
        .await?;
    let shut = sqlx::query(
        "UPDATE access SET withdrawn_at = $2 WHERE case_id = $1 AND withdrawn_at IS NULL AND hold IS NULL \
         RETURNING organisation",
    )
    .bind(&id.0[..])
    .bind(now)
    .fetch_all(&mut *c)
    .await?;
    for row in &shut {
        note(c, What::Access, &id.0, Some(row.try_get("organisation")?)).await?;
    }
    Ok(true)
}

/// Destroys keys first, then everything; what is left is a count by month and harm.
pub(crate) async fn bury(c: &mut AnyConnection, id: CaseId, now: i64) -> Result<(), StoreError> {
    let row =
        sqlx::query("SELECT harm, received_at FROM cases WHERE id = $1").bind(&id.0[..]).fetch_one(&mut *c).await?;
    let organisations = sqlx::query("SELECT organisation FROM access WHERE case_id = $1 ORDER BY organisation")
        .bind(&id.0[..])
        .fetch_all(&mut *c)
        .await?;
    events::redact(c, id, None).await?;
    for organisation in &organisations {
        events::bury(c, organisation.try_get("organisation")?, &row, now).await?;
    }
    for sql in OF_A_CASE {
        sqlx::query(sql).bind(&id.0[..]).execute(&mut *c).await?;
    }
    note(c, What::Case, &id.0, None).await?;
    count(c, row.try_get("received_at")?, row.try_get("harm")?).await
}

/// The month of a second, as 2026-11.
pub(crate) fn month(at: i64) -> String {
    Moment::from_unix_seconds(at).date().to_string().chars().take("2026-11".len()).collect()
}

/// What is left of a case: one more of its month and harm.
pub(crate) async fn count(c: &mut AnyConnection, received_at: i64, harm: Option<String>) -> Result<(), StoreError> {
    let month = month(received_at);
    sqlx::query(
        "INSERT INTO tombstones (month, harm, cases) VALUES ($1, $2, 1) \
         ON CONFLICT (month, harm) DO UPDATE SET cases = tombstones.cases + 1",
    )
    .bind(month)
    .bind(harm.unwrap_or_default())
    .execute(c)
    .await?;
    Ok(())
}
