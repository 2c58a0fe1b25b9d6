//! Keys lie where they can be erased for good.
//!
//! `secure_delete` overwrites what is deleted, but SQLite moves short rows about when it splits and joins its pages, and
//! now and then leaves a copy behind in a page's free space (measured: one of 8,000 deleted rows of 150 to 400 bytes).
//! So a key is laid into a value that is too long for a row's own page: its first [`BEFORE`] bytes are zeros, and all
//! behind them lie on one overflow page. That page is never moved, belongs to this key alone, and is overwritten whole
//! when the key goes (`secure_delete`). It costs 4 KiB a key.

use crate::StoreError;
use casework::limits::GRANT_BYTES;

/// SQLite's page, set when the database is made.
pub(crate) const PAGE: usize = 4096;
/// More than SQLite keeps of a long value in the row's own page: (4096 - 12) * 32 / 255 - 23 = 489 bytes.
const BEFORE: usize = 512;
/// With up to 80 bytes of other columns longer than any row that is kept whole (4061 bytes), and, without its first 489
/// bytes, not longer than one overflow page (4092).
const LAID: usize = 4500;
/// Where the key itself begins, behind its length.
const START: usize = BEFORE + 2;
const _: () = assert!(START + GRANT_BYTES <= LAID && LAID > PAGE - 35 && LAID + 80 <= 489 + PAGE - 4);

/// The value to be kept for a key.
pub(crate) fn lay(key: &[u8]) -> Result<Vec<u8>, StoreError> {
    if key.len() > GRANT_BYTES {
        return Err(StoreError::OverLimit("bytes of a key"));
    }
    let length = u16::try_from(key.len()).map_err(|_| StoreError::Bug)?;
    let mut laid = vec![0; LAID];
    laid[BEFORE..START].copy_from_slice(&length.to_be_bytes());
    laid[START..START + key.len()].copy_from_slice(key);
    Ok(laid)
}

/// The key in a kept value.
pub(crate) fn lift(laid: &[u8]) -> Result<Vec<u8>, StoreError> {
    let length = laid.get(BEFORE..START).and_then(|bytes| bytes.try_into().ok()).map(u16::from_be_bytes);
    let key = length.and_then(|length| laid.get(START..START + usize::from(length)));
    key.map(<[u8]>::to_vec).ok_or(StoreError::Damaged("sealed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_as_it_was_laid_and_nothing_is_read_behind_it() {
        for length in [0, 1, 300, GRANT_BYTES] {
            let key = vec![b'k'; length];
            let laid = lay(&key).unwrap();
            assert_eq!((lift(&laid).unwrap(), laid.len()), (key, LAID));
            assert!(laid[..BEFORE].iter().all(|byte| *byte == 0));
        }
        assert!(matches!(lay(&[0; GRANT_BYTES + 1]), Err(StoreError::OverLimit(_))));
        for damaged in [&[0; 10][..], &[0xff; LAID]] {
            assert!(matches!(lift(damaged), Err(StoreError::Damaged("sealed"))));
        }
    }
}
