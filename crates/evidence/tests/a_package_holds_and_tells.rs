//! What she kept comes out as it went in, and every reader can see that.

mod support;

use evidence::{Draft, Examiner, MakeError, Piece, Proven, State, Statement, What};
use support::{
    MADE, draft, examined, failed, key, named, of_case, package, package_with, proven, rng, things, written,
};

#[test]
fn what_she_kept_holds() {
    let report = examined(&package());
    assert!(report.holds(), "{:?}", report.findings);
    let facts = report.facts.unwrap();
    assert_eq!((facts.time, facts.server_key, facts.about.made), (MADE + 2, key(), MADE));
    let names: Vec<_> =
        facts.about.items.iter().map(|item| (item.file.as_str(), item.name.as_str(), item.bytes)).collect();
    assert_eq!(
        names,
        [
            ("data/0001.png", "Ảnh chụp màn hình.png", 3000),
            ("data/0002.m4a", "ghi âm.m4a", 70_000),
            ("data/0003.txt", "tin nhắn.txt", 49),
            ("data/0004.pdf", "trống.pdf", 0)
        ]
    );
    let state = |what| report.findings.iter().find(|finding| finding.what == what).map(|finding| finding.state);
    assert_eq!((state(What::Key), state(What::Log), state(What::Root)), (Some(State::Holds), None, Some(State::Holds)));
}

#[test]
fn chosen_entries_stand_in_the_log_of_their_case() {
    let report = examined(&of_case());
    assert!(report.holds(), "{:?}", report.findings);
    assert!(report.findings.iter().any(|finding| finding.what == What::Log && finding.en.starts_with("2 entries")));
}

#[test]
fn every_finding_is_said_in_both_languages() {
    for zip in [package(), of_case(), package()[..5000].to_vec(), Vec::new(), b"PDF".to_vec()] {
        for finding in examined(&zip).findings {
            assert!(finding.vi.ends_with('.') && finding.en.ends_with('.') && finding.vi != finding.en, "{finding:?}");
        }
    }
}

#[test]
fn another_server_is_seen_and_without_a_key_it_is_left_open() {
    let zip = package();
    let examine = |key: Option<&[u8; 32]>| {
        let mut examiner = Examiner::new();
        examiner.push(&zip);
        let report = examiner.finish(key);
        (report.holds(), report.findings.iter().find(|finding| finding.what == What::Key).unwrap().state)
    };
    assert_eq!(examine(Some(&[1; 32])), (false, State::Fails));
    assert_eq!(examine(None), (true, State::Open));
}

#[test]
fn only_a_blinded_root_leaves_the_device() {
    let roots: Vec<_> = (0..2).map(|_| *draft(&things()).seal(&mut rng()).unwrap().root()).collect();
    assert_ne!(roots[0], roots[1], "the same files give another root each time");
}

#[test]
fn what_a_reader_sees_is_text_and_nothing_that_runs() {
    let mut item = named("x\u{202e}gnp.<script>alert(1)</script>.html");
    item.shown = Some("</pre><script>alert(2)</script>\u{202e}ngược".into());
    item.by = Some("<img src=x onerror=alert(3)>".into());
    let things = vec![(item, b"<script>".to_vec())];
    let unproved = draft(&things).seal(&mut rng()).unwrap();
    let proven = proven(unproved.root());
    let zip = written(unproved.prove(proven).unwrap(), &things);
    let text = String::from_utf8_lossy(&zip);
    let page = &text[text.find("<!DOCTYPE html>").unwrap()..text.find("</html>").unwrap()];
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains('\u{202e}'), "{page}");
    assert!(page.contains("default-src 'none'") && page.contains("‹U+202E›") && page.contains("data/0001.bin"));
    assert!(page.contains("reported") && !page.to_lowercase().contains("offender"));
    assert!(examined(&zip).holds());
}

#[test]
fn an_answer_that_does_not_fit_is_refused_before_anything_is_written() {
    let unproved = || draft(&things()).seal(&mut rng()).unwrap();
    let other = unproved();
    let with = proven(&[0; 32]);
    assert_eq!(other.prove(with).err(), Some(MakeError::Answer));
    let own = unproved();
    let statement = Statement { time: 1, root: *own.root() };
    let late = Proven { time: 2, signature: statement.sign(&support::server()), ..proven(own.root()) };
    assert_eq!(own.prove(late).err(), Some(MakeError::Answer));
}

#[test]
fn a_file_that_changes_meanwhile_is_noticed() {
    let unproved = draft(&things()).seal(&mut rng()).unwrap();
    let proven = proven(unproved.root());
    let mut packing = unproved.prove(proven).unwrap();
    while !matches!(packing.next().unwrap(), Piece::Item(0)) {}
    packing.content(&[0x88; 3000]).unwrap();
    assert_eq!(packing.next(), Err(MakeError::Changed(0)));
}

#[test]
fn an_empty_or_half_finished_draft_gives_no_package() {
    assert_eq!(Draft::new(MADE).seal(&mut rng()).err(), Some(MakeError::Empty));
    let mut half = Draft::new(MADE);
    half.begin(named("a")).unwrap();
    assert_eq!(half.begin(named("b")), Err(MakeError::Order));
    assert_eq!(half.seal(&mut rng()).err(), Some(MakeError::Order));
}

#[test]
fn a_stamp_travels_along_to_be_judged() {
    let stamp = evidence::Stamp { response: vec![0x30, 0x00], authority: "-----BEGIN".into() };
    let report = examined(&package_with(Some(stamp.clone())));
    assert!(report.holds(), "{:?}", report.findings);
    assert_eq!(report.facts.unwrap().stamp, Some(stamp));
    assert!(failed(&package_with(None)).is_empty());
}

const FIRST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/package-1.zip");

#[test]
fn a_package_of_the_first_format_holds_for_ever() {
    let zip = std::fs::read(FIRST).unwrap();
    let report = examined(&zip);
    assert!(report.holds(), "{:?}", report.findings);
    assert_eq!(report.facts.map(|facts| (facts.time, facts.about.items.len())), Some((MADE + 2, 2)));
}

/// Run by hand once, when a format is released: `cargo test -p evidence saves_the_package -- --ignored`.
#[test]
#[ignore = "writes the fixture of the present format"]
fn saves_the_package_of_today() {
    std::fs::create_dir_all(std::path::Path::new(FIRST).parent().unwrap()).unwrap();
    std::fs::write(FIRST, of_case()).unwrap();
}
