//! What the law makes an organisation do about a report, and by when: clocks of their own, beside that of the answer.

use crate::{
    Facts,
    work::{Work, under_16},
};
use vocabulary::{CaseState, Harm, HarmGroup, LegalDuty, Risk, Urgency};

const HOUR: i64 = 3600;
/// "At once" (Decree 56/2017/NĐ-CP, article 25), from the first reading on.
const AT_ONCE: i64 = HOUR;
/// Emergency measures (article 26), from when the information came.
const EMERGENCY: i64 = 12 * HOUR;

/// The duties that are still to be fulfilled, and their seconds, the nearest first. `received_at`: when the report came to
/// this organisation.
///
/// Of a child under 16 (Law on Children 102/2016) and an abuse: 111, the police or the commune are told an hour after
/// somebody here read it first; in danger, measures stand twelve hours after it came, read or not. An unknown age or harm
/// makes no duty by itself: who reads it finds out, and writes it down.
pub fn duties(facts: &Facts, work: &Work, received_at: i64) -> Vec<(LegalDuty, i64)> {
    let is_over =
        matches!(work.state, CaseState::Closed | CaseState::Transferred | CaseState::Merged | CaseState::Erased);
    let is_abuse = facts.harm.is_some_and(|harm| {
        harm != Harm::AccountTakeover
            && matches!(harm.group(), HarmGroup::Person | HarmGroup::Sexual | HarmGroup::Offline)
    });
    if is_over || !is_abuse || !under_16(facts) {
        return Vec::new();
    }
    // As it came or as staff see it, and by form 06.
    let is_in_danger = work.urgency(facts) == Urgency::Now || work.risk == Some(Risk::High);
    let told = work.notified.map(|(duty, _)| duty);
    let mut due = Vec::new();
    if let (None, Some(opened)) = (told, work.opened_at) {
        due.push((LegalDuty::ChildAbuse, opened.saturating_add(AT_ONCE)));
    }
    if told != Some(LegalDuty::ChildDanger) && is_in_danger {
        due.push((LegalDuty::ChildDanger, received_at.saturating_add(EMERGENCY)));
    }
    due.sort_by_key(|(_, due)| *due);
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{AgeBand, Ground};

    fn child() -> Facts {
        let (harm, age) = (Some(Harm::Grooming), Some(AgeBand::From12To15));
        Facts { harm, age, urgency: Some(Urgency::Now), ..Facts::default() }
    }

    fn opened(at: i64) -> Work {
        Work { opened_at: Some(at), ..Work::new(Ground::PersonLetIn) }
    }

    #[test]
    fn the_clock_of_telling_begins_with_the_first_reading_and_that_of_danger_with_the_news() {
        assert_eq!(duties(&child(), &Work::new(Ground::PersonLetIn), 0), [(LegalDuty::ChildDanger, 12 * HOUR)]);
        let both = [(LegalDuty::ChildAbuse, 6 * HOUR), (LegalDuty::ChildDanger, 12 * HOUR)];
        assert_eq!(duties(&child(), &opened(5 * HOUR), 0), both);
        assert_eq!(duties(&child(), &opened(20 * HOUR), 0), [both[1], (LegalDuty::ChildAbuse, 21 * HOUR)]);
    }

    #[test]
    fn who_was_told_is_not_told_again_but_danger_stays() {
        let told = |duty| Work { notified: Some((duty, 1)), ..opened(0) };
        assert_eq!(duties(&child(), &told(LegalDuty::ChildAbuse), 0), [(LegalDuty::ChildDanger, 12 * HOUR)]);
        assert!(duties(&child(), &told(LegalDuty::ChildDanger), 0).is_empty());
    }

    #[test]
    fn a_risk_that_staff_found_high_is_danger() {
        let found = |risk| Work { risk: Some(risk), ..Work::new(Ground::PersonLetIn) };
        let today = Facts { urgency: Some(Urgency::Today), ..child() };
        assert!(duties(&today, &found(Risk::Medium), 0).is_empty());
        assert_eq!(duties(&today, &found(Risk::High), 0), [(LegalDuty::ChildDanger, 12 * HOUR)]);
    }

    #[test]
    fn no_duty_is_made_up() {
        let none = |facts: Facts| duties(&facts, &opened(0), 0).is_empty();
        assert!(none(Facts { age: Some(AgeBand::From16To17), ..child() }));
        assert!(none(Facts { age: None, ..child() }) && none(Facts { harm: None, ..child() }));
        assert!(none(Facts { harm: Some(Harm::Phishing), ..child() }));
        assert!(duties(&child(), &Work { state: CaseState::Closed, ..opened(0) }, 0).is_empty());
    }
}
