//! Links: offsets in order and inside the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recognise::links::{self, HostList};
use std::sync::LazyLock;

static HOSTS: LazyLock<HostList> = LazyLock::new(HostList::shipped);

fuzz_target!(|text: &str| {
    let (mut at, length) = (0, text.chars().count() as u32);
    for link in links::read(text, &HOSTS) {
        assert!(link.start >= at && link.start < link.end && link.end <= length);
        at = link.end;
    }
    let _ = links::judge_link(text, &HOSTS);
});
