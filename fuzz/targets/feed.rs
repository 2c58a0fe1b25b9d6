//! Feeds: nothing is taken without the publisher's signature.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recognise::links::feed::{self, SigningKey};

fuzz_target!(|bytes: &[u8]| {
    let key = SigningKey::from_bytes(&[7; 32]);
    assert!(feed::open(bytes, &key.verifying_key(), 0).is_err());
    let _ = feed::open(&feed::seal(bytes, &key), &key.verifying_key(), 0);
});
