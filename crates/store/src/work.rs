//! The work of an organisation on its cases: a change is checked, written down as an event, and carried into the rows that
//! are read (`work`, `hands`, and the queue's columns of `access`). All of these follow from the events.

use crate::{
    Happening, News, Opening, Store, StoreError, access, cases,
    events::{self, NewEvent},
    referrals,
    row::{bytes, facts},
};
use casework::{
    CaseId, Facts, MemberId, Timing, clock, duties,
    work::{Actor, Change, Now, Work},
};
use sqlx::{AnyConnection, Row, any::AnyRow};
use vocabulary::Ground;

/// What a page saw when it asked for a change: the version of the work.
pub type Seen = Option<u64>;

impl Store {
    /// The work of an organisation that is let in ([`Store::access`]) on a case.
    pub async fn work(&self, case: CaseId, organisation: &str) -> Result<Work, StoreError> {
        let row = sqlx::query("SELECT state FROM work WHERE case_id = $1 AND organisation = $2")
            .bind(&case.0[..])
            .bind(organisation.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map_or(Ok(NEW), work)
    }

    /// Carries a change out, and writes it down.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where it isn't let in, [`StoreError::Stale`] where the page saw another version,
    /// [`StoreError::Refused`] where no case may be left like that.
    pub async fn change(
        &self,
        case: CaseId,
        organisation: String,
        change: Change,
        seen: Seen,
        event: NewEvent,
    ) -> Result<Work, StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                access::let_in(c, case, &organisation).await?;
                carry_out(c, case, &organisation, &change, seen, &event).await?;
                let mut told = referrals::follows(c, case, &organisation, &change, &event).await?;
                let work = load(c, case, &organisation).await?;
                told.push(organisation.into());
                Ok((work, told))
            })
        })
        .await
    }
}

/// Until something happens.
pub(crate) const NEW: Work = Work::new(Ground::PersonLetIn);

/// Checks, writes down, carries in. The caller made sure that the organisation is let in, or that it may be told anyway.
pub(crate) async fn carry_out(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    change: &Change,
    seen: Seen,
    event: &NewEvent,
) -> Result<Work, StoreError> {
    let facts = cases::one(c, case).await?.facts;
    let before = load(c, case, organisation).await?;
    if seen.is_some_and(|seen| seen != before.version) && !change.only_adds() {
        return Err(StoreError::Stale("the work"));
    }
    let now = Now { facts: &facts, at: event.at, by: &event.by };
    let after = before.after(change, &now).map_err(StoreError::Refused)?;
    let body = serde_json::to_string(change).map_err(|_| StoreError::Bug)?;
    events::append(c, organisation, Some(case), &body, event).await?;
    save(c, case, organisation, &after).await?;
    told(c, case, organisation, change, event.at).await?;
    settle(c, case, organisation, &facts, &after, event.at).await?;
    Ok(after)
}

/// What the report's own columns say of a change: hers to see, and the clock of the first answer.
async fn told(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    change: &Change,
    at: i64,
) -> Result<(), StoreError> {
    let set = match change {
        Change::Accepted { .. } | Change::Reopened { .. } => "state = 'accepted'",
        Change::Declined { .. } => "state = 'declined', waits_since = NULL",
        Change::Answered => {
            "answered_at = COALESCE(answered_at, $3), waits_since = NULL, \
             state = CASE state WHEN 'declined' THEN state ELSE 'accepted' END"
        }
        Change::Closed { .. } | Change::Merged { .. } => "waits_since = NULL",
        // What she said, and what another organisation did, is news to whoever works on it.
        Change::ConsentGiven { .. }
        | Change::ConsentRefused { .. }
        | Change::ConsentWithdrawn { .. }
        | Change::SheSaid { .. }
        | Change::ReferralMoved { .. } => "news = 1",
        // Also where it was declined: whatever she writes now, somebody answers.
        Change::PersonWrote => "news = 1, waits_since = COALESCE(waits_since, $3)",
        _ => return Ok(()),
    };
    let sql = format!("UPDATE access SET {set} WHERE case_id = $1 AND organisation = $2");
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&case.0[..]).bind(organisation.to_owned());
    if set.contains("$3") {
        query = query.bind(at);
    }
    query.execute(c).await?;
    Ok(())
}

