//! An organisation's own questions, asked at the end of a report that goes to it.
//!
//! They are data of the organisation: written by the operator, kept as JSON, shown to everybody like its card. A device
//! gets those of all organisations, so that which ones are asked tells nobody whom she chose.

use crate::{
    Texts,
    limits::{OWN_CHOICE_LETTERS, OWN_CHOICES, OWN_QUESTION_LETTERS, OWN_QUESTIONS},
    questions::{Kind, fits},
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use vocabulary::{AgeBand, Audience, Harm, Lang};

/// One question; it can be skipped like any other. An empty list fits everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnQuestion {
    /// A short word of a-z, 0-9 and `_`, its own within the organisation.
    pub code: String,
    /// How it is answered.
    pub kind: Kind,
    /// Asked where it is about one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub harms: Vec<Harm>,
    /// Asked at one of these ages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ages: Vec<AgeBand>,
    /// Asked where one of these asks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// The question.
    pub text: Texts,
    /// The answers to choose from; none for [`Kind::Text`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<OwnChoice>,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnChoice {
    /// A short word, its own within the question.
    pub code: String,
    /// What she reads in Vietnamese.
    pub vi: String,
    /// What she reads in English.
    pub en: String,
}

impl OwnChoice {
    /// What she reads.
    pub fn words(&self, lang: Lang) -> &str {
        lang.pick(self.vi.as_str(), self.en.as_str())
    }
}

/// What is wrong with a set of questions. Where one is meant, its code is named.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// More than [`OWN_QUESTIONS`].
    #[error("there are more than {OWN_QUESTIONS} questions")]
    TooMany,
    /// A code is no short word.
    #[error("`{0}` is no code: 1 to 40 of a-z, 0-9 and _")]
    BadCode(String),
    /// A code stands twice.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// A text is missing in one of the two languages, is too long, or has several lines.
    #[error(
        "`{0}`: each text is one line in both languages, {OWN_QUESTION_LETTERS} letters at most, {OWN_CHOICE_LETTERS} for an answer"
    )]
    BadText(String),
    /// Choices that don't fit the kind.
    #[error("`{0}`: kind text has no choices, the others have 2 to {OWN_CHOICES}")]
    BadChoices(String),
}

/// Whether these may be asked.
///
/// # Errors
/// The first [`Mistake`].
pub fn check(questions: &[OwnQuestion]) -> Result<(), Mistake> {
    if questions.len() > OWN_QUESTIONS {
        return Err(Mistake::TooMany);
    }
    codes(questions.iter().map(|question| question.code.as_str()))?;
    for question in questions {
        let code = || question.code.clone();
        if !both(&question.text.vi, &question.text.en, OWN_QUESTION_LETTERS) {
            return Err(Mistake::BadText(code()));
        }
        let fits = match question.kind {
            Kind::Text => question.choices.is_empty(),
            Kind::Choice | Kind::Choices => (2..=OWN_CHOICES).contains(&question.choices.len()),
        };
        if !fits {
            return Err(Mistake::BadChoices(code()));
        }
        codes(question.choices.iter().map(|choice| choice.code.as_str()))?;
        if !question.choices.iter().all(|choice| both(&choice.vi, &choice.en, OWN_CHOICE_LETTERS)) {
            return Err(Mistake::BadText(code()));
        }
    }
    Ok(())
}

fn codes<'a>(all: impl Iterator<Item = &'a str>) -> Result<(), Mistake> {
    let mut seen = HashSet::new();
    for code in all {
        let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=40).contains(&code.len()) || !code.bytes().all(is_letter) {
            return Err(Mistake::BadCode(code.into()));
        }
        if !seen.insert(code) {
            return Err(Mistake::Twice(code.into()));
        }
    }
    Ok(())
}

fn both(vi: &str, en: &str, most: usize) -> bool {
    let good = |text: &str| !text.trim().is_empty() && text.chars().count() <= most && !text.contains(char::is_control);
    good(vi) && good(en)
}

impl OwnQuestion {
    /// Whether it is worth asking; as [`crate::questions::Question::fits`].
    pub fn fits(&self, harm: Option<Harm>, age: Option<AgeBand>, audience: Option<Audience>) -> bool {
        fits(&self.harms, harm)
            && fits(&self.ages, Some(age.unwrap_or(AgeBand::Unknown)))
            && fits(&self.audiences, Some(audience.unwrap_or(Audience::Self_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class() -> OwnQuestion {
        serde_json::from_str(
            r#"{"code": "class", "kind": "text", "ages": ["12_15"],
                "text": {"vi": "Bạn học lớp mấy?", "en": "Which class are you in?"}}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_question_is_asked_where_it_fits() {
        assert_eq!(check(&[class()]), Ok(()));
        assert!(class().fits(None, Some(AgeBand::From12To15), None));
        assert!(!class().fits(None, None, None), "an age that she left out fits no question that asks for it");
    }

    #[test]
    fn what_cant_be_asked_is_said() {
        let with = |change: fn(&mut OwnQuestion)| {
            let mut question = class();
            change(&mut question);
            check(&[question])
        };
        let choice = || OwnChoice { code: "a".into(), vi: "Có".into(), en: "Yes".into() };
        assert!(matches!(with(|q| q.code = "Lớp".into()), Err(Mistake::BadCode(_))));
        assert!(matches!(with(|q| q.text.en.clear()), Err(Mistake::BadText(_))));
        assert!(matches!(with(|q| q.text.vi = "a".repeat(301)), Err(Mistake::BadText(_))));
        assert!(matches!(with(|q| q.kind = Kind::Choice), Err(Mistake::BadChoices(_))));
        let mut twice = OwnQuestion { kind: Kind::Choice, ..class() };
        twice.choices = vec![choice(), choice()];
        assert!(matches!(check(&[twice]), Err(Mistake::Twice(_))));
        assert!(matches!(check(&[class(), class()]), Err(Mistake::Twice(_))));
        let many: Vec<_> = (0..9).map(|n| OwnQuestion { code: format!("q{n}"), ..class() }).collect();
        assert_eq!(check(&many), Err(Mistake::TooMany));
    }

    #[test]
    fn a_field_that_means_nothing_is_refused() {
        let text = r#"{"code": "a", "kind": "text", "text": {"vi": "a", "en": "b"}, "urgency": "now"}"#;
        assert!(serde_json::from_str::<OwnQuestion>(text).is_err());
    }
}
