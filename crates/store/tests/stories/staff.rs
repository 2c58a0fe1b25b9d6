//! Organisations and who works there.

use crate::support::{DAY, House, MINUTE, NOON, card, join, member};
use casework::limits::{SESSION_IDLE_SECONDS, SESSION_SECONDS};
use store::{Invitation, NoticeWays, Passkey, StoreError};
use vocabulary::Role;

#[tokio::test]
async fn an_invitation_is_used_once_and_not_after_its_day() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let hash = [3; 32];
    let invitation = Invitation { hash, organisation: "111".into(), role: Role::Intake, expires_at: NOON + DAY };
    store.invite(invitation.clone()).await.unwrap();
    assert_eq!(store.invitation(hash, NOON + DAY - 1).await.unwrap(), invitation);
    assert!(store.invitation(hash, NOON + DAY).await.is_err());
    assert!(store.join(hash, member("late", "late"), NOON + DAY).await.is_err());
    // Two at once: one is in.
    let both =
        tokio::join!(store.join(hash, member("binh", "bình"), NOON), store.join(hash, member("chi", "chi"), NOON));
    let outcomes = [both.0, both.1];
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().any(|o| matches!(o, Err(StoreError::Absent("invitation")))));
    assert_eq!(store.members("111").await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_name_that_is_taken_leaves_the_invitation_for_another_and_is_free_when_she_left() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let hash = [3; 32];
    let invitation = Invitation { hash, organisation: "111".into(), role: Role::Intake, expires_at: NOON + DAY };
    store.invite(invitation).await.unwrap();
    let taken = store.join(hash, member("other", "an"), NOON).await;
    assert!(matches!(taken, Err(StoreError::Taken("name"))), "{taken:?}");
    let first = store.member_named("111", "an").await.unwrap();
    assert_eq!(first.organisation_key.as_deref(), Some(&b"organisation key"[..]));

    store.open_session([1; 32], first.id, NOON).await.unwrap();
    let passkey = Passkey {
        id: vec![1],
        member: first.id,
        credential: "{}".into(),
        prf_salt: vec![2],
        wrapped_key: Some(b"wrapped".to_vec()),
        added_at: NOON,
    };
    store.add_passkey(passkey.clone()).await.unwrap();
    assert!(matches!(store.add_passkey(passkey.clone()).await, Err(StoreError::Taken("passkey"))));
    assert_eq!(store.passkeys(first.id).await.unwrap(), [passkey]);
    store.leave(first.id, [9; 32], NOON).await.unwrap();
    assert!(store.session([1; 32], NOON).await.is_err(), "her sessions end at once");
    assert!(store.member(first.id).await.is_err() && store.passkeys(first.id).await.unwrap().is_empty());
    assert!(matches!(store.leave(first.id, [9; 32], NOON).await, Err(StoreError::Absent("member"))));
    let second = store.join(hash, member("other", "an"), NOON).await.unwrap();
    assert_eq!((second.role, second.organisation_key), (Role::Intake, None));
    store.give_organisation_key(second.id, b"sealed to her".to_vec()).await.unwrap();
    assert_eq!(store.member(second.id).await.unwrap().organisation_key.as_deref(), Some(&b"sealed to her"[..]));
    assert_eq!(store.member_named("women", "an").await.unwrap().organisation, "women", "another house, another an");
}

#[tokio::test]
async fn an_organisation_is_founded_once() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let hash = [3; 32];
    let invitation = Invitation { hash, organisation: "111".into(), role: Role::Supervisor, expires_at: NOON + DAY };
    store.invite(invitation).await.unwrap();
    let mut second = member("second", "second");
    second.founds = Some(("age1other".into(), b"other key".to_vec()));
    let refused = store.join(hash, second, NOON).await;
    assert!(matches!(refused, Err(StoreError::Taken("organisation's key"))), "{refused:?}");
    assert_eq!(store.organisation("111").await.unwrap().card.recipient.as_deref(), Some("age1111"));
    assert!(store.invitation(hash, NOON).await.is_ok(), "the invitation still holds");
}

#[tokio::test]
async fn a_session_ends_when_idle_when_old_when_ended_and_with_a_new_passphrase() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let id = store.member_named("111", "an").await.unwrap().id;
    for hash in [[1; 32], [2; 32], [3; 32]] {
        store.open_session(hash, id, NOON).await.unwrap();
    }
    assert!(store.session([1; 32], NOON + SESSION_IDLE_SECONDS).await.is_err());
    assert_eq!(store.session([1; 32], NOON).await.unwrap().member.id, id);
    let mut now = NOON;
    while now < NOON + SESSION_SECONDS - 20 * MINUTE {
        now += 20 * MINUTE;
        store.session([1; 32], now).await.unwrap();
    }
    assert!(store.session([1; 32], NOON + SESSION_SECONDS - 1).await.is_ok());
    assert!(store.session([1; 32], NOON + SESSION_SECONDS).await.is_err(), "also for who works on");
    store.session([2; 32], NOON + 30).await.unwrap();
    assert_eq!(store.session([2; 32], NOON).await.unwrap().seen_at, NOON, "noted once a minute");
    store.session([2; 32], NOON + MINUTE).await.unwrap();
    assert_eq!(store.session([2; 32], NOON).await.unwrap().seen_at, NOON + MINUTE);
    store.glance([2; 32], NOON + 9 * MINUTE).await.unwrap();
    assert_eq!(store.session([2; 32], NOON).await.unwrap().seen_at, NOON + MINUTE, "no page keeps itself signed in");

    store.end_sessions(id, Some([2; 32])).await.unwrap();
    assert!(store.session([2; 32], NOON).await.is_err() && store.session([3; 32], NOON).await.is_ok());
    store.change_passphrase(id, b"anew".to_vec(), vec![9; 16], [9; 32], Some([3; 32])).await.unwrap();
    assert!(store.session([1; 32], NOON).await.is_err() && store.session([3; 32], NOON).await.is_ok());
    store.end_sessions(id, None).await.unwrap();
    assert!(store.session([3; 32], NOON).await.is_err());
}

