//! How members sign in: their passkeys, and the sessions that are open.

use crate::{
    Member, Store, StoreError,
    cases::{bytes, taken},
    members::member,
};
use casework::MemberId;
use sqlx::Row;

/// A passkey of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// The credential's id.
    pub id: Vec<u8>,
    /// Whose.
    pub member: MemberId,
    /// Public key and counter, as the WebAuthn library keeps them (JSON).
    pub credential: String,
    /// What its PRF extension is asked with.
    pub prf_salt: Vec<u8>,
    /// Her identity, wrapped by what the PRF gave; none for a passkey without PRF.
    pub wrapped_key: Option<Vec<u8>>,
    /// When she added it.
    pub added_at: i64,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub member: Member,
    /// Since when.
    pub opened_at: i64,
    /// When she last did something.
    pub seen_at: i64,
}

impl Store {
    /// Keeps a passkey.
    pub async fn add_passkey(&self, passkey: Passkey) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO passkeys (id, member, credential, prf_salt, wrapped_key, added_at) \
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(passkey.id)
                .bind(&passkey.member.0[..])
                .bind(passkey.credential)
                .bind(passkey.prf_salt)
                .bind(passkey.wrapped_key)
                .bind(passkey.added_at)
                .execute(c)
                .await
                .map_err(|error| taken(error, "passkey"))?;
                Ok(())
            })
        })
        .await
    }

    /// Keeps what a use of a passkey changed (its counter).
    pub async fn change_passkey(&self, id: Vec<u8>, credential: String) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "UPDATE passkeys SET credential = $2 WHERE id = $1";
                sqlx::query(sql).bind(id).bind(credential).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// The passkeys of a member.
    pub async fn passkeys(&self, id: MemberId) -> Result<Vec<Passkey>, StoreError> {
        let rows = sqlx::query("SELECT * FROM passkeys WHERE member = $1 ORDER BY added_at")
            .bind(&id.0[..])
            .fetch_all(&self.reader)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Passkey {
                    id: row.try_get("id")?,
                    member: id,
                    credential: row.try_get("credential")?,
                    prf_salt: row.try_get("prf_salt")?,
                    wrapped_key: row.try_get("wrapped_key")?,
                    added_at: row.try_get("added_at")?,
                })
            })
            .collect()
    }

    /// Forgets a passkey of this member.
    pub async fn remove_passkey(&self, member: MemberId, id: Vec<u8>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "DELETE FROM passkeys WHERE member = $1 AND id = $2";
                let removed = sqlx::query(sql).bind(&member.0[..]).bind(id).execute(c).await?;
                if removed.rows_affected() == 0 { Err(StoreError::Absent("passkey")) } else { Ok(()) }
            })
        })
        .await
    }

    /// The sessions of a member that still hold: `(hash, opened, last used)`, the latest first.
    pub async fn sessions(
        &self,
        id: MemberId,
        opened_after: i64,
        seen_after: i64,
    ) -> Result<Vec<([u8; 32], i64, i64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT hash, opened_at, seen_at FROM sessions WHERE member = $1 AND opened_at > $2 AND seen_at > $3 \
             ORDER BY seen_at DESC",
        )
        .bind(&id.0[..])
        .bind(opened_after)
        .bind(seen_after)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(|row| Ok((bytes(row, "hash")?, row.try_get("opened_at")?, row.try_get("seen_at")?))).collect()
    }

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

    /// The session of this hash, if it was opened after `opened_after` and used after `seen_after`.
    pub async fn session(&self, hash: [u8; 32], opened_after: i64, seen_after: i64) -> Result<Session, StoreError> {
        let row = sqlx::query(
            "SELECT m.*, s.opened_at, s.seen_at FROM sessions s JOIN members m ON m.id = s.member \
             WHERE s.hash = $1 AND s.opened_at > $2 AND s.seen_at > $3 AND m.left_at IS NULL",
        )
        .bind(&hash[..])
        .bind(opened_after)
        .bind(seen_after)
        .fetch_optional(&self.reader)
        .await?
        .ok_or(StoreError::Absent("session"))?;
        Ok(Session { member: member(&row)?, opened_at: row.try_get("opened_at")?, seen_at: row.try_get("seen_at")? })
    }

    /// She did something: the session lives on.
    pub async fn touch_session(&self, hash: [u8; 32], at: i64) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "UPDATE sessions SET seen_at = $2 WHERE hash = $1";
                sqlx::query(sql).bind(&hash[..]).bind(at).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Ends one session (`Some`), or all of a member.
    pub async fn end_sessions(&self, id: MemberId, only: Option<[u8; 32]>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "DELETE FROM sessions WHERE member = $1 AND ($2 IS NULL OR hash = $2)";
                sqlx::query(sql).bind(&id.0[..]).bind(only.map(|hash| hash.to_vec())).execute(c).await?;
                Ok(())
            })
        })
        .await
    }
}
