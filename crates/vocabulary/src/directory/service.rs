//! One service as the rest of the house sees it.

use super::{Date, Moment, Need};
use crate::{AgeBand, Audience, Harm, Lang, OrganisationKind};

/// How one gets there. The nearest to a human voice comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// A number to call.
    Phone,
    /// A page.
    Web,
    /// A menu inside an app.
    InApp,
}

/// When somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hours {
    /// Day and night.
    Always,
    /// Spans of a week: weekday (Monday is 0), first minute, one past the last minute.
    Weekly(Vec<(u8, u16, u16)>),
}

/// A service, checked.
#[derive(Clone, Debug)]
pub struct Service {
    /// Short, stable word.
    pub id: String,
    /// What kind of organisation helps.
    pub kind: OrganisationKind,
    /// How one gets there.
    pub channel: Channel,
    /// The number as people write it.
    pub phone: Option<String>,
    /// The page.
    pub url: Option<String>,
    /// When somebody answers.
    pub hours: Hours,
    /// An emergency number: never labelled as unverified or overdue.
    pub emergency: bool,
    /// Listens, but not when life is in danger.
    pub not_emergency: bool,
    /// What it helps with.
    pub harms: Vec<Harm>,
    /// For these the age does not matter.
    pub any_age_harms: Vec<Harm>,
    /// Ages of the person concerned.
    pub ages: Vec<AgeBand>,
    /// Who may turn to it.
    pub audiences: Vec<Audience>,
    /// Official codes of provinces; empty means everywhere.
    pub provinces: Vec<String>,
    /// Pages that state the contact.
    pub sources: Vec<String>,
    /// Date of the newest page, as exact as known: `2021`, `2025-12` or a day.
    pub source_date: String,
    /// When it was last checked.
    pub checked_on: Date,
    /// From then on the row is overdue; none for emergency numbers.
    pub recheck_after: Option<Date>,
    /// Whether a published page of its own, or a call, states it.
    pub verified: bool,
    pub(super) texts: Vec<(String, String)>,
}

impl Service {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        self.text("name", lang).unwrap_or_default()
    }

    /// A sentence for people: `description`, `cost`, `eligibility`, `trace`, `hours`, `how`.
    pub fn text(&self, about: &str, lang: Lang) -> Option<&str> {
        let wanted = |code: &str| code.strip_suffix(lang.code()).and_then(|c| c.strip_suffix('.')) == Some(about);
        self.texts.iter().find(|(code, _)| wanted(code)).map(|(_, text)| text.as_str())
    }

    /// The number for a `tel:` link, without spaces.
    pub fn dial(&self) -> Option<String> {
        self.phone.as_ref().map(|n| n.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect())
    }

    /// Whether nobody has checked it for too long.
    pub fn is_overdue(&self, now: Moment) -> bool {
        !self.emergency && self.recheck_after.is_some_and(|after| now.date() > after)
    }

    /// Whether it helps with this need.
    pub(super) fn helps(&self, need: &Need<'_>) -> bool {
        let ages = |harms: &[Harm]| {
            self.ages.contains(&need.asker.age) || harms.iter().any(|harm| self.any_age_harms.contains(harm))
        };
        let harm = need.harms.is_empty() || need.harms.iter().any(|harm| self.harms.contains(harm));
        let here = self.provinces.is_empty()
            || need.province.is_none_or(|province| self.provinces.iter().any(|p| p == province));
        harm && here && ages(need.harms) && self.audiences.contains(&need.asker.audience)
    }
}

impl Hours {
    /// Whether somebody answers at this moment.
    pub fn open_at(&self, now: Moment) -> bool {
        match self {
            Self::Always => true,
            Self::Weekly(spans) => {
                spans.iter().any(|&(day, from, to)| day == now.weekday() && (from..to).contains(&now.minute()))
            }
        }
    }
}
