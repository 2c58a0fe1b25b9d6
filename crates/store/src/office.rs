//! What an organisation decides for itself beside its card: its clocks, and who is told where nobody looks.

use crate::{Store, StoreError, members::at_least_one, row::bytes, work};
use casework::{CaseId, Clocks, Timing, clock};
use sqlx::{Row, any::AnyRow};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use vocabulary::Urgency;

/// How long an organisation's terms are remembered, in seconds: what another server changed holds here so much later.
const REMEMBERED: i64 = 60;
/// Cases whose place is reckoned anew in one write.
const AT_ONCE: i64 = 500;

/// What it decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its clocks: never longer than the defaults.
    pub clocks: Clocks,
    /// Addresses that are told when a report of danger lies unopened.
    pub duty_contacts: Vec<String>,
    /// Since when somebody has left who knew its key.
    pub keys_due: Option<i64>,
}

/// What a list of an organisation's cases is reckoned with.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Its clocks and calendar.
    pub timing: Arc<Timing>,
    /// How many days it keeps a report after the last entry; none: until somebody erases it.
    pub retention_days: Option<i64>,
}

/// The terms of organisations, as they were read last: a report that arrives must not wait for them.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<HashMap<String, (i64, Terms)>>);

impl Remembered {
    fn of(&self, organisation: &str, now: i64) -> Option<Terms> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, terms) = known.get(organisation)?;
        (0..REMEMBERED).contains(&(now - at)).then(|| terms.clone())
    }

    fn keep(&self, organisation: &str, now: i64, terms: &Terms) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(organisation.to_owned(), (now, terms.clone()));
    }

    pub(crate) fn forget(&self, organisation: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(organisation);
    }
}

impl Store {
    /// An organisation's terms, at most a minute old; the defaults for one that isn't there.
    pub async fn terms(&self, organisation: &str, now: i64) -> Result<Terms, StoreError> {
        if let Some(terms) = self.remembered.of(organisation, now) {
            return Ok(terms);
        }
        let row = sqlx::query("SELECT clocks, hours, retention_days FROM organisations WHERE id = $1")
            .bind(organisation.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        let Some(row) = row else { return Ok(Terms::default()) };
        let timing = Arc::new(Timing::new(row.try_get("clocks")?, row.try_get("hours")?));
        let terms = Terms { timing, retention_days: row.try_get("retention_days")? };
        self.remembered.keep(organisation, now, &terms);
        Ok(terms)
    }

    /// Its clocks and calendar alone.
    pub async fn timing(&self, organisation: &str, now: i64) -> Result<Arc<Timing>, StoreError> {
        Ok(self.terms(organisation, now).await?.timing)
    }

    pub(crate) async fn timings(
        &self,
        organisations: impl Iterator<Item = &str>,
        now: i64,
    ) -> Result<Vec<Arc<Timing>>, StoreError> {
        let mut timings = Vec::new();
        for organisation in organisations {
            timings.push(self.timing(organisation, now).await?);
        }
        Ok(timings)
    }

    /// What an organisation decided for itself.
    pub async fn office(&self, organisation: &str) -> Result<Office, StoreError> {
        let row = sqlx::query("SELECT clocks, duty_contacts, keys_due FROM organisations WHERE id = $1")
            .bind(organisation.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(office).transpose()?.ok_or(StoreError::Absent("organisation"))
    }

    /// Changes its clocks and duty contacts.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] for a clock that is longer than the default.
    pub async fn change_office(
        &self,
        organisation: String,
        clocks: Clocks,
        duty_contacts: Vec<String>,
    ) -> Result<(), StoreError> {
        if !clocks.may_be_set() {
            return Err(StoreError::Malformed("a clock that is no longer than the default"));
        }
        let id = organisation.clone();
        self.write(move |c| {
            Box::pin(async move {
                let text = if clocks == Clocks::DEFAULT {
                    String::new()
                } else {
                    serde_json::to_string(&clocks).map_err(|_| StoreError::Bug)?
                };
                let changed = sqlx::query("UPDATE organisations SET clocks = $2, duty_contacts = $3 WHERE id = $1")
                    .bind(organisation)
                    .bind(text)
                    .bind(duty_contacts.join(" "))
                    .execute(c)
                    .await?;
                at_least_one(changed.rows_affected(), "organisation")
            })
        })
        .await?;
        self.remembered.forget(&id);
        Ok(())
    }

    /// After clocks or hours changed: whoever waits gets her place by the new ones. Gives how many were looked at.
    pub async fn place_anew(&self, organisation: &str, now: i64) -> Result<u64, StoreError> {
        let (mut behind, mut looked_at) = (CaseId([0; 16]), 0);
        loop {
            let rows = sqlx::query(
                "SELECT case_id FROM access WHERE organisation = $1 AND waits_since IS NOT NULL \
                 AND withdrawn_at IS NULL AND place < $2 AND case_id > $3 ORDER BY case_id LIMIT $4",
            )
            .bind(organisation.to_owned())
            .bind(clock::ANSWERED)
            .bind(&behind.0[..])
            .bind(AT_ONCE)
            .fetch_all(&self.reader)
            .await?;
            let cases = rows.iter().map(|row| bytes(row, "case_id").map(CaseId)).collect::<Result<Vec<_>, _>>()?;
            let Some(&last) = cases.last() else { return Ok(looked_at) };
            (behind, looked_at) = (last, looked_at + cases.len() as u64);
            let organisation = organisation.to_owned();
            self.write(move |c| {
                Box::pin(async move {
                    for case in cases {
                        work::settle_anew(c, case, &organisation, now).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        }
    }

    /// Reports of danger that came at this second or before and that nobody here has opened, of one organisation, and whose
    /// duty contacts were not told yet. Gives the seconds at which they came; from now on they count as told.
    pub async fn take_unopened(&self, organisation: &str, until: i64, now: i64) -> Result<Vec<i64>, StoreError> {
        const UNOPENED: &str = "organisation = $1 AND place < $2 AND withdrawn_at IS NULL AND waits_since IS NOT NULL \
                                AND opened_at IS NULL AND alarmed_at IS NULL AND granted_at <= $3";
        let sql = format!("SELECT 1 FROM access WHERE {UNOPENED} LIMIT 1");
        let some = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(organisation.to_owned())
            .bind(clock::behind(Urgency::Now))
            .bind(until)
            .fetch_optional(&self.reader)
            .await?;
        if some.is_none() {
            return Ok(Vec::new());
        }
        let organisation = organisation.to_owned();
        // Of several servers one alone gets each.
        self.write(move |c| {
            Box::pin(async move {
                let sql = format!("UPDATE access SET alarmed_at = $4 WHERE {UNOPENED} RETURNING granted_at");
                let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(organisation)
                    .bind(clock::behind(Urgency::Now))
                    .bind(until)
                    .bind(now)
                    .fetch_all(c)
                    .await?;
                rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
            })
        })
        .await
    }
}

fn office(row: &AnyRow) -> Result<Office, StoreError> {
    let contacts: String = row.try_get("duty_contacts")?;
    Ok(Office {
        clocks: Clocks::read(row.try_get("clocks")?),
        duty_contacts: contacts.split_whitespace().map(str::to_owned).collect(),
        keys_due: row.try_get("keys_due")?,
    })
}
