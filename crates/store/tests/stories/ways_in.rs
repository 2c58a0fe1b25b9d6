//! Other ways in than passphrase and code: an account of the organisation's own provider, a passkey that is wanted, a
//! token of a program.

use crate::support::{DAY, House, MINUTE, NOON, join, member};
use store::{Invitation, Scope, StoreError, Token, Way};
use vocabulary::{OrganisationKind, Role};

#[tokio::test]
async fn an_account_comes_with_whoever_takes_its_invitation_up_and_goes_with_her() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    let who = [7; 32];
    let invitation =
        Invitation { hash: [3; 32], organisation: "111".into(), role: Role::Caseworker, expires_at: NOON + DAY };
    store.invite_account(invitation.clone(), who).await.unwrap();
    assert_eq!(store.invitation([3; 32], NOON).await.unwrap(), invitation);
    assert_eq!(store.member_of_account("111", who).await.unwrap(), None);
    let hoa = store.join([3; 32], member("hoa", "hoa"), NOON).await.unwrap().id;
    assert_eq!(store.member_of_account("111", who).await.unwrap(), Some(hoa));
    assert_eq!(store.member_of_account("women", who).await.unwrap(), None, "an account is one organisation's");
    assert!(store.has_account(hoa).await.unwrap());

    let an = store.member_named("111", "an").await.unwrap().id;
    let taken = store.add_account("111".into(), who, an).await;
    assert!(matches!(taken, Err(StoreError::Taken("account"))), "{taken:?}");
    store.add_account("111".into(), [8; 32], an).await.unwrap();

    store.change_role(hoa, Role::Supervisor, crate::support::NOON).await.unwrap();
    assert_eq!(store.member(hoa).await.unwrap().role, Role::Supervisor);
    store.leave(hoa, [5; 32], NOON).await.unwrap();
    assert_eq!(store.member_of_account("111", who).await.unwrap(), None);
    assert!(matches!(
        store.change_role(hoa, Role::Intake, crate::support::NOON).await,
        Err(StoreError::Absent("member"))
    ));
}

#[tokio::test]
async fn a_session_knows_how_it_began_and_what_the_organisation_wants() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    let id = store.member_named("111", "an").await.unwrap().id;
    store.open_session([1; 32], id, NOON).await.unwrap();
    let session = store.session([1; 32], NOON).await.unwrap();
    assert_eq!((session.way, session.admin_passkey), (Way::Passphrase, false));
    assert_eq!(session.kind, OrganisationKind::Helpline);
    store.set_admin_passkey("111".into(), true).await.unwrap();
    assert!(store.admin_passkey("111").await.unwrap());
    for (hash, way) in [([2; 32], Way::Passkey), ([3; 32], Way::Account)] {
        store.open_session_by(way, hash, id, NOON).await.unwrap();
        let session = store.session(hash, NOON).await.unwrap();
        assert_eq!((session.way, session.admin_passkey), (way, true));
    }
    let nobody = store.set_admin_passkey("nobody".into(), true).await;
    assert!(matches!(nobody, Err(StoreError::Absent("organisation"))), "{nobody:?}");
}

fn token(seed: u8, organisation: &str) -> Token {
    Token {
        hash: [seed; 32],
        organisation: organisation.into(),
        name: "thống kê".into(),
        scopes: [Scope::Cases].into(),
        made_at: NOON,
        expires_at: NOON + DAY,
        used_at: None,
    }
}

#[tokio::test]
async fn a_token_holds_until_its_day_or_until_it_is_ended() {
    let house = House::with(&["111", "women"]).await;
    let store = &house.store;
    store.add_token(token(1, "111")).await.unwrap();
    assert!(matches!(store.add_token(token(1, "111")).await, Err(StoreError::Taken("token"))));
    assert_eq!(store.token([1; 32], NOON).await.unwrap(), token(1, "111"));
    store.token([1; 32], NOON + 30).await.unwrap();
    assert_eq!(store.tokens("111").await.unwrap()[0].used_at, Some(NOON), "noted once a minute");
    store.token([1; 32], NOON + MINUTE).await.unwrap();
    assert_eq!(store.tokens("111").await.unwrap()[0].used_at, Some(NOON + MINUTE));
    assert!(matches!(store.token([1; 32], NOON + DAY).await, Err(StoreError::Absent("token"))));
    assert!(store.tokens("women").await.unwrap().is_empty());

    let foreign = store.end_token("women".into(), [1; 32]).await;
    assert!(matches!(foreign, Err(StoreError::Absent("token"))), "{foreign:?}");
    store.end_token("111".into(), [1; 32]).await.unwrap();
    assert!(store.token([1; 32], NOON).await.is_err());

    for seed in 1..=50 {
        store.add_token(token(seed, "111")).await.unwrap();
    }
    assert!(matches!(store.add_token(token(51, "111")).await, Err(StoreError::OverLimit(_))));
    store.add_token(token(51, "women")).await.unwrap();
    store.tidy(NOON + 32 * DAY).await.unwrap();
    assert!(store.tokens("111").await.unwrap().is_empty(), "swept a month after their day");
}

#[tokio::test]
async fn a_token_of_an_organisation_that_left_opens_nothing() {
    let house = House::with(&["111"]).await;
    let store = &house.store;
    join(store, "111", "binh", Role::Intake).await;
    store.add_token(token(1, "111")).await.unwrap();
    let mut left = store.organisation("111").await.unwrap();
    left.closed_at = Some(NOON);
    store.change_organisation(left).await.unwrap();
    assert!(store.token([1; 32], NOON).await.is_err());
}
