//! Every text of a file, found in its JSON, so that no field is forgotten.

use crate::content::Text;
use serde::Serialize;
use serde_json::Value;

/// A text and where it stands.
pub(super) struct Spoken {
    /// The scene, step or item, from 0.
    pub section: Option<usize>,
    /// In words: `scene 3 › choices 2 › text`.
    pub path: String,
    /// Not for learners: the teacher's plan, a page to print.
    pub aside: bool,
    pub text: Text,
}

pub(super) fn all<X: Serialize>(content: &X) -> Vec<Spoken> {
    let mut found = Vec::new();
    // Content is made of strings, lists and maps with text keys: it has a JSON form.
    if let Ok(value) = serde_json::to_value(content) {
        walk(&value, &mut Vec::new(), None, &mut found);
    }
    found
}

fn walk(value: &Value, path: &mut Vec<String>, section: Option<usize>, found: &mut Vec<Spoken>) {
    match value {
        Value::Object(map) => {
            if let (Some(Value::String(vi)), Some(Value::String(en))) = (map.get("vi"), map.get("en")) {
                let aside = path.first().is_some_and(|first| first == "plan" || first == "leaf");
                let text = Text { vi: vi.clone(), en: en.clone() };
                found.push(Spoken { section, path: path.join(" › "), aside, text });
                return;
            }
            for (key, value) in map {
                path.push(key.clone());
                walk(value, path, section, found);
                path.pop();
            }
        }
        Value::Array(list) => {
            let of = path.last().cloned().unwrap_or_default();
            for (at, value) in list.iter().enumerate() {
                let section = if path.len() == 1 && is_section(&of) { Some(at) } else { section };
                if let Some(last) = path.last_mut() {
                    *last = match value.get("id").and_then(Value::as_str) {
                        Some(id) => format!("{of} {id}"),
                        None => format!("{of} {}", at + 1),
                    };
                }
                walk(value, path, section, found);
            }
            if let Some(last) = path.last_mut() {
                *last = of;
            }
        }
        _ => {}
    }
}

fn is_section(key: &str) -> bool {
    matches!(key, "scene" | "step" | "item")
}
