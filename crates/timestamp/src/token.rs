//! The answer: what it says, and whether it may be believed.

use crate::der::{INTEGER, OCTETS, OID, Reader, SEQUENCE, SET, TIME, Value, context};
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::digest;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert, ring as algorithms};

/// Why an answer isn't believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a `TimeStampResp` around a signed `TSTInfo`.
    #[error("this is no time-stamp")]
    NotOne,
    /// The authority refused; its status.
    #[error("the authority refused, with status {0}")]
    Refused(u8),
    /// It is about another hash.
    #[error("the time-stamp is over something else")]
    OtherHash,
    /// It answers another question.
    #[error("the time-stamp answers another question")]
    OtherNonce,
    /// Its signature or what it is bound to doesn't fit.
    #[error("the signature of the time-stamp doesn't fit")]
    Signature,
    /// An algorithm that isn't judged here: SHA-256 to SHA-512 with RSA of 2048 bits or more, P-256 or P-384 are.
    #[error("the time-stamp is signed in a way that isn't known here")]
    Algorithm,
    /// No certificate that is believed stands behind it.
    #[error("the time-stamp comes from an authority that isn't believed here")]
    OtherAuthority,
    /// The authority's certificate was not in force at that time.
    #[error("the authority's certificate was not in force when it gave the time-stamp")]
    NotInForce,
    /// The authority's certificate isn't one for time-stamps.
    #[error("the authority's certificate isn't one for time-stamps")]
    OtherUse,
}

/// An answer that is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The authority's time, in whole seconds since 1970.
    pub time: u64,
    /// The name in its certificate; empty where it has none that can be read.
    pub name: String,
}

/// No PEM certificate is in it, or one that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no certificate in it: it must have -----BEGIN CERTIFICATE-----")]
pub struct NoCertificate;

/// Certificates that are believed.
#[derive(Clone, Debug)]
pub struct Authorities(Vec<CertificateDer<'static>>);

/// `1.3.6.1.5.5.7.3.8`, time-stamping.
const TIME_STAMPING: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 8];
/// Those between signer and root may leave it open; the signer must have it ([`is_for_time_stamps`]).
const USAGE: KeyUsage = KeyUsage::required_if_present(TIME_STAMPING);
const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x25];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 1, 4];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNING_CERTIFICATE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 2, 12];
const SIGNING_CERTIFICATE_V2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 2, 47];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
const SHA384: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
const SHA512: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];
const COMMON_NAME: &[u8] = &[0x55, 4, 3];

impl Authorities {
    /// From PEM: every certificate in it is believed.
    pub fn from_pem(pem: &str) -> Result<Self, NoCertificate> {
        let mut certificates = Vec::new();
        for block in pem.split("-----BEGIN CERTIFICATE-----").skip(1) {
            let (body, _) = block.split_once("-----END CERTIFICATE-----").ok_or(NoCertificate)?;
            let body: String = body.split_whitespace().collect();
            let certificate = CertificateDer::from(STANDARD.decode(body).map_err(|_| NoCertificate)?);
            anchor_from_trusted_cert(&certificate).map_err(|_| NoCertificate)?;
            certificates.push(certificate);
        }
        if certificates.is_empty() { Err(NoCertificate) } else { Ok(Self(certificates)) }
    }

