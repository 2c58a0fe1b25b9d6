//! One organisation's way into one case, its inbox, and the log of who opened what.

use crate::{
    Opened, Opening, Store, StoreError, What, cases,
    events::{self, NewEvent},
    family,
    forgotten::note,
    members::at_least_one,
    row::{bytes, code, facts, needed},
    work,
};
use casework::{CaseId, Facts, ItemId, MemberId, clock};
use sqlx::{AnyConnection, Row, any::AnyRow};
use vocabulary::{CaseState, HoldGround, ReportState, Urgency};

/// Opened again within this time by the same role of the same organisation counts as the same opening.
const SAME_OPENING_SECONDS: i64 = 15 * 60;

/// Lines of a queue in the order of this column.
macro_rules! queue_sql {
    ($order:literal, $from:literal, $which:literal) => {
        concat!(
            "SELECT ",
            $order,
            " AS place, a.state, a.granted_at, a.answered_at, a.news, a.touched_at, a.hold, a.status, a.owner, a.next_due, \
             a.waits_since, a.team, a.found, c.id, c.harm, c.urgency, c.age, c.sex, c.province, c.language, \
             c.closed_at, c.erase_due, c.members_only FROM ",
            $from,
            " JOIN cases c ON c.id = a.case_id WHERE ",
            $which,
            " ORDER BY ",
            $order,
            ", a.case_id LIMIT $4"
        )
    };
}

/// How an organisation stands to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The organisation.
    pub organisation: String,
    /// Where the report stands there.
    pub state: ReportState,
    /// When she let it in.
    pub granted_at: i64,
    /// When somebody there opened it first.
    pub opened_at: Option<i64>,
    /// When somebody there answered first.
    pub answered_at: Option<i64>,
    /// When she shut it out, or its time ran out. From then on it opens nothing.
    pub withdrawn_at: Option<i64>,
    /// When its time ran out ([`casework::retention`]).
    pub ran_out_at: Option<i64>,
    /// When the last entry was written, whoever wrote it.
    pub touched_at: i64,
    /// Why it must keep the report longer.
    pub hold: Option<HoldGround>,
    /// Since when she waits for an answer.
    pub waits_since: Option<i64>,
}

/// A line of an inbox: nothing of it was ever sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    /// The case.
    pub id: CaseId,
    /// Where it stands in the order; the next page starts behind it.
    pub place: i64,
    /// What stands in the clear.
    pub facts: Facts,
    /// Where the report stands here.
    pub state: ReportState,
    /// When it came here.
    pub granted_at: i64,
    /// When it was answered first.
    pub answered_at: Option<i64>,
    /// Whether she wrote something that nobody here opened.
    pub has_news: bool,
    /// When she closed it.
    pub closed_at: Option<i64>,
    /// When its keys will be destroyed.
    pub erase_due: Option<i64>,
    /// When the last entry was written, whoever wrote it.
    pub touched_at: i64,
    /// Why it must be kept longer.
    pub hold: Option<HoldGround>,
    /// Where the work on it stands.
    pub status: CaseState,
    /// Who answers for it.
    pub owner: Option<MemberId>,
    /// The day of the next step.
    pub next_due: Option<i64>,
    /// Since when she waits for an answer.
    pub waits_since: Option<i64>,
    /// The team that has it.
    pub team: Option<ItemId>,
    /// How urgent staff found it, where they looked again.
    pub reassessed: Option<Urgency>,
    /// Whether chosen members alone open it: a case conference.
    pub members_only: bool,
}

/// Which part of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// All of it.
    All,
    /// What nobody took on.
    New,
    /// What a member has in hand: she answers for it, or a task names her.
    Of(MemberId),
    /// What should have been done by this second, the longest overdue first. The place is the day of the next step.
    Due(i64),
    /// What is over, the latest first.
    Over,
    /// What a team has.
    Team(ItemId),
    /// What waits for a second pair of eyes to be closed, the longest first. The place is when it was asked.
    SecondEyes,
}

impl View {
    const fn begins(self) -> i64 {
        match self {
            Self::Over => clock::OVER,
            _ => i64::MIN,
        }
    }

