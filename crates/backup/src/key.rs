//! Whom backups are sealed to: an age key of the operator, whose secret half never lies on the server.

use crate::BackupError;
use age::secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use std::{
    fmt, fs,
    io::{self, Read, Write},
    iter::once,
    path::Path,
    str::FromStr,
};

/// Whom a backup is sealed to.
#[derive(Clone)]
pub struct Recipient(age::x25519::Recipient);

/// What opens it.
#[derive(Clone)]
pub struct Identity(age::x25519::Identity);

impl FromStr for Recipient {
    type Err = BackupError;

    fn from_str(text: &str) -> Result<Self, BackupError> {
        text.trim().parse().map(Self).map_err(|_| BackupError::Recipient)
    }
}

impl PartialEq for Recipient {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for Recipient {}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Identity {
    /// A new one.
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// The first one of a file as `age-keygen` writes it.
    ///
    /// # Errors
    /// [`BackupError::Files`], [`BackupError::Identity`].
    pub fn read(path: &Path) -> Result<Self, BackupError> {
        let text = fs::read_to_string(path).map_err(BackupError::at(path))?;
        let mut keys = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let key = keys.next().and_then(|line| line.parse().ok());
        key.map(Self).ok_or(BackupError::Identity)
    }

    /// As `age-keygen` writes it.
    pub fn to_file(&self) -> String {
        format!("# public key: {}\n{}\n", self.recipient(), self.0.to_string().expose_secret())
    }

    /// Its other half.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub bytes: u64,
    pub sha256: [u8; 32],
}

/// Seals what is read into what is written.
pub(crate) fn seal(to: &Recipient, mut content: impl Read, out: impl Write) -> io::Result<Sealed> {
    let mut out = Hashing { inner: out, hash: Sha256::new(), bytes: 0 };
    let sealing = age::Encryptor::with_recipients(once(&to.0 as &dyn age::Recipient)).map_err(io::Error::other)?;
    let mut writer = sealing.wrap_output(&mut out)?;
    io::copy(&mut content, &mut writer)?;
    writer.finish()?;
    Ok(Sealed { bytes: out.bytes, sha256: out.hash.finalize().into() })
}

/// Why it doesn't open.
pub(crate) enum NotOpened {
    OtherKey,
    Damaged,
}

/// Opens what [`seal`] wrote. What is read is unaltered; whether its end is there is known at its end.
pub(crate) fn open<'r>(by: &Identity, sealed: impl Read + 'r) -> Result<impl Read + 'r, NotOpened> {
    let opened = age::Decryptor::new(sealed).and_then(|head| head.decrypt(once(&by.0 as &dyn age::Identity)));
    opened.map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => NotOpened::OtherKey,
        _ => NotOpened::Damaged,
    })
}

/// Counts and hashes what passes.
pub(crate) struct Hashing<W> {
    pub inner: W,
    pub hash: Sha256,
    pub bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.hash.update(&bytes[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    unhex_all(text)?.try_into().ok()
}

pub(crate) fn unhex_all(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.is_ascii() {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}
