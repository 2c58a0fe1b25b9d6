//! Making a package: files are hashed as they pass, then a blinded root is asked a signature for, then everything is
//! written out as the files pass a second time. Memory holds names and hashes, never a file.

use crate::{
    about::{self, About, Handing, ITEMS_MOST, Item, NewItem, cut},
    bag,
    hex::Hex,
    names, page,
    proof::{self, EntryFile, LeafProof, LogFile, ProofFile, Stamp, Statement, to_json},
    readme,
    zip::{self, Entry},
};
use rand_core::CryptoRng;
use seal::{Digest32, Leaf, head::Head, leaf, sign::Verifier, tree};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;

/// Why a package can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MakeError {
    /// Nothing was put in.
    #[error("there is nothing in it")]
    Empty,
    /// More than [`ITEMS_MOST`].
    #[error("one package takes {ITEMS_MOST} files")]
    TooMany,
    /// A file was begun before the last one ended, or content came without one.
    #[error("a file was not ended, or not begun")]
    Order,
    /// A file is not what it was when it was hashed; its number, from 0.
    #[error("file {0} changed meanwhile")]
    Changed(usize),
    /// The answer is not over this root, or not by that key.
    #[error("the server's answer doesn't fit")]
    Answer,
    /// An entry is not in the case's log at the place that was named.
    #[error("an entry is not in the log of the case")]
    Log,
}

struct Hashed {
    item: Item,
    crc: u32,
    shown: Option<String>,
    entry: Option<(u64, [u8; 32])>,
}

/// A content as it passes.
#[derive(Default)]
struct Passing {
    sha: Sha256,
    crc: crc32fast::Hasher,
    bytes: u64,
}