    /// Each is one walk over an index.
    const fn sql(self) -> &'static str {
        match self {
            Self::All | Self::Over => {
                queue_sql!(
                    "a.place",
                    "access a",
                    "a.organisation = $1 AND a.withdrawn_at IS NULL AND (a.place, a.case_id) > ($2, $3)"
                )
            }
            Self::New => queue_sql!(
                "a.place",
                "access a",
                "a.organisation = $1 AND a.status = 'new' AND a.withdrawn_at IS NULL AND (a.place, a.case_id) > ($2, $3)"
            ),
            Self::Of(_) => queue_sql!(
                "h.place",
                "hands h JOIN access a ON a.case_id = h.case_id AND a.organisation = h.organisation",
                "h.member = $5 AND a.organisation = $1 AND a.withdrawn_at IS NULL AND (h.place, h.case_id) > ($2, $3)"
            ),
            Self::Team(_) => queue_sql!(
                "a.place",
                "access a",
                "a.organisation = $1 AND a.team = $5 AND a.withdrawn_at IS NULL AND (a.place, a.case_id) > ($2, $3)"
            ),
            Self::SecondEyes => queue_sql!(
                "a.close_asked_at",
                "access a",
                "a.organisation = $1 AND a.close_asked_at IS NOT NULL AND a.withdrawn_at IS NULL \
                 AND (a.close_asked_at, a.case_id) > ($2, $3)"
            ),
            Self::Due(_) => queue_sql!(
                "a.next_due",
                "access a",
                "a.organisation = $1 AND a.withdrawn_at IS NULL AND a.next_due IS NOT NULL AND a.next_due <= $5 \
                 AND (a.next_due, a.case_id) > ($2, $3)"
            ),
        }
    }
}

/// What is late in a queue, each counted up to [`MOST_COUNTED`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Late {
    /// Cases whose next step should have been done.
    pub steps: i64,
    /// Cases in which somebody waits for an answer that is due.
    pub answers: i64,
}

/// A page says "99+" from here on; to count further would cost a walk as long as the queue.
pub const MOST_COUNTED: i64 = 100;

impl Store {
    /// An organisation's queue as this view has it, most urgent first, from behind this place on.
    pub async fn inbox(
        &self,
        organisation: &str,
        view: View,
        behind: Option<(i64, CaseId)>,
        most: u32,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let (place, id) = behind.unwrap_or((view.begins(), CaseId([0; 16])));
        let mut query = sqlx::query(view.sql()).bind(organisation.to_owned()).bind(place).bind(&id.0[..]);
        query = query.bind(i64::from(most));
        query = match view {
            View::All | View::New | View::Over | View::SecondEyes => query,
            View::Team(team) => query.bind(team.0.to_vec()),
            View::Of(member) => query.bind(member.0.to_vec()),
            View::Due(now) => query.bind(now),
        };
        let rows = query.fetch_all(&self.reader).await?;
        rows.iter().map(inbox_row).collect()
    }

    /// The line of one case in an organisation's queue; none where it is shut out.
    pub async fn inbox_line(&self, organisation: &str, case: CaseId) -> Result<Option<InboxRow>, StoreError> {
        let sql = queue_sql!(
            "a.place",
            "access a",
            "a.organisation = $1 AND a.case_id = $3 AND a.withdrawn_at IS NULL AND a.place > $2"
        );
        let row = sqlx::query(sql)
            .bind(organisation.to_owned())
            .bind(i64::MIN)
            .bind(&case.0[..])
            .bind(1_i64)
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(inbox_row).transpose()
    }

    /// How much is late by this second.
    pub async fn late(&self, organisation: &str, now: i64) -> Result<Late, StoreError> {
        let steps = sqlx::query(
            "SELECT COUNT(*) FROM (SELECT 1 FROM access WHERE organisation = $1 AND withdrawn_at IS NULL \
             AND next_due IS NOT NULL AND next_due < $2 LIMIT $3) AS late",
        )
        .bind(organisation.to_owned())
        .bind(now)
        .bind(MOST_COUNTED)
        .fetch_one(&self.reader)
        .await?;
        let mut late = Late { steps: steps.try_get(0)?, answers: 0 };
        // Those who wait lie in the queue by urgency, then by when the answer is due.
        for band in clock::overdue_answers(now) {
            let answers = sqlx::query(
                "SELECT COUNT(*) FROM (SELECT 1 FROM access WHERE organisation = $1 AND withdrawn_at IS NULL \
                 AND place >= $2 AND place < $3 LIMIT $4) AS late",
            )
            .bind(organisation.to_owned())
            .bind(band.start)
            .bind(band.end)
            .bind(MOST_COUNTED)
            .fetch_one(&self.reader)
            .await?;
            late.answers = (late.answers + answers.try_get::<i64, _>(0)?).min(MOST_COUNTED);
        }
        Ok(late)
    }

    /// Whether she wrote something, in any case, that nobody of this organisation opened.
    pub async fn has_news(&self, organisation: &str) -> Result<bool, StoreError> {
        let row =
            sqlx::query("SELECT 1 FROM access WHERE organisation = $1 AND news = 1 AND withdrawn_at IS NULL LIMIT 1")
                .bind(organisation.to_owned())
                .fetch_optional(&self.reader)
                .await?;
        Ok(row.is_some())
    }

