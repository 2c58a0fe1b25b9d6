//! The log of an organisation: what happened, who did it, in one chain that only grows.
//!
//! A leaf is SHA-256(nonce ‖ SHA-256(organisation, number, case, time, who, body, SHA-256 of the sealed part)), a link of
//! the chain SHA-256(link before ‖ leaf). An erased case takes its lines' content and nonces along; their leaves stay, so
//! the chain holds and says nothing. The sealed part of a line can go alone: its hash stays.

use crate::{
    Store, StoreError, erasure,
    log::{Line, link},
    row::{bytes, number},
};
use casework::{
    CaseId,
    work::{Actor, Change},
};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row, any::AnyRow};

/// Something that happened, to be written down.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Who did it.
    pub by: Actor,
    /// When.
    pub at: i64,
    /// Random, so that nobody guesses what an erased line said.
    pub nonce: [u8; 32],
    /// Words that go with it, sealed to the organisation.
    pub sealed: Option<Vec<u8>>,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place in the log of the organisation, from 0.
    pub number: i64,
    /// The case; none for what concerns the organisation itself, and once the case is erased.
    pub case: Option<CaseId>,
    /// When.
    pub at: i64,
    /// Who did it.
    pub by: Actor,
    /// What, as JSON; none once it is erased.
    pub body: Option<String>,
    /// Words that go with it, sealed to the organisation.
    pub sealed: Option<Vec<u8>>,
    /// The chain up to here.
    pub chain: [u8; 32],
}

impl Event {
    /// What happened to the case; none for an erased line and for what concerns the organisation itself.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for what this program would not have written.
    pub fn change(&self) -> Result<Option<Change>, StoreError> {
        match (&self.case, &self.body) {
            (Some(_), Some(body)) => {
                serde_json::from_str(body).map(Some).map_err(|_| StoreError::Damaged("the body of an event"))
            }
            _ => Ok(None),
        }
    }
}

/// Writes the next line of a log.
pub(crate) async fn append(
    c: &mut AnyConnection,
    organisation: &str,
    case: Option<CaseId>,
    body: &str,
    new: &NewEvent,
) -> Result<i64, StoreError> {
    let last = sqlx::query("SELECT number, chain FROM events WHERE organisation = $1 ORDER BY number DESC LIMIT 1")
        .bind(organisation.to_owned())
        .fetch_optional(&mut *c)
        .await?;
    let (next, before) = match &last {
        Some(row) => (row.try_get::<i64, _>(0)? + 1, bytes(row, "chain")?),
        None => (0, [0; 32]),
    };
    let actor = new.by.to_string();
    let digest = new.sealed.as_ref().map(|sealed| <[u8; 32]>::from(Sha256::digest(sealed)));
    let line = Line { organisation, number: next, case, at: new.at, actor: &actor, body, digest: digest.as_ref() };
    let leaf = line.leaf(&new.nonce);
    sqlx::query(
        "INSERT INTO events (organisation, number, case_id, at, actor, body, nonce, leaf, chain, digest, sealed) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(organisation.to_owned())
    .bind(next)
    .bind(case.map(|case| case.0.to_vec()))
    .bind(new.at)
    .bind(actor.clone())
    .bind(body.to_owned())
    .bind(&new.nonce[..])
    .bind(&leaf[..])
    .bind(&link(&before, &leaf)[..])
    .bind(digest.map(|digest| digest.to_vec()))
    .bind(new.sealed.clone())
    .execute(c)
    .await?;
    Ok(next)
}

/// Whether the same member read the same a moment ago: a page that stays open looks again at each news.
pub(crate) async fn was_just_read(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    event: &NewEvent,
    body: &str,
    since: i64,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT 1 FROM events WHERE case_id = $1 AND organisation = $2 AND at > $3 AND actor = $4 AND body = $5 LIMIT 1",
    )
    .bind(&case.0[..])
    .bind(organisation.to_owned())
    .bind(since)
    .bind(event.by.to_string())
    .bind(body.to_owned())
    .fetch_optional(c)
    .await?;
    Ok(row.is_some())
}

