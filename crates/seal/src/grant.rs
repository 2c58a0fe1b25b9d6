//! A grant: an identity, sealed to whoever may open with it.
//!
//! Inside is an identity file as the stock `age` command reads it, so that a case can be opened without our program:
//! `age -d -i org.key grant > case.key`, then `age -d -i case.key entry`.

use crate::{Identity, OpenError, Recipient, age_file};
use std::str;
use zeroize::Zeroizing;

/// Whose identity is granted. A grant of one kind never opens as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A case's, to an organisation or to the opening key of a receipt.
    Case,
    /// An organisation's, to a member of its staff.
    Organisation,
}

impl Kind {
    const fn heading(self) -> &'static str {
        match self {
            Self::Case => "# haidang case 1\n",
            Self::Organisation => "# haidang organisation 1\n",
        }
    }
}

/// Seals `identity` to `to`.
pub fn seal(kind: Kind, identity: &Identity, to: &Recipient) -> Vec<u8> {
    let secret = identity.to_secret_string();
    let mut file = Zeroizing::new(String::with_capacity(128));
    file.push_str(kind.heading());
    file.push_str(&secret);
    file.push('\n');
    age_file::seal(file.as_bytes(), to)
}

/// Opens a grant of this kind.
pub fn open(kind: Kind, sealed: &[u8], by: &Identity) -> Result<Identity, OpenError> {
    let file = age_file::open(sealed, by)?;
    let secret = str::from_utf8(&file).ok().and_then(|file| file.strip_prefix(kind.heading())?.strip_suffix('\n'));
    Identity::from_secret_string(secret.ok_or(OpenError::Frame)?).map_err(|_| OpenError::Frame)
}