    /// How an organisation that is let in stands to a case: ask this before anything of the case is shown to it.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where it was never let in or is shut out by now, and where there is no such case.
    pub async fn access(&self, id: CaseId, organisation: &str) -> Result<Access, StoreError> {
        // What it must keep it can open, but for what was written since it was shut out: that has another key.
        let is_open = |a: &Access| a.withdrawn_at.is_none() || a.hold.is_some();
        self.standing(id, organisation).await?.filter(is_open).ok_or(StoreError::Absent("case"))
    }

    /// How an organisation stands to a case, also one that is shut out by now; none where it was never let in.
    pub async fn standing(&self, id: CaseId, organisation: &str) -> Result<Option<Access>, StoreError> {
        let row = sqlx::query("SELECT * FROM access WHERE case_id = $1 AND organisation = $2")
            .bind(&id.0[..])
            .bind(organisation.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(access).transpose()
    }

    /// Every organisation that was ever let in, in the order in which it was.
    pub async fn accesses(&self, id: CaseId) -> Result<Vec<Access>, StoreError> {
        let rows = sqlx::query("SELECT * FROM access WHERE case_id = $1 ORDER BY granted_at, organisation")
            .bind(&id.0[..])
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(access).collect()
    }

    /// Notes that somebody opened something; she can see it, and the log of the organisation has who it was. The first
    /// opening of a case changes its state.
    pub async fn note_opening(&self, id: CaseId, opening: Opening, event: NewEvent) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                // What only a program fetched nobody has read: it still waits.
                let opened = sqlx::query(
                    "UPDATE access SET opened_at = CASE WHEN $4 = 1 THEN opened_at ELSE COALESCE(opened_at, $1) END, \
                     news = CASE WHEN $4 = 1 THEN news ELSE 0 END, \
                     state = CASE WHEN $4 = 0 AND state = 'received' THEN 'opened' ELSE state END \
                     WHERE case_id = $2 AND organisation = $3 AND (withdrawn_at IS NULL OR hold IS NOT NULL)",
                )
                .bind(opening.at)
                .bind(&id.0[..])
                .bind(opening.organisation.clone())
                .bind(i64::from(opening.what == Opened::Program))
                .execute(&mut *c)
                .await?;
                if opened.rows_affected() == 0 {
                    return Err(StoreError::Absent("case"));
                }
                // A page that stays open looks again at each news: one line of the log a quarter of an hour says as much.
                sqlx::query(
                    "INSERT INTO openings (case_id, at, organisation, role, what) SELECT $1, $2, $3, $4, $5 \
                     WHERE NOT EXISTS (SELECT 1 FROM openings WHERE case_id = $1 AND at > $6 AND organisation = $3 \
                     AND role = $4 AND what = $5)",
                )
                .bind(&id.0[..])
                .bind(opening.at)
                .bind(opening.organisation.clone())
                .bind(opening.role.code())
                .bind(opening.what.code())
                .bind(opening.at - SAME_OPENING_SECONDS)
                .execute(&mut *c)
                .await?;
                work::note_reading(c, id, &opening, &event, opening.at - SAME_OPENING_SECONDS).await?;
                Ok(())
            })
        })
        .await
    }

    /// Who opened what, oldest first.
    pub async fn openings(&self, id: CaseId) -> Result<Vec<Opening>, StoreError> {
        let rows = sqlx::query("SELECT at, organisation, role, what FROM openings WHERE case_id = $1 ORDER BY at")
            .bind(&id.0[..])
            .fetch_all(&self.reader)
            .await?;
        rows.iter()
            .map(|row| {
                let (at, organisation) = (row.try_get("at")?, row.try_get("organisation")?);
                Ok(Opening { at, organisation, role: needed(row, "role")?, what: needed(row, "what")? })
            })
            .collect()
    }

    /// An organisation marks a sexual picture of somebody under 18: viewing and export are locked for everybody from
    /// then on.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where it isn't let in.
    pub async fn lock(&self, id: CaseId, organisation: String, at: i64) -> Result<(), StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                let_in(c, id, &organisation).await?;
                // The same picture may lie in cases that were made out of this one, or that it was made out of.
                let mut told = Vec::new();
                for id in family::whole(c, id).await? {
                    sqlx::query("UPDATE cases SET locked_at = COALESCE(locked_at, $1) WHERE id = $2")
                        .bind(at)
                        .bind(&id.0[..])
                        .execute(&mut *c)
                        .await?;
                    note(c, What::Locked, &id.0, None).await?;
                    told.extend(holders(c, id).await?);
                }
                Ok(((), told))
            })
        })
        .await
    }
}

/// The case, for an organisation that is let in.
pub(crate) async fn let_in(c: &mut AnyConnection, id: CaseId, organisation: &str) -> Result<cases::Case, StoreError> {
    if holders(c, id).await?.iter().any(|holder| holder == organisation) {
        cases::one(c, id).await
    } else {
        Err(StoreError::Absent("case"))
    }
}

