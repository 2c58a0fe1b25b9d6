//! A call, a walk-in or a paper form, entered on her behalf.

use crate::{
    NewReport, News, Received, Store, StoreError,
    cases::receive,
    entries::Author,
    events::NewEvent,
    row::taken,
    work::{carry_out, of_one},
};
use casework::{
    CaseId, Timing,
    work::{Actor, Change},
};
use sqlx::{AnyConnection, Row};
use std::sync::Arc;
use vocabulary::ConsentWay;

/// How it came here.
#[derive(Clone, Debug)]
pub struct Entering {
    /// The organisation whose member enters it; it is let in.
    pub organisation: String,
    /// How she told it.
    pub way: ConsentWay,
    /// What names the sheet or row that it was entered from, so that a second time adds nothing: kept as a hash alone.
    pub paper: Option<String>,
}

impl Store {
    /// Takes in what a worker entered on her behalf. A worker knew the receipt then, until she replaces it.
    ///
    /// # Errors
    /// As [`Store::receive`]; [`StoreError::Taken`] `"paper"` where this sheet was entered before.
    pub async fn enter(&self, report: NewReport, how: Entering, event: NewEvent) -> Result<Received, StoreError> {
        let mark = self.mark().await?;
        let paper = how.paper.as_ref().map(|paper| mark.of(format!("paper {} {paper}", how.organisation).as_bytes()));
        let timings = self.timings_of(&report, event.at).await?;
        self.write_and_tell(move |c| Box::pin(async move { enter(c, (report, timings), how, paper, &event).await }))
            .await
    }
}

async fn enter(
    c: &mut AnyConnection,
    (report, timings): (NewReport, Vec<Arc<Timing>>),
    how: Entering,
    paper: Option<[u8; 32]>,
    event: &NewEvent,
) -> Result<(Received, Vec<News>), StoreError> {
    let id = report.id;
    if let Some(paper) = &paper
        && let Some(case) = entered_from(c, paper).await?
        && case != id
    {
        return Err(StoreError::Taken("paper"));
    }
    if !report.grants.iter().any(|grant| grant.organisation.as_deref() == Some(&how.organisation)) {
        return Err(StoreError::Malformed("a grant for who enters it"));
    }
    let author = Author::Organisation(how.organisation.clone());
    let (received, told) = receive(c, report, timings, &author, event.at).await?;
    // The same again.
    if told.is_empty() {
        return Ok((received, told));
    }
    sqlx::query("UPDATE cases SET receipt_known = 1, paper = $2 WHERE id = $1")
        .bind(&id.0[..])
        .bind(paper.map(|paper| paper.to_vec()))
        .execute(&mut *c)
        .await
        .map_err(|error| taken(error, "paper"))?;
    carry_out(c, id, &how.organisation, &Change::Entered { way: how.way }, None, event).await?;
    if let Actor::Member(owner, _) = &event.by {
        let accepted = Change::Accepted { owner: *owner, next: None };
        let next = NewEvent { nonce: of_one(&event.nonce, "accepted"), sealed: None, ..event.clone() };
        carry_out(c, id, &how.organisation, &accepted, None, &next).await?;
    }
    Ok((received, told))
}

async fn entered_from(c: &mut AnyConnection, paper: &[u8; 32]) -> Result<Option<CaseId>, StoreError> {
    let row = sqlx::query("SELECT id FROM cases WHERE paper = $1").bind(&paper[..]).fetch_optional(c).await?;
    row.map(|row| Ok(CaseId(row.try_get::<Vec<u8>, _>(0)?.try_into().map_err(|_| StoreError::Damaged("id"))?)))
        .transpose()
}
