//! The list of known hosts: good ones exactly, bad ones by truncated hashes, in one small file.
//!
//! # The file
//! All numbers little-endian.
//!
//! | part | bytes | what |
//! | --- | --- | --- |
//! | head | 8 | `HDHOSTS` and a new line |
//! | | 2 + 2 | format (1), reserved (0) |
//! | | 4 | version: the date of the list as a number (`20261124`) |
//! | | 3 × 4 | good: hosts, buckets, bytes of text |
//! | | 3 × 4 | bad: hosts, buckets, bytes of codes |
//! | good | 4 × (buckets + 1) | where each bucket's text starts |
//! | | text | per host one byte of length, then its letters |
//! | bad | 4 × (buckets + 1) | the bit at which each bucket starts |
//! | | codes | per host a Rice code of the step from the last value, then its category (`0`, `10`, `11`) |
//! | foot | 4 | CRC-32 of all before |
//!
//! A host's hash (64 bits) is scaled to a good bucket, and to a bad value below `hosts × 2^19`. So a host that was never
//! listed is taken for a bad one once in 524,288 looks (a host is looked up with its parents, mostly two looks), no
//! listed one is ever missed, and an entry costs 2.9 bytes. Good hosts are compared letter by letter.

mod bits;
mod build;

pub use build::HostListBuilder;

use bits::{Bits, crc32, read_u32};
use std::borrow::Cow;

const MAGIC: &[u8; 8] = b"HDHOSTS\n";
const FORMAT: u16 = 1;
const HEAD: usize = 40;
/// Values per listed host: 2^19, which is one false hit in half a million looks.
const SPREAD: u32 = 19;
/// Values per bucket, 2^23: 16 hosts on average.
const BUCKET: u32 = SPREAD + 4;
/// The low bits of a Rice code; best near the spread.
const RICE: u32 = 18;

/// What kind of harm a bad host was reported for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Scam, phishing, harmful downloads.
    Scam,
    /// Online gambling.
    Gambling,
    /// For adults only.
    Adult,
}

/// What the list says of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Known to belong to whom it says.
    Good,
    /// Reported.
    Bad(Category),
}

/// Why bytes are no host list. The list in force stays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostListError {
    /// The file starts with something else.
    #[error("this is not a host list: get a fresh file")]
    NotAList,
    /// Made by a newer program.
    #[error("the host list has format {0}, newer than this program reads: update the program")]
    Newer(u16),
    /// Ends before or after it should.
    #[error("the host list has {found} bytes where {expected} belong: it was cut off, get it again")]
    Length {
        /// Bytes that belong.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The checksum does not fit.
    #[error("the host list is damaged (its checksum does not fit): get it again")]
    Damaged,
}

/// A list of known hosts, ready to be asked. Cheap to share, never changes.
#[derive(Clone)]
pub struct HostList {
    bytes: Cow<'static, [u8]>,
    version: u32,
    good: Part,
    bad: Part,
}

/// Where one half of the list stands in the file.
#[derive(Clone, Copy, Debug)]
struct Part {
    hosts: u32,
    buckets: u32,
    index: usize,
    data: usize,
    length: usize,
}

impl HostList {
    /// The list that this version ships (`data/links/hosts.md` says what is in it).
    ///
    /// # Panics
    /// Never: a test reads the shipped file.
    pub fn shipped() -> Self {
        static BYTES: &[u8] = include_bytes!("../../../data/links/hosts.bin");
        Self::read(Cow::Borrowed(BYTES)).expect("the shipped host list is whole")
    }

