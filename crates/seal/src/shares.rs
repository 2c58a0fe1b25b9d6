//! An organisation's key in three printed parts, any two of which bring it back; one alone says nothing.
//!
//! Shamir's scheme over bytes (`blahaj`). A printed share is 40 bytes in 16 groups of 4 letters and digits:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version: 1 |
//! | 1 | number of the share: 1, 2 or 3 |
//! | 2 | number of the set, random: shares of two sets don't mix |
//! | 32 | the share |
//! | 4 | SHA-256 of `haidang share 1` and all that stands before, its first bytes |

use crate::{Key, hash::sha256};
use blahaj::Sharks;
use rand_core::CryptoRng;
use std::{fmt, str::FromStr};
use zeroize::{Zeroize, Zeroizing};

const LENGTH: usize = 40;
const SUMMED: usize = 36;
/// Without I, L, O and U, which look like 1, 1, 0 and V.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One of the three parts.
#[derive(Clone)]
pub struct Share([u8; LENGTH]);

/// Why shares don't bring the key back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// It is too short or too long.
    #[error("a share has 64 letters and digits; here are {0}")]
    Length(usize),
    /// A sign that no share contains.
    #[error("`{0}` is in no share")]
    Letter(char),
    /// Something was mistyped.
    #[error("something in this share was mistyped")]
    Checksum,
    /// Made by a newer program.
    #[error("this share is of version {0}, which is not known here")]
    Version(u8),
    /// The same share twice.
    #[error("this is the same share twice: a second one is needed")]
    Same,
    /// Of two different splits.
    #[error("these shares are not of the same set")]
    Sets,
}

/// Splits a key into three shares.
pub fn split_2_of_3(secret: &Key, rng: &mut impl CryptoRng) -> [Share; 3] {
    let mut set = [0; 2];
    rng.fill_bytes(&mut set);
    let mut dealer = Sharks(2).dealer_rng(secret.expose(), rng);
    [1, 2, 3].map(|number| {
        let dealt = dealer.next().map(|share| Zeroizing::new(Vec::from(&share)));
        let dealt = dealt.expect("blahaj deals up to 255 shares");
        let mut share = Share([0; LENGTH]);
        share.0[..4].copy_from_slice(&[1, number, set[0], set[1]]);
        share.0[4..SUMMED].copy_from_slice(&dealt[1..]);
        let sum = checksum(&share.0);
        share.0[SUMMED..].copy_from_slice(&sum);
        share
    })
}

/// Brings the key back out of two shares, in any order.
pub fn join(one: &Share, other: &Share) -> Result<Key, ShareError> {
    if one.0[2..4] != other.0[2..4] {
        return Err(ShareError::Sets);
    }
    if one.number() == other.number() {
        return Err(ShareError::Same);
    }
    let dealt = [one, other].map(|share| {
        let point = Zeroizing::new([&[share.number()], &share.0[4..SUMMED]].concat());
        blahaj::Share::try_from(point.as_slice()).expect("33 bytes are a share")
    });
    let secret = Zeroizing::new(Sharks(2).recover(&dealt).expect("two different shares of one length"));
    let mut bytes = Zeroizing::new([0; 32]);
    bytes.copy_from_slice(&secret);
    Ok(Key::from_bytes(*bytes))
}

impl Share {
    /// 1, 2 or 3.
    pub const fn number(&self) -> u8 {
        self.0[1]
    }

    /// As it is printed: 16 groups of 4, with spaces between them.
    pub fn print(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(80));
        for (group, bytes) in self.0.chunks(5).enumerate() {
            let bits = bytes.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
            for letter in 0..8 {
                if letter % 4 == 0 && (group, letter) != (0, 0) {
                    text.push(' ');
                }
                text.push(LETTERS[(bits >> (35 - 5 * letter)) as usize & 31] as char);
            }
        }
        text
    }
}

impl FromStr for Share {
    type Err = ShareError;

    /// Forgives small letters, any spaces and dashes, and O, I, L for 0 and 1.
    fn from_str(text: &str) -> Result<Self, ShareError> {
        let mut share = Self([0; LENGTH]);
        let mut count = 0;
        for typed in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.' | ',')) {
            let letter = match typed.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                letter => letter,
            };
            let value = LETTERS.iter().position(|l| *l as char == letter).ok_or(ShareError::Letter(typed))?;
            if count < 64 {
                for bit in 0..5 {
                    let at = count * 5 + bit;
                    share.0[at / 8] |= ((value >> (4 - bit) & 1) as u8) << (7 - at % 8);
                }
            }
            count += 1;
        }
        match share.0 {
            _ if count != 64 => Err(ShareError::Length(count)),
            bytes if bytes[SUMMED..] != checksum(&bytes) => Err(ShareError::Checksum),
            [1, 1..=3, ..] => Ok(share),
            [1, ..] => Err(ShareError::Checksum),
            [version, ..] => Err(ShareError::Version(version)),
        }
    }
}

fn checksum(share: &[u8; LENGTH]) -> [u8; 4] {
    let hash = sha256(&[b"haidang share 1", &share[..SUMMED]]);
    [hash[0], hash[1], hash[2], hash[3]]
}

impl Drop for Share {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share {}(hidden)", self.number())
    }
}
