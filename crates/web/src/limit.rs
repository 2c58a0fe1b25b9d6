//! How often one network may have a text checked on the server. Kept in memory, forgotten within minutes; the network
//! is a coarse prefix, and nothing of it is ever written down.

use std::{
    collections::HashMap,
    hash::Hash,
    num::NonZeroU32,
    sync::Mutex,
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

/// More networks than this at once, and the fullest buckets are forgotten first.
const MAX_NETWORKS: usize = 50_000;

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
        let burst = f64::from(burst.get());
        let per_second = f64::from(self.rate.per_second.get());
        // What a single request may cost never exceeds the bucket, or it could never be answered.
        let cost = f64::from(cost).min(burst);
        let mut buckets = self.buckets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= MAX_NETWORKS {
            buckets.retain(|_, b| b.tokens + now.saturating_duration_since(b.at).as_secs_f64() * per_second < burst);
            if buckets.len() >= MAX_NETWORKS {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(network).or_insert(Bucket { tokens: burst, at: now });
        let refill = now.saturating_duration_since(bucket.at).as_secs_f64() * per_second;
        bucket.tokens = (bucket.tokens + refill).min(burst);
        bucket.at = now;
        if bucket.tokens >= cost {
            bucket.tokens -= cost;
            Ok(())
        } else {
            Err(Duration::from_secs_f64((cost - bucket.tokens) / per_second))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn memory_stays_bounded() {
        let (limiter, now) = (limiter(2, 1), Instant::now());
        for network in 0..200_000 {
            limiter.take(network, 1, now).unwrap();
        }
        assert!(limiter.buckets.lock().unwrap().len() <= MAX_NETWORKS);
    }
}
