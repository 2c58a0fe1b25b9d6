//! Figures of an organisation: counted out of what stands in the clear, and shown so that no single person can be found
//! in them.
//!
//! Each year is counted by itself and in tables of one dimension, so that no two tables subtract to a third. In every table
//! a count of 1 to 4 is shown as "under 5"; where the others and the total would give it away, further ones are held back
//! ([`shown`]).

use crate::{
    Facts, Timing,
    work::{Referral, Work},
};
use std::collections::BTreeMap;
use vocabulary::{CaseState, directory::Moment};

/// A count below this is shown as "under 5".
pub const FEW: u64 = 5;
/// What wasn't said.
pub const UNSAID: &str = "unsaid";

/// A case, as far as it is counted.
#[derive(Clone, Debug)]
pub struct Counted {
    /// What stands in the clear.
    pub facts: Facts,
    /// When it came.
    pub granted_at: i64,
    /// When it was answered first.
    pub answered_at: Option<i64>,
    /// What was done.
    pub work: Work,
}

/// Counts of one dimension by code.
pub type Counts = BTreeMap<&'static str, u64>;

/// One year's figures, of the cases that came in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// By dimension: `month`, `harm`, `age`, `province`, `state`, `answer`, `outcome`, `closing`, `referral`, `follow_up`.
    pub tables: BTreeMap<&'static str, Counts>,
    /// Minutes from coming to the first answer.
    minutes: Vec<u32>,
}

/// Figures by year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures(pub BTreeMap<i64, Year>);

const MONTHS: [&str; 12] = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];

impl Figures {
    /// Counts one case.
    pub fn add(&mut self, case: &Counted, timing: &Timing, now: i64) {
        let date = Moment::from_unix_seconds(case.granted_at).date().to_string();
        let mut parts = date.splitn(3, '-');
        let (Some(Ok(number)), Some(Ok(month))) =
            (parts.next().map(str::parse::<i64>), parts.next().map(str::parse::<usize>))
        else {
            return;
        };
        let (facts, work) = (&case.facts, &case.work);
        let year = self.0.entry(number).or_default();
        let mut count = |table, code| *year.tables.entry(table).or_default().entry(code).or_default() += 1;
        count("month", MONTHS[(month - 1).min(11)]);
        count("harm", facts.harm.map_or(UNSAID, vocabulary::Harm::code));
        count("age", facts.age.map_or(UNSAID, vocabulary::AgeBand::code));
        count("province", facts.province.map_or(UNSAID, crate::Place::code));
        count("state", state(work.state));
        let due = timing.due(facts, facts.urgency(), case.granted_at);
        count(
            "answer",
            match case.answered_at {
                Some(at) if at <= due => "within",
                Some(_) => "late",
                None if work.declined.is_some() => "declined",
                None if now <= due => "waits",
                None => "overdue",
            },
        );
        if let Some((reason, outcome, _)) = work.closed {
            count("closing", reason.code());
            count("outcome", outcome.code());
        }
        for Referral { state, .. } in work.referrals.values().filter(|referral| referral.by_us) {
            count("referral", state.code());
        }
        for reached in work.followed_up.values() {
            count("follow_up", if *reached { "reached" } else { "not_reached" });
        }
        if let Some(at) = case.answered_at {
            year.minutes.push(u32::try_from((at - case.granted_at).max(0) / 60).unwrap_or(u32::MAX));
        }
    }
}

impl Year {
    /// The middle one of the minutes to the first answer; none where too few were answered to tell.
    pub fn median_minutes(&self) -> Option<u32> {
        let mut minutes = self.minutes.clone();
        let middle = minutes.len() / 2;
        (minutes.len() as u64 >= FEW).then(|| *minutes.select_nth_unstable(middle).1)
    }
}

/// Open, waiting and reopened are one: somebody works on it.
const fn state(state: CaseState) -> &'static str {
    match state {
        CaseState::Open | CaseState::Waiting | CaseState::Reopened => "open",
        other => other.code(),
    }
}

/// A count as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As it is.
    Count(u64),
    /// 1 to 4.
    Few,
    /// Held back, lest another one be found out by subtracting.
    Held,
}

/// The total of a table as it may be shown.
pub fn shown_total(cells: &[u64]) -> Shown {
    let total = cells.iter().sum();
    if (1..FEW).contains(&total) { Shown::Few } else { Shown::Count(total) }
}

/// The cells of a table as they may be shown; none where it can't be shown at all.
///
/// Whoever sees it knows the total (from another table of the same year, if not from this one), that a cell shown as few
/// is 1 to 4 and that one held back is 5 or more. Even so each of them may still be one of at least two numbers.
pub fn shown(cells: &[u64]) -> Option<Vec<Shown>> {
    if shown_total(cells) == Shown::Few {
        return None;
    }
    let few = |count: u64| (1..FEW).contains(&count);
    let mut out: Vec<_> =
        cells.iter().map(|&count| if few(count) { Shown::Few } else { Shown::Count(count) }).collect();
    while gives_away(cells, &out) {
        // The least of those that are still shown hides the others best at the smallest loss.
        let next = (0..cells.len()).filter(|&at| matches!(out[at], Shown::Count(count) if count > 0));
        let next = next.min_by_key(|&at| cells[at])?;
        out[next] = Shown::Held;
    }
    Some(out)
}

