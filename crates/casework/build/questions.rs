//! What stands in `questions.toml`, checked.

use serde::{Deserialize, Serialize};
use std::{collections::HashSet, fmt::Write, fs, path::Path};
use vocabulary::{AgeBand, Audience, Harm, HarmGroup, Urgency};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    question: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    kind: Kind,
    #[serde(default)]
    harms: Vec<String>,
    #[serde(default)]
    ages: Vec<AgeBand>,
    #[serde(default)]
    audiences: Vec<Audience>,
    vi: String,
    en: String,
    young_vi: Option<String>,
    young_en: Option<String>,
    other_vi: Option<String>,
    other_en: Option<String>,
    #[serde(default)]
    choices: Vec<Choice>,
}

#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Text,
    Choice,
    Choices,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    code: String,
    vi: String,
    en: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<Urgency>,
}

#[derive(Serialize)]
struct Both {
    vi: String,
    en: String,
}

/// A question as a device gets it: groups are written out, so that fitting is three look-ups.
#[derive(Serialize)]
pub struct Question {
    code: String,
    kind: Kind,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    harms: Vec<Harm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ages: Vec<AgeBand>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audiences: Vec<Audience>,
    text: Both,
    #[serde(skip_serializing_if = "Option::is_none")]
    young: Option<Both>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<Both>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<Choice>,
}

pub fn read(path: &Path) -> Vec<Question> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut seen = HashSet::new();
    file.question
        .into_iter()
        .map(|row| {
            assert!(seen.insert(row.code.clone()), "questions.toml: `{}` stands twice", row.code);
            checked(row)
        })
        .collect()
}

fn checked(row: Row) -> Question {
    let code = row.code;
    let both = |vi: &str, en: &str| {
        assert!(!vi.trim().is_empty() && !en.trim().is_empty(), "questions.toml: `{code}` lacks a text in vi or en");
        Both { vi: vi.into(), en: en.into() }
    };
    let pair = |name, vi: Option<String>, en: Option<String>| match (vi, en) {
        (Some(vi), Some(en)) => Some(both(&vi, &en)),
        (None, None) => None,
        _ => panic!("questions.toml: `{code}` has {name}_* in one language only"),
    };
    let is_text = row.kind == Kind::Text;
    assert!(is_text == row.choices.is_empty(), "questions.toml: `{code}` has choices or is of kind text, never both");
    let mut seen = HashSet::new();
    for choice in &row.choices {
        both(&choice.vi, &choice.en);
        assert!(seen.insert(&choice.code), "questions.toml: `{code}` has the choice `{}` twice", choice.code);
    }
    Question {
        kind: row.kind,
        harms: row.harms.iter().flat_map(|name| harms(&code, name)).collect(),
        ages: row.ages,
        audiences: row.audiences,
        text: both(&row.vi, &row.en),
        young: pair("young", row.young_vi, row.young_en),
        other: pair("other", row.other_vi, row.other_en),
        choices: row.choices,
        code,
    }
}

/// A harm, or all of a group.
fn harms(code: &str, name: &str) -> Vec<Harm> {
    if let Some(group) = name.strip_prefix('@') {
        let group: HarmGroup = group.parse().unwrap_or_else(|e| panic!("questions.toml: `{code}`: {e}"));
        return Harm::ALL.iter().copied().filter(|harm| harm.group() == group).collect();
    }
    vec![name.parse().unwrap_or_else(|e| panic!("questions.toml: `{code}`: {e}"))]
}

pub fn source(questions: &[Question]) -> String {
    let mut out = String::from(
        "/// Every question, in the order in which they are asked.\npub static QUESTIONS: &[Question] = &[\n",
    );
    for q in questions {
        writeln!(
            out,
            "Question {{ code: {:?}, kind: Kind::{:?}, harms: &[{}], ages: &[{}], audiences: &[{}], text: {}, young: {}, other: {}, choices: &[{}] }},",
            q.code,
            q.kind,
            list("Harm", &q.harms),
            list("AgeBand", &q.ages),
            list("Audience", &q.audiences),
            words(&q.text),
            optional(q.young.as_ref()),
            optional(q.other.as_ref()),
            q.choices.iter().map(choice).collect::<String>(),
        )
        .expect("a String takes every line");
    }
    out.push_str("];\n");
    out
}

fn list<T: std::fmt::Debug>(name: &str, codes: &[T]) -> String {
    codes.iter().map(|code| format!("{name}::{code:?},")).collect()
}

fn words(both: &Both) -> String {
    format!("Words {{ vi: {:?}, en: {:?} }}", both.vi, both.en)
}

fn optional(both: Option<&Both>) -> String {
    both.map_or_else(|| "None".into(), |both| format!("Some({})", words(both)))
}

fn choice(choice: &Choice) -> String {
    let urgency = choice.urgency.map_or_else(|| "None".into(), |u| format!("Some(Urgency::{u:?})"));
    format!(
        "Choice {{ code: {:?}, words: Words {{ vi: {:?}, en: {:?} }}, urgency: {urgency} }},",
        choice.code, choice.vi, choice.en
    )
}
