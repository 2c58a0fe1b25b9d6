//! By when somebody should answer. Day and night for `now` and `today` (vocabulary.md, "Urgency").

use crate::Facts;
use vocabulary::{Harm, Urgency};

const HOUR: i64 = 3600;

/// Seconds from the arrival of a report to its first answer: 1 h, 24 h (12 h for a child with acute harm), 72 h, 7 days.
pub fn answer_within(facts: &Facts) -> i64 {
    match facts.urgency() {
        Urgency::Now => HOUR,
        Urgency::Today if facts.is_child() && facts.harm.is_some_and(Harm::is_acute) => 12 * HOUR,
        Urgency::Today => 24 * HOUR,
        Urgency::Soon => 72 * HOUR,
        Urgency::WhenReady => 7 * 24 * HOUR,
    }
}

/// 2^40 s is some 34,000 years: bands of one urgency each never meet.
const BAND: u32 = 40;
/// From this place on lie the cases that wait for nobody: behind the band of every urgency.
pub const ANSWERED: i64 = 4 << BAND;
const _: () = assert!(Urgency::ALL.len() == 4, "a band for each urgency");

/// The order of an inbox: who waits before who was answered; those who wait by urgency, then by the clock that runs
/// out first; those who were answered, the latest first. Smaller comes first; the store keeps it as a column so that a
/// page of a million cases is one walk over an index. `at` is the second since when she waits, or in which she was
/// answered.
pub fn place_in_inbox(facts: &Facts, at: i64, is_answered: bool) -> i64 {
    let last = (1 << BAND) - 1;
    if is_answered {
        ANSWERED + (last - at.clamp(0, last))
    } else {
        ((facts.urgency() as i64) << BAND) + at.saturating_add(answer_within(facts)).clamp(0, last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::AgeBand;

    fn facts(urgency: Urgency, age: AgeBand, harm: Option<Harm>) -> Facts {
        Facts { urgency: Some(urgency), age: Some(age), harm, ..Facts::default() }
    }

    #[test]
    fn a_child_with_acute_harm_is_answered_within_half_a_day() {
        let hours = |facts| answer_within(&facts) / HOUR;
        assert_eq!(hours(facts(Urgency::Today, AgeBand::From12To15, Some(Harm::Grooming))), 12);
        assert_eq!(hours(facts(Urgency::Today, AgeBand::From12To15, Some(Harm::Bullying))), 24);
        assert_eq!(hours(facts(Urgency::Soon, AgeBand::From25To59, None)), 72);
        assert_eq!(hours(facts(Urgency::Now, AgeBand::From25To59, None)), 1);
        assert_eq!(hours(Facts::default()), 24);
    }

    #[test]
    fn the_most_urgent_comes_first_and_the_answered_last() {
        let grown = AgeBand::From25To59;
        let now = place_in_inbox(&facts(Urgency::Now, grown, None), 1_800_000_000, false);
        let older_today = place_in_inbox(&facts(Urgency::Today, grown, None), 1_700_000_000, false);
        let today = place_in_inbox(&facts(Urgency::Today, grown, None), 1_700_000_001, false);
        let answered = |at| place_in_inbox(&facts(Urgency::Now, grown, None), at, true);
        assert!(now < older_today && older_today < today);
        // The answered: whoever was answered last stands first.
        assert!(today < answered(1_600_000_001) && answered(1_600_000_001) < answered(1_600_000_000));
        for at in [i64::MIN, 0, i64::MAX] {
            assert!(place_in_inbox(&Facts::default(), at, false) < ANSWERED && answered(at) >= ANSWERED);
        }
    }
}
