//! The one zip that there is for given files: stored, in order, without dates, comments or rights; zip64 only where a
//! number doesn't fit otherwise. Every byte follows from names, sizes, checksums and contents, so whoever reads makes the
//! headers anew and compares: nothing can hide between the lines, and nothing is unpacked that could grow.

mod read;

pub use read::{Fault, Reader, Sink};

/// What a header says about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub size: u64,
    pub crc: u32,
    /// Where its local header begins.
    pub offset: u64,
}

pub const LOCAL: u32 = 0x0403_4b50;
/// Numbers from here on stand in the wider fields of zip64.
const WIDE: u64 = 0xffff_ffff;
const WIDE_COUNT: u64 = 0xffff;
/// 1 January 1980, the first day that a zip knows.
const DAY: u16 = 0x0021;
/// Written as on Unix, version 4.5 of the format.
const MADE_BY: u16 = 0x0300 | 0x2d;
/// A plain file that its owner may write and others read.
const RIGHTS: u32 = 0o100_644 << 16;

impl Entry {
    const fn version(&self) -> u16 {
        if self.size >= WIDE || self.offset >= WIDE { 45 } else { 10 }
    }

    /// The header before the content.
    pub fn local(&self) -> Vec<u8> {
        let wide = self.size >= WIDE;
        let mut extra = Vec::new();
        if wide {
            put(&mut extra, &[(1, 2), (16, 2), (self.size, 8), (self.size, 8)]);
        }
        let size = self.size.min(WIDE);
        let mut bytes = Vec::with_capacity(60 + self.name.len());
        let version = if wide { 45 } else { 10 };
        put(
            &mut bytes,
            &[(LOCAL.into(), 4), (version, 2), (0, 2), (0, 2), (0, 2), (DAY.into(), 2), (self.crc.into(), 4)],
        );
        put(&mut bytes, &[(size, 4), (size, 4), (self.name.len() as u64, 2), (extra.len() as u64, 2)]);
        bytes.extend(self.name.as_bytes());
        bytes.extend(extra);
        bytes
    }

    /// Its line in the directory.
    fn central(&self) -> Vec<u8> {
        let mut extra = Vec::new();
        if self.size >= WIDE {
            put(&mut extra, &[(self.size, 8), (self.size, 8)]);
        }
        if self.offset >= WIDE {
            put(&mut extra, &[(self.offset, 8)]);
        }
        if !extra.is_empty() {
            let mut head = Vec::new();
            put(&mut head, &[(1, 2), (extra.len() as u64, 2)]);
            extra.splice(..0, head);
        }
        let size = self.size.min(WIDE);
        let mut bytes = Vec::with_capacity(80 + self.name.len());
        put(&mut bytes, &[(0x0201_4b50, 4), (MADE_BY.into(), 2), (self.version().into(), 2), (0, 2), (0, 2), (0, 2)]);
        put(&mut bytes, &[(DAY.into(), 2), (self.crc.into(), 4), (size, 4), (size, 4), (self.name.len() as u64, 2)]);
        put(&mut bytes, &[(extra.len() as u64, 2), (0, 2), (0, 2), (0, 2), (RIGHTS.into(), 4)]);
        put(&mut bytes, &[(self.offset.min(WIDE), 4)]);
        bytes.extend(self.name.as_bytes());
        bytes.extend(extra);
        bytes
    }
}

/// The directory and the end, for files that reach up to `offset`.
pub fn end(entries: &[Entry], offset: u64) -> Vec<u8> {
    let mut bytes: Vec<u8> = entries.iter().flat_map(Entry::central).collect();
    let (count, size) = (entries.len() as u64, bytes.len() as u64);
    if count >= WIDE_COUNT || size >= WIDE || offset >= WIDE {
        put(&mut bytes, &[(0x0606_4b50, 4), (44, 8), (MADE_BY.into(), 2), (45, 2), (0, 4), (0, 4)]);
        put(&mut bytes, &[(count, 8), (count, 8), (size, 8), (offset, 8)]);
        put(&mut bytes, &[(0x0706_4b50, 4), (0, 4), (offset + size, 8), (1, 4)]);
    }
    let few = count.min(WIDE_COUNT);
    put(
        &mut bytes,
        &[(0x0605_4b50, 4), (0, 2), (0, 2), (few, 2), (few, 2), (size.min(WIDE), 4), (offset.min(WIDE), 4), (0, 2)],
    );
    bytes
}

/// Numbers, little end first, each in so many bytes.
fn put(bytes: &mut Vec<u8>, numbers: &[(u64, usize)]) {
    for (number, width) in numbers {
        bytes.extend(&number.to_le_bytes()[..*width]);
    }
}
