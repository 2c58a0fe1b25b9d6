//! Every kind of byte is flipped, every structure of the zip, every value of the proofs: nothing of it goes unseen. The
//! large sample (`tamper_missed`) is drawn by `cargo xtask bench --only evidence`.

mod support;

use evidence::Examiner;
use proptest::prelude::*;
use std::sync::LazyLock;
use support::{examined, failed, fails, forge, of_case, package, package_with};

static PACKAGES: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    let stamp = evidence::Stamp { response: vec![0x30; 900], authority: "-----BEGIN CERTIFICATE-----\n".into() };
    [package(), of_case(), package_with(Some(stamp))]
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_flipped_bit_anywhere(which in 0..3_usize, at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut zip = PACKAGES[which].clone();
        let at = at.index(zip.len());
        zip[at] ^= 1 << bit;
        prop_assert!(fails(&zip), "byte {at}");
    }

    #[test]
    fn bytes_cut_out_put_in_or_swapped(which in 0..3_usize, at in any::<prop::sample::Index>(), length in 1..50_usize, kind in 0..3_u8) {
        let mut zip = PACKAGES[which].clone();
        let at = at.index(zip.len() - 100);
        match kind {
            0 => drop(zip.drain(at..at + length)),
            1 => { zip.splice(at..at, vec![b'x'; length]); }
            _ => zip[at..at + 2 * length].rotate_left(length),
        }
        prop_assume!(zip != PACKAGES[which]);
        prop_assert!(fails(&zip), "at {at}");
    }

    #[test]
    fn rubbish_is_refused_and_nothing_panics(rubbish in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(fails(&rubbish));
        let mut after_a_header = PACKAGES[0][..60].to_vec();
        after_a_header.extend(rubbish);
        prop_assert!(fails(&after_a_header));
    }
}

#[test]
fn every_byte_of_the_headers_counts() {
    let zip = package();
    let marks = [b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"];
    for at in 0..zip.len() - 4 {
        if marks.iter().any(|mark| &zip[at..at + 4] == *mark) {
            for offset in 0..76.min(zip.len() - at) {
                let mut altered = zip.clone();
                altered[at + offset] ^= 0x01;
                assert!(fails(&altered), "byte {offset} of the header at {at}");
            }
        }
    }
}

#[test]
fn a_package_that_is_cut_off_anywhere_is_noticed() {
    let zip = package();
    for length in (0..zip.len()).step_by(97).chain(zip.len() - 30..zip.len()) {
        assert!(fails(&zip[..length]), "{length} bytes");
    }
}

#[test]
fn what_is_behind_or_commented_is_noticed() {
    let mut zip = package();
    let length = zip.len();
    zip.push(0);
    assert_eq!(failed(&zip), ["shape"]);
    zip.truncate(length);
    zip[length - 2] = 5;
    zip.extend(b"hello");
    assert!(fails(&zip), "a comment");
}

#[test]
fn files_in_disorder_twice_or_from_elsewhere_are_noticed() {
    let zip = package();
    let starts: Vec<_> = (0..zip.len() - 4).filter(|at| &zip[*at..at + 4] == b"PK\x03\x04").collect();
    let first = zip[starts[0]..starts[1]].to_vec();
    let twice = [&first[..], &zip].concat();
    assert_eq!(failed(&twice), ["shape"]);
    let swapped = [&zip[starts[1]..starts[2]], &first, &zip[starts[2]..]].concat();
    assert!(fails(&swapped));
    let without = zip[starts[1]..].to_vec();
    assert!(fails(&without));
}

/// A header as other programs write it.
fn header(name: &str, method: u16, flags: u16, size: u32) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x0a\x00".to_vec();
    bytes.extend(flags.to_le_bytes());
    bytes.extend(method.to_le_bytes());
    bytes.extend([0, 0, 0x21, 0, 0, 0, 0, 0]);
    bytes.extend(size.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend((name.len() as u16).to_le_bytes());
    bytes.extend([0, 0]);
    bytes.extend(name.as_bytes());
    bytes
}

#[test]
fn climbing_names_bombs_and_locked_zips_are_refused_at_the_door() {
    for name in ["../x", "a/../x", "/etc/passwd", "a//b", "a/.x", "x", "a/b\\c", "a/b\0c", "a/ả"] {
        let said = examined(&header(name, 0, 0, 0));
        assert!(said.findings[0].en.contains("a name that no evidence package has"), "{name}: {said:?}");
    }
    for packed in [header("a/b", 8, 0, 10), header("a/b", 0, 1, 10), header("a/b", 0, 8, 10)] {
        assert!(fails(&packed));
    }
    assert!(examined(&header("a/b", 8, 0, 10)).findings[0].en.contains("compressed or encrypted"));
    // A size that is claimed and never comes costs no memory.
    assert!(examined(&header("a/about.json", 0, 0, u32::MAX - 1)).findings[0].en.contains("the end is missing"));
}

#[test]
fn more_files_than_a_package_has_are_refused() {
    let many: Vec<u8> = (0..2000).flat_map(|n| header(&format!("a/{n}"), 0, 0, 0)).collect();
    assert!(examined(&many).findings[0].en.contains("more files"));
}

#[test]
fn a_forger_who_mends_every_list_is_stopped_by_the_root_or_the_signature() {
    let zip = package();
    assert_eq!(forge::zipped(&forge::files(&zip)), zip, "he knows the format");
    for (from, to) in [
        ("tin nhắn.txt", "tin nhẮn.txt"),
        ("không thì tao tung ảnh.", "không thì tao tung ẢNH."),
        ("\"time\": 1795660202", "\"time\": 1795660201"),
        ("điện thoại của tôi", "điện thoại của bạn"),
        ("chưa phải người có tội", "dung la nguoi co toii!!"),
    ] {
        let altered = forge::forged(&zip, from, to);
        assert_ne!(altered, zip, "{from}");
        let failed = failed(&altered);
        assert!(failed.contains(&"root") || failed.contains(&"signature"), "{from}: {failed:?}");
        assert!(!failed.contains(&"shape"), "the forger mended the zip: {failed:?}");
    }
}

#[test]
fn in_pieces_of_any_size_it_is_the_same() {
    let zip = package();
    for size in [1, 3, 64, 100_000] {
        let mut examiner = Examiner::new();
        for piece in zip.chunks(size) {
            assert!(examiner.push(piece));
        }
        assert!(examiner.finish(None).holds(), "{size}");
    }
}
