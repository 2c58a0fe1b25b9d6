//! The way of the staff to a case: passphrase or passkey → own key → organisation's key → case.

use crate::{
    Case, OpenedEntry, Problem,
    case::{open_case, opened},
    exactly, random,
};
use seal::{
    Identity, Key,
    grant::{self, Kind},
    key,
    passphrase::Derived,
    shares,
};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::{Zeroize, Zeroizing};

/// What comes out of a member's passphrase.
#[wasm_bindgen]
pub struct Passphrase(Derived);

/// A member's own key.
#[wasm_bindgen]
pub struct StaffKey(Identity);

/// An organisation's key.
#[wasm_bindgen]
pub struct Organisation(Identity);

#[wasm_bindgen]
impl Passphrase {
    /// Takes about half a second and 64 MiB. `text` in NFC; `salt` is the member's, 16 bytes.
    pub fn derive(mut text: String, salt: &[u8]) -> Result<Self, Problem> {
        let salt = exactly(salt, "a member's salt has 16 bytes");
        let derived = salt.map(|salt| Self(Derived::new(&text, &salt)));
        text.zeroize();
        derived
    }

    /// What the server gets to sign in; 32 bytes.
    pub fn sign_in_token(&self) -> Vec<u8> {
        self.0.sign_in_token().to_vec()
    }
}

#[wasm_bindgen]
impl StaffKey {
    /// A new one.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "each one is new; JavaScript says `new StaffKey()`")]
    pub fn new() -> Self {
        Self(Identity::generate())
    }

    /// The public half, `age1…`.
    pub fn recipient(&self) -> String {
        self.0.recipient().to_string()
    }

    /// Wrapped by a passphrase, for the server to keep.
    pub fn wrap(&self, passphrase: &Passphrase) -> Vec<u8> {
        passphrase.0.wrap(self.0.to_key().expose())
    }

    /// Opens what [`StaffKey::wrap`] made.
    pub fn unwrap(passphrase: &Passphrase, wrapped: &[u8]) -> Result<Self, Problem> {
        Self::read(&passphrase.0.unwrap(wrapped)?)
    }

    /// Wrapped by the PRF output of a passkey, 32 bytes.
    pub fn wrap_by_passkey(&self, prf: &[u8]) -> Result<Vec<u8>, Problem> {
        Ok(key::wrap(&passkey(prf)?, self.0.to_key().expose()))
    }

    /// Opens what [`StaffKey::wrap_by_passkey`] made.
    pub fn unwrap_by_passkey(prf: &[u8], wrapped: &[u8]) -> Result<Self, Problem> {
        Self::read(&key::unwrap(&passkey(prf)?, wrapped)?)
    }

    /// Opens the organisation's key that was granted to this member.
    pub fn open_organisation(&self, grant: &[u8]) -> Result<Organisation, Problem> {
        Ok(Organisation(grant::open(Kind::Organisation, grant, &self.0)?))
    }

    /// Opens what she sealed to herself with [`crate::seal_entry`].
    pub fn open(&self, sealed: &[u8]) -> Result<OpenedEntry, Problem> {
        opened(sealed, &self.0)
    }

    fn read(secret: &[u8]) -> Result<Self, Problem> {
        let key = Key::from_bytes(*Zeroizing::new(exactly(secret, "a member's key has 32 bytes")?));
        Ok(Self(Identity::from_key(&key)))
    }
}

fn passkey(prf: &[u8]) -> Result<Key, Problem> {
    Ok(Key::from_bytes(*Zeroizing::new(exactly(prf, "a passkey's PRF gives 32 bytes")?)))
}

#[wasm_bindgen]
impl Organisation {
    /// A new one.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "each one is new; JavaScript says `new Organisation()`")]
    pub fn new() -> Self {
        Self(Identity::generate())
    }

    /// The public half, `age1…`.
    pub fn recipient(&self) -> String {
        self.0.recipient().to_string()
    }

    /// Grants the organisation's key to a member.
    pub fn grant_to(&self, member: &str) -> Result<Vec<u8>, Problem> {
        Ok(grant::seal(Kind::Organisation, &self.0, &member.parse()?))
    }

    /// Opens a case that was granted to the organisation.
    pub fn open_case(&self, grant: &[u8]) -> Result<Case, Problem> {
        open_case(grant, &self.0)
    }

    /// Opens a key that the organisation had before, which was granted to this one.
    pub fn open_earlier(&self, grant: &[u8]) -> Result<Self, Problem> {
        Ok(Self(grant::open(Kind::Organisation, grant, &self.0)?))
    }

    /// Opens a note that a member sealed to the organisation with [`crate::seal_entry`].
    pub fn open(&self, sealed: &[u8]) -> Result<OpenedEntry, Problem> {
        opened(sealed, &self.0)
    }

    /// Three shares to be printed, any two of which bring the key back.
    pub fn shares(&self) -> Vec<String> {
        shares::split_2_of_3(&self.0.to_key(), &mut random()).map(|share| share.print().to_string()).to_vec()
    }

    /// Brings the key back out of two printed shares.
    pub fn from_shares(one: &str, other: &str) -> Result<Self, Problem> {
        Ok(Self(Identity::from_key(&shares::join(&one.parse()?, &other.parse()?)?)))
    }
}
