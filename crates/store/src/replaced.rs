//! Receipts that were put in the place of older ones. No backup that is older knows the new words, and the old ones must
//! open nothing: so whoever keeps the lines of what was forgotten keeps beside them what the new words open.

use crate::{
    Grant, ReceiptRecord, Store, StoreError,
    cases::{RECEIPT, keep_grants, receipt_record},
    erasable::lift,
    row::taken,
};
use casework::CaseId;
use sqlx::{AnyConnection, Row};

/// What a new receipt opens. Nothing of it opens anything without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The line of what was forgotten that says that the old one is gone.
    pub line: i64,
    /// The new receipt.
    pub receipt: ReceiptRecord,
    /// Its grants, one for each epoch.
    pub grants: Vec<Grant>,
}

impl Store {
    /// The receipt that was put in the place of the one that went with this line; none where it went for another reason,
    /// was replaced once more, or where its case is gone.
    pub async fn replaced(&self, line: i64) -> Result<Option<Replaced>, StoreError> {
        // One statement: both are of one moment.
        let rows = sqlx::query(
            "SELECT c.locator, c.verifier, c.receipt_version, c.receipt_recipient, c.receipt_verify_key, g.epoch, \
             g.sealed FROM replaced r JOIN cases c ON c.id = r.case_id \
             JOIN grants g ON g.case_id = r.case_id AND g.holder = $1 WHERE r.number = $2 ORDER BY g.epoch",
        )
        .bind(RECEIPT)
        .bind(line)
        .fetch_all(&self.reader)
        .await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let grants = rows.iter().map(|row| {
            Ok(Grant { organisation: None, epoch: row.try_get("epoch")?, sealed: lift(row.try_get("sealed")?)? })
        });
        Ok(Some(Replaced { line, receipt: receipt_record(first)?, grants: grants.collect::<Result<_, StoreError>>()? }))
    }
}

/// Puts a receipt in the place of one whose grants are gone.
pub(crate) async fn put(c: &mut AnyConnection, id: CaseId, replaced: &Replaced) -> Result<(), StoreError> {
    let receipt = &replaced.receipt;
    sqlx::query(
        "UPDATE cases SET locator = $1, verifier = $2, receipt_version = $3, receipt_recipient = $4, \
         receipt_verify_key = $5 WHERE id = $6",
    )
    .bind(&receipt.locator[..])
    .bind(&receipt.verifier[..])
    .bind(i64::from(receipt.version))
    .bind(receipt.recipient.clone())
    .bind(&receipt.verify_key[..])
    .bind(&id.0[..])
    .execute(&mut *c)
    .await
    .map_err(|error| taken(error, "receipt"))?;
    keep_grants(c, id, &replaced.grants.iter().map(|grant| (RECEIPT, grant)).collect::<Vec<_>>()).await?;
    sqlx::query(
        "INSERT INTO replaced (case_id, number) VALUES ($1, $2) \
         ON CONFLICT (case_id) DO UPDATE SET number = excluded.number",
    )
    .bind(&id.0[..])
    .bind(replaced.line)
    .execute(c)
    .await?;
    Ok(())
}
