//! What of a case fills a paper by itself.

use crate::{
    case::Case,
    paper::{Field, Given, Kind, Paper},
};
use std::collections::BTreeMap;
use vocabulary::Lang;

/// What was filled in, by the code of the field. What a paper has no field for is not printed.
pub type Values = BTreeMap<String, String>;

impl Paper {
    /// What fills itself, in the language of the paper. Everything else is left for the hand.
    pub fn filled(&self, case: &Case, lang: Lang) -> Values {
        let lang = self.language(lang);
        let value = |field: &Field| (field.code.to_owned(), filled(field, case, lang));
        self.fields().map(value).filter(|(_, value)| !value.is_empty()).collect()
    }
}

fn filled(field: &Field, case: &Case, lang: Lang) -> String {
    match field.kind {
        // Only what the case calls by the very same code.
        Kind::Choice(choices) if field.from.contains(&Given::Sex) => {
            let sex = case.fact("sex").unwrap_or_default();
            choices.iter().find(|choice| choice.code == sex).map(|choice| choice.code.to_owned()).unwrap_or_default()
        }
        Kind::Line => joined(field, case, lang, "; ").replace('\n', "; "),
        Kind::Text { .. } => joined(field, case, lang, "\n"),
        _ => String::new(),
    }
}

fn joined(field: &Field, case: &Case, lang: Lang, between: &str) -> String {
    // Beside others an answer says what was asked: "Yes, right now" alone tells nothing, or the wrong thing.
    let among = field.from.len() > 1;
    let given = field.from.iter().map(|given| match given {
        Given::Answer(code) if among => case.asked(code, lang),
        given => case.given(*given, lang),
    });
    given.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join(between)
}
