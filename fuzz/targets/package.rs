//! Evidence packages: whatever comes is answered in words, in little memory, and of all that grows out of a whole package
//! (its seed) nothing holds but that package itself.
#![no_main]

use evidence::Examiner;
use libfuzzer_sys::fuzz_target;

const WHOLE: &[u8] = include_bytes!("../../crates/evidence/tests/fixtures/package-1.zip");

fuzz_target!(|bytes: &[u8]| {
    let mut examiner = Examiner::new();
    for piece in bytes.chunks(97) {
        examiner.push(piece);
    }
    assert!(!examiner.finish(None).holds() || bytes == WHOLE);
});