/// What a line says goes; that there was one stays. `organisation`: of one alone.
pub(crate) async fn redact(c: &mut AnyConnection, case: CaseId, organisation: Option<&str>) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE events SET case_id = NULL, body = NULL, nonce = NULL, digest = NULL, sealed = NULL \
         WHERE case_id = $1 AND ($2 = '' OR organisation = $2)",
    )
    .bind(&case.0[..])
    .bind(organisation.unwrap_or_default().to_owned())
    .execute(c)
    .await?;
    Ok(())
}

/// The one line that is left of a case in a log: the month in which it came, and its harm. There is nothing to guess in
/// it, so its nonce is none.
pub(crate) async fn bury(c: &mut AnyConnection, organisation: &str, came: &AnyRow, at: i64) -> Result<(), StoreError> {
    // A damaged code must not keep a case from being erased.
    let harm = came.try_get::<Option<String>, _>("harm")?.and_then(|harm| harm.parse().ok());
    let erased = Change::Erased { month: erasure::month(came.try_get("received_at")?), harm };
    let body = serde_json::to_string(&erased).map_err(|_| StoreError::Bug)?;
    let event = NewEvent { by: Actor::Clock, at, nonce: [0; 32], sealed: None };
    append(c, organisation, None, &body, &event).await?;
    Ok(())
}

/// The words that staff kept beside a case go; what was done stays.
pub(crate) async fn drop_words(c: &mut AnyConnection, case: CaseId, organisation: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE events SET sealed = NULL WHERE case_id = $1 AND organisation = $2 AND sealed IS NOT NULL")
        .bind(&case.0[..])
        .bind(organisation.to_owned())
        .execute(c)
        .await?;
    Ok(())
}

impl Store {
    /// Lines of an organisation's log from this number on.
    pub async fn events(&self, organisation: &str, from: i64, most: u32) -> Result<Vec<Event>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM events WHERE organisation = $1 AND number >= $2 ORDER BY number LIMIT $3")
                .bind(organisation.to_owned())
                .bind(from)
                .bind(i64::from(most))
                .fetch_all(&self.reader)
                .await?;
        rows.iter().map(event).collect()
    }

    /// What happened to a case at one organisation, oldest first.
    pub async fn events_of_case(&self, case: CaseId, organisation: &str) -> Result<Vec<Event>, StoreError> {
        of_case(&self.reader, case, organisation).await
    }

    /// Writes down what concerns the organisation itself, not a case. `body` is JSON with a `kind`.
    pub async fn note_event(&self, organisation: String, body: String, event: NewEvent) -> Result<i64, StoreError> {
        self.write(move |c| Box::pin(async move { append(c, &organisation, None, &body, &event).await })).await
    }
}

pub(crate) async fn of_case<'e>(
    reader: impl sqlx::Executor<'e, Database = sqlx::Any>,
    case: CaseId,
    organisation: &str,
) -> Result<Vec<Event>, StoreError> {
    let rows = sqlx::query("SELECT * FROM events WHERE case_id = $1 AND organisation = $2 ORDER BY number")
        .bind(&case.0[..])
        .bind(organisation.to_owned())
        .fetch_all(reader)
        .await?;
    rows.iter().map(event).collect()
}

pub(crate) fn event(row: &AnyRow) -> Result<Event, StoreError> {
    let case: Option<Vec<u8>> = row.try_get("case_id")?;
    let actor: String = row.try_get("actor")?;
    Ok(Event {
        number: number(row, "number")?,
        case: case.map(|case| case[..].try_into()).transpose().map_err(|_| StoreError::Damaged("case_id"))?,
        at: row.try_get("at")?,
        by: actor.parse().map_err(|_| StoreError::Damaged("actor"))?,
        body: row.try_get("body")?,
        sealed: row.try_get("sealed")?,
        chain: bytes(row, "chain")?,
    })
}
