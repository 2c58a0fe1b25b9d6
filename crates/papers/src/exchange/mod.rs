//! Lists of cases, out and in: CSV and JSON as `docs/exchange.md` describes them.
//!
//! Out go clear facts and states, and the texts where the worker chooses so. In come the same columns: each row becomes a
//! case, or an error that names its line. A row's number of its own makes its [`CaseId`], so that a second run of the
//! same file adds nothing twice.

mod read;
mod write;

pub use read::{Fault, Read, Row, RowError, read};
pub use write::{csv, json};

use casework::CaseId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The columns, in the order in which they are written.
pub const COLUMNS: [&str; 17] = [
    "id",
    "received_at",
    "urgency",
    "harm",
    "age",
    "sex",
    "province",
    "language",
    "audience",
    "state",
    "answered_at",
    "closed_at",
    "story",
    "contact_how",
    "contact_when",
    "contact_never",
    "messages",
];
/// What a JSON list calls itself.
pub const FORMAT: &str = "haidang-cases";
/// The version of the format; a newer one is refused.
pub const VERSION: u32 = 1;
/// The most bytes of a file that is read.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;
/// The most rows of a file that is read.
pub const ROWS: usize = 10_000;
/// The most letters of a story or of one line of contact.
pub const STORY_LETTERS: usize = 100_000;
/// The most letters of a row's own number.
pub const ID_LETTERS: usize = 100;

/// One case in a list. Absent and empty are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Record {
    /// Its number: of a case of this server its id, in another's list any number of its own.
    pub id: String,
    /// When it came, `2026-11-26T09:30:00+07:00`.
    pub received_at: String,
    /// A code of the vocabulary, as the next ones.
    pub urgency: String,
    /// What it is about.
    pub harm: String,
    /// How old the person is.
    pub age: String,
    /// Her or his sex.
    pub sex: String,
    /// Official code of the province, or `abroad`.
    pub province: String,
    /// The language to answer in.
    pub language: String,
    /// Who asked.
    pub audience: String,
    /// Where it stands.
    pub state: String,
    /// When it was answered first.
    pub answered_at: String,
    /// When it was closed.
    pub closed_at: String,
    /// Her words. Only where the worker chose to write texts.
    pub story: String,
    /// How to reach her.
    pub contact_how: String,
    /// When to reach her.
    pub contact_when: String,
    /// How never to reach her.
    pub contact_never: String,
    /// What was written since, one below the other.
    pub messages: String,
}

impl Record {
    /// The values, in the order of [`COLUMNS`].
    fn values(&self) -> [&str; 17] {
        [
            &self.id,
            &self.received_at,
            &self.urgency,
            &self.harm,
            &self.age,
            &self.sex,
            &self.province,
            &self.language,
            &self.audience,
            &self.state,
            &self.answered_at,
            &self.closed_at,
            &self.story,
            &self.contact_how,
            &self.contact_when,
            &self.contact_never,
            &self.messages,
        ]
    }

    /// The value of a column.
    fn column(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "id" => &mut self.id,
            "received_at" => &mut self.received_at,
            "urgency" => &mut self.urgency,
            "harm" => &mut self.harm,
            "age" => &mut self.age,
            "sex" => &mut self.sex,
            "province" => &mut self.province,
            "language" => &mut self.language,
            "audience" => &mut self.audience,
            "state" => &mut self.state,
            "answered_at" => &mut self.answered_at,
            "closed_at" => &mut self.closed_at,
            "story" => &mut self.story,
            "contact_how" => &mut self.contact_how,
            "contact_when" => &mut self.contact_when,
            "contact_never" => &mut self.contact_never,
            "messages" => &mut self.messages,
            _ => return None,
        })
    }
}

/// The id of the case that a row becomes: the same for the same organisation and number, so that a second run finds it
/// there. A case's own id, as an export writes it, stays what it is; anything else is SHA-256 over both, cut to 128 bits.
pub fn row_id(organisation: &str, id: &str) -> CaseId {
    if let Ok(id) = id.parse() {
        return id;
    }
    let mut hash = Sha256::new();
    hash.update(b"haidang import 1\0");
    // A length before it: no two pairs give the same bytes.
    hash.update((organisation.len() as u64).to_be_bytes());
    hash.update(organisation);
    hash.update(id);
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CaseId(bytes)
}
