//! A file, locked with a passphrase or to somebody's key.

use seal::{
    Identity, OpenError,
    locked::{Locker, Unlocker},
};

const WORDS: &str = "mua xanh cau tre la cay";

fn locked(plain: &[u8]) -> Vec<u8> {
    let mut lock = Locker::new(WORDS);
    let mut locked: Vec<u8> = plain.chunks(1000).flat_map(|piece| lock.push(piece)).collect();
    locked.extend(lock.finish());
    locked
}

fn opened(locked: &[u8], passphrase: &str) -> Result<Vec<u8>, OpenError> {
    let mut key = Unlocker::new(passphrase);
    let mut plain = Vec::new();
    for piece in locked.chunks(777) {
        plain.extend_from_slice(&key.push(piece)?);
    }
    plain.extend_from_slice(&key.finish()?);
    Ok(plain)
}

#[test]
fn it_opens_with_its_passphrase_alone_whole_and_unaltered() {
    for length in [0, 200_001] {
        let plain = vec![b'x'; length];
        let file = locked(&plain);
        assert!(file.starts_with(b"age-encryption.org/v1\n-> scrypt "), "as the stock command writes it");
        assert_eq!(opened(&file, WORDS).as_deref(), Ok(&plain[..]));
        assert_eq!(opened(&file, "mua xanh cau tre la co"), Err(OpenError::OtherKey));
        assert_eq!(
            opened(&file[..file.len() - 1], WORDS),
            Err(if length == 0 { OpenError::CutOff } else { OpenError::Altered })
        );
        let mut altered = file.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert_eq!(opened(&altered, WORDS), Err(OpenError::Altered));
    }
}

#[test]
fn a_file_that_is_locked_to_a_key_takes_no_passphrase() {
    let mut lock = Locker::to(&Identity::generate().recipient());
    let file = [lock.push(b"x"), lock.finish()].concat();
    assert!(file.starts_with(b"age-encryption.org/v1\n-> X25519 "), "as the stock command writes it");
    assert_eq!(opened(&file, WORDS), Err(OpenError::OtherKey));
}

#[test]
fn a_file_that_would_take_all_memory_is_refused_at_once() {
    let file = String::from_utf8_lossy(&locked(b"x")[..60]).into_owned();
    assert!(file.contains(" 15\n"), "32 MiB: {file}");
    let locked = locked(b"x");
    let at = locked.windows(4).position(|w| w == b" 15\n").unwrap();
    let dear = [&locked[..at], b" 40\n", &locked[at + 4..]].concat();
    assert_eq!(opened(&dear, WORDS), Err(OpenError::TooDear));
    assert_eq!(opened(b"PK\x03\x04 and no age file at all", WORDS), Err(OpenError::NotSealed));
}
