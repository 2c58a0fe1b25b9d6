//! Coming back without scripts: her receipt's keys, for a quarter of an hour, and what she does with them.

use super::{Filed, Say, Secret, entry, helping::below, record};
use crate::{
    report::{Reach, Refusal},
    site::House,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{CaseId, erasure::Erasure};
use seal::{
    Identity, Recipient,
    grant::{self, Kind},
    receipt::Keys,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::{Access, Case, Entry, Grant, StoreError};
use vocabulary::EntryKind;

/// What lies in the vault: never her words.
#[derive(Serialize, Deserialize)]
pub(crate) struct Visit {
    locator: [u8; 16],
    verifier: [u8; 32],
    opening: Secret,
    /// Signs what she agrees to.
    pub(super) signing: Secret,
    /// New words that she was shown and has not confirmed.
    pub fresh: Option<Secret>,
    /// What she wrote and has not sent.
    pub typed: Secret,
    /// The entry that she says anew.
    pub correcting: Option<i64>,
    /// What the next page says first.
    pub say: Option<Say>,
}

/// Her case, opened.
pub(crate) struct Seen {
    pub case: Case,
    pub accesses: Vec<Access>,
    own: Recipient,
    identities: BTreeMap<i64, Identity>,
    /// Everybody who helps, and what opens the cases that were made out of hers.
    pub reach: Reach,
    pub(super) below: BTreeMap<CaseId, Identity>,
}

/// An entry and what it says; nothing where it doesn't open.
pub(crate) struct Read {
    pub entry: Entry,
    pub content: Option<Value>,
}

impl Visit {
    pub fn new(keys: &Keys) -> Self {
        Self {
            locator: keys.locator,
            verifier: Sha256::digest(keys.authenticator()).into(),
            opening: Secret::new(keys.opening().to_secret_string().as_str()),
            signing: Secret::new(URL_SAFE_NO_PAD.encode(keys.signing().to_key().expose())),
            fresh: None,
            typed: Secret::default(),
            correcting: None,
            say: None,
        }
    }

    /// Her case. Of one that is being erased nothing is opened.
    pub async fn look(&self, house: &House, now: i64) -> Result<Seen, Refusal> {
        let case = house.store.by_receipt(self.locator, self.verifier).await?;
        let opening = Identity::from_secret_string(self.opening.text()).map_err(|_| Refusal::NoSuchReceipt)?;
        let own = opening.recipient();
        let mut seen = Seen {
            case,
            accesses: Vec::new(),
            own,
            identities: BTreeMap::new(),
            reach: Reach::default(),
            below: BTreeMap::new(),
        };
        if !Erasure::from_due(seen.case.erase_due).hides() {
            seen.accesses = house.store.accesses(seen.case.id).await?;
            for each in house.store.grants(seen.case.id, None).await? {
                if let Ok(identity) = grant::open(Kind::Case, &each.sealed, &opening) {
                    seen.identities.insert(each.epoch, identity);
                }
            }
            seen.reach = Reach::of(house, &seen.case, now).await?;
            seen.below = below(&seen.reach.helpers, seen.case.id, &seen.identities);
        }
        Ok(seen)
    }

    /// Goes on with the keys of new words.
    pub fn follow(&mut self, keys: &Keys) {
        *self = Self { say: Some(Say::Done), ..Self::new(keys) };
    }
}

impl Read {
    pub(super) fn new(entry: Entry, by: Option<&Identity>) -> Self {
        let opened = by.and_then(|by| seal::entry::open(&entry.sealed, by).ok());
        // Another leaf means that entries were exchanged.
        let content = opened.filter(|opened| opened.leaf == entry.leaf);
        let content = content.and_then(|opened| serde_json::from_slice(&opened.content).ok());
        Self { entry, content }
    }

    /// Its leaf, as other entries name it.
    pub fn leaf(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.entry.leaf)
    }
}

impl Seen {
    /// Until when the erasure can be stopped.
    pub const fn erase_due(&self) -> Option<i64> {
        self.case.erase_due
    }

    /// The identity that new entries are sealed to.
    pub fn present(&self) -> Result<&Identity, Refusal> {
        self.identities.get(&self.case.epoch).ok_or(Refusal::NoSuchReceipt)
    }

    /// Everything said so far.
    pub async fn read(&self, house: &House) -> Result<Vec<Read>, Refusal> {
        let entries = house.store.entries(self.case.id, 0).await?;
        let read = |entry: Entry| {
            let by = self.identities.get(&entry.epoch);
            Read::new(entry, by)
        };
        Ok(entries.into_iter().map(read).collect())
    }

    /// Those that are let in.
    pub fn let_in(&self) -> impl Iterator<Item = &Access> {
        self.accesses.iter().filter(|access| access.withdrawn_at.is_none())
    }

    /// Adds something.
    pub async fn add(
        &self,
        house: &House,
        kind: EntryKind,
        content: Value,
        files: Vec<&Filed>,
        now: i64,
    ) -> Result<(), Refusal> {
        let sealed = entry(kind, &content, self.present()?, files);
        if sealed.sealed.len() > casework::limits::ENTRY_BYTES {
            return Err(Refusal::OverLimit);
        }
        house.store.add_by_person(self.case.id, self.case.epoch, vec![sealed], house.random(), now).await?;
        Ok(())
    }

    /// Lets another organisation in: a grant for each identity so far.
    pub async fn allow(&self, house: &House, organisation: &str, now: i64) -> Result<(), Refusal> {
        let to = recipient(house, organisation).await?;
        let grant = |(epoch, identity): (&i64, &Identity)| Grant {
            organisation: Some(organisation.to_owned()),
            epoch: *epoch,
            sealed: grant::seal(Kind::Case, identity, &to),
        };
        let grants = self.identities.iter().map(grant).collect();
        Ok(house.store.allow(self.case.id, organisation.to_owned(), grants, now).await?)
    }

    /// Shuts one out: the case goes on under a fresh identity that it never gets.
    pub async fn withdraw(&self, house: &House, organisation: &str, now: i64) -> Result<(), Refusal> {
        let (fresh, epoch) = (Identity::generate(), self.case.epoch + 1);
        let mut grants = vec![Grant { organisation: None, epoch, sealed: grant::seal(Kind::Case, &fresh, &self.own) }];
        for access in self.let_in().filter(|access| access.organisation != organisation) {
            let to = recipient(house, &access.organisation).await?;
            let sealed = grant::seal(Kind::Case, &fresh, &to);
            grants.push(Grant { organisation: Some(access.organisation.clone()), epoch, sealed });
        }
        let recipient = fresh.recipient().to_string();
        Ok(house.store.withdraw(self.case.id, organisation.to_owned(), recipient, grants, now).await?)
    }

    /// Puts new words in the place of the old ones.
    pub async fn replace(&self, house: &House, keys: &Keys) -> Result<(), Refusal> {
        let to = keys.recipient();
        let grant = |(epoch, identity): (&i64, &Identity)| Grant {
            organisation: None,
            epoch: *epoch,
            sealed: grant::seal(Kind::Case, identity, &to),
        };
        let grants = self.identities.iter().map(grant).collect();
        Ok(house.store.replace_receipt(self.case.id, record(keys), grants).await?)
    }

    /// Says that it is over, or that it goes on.
    pub async fn close(&self, house: &House, closed: bool, now: i64) -> Result<(), Refusal> {
        Ok(house.store.close_case(self.case.id, closed.then_some(now)).await?)
    }

    /// Asks for the erasure, or stops it.
    pub async fn erase(&self, house: &House, erase: bool, now: i64) -> Result<(), Refusal> {
        if erase {
            house.store.ask_erasure(self.case.id, now).await?;
        } else {
            house.store.stop_erasure(self.case.id).await?;
        }
        Ok(())
    }
}

async fn recipient(house: &House, organisation: &str) -> Result<Recipient, Refusal> {
    let record = house.store.organisation(organisation).await?;
    let to = record.card.recipient.and_then(|to| to.parse().ok());
    to.ok_or_else(|| StoreError::Absent("organisation").into())
}
