//! Evidence packages: whatever comes is answered in words, in little memory, and nothing holds that nobody signed.
#![no_main]

use evidence::Examiner;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut examiner = Examiner::new();
    for piece in bytes.chunks(97) {
        examiner.push(piece);
    }
    assert!(!examiner.finish(None).holds());
});
