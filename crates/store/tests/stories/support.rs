//! An organisation or two and a report, for a house of either kind.

use casework::{CaseId, FileId, MemberId, Organisation, Texts, work::Actor};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};
use store::{
    Grant, Invitation, NewEntry, NewEvent, NewMember, NewReport, NoticeWays, OrganisationRecord, ReceiptRecord, Store,
};
use vocabulary::{EntryKind, OrganisationKind, Role};

pub use crate::house::House;

/// Wednesday, 25 November 2026, midday in Vietnam.
pub const NOON: i64 = 1_795_582_800;
pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;
pub const FRESH: [u8; 64] = [7; 64];
/// A member who is at the desk.
pub const ANNA: MemberId = MemberId([0xa1; 16]);

/// She does it at this moment.
pub fn by(at: i64) -> NewEvent {
    NewEvent { by: Actor::Member(ANNA, Role::Caseworker), at, nonce: [9; 32], sealed: None }
}

/// Adds these organisations, each with a member and a key.
pub async fn settle(store: &Store, organisations: &[&str]) {
    for id in organisations {
        join(store, id, "an", Role::OrganisationAdmin).await;
    }
}

/// A member joins; where the organisation is not there yet, it is added and she founds it.
pub async fn join(store: &Store, organisation: &str, name: &str, role: Role) -> MemberId {
    let is_new = store.organisation(organisation).await.is_err();
    if is_new {
        store.add_organisation(card(organisation)).await.unwrap();
    }
    let hash = digest(&format!("invitation of {name} to {organisation}"));
    let invitation = Invitation { hash, organisation: organisation.into(), role, expires_at: NOON + 3 * DAY };
    store.invite(invitation).await.unwrap();
    let mut member = member(&format!("{name} of {organisation}"), name);
    member.founds = is_new.then(|| (format!("age1{organisation}"), b"organisation key".to_vec()));
    store.join(hash, member, NOON).await.unwrap().id
}

pub fn member(seed: &str, name: &str) -> NewMember {
    NewMember {
        id: MemberId(id(seed)),
        name: name.into(),
        recipient: format!("age1{name}"),
        wrapped_key: b"wrapped key".to_vec(),
        salt: vec![1; 16],
        sign_in: digest(name),
        totp: Some(b"totp secret".to_vec()),
        founds: None,
    }
}

pub fn card(id: &str) -> OrganisationRecord {
    let both = |vi: &str, en: &str| Texts { vi: vi.into(), en: en.into() };
    OrganisationRecord {
        card: Organisation {
            id: id.into(),
            kind: OrganisationKind::Helpline,
            name: both("Tổng đài", "Helpline"),
            about: both("Nghe và giúp trẻ em.", "Listens to children and helps."),
            told_by_law: Texts::default(),
            hours: "always".into(),
            provinces: vec!["01".into(), "79".into()],
            recipient: None,
        },
        questions: String::new(),
        retention_days: None,
        notices: NoticeWays::default(),
        added_at: NOON,
        closed_at: None,
    }
}

/// A report of this seed to these organisations, with two entries.
pub fn report(seed: &str, organisations: &[&str]) -> NewReport {
    NewReport {
        id: CaseId(id(seed)),
        receipt: receipt(seed),
        recipient: format!("age1{seed}"),
        audience: None,
        facts: casework::Facts::default(),
        grants: grants(seed, 0, organisations),
        entries: vec![entry(&format!("{seed}: story")), entry(&format!("{seed}: answers"))],
    }
}

/// One for the receipt and one for each organisation.
pub fn grants(seed: &str, epoch: i64, organisations: &[&str]) -> Vec<Grant> {
    let holders = std::iter::once(None).chain(organisations.iter().map(Some));
    holders
        .map(|holder| Grant {
            organisation: holder.map(|organisation| (*organisation).to_owned()),
            epoch,
            sealed: format!("{seed}: key of epoch {epoch} for {}", holder.unwrap_or(&"her")).into_bytes(),
        })
        .collect()
}

/// One for each epoch up to this one, all for one holder.
pub fn epochs(seed: &str, organisation: Option<&str>, to: i64) -> Vec<Grant> {
    (0..=to)
        .map(|epoch| Grant {
            organisation: organisation.map(str::to_owned),
            epoch,
            sealed: format!("{seed}: again key of epoch {epoch}").into_bytes(),
        })
        .collect()
}

pub fn receipt(seed: &str) -> ReceiptRecord {
    ReceiptRecord {
        locator: id(&format!("locator of {seed}")),
        verifier: digest(&format!("authenticator of {seed}")),
        version: 1,
        recipient: format!("age1receipt{seed}"),
        verify_key: digest(&format!("signing seed of {seed}")),
    }
}

pub fn entry(text: &str) -> NewEntry {
    NewEntry {
        kind: EntryKind::Message,
        sealed: format!("sealed: {text}").into_bytes(),
        leaf: digest(text),
        files: Vec::new(),
    }
}

pub fn file(seed: &str) -> FileId {
    FileId(id(seed))
}

pub fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn id(seed: &str) -> [u8; 16] {
    digest(seed)[..16].try_into().unwrap()
}

/// Whether these bytes stand anywhere in the folder: database, log, index, files.
pub fn stands_in(folder: &Path, needle: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|child| {
        let child = child.unwrap();
        if child.file_type().unwrap().is_dir() {
            return stands_in(&child.path(), needle);
        }
        let bytes = fs::read(child.path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}
