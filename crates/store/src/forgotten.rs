//! What was forgotten on purpose, line by line, so that no backup that is older brings it back.
//!
//! A line is written in the same transaction as what it tells of, names nobody (a hash over a secret of this house and an
//! id), and is numbered without a gap. Whoever keeps the lines beside the backups ([`Store::forgotten`]) can tell whether
//! one is missing.

use crate::{Store, StoreError, row::bytes};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, AnyExecutor, Row, any::AnyRow};
use std::{collections::BTreeMap, str::FromStr};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A case was erased, whoever asked for it.
    Case,
    /// Its erasure was asked for; `at` is when it is due.
    Asked,
    /// That was stopped.
    Stopped,
    /// Viewing and export of a case were locked.
    Locked,
    /// `holder` was shut out of a case, or its time ran out.
    Access,
    /// The grants of `holder`, up to `epoch`, were destroyed or replaced.
    Grant,
    /// An organisation left.
    Organisation,
    /// A member left, or changed her passphrase: her keys of before are gone.
    Member,
    /// A passkey of a member, whose id begins with `holder`, was removed.
    Passkey,
    /// Somebody left who knew the key of an organisation, or it was made anew: that key must not be in force again.
    Key,
}

impl What {
    const ALL: [Self; 10] = [
        Self::Case,
        Self::Asked,
        Self::Stopped,
        Self::Locked,
        Self::Access,
        Self::Grant,
        Self::Organisation,
        Self::Member,
        Self::Passkey,
        Self::Key,
    ];

    /// As it is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Asked => "asked",
            Self::Stopped => "stopped",
            Self::Locked => "locked",
            Self::Access => "access",
            Self::Grant => "grant",
            Self::Organisation => "organisation",
            Self::Member => "member",
            Self::Passkey => "passkey",
            Self::Key => "key",
        }
    }
}

impl FromStr for What {
    type Err = StoreError;

    fn from_str(code: &str) -> Result<Self, StoreError> {
        Self::ALL.into_iter().find(|what| what.code() == code).ok_or(StoreError::Damaged("what"))
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// From 1 on, without a gap.
    pub number: i64,
    /// What was done.
    pub what: What,
    /// [`Mark::of`] the id of the case, member or organisation.
    pub whose: [u8; 32],
    /// An organisation, `receipt`, or the beginning of a passkey's id.
    pub holder: Option<String>,
    /// Of grants: the highest that is gone.
    pub epoch: Option<i64>,
    /// When, by the clock as the server saw it last; seconds since 1970.
    pub at: i64,
}

/// Makes of an id what stands in a line: who has only the lines learns no id from them.
#[derive(Clone)]
pub struct Mark([u8; 32]);

impl Mark {
    /// Of the house with this seed ([`Store::signing_seed`]).
    pub fn new(signing_seed: &[u8; 32]) -> Self {
        Self(*signing_seed)
    }

    /// The mark of an id of this house.
    pub fn of(&self, id: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update("haidang forgotten 1").chain_update(self.0).chain_update(id).finalize().into()
    }

    /// A key for whoever keeps something of this house elsewhere; another one for each purpose.
    pub fn key_for(&self, purpose: &str) -> [u8; 32] {
        Sha256::new().chain_update("haidang key for ").chain_update(self.0).chain_update(purpose).finalize().into()
    }
}

impl Store {
    /// The lines behind this number, in their order, at most so many.
    pub async fn forgotten(&self, behind: i64, most: u32) -> Result<Vec<Forgotten>, StoreError> {
        let rows = sqlx::query("SELECT * FROM forgotten WHERE number > $1 ORDER BY number LIMIT $2")
            .bind(behind)
            .bind(i64::from(most))
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(line).collect()
    }

    /// What makes the marks of this house.
    pub async fn mark(&self) -> Result<Mark, StoreError> {
        Ok(Mark::new(&self.signing_seed().await?))
    }
}

/// The number of the last line; 0 before the first.
pub(crate) async fn last<'c>(from: impl AnyExecutor<'c>) -> Result<i64, StoreError> {
    Ok(sqlx::query("SELECT COALESCE(MAX(number), 0) FROM forgotten").fetch_one(from).await?.try_get(0)?)
}

/// Notes one thing, at the time that the server saw last.
pub(crate) async fn note(c: &mut AnyConnection, what: What, id: &[u8], holder: Option<&str>) -> Result<(), StoreError> {
    note_all(c, what, id, vec![(holder.map(str::to_owned), None)], None).await
}

/// Notes grants that were just deleted: the rows (`holder`, `epoch`) of `RETURNING holder, epoch`.
pub(crate) async fn note_grants(c: &mut AnyConnection, case: &[u8], gone: &[AnyRow]) -> Result<(), StoreError> {
    let mut highest: BTreeMap<String, i64> = BTreeMap::new();
    for row in gone {
        let (holder, epoch): (String, i64) = (row.try_get("holder")?, row.try_get("epoch")?);
        let kept = highest.entry(holder).or_insert(epoch);
        *kept = epoch.max(*kept);
    }
    let lines = highest.into_iter().map(|(holder, epoch)| (Some(holder), Some(epoch)));
    note_all(c, What::Grant, case, lines.collect(), None).await
}

/// Notes an erasure that was asked for and is due then.
pub(crate) async fn note_asked(c: &mut AnyConnection, case: &[u8], due: i64) -> Result<(), StoreError> {
    note_all(c, What::Asked, case, vec![(None, None)], Some(due)).await
}

/// A line for each holder and epoch.
async fn note_all(
    c: &mut AnyConnection,
    what: What,
    id: &[u8],
    of: Vec<(Option<String>, Option<i64>)>,
    at: Option<i64>,
) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT name, value FROM house WHERE name IN ('signing_seed', 'clock')");
    let (mut seed, mut clock) = (None, 0);
    for row in &rows.fetch_all(&mut *c).await? {
        match row.try_get::<String, _>("name")?.as_str() {
            "clock" => clock = i64::from_be_bytes(bytes(row, "value")?),
            _ => seed = Some(bytes(row, "value")?),
        }
    }
    let whose = Mark::new(&seed.ok_or(StoreError::Damaged("signing_seed"))?).of(id);
    for (holder, epoch) in of {
        let number = last(&mut *c).await? + 1;
        let line = Forgotten { number, what, whose, holder, epoch, at: at.unwrap_or(clock) };
        keep(c, &line).await?;
    }
    Ok(())
}

pub(crate) async fn keep(c: &mut AnyConnection, line: &Forgotten) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO forgotten (number, what, whose, holder, epoch, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(line.number)
        .bind(line.what.code())
        .bind(&line.whose[..])
        .bind(line.holder.clone())
        .bind(line.epoch)
        .bind(line.at)
        .execute(c)
        .await?;
    Ok(())
}

fn line(row: &AnyRow) -> Result<Forgotten, StoreError> {
    Ok(Forgotten {
        number: row.try_get("number")?,
        what: row.try_get::<String, _>("what")?.parse()?,
        whose: bytes(row, "whose")?,
        holder: row.try_get("holder")?,
        epoch: row.try_get("epoch")?,
        at: row.try_get("at")?,
    })
}
