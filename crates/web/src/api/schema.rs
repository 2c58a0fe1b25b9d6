//! The JSON Schema of an assessment. Every list of codes is read from the vocabulary, so that it can't fall behind.

use serde_json::{Value, json};
use vocabulary::{BenignKind, Harm, Language, ResultKind, Speaker, Tactic, Urgency};

/// The codes of a link's verdict.
const VERDICTS: &[&str] = &["known_good", "unknown", "suspicious", "known_bad"];

macro_rules! codes {
    ($list:ty) => {
        <$list>::ALL.iter().map(|code| code.code()).collect::<Vec<_>>()
    };
}

/// The schema (JSON Schema 2020-12) of the assessment that command line, API and browser give alike.
pub fn assessment_schema() -> Value {
    let offset = |what: &str| json!({ "type": "integer", "minimum": 0, "description": what });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Assessment",
        "description": "What a text looks like. None of the results says that a text is safe.",
        "type": "object",
        "required": ["result", "harms", "benign_kind", "urgency", "speaker", "tactics", "links", "turn", "language", "advice", "model"],
        "properties": {
            "result": { "enum": codes!(ResultKind) },
            "harms": {
                "description": "Most likely first.",
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "probability"],
                    "properties": {
                        "code": { "enum": codes!(Harm) },
                        "probability": { "type": "number", "minimum": 0, "maximum": 1 },
                    },
                },
            },
            "benign_kind": { "description": "Only with `benign_lookalike`.", "enum": or_null(codes!(BenignKind)) },
            "urgency": { "description": "Null where no harm is seen.", "enum": or_null(codes!(Urgency)) },
            "speaker": { "description": "Whose words these are; a person harmed is never taken for an offender on purpose.", "enum": or_null(codes!(Speaker)) },
            "tactics": {
                "description": "How one sees it, in the order of the text.",
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "start", "end"],
                    "properties": {
                        "code": { "enum": codes!(Tactic) },
                        "start": offset("First Unicode code point of the input, from 0."),
                        "end": offset("One past the last code point."),
                    },
                },
            },
            "links": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["start", "end", "host", "verdict", "reasons", "brand"],
                    "properties": {
                        "start": offset("First Unicode code point of the link."),
                        "end": offset("One past the last code point."),
                        "host": { "type": "string" },
                        "verdict": { "enum": VERDICTS },
                        "reasons": { "type": "array", "items": { "type": "string" } },
                        "brand": { "type": ["string", "null"] },
                    },
                },
            },
            "turn": { "description": "For a chat: the turn (from 1) at which it became a warning.", "type": ["integer", "null"], "minimum": 1 },
            "language": { "enum": codes!(Language) },
            "advice": { "description": "Keys of the advice that fits, first step first.", "type": "array", "items": { "type": "string" } },
            "model": { "description": "Version of rules and model.", "type": "string" },
        },
    })
}

fn or_null(codes: Vec<&'static str>) -> Vec<Value> {
    codes.into_iter().map(Value::from).chain([Value::Null]).collect()
}
