//! Programs of an organisation that read by themselves. Of a token only the hash is kept.

use crate::{
    Store, StoreError,
    members::at_least_one,
    row::{bytes, taken},
};
use sqlx::{Row, any::AnyRow};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// What a token may read: what stands in the clear, and what is sealed as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The list of cases, and a case with its sealed entries.
    Cases,
    /// What happened, without a word of it.
    Events,
}

impl Scope {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Cases, Self::Events];

    /// The word of the database and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cases => "cases:read",
            Self::Events => "events:read",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Scope {
    type Err = StoreError;

    fn from_str(code: &str) -> Result<Self, StoreError> {
        Self::ALL.iter().copied().find(|scope| scope.code() == code).ok_or(StoreError::Damaged("scopes"))
    }
}

/// A token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// SHA-256 of it.
    pub hash: [u8; 32],
    /// Whose cases it reads.
    pub organisation: String,
    /// What it is for, as people of the organisation call it.
    pub name: String,
    /// What it may read.
    pub scopes: BTreeSet<Scope>,
    /// Since when.
    pub made_at: i64,
    /// From this second on it opens nothing.
    pub expires_at: i64,
    /// When it was used last, to the minute.
    pub used_at: Option<i64>,
}

/// A program that asks steadily is noted once a minute: each note is a wait for the disk.
const NOTED_EVERY: i64 = 60;
/// The most tokens of one organisation.
const MOST: i64 = 50;

impl Store {
    /// Keeps a token.
    ///
    /// # Errors
    /// [`StoreError::OverLimit`] where the organisation has too many.
    pub async fn add_token(&self, token: Token) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let row = sqlx::query("SELECT COUNT(*) FROM tokens WHERE organisation = $1")
                    .bind(token.organisation.clone())
                    .fetch_one(&mut *c)
                    .await?;
                if row.try_get::<i64, _>(0)? >= MOST {
                    return Err(StoreError::OverLimit("tokens of an organisation"));
                }
                let scopes: Vec<_> = token.scopes.iter().map(|scope| scope.code()).collect();
                sqlx::query(
                    "INSERT INTO tokens (hash, organisation, name, scopes, made_at, expires_at) \
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(&token.hash[..])
                .bind(token.organisation)
                .bind(token.name)
                .bind(scopes.join(" "))
                .bind(token.made_at)
                .bind(token.expires_at)
                .execute(c)
                .await
                .map_err(|error| taken(error, "token"))?;
                Ok(())
            })
        })
        .await
    }

    /// The token of this hash, while it holds and its organisation is there; its use is noted.
    pub async fn token(&self, hash: [u8; 32], now: i64) -> Result<Token, StoreError> {
        let row = sqlx::query(
            "SELECT t.* FROM tokens t JOIN organisations o ON o.id = t.organisation \
             WHERE t.hash = $1 AND t.expires_at > $2 AND o.closed_at IS NULL",
        )
        .bind(&hash[..])
        .bind(now)
        .fetch_optional(&self.reader)
        .await?;
        let token = row.as_ref().map(token).transpose()?.ok_or(StoreError::Absent("token"))?;
        if token.used_at.is_none_or(|used| now.saturating_sub(NOTED_EVERY) >= used) {
            self.write(move |c| {
                Box::pin(async move {
                    let sql = "UPDATE tokens SET used_at = $2 WHERE hash = $1";
                    sqlx::query(sql).bind(&hash[..]).bind(now).execute(c).await?;
                    Ok(())
                })
            })
            .await?;
        }
        Ok(token)
    }

    /// Those of an organisation, the latest first; also those whose time is over.
    pub async fn tokens(&self, organisation: &str) -> Result<Vec<Token>, StoreError> {
        let rows = sqlx::query("SELECT * FROM tokens WHERE organisation = $1 ORDER BY made_at DESC, hash")
            .bind(organisation.to_owned())
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(token).collect()
    }

    /// From now on it opens nothing.
    pub async fn end_token(&self, organisation: String, hash: [u8; 32]) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let ended = sqlx::query("DELETE FROM tokens WHERE organisation = $1 AND hash = $2")
                    .bind(organisation)
                    .bind(&hash[..])
                    .execute(c)
                    .await?;
                at_least_one(ended.rows_affected(), "token")
            })
        })
        .await
    }
}

fn token(row: &AnyRow) -> Result<Token, StoreError> {
    let scopes: String = row.try_get("scopes")?;
    Ok(Token {
        hash: bytes(row, "hash")?,
        organisation: row.try_get("organisation")?,
        name: row.try_get("name")?,
        scopes: scopes.split_whitespace().map(str::parse).collect::<Result<_, _>>()?,
        made_at: row.try_get("made_at")?,
        expires_at: row.try_get("expires_at")?,
        used_at: row.try_get("used_at")?,
    })
}
