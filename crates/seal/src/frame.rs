//! What lies inside the seal: a front, the content, zeros.
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | `HDF1` |
//! | 32 | nonce of the log leaf, random |
//! | 8 | length of the content in bytes, big endian |
//! | n | content |
//! | rest | zeros, up to [`padded`] of all that stands before |

use crate::OpenError;

pub(crate) const FRONT: usize = 44;
const MAGIC: &[u8; 4] = b"HDF1";
/// The smallest frame: a message of a few words looks like one of a few sentences.
const FLOOR: u64 = 512;
/// 1 TiB: more is a mistake, and lengths below it can be added without overflow.
pub(crate) const LENGTH_MAX: u64 = 1 << 40;

/// The size to which a frame of `length` bytes is padded: Padmé (Nikitin et al., "Reducing Metadata Leakage from
/// Encrypted Files and Communication with PURBs", 2019), which leaks O(log log length) bits and adds at most 12 %; at
/// least 512.
pub(crate) const fn padded(length: u64) -> u64 {
    if length <= FLOOR {
        return FLOOR;
    }
    let exponent = length.ilog2();
    let free = exponent - (exponent.ilog2() + 1);
    let mask = (1 << free) - 1;
    (length + mask) & !mask
}

pub(crate) struct Front {
    pub(crate) nonce: [u8; 32],
    pub(crate) length: u64,
}

impl Front {
    pub(crate) fn to_bytes(&self) -> [u8; FRONT] {
        let mut bytes = [0; FRONT];
        bytes[..4].copy_from_slice(MAGIC);
        bytes[4..36].copy_from_slice(&self.nonce);
        bytes[36..].copy_from_slice(&self.length.to_be_bytes());
        bytes
    }

    pub(crate) fn parse(bytes: &[u8; FRONT]) -> Result<Self, OpenError> {
        let length = bytes[36..].iter().fold(0, |length, byte| (length << 8) | u64::from(*byte));
        if &bytes[..4] != MAGIC || length > LENGTH_MAX {
            return Err(OpenError::Frame);
        }
        let mut nonce = [0; 32];
        nonce.copy_from_slice(&bytes[4..36]);
        Ok(Self { nonce, length })
    }

    /// Zeros after the content.
    pub(crate) const fn padding(&self) -> u64 {
        padded(FRONT as u64 + self.length) - FRONT as u64 - self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_the_paper_and_cost_at_most_an_eighth() {
        assert_eq!([padded(0), padded(512), padded(513), padded(1000)], [512, 512, 544, 1024]);
        assert_eq!(padded(400_000_000), 402_653_184);
        for length in (512..100_000).chain((1..1000).map(|n| n * 1_234_567)) {
            let size = padded(length);
            assert!(size >= length && size - length <= length / 8, "{length} became {size}");
            assert_eq!(padded(size), size, "a padded size stays as it is");
        }
    }

    #[test]
    fn a_front_comes_back_and_a_foreign_one_is_refused() {
        let front = Front { nonce: [7; 32], length: 99 };
        let mut bytes = front.to_bytes();
        let back = Front::parse(&bytes).unwrap();
        assert_eq!((back.nonce, back.length), (front.nonce, front.length));
        bytes[3] = b'2';
        assert_eq!(Front::parse(&bytes).err(), Some(OpenError::Frame));
        let huge = Front { nonce: [0; 32], length: u64::MAX };
        assert_eq!(Front::parse(&huge.to_bytes()).err(), Some(OpenError::Frame));
    }
}
