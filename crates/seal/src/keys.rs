//! Key pairs: age's X25519 identities and recipients.

use crate::Key;
use age::secrecy::ExposeSecret;
use bech32::{Bech32, Hrp};
use std::{fmt, str::FromStr};
use zeroize::{Zeroize, Zeroizing};

const SECRET_PREFIX: Hrp = Hrp::parse_unchecked("age-secret-key-");

/// The secret half: it opens what was sealed to its [`Recipient`].
#[derive(Clone)]
pub struct Identity(pub(crate) age::x25519::Identity);

/// The public half: things are sealed to it. Written `age1…`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Recipient(pub(crate) age::x25519::Recipient);

/// Why a written key can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a secret key.
    #[error("this is not a secret key: it should begin with AGE-SECRET-KEY-1 and be complete")]
    Secret,
    /// Not a public key.
    #[error("this is not a public key: it should begin with age1 and be complete")]
    Public,
}

impl Identity {
    /// A new one; the age crate draws the randomness.
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// The identity whose secret is these 32 bytes.
    pub fn from_key(key: &Key) -> Self {
        let written = bech32::encode_upper::<Bech32>(SECRET_PREFIX, key.expose()).map(Zeroizing::new);
        let identity = written.ok().and_then(|written| written.parse().ok());
        Self(identity.expect("32 bytes are always a secret of X25519"))
    }

    /// The 32 secret bytes.
    pub fn to_key(&self) -> Key {
        let written = self.0.to_string();
        let mut decoded = bech32::decode(written.expose_secret()).map(|(_, bytes)| bytes).unwrap_or_default();
        let key = decoded.as_slice().try_into().map(Key::from_bytes);
        decoded.zeroize();
        key.expect("age writes 32 bytes")
    }

    /// Reads `AGE-SECRET-KEY-1…`.
    pub fn from_secret_string(written: &str) -> Result<Self, KeyError> {
        written.parse().map(Self).map_err(|_| KeyError::Secret)
    }

    /// `AGE-SECRET-KEY-1…`, as the stock `age` command reads it.
    pub fn to_secret_string(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(hidden)")
    }
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        self.to_key() == other.to_key()
    }
}

impl Eq for Identity {}

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

impl FromStr for Recipient {
    type Err = KeyError;

    fn from_str(written: &str) -> Result<Self, KeyError> {
        written.parse().map(Self).map_err(|_| KeyError::Public)
    }
}
