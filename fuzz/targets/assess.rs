//! The whole way: any bytes are assessed or refused, spans lie inside.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recognise::Recogniser;
use std::sync::LazyLock;

static RECOGNISER: LazyLock<Recogniser> = LazyLock::new(Recogniser::shipped);

fuzz_target!(|bytes: &[u8]| {
    let Ok(answer) = RECOGNISER.assess_bytes(bytes) else { return };
    let length = String::from_utf8_lossy(bytes).chars().count() as u32;
    assert!(answer.tactics.iter().all(|t| t.start < t.end && t.end <= length));
    assert!(answer.links.iter().all(|l| l.start < l.end && l.end <= length));
    assert!(answer.harms.iter().all(|h| (0.0..=1.0).contains(&h.probability)));
});
