//! Reports whose time with an organisation runs out: it loses its key; the last one's time ends the case.

use crate::{
    Store, StoreError, What,
    access::{self, InboxRow, inbox_row},
    erasure, events, family,
    forgotten::{note, note_grants},
    holder, house,
    members::at_least_one,
    row::bytes,
};
use casework::{CaseId, retention};
use sqlx::{AnyConnection, Row};
use vocabulary::HoldGround;

/// Cases of one organisation that are ended in one go; the rest a minute later.
const AT_ONCE: i64 = 200;

/// Lines of an organisation's list that fit what follows.
macro_rules! rows_sql {
    ($rest:literal) => {
        concat!(
            "SELECT a.*, c.id, c.harm, c.urgency, c.age, c.sex, c.province, c.language, c.closed_at, \
             c.erase_due, c.members_only FROM access a JOIN cases c ON c.id = a.case_id WHERE a.organisation = $1 AND ",
            $rest
        )
    };
}

impl Store {
    /// An organisation must keep what it has of a report for this reason: beyond its time, beyond an erasure, also when
    /// she shuts it out; or (`None`) need not any more. She can see it.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where it isn't let in and has nothing that it must keep.
    pub async fn hold(
        &self,
        id: CaseId,
        organisation: String,
        ground: Option<HoldGround>,
        at: i64,
    ) -> Result<(), StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                let sql = "UPDATE access SET hold = $1, held_at = $2 \
                           WHERE case_id = $3 AND organisation = $4 AND (withdrawn_at IS NULL OR hold IS NOT NULL)";
                let held = sqlx::query(sql)
                    .bind(ground.map(HoldGround::code))
                    .bind(ground.map(|_| at))
                    .bind(&id.0[..])
                    .bind(organisation.clone())
                    .execute(&mut *c)
                    .await?;
                at_least_one(held.rows_affected(), "case")?;
                // What it only had because it must is destroyed when it need not any more.
                let gone = sqlx::query(
                    "DELETE FROM grants WHERE case_id = $1 AND holder = $2 AND holder IN (SELECT organisation FROM access \
                     WHERE case_id = $1 AND withdrawn_at IS NOT NULL AND hold IS NULL) RETURNING holder, epoch",
                )
                .bind(&id.0[..])
                .bind(organisation.clone())
                .fetch_all(&mut *c)
                .await?;
                note_grants(c, &id.0, &gone).await?;
                Ok(((), vec![organisation]))
            })
        })
        .await
    }

    /// Reports that an organisation must keep, also those it was shut out of; the latest first.
    pub async fn held(&self, organisation: &str, most: u32) -> Result<Vec<InboxRow>, StoreError> {
        let rows = sqlx::query(rows_sql!("a.hold IS NOT NULL ORDER BY a.held_at DESC LIMIT $2"))
            .bind(organisation.to_owned())
            .bind(i64::from(most))
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(inbox_row).collect()
    }

    /// Reports of an organisation whose time runs out within [`retention::WARNING_SECONDS`], the next one first.
    pub async fn running_out(&self, organisation: &str, now: i64, most: u32) -> Result<Vec<InboxRow>, StoreError> {
        let Some(days) = self.organisation(organisation).await?.retention_days else { return Ok(Vec::new()) };
        let now = now.saturating_sub(house::clock_ahead(&self.reader).await?);
        let rows = sqlx::query(rows_sql!(
            "a.withdrawn_at IS NULL AND a.hold IS NULL AND a.touched_at <= $2 ORDER BY a.touched_at LIMIT $3"
        ))
        .bind(organisation.to_owned())
        .bind(retention::cutoff(now.saturating_add(retention::WARNING_SECONDS), days))
        .bind(i64::from(most))
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(inbox_row).collect()
    }

    /// Ends what has run out. Time that nobody saw go by doesn't count, as with erasures.
    pub(crate) async fn run_out(&self, now: i64) -> Result<usize, StoreError> {
        let now = now.saturating_sub(house::clock_ahead(&self.reader).await?);
        let all = sqlx::query("SELECT id, retention_days FROM organisations WHERE retention_days IS NOT NULL")
            .fetch_all(&self.reader)
            .await?;
        let mut ended = 0;
        for row in &all {
            let (organisation, days): (String, i64) = (row.try_get("id")?, row.try_get("retention_days")?);
            let cutoff = retention::cutoff(now, days);
            let over = sqlx::query(
                "SELECT case_id FROM access WHERE organisation = $1 AND withdrawn_at IS NULL AND hold IS NULL \
                 AND touched_at <= $2 ORDER BY touched_at LIMIT $3",
            )
            .bind(organisation.clone())
            .bind(cutoff)
            .bind(AT_ONCE)
            .fetch_all(&self.reader)
            .await?;
            for row in &over {
                let (id, organisation) = (bytes(row, "case_id").map(CaseId)?, organisation.clone());
                let has_ended = self.write_and_tell(move |c| Box::pin(end(c, id, organisation, cutoff, now))).await?;
                ended += usize::from(has_ended);
            }
        }
        Ok(ended)
    }
}

