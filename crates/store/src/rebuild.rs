//! What is read of the work on cases, made anew out of the logs.

use crate::{
    Store, StoreError,
    events::{self, Event},
    row::{bytes, facts},
    work::{NEW, Shown, save, settle},
};
use casework::{
    CaseId, Facts,
    work::{Now, Work},
};
use sqlx::{AnyConnection, Executor, Row};
use std::collections::HashMap;

/// So many events are read at one moment, unless one work has more.
const EVENTS_AT_ONCE: u32 = 10_000;

/// So many works are put right in one write: others write between two of them.
const MENDED_AT_ONCE: usize = 500;

impl Store {
    /// Makes the rows that are read anew out of the events, case by case. Gives how many cases differed and were put
    /// right.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for an event that this program would not have written; what came before it is put right.
    pub async fn rebuild(&self) -> Result<Rebuilt, StoreError> {
        self.rebuild_telling(|_| {}).await
    }

    /// The same, and tells how far it is, now and then.
    ///
    /// # Errors
    /// As [`Store::rebuild`].
    pub async fn rebuild_telling(&self, mut tell: impl FnMut(&Rebuilt) + Send) -> Result<Rebuilt, StoreError> {
        let mut rebuilt = Rebuilt::default();
        let mut connection = self.engine.connect_to_read().await?;
        let (mut behind, mut most) = ((CaseId([0; 16]), String::new()), EVENTS_AT_ONCE);
        loop {
            // Events and what is said to follow from them, as they stood at one moment: work that goes on meanwhile is no
            // difference. A moment that lasted for the whole walk would keep the database from tidying up behind it.
            connection.execute(self.engine.begin_to_read()).await?;
            let mut works = folded(&mut connection, &behind, most).await?;
            let is_end = works.iter().map(|work| work.events).sum::<u32>() < most;
            // The events of the last one may go on.
            if !is_end {
                works.pop();
                if works.is_empty() {
                    connection.execute("COMMIT").await?;
                    most *= 2;
                    continue;
                }
            }
            let Some(last) = works.last() else { break };
            let until = (last.case, last.organisation.clone());
            let mut stands = stands(&mut connection, &behind, &until).await?;
            connection.execute("COMMIT").await?;
            let mut differing = Vec::new();
            for work in works {
                rebuilt.events += u64::from(work.events);
                rebuilt.cases += 1;
                if !stands.remove(&(work.case, work.organisation.clone())).is_some_and(|stands| stands.follow(&work)) {
                    differing.push(work);
                }
            }
            rebuilt.mended += differing.len() as u64;
            while !differing.is_empty() {
                self.mend(differing.split_off(differing.len().saturating_sub(MENDED_AT_ONCE))).await?;
            }
            tell(&rebuilt);
            if is_end {
                break;
            }
            (behind, most) = (until, EVENTS_AT_ONCE);
        }
        Ok(rebuilt)
    }

