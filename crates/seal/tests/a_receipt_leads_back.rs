//! The receipt: written down in one language or the other, typed back in a hurry, and never taken for another.

use getrandom::{SysRng, rand_core::UnwrapErr};
use proptest::prelude::*;
use seal::{
    Receipt,
    receipt::{ReceiptError, WORDS, WordList},
    sign::Purpose,
};
use std::collections::HashSet;
use vocabulary::Lang;

fn receipt() -> Receipt {
    Receipt::generate(&mut UnwrapErr(SysRng))
}

/// Without marks, as she may type on a keyboard without them.
fn bare(text: &str) -> String {
    let letters = [
        ("àáảãạăằắẳẵặâầấẩẫậ", 'a'),
        ("èéẻẽẹêềếểễệ", 'e'),
        ("ìíỉĩị", 'i'),
        ("òóỏõọôồốổỗộơờớởỡợ", 'o'),
        ("ùúủũụưừứửữự", 'u'),
        ("ỳýỷỹỵ", 'y'),
        ("đ", 'd'),
    ];
    text.chars().map(|c| letters.iter().find(|(marked, _)| marked.contains(c)).map_or(c, |(_, plain)| *plain)).collect()
}

#[test]
fn the_lists_have_1024_words_and_no_two_are_taken_for_each_other() {
    let mut seen = HashSet::new();
    for lang in [Lang::Vi, Lang::En] {
        let words = WordList::of(lang).words();
        assert_eq!(words.len(), 1024);
        for word in words {
            let bare = bare(word);
            assert!((2..=9).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_lowercase()), "`{word}`");
            assert!(seen.insert(bare), "`{word}` looks like another word once its marks are off");
        }
    }
}

#[test]
fn it_comes_back_however_she_types_it() {
    for _ in 0..50 {
        let receipt = receipt();
        for lang in [Lang::Vi, Lang::En] {
            let words = receipt.words(lang);
            let text = receipt.text(lang);
            let numbered: Vec<_> = words.iter().enumerate().map(|(n, word)| format!("{}. {word}\n", n + 1)).collect();
            for typed in [
                text.to_string(),
                bare(&text),
                text.to_uppercase(),
                words.join("-"),
                words.join(" ,  "),
                numbered.concat(),
                format!("  {}  ", *text),
            ] {
                assert_eq!(Receipt::parse(&typed).as_ref(), Ok(&receipt), "{typed}");
            }
        }
    }
}

#[test]
fn letters_that_are_made_of_two_signs_are_read_too() {
    let text = "mũ mũ mũ mũ mũ mũ mũ mũ mũ mũ";
    let decomposed = text.replace('ũ', "u\u{303}");
    assert_eq!(Receipt::parse(text), Receipt::parse(&decomposed));
    assert!(!matches!(Receipt::parse(&decomposed), Err(ReceiptError::UnknownWord { .. })));
}

#[test]
fn a_mistyped_word_is_pointed_out_with_the_one_that_was_meant() {
    let receipt = receipt();
    let mut words = receipt.words(Lang::En).map(str::to_owned);
    "kitchem".clone_into(&mut words[3]);
    let error = Receipt::parse(&words.join(" ")).unwrap_err();
    assert_eq!(error, ReceiptError::UnknownWord { position: 4, word: "kitchem".to_owned(), nearest: Some("kitchen") });
    let mut words = receipt.words(Lang::Vi).map(str::to_owned);
    "12xqzwvk".clone_into(&mut words[9]);
    let error = Receipt::parse(&words.join(" ")).unwrap_err();
    assert_eq!(error, ReceiptError::UnknownWord { position: 10, word: "xqzwvk".to_owned(), nearest: None });
}

#[test]
fn a_word_of_the_other_language_is_pointed_out() {
    let receipt = receipt();
    let mut words = receipt.words(Lang::Vi);
    words[0] = receipt.words(Lang::En)[0];
    assert!(matches!(Receipt::parse(&words.join(" ")), Err(ReceiptError::UnknownWord { position: 1, .. })));
}

#[test]
fn missing_and_surplus_words_are_counted() {
    let words = receipt().words(Lang::Vi);
    assert_eq!(Receipt::parse(""), Err(ReceiptError::TooFew(0)));
    assert_eq!(Receipt::parse(&words[1..].join(" ")), Err(ReceiptError::TooFew(WORDS - 1)));
    let more = [&words[..], &words[..2]].concat().join(" ");
    assert_eq!(Receipt::parse(&more), Err(ReceiptError::TooMany(WORDS + 2)));
}

#[test]
fn two_words_that_changed_places_are_noticed() {
    let mut noticed = 0;
    for _ in 0..200 {
        let mut words = receipt().words(Lang::En);
        words.swap(2, 7);
        noticed += usize::from(matches!(
            Receipt::parse(&words.join(" ")),
            Err(ReceiptError::Checksum | ReceiptError::Version(_))
        ));
    }
    // One in 256 passes by chance: more than 10 of 200 would be a broken checksum.
    assert!(noticed >= 190, "only {noticed} of 200 were noticed");
}

#[test]
fn its_keys_are_the_same_on_every_device_and_others_for_every_server() {
    let receipt = receipt();
    let here = receipt.derive(&[1; 16]);
    let there = Receipt::parse(&receipt.text(Lang::En)).unwrap().derive(&[1; 16]);
    assert_eq!(here.locator, there.locator);
    assert_eq!(here.authenticator(), there.authenticator());
    assert_eq!(here.recipient(), there.recipient());
    assert_eq!(here.signing().verifier(), there.signing().verifier());
    let elsewhere = receipt.derive(&[2; 16]);
    assert_ne!(here.locator, elsewhere.locator);
    assert_ne!(here.recipient(), elsewhere.recipient());
    assert_ne!(here.authenticator()[..16], here.locator);
    assert_ne!(here.authenticator(), here.opening().to_key().expose());
}

#[test]
fn her_consent_is_hers_and_for_one_purpose() {
    let (hers, other) = (receipt().derive(&[1; 16]), receipt().derive(&[1; 16]));
    let consent = hers.signing().sign(Purpose::Consent, b"to the shelter, entries 1 and 3");
    let verifier = hers.signing().verifier();
    assert!(verifier.verify(Purpose::Consent, b"to the shelter, entries 1 and 3", &consent));
    assert!(!verifier.verify(Purpose::Consent, b"to the shelter, entries 1 to 3", &consent));
    assert!(!verifier.verify(Purpose::Withdrawal, b"to the shelter, entries 1 and 3", &consent));
    assert!(!other.signing().verifier().verify(Purpose::Consent, b"to the shelter, entries 1 and 3", &consent));
}

proptest! {
    #[test]
    fn any_ten_words_are_a_receipt_or_an_error_and_a_receipt_is_those_words(
        picks in prop::collection::vec(0..1024_usize, WORDS), english in any::<bool>(),
    ) {
        let lang = if english { Lang::En } else { Lang::Vi };
        let words: Vec<_> = picks.iter().map(|pick| WordList::of(lang).words()[*pick]).collect();
        match Receipt::parse(&words.join(" ")) {
            Ok(receipt) => prop_assert_eq!(&receipt.words(lang)[..], &words[..]),
            Err(error) => prop_assert!(matches!(error, ReceiptError::Checksum | ReceiptError::Version(1..=3))),
        }
    }
}
