//! What ends by itself: consents and referrals whose day has come, and those with an organisation that leaves.

use crate::{
    Happening, News, Store, StoreError,
    events::NewEvent,
    house,
    referrals::{Moved, advance, other_side, revoke_by, shut},
    row::bytes,
    work::{self, carry_out, of_one},
};
use casework::{
    CaseId, ItemId,
    work::{Actor, Change},
};
use sqlx::{AnyConnection, Row};
use vocabulary::{DeclineReason, ReferralState};

/// Works that are ended by the clock in one go; the rest a minute later.
const AT_ONCE: i64 = 500;

impl Store {
    /// Ends by the clock what stands until a day. Time that nobody saw go by doesn't count.
    pub(crate) async fn end_sharing(&self, now: i64) -> Result<usize, StoreError> {
        let now = now.saturating_sub(house::clock_ahead(&self.reader).await?);
        let due = sqlx::query("SELECT case_id, organisation FROM access WHERE ends_at < $1 ORDER BY ends_at LIMIT $2")
            .bind(now)
            .bind(AT_ONCE)
            .fetch_all(&self.reader)
            .await?;
        for row in &due {
            let (case, organisation): (_, String) = (bytes(row, "case_id").map(CaseId)?, row.try_get("organisation")?);
            self.write_and_tell(move |c| Box::pin(async move { Ok(((), expire(c, case, &organisation, now).await?)) }))
                .await?;
        }
        Ok(due.len())
    }
}

/// What the clock does; the ids in it are random, so no line of it can be guessed.
fn by_clock(case: CaseId, item: ItemId, at: i64) -> NewEvent {
    NewEvent { by: Actor::Clock, at, nonce: of_one(&[0; 32], &format!("{case} {item}")), sealed: None }
}

/// Looked at again inside the write.
async fn expire(c: &mut AnyConnection, case: CaseId, organisation: &str, now: i64) -> Result<Vec<News>, StoreError> {
    let mut told = Vec::new();
    let work = work::load(c, case, organisation).await?;
    for (id, _) in work.referrals.iter().filter(|(_, referral)| referral.stands() && referral.until < now) {
        let moved = Moved { state: ReferralState::Revoked, reason: None };
        told.extend(advance(c, case, organisation, *id, moved, None, &by_clock(case, *id, now)).await?);
    }
    for (id, _) in work.consents.iter().filter(|(_, consent)| consent.stands() && consent.until < now) {
        let event = by_clock(case, *id, now);
        carry_out(c, case, organisation, &Change::ConsentExpired { consent: *id }, None, &event).await?;
        told.extend(revoke_by(c, case, organisation, *id, &event).await?);
        told.push(organisation.into());
    }
    Ok(told)
}

/// An organisation leaves: whoever referred somebody to it gets that back. Gives whom it is news for.
pub(crate) async fn give_back(c: &mut AnyConnection, organisation: &str, at: i64) -> Result<Vec<News>, StoreError> {
    let mut told = Vec::new();
    let rows = sqlx::query(
        "SELECT a.case_id FROM access a JOIN cases c ON c.id = a.case_id \
         WHERE a.organisation = $1 AND a.withdrawn_at IS NULL AND c.referral IS NOT NULL",
    )
    .bind(organisation.to_owned())
    .fetch_all(&mut *c)
    .await?;
    for row in &rows {
        let case = bytes(row, "case_id").map(CaseId)?;
        let work = work::load(c, case, organisation).await?;
        for (id, referral) in work.referrals.iter().filter(|(_, referral)| !referral.by_us && referral.stands()) {
            let Some(there) = other_side(c, case, referral).await? else { continue };
            let change = Change::ReferralMoved {
                referral: *id,
                state: ReferralState::Declined,
                reason: Some(DeclineReason::NotReachable),
            };
            let by = Actor::Organisation(organisation.to_owned());
            let event = NewEvent { by, ..by_clock(case, *id, at) };
            carry_out(c, there, &referral.with, &change, None, &event).await?;
            told.extend(Happening::ReferralDeclined.to([referral.with.clone()]));
            told.extend(shut(c, case, *id, &event).await?);
        }
    }
    Ok(told)
}
