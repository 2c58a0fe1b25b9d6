//! An organisation's key is made anew, in a member's browser: when somebody left who knew it. The one before it stays,
//! sealed to the new one, and opens what was sealed to it until its grants are sealed anew.

use crate::{
    Grant, NewEvent, Store, StoreError, What,
    cases::keep_grants,
    erasable::{lay, lift},
    events,
    forgotten::note,
    members::{self, keep_key},
    row::bytes,
};
use casework::{CaseId, MemberId};
use sqlx::Row;

/// Cases whose grants are handed out at once.
const AT_ONCE: i64 = 50;

/// A new key of an organisation, as an administrator's browser made it.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The recipient that it takes the place of.
    pub instead_of: String,
    /// Its recipient.
    pub recipient: String,
    /// Its identity, sealed to each member who had the one before.
    pub members: Vec<(MemberId, Vec<u8>)>,
    /// The identity before it, sealed to the new recipient.
    pub earlier: Vec<u8>,
    /// Who leaves by it.
    pub leaves: Option<MemberId>,
}

/// A key that an organisation had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierKey {
    /// Its number, from 0.
    pub number: i64,
    /// Its recipient.
    pub recipient: String,
    /// Its identity, sealed to the key that came after it.
    pub sealed: Vec<u8>,
    /// When it was replaced.
    pub at: i64,
    /// Whether grants may still be sealed to it.
    pub is_walked: bool,
}

/// The next grants that are to be sealed anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reseal {
    /// By case, all of the organisation's.
    pub grants: Vec<(CaseId, Grant)>,
    /// The cases of the organisation that are still ahead, these among them.
    pub left: i64,
    /// The last case of these; none: all were gone through.
    pub behind: Option<CaseId>,
}

impl Store {
    /// Puts a new key in force. Who leaves is gone by the same commit; nobody keeps the old key as the present one.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where another key is in force by now, or where those who have it are others than the browser
    /// saw: look again, then make it again.
    pub async fn replace_key(
        &self,
        organisation: String,
        new: NewKey,
        body: String,
        event: NewEvent,
    ) -> Result<(), StoreError> {
        let erases = new.leaves.is_some();
        self.write_and_tell(move |c| {
            Box::pin(async move {
                if let Some(leaves) = new.leaves {
                    members::away(c, leaves, &organisation, event.nonce, event.at).await?;
                }
                let has = sqlx::query(
                    "SELECT m.id FROM members m JOIN member_keys k ON k.member = m.id AND k.what = 'organisation' \
                     WHERE m.organisation = $1",
                )
                .bind(organisation.clone())
                .fetch_all(&mut *c)
                .await?;
                let mut has =
                    has.iter().map(|row| bytes(row, "id").map(MemberId)).collect::<Result<Vec<_>, StoreError>>()?;
                let mut given: Vec<_> = new.members.iter().map(|(member, _)| *member).collect();
                has.sort_unstable();
                given.sort_unstable();
                let changed = sqlx::query(
                    "UPDATE organisations SET recipient = $2, keys_due = NULL WHERE id = $1 AND recipient = $3",
                )
                .bind(organisation.clone())
                .bind(new.recipient)
                .bind(new.instead_of.clone())
                .execute(&mut *c)
                .await?;
                if changed.rows_affected() == 0 || has != given {
                    return Err(StoreError::Stale("who has the key"));
                }
                for (member, key) in &new.members {
                    keep_key(c, *member, members::ORGANISATION, key).await?;
                }
                sqlx::query(
                    "INSERT INTO organisation_keys (organisation, number, recipient, at, walked, sealed) \
                     SELECT $1, COUNT(*), $2, $3, $4, $5 FROM organisation_keys WHERE organisation = $1",
                )
                .bind(organisation.clone())
                .bind(new.instead_of)
                .bind(event.at)
                .bind(&[0_u8; 16][..])
                .bind(lay(&new.earlier)?)
                .execute(&mut *c)
                .await?;
                // A walk that was under way begins anew: to the newest key.
                sqlx::query("UPDATE organisation_keys SET walked = $2 WHERE organisation = $1 AND walked IS NOT NULL")
                    .bind(organisation.clone())
                    .bind(&[0_u8; 16][..])
                    .execute(&mut *c)
                    .await?;
                // A backup of before brings the old key back: then it is due to be made anew once more.
                note(c, What::Key, organisation.as_bytes(), None).await?;
                events::append(c, &organisation, None, &body, &event).await?;
                Ok(((), vec![organisation]))
            })
        })
        .await?;
        if erases { self.forget_erased().await } else { Ok(()) }
    }

