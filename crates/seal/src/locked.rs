//! A file locked with a passphrase, for herself, or to somebody's key: age's scrypt or X25519 recipient, unpadded, which
//! the stock command opens too.

use crate::{
    OpenError, Recipient,
    age_file::{Reader, Writer},
};
use age::{scrypt, secrecy::SecretString};
use zeroize::Zeroizing;

/// 2^15: 32 MiB and about a quarter of a second on a cheap phone; a phone must do it, and so must who verifies.
const WORK: u8 = 15;
/// 2^18, what the stock command makes on fast machines: 256 MiB. More is refused: memory is not a stranger's to take.
const MOST_WORK: u8 = 18;

/// Locks: plain bytes in, locked bytes out.
pub struct Locker(Writer);

impl Locker {
    /// With this passphrase, as it was typed.
    pub fn new(passphrase: &str) -> Self {
        let mut recipient = scrypt::Recipient::new(secret(passphrase));
        recipient.set_work_factor(WORK);
        Self(Writer::to(&recipient))
    }

    /// For whoever holds the key of this recipient.
    pub fn to(recipient: &Recipient) -> Self {
        Self(Writer::new(recipient))
    }

    /// The next piece; there may be nothing to write yet.
    pub fn push(&mut self, plain: &[u8]) -> Vec<u8> {
        self.0.push(plain)
    }

    /// The end.
    pub fn finish(self) -> Vec<u8> {
        self.0.finish()
    }
}

/// Opens what [`Locker`] or the stock command locked with a passphrase.
pub struct Unlocker(Reader);

impl Unlocker {
    /// With this passphrase. Where it is wrong, the first push that completes the head says [`OpenError::OtherKey`].
    pub fn new(passphrase: &str) -> Self {
        let mut identity = scrypt::Identity::new(secret(passphrase));
        identity.set_max_work_factor(MOST_WORK);
        Self(Reader::by(Box::new(Passphrase(identity))))
    }

    /// The next piece: what comes out is unaltered, but whole only once [`Unlocker::finish`] said so.
    pub fn push(&mut self, locked: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let mut plain = Zeroizing::new(Vec::with_capacity(locked.len() + (1 << 16)));
        self.0.push(locked, &mut plain)?;
        Ok(plain)
    }

    /// The last bytes, if the file is whole.
    pub fn finish(mut self) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let mut plain = Zeroizing::new(Vec::new());
        self.0.finish(&mut plain)?;
        Ok(plain)
    }
}

fn secret(passphrase: &str) -> SecretString {
    SecretString::from(passphrase.to_owned())
}

/// A wrong passphrase shows as a file key that doesn't open: for us that is another key, not an altered file.
struct Passphrase(scrypt::Identity);

impl age::Identity for Passphrase {
    fn unwrap_stanza(
        &self,
        stanza: &age_core::format::Stanza,
    ) -> Option<Result<age_core::format::FileKey, age::DecryptError>> {
        match self.0.unwrap_stanza(stanza)? {
            Err(age::DecryptError::DecryptionFailed) => None,
            outcome => Some(outcome),
        }
    }
}
