//! The code generator (TOTP, RFC 6238): its secret, and the picture by which a phone takes it.

use crate::{
    Site,
    report::{Bytes, Refusal, respond},
};
use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use qrcode::{Color, EcLevel, QrCode};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Seconds that one code holds.
const STEP_SECONDS: i64 = 30;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    invitation: Bytes,
}

/// `POST /api/v1/desk/code`: a new secret for whoever holds an invitation, as bytes, as letters, and as the dots of a
/// QR code row by row.
pub(super) async fn new(
    State(site): State<Site>,
    headers: HeaderMap,
    body: Result<Json<Wanted>, JsonRejection>,
) -> Response {
    let made = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let Json(body) = body?;
        let invitation = house.store.invitation(Sha256::digest(&body.invitation.0).into(), site.seconds()).await?;
        let secret: [u8; 20] = house.random();
        let letters = base32(&secret);
        // The id is letters, digits and dashes: nothing needs an escape.
        let address =
            format!("otpauth://totp/Hai%20Dang:{}?secret={letters}&issuer=Hai%20Dang", invitation.organisation);
        let picture = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| Refusal::OverLimit)?;
        let dots: String = picture.to_colors().iter().map(|dot| if *dot == Color::Dark { '1' } else { '0' }).collect();
        Ok(json!({
            "secret": Bytes(secret.to_vec()), "letters": letters, "width": picture.width(), "dots": dots,
        }))
    };
    respond(&headers, made.await)
}

/// RFC 4648, 6; 20 bytes need no padding.
fn base32(bytes: &[u8; 20]) -> String {
    let group = |five: &[u8]| {
        let bits = five.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        (0..8).map(move |letter| char::from(BASE32[(bits >> (35 - 5 * letter)) as usize & 31])).collect::<String>()
    };
    bytes.chunks(5).map(group).collect()
}

/// The 30-second step of this code: the present one, or a neighbour for a clock that is a little off.
pub(super) fn step(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    let totp = totp_rs::TOTP::new_unchecked(totp_rs::Algorithm::SHA1, 6, 0, 30, secret.to_vec());
    let code: String = code.split_whitespace().collect();
    let step = now / STEP_SECONDS;
    (step - 1..=step + 1).find(|step| {
        let right = totp.generate((step * STEP_SECONDS).cast_unsigned());
        bool::from(right.as_bytes().ct_eq(code.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_the_standard_says() {
        assert_eq!(base32(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn codes_are_as_the_standard_says_and_hold_a_little_longer() {
        // RFC 6238, appendix B, cut to six digits.
        let secret = b"12345678901234567890";
        assert_eq!(step(secret, "287082", 59), Some(1));
        assert_eq!(step(secret, " 081 804", 1_111_111_109), Some(1_111_111_109 / 30));
        assert_eq!(step(secret, "287082", 59 + 30), Some(1));
        assert_eq!(step(secret, "287082", 59 + 90), None);
        assert_eq!(step(secret, "", 59), None);
    }
}