/// Whether a hidden cell can be reckoned from the shown ones and the total.
fn gives_away(cells: &[u64], out: &[Shown]) -> bool {
    let hidden = || (0..cells.len()).filter(|&at| !matches!(out[at], Shown::Count(_)));
    let together: u64 = hidden().map(|at| cells[at]).sum();
    let least = |at: usize| if out[at] == Shown::Few { 1 } else { FEW };
    let most = |at: usize| if out[at] == Shown::Few { FEW - 1 } else { together };
    let (all_least, all_most) = (hidden().map(least).sum::<u64>(), hidden().map(most).fold(0_u64, u64::saturating_add));
    hidden().any(|at| {
        let highest = most(at).min(together - (all_least - least(at)));
        let lowest = least(at).max(together.saturating_sub(all_most - most(at)));
        highest <= lowest
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use vocabulary::{Closing, Ground, Harm, Outcome};

    #[test]
    fn a_case_is_counted_in_the_year_and_month_in_which_it_came_in_vietnam() {
        let mut figures = Figures::default();
        // 31 December 2026, 18:00 UTC: the new year has begun in Vietnam.
        let granted_at = 1_798_740_000;
        let work = Work {
            state: CaseState::Closed,
            closed: Some((Closing::GoalsMet, Outcome::Stopped, granted_at)),
            followed_up: [(0, true), (1, false)].into(),
            ..Work::new(Ground::PersonLetIn)
        };
        let facts = Facts { harm: Some(Harm::Grooming), ..Facts::default() };
        let case = Counted { facts, granted_at, answered_at: Some(granted_at + 7200), work };
        for _ in 0..5 {
            figures.add(&case, &Timing::default(), granted_at);
        }
        let year = &figures.0[&2027];
        assert_eq!(figures.0.len(), 1);
        let of = |table: &str, code: &str| year.tables[table].get(code).copied().unwrap_or_default();
        assert_eq!((of("month", "01"), of("harm", "grooming"), of("age", UNSAID)), (5, 5, 5));
        assert_eq!((of("answer", "within"), of("outcome", "stopped"), of("closing", "goals_met")), (5, 5, 5));
        assert_eq!((of("follow_up", "reached"), of("follow_up", "not_reached"), of("state", "closed")), (5, 5, 5));
        assert_eq!(year.median_minutes(), Some(120));
    }

    #[test]
    fn too_few_answers_have_no_middle() {
        let year = Year { minutes: vec![1, 2, 3, 4], ..Year::default() };
        assert_eq!(year.median_minutes(), None);
    }

    #[test]
    fn small_counts_are_hidden_and_another_one_beside_a_lonely_one() {
        use Shown::{Count, Few, Held};
        assert_eq!(shown(&[10, 20, 0]), Some(vec![Count(10), Count(20), Count(0)]));
        assert_eq!(shown(&[3, 20, 40]), Some(vec![Few, Held, Count(40)]));
        assert_eq!(shown(&[2, 3, 0]), Some(vec![Few, Few, Count(0)]));
        // 1 and 5 are 6, which another table tells: nothing hides them.
        assert_eq!(shown(&[1, 5]), None);
        assert_eq!((shown(&[1, 1]), shown_total(&[1, 1])), (None, Few));
        assert_eq!((shown(&[]), shown_total(&[])), (Some(vec![]), Count(0)));
    }

    /// Every table that would look the same to a reader who knows the rules.
    fn alike(cells: &[u64], out: &[Shown]) -> Vec<Vec<u64>> {
        let total: u64 = cells.iter().sum();
        let mut tables = vec![Vec::new()];
        for shown in out {
            let could: Vec<u64> = match shown {
                Shown::Count(count) => vec![*count],
                Shown::Few => (1..FEW).collect(),
                Shown::Held => (FEW..=total).collect(),
            };
            tables = tables
                .into_iter()
                .flat_map(|table: Vec<u64>| could.iter().map(move |count| [&table[..], &[*count]].concat()))
                .collect();
        }
        tables.into_iter().filter(|table| table.iter().sum::<u64>() == total).collect()
    }

    proptest! {
        #[test]
        fn nobody_reckons_a_small_count(cells in prop::collection::vec(0_u64..10, 0..5)) {
            let Some(out) = shown(&cells) else { return Ok(()) };
            let tables = alike(&cells, &out);
            prop_assert!(tables.contains(&cells));
            for (at, count) in cells.iter().enumerate() {
                if (1..FEW).contains(count) {
                    prop_assert_eq!(out[at], Shown::Few);
                    let could: std::collections::BTreeSet<_> = tables.iter().map(|table| table[at]).collect();
                    prop_assert!(could.len() > 1, "{:?} shows {:?} of {:?}", out, could, cells);
                }
            }
        }

        #[test]
        fn what_is_shown_is_right_and_nothing_is_hidden_without_need(cells in prop::collection::vec(0_u64..1000, 0..40)) {
            let Some(out) = shown(&cells) else {
                prop_assert!(cells.iter().any(|count| (1..FEW).contains(count)));
                return Ok(());
            };
            for (count, shown) in cells.iter().zip(&out) {
                match shown {
                    Shown::Count(shown) => prop_assert_eq!(shown, count),
                    Shown::Few => prop_assert!((1..FEW).contains(count)),
                    Shown::Held => prop_assert!(*count >= FEW),
                }
            }
            if cells.iter().all(|count| *count == 0 || *count >= FEW) {
                prop_assert!(out.iter().all(|shown| matches!(shown, Shown::Count(_))));
            }
        }
    }
}
