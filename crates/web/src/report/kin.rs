//! Everybody who helps her, seen from her receipt: her case and those that were made out of it for others, what was done,
//! what is next, what she is asked.

use super::{Bytes, Refusal, entry_json, grants_json};
use crate::{
    done::{Line, Names, Standing, consent, name},
    site::House,
};
use casework::{CaseId, work::Referral};
use serde_json::{Value, json};
use store::{Access, Case, Entry, Grant, StoreError};
use vocabulary::{Lang, TaskKind};

/// Lines of what was done that are shown, the latest.
const LINES: usize = 200;

/// All of it.
#[derive(Default)]
pub(crate) struct Reach {
    pub names: Names,
    pub consents: Vec<Standing>,
    /// When, and the line in both languages.
    pub done: Vec<(i64, [String; 2])>,
    /// Who does what next, and until when.
    pub next: Vec<(String, Option<TaskKind>, i64)>,
    /// Where she is asked how she is.
    pub asks: Vec<CaseId>,
    pub helpers: Vec<Helper>,
}

/// A case that was made out of hers.
pub(crate) struct Helper {
    pub case: Case,
    pub accesses: Vec<Access>,
    pub entries: Vec<Entry>,
    /// Its identity, sealed to the case that it was made out of.
    pub grants: Vec<Grant>,
    /// As it stands there.
    pub referral: Option<Referral>,
}

impl Reach {
    pub async fn of(house: &House, hers: &Case, now: i64) -> Result<Self, Refusal> {
        let store = &house.store;
        let mut reach = Self::default();
        let below = store.descendants(hers.id).await?;
        for case in std::iter::once(hers).chain(&below) {
            let accesses = store.accesses(case.id).await?;
            let mut referral = None;
            for access in &accesses {
                let received = reach.look(house, case, access, now).await?;
                referral = referral.or(received);
            }
            if case.parent.is_some() {
                let (entries, grants) = (store.entries(case.id, 0).await?, store.grants_of_origin(case.id).await?);
                reach.helpers.push(Helper { case: case.clone(), accesses, entries, grants, referral });
            }
        }
        reach.done.sort_by_key(|(at, _)| *at);
        reach.done.drain(..reach.done.len().saturating_sub(LINES));
        reach.asks.dedup();
        Ok(reach)
    }

    /// What one organisation did about one case. Gives the referral that brought the case there.
    async fn look(
        &mut self,
        house: &House,
        case: &Case,
        access: &Access,
        now: i64,
    ) -> Result<Option<Referral>, StoreError> {
        let (store, organisation) = (&house.store, &access.organisation);
        let work = store.work(case.id, organisation).await?;
        let others = work.consents.values().map(|consent| &consent.to).chain(work.referrals.values().map(|r| &r.with));
        for id in others.chain([organisation]) {
            if !self.names.contains_key(id)
                && let Ok(record) = store.organisation(id).await
            {
                self.names.insert(id.clone(), record.card.name);
            }
        }
        for (id, consent) in &work.consents {
            self.consents.push(Standing {
                case: case.id,
                organisation: organisation.clone(),
                consent: *id,
                to: consent.to.clone(),
                until: consent.until,
                state: consent.state,
            });
        }
        for event in store.events_of_case(case.id, organisation).await? {
            let Some(change) = event.change()? else { continue };
            let said = |lang| Line { lang, names: &self.names, organisation, work: &work }.said(&change);
            if let (Some(vi), Some(en)) = (said(Lang::Vi), said(Lang::En)) {
                self.done.push((event.at, [vi, en]));
            }
        }
        if access.withdrawn_at.is_none() {
            if work.is_open() {
                self.next.extend(work.next_step().map(|(what, due)| (organisation.clone(), what, due)));
            }
            if work.asks_how_she_is(now) {
                self.asks.push(case.id);
            }
        }
        Ok(work.referrals.values().find(|referral| !referral.by_us).cloned())
    }

    /// As her device gets it.
    pub fn json(&self, lang: Lang, house: &House, now: i64) -> Value {
        let consents = self.consents.iter().map(|each| {
            json!({
                "case": each.case, "organisation": each.organisation, "consent": each.consent, "to": each.to,
                "to_name": name(&self.names, &each.to, lang), "until": each.until, "state": each.state,
                "said": consent(each.state, lang), "can_be_taken_back": each.can_be_taken_back(),
            })
        });
        let consents: Vec<_> = consents.collect();
        let line = |(at, said): &(i64, [String; 2])| json!({ "at": at, "said": said[usize::from(lang == Lang::En)] });
        let next = self.next.iter();
        let next =
            next.map(|(id, what, due)| json!({ "organisation": id, "what": what_next(*what, lang), "due": due }));
        let next: Vec<_> = next.collect();
        let cases: Vec<_> = self.helpers.iter().map(|helper| helper.json(house, now)).collect();
        json!({
            "names": self.names, "consents": consents, "done": self.done.iter().map(line).collect::<Vec<_>>(),
            "next": next, "asks": self.asks, "cases": cases,
        })
    }
}

impl Helper {
    fn json(&self, house: &House, now: i64) -> Value {
        let Self { case, accesses, entries, grants, referral } = self;
        let leaves: Vec<_> = entries.iter().map(|entry| entry.leaf).collect();
        let readers: Vec<_> = accesses
            .iter()
            .map(|a| json!({ "id": a.organisation, "state": a.state, "withdrawn_at": a.withdrawn_at, "opened_at": a.opened_at }))
            .collect();
        json!({
            "id": case.id, "parent": case.parent, "recipient": case.recipient, "received_at": case.received_at,
            "referral": case.referral, "conference": case.members_only, "readers": readers,
            "from": referral.as_ref().map(|r| &r.with), "until": referral.as_ref().map(|r| r.until),
            "state": referral.as_ref().map(|r| r.state), "grants": grants_json(grants.clone()),
            "entries": entries.iter().cloned().map(entry_json).collect::<Vec<_>>(),
            "head": house.signer.head(&leaves, now),
        })
    }
}

/// Her signature over what she read, checked: as it is kept.
pub(crate) fn checked(
    hers: &Case,
    standing: (CaseId, casework::ItemId, &str, i64),
    asked: &[u8; 32],
    signature: &[u8; 64],
) -> Result<String, Refusal> {
    let (case, consent, to, until) = standing;
    let text = casework::consent::signed(case, consent, to, until, asked);
    let key = seal::sign::Verifier::from_bytes(&hers.receipt.verify_key).ok_or(Refusal::NotHers)?;
    if key.verify(seal::sign::Purpose::Consent, text.as_bytes(), signature) {
        Ok(Bytes(signature.to_vec()).text())
    } else {
        Err(Refusal::NotHers)
    }
}

/// The next step, as she reads it; a case that waits is looked at again.
pub(crate) const fn what_next(what: Option<TaskKind>, lang: Lang) -> &'static str {
    match what {
        Some(what) => what.name(lang),
        None => lang.pick("xem lại cùng bạn", "look at it again with you"),
    }
}
