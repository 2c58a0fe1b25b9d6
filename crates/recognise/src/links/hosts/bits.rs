//! Bits in a row, Rice codes, and a checksum.

use super::{Category, RICE};

/// Reads bits, first the lowest of each byte. Past the end it reads zeros, so that nothing can fail or run on.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8], start: usize, end: usize) -> Self {
        Self { bytes, at: start, end }
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.end
    }

    /// At least 57 bits from here on.
    fn window(&self) -> u64 {
        let from = self.at / 8;
        let mut eight = [0; 8];
        if let Some(whole) = self.bytes.get(from..from + 8) {
            eight.copy_from_slice(whole);
        } else {
            let rest = self.bytes.get(from..).unwrap_or_default();
            eight[..rest.len()].copy_from_slice(rest);
        }
        u64::from_le_bytes(eight) >> (self.at % 8)
    }

    /// One host: the step to its value (high part as that many ones and a zero, then the low bits), its category.
    pub(super) fn entry(&mut self) -> (u64, Category) {
        let mut high = 0;
        let mut ones = self.window().trailing_ones();
        // Nearly every high part is short; a longer one is eaten piece by piece.
        while ones > 32 && !self.is_done() {
            high += 32;
            self.at += 32;
            ones = self.window().trailing_ones();
        }
        let ones = ones.min(32);
        let tail = self.window() >> (ones + 1);
        let (category, length) = match tail >> RICE & 3 {
            0 | 2 => (Category::Scam, 1),
            1 => (Category::Gambling, 2),
            _ => (Category::Adult, 2),
        };
        self.at += (ones + 1 + RICE + length) as usize;
        ((high + u64::from(ones)) << RICE | tail & ((1 << RICE) - 1), category)
    }
}

/// Writes what [`Bits`] reads.
#[derive(Default)]
pub(super) struct BitWriter {
    pub bytes: Vec<u8>,
    pub length: usize,
}

impl BitWriter {
    pub(super) fn bit(&mut self, bit: bool) {
        if self.length.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if bit && let Some(last) = self.bytes.last_mut() {
            *last |= 1 << (self.length % 8);
        }
        self.length += 1;
    }

    pub(super) fn entry(&mut self, step: u64, category: Category) {
        (0..step >> RICE).for_each(|_| self.bit(true));
        self.bit(false);
        (0..RICE).for_each(|i| self.bit(step >> i & 1 == 1));
        self.bit(category != Category::Scam);
        if category != Category::Scam {
            self.bit(category == Category::Adult);
        }
    }
}

/// Four bytes as a number; 0 past the end.
pub(super) fn read_u32(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

static CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let (mut crc, mut bit) = (at as u32, 0);
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
};

/// CRC-32 as in zip and PNG. Against accidents; against people there is the signature of the feed.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| CRC_TABLE[((crc ^ u32::from(*byte)) & 255) as usize] ^ (crc >> 8))
}