    /// Whether this answer (`TimeStampResp`, DER) is a time-stamp over this SHA-256, given by somebody who is believed,
    /// with a certificate that was in force then. `nonce`: what was asked, where it is still known.
    pub fn judge(&self, response: &[u8], hash: &[u8; 32], nonce: Option<&[u8; 8]>) -> Result<Judged, TokenError> {
        let token = Token::read(response)?;
        let info = Info::read(token.content).ok_or(TokenError::NotOne)?;
        if info.hash != hash {
            return Err(TokenError::OtherHash);
        }
        if nonce.is_some_and(|nonce| info.nonce != Some(&crate::request::positive(*nonce)[..])) {
            return Err(TokenError::OtherNonce);
        }
        let certificate = token.signer()?;
        let signer = EndEntityCert::try_from(&certificate).map_err(|_| TokenError::NotOne)?;
        token.signed(&signer)?;
        if !is_for_time_stamps(&certificate).unwrap_or(false) {
            return Err(TokenError::OtherUse);
        }
        let anchors: Vec<TrustAnchor<'_>> =
            self.0.iter().filter_map(|one| anchor_from_trusted_cert(one).ok()).collect();
        let between: Vec<_> = token.certificates.iter().map(|one| CertificateDer::from(*one)).collect();
        let at = UnixTime::since_unix_epoch(Duration::from_secs(info.time));
        let path = signer.verify_for_usage(webpki::ALL_VERIFICATION_ALGS, &anchors, &between, at, USAGE, None, None);
        path.map_err(|error| match error {
            webpki::Error::CertExpired { .. } | webpki::Error::CertNotValidYet { .. } => TokenError::NotInForce,
            webpki::Error::RequiredEkuNotFoundContext(_) => TokenError::OtherUse,
            _ => TokenError::OtherAuthority,
        })?;
        Ok(Judged { time: info.time, name: name(&certificate).unwrap_or_default() })
    }
}