#[tokio::test]
async fn what_is_out_of_date_is_swept() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let id = store.member_named("111", "an").await.unwrap().id;
    store.tidy(NOON).await.unwrap();
    store.open_session([1; 32], id, NOON).await.unwrap();
    let invitation = Invitation { hash: [2; 32], organisation: "111".into(), role: Role::Intake, expires_at: NOON + 1 };
    store.invite(invitation.clone()).await.unwrap();
    store.tidy(NOON + SESSION_IDLE_SECONDS).await.unwrap();
    // Swept, both may be made anew under the same hash.
    store.open_session([1; 32], id, NOON).await.unwrap();
    store.invite(invitation).await.unwrap();
}

#[tokio::test]
async fn a_code_serves_once() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let id = store.member_named("111", "an").await.unwrap().id;
    store.use_totp_step(id, 1000).await.unwrap();
    for step in [1000, 999] {
        assert!(matches!(store.use_totp_step(id, step).await, Err(StoreError::Stale("the code"))), "{step}");
    }
    store.use_totp_step(id, 1001).await.unwrap();
}

#[tokio::test]
async fn nobody_comes_in_through_an_organisation_that_left() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let id = store.member_named("111", "an").await.unwrap().id;
    store.open_session([1; 32], id, NOON).await.unwrap();
    let hash = [3; 32];
    let invitation = Invitation { hash, organisation: "111".into(), role: Role::Intake, expires_at: NOON + DAY };
    store.invite(invitation).await.unwrap();
    let mut left = store.organisation("111").await.unwrap();
    left.closed_at = Some(NOON);
    store.change_organisation(left).await.unwrap();
    assert!(store.session([1; 32], NOON).await.is_err());
    assert!(store.member_named("111", "an").await.is_err());
    assert!(store.invitation(hash, NOON).await.is_err());
    assert!(store.join(hash, member("x", "x"), NOON).await.is_err());
    assert!(store.organisations().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_card_is_kept_as_it_was_given_and_changes_without_its_key() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let mut record = card("women");
    record.card.name.vi = "Trường “Lê Lợi”; DROP TABLE cases; --".into();
    record.questions = r#"[{"vi":"Lớp mấy?"}]"#.into();
    record.notices = NoticeWays {
        email: Some("to@example.org".into()),
        webhook_url: Some("https://example.org/hook".into()),
        webhook_key: Some(vec![1, 2, 3]),
    };
    store.add_organisation(record.clone()).await.unwrap();
    assert_eq!(store.organisation("women").await.unwrap(), record);
    assert!(matches!(store.add_organisation(record.clone()).await, Err(StoreError::Taken("organisation"))));
    join(store, "women", "binh", Role::Intake).await;
    for id in ["person", "receipt", "", "Ô", "a b"] {
        let refused = store.add_organisation(card(id)).await;
        assert!(matches!(refused, Err(StoreError::Malformed(_))), "{id}: {refused:?}");
    }
    let mut changed = store.organisation("111").await.unwrap();
    changed.card.recipient = Some("age1another".into());
    changed.card.hours = "mon-fri 08:00-17:00".into();
    store.change_organisation(changed).await.unwrap();
    let kept = store.organisation("111").await.unwrap().card;
    assert_eq!((kept.recipient.as_deref(), kept.hours.as_str()), (Some("age1111"), "mon-fri 08:00-17:00"));
    assert!(matches!(store.change_organisation(card("nobody")).await, Err(StoreError::Absent("organisation"))));
}

#[tokio::test]
async fn her_saved_views_are_hers_and_go_with_her() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let id = join(store, "111", "binh", Role::Intake).await;
    assert_eq!(store.views(id).await.unwrap(), None);
    for sealed in [b"first".to_vec(), b"anew".to_vec()] {
        store.keep_views(id, sealed.clone()).await.unwrap();
        assert_eq!(store.views(id).await.unwrap(), Some(sealed));
    }
    assert!(matches!(store.keep_views(id, vec![0; 4000]).await, Err(StoreError::OverLimit(_))));
    assert!(store.passkeys(id).await.unwrap().is_empty(), "they open nothing");
    store.leave(id, [9; 32], NOON).await.unwrap();
    assert_eq!(store.views(id).await.unwrap(), None);
    assert!(matches!(store.keep_views(id, b"late".to_vec()).await, Err(StoreError::Absent(_))));
}
