//! Turns `data/*.toml` into types. A text without both languages, a blank that no field fills, a source without a date
//! stop the build here.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

mod shape;

use serde::de::DeserializeOwned;
use shape::{Field, Paper, Platform, Platforms, Words};
use std::{collections::BTreeSet, env, fmt::Write, fs, path::Path};

/// The papers, in the order in which they are offered.
const PAPERS: &[&str] = &["form_01", "form_02", "form_06", "takedown", "safety_plan", "cover", "summary"];
const TAKES: &str = "a String takes every line";

fn main() {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=build");
    let mut out =
        String::from("/// Every paper, in the order in which they are offered.\npub static PAPERS: &[Paper] = &[\n");
    for name in PAPERS {
        let paper: Paper = read(&format!("{name}.toml"));
        assert_eq!(&paper.code, name, "{name}.toml: the code is the name of the file");
        checked(&paper);
        write_paper(&mut out, &paper);
    }
    out.push_str("];\n/// Where notices go, the last being anywhere else.\npub static PLATFORMS: &[Platform] = &[\n");
    let platforms: Platforms = read("platforms.toml");
    for Platform { code, name, service, read, vi, en } in &platforms.platform {
        assert!(!name.is_empty() && !vi.is_empty() && !en.is_empty(), "platforms.toml: `{code}` lacks a text");
        assert_eq!(
            service.is_empty(),
            read.is_empty(),
            "platforms.toml: `{code}` has a source and its date, or neither"
        );
        dated("platforms.toml", read);
        writeln!(out, "Platform {{ code: {code:?}, name: {name:?}, service: {service:?}, read: {read:?}, steps: Words {{ vi: {vi:?}, en: {en:?} }} }},").expect(TAKES);
    }
    out.push_str("];\n");
    let folder = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("papers.rs"), out).expect("OUT_DIR can be written");
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = fs::read_to_string(Path::new("data").join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn dated(of: &str, date: &str) {
    let shape = date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    assert!(shape && matches!(date.len(), 0 | 4 | 10), "{of}: `{date}` is no date");
}

fn checked(paper: &Paper) {
    let code = &paper.code;
    let both = |words: &Words, what: &str| {
        assert!(!words.vi.trim().is_empty() && !words.en.trim().is_empty(), "{code}.toml: {what} lacks a language");
    };
    both(&paper.name, "name");
    both(&paper.hint, "hint");
    both(&paper.title, "title");
    assert!(
        !paper.source.title.is_empty() && !paper.source.date.is_empty(),
        "{code}.toml: a source has title and date"
    );
    dated(code, &paper.source.date);
    dated(code, &paper.source.read);
    assert!(paper.source.read.is_empty() || !paper.source.url.is_empty(), "{code}.toml: what was read has an address");
    assert!(
        !paper.languages.is_empty() && paper.languages.iter().all(|l| l == "vi" || l == "en"),
        "{code}.toml: languages"
    );
    let mut fields = BTreeSet::new();
    for part in &paper.part {
        assert_eq!(part.vi.is_empty(), part.en.is_empty(), "{code}.toml: the heading `{}` lacks a language", part.vi);
        assert!(!part.field.is_empty(), "{code}.toml: the part `{}` asks nothing", part.vi);
        for field in &part.field {
            assert!(fields.insert(field.code.as_str()), "{code}.toml: `{}` stands twice", field.code);
            checked_field(code, field);
        }
    }
    for words in [&paper.about, &paper.to] {
        assert_eq!(words.vi.is_empty(), words.en.is_empty(), "{code}.toml: `{}` lacks a language", words.vi);
        assert_eq!(blanks(&words.vi), blanks(&words.en), "{code}.toml: other blanks in English");
        assert!(blanks(&words.vi).is_subset(&fields), "{code}.toml: `{}` has a blank that no field fills", words.vi);
    }
    // The head of an official form names who makes it, where and when.
    let head = ["agency", "symbol", "place", "date"];
    assert!(!paper.national || head.iter().all(|name| fields.contains(name)), "{code}.toml: its head lacks a field");
}

fn checked_field(paper: &str, field: &Field) {
    let of = format!("{paper}.toml: `{}`", field.code);
    assert!(!field.vi.trim().is_empty() && !field.en.trim().is_empty(), "{of} lacks a language");
    assert_eq!(field.help_vi.is_empty(), field.help_en.is_empty(), "{of} has help in one language");
    let chosen = matches!(field.kind.as_str(), "choice" | "choices");
    assert_eq!(chosen, !field.choices.is_empty(), "{of} has choices or is not of that kind");
    for choice in &field.choices {
        assert!(!choice.vi.is_empty() && !choice.en.is_empty(), "{of}: `{}` lacks a language", choice.code);
    }
    let levels = [&field.high, &field.medium, &field.low];
    let full = |words: &&Option<Words>| words.as_ref().is_some_and(|w| !w.vi.is_empty() && !w.en.is_empty());
    assert_eq!(field.kind == "level", levels.iter().all(full), "{of} has three levels or is not of that kind");
    // A person judges; nothing is judged for her beforehand.
    assert!(field.from.is_empty() || !matches!(field.kind.as_str(), "level" | "count" | "tick"), "{of} fills itself");
    assert_eq!(field.kind == "text", field.lines > 0, "{of}: a text has lines, and nothing else has");
}

fn blanks(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(code, _)| code).collect()
}