/// A signed answer, taken apart.
struct Token<'a> {
    /// The `TSTInfo`.
    content: &'a [u8],
    certificates: Vec<&'a [u8]>,
    /// Attributes that are signed, from their first tag on.
    attributes: Value<'a>,
    digest: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Token<'a> {
    fn read(response: &'a [u8]) -> Result<Self, TokenError> {
        let mut all = Reader(response);
        let mut answer = all.take(SEQUENCE).filter(|_| all.is_empty()).ok_or(TokenError::NotOne)?.read();
        let status = answer.take(SEQUENCE).and_then(|status| status.read().take(INTEGER)).ok_or(TokenError::NotOne)?;
        match status.inside {
            [0 | 1] => {}
            [status] => return Err(TokenError::Refused(*status)),
            _ => return Err(TokenError::NotOne),
        }
        Self::of(answer).ok_or(TokenError::NotOne)
    }

    fn of(mut answer: Reader<'a>) -> Option<Self> {
        let mut info = answer.take(SEQUENCE).filter(|_| answer.is_empty())?.read();
        info.take(OID).filter(|kind| kind.inside == SIGNED_DATA)?;
        let mut data = info.take(context(0))?.read().take(SEQUENCE)?.read();
        data.take(INTEGER)?;
        data.take(SET)?;
        let mut inner = data.take(SEQUENCE)?.read();
        inner.take(OID).filter(|kind| kind.inside == TST_INFO)?;
        let content = inner.take(context(0))?.read().take(OCTETS)?.inside;
        let mut certificates = Vec::new();
        if let Some(list) = data.take_if(context(0)) {
            let mut list = list.read();
            while !list.is_empty() {
                certificates.push(list.next()?.whole);
            }
        }
        data.take_if(context(1));
        let mut signers = data.take(SET)?.read();
        let mut signer = signers.take(SEQUENCE).filter(|_| signers.is_empty())?.read();
        signer.take(INTEGER)?;
        // Who signed, by issuer and number or by key: found by its hash instead.
        signer.next()?;
        let digest = signer.take(SEQUENCE)?.read().take(OID)?.inside;
        let attributes = signer.take(context(0))?;
        signer.take(SEQUENCE)?;
        let signature = signer.take(OCTETS)?.inside;
        Some(Self { content, certificates, attributes, digest, signature })
    }

    /// The one value of an attribute.
    fn attribute(&self, kind: &[u8]) -> Option<Value<'a>> {
        let mut all = self.attributes.read();
        while let Some(attribute) = all.take(SEQUENCE) {
            let mut attribute = attribute.read();
            if attribute.take(OID)?.inside == kind {
                let mut values = attribute.take(SET)?.read();
                return values.next().filter(|_| values.is_empty());
            }
        }
        None
    }

    /// The certificate that the signature names by its hash.
    fn signer(&self) -> Result<CertificateDer<'a>, TokenError> {
        let named = |value: Value<'a>| value.read().take(SEQUENCE)?.read().take(SEQUENCE).map(|id| id.read());
        let (algorithm, hash) = if let Some(value) = self.attribute(SIGNING_CERTIFICATE_V2) {
            let mut id = named(value).ok_or(TokenError::NotOne)?;
            let algorithm = match id.take_if(SEQUENCE) {
                None => &digest::SHA256,
                Some(kind) => {
                    kind.read().take(OID).and_then(|kind| algorithm(kind.inside)).ok_or(TokenError::Algorithm)?
                }
            };
            (algorithm, id.take(OCTETS))
        } else {
            let value = self.attribute(SIGNING_CERTIFICATE).ok_or(TokenError::NotOne)?;
            (&digest::SHA1_FOR_LEGACY_USE_ONLY, named(value).and_then(|mut id| id.take(OCTETS)))
        };
        let hash = hash.ok_or(TokenError::NotOne)?.inside;
        let found = self.certificates.iter().find(|one| digest::digest(algorithm, one).as_ref() == hash);
        found.map(|one| CertificateDer::from(*one)).ok_or(TokenError::Signature)
    }

    /// Whether the content is what its attributes say, and the attributes are what the signer signed.
    fn signed(&self, signer: &EndEntityCert<'_>) -> Result<(), TokenError> {
        let kind = self.attribute(CONTENT_TYPE).ok_or(TokenError::NotOne)?;
        let hash = self.attribute(MESSAGE_DIGEST).ok_or(TokenError::NotOne)?;
        let algorithm = algorithm(self.digest).ok_or(TokenError::Algorithm)?;
        if kind.inside != TST_INFO || hash.inside != digest::digest(algorithm, self.content).as_ref() {
            return Err(TokenError::Signature);
        }
        // Signed is the set itself, without the tag under which it stands here (RFC 5652, 5.4).
        let mut set = self.attributes.whole.to_vec();
        set[0] = SET;
        let ways: &[&dyn SignatureVerificationAlgorithm] = match self.digest {
            SHA256 => {
                &[algorithms::RSA_PKCS1_2048_8192_SHA256, algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256]
            }
            SHA384 => {
                &[algorithms::RSA_PKCS1_2048_8192_SHA384, algorithms::ECDSA_P256_SHA384, algorithms::ECDSA_P384_SHA384]
            }
            _ => &[algorithms::RSA_PKCS1_2048_8192_SHA512],
        };
        let mut outcome = TokenError::Algorithm;
        for way in ways {
            match signer.verify_signature(*way, &set, self.signature) {
                Ok(()) => return Ok(()),
                Err(webpki::Error::InvalidSignatureForPublicKey) => outcome = TokenError::Signature,
                Err(_) => {}
            }
        }
        Err(outcome)
    }
}

fn algorithm(kind: &[u8]) -> Option<&'static digest::Algorithm> {
    match kind {
        SHA256 => Some(&digest::SHA256),
        SHA384 => Some(&digest::SHA384),
        SHA512 => Some(&digest::SHA512),
        _ => None,
    }
}

/// The `TSTInfo`.
struct Info<'a> {
    hash: &'a [u8],
    time: u64,
    nonce: Option<&'a [u8]>,
}

impl<'a> Info<'a> {
    fn read(content: &'a [u8]) -> Option<Self> {
        let mut all = Reader(content);
        let mut info = all.take(SEQUENCE).filter(|_| all.is_empty())?.read();
        info.take(INTEGER).filter(|version| version.inside == [1])?;
        info.take(OID)?;
        let mut imprint = info.take(SEQUENCE)?.read();
        imprint.take(SEQUENCE)?.read().take(OID).filter(|kind| kind.inside == SHA256)?;
        let hash = imprint.take(OCTETS)?.inside;
        info.take(INTEGER)?;
        let time = seconds(info.take(TIME)?.inside)?;
        info.take_if(SEQUENCE);
        info.take_if(0x01);
        let nonce = info.take_if(INTEGER).map(|nonce| nonce.inside);
        Some(Self { hash, time, nonce })
    }
}

