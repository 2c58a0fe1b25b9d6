//! The few things about a report that stand in the clear, so that triage, clocks and counting can work.

use serde::{Deserialize, Serialize};
use vocabulary::{AgeBand, Harm, Lang, Province, Sex, Urgency};

/// What she lets everybody who carries the report read. Each may be left out (`None`); `docs/clear.md` says why each
/// is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// The most telling harm.
    pub harm: Option<Harm>,
    /// How soon somebody should answer, as found on her device or as she says.
    pub urgency: Option<Urgency>,
    /// How old the person concerned is.
    pub age: Option<AgeBand>,
    /// Her or his sex.
    pub sex: Option<Sex>,
    /// Official code of the province, or `abroad`.
    #[serde(with = "province")]
    pub province: Option<Place>,
    /// The language to answer in.
    pub language: Option<Lang>,
}

/// Where the person concerned is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a province or city of Vietnam.
    Province(&'static Province),
    /// Outside Vietnam.
    Abroad,
}

/// A fact that no list knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a province of Vietnam nor `abroad`")]
pub struct UnknownFact(pub String);

impl Place {
    /// The official code, or `abroad`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Province(province) => province.code,
            Self::Abroad => "abroad",
        }
    }

    /// The name as a person reads it.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Province(province) => province.name(lang),
            Self::Abroad => lang.pick("Nước ngoài", "Abroad"),
        }
    }
}

impl std::str::FromStr for Place {
    type Err = UnknownFact;

    fn from_str(code: &str) -> Result<Self, UnknownFact> {
        match code {
            "abroad" => Ok(Self::Abroad),
            _ => Province::by_code(code).map(Self::Province).ok_or_else(|| UnknownFact(code.into())),
        }
    }
}

impl Facts {
    /// How soon somebody must answer: rules only raise what she or her device said. Unknown urgency or age counts as
    /// `today`, and so does an acute harm.
    pub fn urgency(&self) -> Urgency {
        let at_least_today =
            self.age.is_none_or(|age| age == AgeBand::Unknown) || self.harm.is_some_and(Harm::is_acute);
        let said = self.urgency.unwrap_or(Urgency::Today);
        // The first of the list is the most urgent.
        if at_least_today { said.min(Urgency::Today) } else { said }
    }

    /// Whether the person concerned is known to be under 18.
    pub fn is_child(&self) -> bool {
        self.age.is_some_and(AgeBand::is_child)
    }

    /// Whether a sexual picture might be of a child: under 18, or nobody said how old.
    pub fn may_be_child(&self) -> bool {
        self.age.is_none_or(|age| age.is_child() || age == AgeBand::Unknown)
    }
}

mod province {
    use super::Place;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "the shape that serde asks for")]
    pub fn serialize<S: Serializer>(place: &Option<Place>, serializer: S) -> Result<S::Ok, S::Error> {
        match place {
            Some(place) => serializer.serialize_some(place.code()),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Place>, D::Error> {
        let code = Option::<String>::deserialize(deserializer)?;
        code.map(|code| code.parse().map_err(D::Error::custom)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_only_raise_the_urgency() {
        let facts = |harm, urgency, age| Facts { harm, urgency, age, ..Facts::default() }.urgency();
        let grown = Some(AgeBand::From25To59);
        assert_eq!(facts(None, Some(Urgency::WhenReady), grown), Urgency::WhenReady);
        assert_eq!(facts(None, Some(Urgency::WhenReady), None), Urgency::Today);
        assert_eq!(facts(None, Some(Urgency::Soon), Some(AgeBand::Unknown)), Urgency::Today);
        assert_eq!(facts(Some(Harm::Sextortion), Some(Urgency::Soon), grown), Urgency::Today);
        assert_eq!(facts(Some(Harm::Sextortion), Some(Urgency::Now), grown), Urgency::Now);
        assert_eq!(facts(Some(Harm::Bullying), None, grown), Urgency::Today);
    }

    #[test]
    fn facts_are_the_same_after_a_journey_as_json() {
        let facts = Facts {
            harm: Some(Harm::Grooming),
            age: Some(AgeBand::From12To15),
            sex: Some(Sex::Female),
            province: Some("01".parse().unwrap()),
            language: Some(Lang::Vi),
            urgency: None,
        };
        let json = serde_json::to_string(&facts).unwrap();
        assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), facts);
        assert_eq!(serde_json::from_str::<Facts>("{}").unwrap(), Facts::default());
        for wrong in [r#"{"province":"99"}"#, r#"{"harm":"x"}"#, r#"{"story":"…"}"#] {
            assert!(serde_json::from_str::<Facts>(wrong).is_err(), "{wrong}");
        }
    }
}