    /// Reads a list. Everything is checked here, so that no later look can fail.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, HostListError> {
        Self::read(Cow::Owned(bytes.into()))
    }

    fn read(bytes: Cow<'static, [u8]>) -> Result<Self, HostListError> {
        if !bytes.starts_with(MAGIC) {
            return Err(HostListError::NotAList);
        }
        let found = bytes.len() as u64;
        if bytes.len() < HEAD + 4 {
            return Err(HostListError::Length { expected: HEAD as u64 + 4, found });
        }
        let format = u16::from_le_bytes([bytes[8], bytes[9]]);
        if format != FORMAT {
            return Err(HostListError::Newer(format));
        }
        let field = |at: usize| u64::from(read_u32(&bytes, at));
        let size = |at: usize| 4 * (field(at + 4) + 1) + field(at + 8);
        let expected = HEAD as u64 + size(16) + size(28) + 4;
        if expected != found {
            return Err(HostListError::Length { expected, found });
        }
        let (body, foot) = bytes.split_at(bytes.len() - 4);
        if crc32(body) != read_u32(foot, 0) {
            return Err(HostListError::Damaged);
        }
        let part = |at: usize, index: usize| {
            let buckets = read_u32(&bytes, at + 4);
            let data = index + 4 * (buckets as usize + 1);
            Part { hosts: read_u32(&bytes, at), buckets, index, data, length: read_u32(&bytes, at + 8) as usize }
        };
        let good = part(16, HEAD);
        let bad = part(28, good.data + good.length);
        let list = Self { version: read_u32(&bytes, 12), good, bad, bytes };
        if list.is_sound() { Ok(list) } else { Err(HostListError::Damaged) }
    }

    /// Whether every bucket lies where its part lies: a checksum can be right on a file that is wrong.
    fn is_sound(&self) -> bool {
        let rising = |part: Part, limit: usize| {
            let starts: Vec<usize> = (0..=part.buckets).map(|b| self.start(part, b)).collect();
            starts.is_sorted() && starts.last().is_some_and(|last| *last <= limit)
        };
        let enough = self.good.buckets > 0 && self.bad.buckets > 0;
        enough && rising(self.good, self.good.length) && rising(self.bad, self.bad.length * 8)
    }

    /// The file that it was read from, byte for byte.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The date of the list as a number (`20261124`); a list with a smaller one is older.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// How many hosts are on it, good and bad.
    pub fn len(&self) -> usize {
        self.good_len() + self.bad_len()
    }

    /// How many good ones.
    pub fn good_len(&self) -> usize {
        self.good.hosts as usize
    }

    /// How many bad ones.
    pub fn bad_len(&self) -> usize {
        self.bad.hosts as usize
    }

    /// Whether nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is known of a host (lower case, ASCII), or of the nearest parent that is listed, down to two labels.
    /// Where both lists name the same host, the good one wins.
    pub fn find(&self, host: &str) -> Option<Listed> {
        let mut found = None;
        let mut dots = 0;
        let mut hash = Hash::default();
        // From the right, so that one walk hashes the host and all its parents; the longest listed one is kept.
        for (at, byte) in host.bytes().enumerate().rev() {
            if byte == b'.' {
                dots += 1;
                if dots > 1 {
                    found = self.find_exact(&host[at + 1..], hash.finish()).or(found);
                }
            }
            hash.push(byte);
        }
        self.find_exact(host, hash.finish()).or(found)
    }

    fn find_exact(&self, host: &str, hash: u64) -> Option<Listed> {
        if self.holds_good(host, hash) {
            return Some(Listed::Good);
        }
        self.bad_category(hash).map(Listed::Bad)
    }

    fn holds_good(&self, host: &str, hash: u64) -> bool {
        let bucket = scale(hash, u64::from(self.good.buckets)) as u32;
        let (start, end) = (self.start(self.good, bucket), self.start(self.good, bucket + 1));
        let mut text = &self.bytes[self.good.data + start..self.good.data + end];
        while let Some((length, rest)) = text.split_first() {
            let Some((entry, next)) = rest.split_at_checked(*length as usize) else { return false };
            if entry == host.as_bytes() {
                return true;
            }
            text = next;
        }
        false
    }

    fn bad_category(&self, hash: u64) -> Option<Category> {
        let wanted = bad_value(hash, self.bad.hosts);
        let bucket = (wanted >> BUCKET) as u32;
        if bucket >= self.bad.buckets {
            return None;
        }
        let (start, end) = (self.start(self.bad, bucket), self.start(self.bad, bucket + 1));
        let mut bits = Bits::new(&self.bytes[self.bad.data..self.bad.data + self.bad.length], start, end);
        let mut value = u64::from(bucket) << BUCKET;
        while !bits.is_done() {
            let (step, category) = bits.entry();
            value += step;
            if value >= wanted {
                return (value == wanted).then_some(category);
            }
        }
        None
    }

    fn start(&self, part: Part, bucket: u32) -> usize {
        read_u32(&self.bytes, part.index + 4 * bucket as usize) as usize
    }
}

impl std::fmt::Debug for HostList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HostList {{ version: {}, good: {}, bad: {} }}", self.version, self.good.hosts, self.bad.hosts)
    }
}

/// FNV-1a over the letters from right to left, then a mixer (Murmur3's) so that all bits count.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hash {
    fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }

    fn finish(self) -> u64 {
        let mut h = self.0;
        h = (h ^ (h >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        h = (h ^ (h >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        h ^ (h >> 33)
    }

    fn of(host: &str) -> u64 {
        let mut hash = Self::default();
        host.bytes().rev().for_each(|b| hash.push(b));
        hash.finish()
    }
}

/// A hash scaled to `0..range`.
fn scale(hash: u64, range: u64) -> u64 {
    ((u128::from(hash) * u128::from(range)) >> 64) as u64
}

fn bad_value(hash: u64, hosts: u32) -> u64 {
    // The mixer's halves swapped, so that good buckets and bad values look at different bits first.
    scale(hash.rotate_left(32), u64::from(hosts) << SPREAD)
}

#[cfg(test)]
mod tests;
