//! Codes as types. The enums are written by `build/` from `data/`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// A language in which the product speaks to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese, the first language.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both languages, Vietnamese first.
    pub const ALL: &'static [Self] = &[Self::Vi, Self::En];

    /// The one of two texts that is in this language.
    pub const fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    /// The BCP 47 tag: `vi` or `en`.
    pub const fn code(self) -> &'static str {
        self.pick("vi", "en")
    }
}

impl FromStr for Lang {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        match code {
            "vi" => Ok(Self::Vi),
            "en" => Ok(Self::En),
            _ => Err(UnknownCode { list: "Lang", code: code.into() }),
        }
    }
}

/// A code that no list of the vocabulary knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{code}` is not a code of {list}")]
pub struct UnknownCode {
    /// The type that was asked for.
    pub list: &'static str,
    /// The code as it was given.
    pub code: String,
}

/// A province or city of Vietnam by its official code (Decision 19/2025/QĐ-TTg).
#[derive(Debug, PartialEq, Eq)]
pub struct Province {
    /// Two digits.
    pub code: &'static str,
    names: [&'static str; 2],
    /// A centrally-run city.
    pub is_city: bool,
    /// The earlier provinces (before 1 July 2025) that make it up.
    pub former: &'static [Former],
}

/// A province as it was before 1 July 2025.
#[derive(Debug, PartialEq, Eq)]
pub struct Former {
    /// Two digits of the earlier list.
    pub code: &'static str,
    /// Its Vietnamese name.
    pub name: &'static str,
}

impl Province {
    /// The name as a person reads it.
    pub const fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.names[0], self.names[1])
    }

    /// The province with this official code.
    pub fn by_code(code: &str) -> Option<&'static Self> {
        PROVINCES.iter().find(|p| p.code == code)
    }
}

/// A row that maps a harm onto an outside list.
#[derive(Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Our code.
    pub harm: Harm,
    /// The outside list.
    pub scheme: &'static str,
    /// The code there.
    pub value: &'static str,
    /// Document and date.
    pub source: &'static str,
}

macro_rules! code_traits {
    ($name:ident) => {
        impl FromStr for $name {
            type Err = UnknownCode;

            fn from_str(code: &str) -> Result<Self, UnknownCode> {
                let found = Self::ALL.iter().copied().find(|c| c.code() == code);
                found.ok_or_else(|| UnknownCode { list: stringify!($name), code: code.into() })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                code.parse().map_err(D::Error::custom)
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/codes.rs"));

impl AgeBand {
    /// Under 18: a child for protection, whatever line a single law draws.
    pub const fn is_child(self) -> bool {
        matches!(self, Self::Under7 | Self::From7To11 | Self::From12To15 | Self::From16To17)
    }
}

impl Harm {
    /// Whether a body is in danger: advice on getting away from a room is then worth its place.
    pub const fn is_bodily(self) -> bool {
        matches!(self.group(), HarmGroup::Offline)
            || matches!(
                self,
                Self::Threat
                    | Self::Stalking
                    | Self::PartnerControl
                    | Self::Grooming
                    | Self::ChildExploitation
                    | Self::Trafficking
                    | Self::SelfHarm
                    | Self::DangerousChallenge
            )
    }
}
