//! A moment as people in Vietnam read it: weekday, minute, date. It is handed in; nothing here looks at a clock.

use std::fmt;

/// A moment in Vietnam's time (UTC+7, no summer time).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Days since 1 January 1970.
    day: i64,
    /// Minute of the day, 0 to 1,439.
    minute: u16,
}

const MINUTES_A_DAY: i64 = 24 * 60;
const VIETNAM_OFFSET_SECONDS: i64 = 7 * 3600;

impl Moment {
    /// From seconds since 1 January 1970, UTC.
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        let minutes = seconds.saturating_add(VIETNAM_OFFSET_SECONDS).div_euclid(60);
        Self { day: minutes.div_euclid(MINUTES_A_DAY), minute: minutes.rem_euclid(MINUTES_A_DAY) as u16 }
    }

    /// A local date and time in Vietnam, as a test or a timetable states it.
    pub fn local(date: Date, hour: u16, minute: u16) -> Self {
        Self { day: date.days(), minute: hour * 60 + minute }
    }

    /// The day of the week, Monday is 0.
    pub const fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        (self.day + 3).rem_euclid(7) as u8
    }

    /// Minute of the day, 0 to 1,439.
    pub const fn minute(self) -> u16 {
        self.minute
    }

    /// The calendar date.
    pub const fn date(self) -> Date {
        Date::from_days(self.day)
    }
}

/// A calendar date, `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`; nothing else, and no day that no calendar has.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut part = |digits: usize| {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let date = Self { year: i32::from(year), month: month as u8, day: day as u8 };
        // 31 February would come back as another day.
        (Self::from_days(date.days()) == date).then_some(date)
    }

    /// Days since 1 January 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    fn days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    const fn from_days(days: i64) -> Self {
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month + 2) / 5 + 1) as u8;
        let month = (if month < 10 { month + 3 } else { month - 9 }) as u8;
        Self { year: (year_of_era + era * 400 + (month <= 2) as i64) as i32, month, day }
    }

    /// As people in Vietnam write it: `24/11/2026`.
    pub fn spoken(self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_vietnams_time() {
        // 2026-11-24 18:30:00 UTC is Wednesday 01:30 in Hà Nội.
        let moment = Moment::from_unix_seconds(1_795_545_000);
        assert_eq!((moment.weekday(), moment.minute()), (2, 90));
        assert_eq!(moment.date().to_string(), "2026-11-25");
        assert_eq!(Moment::local(moment.date(), 1, 30), moment);
    }

    #[test]
    fn no_second_is_too_far() {
        for seconds in [i64::MIN, -1, 0, 1 << 45, i64::MAX] {
            let moment = Moment::from_unix_seconds(seconds);
            assert!(moment.weekday() < 7 && moment.minute() < 1440);
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_refused() {
        assert!(Date::parse("2028-02-29").is_some());
        for wrong in ["2026-02-29", "2026-13-01", "2026-1-01", "2026-00-10", "26-01-01", "2026-01-01T00", "", "----"] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_and_days_are_one_to_one() {
        for days in (-200_000..200_000).step_by(7) {
            assert_eq!(Date::from_days(days).days(), days);
        }
    }
}