    /// The keys that an organisation had before, the newest first.
    pub async fn earlier_keys(&self, organisation: &str) -> Result<Vec<EarlierKey>, StoreError> {
        let rows = sqlx::query("SELECT * FROM organisation_keys WHERE organisation = $1 ORDER BY number DESC")
            .bind(organisation.to_owned())
            .fetch_all(&self.reader)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(EarlierKey {
                    number: row.try_get("number")?,
                    recipient: row.try_get("recipient")?,
                    sealed: lift(row.try_get("sealed")?)?,
                    at: row.try_get("at")?,
                    is_walked: row.try_get::<Option<Vec<u8>>, _>("walked")?.is_none(),
                })
            })
            .collect()
    }

    /// The next grants of cases that are worked on or wait, to be sealed to the present key.
    pub async fn to_reseal(&self, organisation: &str) -> Result<Reseal, StoreError> {
        let row = sqlx::query(
            "SELECT walked FROM organisation_keys WHERE organisation = $1 AND walked IS NOT NULL ORDER BY walked LIMIT 1",
        )
        .bind(organisation.to_owned())
        .fetch_optional(&self.reader)
        .await?;
        let Some(walked) = row.map(|row| row.try_get::<Vec<u8>, _>("walked")).transpose()? else {
            return Ok(Reseal { grants: Vec::new(), left: 0, behind: None });
        };
        let cases = sqlx::query(
            "SELECT case_id FROM access WHERE organisation = $1 AND case_id > $2 AND (withdrawn_at IS NULL OR hold IS NOT NULL) \
             ORDER BY case_id LIMIT $3",
        )
        .bind(organisation.to_owned())
        .bind(walked.clone())
        .bind(AT_ONCE)
        .fetch_all(&self.reader)
        .await?;
        let cases = cases.iter().map(|row| bytes(row, "case_id").map(CaseId)).collect::<Result<Vec<_>, _>>()?;
        let left = sqlx::query(
            "SELECT COUNT(*) FROM access WHERE organisation = $1 AND case_id > $2 \
             AND (withdrawn_at IS NULL OR hold IS NOT NULL)",
        )
        .bind(organisation.to_owned())
        .bind(walked)
        .fetch_one(&self.reader)
        .await?
        .try_get(0)?;
        let mut grants = Vec::new();
        for case in &cases {
            grants.extend(self.grants(*case, Some(organisation)).await?.into_iter().map(|grant| (*case, grant)));
        }
        Ok(Reseal { grants, left, behind: cases.last().copied() })
    }

    /// Keeps grants that were sealed anew, and remembers how far the walk is; `behind` none: it is done.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where another key is in force than `recipient`.
    pub async fn reseal(
        &self,
        organisation: String,
        recipient: String,
        grants: Vec<(CaseId, Grant)>,
        behind: Option<CaseId>,
    ) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let present = sqlx::query("SELECT 1 FROM organisations WHERE id = $1 AND recipient = $2")
                    .bind(organisation.clone())
                    .bind(recipient)
                    .fetch_optional(&mut *c)
                    .await?;
                present.ok_or(StoreError::Stale("the organisation's key"))?;
                for (case, grant) in &grants {
                    // One that is gone meanwhile, shut out or erased, does not come back.
                    let gone = sqlx::query("DELETE FROM grants WHERE case_id = $1 AND holder = $2 AND epoch = $3")
                        .bind(&case.0[..])
                        .bind(organisation.clone())
                        .bind(grant.epoch)
                        .execute(&mut *c)
                        .await?;
                    if gone.rows_affected() > 0 {
                        keep_grants(c, *case, &[(&organisation[..], grant)]).await?;
                    }
                }
                sqlx::query("UPDATE organisation_keys SET walked = $2 WHERE organisation = $1 AND walked IS NOT NULL")
                    .bind(organisation)
                    .bind(behind.map(|case| case.0.to_vec()))
                    .execute(c)
                    .await?;
                Ok(())
            })
        })
        .await
    }
}
