//! Cases that were made out of one another: hers, and those for the organisations that she was referred to. She finds them
//! by her own.

use crate::{Case, Grant, Store, StoreError, cases, row::bytes};
use casework::CaseId;
use sqlx::AnyConnection;

/// Whose grants are sealed to the case that a case was made out of.
pub(crate) const ORIGIN: &str = "origin";

/// A case and all that were made out of it, the nearest first.
const BELOW: &str = "WITH RECURSIVE below (case_id, depth) AS (SELECT id, 0 FROM cases WHERE id = $1 \
                     UNION ALL SELECT c.id, b.depth + 1 FROM cases c JOIN below b ON c.parent = b.case_id) \
                     SELECT c.* FROM below b JOIN cases c ON c.id = b.case_id ORDER BY b.depth, c.received_at, c.id";

impl Store {
    /// The cases that were made out of this one for other organisations, and out of those: the nearest first, so that each
    /// opens by one that stands before it.
    pub async fn descendants(&self, of: CaseId) -> Result<Vec<Case>, StoreError> {
        let rows = sqlx::query(BELOW).bind(&of.0[..]).fetch_all(&self.reader).await?;
        rows.iter().skip(1).map(cases::case).collect()
    }

    /// The identity of a case that was made out of another one, sealed to that one: for whoever shows the receipt of the
    /// first of them.
    pub async fn grants_of_origin(&self, id: CaseId) -> Result<Vec<Grant>, StoreError> {
        self.grants_of(id, ORIGIN).await
    }
}

/// The case itself, and all that were made out of it.
pub(crate) async fn below(c: &mut AnyConnection, id: CaseId) -> Result<Vec<CaseId>, StoreError> {
    let rows = sqlx::query(BELOW).bind(&id.0[..]).fetch_all(c).await?;
    rows.iter().map(|row| bytes(row, "id").map(CaseId)).collect()
}

/// The first of them, and all that were made out of it.
pub(crate) async fn whole(c: &mut AnyConnection, id: CaseId) -> Result<Vec<CaseId>, StoreError> {
    let mut first = id;
    while let Some(parent) = parent(c, first).await? {
        first = parent;
    }
    below(c, first).await
}

/// The case that it was made out of, where that is still there.
pub(crate) async fn parent(c: &mut AnyConnection, id: CaseId) -> Result<Option<CaseId>, StoreError> {
    let row = sqlx::query("SELECT p.id FROM cases c JOIN cases p ON p.id = c.parent WHERE c.id = $1")
        .bind(&id.0[..])
        .fetch_optional(c)
        .await?;
    row.map(|row| bytes(&row, "id").map(CaseId)).transpose()
}

/// Whether the second one was made out of the first, or is the first.
pub(crate) async fn reaches(c: &mut AnyConnection, from: CaseId, to: CaseId) -> Result<(), StoreError> {
    if below(c, from).await?.contains(&to) { Ok(()) } else { Err(StoreError::Absent("case")) }
}

/// A case made out of another one with the same facts in the clear. No receipt finds it.
pub(crate) async fn bear(
    c: &mut AnyConnection,
    origin: &Case,
    child: (CaseId, &str),
    referral: casework::ItemId,
    members_only: bool,
    at: i64,
) -> Result<(), StoreError> {
    let (id, recipient) = child;
    sqlx::query(
        "INSERT INTO cases (id, locator, verifier, receipt_version, receipt_recipient, receipt_verify_key, recipient, epoch, \
         audience, harm, urgency, age, sex, province, language, received_at, locked_at, parent, referral, members_only) \
         SELECT $1, NULL, $2, 0, recipient, $2, $3, 0, audience, harm, urgency, age, sex, province, language, $4, \
         locked_at, id, $5, $6 FROM cases WHERE id = $7",
    )
    .bind(&id.0[..])
    .bind(&[0_u8; 32][..])
    .bind(recipient.to_owned())
    .bind(at)
    .bind(&referral.0[..])
    .bind(i64::from(members_only))
    .bind(&origin.id.0[..])
    .execute(c)
    .await
    .map_err(|error| crate::row::taken(error, "case"))?;
    Ok(())
}