/// The columns by which the queue is read.
pub(crate) async fn settle(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    facts: &Facts,
    work: &Work,
    at: i64,
) -> Result<(), StoreError> {
    let stands = sqlx::query(
        "SELECT a.granted_at, a.waits_since, o.clocks, o.hours FROM access a JOIN organisations o ON o.id = a.organisation \
         WHERE a.case_id = $1 AND a.organisation = $2",
    )
    .bind(&case.0[..])
    .bind(organisation.to_owned())
    .fetch_optional(&mut *c)
    .await?;
    let Some(stands) = stands else { return Ok(()) };
    let waits_since: Option<i64> = stands.try_get("waits_since")?;
    // Who waits for no answer has no clock that the calendar moves.
    let timing = match waits_since {
        Some(_) => Timing::new(stands.try_get("clocks")?, stands.try_get("hours")?),
        None => Timing::default(),
    };
    let place = clock::place_in_queue(&timing, facts, work, waits_since, at);
    let shown = Shown::of(work, facts, stands.try_get("granted_at")?);
    sqlx::query(
        "UPDATE access SET place = $3, status = $4, owner = $5, next_due = $6, ends_at = $7, team = $8, \
         close_asked_at = $9, found = $10 WHERE case_id = $1 AND organisation = $2",
    )
    .bind(&case.0[..])
    .bind(organisation.to_owned())
    .bind(place)
    .bind(shown.status)
    .bind(shown.owner)
    .bind(shown.next_due)
    .bind(shown.ends_at)
    .bind(shown.team)
    .bind(shown.close_asked_at)
    .bind(shown.found)
    .execute(&mut *c)
    .await?;
    sqlx::query("DELETE FROM hands WHERE case_id = $1 AND organisation = $2")
        .bind(&case.0[..])
        .bind(organisation.to_owned())
        .execute(&mut *c)
        .await?;
    if !work.is_open() {
        return Ok(());
    }
    for hand in work.hands() {
        sqlx::query("INSERT INTO hands (case_id, organisation, member, place) VALUES ($1, $2, $3, $4)")
            .bind(&case.0[..])
            .bind(organisation.to_owned())
            .bind(&hand.0[..])
            .bind(place)
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}

/// What a line of the queue shows of the work: columns of `access`.
#[derive(PartialEq, Eq)]
pub(crate) struct Shown {
    status: String,
    owner: Option<Vec<u8>>,
    pub next_due: Option<i64>,
    ends_at: Option<i64>,
    team: Option<Vec<u8>>,
    close_asked_at: Option<i64>,
    found: Option<String>,
}

impl Shown {
    /// `granted_at`: when the case came to this organisation. What the law demands is a step like any other.
    pub(crate) fn of(work: &Work, facts: &Facts, granted_at: i64) -> Self {
        let duty = duties(facts, work, granted_at).first().map(|(_, due)| *due);
        let urgency = work.urgency(facts);
        Self {
            status: work.state.code().to_owned(),
            owner: work.owner.map(|owner| owner.0.to_vec()),
            next_due: work.next_due().into_iter().chain(duty).min(),
            ends_at: work.ends_at(),
            team: work.team.map(|team| team.0.to_vec()),
            close_asked_at: work.close_asked.map(|asked| asked.at),
            found: (work.urgency.is_some() || urgency != facts.urgency()).then(|| urgency.code().to_owned()),
        }
    }

    /// Of a row of `access`.
    pub(crate) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            status: row.try_get("status")?,
            owner: row.try_get("owner")?,
            next_due: row.try_get("next_due")?,
            ends_at: row.try_get("ends_at")?,
            team: row.try_get("team")?,
            close_asked_at: row.try_get("close_asked_at")?,
            found: row.try_get("found")?,
        })
    }
}

