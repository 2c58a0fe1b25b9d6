//! How often one network may have a text checked on the server. Kept in memory; a network is forgotten within a minute
//! after its bucket is full again (by default 40 s after its last check). It is a coarse prefix, and nothing of it is
//! ever written down.

use std::{
    collections::HashMap,
    hash::Hash,
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};

/// A bucket of tokens a network.
#[derive(Clone, Copy, Debug)]
pub struct RateLimit {
    /// Checks at once before the limit bites; a batch counts each of its items. None: no limit.
    pub burst: Option<NonZeroU32>,
    /// Checks a second in the long run.
    pub per_second: NonZeroU32,
}

impl Default for RateLimit {
    fn default() -> Self {
        Self { burst: NonZeroU32::new(2_000), per_second: NonZeroU32::new(50).expect("50 is not 0") }
    }
}

impl RateLimit {
    /// No limit at all, for a server that only its own platform reaches.
    pub fn unlimited() -> Self {
        Self { burst: None, ..Self::default() }
    }
}

/// More networks than this at once, and all are forgotten.
const MAX_NETWORKS: usize = 50_000;
/// How often full buckets are looked for.
const SWEEP: Duration = Duration::from_mins(1);

pub(crate) struct Limiter<K> {
    rate: RateLimit,
    buckets: Mutex<HashMap<K, Bucket>>,
}

struct Bucket {
    tokens: f64,
    at: Instant,
}

impl<K: Eq + Hash + Copy> Limiter<K> {
    pub fn new(rate: RateLimit) -> Self {
        Self { rate, buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes `cost` tokens, or says how long to wait for them.
    pub fn take(&self, network: K, cost: u32, now: Instant) -> Result<(), Duration> {
        let Some(burst) = self.rate.burst else { return Ok(()) };
        let (burst, per_second) = (f64::from(burst.get()), self.per_second());
        // What a single request may cost never exceeds the bucket, or it could never be answered.
        let cost = f64::from(cost).min(burst);
        if self.buckets().len() >= MAX_NETWORKS {
            self.sweep(now);
        }
        let mut buckets = self.buckets();
        if buckets.len() >= MAX_NETWORKS {
            buckets.clear();
        }
        let bucket = buckets.entry(network).or_insert(Bucket { tokens: burst, at: now });
        bucket.tokens = bucket.tokens_at(now, per_second).min(burst);
        bucket.at = now;
        if bucket.tokens >= cost {
            bucket.tokens -= cost;
            Ok(())
        } else {
            Err(Duration::from_secs_f64((cost - bucket.tokens) / per_second))
        }
    }

    /// Forgets every network whose bucket is full again: it is where a stranger would be.
    pub fn sweep(&self, now: Instant) {
        let burst = self.rate.burst.map_or(0.0, |burst| burst.get().into());
        let mut buckets = self.buckets();
        buckets.retain(|_, bucket| bucket.tokens_at(now, self.per_second()) < burst);
        // After a flood of networks their room is given back as well.
        buckets.shrink_to(1_024);
    }

    fn per_second(&self) -> f64 {
        self.rate.per_second.get().into()
    }

    fn buckets(&self) -> MutexGuard<'_, HashMap<K, Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bucket {
    fn tokens_at(&self, now: Instant, per_second: f64) -> f64 {
        self.tokens + now.saturating_duration_since(self.at).as_secs_f64() * per_second
    }
}

/// Sweeps once a minute, asked or not, until the limiter is dropped.
pub(crate) async fn keep_swept<K: Eq + Hash + Copy>(limiter: Weak<Limiter<K>>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let Some(limiter) = limiter.upgrade() else { return };
        limiter.sweep(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn limiter(burst: u32, per_second: u32) -> Limiter<u64> {
        Limiter::new(RateLimit { burst: NonZeroU32::new(burst), per_second: NonZeroU32::new(per_second).unwrap() })
    }

    #[test]
    fn a_network_waits_and_the_next_one_does_not() {
        let (limiter, now) = (limiter(3, 1), Instant::now());
        for _ in 0..3 {
            limiter.take(1, 1, now).unwrap();
        }
        assert_eq!(limiter.take(1, 1, now), Err(Duration::from_secs(1)));
        limiter.take(2, 1, now).unwrap();
        limiter.take(1, 1, now + Duration::from_secs(1)).unwrap();
    }

    #[test]
    fn a_batch_larger_than_the_bucket_is_answered_once_it_is_full() {
        let (limiter, now) = (limiter(10, 1), Instant::now());
        limiter.take(1, 1_000, now).unwrap();
        assert!(limiter.take(1, 1_000, now).is_err());
        limiter.take(1, 1_000, now + Duration::from_secs(10)).unwrap();
    }

    #[test]
    fn a_network_is_forgotten_once_its_bucket_is_full_and_not_before() {
        let (limiter, now) = (limiter(10, 1), Instant::now());
        let after = |seconds| now + Duration::from_secs(seconds);
        let known = || limiter.buckets().len();
        limiter.take(1, 2, now).unwrap();
        limiter.take(2, 9, now).unwrap();
        limiter.sweep(after(1));
        assert_eq!(known(), 2, "both wait for their tokens");
        limiter.sweep(after(5));
        assert_eq!(known(), 1, "the first has all of them again");
        assert!(limiter.take(2, 10, after(5)).is_err(), "forgetting makes nobody a stranger too early");
        limiter.sweep(after(60));
        assert_eq!(known(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn networks_are_forgotten_without_another_request() {
        let limiter = Arc::new(limiter(10, 1_000_000));
        tokio::spawn(keep_swept(Arc::downgrade(&limiter)));
        limiter.take(1, 1, Instant::now()).unwrap();
        tokio::time::sleep(SWEEP + Duration::from_secs(1)).await;
        assert_eq!(limiter.buckets().len(), 0);
    }

    #[test]
    fn memory_stays_bounded() {
        let (limiter, now) = (limiter(2, 1), Instant::now());
        for network in 0..200_000 {
            limiter.take(network, 1, now).unwrap();
        }
        assert!(limiter.buckets.lock().unwrap().len() <= MAX_NETWORKS);
    }
}
