//! The age format (C2SP `age`, version 1): one X25519 recipient or a passphrase, ChaCha20-Poly1305 in chunks of 64 KiB.
//!
//! The age crate writes files and reads their heads. Their bodies are opened here: the crate's reader wants a source to
//! pull from, while pieces are pushed to us as they arrive, and it would bring a translation system into the WASM
//! (80 KB compressed).

use crate::{Identity, Recipient};
use age::{DecryptError, Decryptor, Encryptor, secrecy::ExposeSecret, stream::StreamWriter};
use age_core::format::{FileKey, Stanza};
use chacha20poly1305::{AeadInPlace, ChaCha20Poly1305, KeyInit, Tag};
use hkdf::Hkdf;
use sha2::Sha256;
use std::{
    cell::RefCell,
    io::{self, Write},
    iter::once,
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use zeroize::{Zeroize, Zeroizing};

/// Bytes of plain text in each chunk but the last.
pub(crate) const CHUNK: usize = 64 * 1024;
pub(crate) const TAG: usize = 16;
/// Longer heads are no seal of ours: one recipient and one greased line make about 400 bytes.
const HEAD_MAX: usize = 16 * 1024;
const NONCE: usize = 16;

/// Why something sealed can't be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not an age file, or one of a kind that we never make.
    #[error("this is not something that was sealed here")]
    NotSealed,
    /// Sealed, but to somebody else's key.
    #[error("this was sealed to another key")]
    OtherKey,
    /// Bytes were changed or moved, or the last chunk is not whole.
    #[error("this was altered after it was sealed, or its end is missing")]
    Altered,
    /// The end is missing.
    #[error("the end is missing: not everything has arrived")]
    CutOff,
    /// The passphrase was stretched far more than we ever do: opening it could take all memory.
    #[error("opening this would take too much memory; open it with another program first")]
    TooDear,
    /// It opens, but what is inside is not framed as version 1 of the format says.
    #[error("this was sealed by a version that is not known here, or by another program")]
    Frame,
}

/// Seals without padding: for secrets, whose length says nothing.
pub(crate) fn seal(plain: &[u8], to: &Recipient) -> Vec<u8> {
    let mut writer = Writer::new(to);
    let mut sealed = writer.push(plain);
    sealed.extend(writer.finish());
    sealed
}

/// Opens what [`seal`] made.
pub(crate) fn open(sealed: &[u8], by: &Identity) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut reader = Reader::new(by);
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.push(sealed, &mut plain)?;
    reader.finish(&mut plain)?;
    Ok(plain)
}

/// Where the age crate's writer leaves its bytes until they are fetched.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Plain bytes in, sealed bytes out.
pub(crate) struct Writer {
    stream: StreamWriter<Sink>,
    sink: Sink,
}

impl Writer {
    pub(crate) fn new(to: &Recipient) -> Self {
        Self::to(&to.0)
    }

    pub(crate) fn to(recipient: &dyn age::Recipient) -> Self {
        let sink = Sink::default();
        let stream = Encryptor::with_recipients(once(recipient))
            .ok()
            .and_then(|encryptor| encryptor.wrap_output(sink.clone()).ok())
            .expect("one recipient is always accepted, and memory takes every write");
        Self { stream, sink }
    }

    pub(crate) fn push(&mut self, plain: &[u8]) -> Vec<u8> {
        self.stream.write_all(plain).expect("memory takes every write");
        self.sink.take()
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.stream.finish().expect("memory takes every write").take()
    }
}

/// Sealed bytes in, plain bytes out. What comes out before [`Reader::finish`] said yes may be cut off, but never altered.
pub(crate) struct Reader(State);

enum State {
    Head { by: Box<dyn age::Identity + Send>, seen: Vec<u8> },
    Body { aead: Box<ChaCha20Poly1305>, chunk: u64, waiting: Vec<u8> },
}

impl Reader {
    pub(crate) fn new(by: &Identity) -> Self {
        Self::by(Box::new(by.0.clone()))
    }

    pub(crate) fn by(key: Box<dyn age::Identity + Send>) -> Self {
        Self(State::Head { by: key, seen: Vec::new() })
    }

