//! Seconds since 1970 as people write them.

/// `2026-11-26 02:30:00 UTC`.
pub fn utc(seconds: u64) -> String {
    let (date, time) = (date(seconds), seconds % 86_400);
    format!("{date} {:02}:{:02}:{:02} UTC", time / 3600, time / 60 % 60, time % 60)
}

/// The same in Vietnam, which is seven hours ahead the whole year: `09:30:00 26/11/2026`.
pub fn vietnam(seconds: u64) -> String {
    let local = seconds.saturating_add(7 * 3600);
    let ((year, month, day), time) = (civil(local / 86_400), local % 86_400);
    format!("{:02}:{:02}:{:02} {day:02}/{month:02}/{year}", time / 3600, time / 60 % 60, time % 60)
}

/// `2026-11-26`.
pub fn date(seconds: u64) -> String {
    let (year, month, day) = civil(seconds / 86_400);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a day since 1970 (Howard Hinnant's `civil_from_days`).
const fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + (month <= 2) as u64, month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_the_calendar_has_them() {
        assert_eq!(utc(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(utc(951_782_399), "2000-02-28 23:59:59 UTC");
        assert_eq!(date(951_782_400), "2000-02-29");
        assert_eq!(utc(1_795_660_200), "2026-11-26 02:30:00 UTC");
        assert_eq!(vietnam(1_795_660_200), "09:30:00 26/11/2026");
    }
}
