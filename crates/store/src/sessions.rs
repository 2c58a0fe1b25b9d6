//! Who is signed in.

use crate::{
    Member, Store, StoreError,
    row::{bytes, taken},
};
use casework::{MemberId, limits};
use sqlx::Row;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub member: Member,
    /// Since when.
    pub opened_at: i64,
    /// When she was last seen before this, to the minute.
    pub seen_at: i64,
}

/// Who works on steadily is noted once a minute: each note is a wait for the disk.
const NOTED_EVERY: i64 = 60;

impl Store {
    /// Opens a session under the SHA-256 of its token.
    pub async fn open_session(&self, hash: [u8; 32], id: MemberId, at: i64) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query("INSERT INTO sessions (hash, member, opened_at, seen_at) VALUES ($1, $2, $3, $3)")
                    .bind(&hash[..])
                    .bind(&id.0[..])
                    .bind(at)
                    .execute(c)
                    .await
                    .map_err(|error| taken(error, "session"))?;
                Ok(())
            })
        })
        .await
    }

    /// The session of this hash, while it holds ([`limits::SESSION_SECONDS`], [`limits::SESSION_IDLE_SECONDS`]); by this
    /// use it lives on.
    pub async fn session(&self, hash: [u8; 32], now: i64) -> Result<Session, StoreError> {
        let session = self.glance(hash, now).await?;
        if now.saturating_sub(NOTED_EVERY) >= session.seen_at {
            self.see(hash, now).await?;
        }
        Ok(session)
    }

    /// The same for what a page asks by itself: a desk that nobody sits at doesn't stay open by its own news.
    pub async fn glance(&self, hash: [u8; 32], now: i64) -> Result<Session, StoreError> {
        let row = sqlx::query(
            "SELECT s.member, s.opened_at, s.seen_at FROM sessions s \
             JOIN members m ON m.id = s.member JOIN organisations o ON o.id = m.organisation \
             WHERE s.hash = $1 AND s.opened_at > $2 AND s.seen_at > $3 AND o.closed_at IS NULL",
        )
        .bind(&hash[..])
        .bind(now.saturating_sub(limits::SESSION_SECONDS))
        .bind(now.saturating_sub(limits::SESSION_IDLE_SECONDS))
        .fetch_optional(&self.reader)
        .await?
        .ok_or(StoreError::Absent("session"))?;
        let member = self.member(bytes(&row, "member").map(MemberId)?).await?;
        Ok(Session { member, opened_at: row.try_get("opened_at")?, seen_at: row.try_get("seen_at")? })
    }

    /// The sessions of a member that still hold: `(hash, opened, last used)`, the latest first.
    pub async fn sessions(&self, id: MemberId, now: i64) -> Result<Vec<([u8; 32], i64, i64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT hash, opened_at, seen_at FROM sessions WHERE member = $1 AND opened_at > $2 AND seen_at > $3 \
             ORDER BY seen_at DESC",
        )
        .bind(&id.0[..])
        .bind(now.saturating_sub(limits::SESSION_SECONDS))
        .bind(now.saturating_sub(limits::SESSION_IDLE_SECONDS))
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(|row| Ok((bytes(row, "hash")?, row.try_get("opened_at")?, row.try_get("seen_at")?))).collect()
    }

    /// Ends one session (`Some`), or all of a member.
    pub async fn end_sessions(&self, id: MemberId, only: Option<[u8; 32]>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "DELETE FROM sessions WHERE member = $1 AND hash = COALESCE($2, hash)";
                sqlx::query(sql).bind(&id.0[..]).bind(only.map(|hash| hash.to_vec())).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    async fn see(&self, hash: [u8; 32], now: i64) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "UPDATE sessions SET seen_at = $2 WHERE hash = $1";
                sqlx::query(sql).bind(&hash[..]).bind(now).execute(c).await?;
                Ok(())
            })
        })
        .await
    }
}
