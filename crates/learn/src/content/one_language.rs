//! Content of one language, as the browser gets it.

use super::{Chat, Item, Items, Lesson, Module};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use vocabulary::Lang;

const SHAPE: &str = "what was written has the same shape in one language, as a test over all content shows";

macro_rules! one_language {
    ($($name:ident)*) => {$(
        impl $name {
            /// The same in one language.
            pub fn in_language(&self, lang: Lang) -> $name<String> {
                picked(self, lang)
            }
        }
    )*};
}

one_language!(Chat Item Items Module);

impl Lesson {
    /// The same in one language, without the teacher's plan: what a learner's browser gets.
    pub fn in_language(&self, lang: Lang) -> Lesson<String> {
        Lesson { plan: None, ..self.with_plan_in_language(lang) }
    }

    /// The same in one language, the teacher's plan included.
    pub fn with_plan_in_language(&self, lang: Lang) -> Lesson<String> {
        picked(self, lang)
    }
}

/// Each `{vi, en}` becomes one of the two. Done on the JSON, so that no type needs a second description of itself.
fn picked<From: Serialize, To: DeserializeOwned>(from: &From, lang: Lang) -> To {
    let both = serde_json::to_value(from).expect(SHAPE);
    serde_json::from_value(pick(both, lang)).expect(SHAPE)
}

fn pick(value: Value, lang: Lang) -> Value {
    match value {
        Value::Array(list) => Value::Array(list.into_iter().map(|one| pick(one, lang)).collect()),
        Value::Object(mut map) if has_languages_only(&map, Value::is_string) => {
            map.remove(lang.code()).unwrap_or_default()
        }
        // Phrases: a list for each language.
        Value::Object(mut map) if has_languages_only(&map, Value::is_array) => {
            map.retain(|key, _| key == lang.code());
            Value::Object(map)
        }
        Value::Object(map) => Value::Object(map.into_iter().map(|(key, one)| (key, pick(one, lang))).collect()),
        other => other,
    }
}

fn has_languages_only(map: &Map<String, Value>, kind: fn(&Value) -> bool) -> bool {
    !map.is_empty() && map.iter().all(|(key, value)| matches!(key.as_str(), "vi" | "en") && kind(value))
}
