//! What the holder of the receipt may do with her case. Nothing of it while an erasure is under way: whoever forced the
//! receipt out of her can't lock her out meanwhile.

use crate::{
    Case, Grant, Happening, ReceiptRecord, Replaced, Store, StoreError, What, access,
    cases::{self, RECEIPT, keep_grants},
    entries::{self, Author, NewEntry},
    erasable::lift,
    family,
    forgotten::{self, note, note_asked, note_grants},
    house, replaced, work,
};
use casework::{CaseId, clock, erasure::Erasure, limits};
use sqlx::{AnyConnection, Row};

impl Store {
    /// Appends what she adds, sealed under `epoch`, which must still be the case's; every organisation that is let in
    /// has news and waits with an answer again. `nonce` is random. Gives the numbers.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where the case has gone on under a fresh identity, or is being erased.
    pub async fn add_by_person(
        &self,
        id: CaseId,
        epoch: i64,
        entries: Vec<NewEntry>,
        nonce: [u8; 32],
        at: i64,
    ) -> Result<Vec<i64>, StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                let case = held(c, id).await?;
                is_present(&case, epoch)?;
                let numbers = entries::append(c, id, &Author::Person, epoch, &entries, at).await?;
                Ok((numbers, work::person_wrote(c, id, nonce, at).await?))
            })
        })
        .await
    }

    /// Lets another organisation in: a grant for each epoch so far. The same again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where an epoch is missing or too many, [`StoreError::Taken`] where it is in already with
    /// other grants, [`StoreError::Absent`] where it can't be let in.
    pub async fn allow(&self, id: CaseId, organisation: String, grants: Vec<Grant>, at: i64) -> Result<(), StoreError> {
        let timing = self.timing(&organisation, at).await?;
        self.write_and_tell(move |c| {
            Box::pin(async move {
                let case = held(c, id).await?;
                has_every_epoch(&case, &grants)?;
                let holders = access::holders(c, id).await?;
                if holders.contains(&organisation) {
                    return if same_grants(c, id, &organisation, &grants).await? {
                        Ok(((), Vec::new()))
                    } else {
                        Err(StoreError::Taken("grant"))
                    };
                }
                if holders.len() >= limits::ORGANISATIONS_OF_CASE {
                    return Err(StoreError::OverLimit("organisations of a case"));
                }
                let place = clock::place_of_waiting(&timing, &case.facts, case.facts.urgency(), at);
                access::grant(c, id, &organisation, &case.facts, place, at).await?;
                keep_grants(c, id, &grants.iter().map(|grant| (&organisation[..], grant)).collect::<Vec<_>>()).await?;
                Ok(((), Happening::ReportReceived.to([organisation])))
            })
        })
        .await
    }

    /// Shuts an organisation out: its grants are destroyed, and the case goes on under a fresh identity (`recipient`)
    /// for which `grants` brings one for the receipt and one for each organisation that stays. The same again changes
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where the grants don't fit who is let in by now.
    pub async fn withdraw(
        &self,
        id: CaseId,
        organisation: String,
        recipient: String,
        grants: Vec<Grant>,
        at: i64,
    ) -> Result<(), StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                let case = held(c, id).await?;
                let mut holders = access::holders(c, id).await?;
                let is_in = holders.contains(&organisation);
                if recipient == case.recipient {
                    return if is_in { Err(StoreError::Malformed("a fresh recipient")) } else { Ok(((), Vec::new())) };
                }
                access::withdraw(c, id, &organisation, at).await?;
                holders.retain(|holder| *holder != organisation);
                holders.push(RECEIPT.into());
                holders.sort();
                let mut given: Vec<&str> = grants.iter().map(Grant::holder).collect();
                given.sort_unstable();
                if holders != given || grants.iter().any(|grant| grant.epoch != case.epoch + 1) {
                    return Err(StoreError::Stale("who is let in"));
                }
                // What the law makes it keep it keeps, but nothing that comes.
                let gone = sqlx::query(
                    "DELETE FROM grants WHERE case_id = $1 AND holder = $2 AND holder NOT IN \
                     (SELECT organisation FROM access WHERE case_id = $1 AND hold IS NOT NULL) RETURNING holder, epoch",
                )
                .bind(&id.0[..])
                .bind(organisation.clone())
                .fetch_all(&mut *c)
                .await?;
                note_grants(c, &id.0, &gone).await?;
                sqlx::query("UPDATE cases SET recipient = $1, epoch = epoch + 1 WHERE id = $2")
                    .bind(recipient)
                    .bind(&id.0[..])
                    .execute(&mut *c)
                    .await?;
                keep_grants(c, id, &grants.iter().map(|grant| (grant.holder(), grant)).collect::<Vec<_>>()).await?;
                Ok(((), vec![organisation]))
            })
        })
        .await
    }

    /// Puts a new receipt in the place of the old one, which opens nothing any more. `grants` brings every epoch.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where an epoch is missing or too many, [`StoreError::Taken`] for a receipt in use.
    pub async fn replace_receipt(
        &self,
        id: CaseId,
        receipt: ReceiptRecord,
        grants: Vec<Grant>,
    ) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                has_every_epoch(&held(c, id).await?, &grants)?;
                drop_grants(c, id, RECEIPT).await?;
                let line = forgotten::last(&mut *c).await?;
                replaced::put(c, id, &Replaced { line, receipt, grants }).await
            })
        })
        .await
    }

    /// Keeps the head of the log as her device saw it, sealed, in the place of the one before.
    pub async fn keep_seen(&self, id: CaseId, sealed: Vec<u8>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                held(c, id).await?;
                sqlx::query("UPDATE cases SET seen = $2 WHERE id = $1")
                    .bind(&id.0[..])
                    .bind(&sealed[..])
                    .execute(c)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// She says that it is over (saying so again doesn't move the day), or (`None`) that it goes on.
    pub async fn close_case(&self, id: CaseId, at: Option<i64>) -> Result<(), StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                let closed = held(c, id).await?.closed_at;
                if closed.is_some() == at.is_some() {
                    return Ok(((), Vec::new()));
                }
                set(c, "UPDATE cases SET closed_at = $2 WHERE id = $1", id, at).await?;
                Ok(((), access::news_of_person(c, id).await?))
            })
        })
        .await
    }

    /// She asks for the erasure: hidden from the receipt at once, kept for the organisations until it is due, which is
    /// when this says; they are told. Asking again doesn't move the day.
    pub async fn ask_erasure(&self, id: CaseId, now: i64) -> Result<i64, StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                // Before the day is set, or a clock that was put right meanwhile would move it too.
                house::see_clock(c, now).await?;
                let before = Erasure::from_due(cases::one(c, id).await?.erase_due);
                let Erasure::Due(due) = before.ask(now) else { return Err(StoreError::Bug) };
                if before.hides() {
                    return Ok((due, Vec::new()));
                }
                let mut told = Vec::new();
                for id in family::below(c, id).await? {
                    set(c, "UPDATE cases SET erase_due = $2 WHERE id = $1", id, Some(due)).await?;
                    note_asked(c, &id.0, due).await?;
                    told.extend(access::news_of_person(c, id).await?);
                }
                Ok((due, told))
            })
        })
        .await
    }

    /// She, or an organisation for her, stops the erasure; the receipt shows the case again.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where it was carried out.
    pub async fn stop_erasure(&self, id: CaseId) -> Result<(), StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                if cases::one(c, id).await?.erase_due.is_none() {
                    return Ok(((), Vec::new()));
                }
                let mut told = Vec::new();
                for id in family::below(c, id).await? {
                    set(c, "UPDATE cases SET erase_due = $2 WHERE id = $1", id, None).await?;
                    note(c, What::Stopped, &id.0, None).await?;
                    told.extend(access::news_of_person(c, id).await?);
                }
                Ok(((), told))
            })
        })
        .await
    }
}

