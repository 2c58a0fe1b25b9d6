//! A small computation before a report is taken, so that a flood costs its sender more than us. No identity, no fixed
//! cap: the price rises with the load and falls again.
//!
//! A challenge is `expiry ‖ random ‖ HMAC` under a key that lives only in memory, so nothing is kept for whoever asked
//! and went away. What is kept until it expires is each answered one: it buys one report.

use super::Refusal;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};

/// How long a challenge may be answered, in seconds: reports are written slowly.
const HOLDS_SECONDS: i64 = 3600;
/// 2^14 hashes on average at rest: some 20 ms on a cheap phone. Crises are no reason to shut anybody out.
const BITS_AT_REST: u8 = 14;
/// 2^20 at most: 1 to 3 s on a cheap phone.
const BITS_AT_MOST: u8 = 20;
/// The load is looked at over this many seconds.
const WINDOW_SECONDS: i64 = 60;
/// Reports of a window that don't raise the price: ten times of what 1,000 an hour are.
const FREE_OF_WINDOW: usize = 170;

/// Hands out challenges and checks answers.
pub(crate) struct Gate {
    key: [u8; 32],
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    /// Answered challenges with their expiry.
    answered: HashMap<[u8; 16], i64>,
    /// When the reports of the last window came.
    times: VecDeque<i64>,
}

impl Gate {
    /// `key` is random and of this process alone.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, taken: Mutex::default() }
    }

    /// A challenge (`expiry ‖ random ‖ tag`, 40 bytes) and how many leading zero bits its answer must show.
    pub fn challenge(&self, random: [u8; 16], now: i64) -> (Vec<u8>, u8) {
        let mut challenge = (now + HOLDS_SECONDS).to_be_bytes().to_vec();
        challenge.extend(random);
        let bits = self.price(now);
        let tag = self.tag(&challenge, bits);
        challenge.extend(&tag[..15]);
        challenge.push(bits);
        (challenge, bits)
    }

    /// Takes an answer, once.
    pub fn take(&self, challenge: &[u8], answer: u64, now: i64) -> Result<(), Refusal> {
        let (head, tail) = challenge.split_at_checked(24).ok_or(Refusal::Work)?;
        let [tag @ .., bits] = tail else { return Err(Refusal::Work) };
        let expiry = i64::from_be_bytes(head[..8].try_into().map_err(|_| Refusal::Work)?);
        let random: [u8; 16] = head[8..].try_into().map_err(|_| Refusal::Work)?;
        let right = tag.len() == 15 && {
            use subtle::ConstantTimeEq;
            bool::from(self.tag(head, *bits)[..15].ct_eq(tag))
        };
        if !right || expiry <= now || !seal::work::check(challenge, *bits, answer) {
            return Err(Refusal::Work);
        }
        let mut taken = self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        taken.answered.retain(|_, expiry| *expiry > now);
        if taken.answered.insert(random, expiry).is_some() {
            return Err(Refusal::Work);
        }
        taken.times.push_back(now);
        Ok(())
    }

    /// How long somebody whose browser can't compute waits before a report is taken, in seconds: 2 at rest, doubled as
    /// the work is, half a minute at most.
    pub fn wait(&self, now: i64) -> i64 {
        2 << (self.price(now) - BITS_AT_REST).min(4)
    }

    /// A report came in this way.
    pub fn note(&self, now: i64) {
        self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).times.push_back(now);
    }

    /// Each doubling of the load over what is free doubles the work.
    fn price(&self, now: i64) -> u8 {
        let mut taken = self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        while taken.times.front().is_some_and(|at| *at <= now - WINDOW_SECONDS) {
            taken.times.pop_front();
        }
        let over = (taken.times.len() / FREE_OF_WINDOW).checked_ilog2().map_or(0, |doublings| doublings as u8 + 1);
        (BITS_AT_REST + over).min(BITS_AT_MOST)
    }

    fn tag(&self, head: &[u8], bits: u8) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("a key of any length does");
        mac.update(head);
        mac.update(&[bits]);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(challenge: &[u8], bits: u8) -> u64 {
        seal::work::solve(challenge, bits, 0, u64::MAX).unwrap()
    }

    #[test]
    fn an_answer_buys_one_report_in_its_hour() {
        let gate = Gate::new([7; 32]);
        let (challenge, bits) = gate.challenge([1; 16], 1_000);
        let right = answer(&challenge, bits);
        assert_eq!(gate.take(&challenge, right, 1_000 + HOLDS_SECONDS), Err(Refusal::Work));
        assert_eq!(gate.take(&challenge, right, 1_001), Ok(()));
        assert_eq!(gate.take(&challenge, right, 1_002), Err(Refusal::Work));
        assert_eq!(Gate::new([8; 32]).take(&challenge, right, 1_001), Err(Refusal::Work));
        let mut cheaper = challenge;
        *cheaper.last_mut().unwrap() = 0;
        assert_eq!(gate.take(&cheaper, 0, 1_001), Err(Refusal::Work));
        assert_eq!(gate.take(&[], 0, 0), Err(Refusal::Work));
        assert_eq!(gate.take(&[0; 40], 0, 0), Err(Refusal::Work));
    }

    #[test]
    fn the_price_rises_with_the_load_and_falls_again() {
        let gate = Gate::new([7; 32]);
        assert_eq!(gate.price(1_000), BITS_AT_REST);
        gate.taken.lock().unwrap().times.extend(std::iter::repeat_n(1_000, FREE_OF_WINDOW * 4));
        assert_eq!(gate.price(1_001), BITS_AT_REST + 3);
        assert_eq!((gate.wait(1_001), gate.wait(1_000 + WINDOW_SECONDS)), (16, 2));
        assert_eq!(gate.price(1_000 + WINDOW_SECONDS), BITS_AT_REST);
        gate.note(1_500);
        gate.taken.lock().unwrap().times.extend(std::iter::repeat_n(2_000, FREE_OF_WINDOW * 1_000));
        assert_eq!(gate.price(2_001), BITS_AT_MOST);
    }
}
