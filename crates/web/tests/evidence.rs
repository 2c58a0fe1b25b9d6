//! A blinded root is signed, and stamped where there is an authority; nothing else is asked for or kept.

mod http;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use evidence::Statement;
use http::Server;
use seal::sign::Verifier;
use serde_json::{Value, json};
use store::Store;
use web::Settings;

fn bytes(value: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap()
}

fn root(byte: u8) -> Value {
    json!({ "root": URL_SAFE_NO_PAD.encode([byte; 32]) })
}

async fn store() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Store::open(folder.path(), &[9; 64]).await.unwrap(), folder)
}

fn statement(signed: &[u8]) -> (Statement, [u8; 64]) {
    let time = u64::from_be_bytes(signed[..8].try_into().unwrap());
    (Statement { time, root: signed[8..40].try_into().unwrap() }, signed[40..].try_into().unwrap())
}

#[tokio::test]
async fn without_an_authority_the_server_signs_alone_and_keeps_nothing() {
    let (store, _folder) = store().await;
    let server = Server::receiving(store.clone()).await;
    let answer = server.post_json("/api/v1/evidence", &root(7)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let json = answer.json();
    assert_eq!((&json["waiting"], &json["stamp"]), (&false.into(), &Value::Null));
    let (statement, signature) = statement(&bytes(&json["signed"]));
    let key: [u8; 32] = bytes(&json["server_key"]).try_into().unwrap();
    let verifier = Verifier::from_bytes(&key).unwrap();
    assert!(statement.root == [7; 32] && statement.verify(&signature, &verifier));
    // What is signed here is no head of anybody's log.
    assert!(!verifier.verify(seal::sign::Purpose::TreeHead, &statement.to_bytes(), &signature));
    let terms = server.get("/api/v1/report/terms").await.json();
    assert_eq!(terms["server_key"], json["server_key"]);
    assert!(
        server.get("/vi/evidence").await.text().contains(&key.iter().map(|b| format!("{b:02x}")).collect::<String>())
    );
    assert!(store.stamps_due(i64::MAX, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn with_an_authority_the_same_root_is_signed_once_and_gets_its_stamp_when_it_is_there() {
    let (store, _folder) = store().await;
    let settings = Settings { time_authority: Some("-----BEGIN".into()), ..Settings::default() };
    let server = Server::receiving_with(store.clone(), settings).await;
    let first = server.post_json("/api/v1/evidence", &root(7)).await.json();
    assert_eq!((&first["waiting"], &first["stamp"]), (&true.into(), &Value::Null));
    let due = store.stamps_due(i64::MAX, 10).await.unwrap();
    assert_eq!((due.len(), due[0].root, &due[0].signed), (1, [7; 32], &bytes(&first["signed"])));
    store.stamp_came([7; 32], b"response".to_vec()).await.unwrap();
    let second = server.post_json("/api/v1/evidence", &root(7)).await.json();
    assert_eq!((&second["waiting"], &second["signed"]), (&false.into(), &first["signed"]));
    assert_eq!(bytes(&second["stamp"]["response"]), b"response");
    assert_eq!(second["stamp"]["authority"], "-----BEGIN");
}

#[tokio::test]
async fn what_is_no_root_is_refused_and_a_flood_waits() {
    let (store, _folder) = store().await;
    let server = Server::receiving(store).await;
    for (body, status) in [
        (json!({"root": "AAAA"}), 422),
        (json!({"root": "not base64!"}), 400),
        (json!({"root": URL_SAFE_NO_PAD.encode([0; 33])}), 422),
        (json!({"root": URL_SAFE_NO_PAD.encode([0; 32]), "file": "x"}), 400),
        (json!({}), 400),
    ] {
        let answer = server.post_json("/api/v1/evidence", &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
        assert!(answer.header("content-type").starts_with("application/problem+json"));
    }
    let mut refused = None;
    for n in 0..100 {
        let answer = server.post_json("/api/v1/evidence", &root(n)).await;
        if answer.status == 429 {
            refused = Some(answer.header("retry-after"));
            break;
        }
    }
    assert!(refused.is_some_and(|wait| !wait.is_empty()), "one network can't ask without end");
}
