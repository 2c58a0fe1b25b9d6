//! Asking an authority, over HTTP as RFC 3161 says (section 3.4).

use crate::{Authorities, TokenError, request};
use getrandom::{SysRng, rand_core::TryRng};
use std::{sync::Arc, time::Duration};

const PATIENCE: Duration = Duration::from_secs(20);
/// An answer with a chain of certificates takes 6 KB.
const MOST_BYTES: u64 = 64 * 1024;
/// How far the authority's clock and ours may be apart, in seconds: one of them would be wrong.
const APART_MOST: u64 = 300;

/// An authority, as the operator named it.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Where it is asked.
    pub url: String,
    /// The certificates that are believed.
    pub authorities: Arc<Authorities>,
}

/// Why there is no time-stamp now. Worth another try.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// No connection, no answer in time, or another answer than 200. The address is left out: it may hold a secret.
    #[error("the time-stamp authority doesn't answer: {0}")]
    NoAnswer(&'static str),
    /// Its answer isn't believed.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Its clock and ours are far apart.
    #[error("the authority's clock is {0} s from this machine's; one of them is wrong")]
    Clock(u64),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
}

impl Authority {
    /// Asks for a time over this SHA-256 and waits; gives the answer (DER) once it was judged. `now`: seconds since 1970.
    pub fn ask(&self, hash: &[u8; 32], now: u64) -> Result<Vec<u8>, AskError> {
        let mut nonce = [0; 8];
        SysRng.try_fill_bytes(&mut nonce).map_err(|_| AskError::Random)?;
        let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build();
        let answer = ureq::Agent::new_with_config(config)
            .post(&self.url)
            .header("content-type", "application/timestamp-query")
            .header("accept", "application/timestamp-reply")
            .send(&request(hash, &nonce)[..]);
        let mut answer = answer.map_err(|error| AskError::NoAnswer(kind(&error)))?;
        if answer.status().as_u16() != 200 {
            return Err(AskError::NoAnswer("it answered with another status than 200"));
        }
        let body = answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        let response = body.map_err(|error| AskError::NoAnswer(kind(&error)))?;
        let judged = self.authorities.judge(&response, hash, Some(&nonce))?;
        let apart = judged.time.abs_diff(now);
        if apart > APART_MOST { Err(AskError::Clock(apart)) } else { Ok(response) }
    }
}

const fn kind(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::StatusCode(_) => "it answered with another status than 200",
        ureq::Error::Timeout(_) => "not in time",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "its certificate or TLS did not fit",
        ureq::Error::BodyExceedsLimit(_) => "its answer is too long",
        _ => "no connection, or it speaks no HTTP",
    }
}