    /// Puts some right in one write; those that went on meanwhile, out of their events as they are by then.
    async fn mend(&self, differing: Vec<Folded>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                for folded in differing {
                    let Folded { case, organisation, .. } = &folded;
                    let newest = sqlx::query("SELECT MAX(number) FROM events WHERE case_id = $1 AND organisation = $2");
                    let newest = newest.bind(&case.0[..]).bind(organisation.clone()).fetch_one(&mut *c).await?;
                    // Erased meanwhile: nothing of it comes back.
                    let Some(newest) = newest.try_get::<Option<i64>, _>(0)? else { continue };
                    let has_gone_on = newest != folded.newest;
                    let mut now = folded;
                    if has_gone_on {
                        let events = events::of_case(&mut *c, now.case, &now.organisation).await?;
                        now = Folded::new(now.case, now.organisation, now.facts);
                        events.iter().try_for_each(|event| now.add(event))?;
                    }
                    save(c, now.case, &now.organisation, &now.work).await?;
                    settle(c, now.case, &now.organisation, &now.facts, &now.work, now.at).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

/// The works behind this one that follow from so many events, in their order.
async fn folded(
    c: &mut AnyConnection,
    (case, organisation): &(CaseId, String),
    most: u32,
) -> Result<Vec<Folded>, StoreError> {
    let rows = sqlx::query(
        "SELECT e.case_id, e.organisation, e.number, e.at, e.actor, e.body, e.nonce, e.leaf, e.chain, e.digest, \
         NULL AS sealed, c.harm, c.urgency, c.age, c.sex, c.province, c.language \
         FROM events e JOIN cases c ON c.id = e.case_id \
         WHERE e.case_id IS NOT NULL AND (e.case_id, e.organisation) > ($1, $2) \
         ORDER BY e.case_id, e.organisation, e.number LIMIT $3",
    )
    .bind(&case.0[..])
    .bind(organisation.clone())
    .bind(i64::from(most))
    .fetch_all(c)
    .await?;
    let mut works: Vec<Folded> = Vec::new();
    for row in &rows {
        let (case, organisation) = (bytes(row, "case_id").map(CaseId)?, row.try_get::<String, _>("organisation")?);
        if !works.last().is_some_and(|last| last.case == case && last.organisation == organisation) {
            works.push(Folded::new(case, organisation, facts(row)?));
        }
        if let Some(last) = works.last_mut() {
            last.add(&events::event(row)?)?;
        }
    }
    Ok(works)
}

/// What is read of the works behind the one, up to the other.
async fn stands(
    c: &mut AnyConnection,
    (case, organisation): &(CaseId, String),
    (last, of): &(CaseId, String),
) -> Result<HashMap<(CaseId, String), Stands>, StoreError> {
    let rows = sqlx::query(
        "SELECT a.case_id, a.organisation, a.granted_at, a.status, a.owner, a.next_due, a.ends_at, a.team, a.close_asked_at, a.found, \
         w.state FROM access a LEFT JOIN work w ON w.case_id = a.case_id AND w.organisation = a.organisation \
         WHERE (a.case_id, a.organisation) > ($1, $2) AND (a.case_id, a.organisation) <= ($3, $4)",
    )
    .bind(&case.0[..])
    .bind(organisation.clone())
    .bind(&last.0[..])
    .bind(of.clone())
    .fetch_all(c)
    .await?;
    let stands = rows.iter().map(|row| {
        let key = (bytes(row, "case_id").map(CaseId)?, row.try_get("organisation")?);
        Ok((
            key,
            Stands { state: row.try_get("state")?, granted_at: row.try_get("granted_at")?, shown: Shown::read(row)? },
        ))
    });
    stands.collect()
}

/// What a rebuild found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Events that were gone through.
    pub events: u64,
    /// Works on cases that follow from them.
    pub cases: u64,
    /// Those that stood otherwise, and were put right.
    pub mended: u64,
}

/// What is read of a work.
struct Stands {
    state: Option<String>,
    granted_at: i64,
    shown: Shown,
}

impl Stands {
    /// Whether it follows from the events, which say this.
    fn follow(&self, said: &Folded) -> bool {
        let work = self.state.as_ref().map_or(Ok(NEW), |state| serde_json::from_str(state));
        work.is_ok_and(|work: Work| work == said.work)
            && self.shown == Shown::of(&said.work, &said.facts, self.granted_at)
    }
}

/// The work that follows from the events so far.
struct Folded {
    case: CaseId,
    organisation: String,
    facts: Facts,
    work: Work,
    at: i64,
    /// The number of the last event, and how many there were.
    newest: i64,
    events: u32,
}

impl Folded {
    const fn new(case: CaseId, organisation: String, facts: Facts) -> Self {
        Self { case, organisation, facts, work: NEW, at: 0, newest: 0, events: 0 }
    }

    fn add(&mut self, event: &Event) -> Result<(), StoreError> {
        (self.newest, self.events) = (event.number, self.events + 1);
        if let Some(change) = event.change()? {
            self.work.apply(&change, &Now { facts: &self.facts, at: event.at, by: &event.by });
            self.at = event.at;
        }
        Ok(())
    }
}
