//! A case: its identity, behind a handle.

use crate::{FileOpener, FileSealer, Problem, random};
use seal::{
    Identity, Recipient, entry,
    grant::{self, Kind},
};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroize;

/// Opens and seals everything of one case.
#[wasm_bindgen]
pub struct Case(pub(crate) Identity);

/// An entry, ready to be sent.
#[wasm_bindgen(getter_with_clone)]
pub struct SealedEntry {
    /// What the server stores.
    pub bytes: Vec<u8>,
    /// What stands for the entry in the log, 32 bytes.
    pub leaf: Vec<u8>,
}

/// An entry, ready to be read.
#[wasm_bindgen(getter_with_clone)]
pub struct OpenedEntry {
    /// What was sealed.
    pub content: Vec<u8>,
    /// With it and the content anybody computes the leaf, 32 bytes.
    pub nonce: Vec<u8>,
    /// What must stand for the entry in the log, 32 bytes.
    pub leaf: Vec<u8>,
}

impl Drop for OpenedEntry {
    fn drop(&mut self) {
        self.content.zeroize();
    }
}

#[wasm_bindgen]
impl Case {
    /// A new case, with an identity of its own.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "each one is new; JavaScript says `new Case()`")]
    pub fn new() -> Self {
        Self(Identity::generate())
    }

    /// The public half, `age1…`.
    pub fn recipient(&self) -> String {
        self.0.recipient().to_string()
    }

    /// A grant to an organisation, or to the recipient of a receipt.
    pub fn grant_to(&self, recipient: &str) -> Result<Vec<u8>, Problem> {
        Ok(grant::seal(Kind::Case, &self.0, &recipient.parse()?))
    }

    /// Seals an entry.
    pub fn seal(&self, content: &[u8]) -> SealedEntry {
        sealed(content, &self.0.recipient())
    }

    /// Opens an entry.
    pub fn open(&self, sealed: &[u8]) -> Result<OpenedEntry, Problem> {
        opened(sealed, &self.0)
    }

    /// Opens a file, piece by piece.
    pub fn open_file(&self) -> FileOpener {
        FileOpener::new(&self.0)
    }
}

/// Seals an entry to a recipient whose identity is not here, such as a note to one's own organisation.
#[wasm_bindgen]
pub fn seal_entry(recipient: &str, content: &[u8]) -> Result<SealedEntry, Problem> {
    Ok(sealed(content, &recipient.parse()?))
}

/// Seals a file of `length` bytes, piece by piece. Needs no secret: a worker of its own does it, whose memory stays
/// small because it never derives anything.
#[wasm_bindgen]
pub fn seal_file(recipient: &str, length: f64) -> Result<FileSealer, Problem> {
    FileSealer::new(&recipient.parse()?, length)
}

fn sealed(content: &[u8], to: &Recipient) -> SealedEntry {
    let sealed = entry::seal(content, to, &mut random());
    SealedEntry { bytes: sealed.bytes, leaf: sealed.leaf.to_vec() }
}

pub(crate) fn opened(sealed: &[u8], by: &Identity) -> Result<OpenedEntry, Problem> {
    let opened = entry::open(sealed, by)?;
    Ok(OpenedEntry { content: opened.content.to_vec(), nonce: opened.nonce.to_vec(), leaf: opened.leaf.to_vec() })
}

pub(crate) fn open_case(sealed: &[u8], by: &Identity) -> Result<Case, Problem> {
    Ok(Case(grant::open(Kind::Case, sealed, by)?))
}
