//! Who may be let in, and whom we offer to her.

use crate::{Facts, parse_hours};
use serde::{Deserialize, Serialize};
use vocabulary::{Audience, Lang, OrganisationKind, Relation, directory::Moment};

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Texts {
    /// The one in this language; Vietnamese where English is empty.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.vi,
        }
    }
}

/// An organisation as its card shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Short, stable word: `111`, `truong-le-loi`.
    pub id: String,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: Texts,
    /// What it does, in a sentence or two.
    pub about: Texts,
    /// Whom the law makes it tell, and what; empty where nobody.
    pub told_by_law: Texts,
    /// When somebody answers, as [`parse_hours`] reads it.
    pub hours: String,
    /// Official codes of the provinces it serves; empty means everywhere.
    pub provinces: Vec<String>,
    /// Its age recipient; none until its first member made its key. Without one it can't be offered.
    pub recipient: Option<String>,
}

/// Words that mean somebody else where an organisation's id stands.
const RESERVED: [&str; 4] = ["person", "receipt", "origin", "outside"];

/// Whether this may be an organisation's id: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter or
/// digit; none of the words that mean somebody else.
pub fn is_organisation_id(id: &str) -> bool {
    let is_letter = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    (1..=40).contains(&id.len())
        && id.bytes().all(|c| is_letter(c) || c == b'-')
        && id.bytes().next().is_some_and(is_letter)
        && !RESERVED.contains(&id)
}

impl Organisation {
    /// Whether somebody answers at this moment.
    pub fn open_at(&self, now: Moment) -> bool {
        parse_hours(&self.hours).is_ok_and(|hours| hours.open_at(now))
    }
}

/// What decides whom we offer. None of it leaves her device before she sends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asking {
    /// Who asks.
    pub audience: Option<Audience>,
    /// What the one who does harm is to the person.
    pub relation: Option<Relation>,
    /// The facts so far.
    pub facts: Facts,
}

/// Why an organisation is shown apart and not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// A teacher or carer may be the one who does harm: a school is not suggested.
    MayBeTheOffender,
    /// It serves other provinces.
    ElsewhereOnly,
    /// It is a platform: it gets notices, never cases.
    GetsNoticesOnly,
    /// It has no key yet: nothing can be sealed for it.
    HasNoKey,
}

/// Whether she may be offered this organisation; nothing is ever preselected.
///
/// # Errors
/// Why not.
pub fn offered(organisation: &Organisation, asking: &Asking) -> Result<(), Withheld> {
    if organisation.kind == OrganisationKind::Platform {
        return Err(Withheld::GetsNoticesOnly);
    }
    if organisation.recipient.is_none() {
        return Err(Withheld::HasNoKey);
    }
    if organisation.kind == OrganisationKind::School && asking.relation == Some(Relation::TeacherOrCarer) {
        return Err(Withheld::MayBeTheOffender);
    }
    let here = asking.facts.province.is_none_or(|place| organisation.provinces.iter().any(|p| p == place.code()));
    if !organisation.provinces.is_empty() && !here {
        return Err(Withheld::ElsewhereOnly);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school() -> Organisation {
        Organisation {
            id: "truong".into(),
            kind: OrganisationKind::School,
            name: Texts { vi: "Trường".into(), en: String::new() },
            about: Texts::default(),
            told_by_law: Texts::default(),
            hours: "mon-fri 07:00-17:00".into(),
            provinces: vec!["01".into()],
            recipient: Some("age1".into()),
        }
    }

    #[test]
    fn no_school_is_suggested_where_a_teacher_may_be_the_one() {
        let mut asking = Asking::default();
        assert_eq!(offered(&school(), &asking), Ok(()));
        asking.relation = Some(Relation::TeacherOrCarer);
        assert_eq!(offered(&school(), &asking), Err(Withheld::MayBeTheOffender));
    }

    #[test]
    fn only_who_can_open_it_here_is_offered() {
        let elsewhere =
            Asking { facts: Facts { province: Some("04".parse().unwrap()), ..Facts::default() }, ..Asking::default() };
        assert_eq!(offered(&school(), &elsewhere), Err(Withheld::ElsewhereOnly));
        let keyless = Organisation { recipient: None, ..school() };
        assert_eq!(offered(&keyless, &Asking::default()), Err(Withheld::HasNoKey));
        let platform = Organisation { kind: OrganisationKind::Platform, ..school() };
        assert_eq!(offered(&platform, &Asking::default()), Err(Withheld::GetsNoticesOnly));
    }

    #[test]
    fn an_id_is_a_plain_word_that_means_nobody_else() {
        for right in ["111", "truong-le-loi", "a"] {
            assert!(is_organisation_id(right), "{right}");
        }
        for wrong in ["", "-a", "Trường", "a b", "a/b", "A", "person", "receipt", "origin", "outside", &"a".repeat(41)]
        {
            assert!(!is_organisation_id(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_missing_translation_falls_back() {
        assert_eq!(school().name.get(Lang::En), "Trường");
    }
}
