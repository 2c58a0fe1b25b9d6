//! What was erased stands nowhere in SQLite's raw files.

use crate::support::{DAY, House, MINUTE, NOON, epochs, grants, receipt, report, stands_in};
use casework::erasure::GRACE_SECONDS;
use std::{collections::BTreeSet, fs, path::Path};

/// The numbers of all planted keys that stand anywhere in the folder.
fn numbers_in(folder: &Path) -> BTreeSet<usize> {
    let mut numbers = BTreeSet::new();
    for child in fs::read_dir(folder).unwrap().map(|child| child.unwrap().path()).filter(|path| path.is_file()) {
        let bytes = fs::read(child).unwrap();
        for at in (0..bytes.len()).filter(|at| bytes[*at] == b'P') {
            let digits = bytes[at..].strip_prefix(b"PLANTED-").and_then(|rest| rest.get(..4));
            numbers.extend(digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<usize>().ok()));
        }
    }
    numbers
}

#[tokio::test]
async fn erased_keys_stand_nowhere_in_the_raw_files() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    // Enough of them, of many lengths, that pages fill, split and are joined again, while others come and go.
    let mut left = Vec::new();
    for round in 0..4_usize {
        let start = NOON + [0, 8, 16, 24][round] * DAY;
        store.tidy(start).await.unwrap();
        for i in 0..300 {
            let i = round * 300 + i;
            let mut sent = report(&format!("case {i}"), &["111"]);
            for grant in &mut sent.grants {
                grant.sealed = format!("PLANTED-{i:04}-{}", "k".repeat(40 + (i * 37) % 300)).into_bytes();
            }
            sent.entries[0].sealed = vec![b'e'; (i * 997) % 9_000];
            store.receive(sent, start).await.unwrap();
            left.push(i);
        }
        let (stay, go): (Vec<_>, Vec<_>) = left.iter().partition(|i| (**i * 7 + round).is_multiple_of(3));
        for i in &go {
            store.ask_erasure(report(&format!("case {i}"), &[]).id, start).await.unwrap();
        }
        assert_eq!(numbers_in(house.folder.path()), left.iter().copied().collect(), "the search finds what is there");
        for day in 1..7 {
            store.tidy(start + day * DAY).await.unwrap();
        }
        assert_eq!(store.tidy(start + GRACE_SECONDS).await.unwrap().erased, go.len());
        left = stay;
        assert_eq!(numbers_in(house.folder.path()), left.iter().copied().collect());
    }
}

#[tokio::test]
async fn keys_of_a_member_who_left_stand_nowhere_nor_those_of_an_old_passphrase() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let id = store.member_named("111", "an").await.unwrap().id;
    let passkey = store::Passkey {
        id: vec![1; 40],
        member: id,
        credential: "{}".into(),
        prf_salt: vec![2],
        wrapped_key: Some(b"WRAPPED-BY-PASSKEY".to_vec()),
        added_at: NOON,
    };
    store.add_passkey(passkey.clone()).await.unwrap();
    assert_eq!(store.passkeys(id).await.unwrap(), [passkey]);
    store.change_passphrase(id, b"WRAPPED-ANEW".to_vec(), vec![9; 16], [9; 32], None).await.unwrap();
    assert_eq!(store.member(id).await.unwrap().wrapped_key, b"WRAPPED-ANEW");
    store.tidy(NOON).await.unwrap();
    assert!(!stands_in(house.folder.path(), b"wrapped key"));
    for needle in [&b"WRAPPED-ANEW"[..], b"WRAPPED-BY-PASSKEY", b"organisation key"] {
        assert!(stands_in(house.folder.path(), needle));
    }
    store.leave(id, [9; 32], NOON).await.unwrap();
    store.tidy(NOON + MINUTE).await.unwrap();
    for needle in [&b"WRAPPED-ANEW"[..], b"WRAPPED-BY-PASSKEY", b"organisation key"] {
        assert!(!stands_in(house.folder.path(), needle));
    }
}

#[tokio::test]
async fn withdrawn_and_replaced_keys_stand_nowhere_after_the_next_minute() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let mut sent = report("her", &["111", "women"]);
    sent.grants[0].sealed = b"OLD-RECEIPT-GRANT".to_vec();
    sent.grants[1].sealed = b"GRANT-OF-THE-WITHDRAWN".to_vec();
    store.receive(sent.clone(), NOON).await.unwrap();
    store.withdraw(sent.id, "111".into(), "age1fresh".into(), grants("her", 1, &["women"]), NOON).await.unwrap();
    store.replace_receipt(sent.id, receipt("new"), epochs("her", None, 1)).await.unwrap();
    assert!(stands_in(house.folder.path(), b"GRANT-OF-THE-WITHDRAWN"), "until then the log holds it");
    store.tidy(NOON + MINUTE).await.unwrap();
    for needle in [&b"GRANT-OF-THE-WITHDRAWN"[..], b"OLD-RECEIPT-GRANT"] {
        assert!(!stands_in(house.folder.path(), needle));
    }
}
