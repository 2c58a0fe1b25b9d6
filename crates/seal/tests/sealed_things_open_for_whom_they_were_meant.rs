//! Entries, files, grants, wrapped keys: they open for whom they were meant, whole and unaltered, and for nobody else.

use getrandom::{SysRng, rand_core::UnwrapErr};
use proptest::prelude::*;
use seal::{
    Identity, Key, OpenError, entry,
    grant::{self, Kind},
    key, leaf,
    passphrase::Derived,
    stream,
};

fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

#[test]
fn what_she_wrote_comes_back_to_whom_she_chose_and_to_nobody_else() {
    let (case, stranger) = (Identity::generate(), Identity::generate());
    let story = "Em không biết phải kể với ai.".as_bytes();
    let sealed = entry::seal(story, &case.recipient(), &mut rng());
    let opened = entry::open(&sealed.bytes, &case).unwrap();
    assert_eq!(opened.content.as_slice(), story);
    assert_eq!(opened.leaf, sealed.leaf, "the reader can find the entry in the log");
    assert_eq!(entry::open(&sealed.bytes, &stranger).err(), Some(OpenError::OtherKey));
}

#[test]
fn equal_entries_look_different_and_short_ones_look_alike() {
    let case = Identity::generate().recipient();
    let [yes, again, no] =
        [&b"yes"[..], b"yes", b"no, it was the other one"].map(|t| entry::seal(t, &case, &mut rng()));
    assert_ne!(yes.bytes, again.bytes);
    assert_ne!(yes.leaf, again.leaf, "a log tells nobody that two pictures are equal");
    let body = |sealed: &[u8]| {
        let end = sealed.windows(5).position(|w| w == b"\n--- ").unwrap();
        sealed.len() - end
    };
    assert_eq!(body(&yes.bytes), body(&no.bytes), "an answer's length doesn't give it away");
}

