//! What an organisation writes to her: it takes the case on, and stops the clock.

use crate::{
    Author, News, Store, StoreError, access,
    entries::{self, NewEntry},
    events::NewEvent,
    holder::is_present,
    referrals,
    work::{self, Seen},
};
use casework::{
    CaseId,
    work::{Actor, Change},
};
use sqlx::AnyConnection;
use vocabulary::CaseState;

impl Store {
    /// Appends what an organisation writes: its answer stops the clock. Sealed under `epoch`, which must still be the
    /// case's.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where it isn't let in, [`StoreError::Stale`] where the case has gone on under a fresh
    /// identity meanwhile.
    pub async fn add_by_organisation(
        &self,
        id: CaseId,
        organisation: String,
        epoch: i64,
        entries: Vec<NewEntry>,
        event: NewEvent,
    ) -> Result<Vec<i64>, StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                let (numbers, mut told) = answer(c, id, &organisation, epoch, &entries, &event).await?;
                told.push(organisation.into());
                Ok((numbers, told))
            })
        })
        .await
    }
}

/// Appends what an organisation writes to her. Whoever answers first takes the case on, so that none is answered and then
/// forgotten. Gives the numbers, and which others have news by it.
pub(crate) async fn answer(
    c: &mut AnyConnection,
    id: CaseId,
    organisation: &str,
    epoch: i64,
    entries: &[NewEntry],
    event: &NewEvent,
) -> Result<(Vec<i64>, Vec<News>), StoreError> {
    let case = access::let_in(c, id, organisation).await?;
    is_present(&case, epoch)?;
    let author = Author::Organisation(organisation.to_owned());
    let numbers = entries::append(c, id, &author, epoch, entries, event.at).await?;
    let told = take_on(c, id, organisation, None, event).await?;
    work::carry_out(c, id, organisation, &Change::Answered, None, event).await?;
    Ok((numbers, told))
}

/// A case that nobody took on is from now on in the hands of the member who does something about it.
pub(crate) async fn take_on(
    c: &mut AnyConnection,
    id: CaseId,
    organisation: &str,
    seen: Seen,
    event: &NewEvent,
) -> Result<Vec<News>, StoreError> {
    let (CaseState::New, Actor::Member(owner, _)) = (work::load(c, id, organisation).await?.state, &event.by) else {
        return Ok(Vec::new());
    };
    let accepted = Change::Accepted { owner: *owner, next: None };
    let first = NewEvent { nonce: work::of_one(&event.nonce, "accepted"), sealed: None, ..event.clone() };
    work::carry_out(c, id, organisation, &accepted, seen, &first).await?;
    referrals::follows(c, id, organisation, &accepted, &first).await
}
