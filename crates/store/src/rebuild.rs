//! What is read of the work on cases, made anew out of the logs.

use crate::{
    Store, StoreError, cases,
    events::{self, Event},
    row::{bytes, facts},
    work::{NEW, Shown, save, settle},
};
use casework::{
    CaseId, Facts,
    work::{Now, Work},
};
use futures_util::TryStreamExt;
use sqlx::Row;

/// A rebuild says how far it is after so many events.
const TOLD_EVERY: u64 = 100_000;

/// So many are put right in one write: others write between two of them.
const MENDED_AT_ONCE: usize = 200;

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
        // Events and what is said to follow from them, as they stood at one moment: work that goes on meanwhile is no
        // difference.
        let mut rows = sqlx::query(
            "SELECT e.case_id, e.organisation, e.number, e.at, e.actor, e.body, e.nonce, e.leaf, e.chain, e.digest, \
             NULL AS sealed, w.state, c.harm, c.urgency, c.age, c.sex, c.province, c.language, \
             a.status, a.owner, a.next_due, a.ends_at, a.team, a.close_asked_at, a.found \
             FROM events e JOIN cases c ON c.id = e.case_id \
             JOIN access a ON a.case_id = e.case_id AND a.organisation = e.organisation \
             LEFT JOIN work w ON w.case_id = e.case_id AND w.organisation = e.organisation \
             WHERE e.case_id IS NOT NULL ORDER BY e.case_id, e.organisation, e.number",
        )
        .fetch(&mut connection);
        let mut under_way: Option<Whole> = None;
        let mut differing = Vec::new();
        while let Some(row) = rows.try_next().await? {
            rebuilt.events += 1;
            if rebuilt.events % TOLD_EVERY == 0 {
                tell(&rebuilt);
            }
            let (case, organisation) = (bytes(&row, "case_id").map(CaseId)?, row.try_get::<String, _>("organisation")?);
            if !under_way.as_ref().is_some_and(|before| before.case == case && before.organisation == organisation) {
                let (state, shown, folded) = (row.try_get("state")?, Shown::read(&row)?, Folded::new(facts(&row)?));
                let next = Whole { case, organisation, state, shown, folded };
                differing.extend(under_way.replace(next).and_then(|whole| rebuilt.compare(whole)));
                if differing.len() >= MENDED_AT_ONCE {
                    self.mend(std::mem::take(&mut differing)).await?;
                }
            }
            if let Some(Whole { folded, .. }) = &mut under_way {
                folded.add(&events::event(&row)?)?;
            }
        }
        differing.extend(under_way.and_then(|whole| rebuilt.compare(whole)));
        self.mend(differing).await?;
        Ok(rebuilt)
    }

    /// Puts some right in one write, out of their events as they are by then.
    async fn mend(&self, differing: Vec<(CaseId, String)>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                for (case, organisation) in &differing {
                    let mut folded = Folded::new(cases::one(c, *case).await?.facts);
                    for event in events::of_case(&mut *c, *case, organisation).await? {
                        folded.add(&event)?;
                    }
                    save(c, *case, organisation, &folded.work).await?;
                    settle(c, *case, organisation, &folded.facts, &folded.work, folded.at).await?;
                }
                Ok(())
            })
        })
        .await
    }
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

impl Rebuilt {
    /// Counts a work whose events have all been gone through; gives it where it stands otherwise than they say.
    fn compare(&mut self, Whole { case, organisation, state, shown, folded }: Whole) -> Option<(CaseId, String)> {
        self.cases += 1;
        let stands = state.map_or(Ok(NEW), |state| serde_json::from_str(&state));
        if stands.is_ok_and(|work: Work| work == folded.work) && shown == Shown::of(&folded.work) {
            return None;
        }
        self.mended += 1;
        Some((case, organisation))
    }
}

/// A work of which the events are being gone through, with what is read of it by now.
struct Whole {
    case: CaseId,
    organisation: String,
    state: Option<String>,
    shown: Shown,
    folded: Folded,
}

/// The work that follows from the events so far.
struct Folded {
    facts: Facts,
    work: Work,
    at: i64,
}

impl Folded {
    const fn new(facts: Facts) -> Self {
        Self { facts, work: NEW, at: 0 }
    }

    fn add(&mut self, event: &Event) -> Result<(), StoreError> {
        if let Some(change) = event.change()? {
            self.work.apply(&change, &Now { facts: &self.facts, at: event.at, by: &event.by });
            self.at = event.at;
        }
        Ok(())
    }
}
