//! What can't be used is said in one line, and a server that goes away and comes back loses nothing.

use crate::{
    house::{House, place, server},
    support::{FRESH, NOON, card, report, settle},
};
use neighbours::Postgres;
use store::{Place, Store, StoreError, View};

/// What a database is refused with.
async fn refusal(address: &str) -> StoreError {
    let folder = tempfile::tempdir().unwrap();
    let place = Place { database: Some(address.parse().unwrap()), ..Place::folder(folder.path()) };
    let refused = Store::open(place, &FRESH).await.err().unwrap();
    assert!(!refused.to_string().contains('\n'), "one line: {refused}");
    refused
}

#[tokio::test]
async fn a_database_without_rights_is_named() {
    let database = server().database(None).unwrap();
    server().sql(&database, "CREATE ROLE guest LOGIN").unwrap();
    let refused = refusal(&server().address_of("guest", &database)).await;
    assert!(matches!(refused, StoreError::NoRights(_)), "{refused:?}");
    assert_eq!(
        refused.to_string(),
        "permission denied for schema public; make haidang's user the owner of the database"
    );
}

#[tokio::test]
async fn a_database_of_another_encoding_is_named() {
    let server = server();
    let create = "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0";
    server.sql("postgres", create).unwrap();
    let refused = refusal(&server.address("latin")).await;
    assert!(matches!(&refused, StoreError::Encoding(encoding) if encoding == "LATIN1"), "{refused:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let house = House::with(&["111"]).await;
    house.store.close().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', true, '', 0)";
    server().sql(&house.database, newer).unwrap();
    let refused = Store::open(house.place.clone(), &FRESH).await.err().unwrap();
    assert!(matches!(refused, StoreError::Layout(_)), "{refused:?}");
    let refused = Store::open_beside(house.place.clone(), &FRESH).await.err().unwrap();
    assert!(matches!(refused, StoreError::OtherLayout), "{refused:?}");
}

#[tokio::test]
async fn what_is_not_there_is_named_without_the_password() {
    let missing = server().address("nowhere").replace("postgres@", "postgres:SECRET@");
    let refused = refusal(&missing).await;
    assert!(refused.to_string().contains("\"nowhere\" does not exist"), "{refused}");
    let unknown = refusal(&server().address_of("nobody:SECRET", "postgres")).await;
    let deaf = refusal("postgres://ha:SECRET@127.0.0.1:1/haidang").await;
    for refused in [refused, unknown, deaf] {
        assert!(!format!("{refused} {refused:?}").contains("SECRET"), "{refused:?}");
    }
}

#[tokio::test]
async fn a_text_that_postgres_can_not_keep_is_malformed_not_a_broken_server() {
    let house = House::with(&["111"]).await;
    let mut strange = card("women");
    strange.card.hours = "al\0ways".into();
    let refused = house.store.add_organisation(strange).await;
    assert!(matches!(refused, Err(StoreError::Malformed(_))), "{refused:?}");
}

#[tokio::test]
async fn a_server_that_crashes_and_comes_back_has_kept_what_was_acknowledged_and_is_found_again() {
    server();
    let postgres = Postgres::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = Place {
        database: Some(postgres.address(&postgres.database(None).unwrap()).parse().unwrap()),
        ..place(&folder, "none")
    };
    let store = Store::open(at, &FRESH).await.unwrap();
    settle(&store, &["111"]).await;
    for round in 0..2 {
        let (before, during, after) = (format!("b{round}"), format!("d{round}"), format!("a{round}"));
        store.receive(report(&before, &["111"]), NOON).await.unwrap();
        postgres.crash().unwrap();
        let refused = store.receive(report(&during, &["111"]), NOON).await.unwrap_err();
        assert!(matches!(refused, StoreError::Database(_)), "{refused:?}");
        assert!(store.inbox("111", View::All, None, 10).await.is_err());
        postgres.rise().unwrap();
        // Without a word to anybody: the connections are made anew.
        store.receive(report(&after, &["111"]), NOON).await.unwrap();
        store.receive(report(&before, &["111"]), NOON).await.unwrap();
        assert_eq!(store.inbox("111", View::All, None, 10).await.unwrap().len(), 2 * (round + 1));
    }
    let mut news = store.news();
    store.receive(report("last", &["111"]), NOON).await.unwrap();
    assert_eq!(&*news.recv().await.unwrap(), "111");
    store.close().await;
}
