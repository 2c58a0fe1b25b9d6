//! A file, sealed and opened in pieces of any size; memory stays at a few chunks of 64 KiB, whatever the file's size.
//!
//! The result is the same as that of [`crate::entry::seal`]: either opens what the other made.

use crate::{
    Digest32, Identity, Leaf, OpenError, Recipient,
    age_file::{CHUNK, Reader, TAG, Writer},
    frame::{FRONT, Front, LENGTH_MAX},
    leaf,
};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The content is not as long as was said at the start; the file changed while it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{said} bytes were announced, but there are {}", if *.came > *.said { "more" } else { "fewer" })]
pub struct WrongLength {
    /// Bytes that were announced.
    pub said: u64,
    /// Bytes that came, so far.
    pub came: u64,
}

/// Seals a file whose length is known.
pub struct Sealer {
    writer: Writer,
    front: Front,
    /// Sealed bytes of the front, until the first call fetches them.
    first: Vec<u8>,
    came: u64,
    padded: u64,
    content: Sha256,
    sealed: Sha256,
    sealed_length: u64,
    size: u64,
}

/// The end of a sealed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEnd {
    /// The last sealed bytes.
    pub bytes: Vec<u8>,
    /// What stands for the file in the log.
    pub leaf: Leaf,
    /// SHA-256 of the content.
    pub content_hash: Digest32,
    /// SHA-256 of all sealed bytes.
    pub sealed_hash: Digest32,
    /// How many sealed bytes there are in all.
    pub sealed_length: u64,
}

impl Sealer {
    /// For `length` bytes of content, at most 1 TiB. `rng` gives the nonce of the leaf.
    pub fn new(to: &Recipient, length: u64, rng: &mut impl CryptoRng) -> Result<Self, WrongLength> {
        if length > LENGTH_MAX {
            return Err(WrongLength { said: LENGTH_MAX, came: length });
        }
        let mut front = Front { nonce: [0; 32], length };
        rng.fill_bytes(&mut front.nonce);
        let mut writer = Writer::new(to);
        let first = writer.push(&front.to_bytes());
        let (content, sealed) = (Sha256::new(), Sha256::new());
        let framed = FRONT as u64 + length + front.padding();
        let size = first.len() as u64 + framed + framed.div_ceil(CHUNK as u64) * TAG as u64;
        Ok(Self { writer, front, first, came: 0, padded: 0, content, sealed, sealed_length: 0, size })
    }

    /// How many sealed bytes there will be in all, known before the first piece: an upload announces it. Two seals of the
    /// same file differ by some bytes, because the head of an age file does.
    pub const fn sealed_size(&self) -> u64 {
        self.size
    }

    /// Takes the next piece of content and gives the sealed bytes that are ready; there may be none yet.
    pub fn push(&mut self, content: &[u8]) -> Result<Vec<u8>, WrongLength> {
        let came = self.came + content.len() as u64;
        if came > self.front.length {
            return Err(WrongLength { said: self.front.length, came });
        }
        self.came = came;
        self.content.update(content);
        let ready = self.writer.push(content);
        Ok(self.out(ready))
    }

    /// Gives up to 1 MiB of sealed padding, or nothing when all is padded. [`Sealer::finish`] pads by itself; for files
    /// of gigabytes, whose padding is megabytes, this keeps memory small.
    pub fn pad(&mut self) -> Option<Vec<u8>> {
        static ZEROS: [u8; CHUNK] = [0; CHUNK];
        let mut left = (self.front.padding() - self.padded).min(16 * CHUNK as u64);
        if left == 0 || self.came < self.front.length {
            return None;
        }
        self.padded += left;
        let mut ready = Vec::new();
        while left > 0 {
            let now = left.min(CHUNK as u64);
            ready.extend(self.writer.push(&ZEROS[..now as usize]));
            left -= now;
        }
        Some(self.out(ready))
    }

