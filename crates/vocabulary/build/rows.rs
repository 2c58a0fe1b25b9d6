//! What stands in the data files, row by row.

use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::BTreeMap, fs, path::Path};

/// A text in both languages; neither may be empty.
#[derive(Deserialize, Clone)]
pub struct Both {
    pub vi: String,
    pub en: String,
}

#[derive(Deserialize)]
pub struct Harm {
    pub code: String,
    pub group: String,
    pub acute: bool,
    pub vi: String,
    pub en: String,
    pub line_vi: String,
    pub line_en: String,
}

#[derive(Deserialize)]
pub struct Tactic {
    pub code: String,
    pub stage: String,
    pub vi: String,
    pub en: String,
    pub why_vi: String,
    pub why_en: String,
    pub do_vi: String,
    pub do_en: String,
}

#[derive(Deserialize)]
pub struct Former {
    pub code: String,
    pub vi: String,
}

#[derive(Deserialize)]
pub struct Province {
    pub code: String,
    pub vi: String,
    pub en: String,
    pub kind: String,
    pub former: Vec<Former>,
}

#[derive(Deserialize)]
pub struct Mapping {
    pub harm: String,
    pub scheme: String,
    pub value: String,
    pub source: String,
}

#[derive(Deserialize)]
struct Harms {
    harm: Vec<Harm>,
}

#[derive(Deserialize)]
struct Tactics {
    tactic: Vec<Tactic>,
}

#[derive(Deserialize)]
struct Provinces {
    province: Vec<Province>,
}

#[derive(Deserialize)]
struct Mappings {
    map: Vec<Mapping>,
}

/// A list of terms keeps the order of its file: it is the order people see.
pub type Terms = Vec<(String, Both)>;

pub struct Vocabulary {
    pub harms: Vec<Harm>,
    pub tactics: Vec<Tactic>,
    pub provinces: Vec<Province>,
    pub mappings: Vec<Mapping>,
    pub terms: BTreeMap<String, Terms>,
}

impl Vocabulary {
    pub fn read(data: &Path) -> Self {
        let terms: toml::Table = parse(&data.join("terms.toml"));
        let terms = terms.into_iter().map(|(list, rows)| {
            let rows = rows.as_table().unwrap_or_else(|| panic!("terms.toml: [{list}] must be a table")).clone();
            let rows = rows.into_iter().map(|(code, both)| {
                let both: Both = both.try_into().unwrap_or_else(|e| panic!("terms.toml: [{list}] {code}: {e}"));
                (code, both)
            });
            let rows: Terms = rows.collect();
            (list, rows)
        });
        let vocabulary = Self {
            harms: parse::<Harms>(&data.join("harms.toml")).harm,
            tactics: parse::<Tactics>(&data.join("tactics.toml")).tactic,
            provinces: parse::<Provinces>(&data.join("provinces.toml")).province,
            mappings: parse::<Mappings>(&data.join("mappings.toml")).map,
            terms: terms.collect(),
        };
        vocabulary.refuse_gaps();
        vocabulary
    }

    pub fn terms(&self, list: &str) -> &Terms {
        self.terms.get(list).unwrap_or_else(|| panic!("terms.toml: [{list}] is missing"))
    }

    fn refuse_gaps(&self) {
        let filled = |file: &str, code: &str, texts: &[&str]| {
            assert!(texts.iter().all(|t| !t.trim().is_empty()), "{file}: `{code}` lacks a text in vi or en");
        };
        for h in &self.harms {
            filled("harms.toml", &h.code, &[&h.vi, &h.en, &h.line_vi, &h.line_en]);
        }
        for t in &self.tactics {
            filled("tactics.toml", &t.code, &[&t.vi, &t.en, &t.why_vi, &t.why_en, &t.do_vi, &t.do_en]);
        }
        for p in &self.provinces {
            filled("provinces.toml", &p.code, &[&p.vi, &p.en]);
        }
        for (list, rows) in &self.terms {
            for (code, both) in rows {
                filled("terms.toml", &format!("{list}.{code}"), &[&both.vi, &both.en]);
            }
        }
    }
}

pub fn parse<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
