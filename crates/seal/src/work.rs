//! Proof of work: how a flood of reports is slowed without asking who sends them.
//!
//! An answer is a number for which SHA-256(`haidang work 1` ‖ challenge ‖ number as 8 bytes, big endian) begins with
//! `bits` zero bits. Finding one takes 2^bits hashes on average; in 1 of 100 cases more than 4.6 times as many.

use sha2::{Digest, Sha256};

const LABEL: &[u8] = b"haidang work 1";

/// Tries `steps` numbers from `from` on; call it again with `from + steps` when nothing was found.
pub fn solve(challenge: &[u8], bits: u8, from: u64, steps: u64) -> Option<u64> {
    let start = Sha256::new().chain_update(LABEL).chain_update(challenge);
    (from..from.saturating_add(steps)).find(|number| zeros(&start, *number) >= u32::from(bits))
}

/// Whether `answer` answers `challenge`.
pub fn check(challenge: &[u8], bits: u8, answer: u64) -> bool {
    zeros(&Sha256::new().chain_update(LABEL).chain_update(challenge), answer) >= u32::from(bits)
}

/// Hashes that finding an answer takes on average.
pub fn expected_hashes(bits: u8) -> f64 {
    f64::from(bits).exp2()
}

/// Zero bits at the front.
fn zeros(start: &Sha256, number: u64) -> u32 {
    let hash = start.clone().chain_update(number.to_be_bytes()).finalize();
    let mut zeros = 0;
    for byte in hash {
        zeros += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    zeros
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_in_pieces_and_holds_only_for_its_challenge() {
        let (challenge, bits) = (b"a challenge of this visit", 12);
        let mut from = 0;
        let answer = loop {
            if let Some(answer) = solve(challenge, bits, from, 100) {
                break answer;
            }
            from += 100;
        };
        assert_eq!(solve(challenge, bits, 0, u64::MAX), Some(answer), "pieces find the same as one go");
        assert!(check(challenge, bits, answer));
        assert!((1..=answer).all(|earlier| !check(challenge, bits, answer - earlier)));
        assert!(!check(b"another challenge", bits, answer));
        assert!(check(challenge, 0, 0), "without load there is no work");
        assert!(!check(challenge, 255, answer));
    }

    #[test]
    fn the_end_of_the_numbers_is_the_end() {
        assert_eq!(solve(b"x", 255, u64::MAX - 3, 100), None);
    }
}
