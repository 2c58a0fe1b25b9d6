//! Consents: asked, recorded, given, refused and taken back, each together with what she reads of it.

use crate::{
    NewEntry, News, Store, StoreError, access, answering,
    entries::Author,
    events::NewEvent,
    family, holder, referrals,
    work::{self, Seen, carry_out, of_one},
};
use casework::{
    CaseId, ItemId,
    work::{Actor, Change, Work},
};
use sqlx::{AnyConnection, Row};
use vocabulary::{Helped, Wellbeing};

/// What she reads of a consent, in her case.
#[derive(Clone, Debug)]
pub struct Told {
    /// Which of the case's keys it is sealed with.
    pub epoch: i64,
    /// The words.
    pub entry: NewEntry,
}

/// A consent, as she finds it: in which case, who asked.
#[derive(Clone, Debug)]
pub struct OfHers {
    /// Her case, or one that was made out of it.
    pub case: CaseId,
    /// Who asked for it.
    pub organisation: String,
    /// Its name.
    pub consent: ItemId,
}

/// What she answers, or takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HerAnswer {
    /// She agrees to what the entry of this leaf said; the signature was checked.
    Agrees {
        /// The entry that asked her.
        asked: [u8; 32],
        /// As it is kept.
        signature: String,
        /// Whether a worker knew her receipt.
        known: bool,
    },
    /// She doesn't agree.
    Refuses,
    /// She takes back what she allowed.
    TakesBack,
}

impl Store {
    /// A worker asks for a consent, records one, or takes one back for her. What is new she must be able to read: `told`.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] where she would not be told, [`StoreError::Refused`], [`StoreError::Stale`].
    pub async fn consent(
        &self,
        case: CaseId,
        organisation: String,
        change: Change,
        told: Option<Told>,
        seen: Seen,
        event: NewEvent,
    ) -> Result<Work, StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                access::let_in(c, case, &organisation).await?;
                let id = consent_of(&change).ok_or(StoreError::Malformed("a consent"))?;
                let is_new = !work::load(c, case, &organisation).await?.consents.contains_key(&id);
                if is_new && told.is_none() {
                    return Err(StoreError::Malformed("what she reads of it"));
                }
                carry_out(c, case, &organisation, &change, seen, &event).await?;
                let mut news: Vec<News> = vec![organisation.clone().into()];
                if matches!(change, Change::ConsentWithdrawn { .. }) {
                    news.extend(referrals::revoke_by(c, case, &organisation, id, &event).await?);
                }
                if let Some(Told { epoch, entry }) = told {
                    let next = NewEvent { nonce: of_one(&event.nonce, "told"), sealed: None, ..event };
                    news.extend(answering::answer(c, case, &organisation, epoch, &[entry], &next).await?.1);
                }
                Ok((work::load(c, case, &organisation).await?, news))
            })
        })
        .await
    }

    /// She answers a consent that an organisation asked for, in her case (`hers`) or one that was made out of it, or takes
    /// one back; then every referral that rests on it is withdrawn.
    ///
    /// # Errors
    /// [`StoreError::Absent`] for a case that isn't hers or an entry that this organisation didn't write,
    /// [`StoreError::Refused`], [`StoreError::Stale`] while the case is being erased.
    pub async fn answer_consent(
        &self,
        hers: CaseId,
        about: OfHers,
        answer: HerAnswer,
        at: i64,
        nonce: [u8; 32],
    ) -> Result<(), StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                let OfHers { case, organisation, consent } = about;
                holder::held(c, hers).await?;
                family::reaches(c, hers, case).await?;
                let event = NewEvent { by: Actor::Person, at, nonce, sealed: None };
                let change = match answer {
                    HerAnswer::Agrees { asked, signature, known } => {
                        wrote(c, case, &organisation, &asked).await?;
                        let asked = Some(casework::consent::hex(&asked));
                        Change::ConsentGiven { consent, asked, signature: Some(signature), known }
                    }
                    HerAnswer::Refuses => Change::ConsentRefused { consent },
                    HerAnswer::TakesBack => Change::ConsentWithdrawn { consent },
                };
                carry_out(c, case, &organisation, &change, None, &event).await?;
                let mut told = Vec::new();
                if let Change::ConsentWithdrawn { consent } = change {
                    told = referrals::revoke_by(c, case, &organisation, consent, &event).await?;
                }
                told.push(organisation.into());
                Ok(((), told))
            })
        })
        .await
    }

    /// She says how she is, and whether it helped: to every organisation that is let in on that case.
    ///
    /// # Errors
    /// [`StoreError::Absent`] for a case that isn't hers, [`StoreError::Stale`] while it is being erased.
    pub async fn she_said(
        &self,
        hers: CaseId,
        case: CaseId,
        said: (Option<Wellbeing>, Option<Helped>),
        at: i64,
        nonce: [u8; 32],
    ) -> Result<(), StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                holder::held(c, hers).await?;
                family::reaches(c, hers, case).await?;
                let told = access::holders(c, case).await?;
                for organisation in &told {
                    let nonce = of_one(&nonce, organisation);
                    let event = NewEvent { by: Actor::Person, at, nonce, sealed: None };
                    let change = Change::SheSaid { wellbeing: said.0, helped: said.1 };
                    carry_out(c, case, organisation, &change, None, &event).await?;
                }
                Ok(((), told))
            })
        })
        .await
    }

    /// What she writes to whoever helps in a case that was made out of hers. Gives the numbers.
    ///
    /// # Errors
    /// [`StoreError::Absent`] for a case that isn't hers or that nobody reads any more, [`StoreError::Stale`].
    pub async fn add_below(
        &self,
        hers: CaseId,
        case: CaseId,
        entries: Vec<NewEntry>,
        nonce: [u8; 32],
        at: i64,
    ) -> Result<Vec<i64>, StoreError> {
        self.write_and_tell(move |c| {
            Box::pin(async move {
                holder::held(c, hers).await?;
                family::reaches(c, hers, case).await?;
                if access::holders(c, case).await?.is_empty() {
                    return Err(StoreError::Absent("organisation"));
                }
                let numbers = crate::entries::append(c, case, &Author::Person, 0, &entries, at).await?;
                Ok((numbers, work::person_wrote(c, case, nonce, at).await?))
            })
        })
        .await
    }
}

/// Which consent a worker's change is about; none where it is no change of this kind.
const fn consent_of(change: &Change) -> Option<ItemId> {
    match change {
        Change::ConsentAsked { consent, .. }
        | Change::ConsentRecorded { consent, .. }
        | Change::ConsentWithdrawn { consent } => Some(*consent),
        _ => None,
    }
}

/// Whether an entry of this leaf was written by that organisation.
async fn wrote(c: &mut AnyConnection, case: CaseId, organisation: &str, leaf: &[u8; 32]) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT author FROM entries WHERE case_id = $1 AND leaf = $2")
        .bind(&case.0[..])
        .bind(&leaf[..])
        .fetch_optional(c)
        .await?;
    let author: Option<String> = row.map(|row| row.try_get(0)).transpose()?;
    if author.as_deref() == Some(organisation) { Ok(()) } else { Err(StoreError::Absent("entry")) }
}
