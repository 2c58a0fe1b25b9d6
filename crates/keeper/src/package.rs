//! An evidence package, made on her device: files pass by twice, and only a blinded root leaves.

use crate::{Problem, exactly, random};
use evidence::{Draft, Handing, LogProof, MakeError, NewItem, Packing, Piece, Proven, Stamp, Unproved};
use seal::{Recipient, head::Head, locked::Locker};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroize;

/// A package to be.
#[wasm_bindgen]
pub struct PackageDraft(Option<Draft>);

/// A package whose root is to be signed by the server.
#[wasm_bindgen]
pub struct PackageRoot(Option<Unproved>);

/// A package on its way out, piece by piece.
#[wasm_bindgen]
pub struct Package {
    packing: Packing,
    locker: Option<Locker>,
}

/// What comes next of a package.
#[wasm_bindgen(getter_with_clone)]
pub struct PackagePiece {
    /// To be written; there may be nothing yet.
    pub bytes: Vec<u8>,
    /// The item whose content comes now, or -1.
    pub item: i32,
    /// Nothing comes behind it.
    pub done: bool,
}

impl From<MakeError> for Problem {
    fn from(error: MakeError) -> Self {
        let code = match error {
            MakeError::Empty | MakeError::TooMany | MakeError::Order => "option",
            MakeError::Changed(_) => "changed",
            MakeError::Answer => "answer",
            MakeError::Log => "log",
        };
        Self::of(code, &error)
    }
}

fn over() -> Problem {
    Problem::of("option", "this package was ended before")
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Problem> {
    // The parser's own words would quote what was typed.
    serde_json::from_str(json).map_err(|_| Problem::of("option", "not the JSON of an item"))
}

#[wasm_bindgen]
impl PackageDraft {
    /// `made`: the device's clock, seconds since 1970.
    #[wasm_bindgen(constructor)]
    pub fn new(made: f64) -> Self {
        Self(Some(Draft::new(made as u64)))
    }

    fn draft(&mut self) -> Result<&mut Draft, Problem> {
        self.0.as_mut().ok_or_else(over)
    }

    /// Begins a file: `{"name", "type", "at", "by", "shown", "entry"}`.
    pub fn begin(&mut self, item: &str) -> Result<(), Problem> {
        let item: NewItem = read(item)?;
        Ok(self.draft()?.begin(item)?)
    }

    /// Its next piece.
    pub fn content(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        Ok(self.draft()?.content(bytes)?)
    }

    /// It is whole.
    pub fn end(&mut self) -> Result<(), Problem> {
        Ok(self.draft()?.end()?)
    }

    /// Who handed what to whom: `{"at", "from", "to", "what"}`.
    pub fn hand(&mut self, handing: &str) -> Result<(), Problem> {
        let handing: Handing = read(handing)?;
        self.draft()?.hand(&handing);
        Ok(())
    }

    /// Nothing more comes.
    pub fn seal(&mut self) -> Result<PackageRoot, Problem> {
        let draft = self.0.take().ok_or_else(over)?;
        Ok(PackageRoot(Some(draft.seal(&mut random())?)))
    }
}

#[wasm_bindgen]
impl PackageRoot {
    /// The only thing that leaves the device, 32 bytes.
    pub fn root(&self) -> Result<Vec<u8>, Problem> {
        self.0.as_ref().map(|unproved| unproved.root().to_vec()).ok_or_else(over)
    }

    /// With the server's answer: 104 signed bytes, its key, and what an outside authority gave. For a case also the 48
    /// bytes of its log's head, their signature, and all leaves, 32 bytes each.
    #[expect(clippy::too_many_arguments, reason = "JavaScript hands over what it has, one by one")]
    pub fn prove(
        &mut self,
        signed: &[u8],
        server_key: &[u8],
        response: Option<Vec<u8>>,
        authority: Option<String>,
        head: Option<Vec<u8>>,
        head_signature: Option<Vec<u8>>,
        leaves: Option<Vec<u8>>,
    ) -> Result<Package, Problem> {
        let unproved = self.0.take().ok_or_else(over)?;
        let signed: [u8; 104] = exactly(signed, "a signed statement has 104 bytes")?;
        let (statement, signature) = signed.split_at(40);
        let time = statement[..8].iter().fold(0, |time, byte| (time << 8) | u64::from(*byte));
        let log = match (head, head_signature, leaves) {
            (Some(head), Some(signature), Some(leaves)) => Some(LogProof {
                head: Head::from_bytes(&exactly(&head, "a head has 48 bytes")?),
                signature: exactly(&signature, "a signature has 64 bytes")?,
                leaves: leaves.chunks(32).map(|leaf| exactly(leaf, "a leaf has 32 bytes")).collect::<Result<_, _>>()?,
            }),
            _ => None,
        };
        let packing = unproved.prove(Proven {
            time,
            signature: exactly(signature, "a signature has 64 bytes")?,
            server_key: exactly(server_key, "the server's key has 32 bytes")?,
            stamp: response.zip(authority).map(|(response, authority)| Stamp { response, authority }),
            log,
        })?;
        Ok(Package { packing, locker: None })
    }
}

#[wasm_bindgen]
impl Package {
    /// Everything from now on comes out locked with this passphrase, as age locks a file.
    pub fn lock(&mut self, mut passphrase: String) {
        self.locker = Some(Locker::new(&passphrase));
        passphrase.zeroize();
    }

    /// The same, for whoever holds the key of this recipient (`age1…`).
    pub fn lock_to(&mut self, recipient: &str) -> Result<(), Problem> {
        let recipient: Recipient =
            recipient.parse().map_err(|error: seal::KeyError| Problem::of("recipient", &error))?;
        self.locker = Some(Locker::to(&recipient));
        Ok(())
    }

    /// The next piece.
    #[expect(clippy::should_implement_trait, reason = "JavaScript calls it so")]
    pub fn next(&mut self) -> Result<PackagePiece, Problem> {
        Ok(match self.packing.next()? {
            Piece::Bytes(bytes) => PackagePiece { bytes: self.out(bytes), item: -1, done: false },
            Piece::Item(number) => {
                PackagePiece { bytes: Vec::new(), item: i32::try_from(number).unwrap_or(i32::MAX), done: false }
            }
            Piece::End => {
                let bytes = self.locker.take().map(Locker::finish).unwrap_or_default();
                PackagePiece { bytes, item: -1, done: true }
            }
        })
    }

    /// A piece of the item that is under way; gives what is to be written for it.
    pub fn content(&mut self, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
        self.packing.content(&bytes)?;
        Ok(self.out(bytes))
    }

    fn out(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        match &mut self.locker {
            Some(locker) => locker.push(&bytes),
            None => bytes,
        }
    }
}