impl Passing {
    fn push(&mut self, bytes: &[u8]) {
        self.sha.update(bytes);
        self.crc.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

/// A package to be: takes files one after the other.
pub struct Draft {
    made: u64,
    items: Vec<Hashed>,
    under_way: Option<(NewItem, Passing)>,
    custody: Vec<Handing>,
}

impl Draft {
    /// `made`: the device's clock, seconds since 1970.
    pub const fn new(made: u64) -> Self {
        Self { made, items: Vec::new(), under_way: None, custody: Vec::new() }
    }

    /// Begins a file.
    pub fn begin(&mut self, item: NewItem) -> Result<(), MakeError> {
        if self.under_way.is_some() {
            return Err(MakeError::Order);
        }
        if self.items.len() == ITEMS_MOST {
            return Err(MakeError::TooMany);
        }
        self.under_way = Some((item, Passing::default()));
        Ok(())
    }

    /// The next piece of it.
    pub fn content(&mut self, bytes: &[u8]) -> Result<(), MakeError> {
        let (_, passing) = self.under_way.as_mut().ok_or(MakeError::Order)?;
        passing.push(bytes);
        Ok(())
    }

    /// The file is whole.
    pub fn end(&mut self) -> Result<(), MakeError> {
        let (new, passing) = self.under_way.take().ok_or(MakeError::Order)?;
        let item = Item {
            file: names::data(self.items.len() + 1, &new.name),
            name: cut(&new.name),
            media: cut(&new.media),
            bytes: passing.bytes,
            sha256: Hex(passing.sha.finalize().into()),
            at: new.at,
            by: new.by.as_deref().map(cut),
        };
        let entry = new.entry.map(|(number, nonce)| (number, nonce.0));
        self.items.push(Hashed { item, crc: passing.crc.finalize(), shown: new.shown, entry });
        Ok(())
    }

    /// Who handed what to whom.
    pub fn hand(&mut self, handing: &Handing) {
        let Handing { at, from, to, what } = handing;
        self.custody.push(Handing { at: *at, from: cut(from), to: cut(to), what: cut(what) });
    }

    /// Nothing more comes. Draws a nonce for each leaf, so that the root says nothing about what lies under it.
    pub fn seal(self, rng: &mut impl CryptoRng) -> Result<Unproved, MakeError> {
        if self.under_way.is_some() {
            return Err(MakeError::Order);
        }
        if self.items.is_empty() {
            return Err(MakeError::Empty);
        }
        let about = About {
            format: about::FORMAT.to_owned(),
            made: self.made,
            folder: about::folder(self.made),
            items: self.items.iter().map(|hashed| hashed.item.clone()).collect(),
            custody: self.custody,
        };
        let shown: Vec<_> = self.items.iter().map(|hashed| hashed.shown.clone()).collect();
        let index = page::render(&about, &shown).into_bytes();
        let sealed = [to_json(&about), index, readme::READ_ME.as_bytes().to_vec()];
        let items = about.items.iter().map(|item| (item.file.clone(), item.sha256.0));
        let beside = bag::SEALED.iter().zip(&sealed).map(|(name, bytes)| ((*name).to_owned(), sha256(bytes)));
        let leaves = items.chain(beside).map(|(file, hash)| {
            let mut nonce = [0; 32];
            rng.fill_bytes(&mut nonce);
            (file, nonce, leaf(&nonce, &hash))
        });
        let leaves: Vec<_> = leaves.collect();
        let only: Vec<Leaf> = leaves.iter().map(|(_, _, leaf)| *leaf).collect();
        let root = tree::root(&only);
        let crcs = self.items.iter().map(|hashed| hashed.crc).collect();
        let entries = self.items.iter().map(|hashed| hashed.entry).collect();
        Ok(Unproved { about, sealed, leaves, only, root, crcs, entries })
    }
}

/// A package whose root is to be signed.
pub struct Unproved {
    about: About,
    sealed: [Vec<u8>; 3],
    leaves: Vec<(String, [u8; 32], Leaf)>,
    only: Vec<Leaf>,
    root: Digest32,
    crcs: Vec<u32>,
    entries: Vec<Option<(u64, [u8; 32])>>,
}

/// What the server answered.
pub struct Proven {
    /// Its time.
    pub time: u64,
    /// Over the [`Statement`] of the root and this time.
    pub signature: [u8; 64],
    /// Its public key.
    pub server_key: [u8; 32],
    /// What an outside authority gave, where there is one.
    pub stamp: Option<Stamp>,
    /// For a case: the head of its log and all its leaves.
    pub log: Option<LogProof>,
}

/// The log of a case, as the server signed it.
pub struct LogProof {
    /// The head.
    pub head: Head,
    /// Its signature.
    pub signature: [u8; 64],
    /// Every leaf, in order.
    pub leaves: Vec<Leaf>,
}

impl Unproved {
    /// The only thing that leaves the device.
    pub const fn root(&self) -> &Digest32 {
        &self.root
    }

    /// With the server's answer, which is checked, everything is there.
    pub fn prove(self, proven: Proven) -> Result<Packing, MakeError> {
        let statement = Statement { time: proven.time, root: self.root };
        let server = Verifier::from_bytes(&proven.server_key).ok_or(MakeError::Answer)?;
        if !statement.verify(&proven.signature, &server) {
            return Err(MakeError::Answer);
        }
        let log = proven.log.as_ref().map(|log| self.log(log, &server)).transpose()?;
        let leaves = self.leaves.iter().enumerate().map(|(index, (file, nonce, leaf))| LeafProof {
            file: file.clone(),
            nonce: Hex(*nonce),
            leaf: Hex(*leaf),
            path: path(&self.only, index),
        });
        let proof = ProofFile {
            format: proof::FORMAT.to_owned(),
            server_key: Hex(proven.server_key),
            time: proven.time,
            root: Hex(self.root),
            signature: Hex(proven.signature),
            leaves: leaves.collect(),
            log,
        };
        let signed = statement.signed(&proven.signature);
        Ok(Packing::new(&self.about, self.sealed, &self.crcs, &proof, signed, proven.stamp))
    }

    fn log(&self, log: &LogProof, server: &Verifier) -> Result<LogFile, MakeError> {
        let fits = log.head.size == log.leaves.len() as u64 && log.head.root == tree::root(&log.leaves);
        if !fits || !log.head.verify(&log.signature, server) {
            return Err(MakeError::Log);
        }
        let mut entries = Vec::new();
        for (item, entry) in self.about.items.iter().zip(&self.entries) {
            let Some((number, nonce)) = entry else { continue };
            let at = usize::try_from(*number).map_err(|_| MakeError::Log)?;
            let own = leaf(nonce, &item.sha256.0);
            if log.leaves.get(at) != Some(&own) {
                return Err(MakeError::Log);
            }
            let path = path(&log.leaves, at);
            entries.push(EntryFile {
                file: item.file.clone(),
                number: *number,
                nonce: Hex(*nonce),
                leaf: Hex(own),
                path,
            });
        }
        let Head { size, root, time } = log.head;
        Ok(LogFile { size, time, root: Hex(root), signature: Hex(log.signature), entries })
    }
}

fn path(leaves: &[Leaf], index: usize) -> Vec<Hex<32>> {
    tree::inclusion_proof(leaves, index).unwrap_or_default().into_iter().map(Hex).collect()
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// To be written.
    Bytes(Vec<u8>),
    /// The content of this item (from 0) is to be written, and given to [`Packing::content`] as it goes.
    Item(usize),
    /// The package is whole.
    End,
}

/// A package on its way out.
pub struct Packing {
    pieces: VecDeque<Piece>,
    expected: Vec<(u64, Digest32)>,
    under_way: Option<(usize, Passing)>,
}

impl Packing {
    fn new(
        about: &About,
        sealed: [Vec<u8>; 3],
        crcs: &[u32],
        proof: &ProofFile,
        signed: Vec<u8>,
        stamp: Option<Stamp>,
    ) -> Self {
        let [own, index, read_me] = sealed;
        let mut tags = vec![
            (bag::READ_ME, read_me),
            (bag::INDEX, index),
            (bag::ABOUT, own),
            (bag::BAGIT, bag::BAGIT_TEXT.as_bytes().to_vec()),
            (bag::BAG_INFO, bag::bag_info(about).into_bytes()),
            (bag::MANIFEST, bag::manifest(about).into_bytes()),
            (bag::PROOF, to_json(proof)),
            (bag::STATEMENT, signed),
            (bag::TIME, bag::time_text(proof, stamp.is_some()).into_bytes()),
        ];
        if let Some(Stamp { response, authority }) = stamp {
            tags.push((bag::STAMP, response));
            tags.push((bag::AUTHORITY, authority.into_bytes()));
        }
        let list = bag::tag_manifest(tags.iter().map(|(name, bytes)| (*name, sha256(bytes))));
        tags.push((bag::TAG_MANIFEST, list.into_bytes()));
        let mut out = Out { folder: &about.folder, pieces: VecDeque::new(), entries: Vec::new(), offset: 0 };
        for (name, bytes) in tags {
            out.header(name, bytes.len() as u64, crc32fast::hash(&bytes));
            out.pieces.push_back(Piece::Bytes(bytes));
        }
        for (number, (item, crc)) in about.items.iter().zip(crcs).enumerate() {
            out.header(&item.file, item.bytes, *crc);
            out.pieces.push_back(Piece::Item(number));
        }
        let end = zip::end(&out.entries, out.offset);
        out.pieces.push_back(Piece::Bytes(end));
        let expected = about.items.iter().map(|item| (item.bytes, item.sha256.0)).collect();
        Self { pieces: out.pieces, expected, under_way: None }
    }

    /// How many bytes the package will have.
    pub fn size(&self) -> u64 {
        let bytes = |piece: &Piece| match piece {
            Piece::Bytes(bytes) => bytes.len() as u64,
            Piece::Item(number) => self.expected[*number].0,
            Piece::End => 0,
        };
        self.pieces.iter().map(bytes).sum()
    }

    /// The next piece. After [`Piece::Item`] its whole content must have gone through [`Packing::content`].
    #[expect(clippy::should_implement_trait, reason = "an iterator could not say that a file changed")]
    pub fn next(&mut self) -> Result<Piece, MakeError> {
        if let Some((number, passing)) = self.under_way.take() {
            let (bytes, hash) = self.expected[number];
            if passing.bytes != bytes || Digest32::from(passing.sha.finalize()) != hash {
                return Err(MakeError::Changed(number));
            }
        }
        let piece = self.pieces.pop_front().unwrap_or(Piece::End);
        if let Piece::Item(number) = piece {
            self.under_way = Some((number, Passing::default()));
        }
        Ok(piece)
    }

    /// A piece of the item that is under way, as it is written.
    pub fn content(&mut self, bytes: &[u8]) -> Result<(), MakeError> {
        let (_, passing) = self.under_way.as_mut().ok_or(MakeError::Order)?;
        passing.push(bytes);
        Ok(())
    }
}

struct Out<'a> {
    folder: &'a str,
    pieces: VecDeque<Piece>,
    entries: Vec<Entry>,
    offset: u64,
}

impl Out<'_> {
    fn header(&mut self, name: &str, size: u64, crc: u32) {
        let entry = Entry { name: format!("{}/{name}", self.folder), size, crc, offset: self.offset };
        let header = entry.local();
        self.offset += header.len() as u64 + size;
        self.pieces.push_back(Piece::Bytes(header));
        self.entries.push(entry);
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> Digest32 {
    Sha256::digest(bytes).into()
}
