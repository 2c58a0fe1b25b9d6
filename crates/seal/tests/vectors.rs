//! What `docs/seal.md` promises, byte for byte: a version that reads these no longer can't open what is stored.

use seal::{
    Identity, Key, Receipt, entry,
    grant::{self, Kind},
    head::Head,
    key, leaf,
    passphrase::Derived,
    shares,
    sign::{Purpose, Signer, Verifier},
    tree, work,
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;
use vocabulary::Lang;

static VECTORS: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(include_str!("vectors.json")).unwrap());

fn read<'a, T: Deserialize<'a>>(path: &str) -> T {
    T::deserialize(VECTORS.pointer(path).unwrap_or_else(|| panic!("no {path}"))).unwrap()
}

fn text(path: &str) -> String {
    read(path)
}

fn unhex(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn bytes<const N: usize>(path: &str) -> [u8; N] {
    unhex(&text(path)).try_into().unwrap()
}

fn many(path: &str) -> Vec<[u8; 32]> {
    read::<Vec<String>>(path).iter().map(|hex| unhex(hex).try_into().unwrap()).collect()
}

fn identity(path: &str) -> Identity {
    Identity::from_secret_string(&text(path)).unwrap()
}

#[test]
fn identities_entries_grants_and_wrapped_keys() {
    let case = identity("/identity/secret");
    assert_eq!(*case.to_key().expose(), bytes("/identity/key"));
    assert_eq!(case.recipient().to_string(), text("/identity/recipient"));

    let opened = entry::open(&unhex(&text("/entry/sealed")), &identity("/entry/identity")).unwrap();
    assert_eq!(opened.content.as_slice(), text("/entry/content").as_bytes());
    assert_eq!(opened.leaf, bytes("/entry/leaf"));
    let hash = <sha2::Sha256 as sha2::Digest>::digest(text("/entry/content"));
    assert_eq!(leaf(&bytes("/entry/nonce"), &hash.into()), opened.leaf);

    let granted = grant::open(Kind::Case, &unhex(&text("/grant/sealed")), &identity("/grant/identity"));
    assert_eq!(granted.unwrap(), identity("/grant/opens"));
    let secret = key::unwrap(&Key::from_bytes(bytes("/key/key")), &unhex(&text("/key/wrapped"))).unwrap();
    assert_eq!(secret.as_slice(), text("/key/secret").as_bytes());
}

#[test]
fn receipts_and_passphrases() {
    let receipt = Receipt::parse(&text("/receipt/vi")).unwrap();
    assert_eq!(receipt, Receipt::parse(&text("/receipt/en")).unwrap());
    assert_eq!(*receipt.text(Lang::Vi), text("/receipt/vi"));
    let keys = receipt.derive(&bytes("/receipt/salt"));
    assert_eq!(keys.locator, bytes("/receipt/locator"));
    assert_eq!(*keys.authenticator(), bytes("/receipt/authenticator"));
    assert_eq!(*keys.opening(), identity("/receipt/opening"));
    assert_eq!(keys.recipient().to_string(), text("/receipt/recipient"));
    assert_eq!(keys.signing().verifier().to_bytes(), bytes("/receipt/verify_key"));

    let derived = Derived::new(&text("/passphrase/passphrase"), &bytes("/passphrase/salt"));
    assert_eq!(*derived.sign_in_token(), bytes("/passphrase/sign_in_token"));
    assert_eq!(Derived::verifier(derived.sign_in_token()), bytes("/passphrase/verifier"));
    assert_eq!(*derived.wrapping_key().expose(), bytes("/passphrase/wrapping_key"));
}

#[test]
fn shares_come_together() {
    let printed: [String; 3] = read("/shares/printed");
    let [one, two, three] = printed.map(|text| text.parse().unwrap());
    for (a, b) in [(&one, &two), (&two, &three), (&three, &one)] {
        assert_eq!(*shares::join(a, b).unwrap().expose(), bytes("/shares/secret"));
    }
}

#[test]
fn signatures_trees_and_work() {
    let signer = Signer::from_seed(&Key::from_bytes(bytes("/signature/seed")));
    let verifier = Verifier::from_bytes(&bytes("/signature/verify_key")).unwrap();
    assert_eq!(signer.verifier(), verifier);
    let consent = bytes("/signature/consent/signature");
    assert_eq!(signer.sign(Purpose::Consent, text("/signature/consent/bytes").as_bytes()), consent);
    let head = Head::from_bytes(&bytes("/signature/head/bytes"));
    assert!(head.verify(&bytes("/signature/head/signature"), &verifier));

    let (leaves, roots) = (many("/tree/leaves"), many("/tree/roots"));
    for (size, root) in roots.iter().enumerate() {
        assert_eq!(tree::root(&leaves[..size]), *root);
    }
    assert!(tree::verify_inclusion(&leaves[3], 3, 7, &many("/tree/inclusion_of_3_in_7"), &roots[7]));
    assert!(tree::verify_consistency(3, &roots[3], 7, &roots[7], &many("/tree/consistency_of_3_and_7")));

    let (challenge, bits) = (bytes::<32>("/work/challenge"), read("/work/bits"));
    let answer = read("/work/first_answer");
    assert_eq!(work::solve(&challenge, bits, 0, u64::MAX), Some(answer));
    assert!(work::check(&challenge, bits, answer));
}
