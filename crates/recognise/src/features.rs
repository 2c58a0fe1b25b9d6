//! What the model sees of a text: hashed word pieces, and a short list of named signs (rules, emoji, links, length).

use crate::assessment::{LinkFinding, LinkReason, LinkVerdict};
use crate::rules::{Hit, Rules};
use crate::text::{Gap, Reading, Token, Tokens, finish, sign};
use vocabulary::Language;

/// Rows for hashed word pieces.
pub(crate) const BUCKETS: u32 = 1 << 15;

/// Names of the signs that follow the rule groups, in order.
const LENGTHS: [u32; 5] = [4, 10, 25, 60, 140];
const LANGUAGES: [Language; 4] = [Language::Vi, Language::En, Language::Mixed, Language::Unknown];
const VERDICTS: [LinkVerdict; 4] =
    [LinkVerdict::KnownGood, LinkVerdict::Unknown, LinkVerdict::Suspicious, LinkVerdict::KnownBad];
const REASONS: [LinkReason; 6] = [
    LinkReason::Shortener,
    LinkReason::AppDownload,
    LinkReason::RemoteControl,
    LinkReason::LookalikeBrand,
    LinkReason::FreeHost,
    LinkReason::LureWords,
];

/// Rows of the weight matrix that are on for one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Hashed word pieces; each below [`BUCKETS`]. Repeats count.
    pub pieces: Vec<u32>,
    /// Named signs, each once, counted after the buckets.
    pub signs: Vec<u32>,
}

impl Features {
    /// Starts anew, keeping the room.
    pub(crate) fn clear(&mut self) {
        self.pieces.clear();
        self.signs.clear();
    }
}

/// How many named signs there are.
pub(crate) fn sign_count(rules: &Rules) -> usize {
    rules.groups.len() + sign::ALL.len() + LENGTHS.len() + 1 + LANGUAGES.len() + VERDICTS.len() + REASONS.len()
}

/// A number that changes when the meaning of a row changes, so that weights and rules can't be mixed up.
pub(crate) fn fingerprint(rules: &Rules) -> u32 {
    let mut h = FEATURES_VERSION;
    for group in &rules.groups {
        h = group.meaning.name().bytes().fold(h, |h, b| finish(h ^ b as u32));
    }
    finish(h ^ sign_count(rules) as u32)
}

/// Raised when the pieces below change.
const FEATURES_VERSION: u32 = 2;

/// Adds the pieces of these tokens.
pub(crate) fn pieces(list: &[Token], out: &mut Vec<u32>) {
    let (mut before, mut before_that) = (START, START);
    for token in list {
        if token.gap == Gap::Sentence {
            before_that = START;
            before = START;
        }
        let bare = token.bare;
        out.push(bucket(bare, 1));
        if token.full != bare {
            out.push(bucket(token.full, 2));
        }
        out.push(bucket(pair(before, bare), 3));
        if before_that != START {
            out.push(bucket(pair(pair(before_that, before), bare), 4));
        }
        before_that = before;
        before = bare;
    }
}

const START: u32 = 0x5EED;

fn pair(a: u32, b: u32) -> u32 {
    a.rotate_left(9).wrapping_mul(0x9E37_79B1) ^ b
}

fn bucket(hash: u32, salt: u32) -> u32 {
    finish(hash ^ salt.wrapping_mul(0x85EB_CA6B)) & (BUCKETS - 1)
}

/// Adds the named signs.
pub(crate) fn signs(
    rules: &Rules,
    tokens: &Tokens,
    reading: Reading,
    hits: &[Hit],
    links: &[LinkFinding],
    out: &mut Vec<u32>,
) {
    let mut base = BUCKETS;
    let mut last = u16::MAX;
    for hit in hits {
        // Hits are sorted by group.
        if hit.group != last {
            out.push(base + hit.group as u32);
            last = hit.group;
        }
    }
    base += rules.groups.len() as u32;
    out.extend((0..).zip(sign::ALL).filter(|(_, bit)| tokens.signs & bit != 0).map(|(i, _)| base + i));
    base += sign::ALL.len() as u32;
    let words = tokens.list.len() as u32;
    out.push(base + LENGTHS.iter().filter(|l| words > **l).count() as u32);
    base += LENGTHS.len() as u32 + 1;
    out.extend((0..).zip(LANGUAGES).filter(|(_, l)| *l == reading.language).map(|(i, _)| base + i));
    base += LANGUAGES.len() as u32;
    let worst = links.iter().map(|l| l.verdict).max();
    out.extend((0..).zip(VERDICTS).filter(|(_, v)| Some(*v) == worst).map(|(i, _)| base + i));
    base += VERDICTS.len() as u32;
    let has = |reason: LinkReason| links.iter().any(|l| l.reasons.contains(&reason));
    out.extend((0..).zip(REASONS).filter(|(_, r)| has(*r)).map(|(i, _)| base + i));
}
