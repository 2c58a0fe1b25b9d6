//! Sealing a report in memory and handing it to the store: what her device does where it can.

use super::{Filed, Sending, rng};
use crate::site::House;
use casework::clock;
use seal::{
    Identity, Receipt,
    grant::{self, Kind},
    receipt::Keys,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{sync::Arc, time::Duration};
use store::{Grant, NewEntry, NewReport, ReceiptRecord, StoreError};
use tokio::time::timeout;
use vocabulary::EntryKind;

/// How long a request waits for its turn to derive; then the page asks again by itself.
const PATIENCE: Duration = Duration::from_secs(4);

/// The keys of a receipt. 64 MiB each, so they take turns; none where it was not yet this one's turn.
pub(crate) async fn derive(house: &Arc<House>, receipt: Receipt) -> Option<Keys> {
    let turn = timeout(PATIENCE, Arc::clone(&house.plain.turns).acquire_owned()).await.ok()?.ok()?;
    let salt = house.receipt_salt;
    let work = move || {
        let _turn = turn;
        receipt.derive(&salt)
    };
    tokio::task::spawn_blocking(work).await.ok()
}

/// What the store keeps of a receipt.
pub(crate) fn record(keys: &Keys) -> ReceiptRecord {
    ReceiptRecord {
        locator: keys.locator,
        verifier: Sha256::digest(keys.authenticator()).into(),
        version: 0,
        recipient: keys.recipient().to_string(),
        verify_key: keys.signing().verifier().to_bytes(),
    }
}

/// One entry, sealed to the case.
pub(crate) fn entry(kind: EntryKind, content: &Value, to: &Identity, files: Vec<&Filed>) -> NewEntry {
    let plain = zeroize::Zeroizing::new(content.to_string());
    let sealed = seal::entry::seal(plain.as_bytes(), &to.recipient(), &mut rng());
    let files = files.into_iter().filter_map(|file| file.id.parse().ok()).collect();
    NewEntry { kind, sealed: sealed.bytes, leaf: sealed.leaf, files }
}

/// How sending went.
#[derive(Clone, Copy)]
pub(crate) enum Outcome {
    /// On the disk; so many seconds until somebody should answer.
    Sent(i64),
    /// Others are before it.
    Wait,
    /// None of those she chose takes reports any more.
    Nobody,
    /// The disk or the database failed; nothing was acknowledged.
    Failed,
}

/// Seals and stores. The same draft again arrives once.
pub(crate) async fn send(house: &Arc<House>, sending: &Sending, now: i64) -> Outcome {
    let receipt = sending.telling.receipt.as_ref().and_then(|receipt| Receipt::parse(receipt.text()).ok());
    let Some((receipt, case)) = receipt.zip(sending.telling.case.as_ref()) else {
        return Outcome::Failed;
    };
    let Some(identity) = case.identity() else { return Outcome::Failed };
    let Some(keys) = derive(house, receipt).await else { return Outcome::Wait };
    let told = &sending.telling;
    let mut grants = vec![granted(None, &identity, &keys.recipient())];
    let organisations = match house.store.organisations().await {
        Ok(all) => all,
        Err(error) => return failed(&error),
    };
    for record in organisations {
        let chosen = told.answers.has("organisation", &record.card.id);
        if let Some(to) = record.card.recipient.as_ref().filter(|_| chosen).and_then(|to| to.parse().ok()) {
            grants.push(granted(Some(record.card.id), &identity, &to));
        }
    }
    if grants.len() < 2 {
        return Outcome::Nobody;
    }
    let facts = told.clear();
    let sent = Outcome::Sent(clock::answer_within(&facts));
    let (id, receipt) = (case.id, record(&keys));
    let (locator, verifier) = (receipt.locator, receipt.verifier);
    let report = NewReport {
        id,
        receipt,
        recipient: identity.recipient().to_string(),
        audience: told.audience(),
        facts,
        grants,
        entries: entries(sending, &identity),
    };
    match house.store.receive(report, now).await {
        Ok(_) => {
            house.gate.note(now);
            sent
        }
        // Each time it is sealed it looks different. Where her receipt opens it, a twin of this request was faster.
        Err(StoreError::Taken(what)) => match house.store.by_receipt(locator, verifier).await {
            Ok(case) if case.id == id => sent,
            _ => failed(&StoreError::Taken(what)),
        },
        Err(error) => failed(&error),
    }
}

/// What failed, never for whom.
fn failed(error: &StoreError) -> Outcome {
    tracing::error!(%error, "a report could not be kept");
    Outcome::Failed
}

fn granted(organisation: Option<String>, identity: &Identity, to: &seal::Recipient) -> Grant {
    Grant { organisation, epoch: 0, sealed: grant::seal(Kind::Case, identity, to) }
}

/// Her words, her answers, her files.
fn entries(sending: &Sending, identity: &Identity) -> Vec<NewEntry> {
    let told = &sending.telling;
    let (story, answers) = (told.answers.one("story"), told.told());
    let mut entries = Vec::new();
    if !story.is_empty() {
        entries.push(entry(EntryKind::Story, &json!({ "text": story }), identity, vec![]));
    }
    if !answers.is_empty() || story.is_empty() {
        entries.push(entry(EntryKind::Answers, &json!({ "answers": answers }), identity, vec![]));
    }
    entries.extend(told.files.iter().map(|file| entry(EntryKind::File, &file.about(), identity, vec![file])));
    entries
}