pub(crate) async fn load(c: &mut AnyConnection, case: CaseId, organisation: &str) -> Result<Work, StoreError> {
    let row = sqlx::query("SELECT state FROM work WHERE case_id = $1 AND organisation = $2")
        .bind(&case.0[..])
        .bind(organisation.to_owned())
        .fetch_optional(c)
        .await?;
    row.as_ref().map_or(Ok(NEW), work)
}

pub(crate) async fn save(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    work: &Work,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO work (case_id, organisation, state) VALUES ($1, $2, $3) \
         ON CONFLICT (case_id, organisation) DO UPDATE SET state = excluded.state",
    )
    .bind(&case.0[..])
    .bind(organisation.to_owned())
    .bind(serde_json::to_string(work).map_err(|_| StoreError::Bug)?)
    .execute(c)
    .await?;
    Ok(())
}

fn work(row: &AnyRow) -> Result<Work, StoreError> {
    let state: String = row.try_get("state")?;
    serde_json::from_str(&state).map_err(|_| StoreError::Damaged("the state of a work"))
}

/// Who read what; once where the same member read the same since then.
pub(crate) async fn note_reading(
    c: &mut AnyConnection,
    case: CaseId,
    opening: &Opening,
    event: &NewEvent,
    since: i64,
) -> Result<(), StoreError> {
    let change = Change::Read { what: opening.what.reading() };
    let body = serde_json::to_string(&change).map_err(|_| StoreError::Bug)?;
    if events::was_just_read(c, case, &opening.organisation, event, &body, since).await? {
        return Ok(());
    }
    carry_out(c, case, &opening.organisation, &change, None, event).await?;
    Ok(())
}

/// She wrote: every organisation that is let in has it in its log, and waits with an answer again. Gives whom it is news
/// for.
pub(crate) async fn person_wrote(
    c: &mut AnyConnection,
    case: CaseId,
    nonce: [u8; 32],
    at: i64,
) -> Result<Vec<News>, StoreError> {
    let holders = access::holders(c, case).await?;
    for organisation in &holders {
        let event = NewEvent { by: Actor::Person, at, nonce: of_one(&nonce, organisation), sealed: None };
        carry_out(c, case, organisation, &Change::PersonWrote, None, &event).await?;
    }
    Ok(Happening::PersonWrote.to(holders))
}

/// A member leaves: what she had in hand waits for somebody else.
pub(crate) async fn lay_down(
    c: &mut AnyConnection,
    member: MemberId,
    nonce: [u8; 32],
    at: i64,
) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT case_id, organisation FROM hands WHERE member = $1")
        .bind(&member.0[..])
        .fetch_all(&mut *c)
        .await?;
    for row in &rows {
        let (case, organisation): (_, String) = (bytes(row, "case_id").map(CaseId)?, row.try_get("organisation")?);
        let nonce = of_one(&nonce, &case.to_string());
        let event = NewEvent { by: Actor::Clock, at, nonce, sealed: None };
        carry_out(c, case, &organisation, &Change::Left { member }, None, &event).await?;
    }
    Ok(())
}

/// A nonce of each log's own out of one that was drawn.
pub(crate) fn of_one(nonce: &[u8; 32], organisation: &str) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    Sha256::new().chain_update(nonce).chain_update(organisation).finalize().into()
}

/// Reckons the queue's columns anew where nothing else changed.
pub(crate) async fn settle_anew(
    c: &mut AnyConnection,
    case: CaseId,
    organisation: &str,
    at: i64,
) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT harm, urgency, age, sex, province, language FROM cases WHERE id = $1")
        .bind(&case.0[..])
        .fetch_optional(&mut *c)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let work = load(c, case, organisation).await?;
    settle(c, case, organisation, &facts(&row)?, &work, at).await
}
