//! How the work of an organisation goes: lists for its supervisor, and the rows that figures are counted from.

use crate::{
    InboxRow, Store, StoreError, Team,
    row::{bytes, facts},
};
use casework::{CaseId, MemberId, clock, figures::Counted, work::Work};
use sqlx::Row;
use vocabulary::Ground;

/// What somebody has in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub owner: MemberId,
    /// Cases that she answers for.
    pub open: i64,
    /// Those whose next step should have been done.
    pub overdue: i64,
}

/// What a team has in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamLoad {
    /// Which.
    pub team: Team,
    /// Cases that were handed to it and are not over.
    pub open: i64,
    /// Those of them that nobody took on.
    pub untaken: i64,
    /// Those whose next step should have been done.
    pub overdue: i64,
}

/// A case that was closed, to be looked at by somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Its line in the queue.
    pub row: InboxRow,
    /// When it was closed.
    pub at: i64,
    /// Whether a review was written since.
    pub is_reviewed: bool,
}

impl Store {
    /// Who has how much in hand, by one walk over an index.
    pub async fn loads(&self, organisation: &str, now: i64) -> Result<Vec<Load>, StoreError> {
        let rows = sqlx::query(
            "SELECT owner, COUNT(*) AS open, SUM(CASE WHEN next_due <= $2 THEN 1 ELSE 0 END) AS overdue FROM access \
             WHERE organisation = $1 AND next_due IS NOT NULL AND withdrawn_at IS NULL AND owner IS NOT NULL \
             GROUP BY owner",
        )
        .bind(organisation.to_owned())
        .bind(now)
        .fetch_all(&self.reader)
        .await?;
        rows.iter()
            .map(|row| {
                let owner = bytes(row, "owner").map(MemberId)?;
                Ok(Load { owner, open: row.try_get("open")?, overdue: row.try_get("overdue")? })
            })
            .collect()
    }

    /// How much each team has in hand, by name; each is one walk over what of an index is the team's and not over.
    pub async fn team_loads(&self, organisation: &str, now: i64) -> Result<Vec<TeamLoad>, StoreError> {
        let mut loads = Vec::new();
        for team in self.teams(organisation).await? {
            let row = sqlx::query(
                "SELECT COUNT(*) AS open, SUM(CASE WHEN status = 'new' THEN 1 ELSE 0 END) AS untaken, \
                 SUM(CASE WHEN next_due <= $4 THEN 1 ELSE 0 END) AS overdue FROM access \
                 WHERE organisation = $1 AND team = $2 AND place < $3 AND withdrawn_at IS NULL",
            )
            .bind(organisation.to_owned())
            .bind(&team.id.0[..])
            .bind(clock::OVER)
            .bind(now)
            .fetch_one(&self.reader)
            .await?;
            let count = |name| row.try_get::<Option<i64>, _>(name).map(Option::unwrap_or_default);
            let (open, untaken, overdue) = (count("open")?, count("untaken")?, count("overdue")?);
            loads.push(TeamLoad { team, open, untaken, overdue });
        }
        Ok(loads)
    }

    /// How many cases are worked on and have no next step. The rules allow none: anything else is a fault of the program.
    pub async fn without_step(&self, organisation: &str) -> Result<i64, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) FROM access WHERE organisation = $1 AND next_due IS NULL AND withdrawn_at IS NULL \
             AND status IN ('open', 'waiting', 'reopened')",
        )
        .bind(organisation.to_owned())
        .fetch_one(&self.reader)
        .await?;
        Ok(row.try_get(0)?)
    }

    /// A few of the cases that were closed between these seconds, drawn by the random part of their log: nobody foresees
    /// which, and each look gives the same.
    pub async fn drawn_closed(
        &self,
        organisation: &str,
        (from, until): (i64, i64),
        most: u32,
    ) -> Result<Vec<Closed>, StoreError> {
        let lines = (self.log_from(organisation, from).await?, self.log_from(organisation, until).await?);
        let rows = sqlx::query(
            "SELECT case_id, at FROM events WHERE organisation = $1 AND number >= $2 AND number < $3 \
             AND case_id IS NOT NULL AND body LIKE '{\"kind\":\"closed\"%' ORDER BY leaf LIMIT $4",
        )
        .bind(organisation.to_owned())
        .bind(lines.0)
        .bind(lines.1)
        .bind(i64::from(most))
        .fetch_all(&self.reader)
        .await?;
        let mut drawn: Vec<Closed> = Vec::new();
        for row in &rows {
            let (case, at) = (bytes(row, "case_id").map(CaseId)?, row.try_get("at")?);
            if drawn.iter().any(|drawn| drawn.row.id == case) {
                continue;
            }
            let review = sqlx::query(
                "SELECT 1 FROM events WHERE case_id = $1 AND organisation = $2 AND at >= $3 AND body LIKE $4 LIMIT 1",
            )
            .bind(&case.0[..])
            .bind(organisation.to_owned())
            .bind(at)
            .bind("{\"kind\":\"noted\",\"about\":\"review\"%".to_owned())
            .fetch_optional(&self.reader)
            .await?;
            if let Some(row) = self.inbox_line(organisation, case).await? {
                drawn.push(Closed { row, at, is_reviewed: review.is_some() });
            }
        }
        Ok(drawn)
    }

    /// Cases of an organisation, from behind this one on, as far as they are counted.
    pub async fn counted(
        &self,
        organisation: &str,
        behind: CaseId,
        most: u32,
    ) -> Result<Vec<(CaseId, Counted)>, StoreError> {
        let rows = sqlx::query(
            "SELECT a.case_id, a.granted_at, a.answered_at, c.harm, c.urgency, c.age, c.sex, c.province, c.language, \
             w.state FROM access a JOIN cases c ON c.id = a.case_id \
             LEFT JOIN work w ON w.case_id = a.case_id AND w.organisation = a.organisation \
             WHERE a.organisation = $1 AND a.case_id > $2 ORDER BY a.case_id LIMIT $3",
        )
        .bind(organisation.to_owned())
        .bind(&behind.0[..])
        .bind(i64::from(most))
        .fetch_all(&self.reader)
        .await?;
        rows.iter()
            .map(|row| {
                let state: Option<String> = row.try_get("state")?;
                let work = match state {
                    Some(state) => {
                        serde_json::from_str(&state).map_err(|_| StoreError::Damaged("the state of a work"))?
                    }
                    None => Work::new(Ground::PersonLetIn),
                };
                let counted = Counted {
                    facts: facts(row)?,
                    granted_at: row.try_get("granted_at")?,
                    answered_at: row.try_get("answered_at")?,
                    work,
                };
                Ok((bytes(row, "case_id").map(CaseId)?, counted))
            })
            .collect()
    }
}
