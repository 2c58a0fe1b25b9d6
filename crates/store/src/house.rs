//! What belongs to this house alone: the public salt of receipts, the seed of its signature (made once), where its files
//! lie, and the clock as it was last seen.

use crate::{Store, StoreError, filling::RESTORING, moving::MOVING, row::bytes};
use sqlx::{AnyConnection, AnyExecutor, Row};

/// Kept as it was made first, whatever a later start hands in.
pub(crate) async fn make(connection: &mut AnyConnection, fresh: &[u8; 64]) -> Result<(), StoreError> {
    for (name, value) in [("receipt_salt", &fresh[..32]), ("signing_seed", &fresh[32..])] {
        sqlx::query("INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
            .bind(name)
            .bind(value)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Remembers where the sealed files lie: whoever named another place by mistake would find none of them. And a house of
/// which only a half has arrived takes nobody in.
pub(crate) async fn is_whole_and_has(c: &mut AnyConnection, files: &str) -> Result<(), StoreError> {
    for (name, error) in [(MOVING, StoreError::Unfinished), (RESTORING, StoreError::Restoring)] {
        if kept(&mut *c, name).await?.is_some() {
            return Err(error);
        }
    }
    sqlx::query("INSERT INTO house (name, value) VALUES ('files', $1) ON CONFLICT (name) DO NOTHING")
        .bind(files.as_bytes())
        .execute(&mut *c)
        .await?;
    match kept(c, "files").await? {
        Some(place) if place != files.as_bytes() => {
            Err(StoreError::OtherFiles(String::from_utf8_lossy(&place).into_owned()))
        }
        _ => Ok(()),
    }
}

pub(crate) async fn kept(reader: impl AnyExecutor<'_>, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT value FROM house WHERE name = $1";
    let row = sqlx::query(sql).bind(name.to_owned()).fetch_optional(reader).await?;
    Ok(row.map(|row| row.try_get("value")).transpose()?)
}

/// By how much the clock is ahead of the time that counts for what runs out: leaps, but for a day of each.
const AHEAD: &str = "clock_ahead";

/// Of the time that the server didn't see go by, at most a day counts.
const MOST_UNSEEN: i64 = 24 * 3600;
/// Clocks are put back by seconds all the time.
const MOST_BACK: i64 = 3600;

/// Looks at the clock, in the same write as whatever is decided by it. Where it leapt (the server stood still for more
/// than a day, the clock was wrong or is now, somebody turned it), every erasure that is still to come moves along with
/// it, but for the day that counts. So no leap of a clock destroys what somebody may still want to keep, and a server
/// that sleeps at night forgets nothing. Ahead and back it moves them alike, so that servers side by side whose clocks
/// disagree move nothing in the end. Gives the leap in seconds.
pub(crate) async fn see_clock(connection: &mut AnyConnection, now: i64) -> Result<Option<i64>, StoreError> {
    let last = sqlx::query("SELECT value FROM house WHERE name = 'clock'").fetch_optional(&mut *connection).await?;
    let last = last.map(|row| bytes(&row, "value").map(i64::from_be_bytes)).transpose()?;
    sqlx::query("INSERT INTO house (name, value) VALUES ('clock', $1) ON CONFLICT (name) DO UPDATE SET value = $1")
        .bind(&now.to_be_bytes()[..])
        .execute(&mut *connection)
        .await?;
    let leap = now.saturating_sub(last.unwrap_or(now));
    if (-MOST_BACK..=MOST_UNSEEN).contains(&leap) {
        return Ok(None);
    }
    let uncounted = leap - leap.clamp(-MOST_UNSEEN, MOST_UNSEEN);
    let ahead = (clock_ahead(&mut *connection).await? + uncounted).max(0);
    sqlx::query("INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2")
        .bind(AHEAD)
        .bind(&ahead.to_be_bytes()[..])
        .execute(&mut *connection)
        .await?;
    for (sql, value) in [
        ("UPDATE cases SET erase_due = erase_due + $1 WHERE erase_due IS NOT NULL", uncounted),
        ("UPDATE files SET touched_at = $1 WHERE entry IS NULL", now),
        ("UPDATE stamps SET asked_at = $1, due_at = $1", now),
    ] {
        sqlx::query(sql).bind(value).execute(&mut *connection).await?;
    }
    if leap < 0 {
        // What was opened or promised under a clock that went ahead would hold for too long.
        for sql in ["DELETE FROM sessions", "DELETE FROM invitations"] {
            sqlx::query(sql).execute(&mut *connection).await?;
        }
    }
    Ok(Some(leap))
}

/// The time that counts for what runs out, as it was when the clock was last seen; none before the first time.
pub(crate) async fn time_that_counts(c: &mut AnyConnection) -> Result<Option<i64>, StoreError> {
    let ahead = clock_ahead(&mut *c).await?;
    let row = sqlx::query("SELECT value FROM house WHERE name = 'clock'").fetch_optional(c).await?;
    row.map(|row| Ok(bytes(&row, "value").map(i64::from_be_bytes)?.saturating_sub(ahead))).transpose()
}

/// By how many seconds the clock is ahead of the time that counts for what runs out.
pub(crate) async fn clock_ahead<'c>(from: impl AnyExecutor<'c>) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT value FROM house WHERE name = $1").bind(AHEAD).fetch_optional(from).await?;
    row.map_or(Ok(0), |row| bytes(&row, "value").map(i64::from_be_bytes))
}

impl Store {
    /// The public salt that every receipt of this server is stretched with: 32 bytes.
    pub async fn receipt_salt(&self) -> Result<[u8; 32], StoreError> {
        self.of_house("receipt_salt").await
    }

    /// The seed of the key that signs tree heads: 32 bytes, secret.
    pub async fn signing_seed(&self) -> Result<[u8; 32], StoreError> {
        self.of_house("signing_seed").await
    }

    /// By how many seconds this machine's clock is ahead of the database server's (behind: less than 0); none for a
    /// database in a folder, which has no clock of its own.
    pub async fn ahead_of_database(&self, now: i64) -> Result<Option<i64>, StoreError> {
        if !self.engine.is_shared() {
            return Ok(None);
        }
        let sql = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS BIGINT)";
        let there: i64 = sqlx::query(sql).fetch_one(&self.reader).await?.try_get(0)?;
        Ok(Some(now.saturating_sub(there)))
    }

    pub(crate) async fn kept(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        kept(&self.reader, name).await
    }

    pub(crate) async fn keep(&self, name: &'static str, value: &[u8]) -> Result<(), StoreError> {
        let value = value.to_vec();
        self.write(move |c| {
            Box::pin(async move {
                let sql = "INSERT INTO house (name, value) VALUES ($1, $2) \
                           ON CONFLICT (name) DO UPDATE SET value = excluded.value";
                sqlx::query(sql).bind(name).bind(value).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    pub(crate) async fn forget(&self, name: &'static str) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query("DELETE FROM house WHERE name = $1").bind(name).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    async fn of_house(&self, name: &'static str) -> Result<[u8; 32], StoreError> {
        let row = sqlx::query("SELECT value FROM house WHERE name = $1").bind(name).fetch_one(&self.reader).await?;
        bytes(&row, "value")
    }
}
