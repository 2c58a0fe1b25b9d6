//! What makes a report unreadable to everybody but those whom the person chose. `docs/seal.md` is the exact format.
//!
//! - [`Identity`], [`Recipient`]: an age X25519 key pair: of a case, an organisation, a member of staff, a receipt;
//! - [`entry`], [`stream`]: a story, an answer, a file, padded and sealed to a recipient, at once or in pieces;
//! - [`grant`]: the identity of a case or organisation, sealed to whoever may open it;
//! - [`receipt`]: ten words that lead her back, and the keys that come out of them;
//! - [`passphrase`], [`key`]: how a member of staff keeps an identity on a server that can't read it;
//! - [`locked`]: a file of her own, locked with a passphrase;
//! - [`shares`]: an organisation's identity in three printed parts, any two of which bring it back;
//! - [`tree`], [`head`]: the append-only log and what the server signs about it;
//! - [`sign`]: consent, signed; [`work`]: proof of work.
//!
//! Pure: no I/O, no clock. Randomness is handed in as `&mut impl CryptoRng`; only the age crate draws its own.
//! Secrets are wiped when dropped, print as `…(hidden)`, and are compared in constant time.

mod age_file;
pub mod entry;
mod frame;
pub mod grant;
mod hash;
pub mod head;
pub mod key;
mod keys;
pub mod locked;
pub mod passphrase;
pub mod receipt;
pub mod shares;
pub mod sign;
pub mod stream;
pub mod tree;
pub mod work;

pub use age_file::OpenError;
pub use hash::{Digest32, Leaf, leaf};
pub use key::Key;
pub use keys::{Identity, KeyError, Recipient};
pub use rand_core::CryptoRng;
pub use receipt::Receipt;
pub use zeroize::Zeroizing;
