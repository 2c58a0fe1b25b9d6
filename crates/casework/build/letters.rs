//! What stands in `letters.toml`, checked.

use serde::Deserialize;
use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    blank: Vec<Blank>,
    letter: Vec<Letter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blank {
    code: String,
    vi: String,
    en: String,
    lines: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Letter {
    code: String,
    national: bool,
    vi: Text,
    en: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    name: String,
    hint: String,
    title: String,
    about: String,
    to: String,
    body: String,
}

impl Text {
    fn blanks(&self) -> BTreeSet<&str> {
        let texts = [&self.about, &self.to, &self.body];
        let after = texts.into_iter().flat_map(|text| text.split('{').skip(1));
        after.filter_map(|rest| rest.split_once('}')).map(|(code, _)| code).collect()
    }
}

/// The source of both tables.
pub fn source(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let known: BTreeSet<&str> = file.blank.iter().map(|blank| blank.code.as_str()).collect();
    assert_eq!(known.len(), file.blank.len(), "letters.toml: a blank stands twice");
    let mut used = BTreeSet::new();
    let mut out = String::from("/// Everything that can be filled in.\npub static BLANKS: &[Blank] = &[\n");
    for Blank { code, vi, en, lines } in &file.blank {
        writeln!(out, "Blank {{ code: {code:?}, name: Words {{ vi: {vi:?}, en: {en:?} }}, lines: {lines} }},")
            .expect(TAKES);
    }
    out.push_str("];\n/// Every letter.\npub static LETTERS: &[Letter] = &[\n");
    for letter in &file.letter {
        let blanks = letter.vi.blanks();
        assert_eq!(blanks, letter.en.blanks(), "letters.toml: `{}` has other blanks in English", letter.code);
        assert!(blanks.is_subset(&known), "letters.toml: `{}` has a blank that is not there", letter.code);
        used.extend(blanks);
        let both = |of: fn(&Text) -> &String| format!("Words {{ vi: {:?}, en: {:?} }}", of(&letter.vi), of(&letter.en));
        writeln!(
            out,
            "Letter {{ code: {:?}, national: {}, name: {}, hint: {}, title: {}, about: {}, to: {}, body: {} }},",
            letter.code,
            letter.national,
            both(|text| &text.name),
            both(|text| &text.hint),
            both(|text| &text.title),
            both(|text| &text.about),
            both(|text| &text.to),
            both(|text| &text.body),
        )
        .expect(TAKES);
    }
    let idle = known.difference(&used).next();
    // The place of writing stands in the head of every letter.
    assert!(idle.is_none_or(|code| *code == "place"), "letters.toml: no letter uses the blank {idle:?}");
    out.push_str("];\n");
    out
}

const TAKES: &str = "a String takes every line";
