//! Writes `tests/vectors.json` anew: `cargo run -p seal --example vectors > crates/seal/tests/vectors.json`.
//!
//! What the age crate draws by itself differs each time; everything else comes out the same.

#![expect(clippy::print_stdout, reason = "an example that prints")]

use rand_core::{TryCryptoRng, TryRng};
use seal::{
    Identity, Key, Receipt, entry,
    grant::{self, Kind},
    head::Head,
    key,
    passphrase::Derived,
    shares,
    sign::{Purpose, Signer},
    tree, work,
};
use serde_json::{Value, json};
use std::convert::Infallible;
use vocabulary::Lang;

/// Counts up instead of drawing, so that the vectors stay the same.
struct Counting(u8);

impl TryRng for Counting {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for byte in bytes {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
        Ok(())
    }
}

impl TryCryptoRng for Counting {}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn main() {
    let case = Identity::from_key(&Key::from_bytes([1; 32]));
    let organisation = Identity::from_key(&Key::from_bytes([2; 32]));
    let content = "Tin nhắn đầu tiên.";
    let sealed = entry::seal(content.as_bytes(), &case.recipient(), &mut Counting(0));
    let wrapping = Key::from_bytes([3; 32]);
    let vectors = json!({
        "identity": {
            "key": hex(case.to_key().expose()),
            "secret": *case.to_secret_string(),
            "recipient": case.recipient().to_string(),
        },
        "entry": {
            "identity": *case.to_secret_string(),
            "nonce": hex(&(0..32).collect::<Vec<u8>>()),
            "content": content,
            "leaf": hex(&sealed.leaf),
            "sealed": hex(&sealed.bytes),
        },
        "grant": {
            "identity": *organisation.to_secret_string(),
            "opens": *case.to_secret_string(),
            "sealed": hex(&grant::seal(Kind::Case, &case, &organisation.recipient())),
        },
        "key": {
            "key": hex(wrapping.expose()),
            "secret": "a secret",
            "wrapped": hex(&key::wrap(&wrapping, b"a secret")),
        },
        "receipt": receipt(),
        "passphrase": passphrase(),
        "shares": {
            "secret": hex(case.to_key().expose()),
            "printed": shares::split_2_of_3(&case.to_key(), &mut Counting(0)).map(|share| share.print().to_string()),
        },
        "signature": signature(),
        "tree": merkle(),
        "work": {
            "challenge": hex(&[4; 32]),
            "bits": 16,
            "first_answer": work::solve(&[4; 32], 16, 0, u64::MAX),
        },
    });
    println!("{vectors:#}");
}

fn receipt() -> Value {
    let (receipt, salt) = (Receipt::generate(&mut Counting(1)), [7; 16]);
    let keys = receipt.derive(&salt);
    json!({
        "vi": *receipt.text(Lang::Vi),
        "en": *receipt.text(Lang::En),
        "salt": hex(&salt),
        "locator": hex(&keys.locator),
        "authenticator": hex(keys.authenticator()),
        "opening": *keys.opening().to_secret_string(),
        "recipient": keys.recipient().to_string(),
        "verify_key": hex(&keys.signing().verifier().to_bytes()),
    })
}

fn passphrase() -> Value {
    let (text, salt) = ("hoa súng nở buổi sáng", [8; 16]);
    let derived = Derived::new(text, &salt);
    json!({
        "passphrase": text,
        "salt": hex(&salt),
        "sign_in_token": hex(derived.sign_in_token()),
        "verifier": hex(&Derived::verifier(derived.sign_in_token())),
        "wrapping_key": hex(derived.wrapping_key().expose()),
    })
}

fn signature() -> Value {
    let signer = Signer::from_seed(&Key::from_bytes([5; 32]));
    let head = Head { size: 5, root: [6; 32], time: 1_795_600_000 };
    json!({
        "seed": hex(&[5; 32]),
        "verify_key": hex(&signer.verifier().to_bytes()),
        "consent": { "bytes": "yes", "signature": hex(&signer.sign(Purpose::Consent, b"yes")) },
        "head": { "bytes": hex(&head.to_bytes()), "signature": hex(&head.sign(&signer)) },
    })
}

fn merkle() -> Value {
    let leaves: Vec<_> = (0..7).map(|n| [n; 32]).collect();
    let nodes = |proof: Option<Vec<[u8; 32]>>| proof.unwrap_or_default().iter().map(|n| hex(n)).collect::<Vec<_>>();
    json!({
        "leaves": leaves.iter().map(|leaf| hex(leaf)).collect::<Vec<_>>(),
        "roots": (0..=7).map(|size| hex(&tree::root(&leaves[..size]))).collect::<Vec<_>>(),
        "inclusion_of_3_in_7": nodes(tree::inclusion_proof(&leaves, 3)),
        "consistency_of_3_and_7": nodes(tree::consistency_proof(&leaves, 3)),
    })
}
