//! What was begun and waits for its other half, in memory: each serves once, for a few minutes.

use crate::report::Bytes;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// From the question to its answer.
const WAITED: Duration = Duration::from_mins(5);
/// More at once than this, and the oldest are forgotten.
const MOST: usize = 2_000;

/// Questions by the random number that their answer names.
pub(super) struct Once<T>(Mutex<HashMap<[u8; 16], (Instant, T)>>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Once<T> {
    pub fn keep(&self, id: [u8; 16], question: T) {
        let now = Instant::now();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, (since, _)| now < *since + WAITED);
        if waiting.len() >= MOST
            && let Some(oldest) = waiting.iter().min_by_key(|(_, (since, _))| *since).map(|(id, _)| *id)
        {
            waiting.remove(&oldest);
        }
        waiting.insert(id, (now, question));
    }

    pub fn take(&self, id: [u8; 16]) -> Option<T> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, question) = waiting.remove(&id)?;
        (since.elapsed() < WAITED).then_some(question)
    }

    pub fn take_bytes(&self, id: &Bytes) -> Option<T> {
        self.take(id.exactly().ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_answered_once_and_memory_stays_bounded() {
        let once = Once::default();
        let id = |n: u32| {
            let mut id = [0; 16];
            id[..4].copy_from_slice(&n.to_be_bytes());
            id
        };
        for n in 0..3_000 {
            once.keep(id(n), n);
        }
        assert_eq!(once.0.lock().unwrap().len(), MOST);
        assert_eq!(once.take(id(2_999)), Some(2_999));
        assert_eq!(once.take(id(2_999)), None);
        assert_eq!(once.take(id(0)), None);
    }
}
