//! Something that must not be found, in every writing in which it could be kept or sent.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Shorter bytes are found by chance.
const LEAST_BYTES: usize = 6;

/// Words and bytes, each under a name, to be looked for.
///
/// Words are looked for as they are, with their marks apart (NFD), and without marks; all that in UTF-8, in UTF-16 as
/// Chromium's databases write it, in addresses and forms, in JSON, in base64 and hexadecimal. What is compressed or
/// encrypted hides everything: a test looks where it isn't.
#[derive(Debug)]
pub struct Sought {
    needles: Vec<(String, Vec<u8>)>,
    /// Those that begin with two given bytes.
    begin: Vec<Vec<usize>>,
}

impl Default for Sought {
    fn default() -> Self {
        Self { needles: Vec::new(), begin: vec![Vec::new(); 1 << 16] }
    }
}

impl Sought {
    /// Adds words.
    pub fn words(&mut self, name: &str, words: &str) {
        let composed: String = words.nfc().collect();
        let apart: String = words.nfd().collect();
        let bare: String = apart.chars().filter(|c| !is_combining_mark(*c)).map(without_bar).collect();
        for (form, text) in [("", composed), (", marks apart", apart), (", without marks", bare)] {
            for (writing, bytes) in writings(&text) {
                self.needle(format!("{name} ({writing}{form})"), bytes);
            }
            self.bytes(&format!("{name}{form}"), text.as_bytes());
        }
    }

    /// Adds bytes: as they are, in base64 however they lie in it, in hexadecimal.
    pub fn bytes(&mut self, name: &str, bytes: &[u8]) {
        self.needle(format!("{name} (plain)"), bytes.to_vec());
        for before in 0..3 {
            let shifted = [&[0; 2][..before], bytes].concat();
            // The signs in which nothing of what lies before or behind takes part.
            let (from, to) = ((before * 8).div_ceil(6), shifted.len() * 8 / 6);
            for (writing, engine) in [("base64", BASE64_STANDARD_NO_PAD), ("base64url", BASE64_URL_SAFE_NO_PAD)] {
                let signs = engine.encode(&shifted);
                self.needle(format!("{name} ({writing})"), signs.as_bytes()[from..to].to_vec());
            }
        }
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        self.needle(format!("{name} (HEX)"), hex.to_uppercase().into_bytes());
        self.needle(format!("{name} (hex)"), hex.into_bytes());
    }

    fn needle(&mut self, name: String, bytes: Vec<u8>) {
        assert!(bytes.len() >= LEAST_BYTES, "{name}: too short to be looked for");
        if self.needles.iter().all(|(_, known)| *known != bytes) {
            self.begin[start(&bytes)].push(self.needles.len());
            self.needles.push((name, bytes));
        }
    }

    /// The names of what these bytes hold, each with its writing.
    pub fn found_in(&self, bytes: &[u8]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (at, two) in bytes.windows(2).enumerate() {
            for &needle in &self.begin[start(two)] {
                let (name, needle) = &self.needles[needle];
                if bytes[at..].starts_with(needle) {
                    found.insert(name.clone());
                }
            }
        }
        found
    }
}

fn start(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// The one Vietnamese letter that is no letter with a mark.
fn without_bar(letter: char) -> char {
    match letter {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    }
}

fn writings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let percent = |space: &str, low: bool| {
        let write = |byte: u8| match byte {
            b' ' => space.to_owned(),
            b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => char::from(b).to_string(),
            b if low => format!("%{b:02x}"),
            b => format!("%{b:02X}"),
        };
        text.bytes().map(write).collect::<String>().into_bytes()
    };
    let escaped = |low: bool| {
        let write = |unit: u16| match u8::try_from(unit) {
            Ok(b) if b.is_ascii() => char::from(b).to_string(),
            _ if low => format!("\\u{unit:04x}"),
            _ => format!("\\u{unit:04X}"),
        };
        text.encode_utf16().map(write).collect::<String>().into_bytes()
    };
    vec![
        ("UTF-16", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("address", percent("%20", false)),
        ("address, small letters", percent("%20", true)),
        ("form", percent("+", false)),
        ("JSON", escaped(true)),
        ("JSON, capitals", escaped(false)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Đừng nói ai";

    fn sought() -> Sought {
        let mut sought = Sought::default();
        sought.words("the story", WORDS);
        sought.bytes("a key", &[7, 0, 255, 61, 62, 63, 9, 9, 130, 131]);
        sought
    }

    #[test]
    fn every_writing_is_found_wherever_it_lies() {
        let sought = sought();
        let apart: String = WORDS.nfd().collect();
        for before in 0..4 {
            let lies = |bytes: &[u8]| [&b"____"[..before], bytes, b"____"].concat();
            for (writing, bytes) in [
                ("as it is", WORDS.as_bytes().to_vec()),
                ("without marks", b"Dung noi ai".to_vec()),
                ("marks apart", apart.clone().into_bytes()),
                ("UTF-16", WORDS.encode_utf16().flat_map(u16::to_le_bytes).collect()),
                ("form", b"%C4%90%E1%BB%ABng+n%C3%B3i+ai".to_vec()),
                ("address", b"%c4%90%e1%bb%abng%20n%c3%b3i%20ai".to_vec()),
                ("JSON", br"\u0110\u1eebng n\u00f3i ai".to_vec()),
                ("hex", b"c490e1bbab6e67206ec3b369206169".to_vec()),
            ] {
                assert!(!sought.found_in(&lies(&bytes)).is_empty(), "{writing}");
            }
            let within = lies(WORDS.as_bytes());
            for text in [BASE64_STANDARD_NO_PAD.encode(&within), BASE64_URL_SAFE_NO_PAD.encode(&within)] {
                assert!(!sought.found_in(text.as_bytes()).is_empty(), "base64 behind {before} bytes: {text}");
            }
            let key = BASE64_URL_SAFE_NO_PAD.encode(lies(&[7, 0, 255, 61, 62, 63, 9, 9, 130, 131]));
            assert!(!sought.found_in(key.as_bytes()).is_empty(), "{key}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for other in ["Đừng nói gì", "Dung noi a", "", "D", "c490e1bbab6e67206ec3b36920616"] {
            assert_eq!(sought().found_in(other.as_bytes()), BTreeSet::new());
        }
    }
}
