//! Whatever is pasted, reading ends, never panics, and every place it names lies inside the text.

use proptest::prelude::*;
use recognise::{InputError, MAX_INPUT_BYTES, Recogniser};
use std::sync::LazyLock;

static RECOGNISER: LazyLock<Recogniser> = LazyLock::new(Recogniser::shipped);

/// What people and deceivers type: words, teencode, numbers, links, emoji, marks, invisible letters, other scripts.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,8}",
        4 => prop::sample::select(vec!["không", "gửi", "ảnh", "tiền", "đừng nói", "mẹ", "Chuyển khoản", "otp", "stk", "ko", "ib", "g.i.ế.t", "c h ế t", "ch3t"]).prop_map(str::to_owned),
        2 => "[0-9.,:]{1,9}",
        2 => prop::sample::select(vec!["http://vcb-xacthuc.top/a?b=1", "bit.ly/3x", "hoà", "hòa", "ho\u{300}a", "e\u{302}\u{301}", "\u{200b}", "\u{202e}", "😂", "=))", "\n", "А: ", "Minh: ", "𝐬𝐞𝐱", "ｏｔｐ"]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec((piece, prop::sample::select(vec![" ", "", ".", ", ", "\n", "  "])), 0..40)
        .prop_map(|list| list.into_iter().map(|(p, gap)| p + gap).collect())
}

proptest! {
    #[test]
    fn places_lie_inside_the_text(text in pieces()) {
        let length = text.chars().count() as u32;
        if let Ok(said) = RECOGNISER.assess(&text) {
            for span in &said.tactics {
                prop_assert!(span.start < span.end && span.end <= length, "{span:?} of {length}");
            }
            for link in &said.links {
                prop_assert!(link.start < link.end && link.end <= length);
            }
            prop_assert!(said.harms.iter().all(|h| (0.0..=1.0).contains(&h.probability)));
            prop_assert!(said.harms.is_sorted_by(|a, b| a.probability >= b.probability));
        }
    }

    #[test]
    fn normalising_twice_changes_nothing(text in pieces()) {
        let once = RECOGNISER.normalise(&text);
        let twice = RECOGNISER.normalise(&once.text);
        prop_assert_eq!(&once.text, &twice.text);
    }

    #[test]
    fn every_word_comes_from_the_place_it_names(text in pieces()) {
        let letters: Vec<char> = text.chars().collect();
        let normalised = RECOGNISER.normalise(&text);
        for (bytes, points) in &normalised.map {
            let original: String = letters[points.start as usize..points.end as usize].iter().collect();
            let word = &normalised.text[bytes.clone()];
            let again = RECOGNISER.normalise(&original).text;
            prop_assert!(again.contains(word), "`{word}` from `{original}`, which reads `{again}`");
            prop_assert_eq!(normalised.origin(bytes.clone()), Some(points.clone()));
        }
    }
}

#[test]
fn rubbish_gets_a_clear_error_or_a_bounded_answer() {
    let read = |text: &str| RECOGNISER.assess(text);
    assert_eq!(read(""), Err(InputError::Empty));
    assert_eq!(read(" \n\u{200b}\u{feff}\u{301}"), Err(InputError::Empty));
    assert_eq!(read(&"x".repeat(MAX_INPUT_BYTES + 1)), Err(InputError::TooLong { limit: MAX_INPUT_BYTES }));
    assert_eq!(read("PK\u{3}\u{4}\u{1}\u{2}\0\0\0"), Err(InputError::NotText));
    assert_eq!(RECOGNISER.assess_bytes(b"gui anh \xff\xfe"), Err(InputError::NotText));
    assert!(read(&format!("a{}", "\u{301}".repeat(10_000))).is_ok());
    assert!(read(&format!("http://a.vn/{}", "x".repeat(1 << 20))).is_ok());
    assert!(read(&"Lan: gửi ảnh đi\nMinh: không\n".repeat(50_000)).is_ok());
    assert!(read(&"a ".repeat(1 << 20)).is_ok());
    assert!(read(&"đừng ".repeat(200_000)).is_ok());
    assert!(read(&"((((".repeat(100_000)).is_ok());
}
