//! Layouts of the database, from the first one on.

use crate::support::{DAY, FRESH, House, NOON, by, entry, epochs, file, report};
use sqlx::{AnyConnection, Connection, Row};
use std::{fs, path::Path};
use store::{Opened, Opening, Passkey, Store, StoreError, View};
use vocabulary::{Harm, Role};

const FIRST: &str = include_str!("../fixtures/layout-1.sql");

async fn connect(folder: &Path) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let path = folder.join("haidang.sqlite");
    AnyConnection::connect(&format!("sqlite://{}?mode=rwc", path.display())).await.unwrap()
}

async fn run(folder: &Path, sql: &str) {
    let mut connection = connect(folder).await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Something in every table.
async fn furnish(store: &Store) {
    let mut sent = report("her", &["111"]);
    sent.facts.harm = Some(Harm::Grooming);
    let photo = file("photo");
    store.begin_file(photo, sent.id, 5, 1 << 20, NOON).await.unwrap();
    store.add_piece(photo, 0, b"photo".to_vec(), NOON).await.unwrap();
    sent.entries[1].files.push(photo);
    store.receive(sent.clone(), NOON).await.unwrap();
    store.add_by_organisation(sent.id, "111".into(), 0, vec![entry("answer")], by(NOON + 1)).await.unwrap();
    let opening = Opening { at: NOON + 2, organisation: "111".into(), role: Role::Intake, what: Opened::Case };
    store.note_opening(sent.id, opening, by(NOON)).await.unwrap();
    let erased = report("erased", &["111"]);
    store.receive(erased.clone(), NOON).await.unwrap();
    store.ask_erasure(erased.id, NOON).await.unwrap();
    for day in 0..=7 {
        store.tidy(NOON + day * DAY).await.unwrap();
    }
    let id = store.member_named("111", "an").await.unwrap().id;
    store.open_session([1; 32], id, NOON + 7 * DAY).await.unwrap();
    let invitation =
        store::Invitation { hash: [2; 32], organisation: "111".into(), role: Role::Intake, expires_at: NOON + 9 * DAY };
    store.invite(invitation).await.unwrap();
    let (prf_salt, credential) = (vec![2], "{}".into());
    let passkey = Passkey { id: vec![1], member: id, credential, prf_salt, wrapped_key: None, added_at: NOON };
    store.add_passkey(passkey).await.unwrap();
}

#[tokio::test]
async fn a_house_of_the_first_layout_opens_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), FIRST).await;
    let store = Store::open(folder.path(), &[0; 64]).await.unwrap();
    assert_eq!(store.receipt_salt().await.unwrap(), FRESH[..32]);
    let sent = report("her", &["111"]);
    let case = store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.unwrap();
    assert_eq!((case.id, case.facts.harm, case.received_at), (sent.id, Some(Harm::Grooming), NOON));
    let entries = store.entries(sent.id, 0).await.unwrap();
    assert_eq!(
        entries.iter().map(|e| &e.sealed[..]).collect::<Vec<_>>(),
        [&b"sealed: her: story"[..], b"sealed: her: answers", b"sealed: answer"]
    );
    assert_eq!(store.grants(sent.id, Some("111")).await.unwrap(), sent.grants[1..]);
    assert_eq!(store.inbox("111", View::All, None, 10).await.unwrap().len(), 1);
    assert_eq!(store.openings(sent.id).await.unwrap().len(), 1);
    assert!(store.file(file("photo")).await.unwrap().is_complete());
    assert_eq!(store.tombstones().await.unwrap(), [("2026-11".into(), String::new(), 1)]);
    let session = store.session([1; 32], NOON + 7 * DAY).await.unwrap();
    assert_eq!((session.member.name.as_str(), session.member.sign_in), ("an", crate::support::digest("an")));
    assert_eq!(store.passkeys(session.member.id).await.unwrap().len(), 1);
    assert!(store.invitation([2; 32], NOON + 7 * DAY).await.is_ok());
    // And it goes on.
    store.add_by_person(sent.id, 0, vec![entry("more")], [9; 32], NOON + 8 * DAY).await.unwrap();
    store.replace_receipt(sent.id, crate::support::receipt("new"), epochs("her", None, 0)).await.unwrap();
    store.tidy(NOON + 8 * DAY).await.unwrap();
}

