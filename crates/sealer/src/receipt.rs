//! Her receipt.

use crate::{Case, Problem, case::open_case, exactly, random};
use seal::{
    Receipt,
    receipt::{Keys, WordList},
    sign::Purpose,
};
use vocabulary::Lang;
use wasm_bindgen::prelude::wasm_bindgen;

/// A receipt: new, or typed by her.
#[wasm_bindgen]
pub struct ReceiptDraft(Receipt);

/// What comes out of a receipt.
#[wasm_bindgen]
pub struct ReceiptKeys(Keys);

#[wasm_bindgen]
impl ReceiptDraft {
    /// A new one.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "each one is new; JavaScript says `new ReceiptDraft()`")]
    pub fn new() -> Self {
        Self(Receipt::generate(&mut random()))
    }

    /// Reads what she typed, in either language.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Ok(Self(Receipt::parse(text)?))
    }

    /// Its ten words, to be shown.
    pub fn words(&self, lang: &str) -> Vec<String> {
        self.0.words(lang.parse().unwrap_or(Lang::Vi)).map(str::to_owned).to_vec()
    }

    /// Whether what she typed back is this receipt.
    pub fn is(&self, text: &str) -> Result<bool, Problem> {
        Ok(Receipt::parse(text)? == self.0)
    }

    /// Its keys; takes about a second and 64 MiB. `salt` is the server's public one, 16 bytes.
    pub fn derive(&self, salt: &[u8]) -> Result<ReceiptKeys, Problem> {
        Ok(ReceiptKeys(self.0.derive(&exactly(salt, "the server's salt has 16 bytes")?)))
    }
}

#[wasm_bindgen]
impl ReceiptKeys {
    /// Finds the case; 16 bytes for the server.
    pub fn locator(&self) -> Vec<u8> {
        self.0.locator.to_vec()
    }

    /// Shows that who asks has the receipt; 32 bytes for the server.
    pub fn authenticator(&self) -> Vec<u8> {
        self.0.authenticator().to_vec()
    }

    /// Grants of her case are sealed to this.
    pub fn recipient(&self) -> String {
        self.0.recipient().to_string()
    }

    /// What her signatures are checked with; 32 bytes.
    pub fn verify_key(&self) -> Vec<u8> {
        self.0.signing().verifier().to_bytes().to_vec()
    }

    /// Opens her case.
    pub fn open_case(&self, grant: &[u8]) -> Result<Case, Problem> {
        open_case(grant, self.0.opening())
    }

    /// Signs a `consent`, `withdrawal`, `erasure` or `replacement`; 64 bytes.
    pub fn sign(&self, purpose: &str, bytes: &[u8]) -> Result<Vec<u8>, Problem> {
        let purpose = match purpose {
            "consent" => Purpose::Consent,
            "withdrawal" => Purpose::Withdrawal,
            "erasure" => Purpose::Erasure,
            "replacement" => Purpose::Replacement,
            _ => return Err(Problem::of("option", "nobody signs for this purpose")),
        };
        Ok(self.0.signing().sign(purpose, bytes).to_vec())
    }
}

/// All words of a language, to complete what she types.
#[wasm_bindgen]
pub fn word_list(lang: &str) -> Vec<String> {
    WordList::of(lang.parse().unwrap_or(Lang::Vi)).words().iter().map(|word| (*word).to_owned()).collect()
}
