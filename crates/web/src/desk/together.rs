//! One reading for all who ask for the same at the same time. Whenever something is new, every open desk of an organisation
//! reads the same page of its queue anew; whoever asks while a reading is under way gets the next one, which begins after
//! that question: nobody is answered with what stood before it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// Its beginning, and what was read.
type Last<T> = Arc<tokio::sync::Mutex<Option<(Instant, T)>>>;

/// Readings under way, by what they read.
pub(crate) struct Together<T>(Mutex<HashMap<String, Last<T>>>);

impl<T> Default for Together<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Together<T> {
    /// What `read` gives, or what it gave to somebody else who asked for this `key`, if that began after this question.
    pub async fn read<E>(&self, key: String, read: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let asked = Instant::now();
        let last = Arc::clone(self.readings().entry(key.clone()).or_default());
        let found = {
            let mut last = last.lock().await;
            match &*last {
                Some((begun, found)) if *begun >= asked => Ok(found.clone()),
                _ => {
                    let begun = Instant::now();
                    read.await.inspect(|found| *last = Some((begun, found.clone())))
                }
            }
        };
        drop(last);
        // Nothing stays that nobody waits for, nor what was waited for by somebody who went away.
        self.readings().retain(|_, last| Arc::strong_count(last) > 1);
        found
    }

    fn readings(&self) -> MutexGuard<'_, HashMap<String, Last<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        convert::Infallible,
        sync::atomic::{AtomicU32, Ordering::Relaxed},
        time::Duration,
    };

    #[tokio::test]
    async fn who_asks_meanwhile_shares_the_next_reading_and_gets_nothing_older() {
        let (together, stands) = (Together::default(), AtomicU32::new(0));
        let (together, stands, readings) = (&together, &stands, &AtomicU32::new(0));
        let asks = |delay: u64| async move {
            tokio::time::sleep(Duration::from_millis(delay)).await;
            let before = stands.fetch_add(1, Relaxed) + 1;
            let read = async {
                readings.fetch_add(1, Relaxed);
                let found = stands.load(Relaxed);
                tokio::time::sleep(Duration::from_millis(100)).await;
                Ok::<_, Infallible>(found)
            };
            let Ok(found) = together.read("queue".to_owned(), read).await;
            assert!(found >= before, "{found} was read before {before} was asked");
        };
        tokio::join!(asks(0), asks(20), asks(40), asks(60));
        assert_eq!(readings.load(Relaxed), 2, "three asked while the first was read");
        assert!(together.readings().is_empty(), "nothing stays");
    }
}