    /// Pads what is left and seals the end.
    pub fn finish(mut self) -> Result<SealedEnd, WrongLength> {
        if self.came < self.front.length {
            return Err(WrongLength { said: self.front.length, came: self.came });
        }
        let mut bytes = self.out(Vec::new());
        while let Some(padding) = self.pad() {
            bytes.extend(padding);
        }
        let last = self.writer.finish();
        self.sealed.update(&last);
        bytes.extend(&last);
        let content_hash = self.content.finalize().into();
        Ok(SealedEnd {
            bytes,
            leaf: leaf(&self.front.nonce, &content_hash),
            content_hash,
            sealed_hash: self.sealed.finalize().into(),
            sealed_length: self.sealed_length + last.len() as u64,
        })
    }

    fn out(&mut self, ready: Vec<u8>) -> Vec<u8> {
        let ready = if self.first.is_empty() {
            ready
        } else {
            let mut first = std::mem::take(&mut self.first);
            first.extend(ready);
            first
        };
        self.sealed.update(&ready);
        self.sealed_length += ready.len() as u64;
        ready
    }
}

/// Opens a sealed file as its bytes arrive.
///
/// What [`Opener::push`] gives is unaltered, but only [`Opener::finish`] says that it is whole.
pub struct Opener {
    reader: Reader,
    /// Plain bytes of the front, until it is complete.
    start: Zeroizing<Vec<u8>>,
    front: Option<Front>,
    content_left: u64,
    padding_left: u64,
    content: Sha256,
    sealed: Sha256,
}

/// The end of an opened file.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenedEnd {
    /// The last bytes of content.
    pub bytes: Zeroizing<Vec<u8>>,
    /// With it and the content anybody computes the leaf.
    pub nonce: [u8; 32],
    /// What must stand for the file in the log.
    pub leaf: Leaf,
    /// SHA-256 of the content.
    pub content_hash: Digest32,
    /// SHA-256 of all sealed bytes.
    pub sealed_hash: Digest32,
}

impl Opener {
    /// Opens with this identity.
    pub fn new(by: &Identity) -> Self {
        Self {
            reader: Reader::new(by),
            start: Zeroizing::new(Vec::with_capacity(FRONT)),
            front: None,
            content_left: 0,
            padding_left: 0,
            content: Sha256::new(),
            sealed: Sha256::new(),
        }
    }

    /// Takes sealed bytes and gives the content that is ready; there may be none yet.
    pub fn push(&mut self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        self.sealed.update(sealed);
        let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len() + CHUNK));
        self.reader.push(sealed, &mut plain)?;
        self.unframe(plain)
    }

    /// Gives the rest, if the file is whole.
    pub fn finish(mut self) -> Result<OpenedEnd, OpenError> {
        let mut plain = Zeroizing::new(Vec::with_capacity(CHUNK));
        self.reader.finish(&mut plain)?;
        let bytes = self.unframe(plain)?;
        let front = self.front.ok_or(OpenError::Frame)?;
        if self.content_left > 0 || self.padding_left > 0 {
            return Err(OpenError::Frame);
        }
        let content_hash = self.content.finalize().into();
        let leaf = leaf(&front.nonce, &content_hash);
        Ok(OpenedEnd { bytes, nonce: front.nonce, leaf, content_hash, sealed_hash: self.sealed.finalize().into() })
    }

    /// Takes front and padding off.
    fn unframe(&mut self, mut plain: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        if self.front.is_none() {
            let missing = (FRONT - self.start.len()).min(plain.len());
            self.start.extend_from_slice(&plain[..missing]);
            plain.drain(..missing);
            let Ok(start) = <&[u8; FRONT]>::try_from(self.start.as_slice()) else { return Ok(plain) };
            let front = Front::parse(start)?;
            (self.content_left, self.padding_left) = (front.length, front.padding());
            self.front = Some(front);
        }
        let content = usize::try_from(self.content_left).unwrap_or(usize::MAX).min(plain.len());
        let padding = &plain[content..];
        if padding.len() as u64 > self.padding_left || padding.iter().any(|byte| *byte != 0) {
            return Err(OpenError::Frame);
        }
        self.padding_left -= padding.len() as u64;
        self.content_left -= content as u64;
        plain.truncate(content);
        self.content.update(&*plain);
        Ok(plain)
    }
}
