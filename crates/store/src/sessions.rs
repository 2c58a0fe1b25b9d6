//! Who is signed in.

use crate::{
    Member, Store, StoreError,
    row::{bytes, needed, taken},
};
use casework::{MemberId, limits};
use sqlx::Row;
use std::str::FromStr;
use vocabulary::OrganisationKind;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub member: Member,
    /// What kind her organisation is.
    pub kind: OrganisationKind,
    /// How she came in.
    pub way: Way,
    /// Whether her organisation wants its administrators to come by passkey.
    pub admin_passkey: bool,
    /// Since when.
    pub opened_at: i64,
    /// When she was last seen before this, to the minute.
    pub seen_at: i64,
}

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By passphrase and code.
    Passphrase,
    /// By passkey.
    Passkey,
    /// By the account of her organisation's own provider.
    Account,
}

impl Way {
    const ALL: [Self; 3] = [Self::Passphrase, Self::Passkey, Self::Account];

    /// The word of the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Passkey => "passkey",
            Self::Account => "account",
        }
    }
}

impl FromStr for Way {
    type Err = StoreError;

    fn from_str(code: &str) -> Result<Self, StoreError> {
        Self::ALL.into_iter().find(|way| way.code() == code).ok_or(StoreError::Damaged("way"))
    }
}

/// Who works on steadily is noted once a minute: each note is a wait for the disk.
const NOTED_EVERY: i64 = 60;

impl Store {
    /// Opens a session of whoever showed passphrase and code, under the SHA-256 of its token.
    pub async fn open_session(&self, hash: [u8; 32], id: MemberId, at: i64) -> Result<(), StoreError> {
        self.open_session_by(Way::Passphrase, hash, id, at).await
    }

    /// Opens a session of whoever came this way.
    pub async fn open_session_by(&self, way: Way, hash: [u8; 32], id: MemberId, at: i64) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query("INSERT INTO sessions (hash, member, opened_at, seen_at, way) VALUES ($1, $2, $3, $3, $4)")
                    .bind(&hash[..])
                    .bind(&id.0[..])
                    .bind(at)
                    .bind(way.code())
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
            "SELECT s.member, s.opened_at, s.seen_at, s.way, o.kind, o.admin_passkey FROM sessions s \
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
        let (opened_at, seen_at) = (row.try_get("opened_at")?, row.try_get("seen_at")?);
        let (kind, way) = (needed(&row, "kind")?, needed(&row, "way")?);
        let admin_passkey = row.try_get::<i64, _>("admin_passkey")? != 0;
        Ok(Session { member, kind, way, admin_passkey, opened_at, seen_at })
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
