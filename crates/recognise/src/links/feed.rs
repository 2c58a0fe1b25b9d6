//! A host list that comes from outside: signed, and never older than the one in force.
//!
//! | part | bytes | what |
//! | --- | --- | --- |
//! | head | 8 | `HDFEED1` and a new line |
//! | signature | 64 | Ed25519 over the context `haidang host list 1`, a zero byte and the list |
//! | list | the rest | a host list ([`HostList`]) |
//!
//! The signature is checked before a byte of the list is read, strictly: keys and points that would let one signature
//! fit several messages are refused.

use super::{HostList, HostListError};
use ed25519_dalek::{SIGNATURE_LENGTH, Signature, Signer};
pub use ed25519_dalek::{SigningKey, VerifyingKey};

const MAGIC: &[u8; 8] = b"HDFEED1\n";
const CONTEXT: &[u8] = b"haidang host list 1\0";
/// A feed is far smaller; more is refused before any work (64 MiB).
const LONGEST: usize = 64 << 20;

/// Why a feed is refused. The list in force stays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// The file starts with something else, or is too short or long for a feed.
    #[error("this is not a signed host list: get a fresh file")]
    NotAFeed,
    /// Signed by somebody else, or changed since.
    #[error("the signature of the host list does not fit: get it again from its publisher, or check the public key")]
    Signature,
    /// A replayed file would bring reported hosts back.
    #[error("the host list is of {offered}, older than the one in force ({in_force}): get a newer file")]
    Older {
        /// Version of the feed.
        offered: u32,
        /// Version of the list in force.
        in_force: u32,
    },
    /// Signed, and still no list that this program reads.
    #[error(transparent)]
    List(#[from] HostListError),
}

/// Opens a feed. `in_force` is the version of the list that is used now ([`HostList::version`]); the same version is
/// taken again, an older one is not.
pub fn open(bytes: &[u8], key: &VerifyingKey, in_force: u32) -> Result<HostList, FeedError> {
    let rest = bytes.strip_prefix(MAGIC).filter(|rest| rest.len() <= LONGEST).ok_or(FeedError::NotAFeed)?;
    let (signature, list) = rest.split_first_chunk::<SIGNATURE_LENGTH>().ok_or(FeedError::NotAFeed)?;
    key.verify_strict(&message(list), &Signature::from_bytes(signature)).map_err(|_| FeedError::Signature)?;
    let list = HostList::from_bytes(list)?;
    match list.version() {
        offered if offered < in_force => Err(FeedError::Older { offered, in_force }),
        _ => Ok(list),
    }
}

/// Signs a host list, for whoever publishes one.
pub fn seal(list: &[u8], key: &SigningKey) -> Vec<u8> {
    let signature = key.sign(&message(list));
    [MAGIC, &signature.to_bytes()[..], list].concat()
}

fn message(list: &[u8]) -> Vec<u8> {
    [CONTEXT, list].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::{Category, HostListBuilder, Listed};

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn feed(version: u32) -> Vec<u8> {
        seal(&HostListBuilder::new(version).bad(Category::Scam, ["xau.example.top"]).build(), &key())
    }

    #[test]
    fn a_signed_list_comes_into_force() {
        let list = open(&feed(20_261_124), &key().verifying_key(), 20_261_123).unwrap();
        assert_eq!(list.find("xau.example.top"), Some(Listed::Bad(Category::Scam)));
        assert!(open(&feed(5), &key().verifying_key(), 5).is_ok());
    }

    #[test]
    fn an_older_list_is_refused() {
        let refused = open(&feed(4), &key().verifying_key(), 5).unwrap_err();
        assert_eq!(refused, FeedError::Older { offered: 4, in_force: 5 });
    }

    #[test]
    fn a_changed_byte_or_another_key_is_refused() {
        let whole = feed(5);
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            let expected = if at < MAGIC.len() { FeedError::NotAFeed } else { FeedError::Signature };
            assert_eq!(open(&changed, &key().verifying_key(), 0).unwrap_err(), expected, "{at}");
        }
        let other = SigningKey::from_bytes(&[8; 32]).verifying_key();
        assert_eq!(open(&whole, &other, 0).unwrap_err(), FeedError::Signature);
        for length in 0..whole.len() {
            assert!(open(&whole[..length], &key().verifying_key(), 0).is_err(), "{length}");
        }
    }

    #[test]
    fn what_is_signed_must_still_be_a_list() {
        let signed = seal(b"hello", &key());
        assert_eq!(open(&signed, &key().verifying_key(), 0).unwrap_err(), FeedError::List(HostListError::NotAList));
    }
}
