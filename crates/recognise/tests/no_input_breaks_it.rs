//! The short run, on stable Rust, of what `fuzz/` does for long: no bytes make a parser panic or answer nonsense.
//! The texts are made of the pieces that the parsers look for, so that random ones get deep.

use proptest::prelude::*;
use recognise::Recogniser;
use recognise::chat::parse_chat;
use recognise::links::{self, Category, HostList, HostListBuilder};
use std::sync::LazyLock;

const PIECES: [&str; 44] = [
    "https://",
    "hxxp://",
    "www.",
    ".",
    "[.]",
    " chấm ",
    "com",
    ".vn",
    "vietcombank",
    "zalo",
    "@",
    ":",
    "/",
    "?",
    "#",
    "xn--",
    "0x7f",
    "192.168.0.1",
    "[::1]",
    "\u{200B}",
    "\u{301}",
    "е",
    "đ",
    "👋",
    "\n",
    "\r\n",
    " ",
    "Lan: ",
    "Bạn đã gửi\n",
    "10:02",
    "[24/11/2026, 10:02:33] ",
    "24/11/2026, 10:02 - ",
    "Lan, [24.11.2026 10:02]\n",
    "Hôm nay",
    "Enter\n",
    "chuyển khoản ",
    "gửi ảnh ",
    "500k ",
    "otp ",
    "mẹ ",
    "\0",
    "\u{202E}",
    "-",
    "%2e",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn lies_inside(text: &str, start: u32, end: u32) -> bool {
    start < end && end as usize <= text.chars().count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn links_stand_where_they_say(text in text()) {
        let hosts = HostList::from_bytes(HostListBuilder::new(1).bad(Category::Scam, ["zalo.com"]).build()).unwrap();
        let mut at = 0;
        for link in links::read(&text, &hosts) {
            prop_assert!(link.start >= at && lies_inside(&text, link.start, link.end));
            at = link.end;
        }
    }

    #[test]
    fn turns_stand_where_they_say(text in text()) {
        for turn in parse_chat(&text).map(|c| c.turns).unwrap_or_default() {
            prop_assert!(text.get(turn.bytes.clone()).is_some_and(|words| !words.is_empty()));
            prop_assert_eq!(turn.first_point as usize, text[..turn.bytes.start].chars().count());
        }
    }

    #[test]
    fn any_bytes_are_assessed_or_refused(bytes in prop_oneof![
        text().prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..200),
    ]) {
        static RECOGNISER: LazyLock<Recogniser> = LazyLock::new(Recogniser::shipped);
        if let Ok(answer) = RECOGNISER.assess_bytes(&bytes) {
            let text = std::str::from_utf8(&bytes).unwrap();
            prop_assert!(answer.tactics.iter().all(|t| lies_inside(text, t.start, t.end)));
            prop_assert!(answer.links.iter().all(|l| lies_inside(text, l.start, l.end)));
            prop_assert!(answer.harms.iter().all(|h| (0.0..=1.0).contains(&h.probability)));
        }
    }

    #[test]
    fn no_bytes_are_a_host_list_by_chance(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(HostList::from_bytes(bytes).is_err());
    }
}

#[cfg(feature = "feed")]
proptest! {
    #[test]
    fn no_bytes_are_a_feed_by_chance(bytes in prop::collection::vec(any::<u8>(), 0..300), shaped in any::<bool>()) {
        let key = links::feed::SigningKey::from_bytes(&[7; 32]).verifying_key();
        let bytes = if shaped { [b"HDFEED1\n".as_slice(), &bytes].concat() } else { bytes };
        prop_assert!(links::feed::open(&bytes, &key, 0).is_err());
    }
}
