//! Answers that an organisation has ready: a frame for words, about nobody.

use crate::{Store, StoreError, members::at_least_one, row::bytes};
use casework::{ItemId, Texts};
use sqlx::Row;

/// An answer to begin from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Random.
    pub id: ItemId,
    /// What colleagues find it by.
    pub title: String,
    /// The words, in both languages.
    pub text: Texts,
}

impl Store {
    /// The templates of an organisation, by title.
    pub async fn templates(&self, organisation: &str) -> Result<Vec<Template>, StoreError> {
        let rows = sqlx::query("SELECT id, title, vi, en FROM templates WHERE organisation = $1 ORDER BY title, id")
            .bind(organisation.to_owned())
            .fetch_all(&self.reader)
            .await?;
        rows.iter()
            .map(|row| {
                let text = Texts { vi: row.try_get("vi")?, en: row.try_get("en")? };
                Ok(Template { id: bytes(row, "id").map(ItemId)?, title: row.try_get("title")?, text })
            })
            .collect()
    }

    /// Keeps a template, in the place of the one with its id.
    ///
    /// # Errors
    /// [`StoreError::Taken`] for the id of another organisation's.
    pub async fn keep_template(&self, organisation: String, template: Template, at: i64) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let kept = sqlx::query(
                    "INSERT INTO templates (id, organisation, title, vi, en, at) VALUES ($1, $2, $3, $4, $5, $6) \
                     ON CONFLICT (id) DO UPDATE SET title = excluded.title, vi = excluded.vi, en = excluded.en, \
                     at = excluded.at WHERE templates.organisation = excluded.organisation",
                )
                .bind(&template.id.0[..])
                .bind(organisation)
                .bind(template.title)
                .bind(template.text.vi)
                .bind(template.text.en)
                .bind(at)
                .execute(c)
                .await?;
                if kept.rows_affected() == 0 { Err(StoreError::Taken("template")) } else { Ok(()) }
            })
        })
        .await
    }

    /// Takes a template away.
    pub async fn drop_template(&self, organisation: String, template: ItemId) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let gone = sqlx::query("DELETE FROM templates WHERE id = $1 AND organisation = $2")
                    .bind(&template.0[..])
                    .bind(organisation)
                    .execute(c)
                    .await?;
                at_least_one(gone.rows_affected(), "template")
            })
        })
        .await
    }
}
