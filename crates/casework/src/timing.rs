//! By when an organisation answers: its own clocks, never longer than the defaults, and its calendar.

use crate::{Facts, calendar::next_opening, parse_hours};
use serde::{Deserialize, Serialize};
use vocabulary::{Harm, Urgency, directory::Hours};

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
/// The shortest clock that anybody may promise, in seconds.
pub const SHORTEST: i64 = 5 * MINUTE;

/// Seconds from the arrival of a report to its first answer, by urgency (vocabulary.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Clocks {
    /// Danger now: an hour.
    pub now: i64,
    /// Today: a day.
    pub today: i64,
    /// Today, a child and an acute harm: half a day.
    pub today_child: i64,
    /// Soon: three days.
    pub soon: i64,
    /// When ready: a week.
    pub when_ready: i64,
}

impl Clocks {
    /// What holds unless an organisation shortens it.
    pub const DEFAULT: Self =
        Self { now: HOUR, today: 24 * HOUR, today_child: 12 * HOUR, soon: 72 * HOUR, when_ready: 7 * 24 * HOUR };

    /// As an organisation set them, as JSON; the defaults where it set none. What is longer than a default counts as it.
    pub fn read(text: &str) -> Self {
        let (said, most) = (serde_json::from_str(text).unwrap_or(Self::DEFAULT), Self::DEFAULT);
        let cut = |said: i64, most: i64| said.clamp(SHORTEST, most);
        Self {
            now: cut(said.now, most.now),
            today: cut(said.today, most.today),
            today_child: cut(said.today_child, most.today_child),
            soon: cut(said.soon, most.soon),
            when_ready: cut(said.when_ready, most.when_ready),
        }
    }

    /// Whether each is at least [`SHORTEST`] and no longer than its default.
    pub fn may_be_set(&self) -> bool {
        serde_json::to_string(self).is_ok_and(|text| Self::read(&text) == *self)
    }

    /// Of this report.
    pub fn within(&self, facts: &Facts, urgency: Urgency) -> i64 {
        match urgency {
            Urgency::Now => self.now,
            Urgency::Today if facts.is_child() && facts.harm.is_some_and(Harm::is_acute) => self.today_child,
            Urgency::Today => self.today,
            Urgency::Soon => self.soon,
            Urgency::WhenReady => self.when_ready,
        }
    }
}

impl Default for Clocks {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// An organisation's clocks and opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timing {
    clocks: Clocks,
    hours: Hours,
}

impl Timing {
    /// As the organisation has them: JSON of [`Clocks`], and hours as [`parse_hours`] reads them. What can't be read counts
    /// as the defaults, day and night: it makes nobody wait longer.
    pub fn new(clocks: &str, hours: &str) -> Self {
        Self { clocks: Clocks::read(clocks), hours: parse_hours(hours).unwrap_or(Hours::Always) }
    }

    /// By when a report of this urgency that waits `since` is answered. `now` and `today` run day and night; the others end
    /// while somebody is there.
    pub fn due(&self, facts: &Facts, urgency: Urgency, since: i64) -> i64 {
        let due = since.saturating_add(self.clocks.within(facts, urgency));
        match urgency {
            Urgency::Now | Urgency::Today => due,
            Urgency::Soon | Urgency::WhenReady => next_opening(&self.hours, due),
        }
    }
}

impl Default for Timing {
    fn default() -> Self {
        Self { clocks: Clocks::DEFAULT, hours: Hours::Always }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clocks_are_shortened_and_never_lengthened() {
        let short = Clocks { now: 900, soon: 48 * HOUR, ..Clocks::DEFAULT };
        assert!(short.may_be_set() && Clocks::DEFAULT.may_be_set());
        assert_eq!(Clocks::read(&serde_json::to_string(&short).unwrap()), short);
        for wrong in [Clocks { now: 3601, ..short }, Clocks { today: 10, ..short }, Clocks { soon: -1, ..short }] {
            assert!(!wrong.may_be_set());
        }
        assert_eq!(Clocks::read(r#"{"now": 99999}"#), Clocks::DEFAULT);
        for none in ["", "x", "[]", r#"{"later": 1}"#] {
            assert_eq!(Clocks::read(none), Clocks::DEFAULT, "{none}");
        }
    }

    #[test]
    fn danger_waits_for_no_calendar() {
        let closed = Timing::new("", "");
        let office = Timing::new("", "mon-fri 08:00-17:00");
        // Friday, 5 February 2027, the eve of Tết, 12:00 in Vietnam.
        let eve = 1_801_803_600;
        for timing in [&closed, &office] {
            assert_eq!(timing.due(&Facts::default(), Urgency::Now, eve), eve + HOUR);
            assert_eq!(timing.due(&Facts::default(), Urgency::Today, eve), eve + 24 * HOUR);
        }
        // Three days later is the third day of Tết, a Monday: Tuesday at eight.
        assert_eq!(office.due(&Facts::default(), Urgency::Soon, eve), eve + 92 * HOUR);
        assert_eq!(closed.due(&Facts::default(), Urgency::Soon, eve), eve + 72 * HOUR);
    }

    proptest! {
        #[test]
        fn who_waits_longer_is_never_due_later(
            since in 1_700_000_000_i64..2_000_000_000, more in 0_i64..100_000_000,
            hours in prop::sample::select(&["always", "", "mon-fri 08:00-17:00", "sat 09:00-10:00, sun 00:00-24:00"][..]),
            urgency in prop::sample::select(Urgency::ALL),
        ) {
            let timing = Timing::new("", hours);
            let due = |since| timing.due(&Facts::default(), urgency, since);
            prop_assert!(due(since) <= due(since + more));
            prop_assert!(due(since) >= since + Clocks::DEFAULT.within(&Facts::default(), urgency));
        }
    }
}
