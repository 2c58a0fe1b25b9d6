//! What she answered, by the names of the fields: as posted, read with care only where it is used.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};
use zeroize::Zeroize;

/// Wiped when dropped.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Answers(BTreeMap<String, Vec<String>>);

impl Answers {
    /// What was posted; empty fields are no answers.
    pub fn posted(fields: Vec<(String, String)>) -> Self {
        let mut answers = Self::default();
        for (name, mut value) in fields {
            // Forms end their lines as letters did; her words stay as she typed them.
            if value.contains('\r') {
                let clean = value.replace("\r\n", "\n");
                value.zeroize();
                value = clean;
            }
            answers.0.entry(name).or_default().push(value);
        }
        answers
    }

    /// The first value of a field, without space around it; empty where there is none.
    pub fn one(&self, name: &str) -> &str {
        self.all(name).first().map_or("", |value| value.trim())
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether the field was posted at all.
    pub fn said(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether a field has this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|each| each == value)
    }

    /// The fields that have values.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A value as a code of some list.
    pub fn code<T: FromStr>(&self, name: &str) -> Option<T> {
        self.one(name).parse().ok()
    }

    /// Puts the fields of one page in the place of those that it had; others are left alone.
    pub fn replace(&mut self, of_this_page: impl Fn(&str) -> bool, posted: &mut Self) {
        let mut gone: Vec<_> = self.0.extract_if(.., |name, _| of_this_page(name)).collect();
        for (_, values) in &mut gone {
            values.zeroize();
        }
        for (name, values) in posted.0.iter_mut().filter(|(name, _)| of_this_page(name)) {
            let values = std::mem::take(values);
            if values.iter().any(|value| !value.trim().is_empty()) || name == "open" {
                self.0.insert(name.clone(), values);
            }
        }
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        self.0.values_mut().for_each(Zeroize::zeroize);
    }
}
