//! An auditor reads the log of an organisation, takes it along, and finds any change in what was taken.

use crate::support::{ANNA, DAY, HOUR, House, NOON, by, report};
use casework::{
    CaseId, MemberId,
    work::{Actor, Change},
};
use std::ops::Range;
use store::{ExportError, LineState, LogFilter, LogFormat, NewEvent, Store, check_export};
use vocabulary::{NoteKind, Role};

/// Two cases with work on them, one of them erased, and something about the organisation itself.
async fn busy() -> (House, CaseId) {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let mut cases = Vec::new();
    for (seed, at) in [("kept", NOON), ("gone", NOON + HOUR)] {
        let sent = report(seed, &["111"]);
        cases.push(sent.id);
        store.receive(sent, at).await.unwrap();
    }
    for (number, case) in (0_i64..).zip(&cases) {
        let at = NOON + 2 * HOUR + number;
        store.change(*case, "111".into(), Change::Accepted { owner: ANNA, next: None }, None, by(at)).await.unwrap();
        let words = NewEvent { sealed: Some(b"sealed words".to_vec()), ..by(at) };
        store.change(*case, "111".into(), Change::Noted { about: NoteKind::Note }, None, words).await.unwrap();
    }
    let other = NewEvent { by: Actor::Member(MemberId([7; 16]), Role::OrganisationAdmin), ..by(NOON + 3 * HOUR) };
    store.note_event("111".into(), r#"{"kind":"invited","role":"intake"}"#.into(), other).await.unwrap();
    store.tidy(NOON).await.unwrap();
    store.ask_erasure(cases[1], NOON).await.unwrap();
    for day in 1..=8 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    (house, cases[0])
}

async fn numbers(store: &Store, filter: LogFilter) -> Vec<i64> {
    store.log("111", &filter, None, 100).await.unwrap().lines.iter().map(|line| line.number).collect()
}

#[tokio::test]
async fn the_log_is_filtered_by_case_member_kind_and_time() {
    let (house, case) = busy().await;
    let store = &house.store;
    assert_eq!(numbers(store, LogFilter::default()).await, [5, 4, 3, 2, 1, 0]);
    assert_eq!(numbers(store, LogFilter { case: Some(case), ..LogFilter::default() }).await, [1, 0]);
    assert_eq!(numbers(store, LogFilter { member: Some(MemberId([7; 16])), ..LogFilter::default() }).await, [4]);
    assert_eq!(numbers(store, LogFilter { kind: Some("noted".into()), ..LogFilter::default() }).await, [1]);
    let (from, until) = (Some(NOON + 3 * HOUR), Some(NOON + 4 * HOUR));
    assert_eq!(numbers(store, LogFilter { from, until, ..LogFilter::default() }).await, [4]);
    let page = store.log("111", &LogFilter::default(), None, 2).await.unwrap();
    assert_eq!((page.lines.len(), page.next), (2, Some(4)));
    assert_eq!(store.log("111", &LogFilter::default(), page.next, 2).await.unwrap().lines[0].number, 3);
    assert_eq!(store.log("111", &LogFilter::default(), Some(0), 2).await.unwrap().next, None);
    assert_eq!(store.log_from("111", NOON + 3 * HOUR).await.unwrap(), 4);
    assert_eq!(store.log_length("111").await.unwrap(), 6);
}

async fn exported(store: &Store, format: LogFormat, from: i64, fits: impl Fn(i64) -> bool) -> String {
    let mut text = format.head("111");
    let mut first = true;
    for line in store.log_lines("111", (from - 1).max(0)).await.unwrap() {
        let state = match () {
            () if line.number < from => LineState::Before,
            () if !fits(line.number) => LineState::Withheld,
            () if line.body.is_none() => LineState::Erased,
            () => LineState::Whole,
        };
        text += &format.line("111", &line, state, first);
        first = false;
    }
    text + format.tail()
}

#[tokio::test]
async fn what_was_taken_along_holds_by_itself() {
    let (house, _) = busy().await;
    let whole = house.store.check_log("111").await.unwrap();
    assert_eq!((whole.lines, whole.erased, whole.broken), (6, 2, None));
    for format in [LogFormat::Json, LogFormat::Csv] {
        let text = exported(&house.store, format, 0, |_| true).await;
        let found = check_export(text.as_bytes()).unwrap();
        assert_eq!((found.organisation.as_str(), found.from, found.check), ("111", 0, whole));
        // A piece of it, with one line held back.
        let text = exported(&house.store, format, 3, |number| number != 4).await;
        assert!(!text.contains("invited"), "{text}");
        let found = check_export(text.as_bytes()).unwrap();
        let check = found.check;
        assert_eq!((found.from, check.lines, check.withheld, check.erased, check.broken), (3, 3, 1, 1, None));
        assert_eq!(check.head, whole.head);
    }
    let json = exported(&house.store, LogFormat::Json, 0, |_| true).await;
    serde_json::from_str::<serde_json::Value>(&json).unwrap();
}

/// Where these stand: in JSON one by one, in CSV side by side.
fn time_and_author_of_erased(text: &str, format: LogFormat) -> Vec<Range<usize>> {
    let between = |from: usize, before: &str, behind: &str| {
        let begin = from + text[from..].find(before).unwrap() + before.len();
        begin..begin + text[begin..].find(behind).unwrap()
    };
    match format {
        LogFormat::Json => text
            .match_indices(r#""state":"erased""#)
            .flat_map(|(at, _)| [between(at, r#""at":"#, ","), between(at, r#""by":""#, "\"")])
            .collect(),
        LogFormat::Csv => text.match_indices(",erased,").map(|(at, _)| between(at, ",erased,", ",,")).collect(),
    }
}

#[tokio::test]
async fn any_byte_that_is_changed_is_found() {
    let (house, _) = busy().await;
    for format in [LogFormat::Json, LogFormat::Csv] {
        let text = exported(&house.store, format, 2, |number| number != 4).await;
        // Of an erased line the nonce is gone: when it was and who it was, no hash covers any more. All else of it holds.
        let free = time_and_author_of_erased(&text, format);
        assert_eq!(free.len(), if format == LogFormat::Json { 4 } else { 2 }, "of two lines");
        assert!(free.iter().all(|part| part.len() < 80), "{free:?}");
        for at in (0..text.len()).filter(|at| !free.iter().any(|part| part.contains(at))) {
            for change in [1, 0x20, 0x80] {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= change;
                let found = check_export(&bytes[..]);
                let holds = found.is_ok_and(|found| found.check.broken.is_none() && found.organisation == "111");
                assert!(
                    !holds,
                    "{format:?}: byte {at} ^ {change}: {:?}",
                    String::from_utf8_lossy(&bytes[at.saturating_sub(150)..(at + 30).min(bytes.len())])
                );
            }
        }
        let cut = check_export(&text.as_bytes()[..text.len() - 1]);
        assert!(matches!(cut, Err(ExportError::CutOff)), "{cut:?}");
    }
    assert!(matches!(check_export(&b"name,age\n"[..]), Err(ExportError::NoExport)));
    assert!(matches!(check_export(&b""[..]), Err(ExportError::NoExport)));
}
