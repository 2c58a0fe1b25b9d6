//! What people do at the same time, too late, or with what is over by now: a clear sentence, nothing lost, nothing shown to
//! the wrong eyes.

use super::{CHILD, CONSENT, IDS, REFERRAL, in_a_month, now, sign_in, text, world, world_by};
use casework::MemberId;
use serde_json::json;
use std::sync::atomic::{AtomicI64, Ordering};
use store::StoreError;

#[tokio::test]
async fn of_two_who_change_the_same_the_second_is_told_and_a_note_is_never_lost() {
    let world = world().await;
    let path = format!("cases/{}/work", world.id);
    let accept = json!({"seen": 0, "change": {"kind": "accepted", "owner": MemberId([0; 16])}});
    assert_eq!(world.desk(0, &path, &accept).await.status, 200);
    let seen = world.opens(0, world.id).await.json()["work"]["version"].clone();
    let wait = json!({"seen": seen, "change": {"kind": "waiting", "until": in_a_month()}});
    assert_eq!(world.desk(0, &path, &wait).await.status, 200);
    // The other page is stale by now.
    let close = json!({"seen": seen, "change": {"kind": "closed", "reason": "other", "outcome": "unknown"}});
    let late = world.desk(0, &path, &close).await;
    assert_eq!((late.status, late.json()["code"].as_str()), (409, Some("changed_meanwhile")));
    let said = late.json()["title"].as_str().unwrap().to_owned();
    assert!(said.contains("Có thay đổi mới") || said.contains("Something changed"), "{said}");
    assert_eq!(world.opens(0, world.id).await.json()["work"]["state"], "waiting");
    for _ in 0..2 {
        let note = json!({"seen": seen, "change": {"kind": "noted", "about": "note"}, "sealed": text([7; 40])});
        assert_eq!(world.desk(0, &path, &note).await.status, 200, "it only adds");
    }
    let events = world.store.events_of_case(world.id, "helpline").await.unwrap();
    assert_eq!(events.iter().filter(|event| event.sealed.is_some()).count(), 2);
}

#[tokio::test]
async fn a_referral_that_was_taken_back_while_it_is_being_accepted_is_not_there() {
    let world = world().await;
    world.refers(in_a_month()).await;
    let seen = world.opens(1, CHILD).await.json()["work"]["version"].clone();
    let version = world.opens(0, world.id).await.json()["work"]["version"].clone();
    let step = |case: String| format!("cases/{case}/referrals/{REFERRAL}");
    let revoke = json!({"seen": version, "state": "revoked"});
    assert_eq!(world.desk(0, &step(world.id.to_string()), &revoke).await.status, 200);
    let accept = world.desk(1, &step(CHILD.to_string()), &json!({"seen": seen, "state": "accepted"})).await;
    assert_eq!((accept.status, accept.json()["code"].as_str()), (404, Some("not_found")));
    let answers = json!({"epoch": 0, "entries": []});
    assert_eq!(world.desk(1, &format!("cases/{CHILD}/entries"), &answers).await.status, 404);
    assert_eq!(world.opens(0, world.id).await.json()["work"]["referrals"][REFERRAL.to_string()]["state"], "revoked");
}

#[tokio::test]
async fn who_was_removed_while_she_had_it_open_does_nothing_more_and_her_case_waits_for_a_colleague() {
    let world = world().await;
    let path = format!("cases/{}/work", world.id);
    let accept = json!({"seen": 0, "change": {"kind": "accepted", "owner": MemberId([0; 16])}});
    assert_eq!(world.desk(0, &path, &accept).await.status, 200);
    world.store.leave(MemberId([0; 16]), [5; 32], now()).await.unwrap();
    assert_eq!(world.opens(0, world.id).await.status, 401);
    let note = json!({"seen": 9, "change": {"kind": "noted", "about": "note"}});
    let refused = world.desk(0, &path, &note).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (401, Some("signed_out")));
    let work = world.store.work(world.id, "helpline").await.unwrap();
    assert_eq!((work.state, work.owner), (vocabulary::CaseState::New, None));
    assert_eq!(world.back("", None).await.json()["organisations"][0]["state"], "accepted", "she is not forgotten");
}

#[tokio::test]
async fn an_organisation_that_closes_with_open_cases_is_out_and_she_is_told() {
    let world = world().await;
    world.refers(in_a_month()).await;
    for id in IDS {
        let mut record = world.store.organisation(id).await.unwrap();
        record.closed_at = Some(now());
        world.store.change_organisation(record).await.unwrap();
        if id == "helpline" {
            assert_eq!(world.opens(0, world.id).await.status, 401);
            assert_eq!(world.opens(1, CHILD).await.status, 200, "the shelter goes on");
        }
    }
    assert_eq!(world.opens(1, CHILD).await.status, 401);
    let seen = world.back("", None).await.json();
    assert!(seen["organisations"][0]["left_at"].is_i64(), "{seen}");
    assert!(seen["entries"].as_array().unwrap().len() > 1 && !seen["grants"].as_array().unwrap().is_empty());
    let shut = matches!(world.store.access(CHILD, "shelter").await, Err(StoreError::Absent(_)));
    assert!(shut, "what was referred there went back");
}

static AHEAD: AtomicI64 = AtomicI64::new(0);

fn clock() -> i64 {
    now() + AHEAD.load(Ordering::Relaxed)
}

#[tokio::test]
async fn by_a_consent_that_is_over_nothing_is_handed_on() {
    let mut world = world_by(clock).await;
    let until = clock() + 3600;
    let leaf = world.asks(until).await;
    assert_eq!(world.back("/consents", Some(&world.agrees("shelter", until, &leaf))).await.status, 200);
    AHEAD.store(2 * 3600, Ordering::Relaxed);
    world.cookies[0] = sign_in(&world.server, IDS[0], "Hoa").await;
    let (body, _) = world.referral(4, clock() + 60);
    let late = world.desk(0, &format!("cases/{}/referrals", world.id), &body).await;
    assert_eq!((late.status, late.json()["code"].as_str()), (409, Some("consent_over")), "{}", late.text());
    assert!(world.store.case(CHILD).await.is_err(), "nothing was made");
    let withdrawn = json!({"seen": 4, "change": {"kind": "consent_withdrawn", "consent": CONSENT}});
    assert_eq!(world.desk(0, &format!("cases/{}/consents", world.id), &withdrawn).await.status, 200);
}
