//! Organisations that joined.

use crate::{
    News, Store, StoreError, What, endings,
    forgotten::note,
    members::at_least_one,
    row::{needed, taken},
};
use casework::{Organisation, Texts, is_organisation_id};
use sqlx::{AnyConnection, Row, any::AnyRow};

/// How an organisation is told that something new is there: never what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeWays {
    /// An address that gets a letter without content.
    pub email: Option<String>,
    /// A page of theirs that gets a signed call.
    pub webhook_url: Option<String>,
    /// The key of its signature.
    pub webhook_key: Option<Vec<u8>>,
}

/// An organisation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRecord {
    /// What its card shows.
    pub card: Organisation,
    /// Its own questions, as JSON (empty: none).
    pub questions: String,
    /// How many days it keeps a report after the last entry; none: until somebody erases it.
    pub retention_days: Option<i64>,
    /// How it is told.
    pub notices: NoticeWays,
    /// When it joined.
    pub added_at: i64,
    /// When it left.
    pub closed_at: Option<i64>,
}

impl Store {
    /// Adds an organisation. It can be offered once its first member made its key.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where the id is in use, [`StoreError::Malformed`] where it is none
    /// ([`is_organisation_id`]).
    pub async fn add_organisation(&self, record: OrganisationRecord) -> Result<(), StoreError> {
        if !is_organisation_id(&record.card.id) {
            return Err(StoreError::Malformed("the id of an organisation"));
        }
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO organisations (id, kind, name_vi, name_en, about_vi, about_en, law_vi, law_en, hours, \
                     provinces, questions, added_at) VALUES ($1, $2, '', '', '', '', '', '', '', '', '', $3)",
                )
                .bind(record.card.id.clone())
                .bind(record.card.kind.code())
                .bind(record.added_at)
                .execute(&mut *c)
                .await
                .map_err(|error| taken(error, "organisation"))?;
                put(c, record).await.map(drop)
            })
        })
        .await
    }

    /// Changes what the card shows, the questions and the ways to be told; key and id stay. Where it leaves, whoever
    /// referred somebody to it gets that back.
    pub async fn change_organisation(&self, record: OrganisationRecord) -> Result<(), StoreError> {
        let id = record.card.id.clone();
        self.write_and_tell(move |c| Box::pin(async move { Ok(((), put(c, record).await?)) })).await?;
        self.remembered.forget(&id);
        Ok(())
    }

    /// Whether its administrators must come by passkey.
    pub async fn admin_passkey(&self, id: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT admin_passkey FROM organisations WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(&self.reader)
            .await?
            .ok_or(StoreError::Absent("organisation"))?;
        Ok(row.try_get::<i64, _>(0)? != 0)
    }

    /// From now on its administrators must come by passkey, or need not.
    pub async fn set_admin_passkey(&self, id: String, must: bool) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "UPDATE organisations SET admin_passkey = $2 WHERE id = $1";
                let changed = sqlx::query(sql).bind(id).bind(i64::from(must)).execute(c).await?;
                at_least_one(changed.rows_affected(), "organisation")
            })
        })
        .await
    }

    /// Those that have not left, in the order in which they joined.
    pub async fn organisations(&self) -> Result<Vec<OrganisationRecord>, StoreError> {
        let rows = sqlx::query("SELECT * FROM organisations WHERE closed_at IS NULL ORDER BY added_at, id")
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(record).collect()
    }

    /// One of them, also one that left.
    pub async fn organisation(&self, id: &str) -> Result<OrganisationRecord, StoreError> {
        let row = sqlx::query("SELECT * FROM organisations WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(record).transpose()?.ok_or(StoreError::Absent("organisation"))
    }

    /// Seconds from arrival to first answer, the middle one of the last hundred answered; none where nobody answered
    /// yet.
    pub async fn answers_within(&self, id: &str) -> Result<Option<i64>, StoreError> {
        let rows = sqlx::query(
            "SELECT answered_at - granted_at FROM access WHERE organisation = $1 AND answered_at IS NOT NULL \
             ORDER BY answered_at DESC LIMIT 100",
        )
        .bind(id.to_owned())
        .fetch_all(&self.reader)
        .await?;
        let mut seconds = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
        seconds.sort_unstable();
        Ok(seconds.get(seconds.len() / 2).copied())
    }
}

/// Gives whom it is news for.
async fn put(c: &mut AnyConnection, record: OrganisationRecord) -> Result<Vec<News>, StoreError> {
    let (card, notices) = (record.card, record.notices);
    let mut told = Vec::new();
    let open = sqlx::query("SELECT 1 FROM organisations WHERE id = $1 AND closed_at IS NULL").bind(card.id.clone());
    if record.closed_at.is_some() && open.fetch_optional(&mut *c).await?.is_some() {
        note(c, What::Organisation, card.id.as_bytes(), None).await?;
        told = endings::give_back(c, &card.id, record.closed_at.unwrap_or_default()).await?;
    }
    let changed = sqlx::query(
        "UPDATE organisations SET name_vi = $2, name_en = $3, about_vi = $4, about_en = $5, law_vi = $6, law_en = $7, \
         hours = $8, provinces = $9, questions = $10, notice_email = $11, webhook_url = $12, webhook_key = $13, \
         closed_at = $14, retention_days = $15 WHERE id = $1",
    )
    .bind(card.id)
    .bind(card.name.vi)
    .bind(card.name.en)
    .bind(card.about.vi)
    .bind(card.about.en)
    .bind(card.told_by_law.vi)
    .bind(card.told_by_law.en)
    .bind(card.hours)
    .bind(card.provinces.join(" "))
    .bind(record.questions)
    .bind(notices.email)
    .bind(notices.webhook_url)
    .bind(notices.webhook_key)
    .bind(record.closed_at)
    .bind(record.retention_days)
    .execute(c)
    .await?;
    at_least_one(changed.rows_affected(), "organisation")?;
    Ok(told)
}

fn record(row: &AnyRow) -> Result<OrganisationRecord, StoreError> {
    let texts = |vi, en| Ok::<_, StoreError>(Texts { vi: row.try_get(vi)?, en: row.try_get(en)? });
    let provinces: String = row.try_get("provinces")?;
    Ok(OrganisationRecord {
        card: Organisation {
            id: row.try_get("id")?,
            kind: needed(row, "kind")?,
            name: texts("name_vi", "name_en")?,
            about: texts("about_vi", "about_en")?,
            told_by_law: texts("law_vi", "law_en")?,
            hours: row.try_get("hours")?,
            provinces: provinces.split_whitespace().map(str::to_owned).collect(),
            recipient: row.try_get("recipient")?,
        },
        questions: row.try_get("questions")?,
        retention_days: row.try_get("retention_days")?,
        notices: NoticeWays {
            email: row.try_get("notice_email")?,
            webhook_url: row.try_get("webhook_url")?,
            webhook_key: row.try_get("webhook_key")?,
        },
        added_at: row.try_get("added_at")?,
        closed_at: row.try_get("closed_at")?,
    })
}