/// The case, unless it is being erased.
pub(crate) async fn held(c: &mut AnyConnection, id: CaseId) -> Result<Case, StoreError> {
    let case = cases::one(c, id).await?;
    if Erasure::from_due(case.erase_due).hides() { Err(StoreError::Stale("the erasure")) } else { Ok(case) }
}

/// Whether what was sealed under this epoch may still be added.
pub(crate) fn is_present(case: &Case, epoch: i64) -> Result<(), StoreError> {
    if case.epoch == epoch { Ok(()) } else { Err(StoreError::Stale("the case's keys")) }
}

fn has_every_epoch(case: &Case, grants: &[Grant]) -> Result<(), StoreError> {
    if grants.iter().map(|grant| grant.epoch).eq(0..=case.epoch) {
        Ok(())
    } else {
        Err(StoreError::Stale("the case's keys"))
    }
}

async fn same_grants(c: &mut AnyConnection, id: CaseId, holder: &str, grants: &[Grant]) -> Result<bool, StoreError> {
    let rows = sqlx::query("SELECT sealed FROM grants WHERE case_id = $1 AND holder = $2 ORDER BY epoch")
        .bind(&id.0[..])
        .bind(holder.to_owned())
        .fetch_all(c)
        .await?;
    let kept = rows.iter().map(|row| lift(row.try_get(0)?)).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(kept.iter().eq(grants.iter().map(|grant| &grant.sealed)))
}

pub(crate) async fn drop_grants(c: &mut AnyConnection, id: CaseId, holder: &str) -> Result<(), StoreError> {
    let gone = sqlx::query("DELETE FROM grants WHERE case_id = $1 AND holder = $2 RETURNING holder, epoch")
        .bind(&id.0[..])
        .bind(holder.to_owned())
        .fetch_all(&mut *c)
        .await?;
    note_grants(c, &id.0, &gone).await
}

async fn set(c: &mut AnyConnection, sql: &'static str, id: CaseId, value: Option<i64>) -> Result<(), StoreError> {
    sqlx::query(sql).bind(&id.0[..]).bind(value).execute(c).await?;
    Ok(())
}
