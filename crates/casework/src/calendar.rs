//! Days on which Vietnam doesn't work, from `data/holidays.toml`.

use vocabulary::directory::{Date, Hours, Moment};

include!(concat!(env!("OUT_DIR"), "/holidays.rs"));

const DAY: i64 = 24 * 3600;
/// Vietnam's midnight is so much before that of UTC, in seconds.
const AHEAD: i64 = 7 * 3600;
/// Whoever doesn't open within two months opens never, for a clock.
const DAYS_AHEAD: i64 = 62;

/// Whether this day is a public holiday of Vietnam. Of years that nobody has entered yet only those of a fixed date are
/// known.
pub fn is_holiday(date: Date) -> bool {
    let date = date.to_string();
    SINGLE.binary_search(&date.as_str()).is_ok() || date.split_once('-').is_some_and(|(_, day)| FIXED.contains(&day))
}

/// This second, or the next one at which somebody is there; holidays count as closed, but not for who works day and night.
pub fn next_opening(hours: &Hours, at: i64) -> i64 {
    let Hours::Weekly(spans) = hours else { return at };
    let midnight = at.saturating_sub(at.saturating_add(AHEAD).rem_euclid(DAY));
    for days in 0..=DAYS_AHEAD {
        let day = midnight.saturating_add(days * DAY);
        let moment = Moment::from_unix_seconds(day);
        if is_holiday(moment.date()) {
            continue;
        }
        let here = spans.iter().filter(|(weekday, ..)| *weekday == moment.weekday());
        let open = here.filter_map(|&(_, from, to)| {
            let second = |minute| day.saturating_add(i64::from(minute) * 60);
            let (from, to) = (second(from), second(to));
            (at < to).then_some(at.max(from))
        });
        if let Some(first) = open.min() {
            return first;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_hours;

    fn second(date: &str, hour: i64) -> i64 {
        let (mut low, mut high) = (0, 1 << 35);
        while low + 1 < high {
            let middle = i64::midpoint(low, high);
            if Moment::from_unix_seconds(middle).date() < Date::parse(date).unwrap() {
                low = middle;
            } else {
                high = middle;
            }
        }
        high + hour * 3600
    }

    #[test]
    fn tet_and_the_fixed_days_are_holidays_and_a_working_day_is_not() {
        let is = |date| is_holiday(Date::parse(date).unwrap());
        for day in ["2027-02-05", "2027-02-08", "2030-02-02", "2029-04-23", "2026-09-01", "2031-09-02", "2044-01-01"] {
            assert!(is(day), "{day}");
        }
        for day in ["2026-11-26", "2027-02-09", "2031-02-03", "2027-09-01"] {
            assert!(!is(day), "{day}");
        }
    }

    #[test]
    fn what_falls_on_a_closed_day_moves_to_the_next_opening() {
        let office = parse_hours("mon-fri 08:00-11:30, mon-fri 13:00-17:00").unwrap();
        // Friday 30 April 2027 and Saturday 1 May are holidays, then comes a Sunday.
        assert_eq!(next_opening(&office, second("2027-04-30", 10)), second("2027-05-03", 8));
        assert_eq!(next_opening(&office, second("2027-05-03", 9)), second("2027-05-03", 9));
        assert_eq!(next_opening(&office, second("2027-05-03", 12)), second("2027-05-03", 13));
        assert_eq!(next_opening(&office, second("2027-05-03", 18)), second("2027-05-04", 8));
        // Tết.
        assert_eq!(next_opening(&office, second("2027-02-05", 9)), second("2027-02-09", 8));
    }

    #[test]
    fn who_is_always_there_or_never_moves_nothing() {
        let tet = second("2027-02-06", 3);
        assert_eq!(next_opening(&Hours::Always, tet), tet);
        assert_eq!(next_opening(&parse_hours("").unwrap(), tet), tet);
        for at in [i64::MIN, -1, i64::MAX] {
            assert!(next_opening(&parse_hours("mon-sun 00:00-24:00").unwrap(), at) >= at);
        }
    }
}
