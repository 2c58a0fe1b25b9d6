//! Her signature, both desks, both logs.

use super::{CHILD, CONSENT, REFERRAL, World, bytes, in_a_month, rng, sealed, world};
use casework::CaseId;
use seal::{Receipt, grant};
use serde_json::{Value, json};

#[tokio::test]
async fn she_signs_the_shelter_reads_she_takes_it_back() {
    let world = world().await;
    let until = in_a_month();
    let leaf = world.asks(until).await;
    let seen = world.back("", None).await.json();
    let asked = &seen["helpers"]["consents"][0];
    assert_eq!((asked["state"].as_str(), asked["to_name"].as_str()), (Some("asked"), Some("Nơi shelter")));
    // Another recipient, another day, another entry: not what she read.
    for wrong in [
        world.agrees("police", until, &leaf),
        world.agrees("shelter", until + 1, &leaf),
        json!({"case": world.id, "organisation": "helpline", "consent": CONSENT, "answer": "agrees"}),
    ] {
        let answer = world.back("/consents", Some(&wrong)).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (422, Some("not_hers")), "{wrong}");
    }
    assert_eq!(world.back("/consents", Some(&world.agrees("shelter", until, &leaf))).await.status, 200);
    let (body, child) = world.referral(4, until);
    let sent = world.desk(0, &format!("cases/{}/referrals", world.id), &body).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    // There.
    let opened = world.opens(1, CHILD).await.json();
    let key = grant::open(grant::Kind::Case, &bytes(&opened["grants"][0]["sealed"]), &world.organisations[1]).unwrap();
    assert_eq!(key.recipient(), child.recipient());
    assert_eq!(world.opens(0, CHILD).await.status, 404, "who refers never reads there");
    assert_eq!(world.opens(1, world.id).await.status, 404, "who helps there never here");
    let accept = json!({"seen": opened["work"]["version"], "state": "accepted"});
    let step = format!("cases/{CHILD}/referrals/{REFERRAL}");
    assert_eq!(world.desk(1, &step, &accept).await.status, 200);
    // She sees it, opens it with her own case, and never a name of staff.
    let answer = world.back("", None).await;
    assert!(!answer.text().contains("Hoa"));
    let seen = answer.json();
    let helper = &seen["helpers"]["cases"][0];
    assert_eq!((helper["state"].as_str(), helper["readers"][0]["id"].as_str()), (Some("accepted"), Some("shelter")));
    let hers = grant::open(grant::Kind::Case, &bytes(&helper["grants"][0]["sealed"]), &world.case).unwrap();
    let letter = seal::entry::open(&bytes(&helper["entries"][0]["sealed"]), &hers).unwrap();
    assert!(String::from_utf8(letter.content.to_vec()).unwrap().contains("Em cần chỗ ở"));
    let done: Vec<_> =
        seen["helpers"]["done"].as_array().unwrap().iter().map(|d| d["said"].as_str().unwrap()).collect();
    assert!(done.contains(&"Nơi shelter nhận lời giúp bạn."), "{done:?}");
    let (words, _) = sealed(&json!({"text": "em cảm ơn"}), &hers);
    let path = format!("/helpers/{CHILD}/entries");
    assert_eq!(world.back(&path, Some(&json!({"entries": [words]}))).await.status, 200);
    // She takes it back.
    let back = json!({"case": world.id, "organisation": "helpline", "consent": CONSENT, "answer": "takes_back"});
    assert_eq!(world.back("/consents", Some(&back)).await.status, 200);
    assert_eq!(world.opens(1, CHILD).await.status, 404);
    assert_eq!(world.desk(1, &step, &json!({"seen": 9, "state": "done"})).await.status, 404);
    let again = world.back("/consents", Some(&back)).await;
    assert_eq!((again.status, again.json()["code"].as_str()), (409, Some("already")));
}

#[tokio::test]
async fn a_referral_says_what_is_wrong_with_it() {
    let world = world().await;
    let until = in_a_month();
    let path = format!("cases/{}/referrals", world.id);
    let refers = async |change: &dyn Fn(&mut Value)| {
        let (mut body, _) = world.referral(0, until);
        change(&mut body);
        let answer = world.desk(0, &path, &body).await;
        (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned())
    };
    let told = |status, code: &str| (status, code.to_owned());
    assert_eq!(refers(&|_| {}).await, told(409, "no_consent"));
    assert_eq!(refers(&|body| body["seen"] = json!(9)).await, told(409, "changed_meanwhile"));
    assert_eq!(refers(&|body| body["child"] = Value::Null).await, told(422, "bad_seal"));
    assert_eq!(refers(&|body| body["why"] = json!("in the clear")).await, told(400, "bad_json"));
    let recorded = |way: Value, told: Value| {
        json!({
            "seen": 0, "told": told,
            "change": {"kind": "consent_recorded", "consent": CONSENT, "to": "nowhere", "until": until, "way": way},
        })
    };
    let silent =
        world.desk(0, &format!("cases/{}/consents", world.id), &recorded(json!("by_phone"), Value::Null)).await;
    assert_eq!(silent.status, 422, "she must be able to read it");
    let entry = json!({"epoch": 0, "entry": sealed(&json!({"text": "đã nói chuyện"}), &world.case).0});
    let fine = world.desk(0, &format!("cases/{}/consents", world.id), &recorded(json!("by_phone"), entry)).await;
    assert_eq!(fine.status, 200, "{}", fine.text());
    let version = fine.json()["work"]["version"].clone();
    let elsewhere = |body: &mut Value| {
        body["to"] = json!("nowhere");
        body["seen"] = version.clone();
    };
    assert_eq!(refers(&elsewhere).await, told(409, "not_joined"));
    // What happens by something else is not written down by hand.
    let by_hand = json!({"seen": 0, "change": {"kind": "consent_withdrawn", "consent": CONSENT}});
    assert_eq!(world.desk(0, &format!("cases/{}/work", world.id), &by_hand).await.status, 403);
}

#[tokio::test]
async fn a_call_is_entered_once_and_she_says_how_she_is() {
    let world = world().await;
    let mut call = world.report();
    let keys = Receipt::generate(&mut rng()).derive(&[1; 16]);
    call["id"] = json!(CaseId([8; 16]));
    call["receipt"] = World::receipt(&keys);
    call["way"] = json!("by_phone");
    call["paper"] = json!("row 7");
    assert_eq!(world.desk(0, "enter", &call).await.status, 200);
    assert_eq!(world.desk(0, "enter", &call).await.status, 200, "its answer was lost");
    call["id"] = json!(CaseId([9; 16]));
    call["receipt"] = World::receipt(&Receipt::generate(&mut rng()).derive(&[1; 16]));
    let again = world.desk(0, "enter", &call).await;
    assert_eq!((again.status, again.json()["code"].as_str()), (409, Some("already_there")));
    assert_eq!(world.desk(1, "enter", &call).await.status, 422, "for one's own organisation");
    assert!(world.store.case(CaseId([8; 16])).await.unwrap().receipt_known);
    assert_eq!(world.opens(0, CaseId([8; 16])).await.json()["work"]["ground"], "entered_here");
    let said = json!({"case": world.id, "wellbeing": "better", "helped": "partly"});
    assert_eq!(world.back("/said", Some(&said)).await.status, 200);
    assert_eq!(world.back("/said", Some(&json!({"case": world.id}))).await.status, 400);
    assert_eq!(world.back("/said", Some(&json!({"case": CHILD, "helped": "no"}))).await.status, 404);
}