#[tokio::test]
async fn a_house_of_a_newer_program_is_left_alone() {
    let house = House::with(&["111"]).await;
    house.store.close().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', 1, x'00', 0)";
    run(house.folder.path(), newer).await;
    let refused = Store::open(house.folder.path(), &FRESH).await.err().unwrap();
    assert!(matches!(refused, StoreError::Layout(_)), "{refused:?}");
    // A command beside a server of that newer program.
    let lock = fs::File::open(house.folder.path().join("haidang.lock")).unwrap();
    lock.lock().unwrap();
    let refused = Store::open_beside(house.folder.path(), &FRESH).await.err().unwrap();
    assert!(matches!(refused, StoreError::OtherLayout), "{refused:?}");
}

#[tokio::test]
async fn what_is_no_database_of_ours_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("haidang.sqlite");
    fs::write(&path, "not a database, but somebody's only copy of something".repeat(100)).unwrap();
    let before = fs::read(&path).unwrap();
    let refused = Store::open(folder.path(), &FRESH).await.err().unwrap();
    assert!(matches!(refused, StoreError::Database(_)), "{refused:?}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_damaged_value_is_named_not_guessed() {
    let house = House::with(&["111"]).await;
    let id = report("her", &["111"]).id;
    house.store.receive(report("her", &["111"]), NOON).await.unwrap();
    house.store.close().await;
    run(house.folder.path(), "UPDATE cases SET harm = 'no such harm'; UPDATE entries SET leaf = substr(leaf, 2)").await;
    let store = Store::open(house.folder.path(), &FRESH).await.unwrap();
    assert!(matches!(store.case(id).await, Err(StoreError::Damaged("harm"))));
    assert!(matches!(store.entries(id, 0).await, Err(StoreError::Damaged("leaf"))));
    // It can still be erased.
    store.tidy(NOON).await.unwrap();
    run(house.folder.path(), &format!("UPDATE cases SET erase_due = {NOON}")).await;
    assert_eq!(store.tidy(NOON).await.unwrap().erased, 1);
}

/// Run by hand when a layout is released: `cargo test -p store saves_the_layout -- --ignored`. The file is kept for
/// ever, and a story like the first one above goes with it.
#[tokio::test]
#[ignore = "writes the fixture of the present layout"]
async fn saves_the_layout_of_today() {
    let house = House::with(&["111"]).await;
    furnish(&house.store).await;
    house.store.close().await;
    let mut connection = connect(house.folder.path()).await;
    let mut dump = String::from("BEGIN;\n");
    let made =
        "SELECT name, sql, type FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    for row in sqlx::query(made).fetch_all(&mut connection).await.unwrap() {
        let (name, sql, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        dump += &format!("{sql};\n");
        if kind == "table" {
            let columns = crate::clear::columns(&mut connection, &name).await;
            let quoted: Vec<_> = columns.iter().map(|column| format!("quote({column})")).collect();
            let select = format!("SELECT {} FROM {name}", quoted.join(" || ', ' || "));
            for row in sqlx::query(sqlx::AssertSqlSafe(select)).fetch_all(&mut connection).await.unwrap() {
                dump += &format!("INSERT INTO {name} VALUES ({});\n", row.get::<String, _>(0));
            }
        }
    }
    let version: i64 =
        sqlx::query("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut connection).await.unwrap().get(0);
    let path = format!("{}/tests/fixtures/layout-{version}.sql", env!("CARGO_MANIFEST_DIR"));
    fs::write(path, dump + "COMMIT;\n").unwrap();
}
