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

/// The order of an inbox: unanswered before answered, then by urgency, then by the clock that runs out first. Smaller
/// comes first; the store keeps it as a column so that a page of a million cases is one walk over an index.
pub fn place_in_inbox(facts: &Facts, arrived: i64, answered: bool) -> i64 {
    let band = if answered { 4 } else { facts.urgency() as i64 };
    // 2^40 s is some 34,000 years: bands never meet.
    (band << 40) + (arrived + answer_within(facts)).clamp(0, (1 << 40) - 1)
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
        let answered = place_in_inbox(&facts(Urgency::Now, grown, None), 1_600_000_000, true);
        assert!(now < older_today && older_today < today && today < answered);
    }
}