/// Reports whose last month began while the time that counts went from one second to another are news to whom they end
/// for: once, also where no server ran meanwhile. Gives the organisations.
pub(crate) async fn warn(c: &mut AnyConnection, from: i64, to: i64) -> Result<Vec<String>, StoreError> {
    let all = sqlx::query("SELECT id, retention_days FROM organisations WHERE retention_days IS NOT NULL")
        .fetch_all(&mut *c)
        .await?;
    let mut warned = Vec::new();
    for row in &all {
        let (organisation, days): (String, i64) = (row.try_get("id")?, row.try_get("retention_days")?);
        let [from, to] = [from, to].map(|at| retention::cutoff(at.saturating_add(retention::WARNING_SECONDS), days));
        let near = sqlx::query(
            "UPDATE access SET news = 1 WHERE organisation = $1 AND withdrawn_at IS NULL AND hold IS NULL \
             AND touched_at > $2 AND touched_at <= $3",
        )
        .bind(organisation.clone())
        .bind(from)
        .bind(to)
        .execute(&mut *c)
        .await?;
        if near.rows_affected() > 0 {
            warned.push(organisation);
        }
    }
    Ok(warned)
}

/// Looked at again inside the write: somebody may have written meanwhile.
async fn end(
    c: &mut AnyConnection,
    id: CaseId,
    organisation: String,
    cutoff: i64,
    now: i64,
) -> Result<(bool, Vec<String>), StoreError> {
    let over = sqlx::query(
        "UPDATE access SET withdrawn_at = $1, ran_out_at = $1 WHERE case_id = $2 AND organisation = $3 \
         AND withdrawn_at IS NULL AND hold IS NULL AND touched_at <= $4",
    )
    .bind(now)
    .bind(&id.0[..])
    .bind(organisation.clone())
    .bind(cutoff)
    .execute(&mut *c)
    .await?;
    if over.rows_affected() == 0 {
        return Ok((false, Vec::new()));
    }
    note(c, What::Access, &id.0, Some(&organisation)).await?;
    holder::drop_grants(c, id, &organisation).await?;
    let came =
        sqlx::query("SELECT harm, received_at FROM cases WHERE id = $1").bind(&id.0[..]).fetch_one(&mut *c).await?;
    events::redact(c, id, Some(&organisation)).await?;
    events::bury(c, &organisation, &came, now).await?;
    // For as long as somebody helps in a case that was made out of this one, or that this was made out of, she needs it to
    // come back by.
    let family = family::whole(c, id).await?;
    for each in &family {
        if !access::holders(c, *each).await?.is_empty() {
            return Ok((true, vec![organisation]));
        }
    }
    for each in family {
        erasure::bury(c, each, now).await?;
    }
    Ok((true, vec![organisation]))
}
