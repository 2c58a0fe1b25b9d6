//! Rows as bytes, cut so that a row that is added or gone changes only the chunk that it is in.

use sha2::{Digest, Sha256};
use store::{Row, Value};

/// What a chunk holds on average; few small ones cost fewer bytes when little changed, many cost a file each.
const AIM: u64 = 128 * 1024;
/// A chunk is cut here at the latest.
const MOST: usize = 8 * AIM as usize;
const MAGIC: &[u8] = b"haidang rows 1\n";

/// Some rows of one table, in their order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub table: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// Gathers rows of a table until a chunk is full.
pub(crate) struct Cutter {
    head: Vec<u8>,
    bytes: Vec<u8>,
    rows: u64,
}

impl Cutter {
    pub fn new(table: &str, columns: &[String]) -> Self {
        let mut head = MAGIC.to_vec();
        put_bytes(&mut head, table.as_bytes());
        put_number(&mut head, columns.len() as u64);
        for column in columns {
            put_bytes(&mut head, column.as_bytes());
        }
        Self { bytes: head.clone(), head, rows: 0 }
    }

    /// Takes a row that is told apart by `key`; gives a chunk and how many rows it has where one is full. Whether one
    /// ends behind a row depends on its key and its length alone.
    pub fn push(&mut self, row: &Row, key: &[Value]) -> Option<(Vec<u8>, u64)> {
        let before = self.bytes.len();
        for value in row {
            put(&mut self.bytes, value);
        }
        self.rows += 1;
        let length = (self.bytes.len() - before) as u64;
        let mut of_key = Vec::new();
        for value in key {
            put(&mut of_key, value);
        }
        let hash = Sha256::digest(&of_key);
        let drawn = hash[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        let ends = drawn < (u64::MAX / AIM).saturating_mul(length);
        if ends || self.bytes.len() >= MOST { self.finish() } else { None }
    }

    /// What is left.
    pub fn finish(&mut self) -> Option<(Vec<u8>, u64)> {
        if self.rows == 0 {
            return None;
        }
        let bytes = std::mem::replace(&mut self.bytes, self.head.clone());
        Some((bytes, std::mem::take(&mut self.rows)))
    }
}

/// None where it is not what [`Cutter`] makes.
pub(crate) fn read(bytes: &[u8]) -> Option<Chunk> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let rest = &mut rest;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    let table = text(take_bytes(rest)?)?;
    let count = usize::try_from(take_number(rest)?).ok().filter(|count| (1..=1000).contains(count))?;
    let columns = (0..count).map(|_| text(take_bytes(rest)?)).collect::<Option<Vec<_>>>()?;
    let mut rows = Vec::new();
    while !rest.is_empty() {
        rows.push((0..count).map(|_| take(rest)).collect::<Option<Row>>()?);
    }
    Some(Chunk { table, columns, rows })
}

/// Zeros at both ends of bytes are counted, not written: keys lie between many.
fn put(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(0),
        Value::Number(number) => {
            out.push(1);
            out.extend_from_slice(&number.to_be_bytes());
        }
        Value::Text(text) => {
            out.push(2);
            put_bytes(out, text.as_bytes());
        }
        Value::Bytes(bytes) => {
            out.push(3);
            let before = bytes.iter().take_while(|byte| **byte == 0).count();
            let behind = bytes[before..].iter().rev().take_while(|byte| **byte == 0).count();
            put_number(out, before as u64);
            put_number(out, behind as u64);
            put_bytes(out, &bytes[before..bytes.len() - behind]);
        }
    }
}

fn take(rest: &mut &[u8]) -> Option<Value> {
    let (kind, behind) = rest.split_first()?;
    *rest = behind;
    Some(match kind {
        0 => Value::Null,
        1 => {
            let (number, behind) = rest.split_first_chunk()?;
            *rest = behind;
            Value::Number(i64::from_be_bytes(*number))
        }
        2 => Value::Text(String::from_utf8(take_bytes(rest)?.to_vec()).ok()?),
        3 => {
            // No value of ours is near this long: what claims to be would only fill the memory.
            let mut zeros = || take_number(rest).and_then(|n| usize::try_from(n).ok()).filter(|n| *n <= 1 << 20);
            let (before, behind) = (zeros()?, zeros()?);
            let mut bytes = vec![0; before];
            bytes.extend_from_slice(take_bytes(rest)?);
            bytes.resize(bytes.len() + behind, 0);
            Value::Bytes(bytes)
        }
        _ => return None,
    })
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn take_bytes<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = usize::try_from(take_number(rest)?).ok()?;
    let (bytes, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(bytes)
}

/// Seven bits a byte, the lowest first.
fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: i64) -> Row {
        let mut key = vec![0; 4500];
        key[512..900].fill(number as u8);
        vec![Value::Number(number), Value::Text("ố".into()), Value::Null, Value::Bytes(key), Value::Bytes(vec![0; 9])]
    }

    fn cut(numbers: impl Iterator<Item = i64>) -> Vec<(Vec<u8>, u64)> {
        let mut cutter = Cutter::new("t", &["a", "b", "c", "d", "e"].map(str::to_owned));
        let mut chunks: Vec<_> = numbers.filter_map(|n| cutter.push(&row(n), &[Value::Number(n)])).collect();
        chunks.extend(cutter.finish());
        chunks
    }

    #[test]
    fn rows_come_back_as_they_were_and_a_key_costs_its_own_length() {
        let chunks = cut(0..1000);
        let read: Vec<Row> = chunks.iter().flat_map(|(bytes, _)| read(bytes).unwrap().rows).collect();
        assert_eq!(read, (0..1000).map(row).collect::<Vec<_>>());
        assert_eq!(chunks.iter().map(|(_, rows)| rows).sum::<u64>(), 1000);
        assert!(chunks.len() > 1 && chunks.iter().map(|(bytes, _)| bytes.len()).sum::<usize>() < 500_000);
    }

    #[test]
    fn a_row_that_is_added_or_gone_changes_one_chunk() {
        let before = cut(0..5000);
        for changed in [cut((0..5000).filter(|n| *n != 1234)), cut((0..1234).chain(9000..9001).chain(1234..5000))] {
            let fresh = changed.iter().filter(|chunk| !before.contains(chunk)).count();
            assert!((1..=2).contains(&fresh), "{fresh} of {}", changed.len());
        }
    }

    #[test]
    fn what_is_no_chunk_is_refused() {
        let whole = cut(0..3).remove(0).0;
        assert!((0..MAGIC.len()).all(|length| read(&whole[..length]).is_none()));
        assert!(read(&whole[..whole.len() - 1]).is_none());
        let mut long = whole.clone();
        long.extend([3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
        assert!(read(&long).is_none());
    }
}