#[test]
fn a_large_file_goes_through_in_pieces_of_any_size() {
    let case = Identity::generate();
    let file: Vec<u8> = (0..3_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut sealer = stream::Sealer::new(&case.recipient(), file.len() as u64, &mut rng()).unwrap();
    let mut stored = Vec::new();
    for piece in file.chunks(70_001) {
        stored.extend(sealer.push(piece).unwrap());
    }
    while let Some(padding) = sealer.pad() {
        assert!(padding.len() <= 1_200_000);
        stored.extend(padding);
    }
    let end = sealer.finish().unwrap();
    stored.extend(&end.bytes);
    assert_eq!(end.sealed_length, stored.len() as u64);

    let mut incoming = stream::Opener::new(&case);
    let mut opened = Vec::new();
    for piece in stored.chunks(33_333) {
        opened.extend_from_slice(&incoming.push(piece).unwrap());
    }
    let last = incoming.finish().unwrap();
    opened.extend_from_slice(&last.bytes);
    assert!(opened == file);
    assert_eq!((last.leaf, last.content_hash, last.sealed_hash), (end.leaf, end.content_hash, end.sealed_hash));
    assert_eq!(entry::open(&stored, &case).unwrap().leaf, end.leaf, "a stream opens at once, too");
}

#[test]
fn the_sealed_size_is_known_before_the_first_piece() {
    let case = Identity::generate().recipient();
    // Around the edges of padding and chunks, where counting goes wrong.
    for length in [0, 1, 468, 469, 65_492, 65_493, 131_028, 131_029, 200_000] {
        let mut sealer = stream::Sealer::new(&case, length, &mut rng()).unwrap();
        let size = sealer.sealed_size();
        let begin = sealer.push(&vec![7; length as usize]).unwrap();
        let end = sealer.finish().unwrap();
        assert_eq!(size, end.sealed_length, "{length} bytes");
        assert_eq!(size, (begin.len() + end.bytes.len()) as u64);
    }
}

#[test]
fn a_file_that_changed_while_it_was_read_is_refused() {
    let case = Identity::generate().recipient();
    let mut grown = stream::Sealer::new(&case, 3, &mut rng()).unwrap();
    assert_eq!(grown.push(b"four").unwrap_err().came, 4);
    let mut shrunk = stream::Sealer::new(&case, 5, &mut rng()).unwrap();
    shrunk.push(b"four").unwrap();
    assert!(shrunk.pad().is_none(), "nothing is padded before all has come");
    assert_eq!(shrunk.finish().unwrap_err().said, 5);
    assert!(stream::Sealer::new(&case, u64::MAX, &mut rng()).is_err());
}

#[test]
fn a_changed_byte_anywhere_and_a_missing_end_are_noticed() {
    let case = Identity::generate();
    let sealed = entry::seal(&vec![7; 70_000], &case.recipient(), &mut rng()).bytes;
    for at in (0..sealed.len()).step_by(97).chain(sealed.len() - 20..sealed.len()) {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(entry::open(&altered, &case).is_err(), "byte {at} was changed");
    }
    for end in (0..sealed.len()).step_by(101).chain([65_536 + 16, sealed.len() - 1]) {
        assert!(entry::open(&sealed[..end], &case).is_err(), "only {end} bytes arrived");
    }
    let longer = [&sealed[..], b"x"].concat();
    assert_eq!(entry::open(&longer, &case).err(), Some(OpenError::Altered));
}

#[test]
fn chunks_that_change_places_are_noticed() {
    let case = Identity::generate();
    let sealed = entry::seal(&vec![0; 200_000], &case.recipient(), &mut rng()).bytes;
    let mac = sealed.windows(5).position(|w| w == b"\n--- ").unwrap() + 1;
    let body = mac + sealed[mac..].iter().position(|b| *b == b'\n').unwrap() + 1 + 16;
    let chunk = 65_536 + 16;
    let mut swapped = sealed.clone();
    swapped[body..body + chunk].copy_from_slice(&sealed[body + chunk..body + 2 * chunk]);
    swapped[body + chunk..body + 2 * chunk].copy_from_slice(&sealed[body..body + chunk]);
    assert_eq!(entry::open(&swapped, &case).err(), Some(OpenError::Altered));
    assert_eq!(entry::open(&sealed[..body + chunk], &case).err(), Some(OpenError::Altered), "cut between two chunks");
}

#[test]
fn an_organisation_opens_a_case_through_its_member_and_a_withdrawn_one_no_longer() {
    let (member, organisation, case) = (Identity::generate(), Identity::generate(), Identity::generate());
    let to_member = grant::seal(Kind::Organisation, &organisation, &member.recipient());
    let to_organisation = grant::seal(Kind::Case, &case, &organisation.recipient());
    let opened = grant::open(Kind::Organisation, &to_member, &member).unwrap();
    assert_eq!(grant::open(Kind::Case, &to_organisation, &opened).unwrap(), case);
    assert_eq!(grant::open(Kind::Case, &to_organisation, &member), Err(OpenError::OtherKey));
    assert_eq!(grant::open(Kind::Case, &to_member, &member), Err(OpenError::Frame), "a grant of one kind is no other");

    let afterwards = Identity::generate();
    let new_entry = entry::seal(b"after the withdrawal", &afterwards.recipient(), &mut rng());
    assert_eq!(entry::open(&new_entry.bytes, &case).err(), Some(OpenError::OtherKey));
}

#[test]
fn an_entry_is_no_grant_and_a_grant_is_no_entry() {
    let (case, other) = (Identity::generate(), Identity::generate());
    let forged = entry::seal(other.to_secret_string().as_bytes(), &case.recipient(), &mut rng());
    assert_eq!(grant::open(Kind::Case, &forged.bytes, &case), Err(OpenError::Frame));
    let granted = grant::seal(Kind::Case, &other, &case.recipient());
    assert_eq!(entry::open(&granted, &case).err(), Some(OpenError::Frame));
}

#[test]
fn what_signs_a_member_in_does_not_open_her_key() {
    let salt = [9; 16];
    let derived = Derived::new("hoa súng nở buổi sáng", &salt);
    let wrapped = derived.wrap(b"secret of a member");
    let again = Derived::new("hoa súng nở buổi sáng", &salt);
    assert_eq!(again.unwrap(&wrapped).unwrap().as_slice(), b"secret of a member");
    assert_eq!(again.sign_in_token(), derived.sign_in_token());
    assert_ne!(derived.sign_in_token(), derived.wrapping_key().expose());
    let token = Key::from_bytes(*derived.sign_in_token());
    assert_eq!(key::unwrap(&token, &wrapped).err(), Some(OpenError::OtherKey), "the server can't open it");
    for wrong in [Derived::new("hoa sung no buoi sang", &salt), Derived::new("hoa súng nở buổi sáng", &[8; 16])] {
        assert_eq!(wrong.unwrap(&wrapped).err(), Some(OpenError::OtherKey));
        assert_ne!(Derived::verifier(wrong.sign_in_token()), Derived::verifier(derived.sign_in_token()));
    }
}

#[test]
fn whatever_seals_and_opens_can_move_between_threads() {
    const fn moves<T: Send>() {}
    moves::<stream::Sealer>();
    moves::<stream::Opener>();
    moves::<Derived>();
    moves::<seal::receipt::Keys>();
}

#[test]
fn secrets_do_not_print_themselves() {
    let identity = Identity::generate();
    let secret = identity.to_secret_string();
    assert!(secret.starts_with("AGE-SECRET-KEY-1"));
    let receipt = seal::Receipt::generate(&mut rng());
    let shares = seal::shares::split_2_of_3(&identity.to_key(), &mut rng());
    let signer = seal::sign::Signer::from_seed(&identity.to_key());
    let printed = format!("{identity:?} {:?} {receipt:?} {shares:?} {signer:?}", identity.to_key());
    assert_eq!(
        printed,
        "Identity(hidden) Key(hidden) Receipt(hidden) \
         [Share 1(hidden), Share 2(hidden), Share 3(hidden)] Signer(hidden)"
    );
}

#[test]
fn keys_come_back_from_their_written_form_and_mistyped_ones_do_not() {
    let identity = Identity::generate();
    let written = identity.to_secret_string();
    assert_eq!(Identity::from_secret_string(&written).unwrap(), identity);
    assert_eq!(Identity::from_key(&identity.to_key()), identity);
    assert_eq!(identity.recipient().to_string().parse(), Ok(identity.recipient()));
    let mistyped = identity.recipient().to_string().replace(['q', 'p'], "z");
    assert!(mistyped.parse::<seal::Recipient>().is_err());
    assert!(written.parse::<seal::Recipient>().is_err(), "a secret key is no public one");
    assert!(Identity::from_secret_string(&identity.recipient().to_string()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_sealed_opens_and_has_its_leaf(content in prop::collection::vec(any::<u8>(), 0..3000)) {
        let case = Identity::generate();
        let sealed = entry::seal(&content, &case.recipient(), &mut rng());
        let opened = entry::open(&sealed.bytes, &case).unwrap();
        prop_assert_eq!(&*opened.content, &content);
        prop_assert_eq!(opened.leaf, sealed.leaf);
        prop_assert_ne!(opened.leaf, leaf(&[0; 32], &[0; 32]));
    }

    #[test]
    fn whatever_is_wrapped_opens_with_its_key_only(secret in prop::collection::vec(any::<u8>(), 0..300)) {
        let (mine, yours) = (Key::generate(&mut rng()), Key::generate(&mut rng()));
        let wrapped = key::wrap(&mine, &secret);
        prop_assert_eq!(&*key::unwrap(&mine, &wrapped).unwrap(), &secret);
        prop_assert_eq!(key::unwrap(&yours, &wrapped).err(), Some(OpenError::OtherKey));
    }
}
