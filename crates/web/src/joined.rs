//! The organisations that a report can be sealed for, as every page and device is told of them.

use crate::{Site, site::House};
use casework::{Organisation, own_questions::OwnQuestion};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use store::{OrganisationRecord, StoreError};
use vocabulary::OrganisationKind;

/// How long it is remembered how fast an organisation answers, in seconds.
const REMEMBERED: i64 = 60;

/// An organisation that has joined: it has a key.
pub(crate) struct Joined {
    pub card: Organisation,
    pub open: bool,
    /// Seconds that it has usually taken to answer.
    pub answers_within: Option<i64>,
    pub questions: Vec<OwnQuestion>,
    /// How many days it keeps a report after the last entry.
    pub keeps_days: Option<i64>,
}

impl Joined {
    /// A platform gets notices, never cases.
    pub fn gets_cases(&self) -> bool {
        self.card.kind != OrganisationKind::Platform
    }

    /// As a device gets it.
    pub fn json(&self) -> Value {
        let card = &self.card;
        json!({
            "id": card.id, "kind": card.kind, "name": card.name, "about": card.about,
            "told_by_law": card.told_by_law, "hours": card.hours, "open": self.open, "provinces": card.provinces,
            "recipient": card.recipient, "answers_within": self.answers_within, "questions": self.questions,
            "keeps_days": self.keeps_days,
        })
    }
}

/// How fast each organisation answers, and when that was looked up.
#[derive(Default)]
pub(crate) struct Paces(Mutex<HashMap<String, (i64, Option<i64>)>>);

impl Paces {
    async fn of(&self, house: &House, id: &str, now: i64) -> Result<Option<i64>, StoreError> {
        if let Some((at, pace)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id)
            && (0..REMEMBERED).contains(&(now - at))
        {
            return Ok(*pace);
        }
        let pace = house.store.answers_within(id).await?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), (now, pace));
        Ok(pace)
    }
}

impl House {
    /// All of them, in the order in which they joined.
    ///
    /// # Errors
    /// The store can't be read.
    pub async fn joined(&self, site: &Site) -> Result<Vec<Joined>, StoreError> {
        let mut all = Vec::new();
        for record in self.store.organisations().await? {
            if record.card.recipient.is_some() {
                let answers_within = self.paces.of(self, &record.card.id, site.seconds()).await?;
                let (open, questions) = (record.card.open_at(site.now()), questions(&record));
                let keeps_days = record.retention_days;
                all.push(Joined { card: record.card, open, answers_within, questions, keeps_days });
            }
        }
        Ok(all)
    }
}

/// Its own questions. What can't be read (of a newer program, say) is not asked.
fn questions(record: &OrganisationRecord) -> Vec<OwnQuestion> {
    serde_json::from_str(&record.questions).unwrap_or_default()
}