/// `20261126093000Z`, or with a fraction, which is dropped.
fn seconds(text: &[u8]) -> Option<u64> {
    let (digits, rest) = text.split_at_checked(14)?;
    let end = rest.strip_prefix(b".").map_or(rest, |fraction| fraction.trim_ascii_start());
    let fraction = end.strip_suffix(b"Z")?;
    if !fraction.iter().chain(digits).all(u8::is_ascii_digit) || (rest.len() > 1 && rest[0] != b'.') {
        return None;
    }
    let number =
        |from: usize, to: usize| digits[from..to].iter().fold(0_u64, |n, digit| n * 10 + u64::from(digit - b'0'));
    let (year, month, day) = (number(0, 4), number(4, 6), number(6, 8));
    let (hour, minute, second) = (number(8, 10), number(10, 12), number(12, 14));
    if year < 1970 || !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60
    {
        return None;
    }
    // Days since 1970 (Howard Hinnant's `days_from_civil`).
    let shifted = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (shifted / 400, shifted % 400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

/// What stands in a certificate from its subject on.
fn from_subject(certificate: &[u8]) -> Option<Reader<'_>> {
    let mut body = Reader(certificate).take(SEQUENCE)?.read().take(SEQUENCE)?.read();
    body.take_if(context(0));
    body.take(INTEGER)?;
    // Algorithm, issuer, validity.
    for _ in 0..3 {
        body.take(SEQUENCE)?;
    }
    Some(body)
}

/// Whether a certificate is one for time-stamps.
fn is_for_time_stamps(certificate: &[u8]) -> Option<bool> {
    let mut body = from_subject(certificate)?;
    // Subject and key; two old fields that nobody uses.
    body.take(SEQUENCE)?;
    body.take(SEQUENCE)?;
    body.take_if(0x81);
    body.take_if(0x82);
    let mut extensions = body.take(context(3))?.read().take(SEQUENCE)?.read();
    while let Some(extension) = extensions.take(SEQUENCE) {
        let mut extension = extension.read();
        if extension.take(OID)?.inside != EXTENDED_KEY_USAGE {
            continue;
        }
        extension.take_if(0x01);
        let mut uses = extension.take(OCTETS)?.read().take(SEQUENCE)?.read();
        while let Some(one) = uses.take(OID) {
            if one.inside == TIME_STAMPING {
                return Some(true);
            }
        }
    }
    Some(false)
}

/// The common name of a certificate's subject, the last one of it.
fn name(certificate: &[u8]) -> Option<String> {
    let mut body = from_subject(certificate)?;
    let mut parts = body.take(SEQUENCE)?.read();
    let mut name = None;
    while let Some(part) = parts.take(SET) {
        let mut part = part.read().take(SEQUENCE)?.read();
        if part.take(OID)?.inside == COMMON_NAME {
            name = std::str::from_utf8(part.next()?.inside).ok();
        }
    }
    name.map(|name| name.chars().filter(|letter| !letter.is_control()).take(100).collect())
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn times_with_and_without_fractions_are_read_and_others_refused() {
        assert_eq!(seconds(b"19700101000000Z"), Some(0));
        assert_eq!(seconds(b"20261126023000Z"), Some(1_795_660_200));
        assert_eq!(seconds(b"20261126023000.123Z"), Some(1_795_660_200));
        assert_eq!(seconds(b"20000229000000Z"), Some(951_782_400));
        for wrong in [
            &b"20261126023000"[..],
            b"20261126023000+0700",
            b"20261326023000Z",
            b"2026112602300Z",
            b"20261126023000xZ",
            b"",
        ] {
            assert_eq!(seconds(wrong), None, "{wrong:?}");
        }
    }
}
