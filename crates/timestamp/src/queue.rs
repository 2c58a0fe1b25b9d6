//! Asking for whatever waits in the store, for as long as the server runs.

use crate::{AskError, Authority};
use ring::digest::{SHA256, digest};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::{Store, StoreError, WaitingStamp};

/// How often the store is asked what is due: somebody waits for it before her screen.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// The wait after the first failure in seconds; each further one doubles it.
const FIRST_WAIT: i64 = 5;
/// The longest wait between two tries, in seconds.
const LONGEST_WAIT: i64 = 3600;
/// How many are asked for in one round.
const AT_ONCE: i64 = 16;

/// Asks for what waits, now and for as long as the runtime lives. A restart forgets nothing: all of it is in the store.
pub async fn keep_asking(store: Store, authority: Authority) {
    let mut every = tokio::time::interval(LOOK_EVERY);
    loop {
        every.tick().await;
        match round(&store, &authority).await {
            Ok(()) | Err(StoreError::Closing) => {}
            Err(error) => tracing::error!(%error, "the store failed; time-stamps are tried again"),
        }
    }
}

async fn round(store: &Store, authority: &Authority) -> Result<(), StoreError> {
    for waiting in store.stamps_due(now(), AT_ONCE).await? {
        let (asked, hash) = (authority.clone(), hash(&waiting));
        let answered = tokio::task::spawn_blocking(move || asked.ask(&hash, now().cast_unsigned())).await;
        match answered.unwrap_or(Err(AskError::NoAnswer("the asking itself broke off"))) {
            Ok(response) => {
                metrics::counter!("haidang_time_stamps_total", "outcome" => "given").increment(1);
                store.stamp_came(waiting.root, response).await?;
            }
            Err(error) => {
                metrics::counter!("haidang_time_stamps_total", "outcome" => "failed").increment(1);
                tracing::warn!(%error, tries = waiting.tries + 1, "no time-stamp yet");
                store.stamp_failed(waiting.root, now() + pause(waiting.tries)).await?;
            }
        }
    }
    Ok(())
}

fn hash(waiting: &WaitingStamp) -> [u8; 32] {
    digest(&SHA256, &waiting.signed).as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// Seconds until the next try.
fn pause(tries: i64) -> i64 {
    // 5 s · 2^10 is over an hour: no larger power is needed.
    (FIRST_WAIT << tries.clamp(0, 10)).min(LONGEST_WAIT)
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().cast_signed()
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn pauses_grow_up_to_an_hour() {
        assert_eq!([0, 1, 2, 9, 10, 99].map(pause), [5, 10, 20, 2560, 3600, 3600]);
    }
}
