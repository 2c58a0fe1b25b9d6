//! Every parser takes whatever comes and says no; none panics.

use getrandom::{SysRng, rand_core::UnwrapErr};
use proptest::prelude::*;
use seal::{
    Identity, Receipt, Recipient, entry,
    grant::{self, Kind},
    head::Head,
    key,
    shares::Share,
    sign::Verifier,
    stream, tree,
};
use std::sync::LazyLock;

static IDENTITY: LazyLock<Identity> = LazyLock::new(Identity::generate);
static SEALED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut rng = UnwrapErr(SysRng);
    entry::seal(&[1; 2000], &IDENTITY.recipient(), &mut rng).bytes
});

fn refuse(bytes: &[u8]) {
    assert!(entry::open(bytes, &IDENTITY).is_err());
    assert!(grant::open(Kind::Case, bytes, &IDENTITY).is_err());
    assert!(key::unwrap(&IDENTITY.to_key(), bytes).is_err());
}

proptest! {
    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000), cut in 0..2000_usize) {
        refuse(&bytes);
        refuse(&[b"age-encryption.org/v1\n", &bytes[..]].concat());
        let whole = &*SEALED;
        refuse(&[&whole[..cut.min(whole.len() - 1)], &bytes[..]].concat());
    }

    #[test]
    fn a_sealed_entry_with_some_bytes_changed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..8),
    ) {
        let mut bytes = SEALED.clone();
        for (at, change) in changes {
            let at = at.index(bytes.len());
            bytes[at] ^= change;
        }
        prop_assume!(bytes != *SEALED);
        refuse(&bytes);
    }

    #[test]
    fn pieces(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..20)) {
        let mut opener = stream::Opener::new(&IDENTITY);
        let went_well = pieces.iter().try_for_each(|piece| opener.push(piece).map(drop));
        prop_assert!(went_well.is_err() || opener.finish().is_err());
    }

    #[test]
    fn texts(text in "\\PC{0,200}") {
        prop_assert!(Receipt::parse(&text).is_err());
        prop_assert!(text.parse::<Share>().is_err());
        prop_assert!(text.parse::<Recipient>().is_err());
        prop_assert!(Identity::from_secret_string(&text).is_err());
    }

    #[test]
    fn proofs(
        leaf in any::<[u8; 32]>(), root in any::<[u8; 32]>(), index in any::<u64>(), size in any::<u64>(),
        proof in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        prop_assert!(!tree::verify_inclusion(&leaf, index, size, &proof, &root));
        prop_assert!(!tree::verify_consistency(index, &leaf, size, &root, &proof));
    }

    #[test]
    fn keys_and_signatures(key in any::<[u8; 32]>(), half in any::<[u8; 32]>(), root in any::<[u8; 32]>()) {
        if let Some(verifier) = Verifier::from_bytes(&key) {
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(&half);
            signature[32..].copy_from_slice(&key);
            let head = Head { size: 1, root, time: 2 };
            prop_assert!(!head.verify(&signature, &verifier));
        }
    }
}
