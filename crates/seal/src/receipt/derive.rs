//! The keys that come out of a receipt.

use super::Receipt;
use crate::{Identity, Key, Recipient, passphrase::Cost, sign::Signer};
use std::fmt;
use zeroize::Zeroizing;

/// Version 0: one pass over 64 MiB, about a second on a cheap phone. The receipt's 90 bits are what protects; this makes
/// each guess dear on top of it.
const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 1 };

/// What comes out of a receipt. The server gets [`Keys::locator`] and [`Keys::authenticator`], and the public halves of
/// the rest; the secret halves stay on the device.
pub struct Keys {
    /// Finds the case. Not secret from the server, but from everybody else.
    pub locator: [u8; 16],
    authenticator: Zeroizing<[u8; 32]>,
    opening: Identity,
    signing: Signer,
}

impl Receipt {
    /// One Argon2id pass, then HKDF. `salt` is the server's public one: receipts of two servers have nothing in common.
    pub fn derive(&self, salt: &[u8; 16]) -> Keys {
        let stretched = COST.stretch(&self.0, salt);
        let part = |label| Key::from_bytes(*stretched.derive(b"haidang receipt 0", label));
        Keys {
            locator: *stretched.derive(b"haidang receipt 0", "locator"),
            authenticator: stretched.derive(b"haidang receipt 0", "authenticator"),
            opening: Identity::from_key(&part("opening key")),
            signing: Signer::from_seed(&part("signing seed")),
        }
    }
}

impl Keys {
    /// Shows the server that who asks has the receipt. The server keeps only its SHA-256 and compares in constant time.
    pub fn authenticator(&self) -> &[u8; 32] {
        &self.authenticator
    }

    /// Opens the grant of her case.
    pub const fn opening(&self) -> &Identity {
        &self.opening
    }

    /// Grants of her case are sealed to this.
    pub fn recipient(&self) -> Recipient {
        self.opening.recipient()
    }

    /// Signs her consents.
    pub const fn signing(&self) -> &Signer {
        &self.signing
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(hidden)")
    }
}
