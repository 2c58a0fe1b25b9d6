//! Others who help, without scripts: their cases opened by hers, what she agrees to signed in memory.

use super::{
    entry,
    visit::{Read, Seen, Visit},
};
use crate::{
    done::Standing,
    report::{Helper, Refusal, checked},
    site::House,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{CaseId, consent};
use seal::{
    Identity, Key,
    grant::{self, Kind},
    sign::{Purpose, Signer},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Author, HerAnswer, OfHers};
use vocabulary::{EntryKind, Helped, Wellbeing};
use zeroize::Zeroizing;

impl Visit {
    fn signer(&self) -> Option<Signer> {
        let seed = Zeroizing::new(URL_SAFE_NO_PAD.decode(self.signing.text()).ok()?);
        Some(Signer::from_seed(&Key::from_bytes(seed.as_slice().try_into().ok()?)))
    }

    /// She agrees to what the entry says that asked her, signed.
    pub async fn agree(&self, seen: &Seen, house: &House, standing: &Standing, now: i64) -> Result<(), Refusal> {
        let (read, _) = seen.question(house, standing).await?.ok_or(Refusal::Stale)?;
        let asked = read.entry.leaf;
        let text = consent::signed(standing.case, standing.consent, &standing.to, standing.until, &asked);
        let signature = self.signer().ok_or(Refusal::NoSuchReceipt)?.sign(Purpose::Consent, text.as_bytes());
        let about = (standing.case, standing.consent, standing.to.as_str(), standing.until);
        let signature = checked(&seen.case, about, &asked, &signature)?;
        let answer = HerAnswer::Agrees { asked, signature, known: seen.case.receipt_known };
        seen.answer(house, standing, answer, now).await
    }
}

/// The identities of the cases that were made out of hers.
pub(super) fn below(
    helpers: &[Helper],
    hers: CaseId,
    identities: &BTreeMap<i64, Identity>,
) -> BTreeMap<CaseId, Identity> {
    let mut found: BTreeMap<CaseId, Identity> = BTreeMap::new();
    for Helper { case, grants, .. } in helpers {
        let above: Vec<&Identity> = match case.parent {
            Some(parent) if parent == hers => identities.values().collect(),
            Some(parent) => found.get(&parent).into_iter().collect(),
            None => vec![],
        };
        let opens = |by: &&Identity| grants.iter().find_map(|each| grant::open(Kind::Case, &each.sealed, by).ok());
        if let Some(identity) = above.iter().find_map(opens) {
            found.insert(case.id, identity);
        }
    }
    found
}

impl Seen {
    /// What was said there.
    pub fn thread(&self, helper: &Helper) -> Vec<Read> {
        let by = self.below.get(&helper.case.id);
        helper.entries.iter().cloned().map(|entry| Read::new(entry, by)).collect()
    }

    /// The entry that asks for a consent, and what it asks; none where the server says something else than what was sealed.
    pub async fn question(&self, house: &House, standing: &Standing) -> Result<Option<(Read, Value)>, Refusal> {
        let thread = match self.reach.helpers.iter().find(|helper| helper.case.id == standing.case) {
            Some(helper) => self.thread(helper),
            None => self.read(house).await?,
        };
        let by = Author::Organisation(standing.organisation.clone());
        let id = standing.consent.to_string();
        let asks = |read: &Read| {
            let asks = read.content.as_ref()?.get("consent")?.clone();
            let of = |name: &str| asks.get(name);
            let right = read.entry.author == by
                && of("id").and_then(Value::as_str) == Some(&id)
                && of("to").and_then(Value::as_str) == Some(&standing.to)
                && of("until").and_then(Value::as_i64) == Some(standing.until);
            right.then_some(asks)
        };
        Ok(thread.into_iter().find_map(|read| asks(&read).map(|asked| (read, asked))))
    }

    /// She refuses or takes back, or agrees with a signature that was checked.
    pub async fn answer(&self, house: &House, standing: &Standing, answer: HerAnswer, now: i64) -> Result<(), Refusal> {
        let about =
            OfHers { case: standing.case, organisation: standing.organisation.clone(), consent: standing.consent };
        Ok(house.store.answer_consent(self.case.id, about, answer, now, house.random()).await?)
    }

    /// Words to those who help in a case that was made out of hers.
    pub async fn tell(&self, house: &House, case: CaseId, text: &str, now: i64) -> Result<(), Refusal> {
        let key = self.below.get(&case).ok_or(Refusal::Absent)?;
        let words = entry(EntryKind::Message, &json!({ "text": text }), key, vec![]);
        if words.sealed.len() > casework::limits::ENTRY_BYTES {
            return Err(Refusal::OverLimit);
        }
        house.store.add_below(self.case.id, case, vec![words], house.random(), now).await?;
        Ok(())
    }

    /// How she is, to every case where somebody asks.
    pub async fn say(&self, house: &House, said: (Option<Wellbeing>, Option<Helped>), now: i64) -> Result<(), Refusal> {
        for case in &self.reach.asks {
            house.store.she_said(self.case.id, *case, said, now, house.random()).await?;
        }
        Ok(())
    }
}
