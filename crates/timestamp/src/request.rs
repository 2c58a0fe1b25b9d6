//! The question: a `TimeStampReq` of RFC 3161.

use crate::der::{INTEGER, OCTETS, SEQUENCE, value};

/// `2.16.840.1.101.3.4.2.1`, with its tag and the empty parameters.
const SHA256: &[u8] = &[0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00];

/// Asks for a time over this SHA-256. The nonce is random: an old answer doesn't fit a new question. Its first bit is
/// taken off, so that it stays a positive number of eight bytes.
pub fn request(hash: &[u8; 32], nonce: &[u8; 8]) -> Vec<u8> {
    let imprint = value(SEQUENCE, &[SHA256, &value(OCTETS, hash)].concat());
    let certificates = [0x01, 0x01, 0xff];
    value(SEQUENCE, &[&value(INTEGER, &[1])[..], &imprint, &value(INTEGER, &positive(*nonce)), &certificates].concat())
}

/// The nonce as it stands in question and answer.
pub(crate) fn positive(nonce: [u8; 8]) -> [u8; 8] {
    let mut positive = nonce;
    // The first byte neither negative nor zero: then there is one way to write it.
    positive[0] = (positive[0] & 0x7f) | 0x40;
    positive
}