fn words(words: &Words) -> String {
    format!("Words {{ vi: {:?}, en: {:?} }}", words.vi, words.en)
}

fn write_paper(out: &mut String, paper: &Paper) {
    let languages: String = paper.languages.iter().map(|l| if l == "vi" { "Lang::Vi," } else { "Lang::En," }).collect();
    let signs: String = paper.signs.iter().map(|sign| words(sign) + ",").collect();
    writeln!(
        out,
        "Paper {{ code: {:?}, number: {:?}, languages: &[{languages}], national: {}, to_her: {}, name: {}, hint: {}, \
         title: {}, about: {}, to: {}, signs: &[{signs}], copies: {}, source: Source {{ title: {:?}, date: {:?}, url: \
         {:?}, read: {:?} }}, parts: &[",
        paper.code,
        paper.number,
        paper.national,
        paper.to_her,
        words(&paper.name),
        words(&paper.hint),
        words(&paper.title),
        words(&paper.about),
        words(&paper.to),
        words(&paper.copies),
        paper.source.title,
        paper.source.date,
        paper.source.url,
        paper.source.read,
    )
    .expect(TAKES);
    for part in &paper.part {
        let heading = format!("Words {{ vi: {:?}, en: {:?} }}", part.vi, part.en);
        writeln!(out, "Part {{ heading: {heading}, printed: {}, fields: &[", part.printed).expect(TAKES);
        for field in &part.field {
            writeln!(
                out,
                "Field {{ code: {:?}, kind: {}, name: Words {{ vi: {:?}, en: {:?} }}, help: Words {{ vi: {:?}, en: {:?} }}, from: &[{}] }},",
                field.code,
                kind(field),
                field.vi,
                field.en,
                field.help_vi,
                field.help_en,
                field.from.iter().map(|from| given(&field.code, from) + ",").collect::<String>(),
            )
            .expect(TAKES);
        }
        out.push_str("] },\n");
    }
    out.push_str("] },\n");
}

fn kind(field: &Field) -> String {
    let choices: String = field
        .choices
        .iter()
        .map(|c| format!("Choice {{ code: {:?}, words: Words {{ vi: {:?}, en: {:?} }} }},", c.code, c.vi, c.en))
        .collect();
    let level = |level: &Option<Words>| words(level.as_ref().expect("checked: a level has its words"));
    match field.kind.as_str() {
        "line" => "Kind::Line".into(),
        "text" => format!("Kind::Text {{ lines: {} }}", field.lines),
        "choice" => format!("Kind::Choice(&[{choices}])"),
        "choices" => format!("Kind::Choices(&[{choices}])"),
        "level" => format!("Kind::Level([{}, {}, {}])", level(&field.high), level(&field.medium), level(&field.low)),
        "count" => "Kind::Count".into(),
        "tick" => "Kind::Tick".into(),
        "platform" => "Kind::Platform".into(),
        other => panic!("`{}`: no field is of the kind `{other}`", field.code),
    }
}

/// What of a case fills a field.
fn given(field: &str, from: &str) -> String {
    if let Some(question) = from.strip_prefix("answer.") {
        return format!("Given::Answer({question:?})");
    }
    let name = match from {
        "harm" => "Harm",
        "urgency" => "Urgency",
        "age" => "Age",
        "sex" => "Sex",
        "province" => "Province",
        "audience" => "Audience",
        "received" => "Received",
        "today" => "Today",
        "organisation" => "Organisation",
        "story" => "Story",
        "contact.how" => "ContactHow",
        "contact.when" => "ContactWhen",
        "contact.never" => "ContactNever",
        "contact.never_do" => "NeverDo",
        "answers" => "Answers",
        "timeline" => "Timeline",
        "parts" => "Parts",
        "links" => "Links",
        other => panic!("`{field}`: nothing of a case is called `{other}`"),
    };
    format!("Given::{name}")
}
