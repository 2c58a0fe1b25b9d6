//! How an organisation stands to a case decides what its members and programs may do there.

use super::http::Answer;
use super::{CHILD, CONSENT, IDS, REFERRAL, TOKEN, World, in_a_month, sealed, sign_in, text, world};
use casework::MemberId;
use seal::{Identity, grant, passphrase::Derived};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Invitation, NewMember, Scope, Token};
use vocabulary::Role;

const PROGRAM: &str = "haidang_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A program of the shelter asks.
async fn by_program(world: &World, path: &str) -> Answer {
    let bearer = format!("Bearer {PROGRAM}");
    world.server.send("GET", path, &[("authorization", &bearer)], b"").await
}

async fn with_program(world: &World) {
    let token = Token {
        hash: Sha256::digest(PROGRAM).into(),
        organisation: IDS[1].into(),
        name: "thống kê".into(),
        scopes: [Scope::Cases].into(),
        made_at: 0,
        expires_at: i64::MAX,
        used_at: None,
    };
    world.store.add_token(token).await.unwrap();
}

/// Another caseworker joins the shelter; gives her cookie.
async fn joins(world: &World, name: &str) -> String {
    let hash = Sha256::digest(name).into();
    let invited = Invitation { hash, organisation: IDS[1].into(), role: Role::Supervisor, expires_at: i64::MAX };
    world.store.invite(invited).await.unwrap();
    let new = NewMember {
        id: MemberId([9; 16]),
        name: name.into(),
        recipient: Identity::generate().recipient().to_string(),
        wrapped_key: vec![1],
        salt: vec![3; 16],
        sign_in: Derived::verifier(&TOKEN),
        totp: None,
        founds: None,
    };
    world.store.join(hash, new, 0).await.unwrap();
    sign_in(&world.server, IDS[1], name).await
}

fn may(answer: &Value, action: &str) -> bool {
    answer["may"].as_array().unwrap().iter().any(|code| code == action)
}

#[tokio::test]
async fn until_it_is_accepted_the_shelter_reads_notes_and_answers_and_hands_nothing_on() {
    let world = world().await;
    let until = in_a_month();
    world.refers(until).await;
    let opened = world.opens(1, CHILD).await.json();
    assert!(may(&opened, "open_case") && may(&opened, "answer") && may(&opened, "accept"));
    assert!(!may(&opened, "refer") && !may(&opened, "export_case") && !may(&opened, "assign"));
    let work = format!("cases/{CHILD}/work");
    let noted = json!({"seen": opened["work"]["version"], "change": {"kind": "noted", "about": "note"}});
    assert_eq!(world.desk(1, &work, &noted).await.status, 200);
    let seen = world.opens(1, CHILD).await.json()["work"]["version"].clone();
    let plan = json!({"seen": seen, "change": {"kind": "served", "what": "shelter"}});
    let entry = json!({"epoch": 0, "entry": sealed(&json!({"text": "cho nơi khác nhé?"}), &world.case).0});
    let asks = |seen: &Value| {
        json!({"seen": seen, "told": entry, "change": {
            "kind": "consent_asked", "consent": CONSENT, "to": "helpline", "until": until,
        }})
    };
    let consents = format!("cases/{CHILD}/consents");
    let members = format!("cases/{CHILD}/export");
    for (path, body) in [(&work, &plan), (&consents, &asks(&seen)), (&members, &json!({}))] {
        let refused = world.desk(1, path, body).await;
        assert_eq!((refused.status, &refused.json()["code"]), (403, &json!("not_allowed")), "{path}");
    }
    let accept = json!({"seen": seen, "state": "accepted"});
    assert_eq!(world.desk(1, &format!("cases/{CHILD}/referrals/{REFERRAL}"), &accept).await.status, 200);
    let own = world.opens(1, CHILD).await.json();
    assert!(may(&own, "refer") && may(&own, "export_case"), "it is their own now");
    let plan = json!({"seen": own["work"]["version"], "change": {"kind": "served", "what": "shelter"}});
    assert_eq!(world.desk(1, &work, &plan).await.status, 200);
    assert_eq!(world.desk(1, &members, &json!({})).await.status, 200);
}

#[tokio::test]
async fn a_conference_is_there_for_its_chosen_members_and_for_no_program() {
    let world = world().await;
    with_program(&world).await;
    let other = joins(&world, "Mai").await;
    let until = in_a_month();
    let leaf = world.asks(until).await;
    assert_eq!(world.back("/consents", Some(&world.agrees("shelter", until, &leaf))).await.status, 200);
    let (mut body, child) = world.referral(4, until);
    let to = |identity: &Identity| text(grant::seal(grant::Kind::Case, &child, &identity.recipient()));
    body["child"]["organisation"] = Value::Null;
    body["child"]["members"] = json!([
        {"member": MemberId([0; 16]), "sealed": to(&world.organisations[0])},
        {"member": MemberId([1; 16]), "sealed": to(&world.organisations[1])},
    ]);
    let sent = world.desk(0, &format!("cases/{}/referrals", world.id), &body).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let path = format!("/api/v1/desk/cases/{CHILD}");
    let theirs = [("cookie", &*other)];
    assert_eq!(world.server.send("GET", &path, &theirs, b"").await.status, 404, "she was not chosen");
    assert_eq!(world.server.send("GET", &format!("{path}/work"), &theirs, b"").await.status, 404);
    assert_eq!(by_program(&world, &format!("/api/v1/cases/{CHILD}")).await.status, 404);
    assert!(world.store.openings(CHILD).await.unwrap().is_empty(), "nobody of them opened anything");
    for at in [0, 1] {
        let opened = world.opens(at, CHILD).await;
        assert_eq!((opened.status, opened.json()["grants"].as_array().unwrap().len()), (200, 1));
    }
}

#[tokio::test]
async fn a_program_finds_a_case_for_as_long_as_its_organisation_does() {
    let world = world().await;
    with_program(&world).await;
    let path = format!("/api/v1/cases/{CHILD}");
    assert_eq!(by_program(&world, &path).await.status, 404);
    world.refers(in_a_month()).await;
    assert_eq!(by_program(&world, &path).await.status, 200, "offered is enough to read it, sealed");
    assert_eq!(by_program(&world, &format!("/api/v1/cases/{}", world.id)).await.status, 404, "that is the helpline's");
    let back = json!({"case": world.id, "organisation": "helpline", "consent": CONSENT, "answer": "takes_back"});
    assert_eq!(world.back("/consents", Some(&back)).await.status, 200);
    assert_eq!(by_program(&world, &path).await.status, 404);
}
