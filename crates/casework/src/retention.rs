//! How long an organisation keeps a report: from the last thing that was written in it, unless it must keep it longer.

/// How long before its time runs out person and staff are warned, in seconds: 30 days.
pub const WARNING_SECONDS: i64 = 30 * DAY;
/// The fewest days that an organisation may set: nobody is warned too late.
pub const LEAST_DAYS: i64 = 60;
/// The most: a century.
pub const MOST_DAYS: i64 = 36_500;

const DAY: i64 = 24 * 3600;

/// When its time runs out: `days` after the last entry at `touched_at`; never where no days are set, or while it must be
/// kept (`is_held`).
pub const fn runs_out(touched_at: i64, days: Option<i64>, is_held: bool) -> Option<i64> {
    match days {
        Some(days) if !is_held => Some(touched_at.saturating_add(days.saturating_mul(DAY))),
        _ => None,
    }
}

/// Whether person and staff are to be warned now.
pub const fn is_near(runs_out: Option<i64>, now: i64) -> bool {
    matches!(runs_out, Some(at) if at.saturating_sub(WARNING_SECONDS) <= now)
}

/// What was touched at this second or before has run out by now.
pub const fn cutoff(now: i64, days: i64) -> i64 {
    now.saturating_sub(days.saturating_mul(DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_from_the_last_word_and_stands_still_while_it_must_be_kept() {
        assert_eq!(runs_out(1000, Some(60), false), Some(1000 + 60 * DAY));
        assert_eq!(runs_out(1000, None, false), None);
        assert_eq!(runs_out(1000, Some(60), true), None);
        assert!(cutoff(1000 + 60 * DAY, 60) == 1000 && cutoff(999 + 60 * DAY, 60) < 1000);
    }

    #[test]
    fn a_month_before_they_are_warned() {
        let end = runs_out(0, Some(LEAST_DAYS), false);
        assert!(!is_near(end, 30 * DAY - 1) && is_near(end, 30 * DAY) && !is_near(None, i64::MAX));
    }
}
