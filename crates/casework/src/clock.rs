//! By when somebody should answer. Day and night for `now` and `today` (vocabulary.md, "Urgency").

use crate::{Facts, timing::Timing, work::Work};
use std::ops::Range;
use vocabulary::{CaseState, Urgency};

pub use crate::timing::Clocks;

/// Seconds from the arrival of a report to its first answer, unless an organisation promises more: 1 h, 24 h (12 h for a
/// child with acute harm), 72 h, 7 days.
pub fn answer_within(facts: &Facts) -> i64 {
    Clocks::DEFAULT.within(facts, facts.urgency())
}

/// 2^40 s is some 34,000 years: bands of one urgency each never meet.
const BAND: u32 = 40;
const LAST: i64 = (1 << BAND) - 1;
/// From this place on lie the cases that wait for no answer: behind the band of every urgency.
pub const ANSWERED: i64 = 4 << BAND;
/// From this place on lie those that nobody works on any more.
pub const OVER: i64 = 5 << BAND;
const _: () = assert!(Urgency::ALL.len() == 4, "a band for each urgency");

/// Who waits before an answer is due: by urgency, then by the clock that runs out first.
pub fn place_of_waiting(timing: &Timing, facts: &Facts, urgency: Urgency, since: i64) -> i64 {
    ((urgency as i64) << BAND) + timing.due(facts, urgency, since).clamp(0, LAST)
}

/// Whoever waits with this urgency stands before this place, and those with a greater one too.
pub const fn behind(urgency: Urgency) -> i64 {
    (urgency as i64 + 1) << BAND
}

/// The order of a queue: who waits for an answer (`waits_since`), the most urgent first; then what is worked on, by the
/// day of its next step; then what is over, the latest first. Smaller comes first; the store keeps it as a column so
/// that a page of a million cases is one walk over an index. `at`: when something happened last.
pub fn place_in_queue(timing: &Timing, hers: &Facts, work: &Work, waits_since: Option<i64>, at: i64) -> i64 {
    let facts = &work.facts(hers);
    match (waits_since, work.next_due()) {
        (Some(since), _) => place_of_waiting(timing, facts, work.urgency(facts), since),
        (None, Some(due)) => ANSWERED + due.clamp(0, LAST),
        // Answered, but nobody took it on: since then it waits for that.
        (None, None) if work.state == CaseState::New => ANSWERED + at.clamp(0, LAST),
        (None, None) => OVER + (LAST - at.clamp(0, LAST)),
    }
}

/// The places in the queue, urgency by urgency, at which somebody waits for an answer that is due by now.
pub fn overdue_answers(now: i64) -> impl Iterator<Item = Range<i64>> {
    Urgency::ALL.iter().map(move |urgency| {
        let band = (*urgency as i64) << BAND;
        band..band + now.clamp(0, LAST)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::{ItemId, work::Task};
    use vocabulary::{AgeBand, Ground, Harm, TaskKind};

    const HOUR: i64 = 3600;

    fn place_in_queue(facts: &Facts, work: &Work, waits_since: Option<i64>, at: i64) -> i64 {
        super::place_in_queue(&Timing::default(), facts, work, waits_since, at)
    }

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
    fn the_most_urgent_comes_first_then_what_is_worked_on_then_what_is_over() {
        let grown = AgeBand::From25To59;
        let new = Work::new(Ground::PersonLetIn);
        let waits = |urgency, since| place_in_queue(&facts(urgency, grown, None), &new, Some(since), since);
        let now = waits(Urgency::Now, 1_800_000_000);
        let (older_today, today) = (waits(Urgency::Today, 1_700_000_000), waits(Urgency::Today, 1_700_000_001));
        assert!(now < older_today && older_today < today);
        let anybody = Facts::default();
        let due = |due| {
            let task = Task { what: TaskKind::Call, due, owner: None, follow_up: None };
            let open = Work { state: CaseState::Open, tasks: [(ItemId([1; 16]), task)].into(), ..new.clone() };
            place_in_queue(&anybody, &open, None, 0)
        };
        assert!(today < due(1_600_000_000) && due(1_600_000_000) < due(1_600_000_001));
        let over = |at| place_in_queue(&anybody, &Work { state: CaseState::Closed, ..new.clone() }, None, at);
        assert!(due(i64::MAX) < over(1_600_000_001) && over(1_600_000_001) < over(1_600_000_000));
        for at in [i64::MIN, 0, i64::MAX] {
            assert!(place_in_queue(&anybody, &new, Some(at), at) < ANSWERED && due(at) >= ANSWERED && over(at) >= OVER);
        }
    }

    #[test]
    fn an_answer_that_is_due_lies_in_its_band() {
        let (new, grown) = (Work::new(Ground::PersonLetIn), AgeBand::From25To59);
        let place = |urgency, since| place_in_queue(&facts(urgency, grown, None), &new, Some(since), since);
        let late = |place: i64, now| overdue_answers(now).any(|band| band.contains(&place));
        for &urgency in Urgency::ALL {
            let (since, within) = (1_800_000_000, answer_within(&facts(urgency, grown, None)));
            assert!(!late(place(urgency, since), since + within) && late(place(urgency, since), since + within + 1));
        }
        assert!(!late(ANSWERED, i64::MAX) && !late(OVER, i64::MAX));
    }

    #[test]
    fn staff_may_find_it_more_urgent_than_it_came() {
        let found = Work { urgency: Some(Urgency::Now), ..Work::new(Ground::PersonLetIn) };
        let calm = facts(Urgency::WhenReady, AgeBand::From25To59, None);
        let (as_it_came, as_found) = (Work::new(Ground::PersonLetIn), found);
        assert!(place_in_queue(&calm, &as_found, Some(9), 9) < place_in_queue(&calm, &as_it_came, Some(9), 9));
    }
}
