//! The shapes of the wire, and their way to and from the store's.

use super::Refusal;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{CaseId, FileId, limits};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::{Value, json};
use std::borrow::Cow;
use store::{Author, Entry, Grant, NewEntry, ReceiptRecord};
use vocabulary::EntryKind;

/// Bytes as base64url without padding (RFC 4648, 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        // The decoder's own words would quote what was sent.
        URL_SAFE_NO_PAD.decode(text.as_bytes()).map(Self).map_err(|_| D::Error::custom("not base64url"))
    }
}

impl Bytes {
    /// As it stands in JSON.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }

    /// As people compare it: hexadecimal.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Exactly so many.
    pub fn exactly<const N: usize>(&self) -> Result<[u8; N], Refusal> {
        self.0.as_slice().try_into().map_err(|_| Refusal::BadSeal)
    }
}

/// What every age file starts with (age-encryption.org/v1).
const AGE: &[u8] = b"age-encryption.org/v1\n";

/// An age file by its first line; more can't be seen from here.
pub(crate) fn sealed(bytes: Bytes, most: usize) -> Result<Vec<u8>, Refusal> {
    if !bytes.0.starts_with(AGE) {
        return Err(Refusal::BadSeal);
    }
    if bytes.0.len() > most { Err(Refusal::OverLimit) } else { Ok(bytes.0) }
}

/// A recipient that something can be sealed to.
pub(crate) fn recipient(text: String) -> Result<String, Refusal> {
    if text.parse::<seal::Recipient>().is_ok() { Ok(text) } else { Err(Refusal::BadSeal) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptWire {
    version: u8,
    locator: Bytes,
    verifier: Bytes,
    recipient: String,
    verify_key: Bytes,
}

impl ReceiptWire {
    pub fn record(self) -> Result<ReceiptRecord, Refusal> {
        Ok(ReceiptRecord {
            locator: self.locator.exactly()?,
            verifier: self.verifier.exactly()?,
            version: self.version,
            recipient: recipient(self.recipient)?,
            verify_key: self.verify_key.exactly()?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantWire {
    #[serde(default)]
    organisation: Option<String>,
    epoch: i64,
    sealed: Bytes,
}

pub(crate) fn grants(wire: Vec<GrantWire>) -> Result<Vec<Grant>, Refusal> {
    let one = |grant: GrantWire| {
        let sealed = sealed(grant.sealed, limits::GRANT_BYTES)?;
        Ok(Grant { organisation: grant.organisation, epoch: grant.epoch, sealed })
    };
    wire.into_iter().map(one).collect()
}

/// An entry as a device sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEntryWire {
    kind: EntryKind,
    sealed: Bytes,
    leaf: Bytes,
    #[serde(default)]
    files: Vec<FileId>,
}

impl NewEntryWire {
    /// All of them, within the limits.
    pub fn all(wire: Vec<Self>) -> Result<Vec<NewEntry>, Refusal> {
        if wire.is_empty() || wire.len() > limits::ENTRIES_AT_ONCE {
            return Err(if wire.is_empty() { Refusal::BadJson } else { Refusal::OverLimit });
        }
        let one = |entry: Self| {
            let sealed = sealed(entry.sealed, limits::ENTRY_BYTES)?;
            Ok(NewEntry { kind: entry.kind, sealed, leaf: entry.leaf.exactly()?, files: entry.files })
        };
        wire.into_iter().map(one).collect()
    }
}

/// An entry as it is handed out.
pub(crate) fn entry_json(entry: Entry) -> Value {
    let author = match &entry.author {
        Author::Person => "person",
        Author::Organisation(id) => id,
    };
    json!({
        "number": entry.number, "epoch": entry.epoch, "kind": entry.kind, "author": author, "at": entry.at,
        "leaf": Bytes(entry.leaf.to_vec()), "sealed": Bytes(entry.sealed),
    })
}

/// Grants as they are handed to their holder.
pub(crate) fn grants_json(grants: Vec<Grant>) -> Value {
    grants.into_iter().map(|g| json!({"epoch": g.epoch, "sealed": Bytes(g.sealed)})).collect()
}

/// The id of an address.
pub(super) fn case_id(text: &str) -> Result<CaseId, Refusal> {
    text.parse().map_err(|_| Refusal::Absent)
}
