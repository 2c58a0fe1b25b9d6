//! `cargo xtask schema`: the JSON Schemas of an assessment, and of what stands in its place where a text could not be
//! read, drawn from the code into `docs/`; and the codes as types for Python and TypeScript, into their packages.

use anyhow::{Context, Result};
use guidance::Unread;
use serde_json::{Value, json};
use std::{fs, path::Path};
use vocabulary::{BenignKind, Harm, Language, ResultKind, Speaker, Tactic, Urgency};

/// Below this line a file of types is drawn; above it is written by hand.
const DRAWN: &str = "Drawn by `cargo xtask schema` from here to the end.\n";

const LINK_VERDICTS: &[&str] = &["known_good", "unknown", "suspicious", "known_bad"];

pub fn run() -> Result<()> {
    for (path, text) in files(Path::new("."))? {
        fs::write(path, text).with_context(|| format!("{path} can't be written"))?;
    }
    Ok(())
}

/// What is drawn of the project that lies there.
fn files(root: &Path) -> Result<[(&'static str, String); 4]> {
    let text = |schema: &Value| anyhow::Ok(serde_json::to_string_pretty(schema)? + "\n");
    let (python, script) = ("crates/recognise-py/haidang_recognise.pyi", "packaging/npm/index.d.ts");
    Ok([
        ("docs/assessment.schema.json", text(&schema())?),
        ("docs/refusal.schema.json", text(&refusal())?),
        (
            python,
            with_types(
                root,
                python,
                |name, codes| format!("\n{name}: TypeAlias = Literal[\n{codes}]\n"),
                |code| format!("    \"{code}\",\n"),
            )?,
        ),
        (
            script,
            with_types(
                root,
                script,
                |name, codes| format!("\nexport type {name} =\n{codes};\n").replace("\n;", ";"),
                |code| format!("  | \"{code}\"\n"),
            )?,
        ),
    ])
}

/// The file with its drawn part anew: a type for each list of codes.
fn with_types(root: &Path, path: &str, named: fn(&str, &str) -> String, each: fn(&&str) -> String) -> Result<String> {
    let text = fs::read_to_string(root.join(path)).with_context(|| path.to_owned())?;
    let (by_hand, _) = text.split_once(DRAWN).with_context(|| format!("{path} has lost its line `{DRAWN}`"))?;
    let types = [
        ("Result", ResultKind::ALL.iter().map(|c| c.code()).collect::<Vec<_>>()),
        ("Harm", Harm::ALL.iter().map(|c| c.code()).collect()),
        ("BenignKind", BenignKind::ALL.iter().map(|c| c.code()).collect()),
        ("Urgency", Urgency::ALL.iter().map(|c| c.code()).collect()),
        ("Speaker", Speaker::ALL.iter().map(|c| c.code()).collect()),
        ("Tactic", Tactic::ALL.iter().map(|c| c.code()).collect()),
        ("Language", Language::ALL.iter().map(|c| c.code()).collect()),
        ("LinkVerdict", LINK_VERDICTS.to_vec()),
    ];
    let drawn = types.iter().map(|(name, codes)| named(name, &codes.iter().map(each).collect::<String>()));
    Ok(format!("{by_hand}{DRAWN}{}", drawn.collect::<String>()))
}

fn refusal() -> Value {
    let codes: Vec<&str> = Unread::ALL.iter().map(|unread| unread.code()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Refusal",
        "description": "Why a text among many has no assessment: `error` of its line or item, the same from the command line and the API.",
        "type": "object",
        "additionalProperties": false,
        "required": ["code", "title"],
        "properties": {
            "code": { "enum": codes, "description": "Stable." },
            "title": { "type": "string", "description": "What is wrong and what would be right, in the caller's language." },
        },
    })
}

fn schema() -> Value {
    let codes = |list: Vec<&str>| json!({ "type": "string", "enum": list });
    let or_null =
        |list: Vec<&str>| json!({ "enum": list.into_iter().map(Value::from).chain([Value::Null]).collect::<Vec<_>>() });
    let place = |what: &str| json!({ "type": "integer", "minimum": 0, "description": what });
    let object = |properties: Value| {
        let required: Vec<_> = properties.as_object().expect("built as one").keys().cloned().collect();
        json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
    };
    let start = place("First Unicode code point of the input, from 0.");
    let end = place("One past the last code point.");
    let harm = object(json!({
        "code": codes(Harm::ALL.iter().map(|h| h.code()).collect()),
        "probability": { "type": "number", "minimum": 0, "maximum": 1, "description": "Calibrated." },
    }));
    let tactic =
        object(json!({ "code": codes(Tactic::ALL.iter().map(|t| t.code()).collect()), "start": start, "end": end }));
    let link = object(json!({
        "start": start,
        "end": end,
        "host": { "type": "string", "description": "In lower case, decoded for reading." },
        "verdict": { "type": "string", "enum": LINK_VERDICTS },
        "reasons": { "type": "array", "items": { "type": "string" }, "description": "Why, most telling first." },
        "brand": { "type": ["string", "null"], "description": "The brand that it belongs to or plays." },
    }));
    let mut schema = object(json!({
        "result": codes(ResultKind::ALL.iter().map(|r| r.code()).collect()),
        "harms": { "type": "array", "items": harm, "description": "Most likely first; empty unless result is harm or unsure." },
        "benign_kind": or_null(BenignKind::ALL.iter().map(|k| k.code()).collect()),
        "urgency": or_null(Urgency::ALL.iter().map(|u| u.code()).collect()),
        "speaker": or_null(Speaker::ALL.iter().map(|s| s.code()).collect()),
        "tactics": { "type": "array", "items": tactic, "description": "In the order of the text." },
        "links": { "type": "array", "items": link, "description": "In the order of the text." },
        "turn": { "type": ["integer", "null"], "minimum": 1, "description": "Of a chat: the turn at which it became a warning." },
        "language": codes(Language::ALL.iter().map(|l| l.code()).collect()),
        "advice": { "type": "array", "items": { "type": "string" }, "description": "Keys of the advice that fits, first step first." },
        "model": { "type": "string", "description": "Version of rules and model." },
    }));
    let head = schema.as_object_mut().expect("built as one");
    head.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    head.insert("title".into(), "Assessment".into());
    head.insert("description".into(), "The answer of Hải Đăng to one text or chat: the same from the command line, the API and the browser. No result says safe.".into());
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_as_drawn() {
        for (path, drawn) in files(Path::new("..")).unwrap() {
            let kept = fs::read_to_string(format!("../{path}")).unwrap_or_default();
            assert_eq!(kept, drawn, "run `cargo xtask schema`");
        }
    }

    #[test]
    fn every_golden_assessment_fits_it() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let mut read = 0;
        for file in fs::read_dir("../crates/recognise/tests/golden").unwrap().map(|f| f.unwrap().path()) {
            if file.extension().is_some_and(|e| e == "json") {
                let said: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
                let wrong: Vec<_> = validator.iter_errors(&said).map(|e| e.to_string()).collect();
                assert!(wrong.is_empty(), "{}: {wrong:?}", file.display());
                read += 1;
            }
        }
        assert!(read >= 16);
    }
}
