//! The follow-up questions of a report. They are data (`data/questions.toml`); a device fetches all of them
//! ([`JSON`]), so that which ones are asked tells nobody anything.

use serde::{Deserialize, Serialize};
use vocabulary::{AgeBand, Audience, Harm, Lang, Urgency};

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// In her own words.
    Text,
    /// By one of [`Question::choices`].
    Choice,
    /// By any number of them.
    Choices,
}

/// One answer to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The stable code.
    pub code: &'static str,
    /// What she reads.
    pub words: Words,
    /// What this answer raises the urgency to.
    pub urgency: Option<Urgency>,
}

/// One question; every one can be skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The stable code.
    pub code: &'static str,
    /// How it is answered.
    pub kind: Kind,
    harms: &'static [Harm],
    ages: &'static [AgeBand],
    audiences: &'static [Audience],
    text: Words,
    young: Option<Words>,
    other: Option<Words>,
    /// The answers to choose from; none for [`Kind::Text`].
    pub choices: &'static [Choice],
}

impl Words {
    /// The one in this language.
    pub const fn get(self, lang: Lang) -> &'static str {
        lang.pick(self.vi, self.en)
    }
}

impl Question {
    /// Whether it is worth asking. What she left out fits no question that asks for it.
    pub fn fits(&self, harm: Option<Harm>, age: Option<AgeBand>, audience: Option<Audience>) -> bool {
        fits(self.harms, harm)
            && fits(self.ages, Some(age.unwrap_or(AgeBand::Unknown)))
            && fits(self.audiences, Some(audience.unwrap_or(Audience::Self_)))
    }

    /// The question as this person reads it.
    pub fn text(&self, lang: Lang, age: Option<AgeBand>, audience: Option<Audience>) -> &'static str {
        let for_another = audience.is_some_and(|a| a != Audience::Self_);
        let is_young = age.is_some_and(|a| matches!(a, AgeBand::Under7 | AgeBand::From7To11 | AgeBand::From12To15));
        let words = if for_another {
            self.other
        } else if is_young {
            self.young
        } else {
            None
        };
        words.unwrap_or(self.text).get(lang)
    }
}

pub(crate) fn fits<T: PartialEq>(wanted: &[T], told: Option<T>) -> bool {
    wanted.is_empty() || told.is_some_and(|told| wanted.contains(&told))
}

include!(concat!(env!("OUT_DIR"), "/questions.rs"));

/// All of them as JSON: a list of `{code, kind, harms?, ages?, audiences?, text, young?, other?, choices?}`, texts as
/// `{vi, en}`, an absent list fitting everybody.
pub const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/questions.json"));

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(harm: Option<Harm>, age: Option<AgeBand>, audience: Audience) -> Vec<&'static str> {
        QUESTIONS.iter().filter(|q| q.fits(harm, age, Some(audience))).map(|q| q.code).collect()
    }

    #[test]
    fn a_child_is_asked_little_and_about_home() {
        let asked = asked(Some(Harm::Sextortion), Some(AgeBand::From12To15), Audience::Self_);
        assert!(asked.contains(&"home") && asked.contains(&"demand") && !asked.contains(&"account"), "{asked:?}");
        assert!(asked.len() <= 12, "{asked:?}");
    }

    #[test]
    fn who_tells_about_another_is_asked_whether_that_person_knows() {
        let asked = asked(Some(Harm::Bullying), Some(AgeBand::From12To15), Audience::ParentOrCarer);
        assert!(asked.contains(&"person_knows") && !asked.contains(&"home"), "{asked:?}");
    }

    #[test]
    fn nothing_told_brings_only_what_fits_everybody() {
        let asked = asked(None, None, Audience::Self_);
        assert!(asked.contains(&"wish") && !asked.contains(&"money"), "{asked:?}");
    }

    #[test]
    fn a_child_reads_simpler_words() {
        let thoughts = QUESTIONS.iter().find(|q| q.code == "thoughts").unwrap();
        let child = Some(AgeBand::From12To15);
        let own = thoughts.text(Lang::Vi, child, Some(Audience::Self_));
        assert_ne!(own, thoughts.text(Lang::Vi, Some(AgeBand::From25To59), Some(Audience::Self_)));
        assert_ne!(own, thoughts.text(Lang::Vi, child, Some(Audience::Teacher)));
    }

    #[test]
    fn the_file_for_devices_holds_the_same() {
        let json: Vec<serde_json::Value> = serde_json::from_str(JSON).unwrap();
        let codes: Vec<&str> = json.iter().filter_map(|q| q["code"].as_str()).collect();
        assert_eq!(codes, QUESTIONS.iter().map(|q| q.code).collect::<Vec<_>>());
        assert!(json.iter().all(|q| q["text"]["vi"].is_string() && q["text"]["en"].is_string()));
    }
}
