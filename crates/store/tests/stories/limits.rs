//! Every limit is reached, and named.

use crate::support::{House, NOON, by, entry, epochs, file, report};
use casework::limits::{
    ENTRIES_AT_ONCE, ENTRIES_OF_CASE, ENTRY_BYTES, FILES_BYTES_UNOPENED, FILES_OF_CASE, GRANT_BYTES,
    ORGANISATIONS_OF_CASE,
};
use store::{Opened, Opening, StoreError};
use vocabulary::Role;

fn is_over<T>(outcome: Result<T, StoreError>, what: &str) {
    match outcome {
        Err(StoreError::OverLimit(named)) => assert_eq!(named, what),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("within the limit: {what}"),
    }
}

#[tokio::test]
async fn entries_of_a_case() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let sent = report("her", &["111"]);
    store.receive(sent.clone(), NOON).await.unwrap();
    let many = |from: i64, to: i64| (from..to).map(|i| entry(&i.to_string())).collect::<Vec<_>>();
    let at_once = i64::try_from(ENTRIES_AT_ONCE).unwrap();
    is_over(store.add_by_person(sent.id, 0, many(0, at_once + 1), [9; 32], NOON).await, "entries at once");
    let mut long = entry("long");
    long.sealed = vec![0; ENTRY_BYTES];
    store.add_by_person(sent.id, 0, vec![long.clone()], [9; 32], NOON).await.unwrap();
    long.sealed.push(0);
    is_over(store.add_by_person(sent.id, 0, vec![long], [9; 32], NOON).await, "bytes of an entry");
    let mut count = 3;
    while count < ENTRIES_OF_CASE {
        let to = ENTRIES_OF_CASE.min(count + at_once);
        store.add_by_person(sent.id, 0, many(count, to), [9; 32], NOON).await.unwrap();
        count = to;
    }
    is_over(store.add_by_person(sent.id, 0, vec![entry("one more")], [9; 32], NOON).await, "entries of a case");
    let again = store.add_by_person(sent.id, 0, vec![entry("3")], [9; 32], NOON).await.unwrap();
    assert_eq!(again, [3], "what is there already may be sent again");
}

#[tokio::test]
async fn organisations_of_a_case() {
    let names: Vec<String> = (0..=ORGANISATIONS_OF_CASE).map(|i| format!("org-{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let house = House::with(&names).await;
    let store = &house.store;
    is_over(store.receive(report("all", &names), NOON).await, "organisations of a case");
    let sent = report("her", &names[..ORGANISATIONS_OF_CASE]);
    store.receive(sent.clone(), NOON).await.unwrap();
    let last = names[ORGANISATIONS_OF_CASE];
    is_over(store.allow(sent.id, last.into(), epochs("her", Some(last), 0), NOON).await, "organisations of a case");
    let mut long = report("long", &[]);
    long.grants[0].sealed = vec![0; GRANT_BYTES + 1];
    is_over(store.receive(long, NOON).await, "bytes of a key");
}

#[tokio::test]
async fn files_before_and_after_somebody_opened_the_case() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let sent = report("her", &["111"]);
    store.receive(sent.clone(), NOON).await.unwrap();
    let most = FILES_BYTES_UNOPENED * 2;
    let begin = |seed: &'static str, size| store.begin_file(file(seed), sent.id, size, most, NOON);
    is_over(begin("nothing", 0).await, "bytes of files");
    is_over(begin("huge", u64::MAX).await, "bytes of files");
    begin("first", FILES_BYTES_UNOPENED - 1).await.unwrap();
    is_over(begin("second", 2).await, "bytes of files");
    begin("third", 1).await.unwrap();
    let opening = Opening { at: NOON, organisation: "111".into(), role: Role::Intake, what: Opened::Case };
    store.note_opening(sent.id, opening, by(NOON)).await.unwrap();
    begin("second", FILES_BYTES_UNOPENED).await.unwrap();
    is_over(begin("fourth", 1).await, "bytes of files");
    is_over(store.begin_file(file("low"), report("him", &[]).id, 11, 10, NOON).await, "bytes of files");
}

#[tokio::test]
async fn files_of_a_case() {
    let house = House::with(&["111"]).await;
    let id = report("her", &["111"]).id;
    for i in 0..FILES_OF_CASE {
        house.store.begin_file(file(&i.to_string()), id, 1, 1 << 20, NOON).await.unwrap();
    }
    is_over(house.store.begin_file(file("one more"), id, 1, 1 << 20, NOON).await, "files of a case");
    house.store.begin_file(file("0"), id, 1, 1 << 20, NOON).await.unwrap();
}
