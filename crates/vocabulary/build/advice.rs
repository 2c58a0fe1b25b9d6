//! Writes the table of advice: what to do and what not, by harm, age, urgency and who asks.

use crate::rows::{Both, Vocabulary, parse};
use serde::Deserialize;
use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

#[derive(Deserialize)]
struct Source {
    id: String,
    title: String,
    publisher: String,
    date: String,
    #[serde(default)]
    url: String,
}

#[derive(Deserialize)]
struct Sources {
    source: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    key: String,
    kind: String,
    #[serde(default)]
    urgencies: Vec<String>,
    #[serde(default)]
    ages: Vec<String>,
    #[serde(default)]
    audiences: Vec<String>,
    #[serde(default)]
    service: String,
    source: String,
    vi: String,
    en: String,
}

#[derive(Deserialize)]
struct Steps {
    step: Vec<Step>,
}

pub fn source(data: &Path, v: &Vocabulary) -> String {
    let sources: Sources = parse(&data.join("sources.toml"));
    let mut out = String::from(
        "/// Every published source that a step of advice rests on.\npub static SOURCES: &[Source] = &[\n",
    );
    for s in &sources.source {
        writeln!(
            out,
            "Source {{ id: {:?}, title: {:?}, publisher: {:?}, date: {:?}, url: {:?} }},",
            s.id, s.title, s.publisher, s.date, s.url
        )
        .unwrap();
    }
    out.push_str("];\n/// Every step, first step first within its topic.\npub static STEPS: &[Step] = &[\n");
    let mut topics = BTreeSet::new();
    let mut files: Vec<_> =
        fs::read_dir(data.join("advice")).expect("data/advice is there").map(|f| f.expect("readable").path()).collect();
    files.sort();
    for file in files {
        let topic =
            file.file_stem().and_then(|s| s.to_str()).expect("a file of advice is named for its topic").to_owned();
        let steps: Steps = parse(&file);
        let at = |step: &Step| format!("advice/{topic}.toml: `{}`", step.key);
        let mut keys = BTreeSet::new();
        for step in &steps.step {
            assert!(keys.insert(&step.key), "{} stands twice", at(step));
            let source = sources.source.iter().position(|s| s.id == step.source);
            let source = source.unwrap_or_else(|| panic!("{}: no source `{}` in sources.toml", at(step), step.source));
            assert!(!step.vi.trim().is_empty() && !step.en.trim().is_empty(), "{} lacks a text in vi or en", at(step));
            let kind = match step.kind.as_str() {
                "do" => "Do",
                "dont" => "Dont",
                other => panic!("{}: kind `{other}` must be do or dont", at(step)),
            };
            let set = |list: &str, codes: &[String]| mask(v.terms(list), codes, &at(step));
            writeln!(
                out,
                "Step {{ key: {:?}, topic: {topic:?}, kind: StepKind::{kind}, urgencies: {}, ages: {}, audiences: {}, service: {:?}, source: &SOURCES[{source}], texts: [{:?}, {:?}] }},",
                format!("{topic}.{}", step.key), set("urgency", &step.urgencies), set("age_band", &step.ages), set("audience", &step.audiences), step.service, step.vi, step.en
            ).unwrap();
        }
        topics.insert(topic);
    }
    out.push_str("];\n");
    for h in &v.harms {
        assert!(topics.contains(&h.code), "advice/{}.toml is missing: every harm has advice", h.code);
    }
    for result in ["unsure", "none_known", "benign_lookalike", "now"] {
        assert!(topics.contains(result), "advice/{result}.toml is missing");
    }
    out
}

/// The codes as bits; none named means all.
fn mask(terms: &[(String, Both)], codes: &[String], at: &str) -> u16 {
    if codes.is_empty() {
        return u16::MAX;
    }
    codes.iter().fold(0, |bits, code| {
        let place = terms.iter().position(|(c, _)| c == code).unwrap_or_else(|| panic!("{at}: unknown code `{code}`"));
        bits | 1 << place
    })
}
