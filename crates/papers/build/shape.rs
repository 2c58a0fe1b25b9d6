//! The files as they are written.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub vi: String,
    pub en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub code: String,
    pub number: String,
    pub languages: Vec<String>,
    pub national: bool,
    pub to_her: bool,
    pub name: Words,
    pub hint: Words,
    pub title: Words,
    pub about: Words,
    pub to: Words,
    pub signs: Vec<Words>,
    pub copies: Words,
    pub source: Source,
    pub part: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub title: String,
    pub date: String,
    pub url: String,
    /// The day on which its words were compared; empty where they were not.
    pub read: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub vi: String,
    pub en: String,
    #[serde(default = "yes")]
    pub printed: bool,
    pub field: Vec<Field>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub code: String,
    pub kind: String,
    pub vi: String,
    pub en: String,
    #[serde(default)]
    pub help_vi: String,
    #[serde(default)]
    pub help_en: String,
    #[serde(default)]
    pub lines: u8,
    #[serde(default)]
    pub from: Vec<String>,
    #[serde(default)]
    pub choices: Vec<Choice>,
    pub high: Option<Words>,
    pub medium: Option<Words>,
    pub low: Option<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub code: String,
    pub vi: String,
    pub en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platforms {
    pub platform: Vec<Platform>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    pub code: String,
    pub name: String,
    pub service: String,
    pub read: String,
    pub vi: String,
    pub en: String,
}
