//! What is due when: pure, the time is handed in.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// After a notice an organisation is left in peace for this long; what arrives meanwhile is told at its end.
pub const QUIET: Duration = Duration::from_mins(5);
/// The wait after the first failure; each further one doubles it.
pub const FIRST_WAIT: Duration = Duration::from_secs(30);
/// The longest wait between two tries.
pub const LONGEST_WAIT: Duration = Duration::from_hours(1);
/// A notice that is older than this is given up.
pub const GIVE_UP: Duration = Duration::from_hours(24);
/// The most notices that wait; a country has fewer organisations.
const MOST: usize = 10_000;

/// Which way an organisation is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// A letter.
    Mail,
    /// A signed call that names this event ([`crate::webhook`]): each has a place of its own.
    Webhook(&'static str),
}

impl Way {
    /// Its name in logs and counts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook(_) => "webhook",
        }
    }
}

/// What is to be told to one organisation on one way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Waiting {
    due: Instant,
    since: Instant,
    failures: u32,
}

/// One organisation on one way.
pub type Target = (String, Way);

/// All notices that wait, and when each organisation was told last, on each way.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: BTreeMap<Target, Waiting>,
    told: BTreeMap<Target, Instant>,
}

impl Queue {
    /// There is news for somebody. Whoever waits already keeps her place.
    pub fn add(&mut self, target: Target, now: Instant) {
        self.told.retain(|_, at| now < *at + QUIET);
        if self.waiting.len() < MOST || self.waiting.contains_key(&target) {
            let due = self.told.get(&target).map_or(now, |at| *at + QUIET);
            self.waiting.entry(target).or_insert(Waiting { due, since: now, failures: 0 });
        }
    }

    /// When something is due next.
    pub fn next_due(&self) -> Option<Instant> {
        self.waiting.values().map(|waiting| waiting.due).min()
    }

    /// What is due now. It stays in the queue until [`Self::told`] or [`Self::failed`].
    pub fn due(&self, now: Instant) -> Vec<Target> {
        self.waiting.iter().filter(|(_, waiting)| waiting.due <= now).map(|(target, _)| target.clone()).collect()
    }

    /// It was told, or there was nothing to tell any more (`quiet` false).
    pub fn done(&mut self, target: &Target, quiet: bool, now: Instant) {
        self.waiting.remove(target);
        if quiet {
            self.told.insert(target.clone(), now);
        }
    }

    /// It failed. Gives whether it will be tried again.
    pub fn failed(&mut self, target: &Target, now: Instant) -> bool {
        let Some(waiting) = self.waiting.get_mut(target) else { return false };
        if now >= waiting.since + GIVE_UP {
            self.waiting.remove(target);
            return false;
        }
        // 30 s · 2^7 is over an hour: no larger power is needed.
        waiting.due = now + (FIRST_WAIT * 2_u32.pow(waiting.failures.min(7))).min(LONGEST_WAIT);
        waiting.failures += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::NEWS;

    fn duty() -> Target {
        ("tong-dai".into(), Way::Mail)
    }

    #[test]
    fn ten_reports_at_once_are_one_notice_and_one_more_after_the_quiet() {
        let (mut queue, start) = (Queue::default(), Instant::now());
        (0..10).for_each(|_| queue.add(duty(), start));
        assert_eq!(queue.due(start), [duty()]);
        queue.done(&duty(), true, start);
        assert_eq!(queue.next_due(), None);
        queue.add(duty(), start + Duration::from_secs(1));
        assert!(queue.due(start + Duration::from_secs(1)).is_empty());
        assert_eq!(queue.due(start + QUIET), [duty()]);
    }

    #[test]
    fn each_event_of_a_webhook_has_a_quiet_of_its_own() {
        let (mut queue, now) = (Queue::default(), Instant::now());
        let call = |event| ("tong-dai".to_owned(), Way::Webhook(event));
        queue.add(call("person_wrote"), now);
        queue.done(&call("person_wrote"), true, now);
        queue.add(call("person_wrote"), now);
        queue.add(call("referral_accepted"), now);
        assert_eq!(queue.due(now), [call("referral_accepted")]);
    }

    #[test]
    fn a_failed_notice_waits_longer_each_time_and_ends_after_a_day() {
        let (mut queue, start) = (Queue::default(), Instant::now());
        queue.add(duty(), start);
        let mut waits = Vec::new();
        let mut now = start;
        while queue.failed(&duty(), now) {
            let due = queue.next_due().unwrap();
            waits.push((due - now).as_secs());
            now = due;
        }
        assert_eq!(waits[..8], [30, 60, 120, 240, 480, 960, 1920, 3600]);
        assert!(now - start <= GIVE_UP + LONGEST_WAIT && waits.len() < 50, "{}", waits.len());
        assert_eq!(queue.next_due(), None);
    }

    #[test]
    fn what_nobody_opened_any_more_is_told_at_once_next_time() {
        let (mut queue, now) = (Queue::default(), Instant::now());
        queue.add(duty(), now);
        queue.done(&duty(), false, now);
        queue.add(duty(), now);
        assert_eq!(queue.due(now), [duty()]);
    }

    #[test]
    fn memory_stays_bounded() {
        let (mut queue, now) = (Queue::default(), Instant::now());
        (0..20_000).for_each(|n| queue.add((n.to_string(), Way::Webhook(NEWS)), now));
        assert_eq!(queue.waiting.len(), MOST);
    }
}