    pub(crate) fn push(&mut self, mut sealed: &[u8], plain: &mut Vec<u8>) -> Result<(), OpenError> {
        if let State::Head { by, seen } = &mut self.0 {
            seen.extend_from_slice(sealed);
            let Some(end) = head_end(seen) else {
                return if seen.len() > HEAD_MAX { Err(OpenError::NotSealed) } else { Ok(()) };
            };
            let aead = Box::new(payload_key(&seen[..end], &**by)?);
            let rest = sealed.len() - (seen.len() - end);
            sealed = &sealed[rest..];
            self.0 = State::Body { aead, chunk: 0, waiting: Vec::with_capacity(CHUNK + TAG) };
        }
        if let State::Body { aead, chunk, waiting } = &mut self.0 {
            while !sealed.is_empty() {
                // A full chunk is opened when a byte follows it: until then it may be the last, which is marked.
                if waiting.len() == CHUNK + TAG {
                    open_chunk(aead, *chunk, false, waiting, plain)?;
                    *chunk += 1;
                }
                let (now, later) = sealed.split_at(sealed.len().min(CHUNK + TAG - waiting.len()));
                waiting.extend_from_slice(now);
                sealed = later;
            }
        }
        Ok(())
    }

    pub(crate) fn finish(&mut self, plain: &mut Vec<u8>) -> Result<(), OpenError> {
        match &mut self.0 {
            State::Head { seen, .. } => {
                let start = seen.len().min(MAGIC.len());
                Err(if seen[..start] == MAGIC[..start] { OpenError::CutOff } else { OpenError::NotSealed })
            }
            State::Body { aead, chunk, waiting } => {
                // Only the first chunk may be empty.
                if waiting.len() < TAG || (waiting.len() == TAG && *chunk > 0) {
                    return Err(OpenError::CutOff);
                }
                open_chunk(aead, *chunk, true, waiting, plain)
            }
        }
    }
}

const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// Where the body begins: after the line of the MAC and the nonce.
fn head_end(seen: &[u8]) -> Option<usize> {
    let mac = seen.windows(5).take(HEAD_MAX).position(|w| w == b"\n--- ")? + 1;
    let line = seen[mac..].iter().position(|&byte| byte == b'\n')?;
    let end = mac + line + 1 + NONCE;
    (end <= seen.len()).then_some(end)
}

/// Hands the age crate our identity and keeps the file key that it finds, which the crate doesn't give away.
struct Finder<'a> {
    by: &'a dyn age::Identity,
    found: RefCell<Option<Zeroizing<[u8; 16]>>>,
}

impl age::Identity for Finder<'_> {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let unwrapped = self.by.unwrap_stanza(stanza)?;
        if let Ok(file_key) = &unwrapped {
            *self.found.borrow_mut() = Some(Zeroizing::new(*file_key.expose_secret()));
        }
        Some(unwrapped)
    }
}

fn payload_key(head: &[u8], by: &dyn age::Identity) -> Result<ChaCha20Poly1305, OpenError> {
    let finder = Finder { by, found: RefCell::new(None) };
    Decryptor::new_buffered(head)
        .and_then(|decryptor| decryptor.decrypt(once(&finder as &dyn age::Identity)).map(drop))
        .map_err(|error| match error {
            DecryptError::NoMatchingKeys => OpenError::OtherKey,
            DecryptError::ExcessiveWork { .. } => OpenError::TooDear,
            DecryptError::InvalidMac | DecryptError::DecryptionFailed => OpenError::Altered,
            _ => OpenError::NotSealed,
        })?;
    let file_key = finder.found.into_inner().ok_or(OpenError::OtherKey)?;
    let nonce = &head[head.len() - NONCE..];
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(nonce), &*file_key)
        .expand(b"payload", &mut *key)
        .expect("32 bytes are within HKDF's limit");
    Ok(ChaCha20Poly1305::new((&*key).into()))
}

/// Opens `waiting` in place, hands its plain bytes over and leaves it empty.
fn open_chunk(
    aead: &ChaCha20Poly1305,
    number: u64,
    last: bool,
    waiting: &mut Vec<u8>,
    plain: &mut Vec<u8>,
) -> Result<(), OpenError> {
    // Eleven bytes of counter, big endian, and one that marks the last chunk.
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = u8::from(last);
    let split = waiting.len().checked_sub(TAG).ok_or(OpenError::CutOff)?;
    let tag = Tag::clone_from_slice(&waiting[split..]);
    waiting.truncate(split);
    aead.decrypt_in_place_detached((&nonce).into(), b"", waiting, &tag).map_err(|_| OpenError::Altered)?;
    plain.extend_from_slice(waiting);
    waiting.zeroize();
    Ok(())
}
