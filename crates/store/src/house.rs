//! What belongs to this server alone: the public salt of receipts, the seed of its signature (made once), and the
//! clock as it was last seen.

use crate::{Store, StoreError, row::bytes};
use sqlx::{AnyConnection, Row};

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
    for (sql, value) in [
        (
            "UPDATE cases SET erase_due = erase_due + $1 WHERE erase_due IS NOT NULL",
            leap - leap.clamp(-MOST_UNSEEN, MOST_UNSEEN),
        ),
        ("UPDATE files SET touched_at = $1 WHERE entry IS NULL", now),
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

    async fn of_house(&self, name: &'static str) -> Result<[u8; 32], StoreError> {
        let row = sqlx::query("SELECT value FROM house WHERE name = $1").bind(name).fetch_one(&self.reader).await?;
        bytes(&row, "value")
    }
}
