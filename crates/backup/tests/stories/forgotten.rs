//! What was forgotten since a backup was taken doesn't come back with it.

use crate::{
    support::{DAY, MINUTE, NOON, by, digest, epochs, file, grants, join, receipt, report, stands_in},
    two::{Backed, restore_into, rows, upload},
};
use casework::work::Change;
use store::{NewEvent, NewKey, Passkey, StoreError, View};
use vocabulary::{HoldGround, NoteKind, Role};

#[tokio::test]
async fn an_erased_case_stays_erased_and_is_still_counted() {
    let backed = Backed::with(&["111"]).await;
    let store = backed.store();
    let mut hers = report("hers", &["111"]);
    upload(store, hers.id, file("photo"), b"a sealed photo", 14).await;
    hers.entries[0].files.push(file("photo"));
    store.receive(hers.clone(), NOON).await.unwrap();
    store.receive(report("another", &["111"]), NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();

    store.ask_erasure(hers.id, NOON).await.unwrap();
    for day in 0..=7 {
        store.tidy(NOON + day * DAY).await.unwrap();
        backup::list::append(backed.folder.path(), store).await.unwrap();
    }
    assert!(matches!(store.case(hers.id).await, Err(StoreError::Absent(_))));

    let (restored, again, folder) = backed.restore(took.at).await.unwrap();
    assert_eq!((restored.cases, restored.files, restored.erased), (1, 0, 1));
    assert!(matches!(again.case(hers.id).await, Err(StoreError::Absent(_))));
    assert!(again.case(report("another", &[]).id).await.is_ok());
    assert_eq!(again.tombstones().await.unwrap(), store.tombstones().await.unwrap());
    for trace in [&hers.id.0[..], b"a sealed photo", b"sealed: hers: story", &hers.grants[0].sealed] {
        assert!(!stands_in(folder.path(), trace), "nothing of it is written, not even for a moment");
    }
    // The house knows the lines itself, and the list goes on where it was.
    assert_eq!(again.forgotten(0, 100).await.unwrap(), store.forgotten(0, 100).await.unwrap());
    again.ask_erasure(report("another", &[]).id, NOON + 8 * DAY).await.unwrap();
    let before = store.forgotten(0, 100).await.unwrap().last().unwrap().number;
    assert_eq!(backup::list::append(backed.folder.path(), &again).await.unwrap(), before + 1);
}

#[tokio::test]
async fn an_organisation_that_was_shut_out_stays_out_and_one_that_stayed_comes_back() {
    let backed = Backed::with(&["111", "222"]).await;
    let store = backed.store();
    let hers = report("hers", &["111", "222"]);
    store.receive(hers.clone(), NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    store.withdraw(hers.id, "222".into(), "age1fresh".into(), grants("hers", 1, &["111"]), NOON).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();

    let (_, again, folder) = backed.restore(took.at).await.unwrap();
    assert_eq!(again.grants(hers.id, Some("222")).await.unwrap(), []);
    assert!(again.inbox("222", View::All, None, 10).await.unwrap().is_empty());
    assert!(!stands_in(folder.path(), b"hers: key of epoch 0 for 222"));
    assert_eq!(again.grants(hers.id, Some("111")).await.unwrap(), hers.grants[1..2]);
    assert_eq!(again.inbox("111", View::All, None, 10).await.unwrap().len(), 1);
    let case = again.by_receipt(hers.receipt.locator, hers.receipt.verifier).await.unwrap();
    assert_eq!(case.epoch, 0, "she opens it as it was");

    // Let in again: a later backup brings it back.
    let all = epochs("hers", Some("222"), 1);
    store.allow(hers.id, "222".into(), all.clone(), NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    let (_, again, _folder) = backed.restore(took.at).await.unwrap();
    assert_eq!(again.grants(hers.id, Some("222")).await.unwrap(), all);
}

#[tokio::test]
async fn what_was_asked_for_locked_or_held_goes_on_as_it_was() {
    let backed = Backed::with(&["111", "222"]).await;
    let store = backed.store();
    for seed in ["asked", "stopped", "locked", "held"] {
        store.receive(report(seed, &["111", "222"]), NOON).await.unwrap();
    }
    let [asked, stopped, locked, held] = ["asked", "stopped", "locked", "held"].map(|seed| report(seed, &[]).id);
    store.tidy(NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    let due = store.ask_erasure(asked, NOON).await.unwrap();
    store.ask_erasure(stopped, NOON).await.unwrap();
    store.stop_erasure(stopped).await.unwrap();
    store.lock(locked, "111".into(), NOON).await.unwrap();
    // She asked for the erasure; one organisation must keep it, the other and she herself lose the key.
    store.hold(held, "111".into(), HoldGround::ALL.first().copied(), NOON).await.unwrap();
    store.ask_erasure(held, NOON).await.unwrap();
    for day in 0..=7 {
        store.tidy(NOON + day * DAY - MINUTE).await.unwrap();
    }
    store.tidy(NOON + 7 * DAY).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();

    let (_, again, _folder) = backed.restore(took.at).await.unwrap();
    assert!(matches!(again.case(asked).await, Err(StoreError::Absent(_))), "its day came: {due}");
    assert_eq!(again.case(stopped).await.unwrap().erase_due, None);
    assert!(again.case(locked).await.unwrap().locked_at.is_some());
    let of = |holder| again.grants(held, holder);
    assert_eq!((of(None).await.unwrap(), of(Some("222")).await.unwrap()), (vec![], vec![]));
    assert_eq!(of(Some("111")).await.unwrap().len(), 1);
    let gone = again.by_receipt(receipt("held").locator, receipt("held").verifier).await;
    assert!(gone.is_err());
}

#[tokio::test]
async fn an_erasure_that_was_asked_for_is_carried_out_after_a_restore() {
    let backed = Backed::with(&["111"]).await;
    let store = backed.store();
    let hers = report("hers", &["111"]);
    store.receive(hers.clone(), NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    let due = store.ask_erasure(hers.id, NOON + MINUTE).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();
    let (_, again, _folder) = backed.restore(took.at).await.unwrap();
    assert_eq!(again.case(hers.id).await.unwrap().erase_due, Some(due));
}

#[tokio::test]
async fn who_left_doesnt_come_back_and_nobody_is_still_signed_in() {
    let backed = Backed::with(&["111", "222"]).await;
    let store = backed.store();
    let [left, changed, stays] = [
        join(store, "111", "left", Role::Intake).await,
        join(store, "111", "changed", Role::Intake).await,
        join(store, "111", "stays", Role::Intake).await,
    ];
    for (number, member) in [(1, stays), (2, stays), (3, left)] {
        let (prf_salt, credential) = (vec![2], "{}".into());
        let wrapped_key = Some(format!("key of passkey {number}").into_bytes());
        let passkey = Passkey { id: vec![number; 16], member, credential, prf_salt, wrapped_key, added_at: NOON };
        store.add_passkey(passkey).await.unwrap();
    }
    store.open_session([1; 32], stays, NOON).await.unwrap();
    let invitation =
        store::Invitation { hash: [2; 32], organisation: "111".into(), role: Role::Intake, expires_at: NOON + 9 * DAY };
    store.invite(invitation).await.unwrap();
    let took = backed.take(NOON).await.unwrap();

    store.leave(left, [9; 32], NOON).await.unwrap();
    store.change_passphrase(changed, b"new".to_vec(), vec![2; 16], digest("new"), None).await.unwrap();
    store.remove_passkey(stays, vec![1; 16]).await.unwrap();
    let mut closed = store.organisation("222").await.unwrap();
    closed.closed_at = Some(NOON);
    store.change_organisation(closed).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();

    let (_, again, folder) = backed.restore(took.at).await.unwrap();
    let names: Vec<_> = again.members("111").await.unwrap().into_iter().map(|member| member.name).collect();
    assert_eq!(names, ["an", "stays"]);
    let passkeys = again.passkeys(stays).await.unwrap();
    assert_eq!(passkeys.iter().map(|passkey| &passkey.id[..]).collect::<Vec<_>>(), [[2; 16]]);
    assert!(!stands_in(folder.path(), b"key of passkey 1") && !stands_in(folder.path(), b"key of passkey 3"));
    assert!(again.session([1; 32], NOON).await.is_err());
    assert!(again.invitation([2; 32], NOON).await.is_err());
    assert!(again.organisation("222").await.unwrap().closed_at.is_some());
}

#[tokio::test]
async fn a_key_that_was_replaced_since_or_known_to_who_left_is_due_to_be_replaced_again() {
    let backed = Backed::with(&["111", "222", "333"]).await;
    let store = backed.store();
    let took = backed.take(NOON).await.unwrap();
    // One replaced its key, of another somebody left who knew it, the third stays as it is.
    let an = store.member_named("111", "an").await.unwrap().id;
    let key = NewKey {
        instead_of: "age1111".into(),
        recipient: "age1fresh".into(),
        members: vec![(an, b"the fresh key".to_vec())],
        earlier: b"the key before".to_vec(),
        leaves: None,
    };
    store.replace_key("111".into(), key, r#"{"kind":"key_replaced"}"#.into(), by(NOON)).await.unwrap();
    let left = store.member_named("222", "an").await.unwrap().id;
    store.leave(left, [9; 32], NOON).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();

    let (restored, again, _folder) = backed.restore(took.at).await.unwrap();
    assert_eq!(restored.keys_due, ["111", "222"]);
    assert_eq!(again.organisation("111").await.unwrap().card.recipient.as_deref(), Some("age1111"), "the old one");
    for (id, is_due) in [("111", true), ("222", true), ("333", false)] {
        assert_eq!(again.office(id).await.unwrap().keys_due.is_some(), is_due, "{id}");
    }
    // A backup that was taken after it brings the present key back, and nothing is due.
    let took = backed.take(NOON + MINUTE).await.unwrap();
    let (restored, again, _folder) = backed.restore(took.at).await.unwrap();
    assert_eq!(restored.keys_due, Vec::<String>::new());
    assert_eq!(again.office("111").await.unwrap().keys_due, None);
    assert!(again.office("222").await.unwrap().keys_due.is_some(), "nobody has replaced it yet");
}

#[tokio::test]
async fn the_lines_name_nobody_and_are_written_with_what_they_tell() {
    let backed = Backed::with(&["111", "222"]).await;
    let store = backed.store();
    let hers = report("hers", &["111", "222"]);
    store.receive(hers.clone(), NOON).await.unwrap();
    store.tidy(NOON).await.unwrap();
    store.withdraw(hers.id, "222".into(), "age1fresh".into(), grants("hers", 1, &["111"]), NOON).await.unwrap();
    backup::list::append(backed.folder.path(), store).await.unwrap();
    let list = std::fs::read_to_string(backup::list::path(backed.folder.path())).unwrap();
    let whats: Vec<_> = list.lines().skip(1).map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(whats, ["access", "grant"]);
    assert!(!list.contains(&hers.id.to_string()));
    // What was refused leaves no line.
    let refused = store.withdraw(hers.id, "111".into(), "age1other".into(), vec![], NOON).await;
    assert!(refused.is_err());
    assert_eq!(store.forgotten(0, 100).await.unwrap().len(), 2);
    // A line that a crash cut off is written again.
    let path = backup::list::path(backed.folder.path());
    std::fs::write(&path, &list[..list.len() - 9]).unwrap();
    assert_eq!(backup::list::append(backed.folder.path(), store).await.unwrap(), 2);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), list);
    assert_eq!(backup::list::length(backed.folder.path()).unwrap(), 2);
}

#[tokio::test]
async fn a_restore_that_was_broken_off_opens_as_no_house_and_begins_anew() {
    let backed = Backed::with(&["111"]).await;
    for number in 0..30 {
        backed.store().receive(report(&format!("report {number}"), &["111"]), NOON).await.unwrap();
    }
    let took = backed.take(NOON).await.unwrap();
    let part = crate::refused::largest_part(backed.folder.path());
    let whole = std::fs::read(&part).unwrap();
    let mut damaged = whole.clone();
    *damaged.last_mut().unwrap() ^= 1;
    std::fs::write(&part, damaged).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let refused = restore_into(backed.folder.path(), took.at, &backed.key, empty.path()).await;
    assert!(matches!(refused, Err(backup::BackupError::Damaged(_))), "{refused:?}");
    let half = store::Store::open(empty.path(), &[9; 64]).await.err();
    assert!(matches!(half, Some(StoreError::Restoring)), "{half:?}");

    std::fs::write(&part, whole).unwrap();
    restore_into(backed.folder.path(), took.at, &backed.key, empty.path()).await.unwrap();
    let again = store::Store::open(empty.path(), &[9; 64]).await.unwrap();
    assert_eq!(rows(&again).await, rows(backed.store()).await);
}

#[tokio::test]
async fn what_staff_wrote_about_an_erased_case_stays_erased_and_their_log_holds() {
    let backed = Backed::with(&["111", "222"]).await;
    let store = backed.store();
    let (hers, other) = (report("hers", &["111", "222"]), report("another", &["111"]));
    for sent in [&hers, &other] {
        store.receive(sent.clone(), NOON).await.unwrap();
        let event = NewEvent { sealed: Some(b"words of staff".to_vec()), ..by(NOON) };
        store.change(sent.id, "111".into(), Change::Noted { about: NoteKind::Note }, None, event).await.unwrap();
    }
    store.tidy(NOON).await.unwrap();
    let took = backed.take(NOON).await.unwrap();
    store.ask_erasure(hers.id, NOON).await.unwrap();
    for day in 1..=8 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    backup::list::append(backed.folder.path(), store).await.unwrap();

    let (_, again, _folder) = backed.restore(took.at).await.unwrap();
    let events = again.events("111", 0, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| event.case).collect::<Vec<_>>(), [None, Some(other.id)]);
    assert!(events[0].body.is_none() && events[0].sealed.is_none() && events[1].sealed.is_some());
    let check = again.check_log("111").await.unwrap();
    assert_eq!((check.lines, check.erased, check.broken), (2, 1, None));
    assert_eq!(again.rebuild().await.unwrap().mended, 0);
}
