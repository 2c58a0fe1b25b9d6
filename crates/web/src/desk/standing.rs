//! How whoever asks stands to a case: the one place that decides, for members and for programs, whether it is there for
//! them at all and whether the policy lets them do to it what they came for.

use super::session::SignedIn;
use crate::report::Refusal;
use casework::{CaseId, MemberId, work::Work};
use rights::{Acting, Action, Relation};
use store::{Access, Case, Store};

/// A case that somebody was let into.
pub(super) struct Standing {
    pub case: Case,
    /// As the organisation of whoever asks stands to it.
    pub access: Access,
    /// Its work there.
    pub work: Work,
    pub relation: Relation,
}

/// Whoever asks for a case.
pub(super) struct Asking<'a> {
    pub store: &'a Store,
    pub organisation: &'a str,
    /// None: a program, which is no chosen member of a conference.
    pub member: Option<MemberId>,
    pub acting: Acting,
    pub action: Action,
}

/// The case, if the policy lets her do what this address is for, as her organisation stands to the case now.
pub(super) async fn let_in(signed_in: &SignedIn, case: &str) -> Result<Standing, Refusal> {
    let asking = Asking {
        store: &signed_in.house.store,
        organisation: &signed_in.member.organisation,
        member: Some(signed_in.member.id),
        acting: signed_in.acting,
        action: signed_in.action.ok_or(Refusal::NotAllowed)?,
    };
    asking.let_in(case).await
}

impl Asking<'_> {
    /// The case. One of others is as if it weren't there; so is a conference for whoever was not chosen.
    pub async fn let_in(&self, case: &str) -> Result<Standing, Refusal> {
        let id: CaseId = case.parse().map_err(|_| Refusal::Absent)?;
        let access = self.store.standing(id, self.organisation).await?.ok_or(Refusal::Absent)?;
        let work = self.store.work(id, self.organisation).await?;
        let relation = stands(&access, &work);
        if !self.acting.may(self.action, relation) {
            return Err(match relation {
                Relation::Own | Relation::Granted | Relation::Held => Refusal::NotAllowed,
                Relation::Withdrawn | Relation::None => Refusal::Absent,
            });
        }
        let case = self.store.case(id).await?;
        if case.members_only {
            self.store.is_chosen(id, self.member.ok_or(Refusal::Absent)?).await?;
        }
        Ok(Standing { case, access, work, relation })
    }
}

/// How an organisation that was ever let in stands to the case now.
pub(super) fn stands(access: &Access, work: &Work) -> Relation {
    match (access.withdrawn_at, access.hold) {
        (None, _) if work.is_only_offered() => Relation::Granted,
        (None, _) => Relation::Own,
        // What it must keep it can open, but for what was written since it was shut out: that has another key.
        (Some(_), Some(_)) => Relation::Held,
        (Some(_), None) => Relation::Withdrawn,
    }
}
