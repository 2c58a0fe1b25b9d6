//! A signed call without content.
//!
//! `POST`, `Content-Type: application/json`, body `{"event":"…","organisation":"…","at":1764100000}`, and the header
//! `Haidang-Signature: t=1764100000,v1=HEX` where HEX is HMAC-SHA256, with the organisation's key, over
//! `t`, a full stop and the body. Refuse what is older than five minutes. Any answer of 2xx is taken as heard.
//!
//! `event` is a word of [`store::Happening`], [`UNOPENED`] or [`NEWS`]; never which case, and nothing of it.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::time::Duration;

/// The header of the signature.
pub const SIGNATURE: &str = "haidang-signature";
/// Something else is new, or the server has just started: look.
pub const NEWS: &str = "news";
/// Nobody has opened a report of danger for half an hour.
pub const UNOPENED: &str = "unopened";
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a call was not heard.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No answer of 2xx. The address is left out: it may hold a secret.
    #[error("the page of the webhook did not take it: {}", kind(.0))]
    Refused(#[from] ureq::Error),
}

/// Calls and waits for the answer. Follows no redirect: where it leads was never agreed on.
///
/// # Errors
/// Worth another try.
pub fn tell(url: &str, key: &[u8], event: &str, organisation: &str, at: i64) -> Result<(), CallError> {
    let body = body(event, organisation, at);
    let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build();
    let answer = ureq::Agent::new_with_config(config)
        .post(url)
        .header("content-type", "application/json")
        .header(SIGNATURE, signature(key, at, &body))
        .send(&body)?;
    // A redirect that isn't followed comes back as an answer like any other.
    let status = answer.status();
    if status.is_success() { Ok(()) } else { Err(ureq::Error::StatusCode(status.as_u16()).into()) }
}

fn kind(error: &ureq::Error) -> String {
    match error {
        ureq::Error::StatusCode(code) => format!("it answered {code}"),
        ureq::Error::Timeout(_) => "it did not answer in time".into(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "its certificate or TLS did not fit".into(),
        _ => "no connection, or it speaks no HTTP".into(),
    }
}

/// Ids and words are letters, digits and dashes: nothing needs an escape.
fn body(event: &str, organisation: &str, at: i64) -> String {
    format!("{{\"event\":\"{event}\",\"organisation\":\"{organisation}\",\"at\":{at}}}")
}

/// What stands in the header.
pub fn signature(key: &[u8], at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length does");
    mac.update(format!("{at}.{body}").as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_what_anybody_computes_by_the_rule() {
        // printf '1764100000.{"event":"news","organisation":"111","at":1764100000}' | openssl dgst -sha256 -hmac key
        let signed = signature(b"key", 1_764_100_000, &body(NEWS, "111", 1_764_100_000));
        assert_eq!(signed, "t=1764100000,v1=35aecec7be4178cbfa653fea271b4c1203e1184729c2faf96657ebe8a3ed5a65");
    }
}