/// Lets an organisation in, also one that was shut out before. What the law demands of it by these facts, read or not, is
/// its next step.
pub(crate) async fn grant(
    c: &mut AnyConnection,
    id: CaseId,
    organisation: &str,
    facts: &Facts,
    place: i64,
    at: i64,
) -> Result<(), StoreError> {
    let shown = work::Shown::of(&work::NEW, facts, at);
    let granted = sqlx::query(
        "INSERT INTO access (organisation, case_id, place, state, granted_at, touched_at, waits_since, news, next_due) \
         SELECT id, $2, $3, 'received', $4, $4, $4, 1, $5 FROM organisations \
         WHERE id = $1 AND closed_at IS NULL AND recipient IS NOT NULL \
         ON CONFLICT (case_id, organisation) DO UPDATE SET place = excluded.place, state = excluded.state, \
         granted_at = excluded.granted_at, touched_at = excluded.touched_at, waits_since = excluded.waits_since, news = 1, \
         status = 'new', owner = NULL, next_due = excluded.next_due, opened_at = NULL, \
         answered_at = NULL, withdrawn_at = NULL, ran_out_at = NULL, hold = NULL, held_at = NULL, \
         alarmed_at = NULL, team = NULL, close_asked_at = NULL, found = NULL \
         WHERE access.withdrawn_at IS NOT NULL",
    )
    .bind(organisation.to_owned())
    .bind(&id.0[..])
    .bind(place)
    .bind(at)
    .bind(shown.next_due)
    .execute(c)
    .await?;
    at_least_one(granted.rows_affected(), "organisation")
}

pub(crate) async fn withdraw(c: &mut AnyConnection, id: CaseId, organisation: &str, at: i64) -> Result<(), StoreError> {
    let shut = sqlx::query(
        "UPDATE access SET withdrawn_at = $1 WHERE case_id = $2 AND organisation = $3 AND withdrawn_at IS NULL",
    )
    .bind(at)
    .bind(&id.0[..])
    .bind(organisation.to_owned())
    .execute(&mut *c)
    .await?;
    at_least_one(shut.rows_affected(), "grant")?;
    events::drop_words(c, id, organisation).await?;
    note(c, What::Access, &id.0, Some(organisation)).await
}

/// The organisations that are let in.
pub(crate) async fn holders(c: &mut AnyConnection, id: CaseId) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query("SELECT organisation FROM access WHERE case_id = $1 AND withdrawn_at IS NULL")
        .bind(&id.0[..])
        .fetch_all(c)
        .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// She did something: every organisation that is let in has news. Gives them.
pub(crate) async fn news_of_person(c: &mut AnyConnection, id: CaseId) -> Result<Vec<String>, StoreError> {
    sqlx::query("UPDATE access SET news = 1 WHERE case_id = $1 AND withdrawn_at IS NULL")
        .bind(&id.0[..])
        .execute(&mut *c)
        .await?;
    holders(c, id).await
}

fn access(row: &AnyRow) -> Result<Access, StoreError> {
    Ok(Access {
        organisation: row.try_get("organisation")?,
        state: needed(row, "state")?,
        granted_at: row.try_get("granted_at")?,
        opened_at: row.try_get("opened_at")?,
        answered_at: row.try_get("answered_at")?,
        withdrawn_at: row.try_get("withdrawn_at")?,
        ran_out_at: row.try_get("ran_out_at")?,
        touched_at: row.try_get("touched_at")?,
        hold: code(row, "hold")?,
        waits_since: row.try_get("waits_since")?,
    })
}

pub(crate) fn inbox_row(row: &AnyRow) -> Result<InboxRow, StoreError> {
    let owner: Option<Vec<u8>> = row.try_get("owner")?;
    let team: Option<Vec<u8>> = row.try_get("team")?;
    Ok(InboxRow {
        id: bytes(row, "id").map(CaseId)?,
        place: row.try_get("place")?,
        facts: facts(row)?,
        state: needed(row, "state")?,
        granted_at: row.try_get("granted_at")?,
        answered_at: row.try_get("answered_at")?,
        has_news: row.try_get::<i64, _>("news")? != 0,
        closed_at: row.try_get("closed_at")?,
        erase_due: row.try_get("erase_due")?,
        touched_at: row.try_get("touched_at")?,
        hold: code(row, "hold")?,
        status: needed(row, "status")?,
        owner: owner.map(|owner| owner[..].try_into()).transpose().map_err(|_| StoreError::Damaged("owner"))?,
        next_due: row.try_get("next_due")?,
        waits_since: row.try_get("waits_since")?,
        team: team.map(|team| team[..].try_into().map(ItemId)).transpose().map_err(|_| StoreError::Damaged("team"))?,
        reassessed: code(row, "found")?,
        members_only: row.try_get::<i64, _>("members_only")? != 0,
    })
}
