//! Time-stamps that are waited for: the blinded root of a package, what this server signed about it, and the outside
//! authority's answer once it is there. Forgotten after [`limits::STAMP_SECONDS`].

use crate::{Store, StoreError, row::bytes};
use casework::limits;
use sqlx::Row;

/// A root whose time-stamp is due to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingStamp {
    /// The root.
    pub root: [u8; 32],
    /// What this server signed: the time-stamp is over its hash.
    pub signed: Vec<u8>,
    /// How often it was asked for.
    pub tries: i64,
}

/// How it stands with a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampState {
    /// What this server signed, the first time.
    pub signed: Vec<u8>,
    /// The authority's answer, once it is there.
    pub response: Option<Vec<u8>>,
}

impl Store {
    /// Has a time-stamp asked for; a root that is known keeps what was signed first.
    ///
    /// # Errors
    /// [`StoreError::OverLimit`] where [`limits::STAMPS_WAITING`] wait already.
    pub async fn ask_stamp(&self, root: [u8; 32], signed: Vec<u8>, now: i64) -> Result<StampState, StoreError> {
        if let Some(state) = self.stamp(root).await? {
            return Ok(state);
        }
        self.write(move |c| {
            Box::pin(async move {
                let row = sqlx::query("SELECT COUNT(*) FROM stamps").fetch_one(&mut *c).await?;
                if row.try_get::<i64, _>(0)? >= limits::STAMPS_WAITING {
                    return Err(StoreError::OverLimit("time-stamps that wait"));
                }
                let sql = "INSERT INTO stamps (root, signed, due_at, asked_at) VALUES ($1, $2, $3, $3) ON CONFLICT (root) DO NOTHING";
                sqlx::query(sql).bind(&root[..]).bind(&signed[..]).bind(now).execute(c).await?;
                Ok(())
            })
        })
        .await?;
        self.stamp(root).await?.ok_or(StoreError::Absent("root"))
    }

    async fn stamp(&self, root: [u8; 32]) -> Result<Option<StampState>, StoreError> {
        let sql = "SELECT signed, response FROM stamps WHERE root = $1";
        let row = sqlx::query(sql).bind(&root[..]).fetch_optional(&self.reader).await?;
        row.map(|row| Ok(StampState { signed: row.try_get("signed")?, response: row.try_get("response")? })).transpose()
    }

    /// The first of those that are due.
    pub async fn stamps_due(&self, now: i64, most: i64) -> Result<Vec<WaitingStamp>, StoreError> {
        let sql =
            "SELECT root, signed, tries FROM stamps WHERE response IS NULL AND due_at <= $1 ORDER BY due_at LIMIT $2";
        let rows = sqlx::query(sql).bind(now).bind(most).fetch_all(&self.reader).await?;
        rows.iter()
            .map(|row| {
                Ok(WaitingStamp {
                    root: bytes(row, "root")?,
                    signed: row.try_get("signed")?,
                    tries: row.try_get("tries")?,
                })
            })
            .collect()
    }

    /// The authority answered.
    pub async fn stamp_came(&self, root: [u8; 32], response: Vec<u8>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "UPDATE stamps SET response = $2 WHERE root = $1";
                sqlx::query(sql).bind(&root[..]).bind(&response[..]).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// It didn't: it is asked again at `due`.
    pub async fn stamp_failed(&self, root: [u8; 32], due: i64) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "UPDATE stamps SET tries = tries + 1, due_at = $2 WHERE root = $1";
                sqlx::query(sql).bind(&root[..]).bind(due).execute(c).await?;
                Ok(())
            })
        })
        .await
    }
}
