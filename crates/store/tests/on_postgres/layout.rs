//! The two databases have one layout.

use crate::{
    house::{House, server},
    support::FRESH,
};
use sqlx::{AnyConnection, Connection, Row};
use std::collections::BTreeSet;
use store::{Kind, Store, TABLES};

#[tokio::test]
async fn every_column_is_in_both_databases_and_of_the_same_kind() {
    let house = House::with(&[]).await;
    let sql = "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable \
               FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'";
    let there = server().sql(&house.database, sql).unwrap();
    let there: BTreeSet<String> = there.lines().map(str::to_owned).collect();

    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path(), &FRESH).await.unwrap().close().await;
    let address = format!("sqlite://{}", folder.path().join("haidang.sqlite").display());
    let mut connection = AnyConnection::connect(&address).await.unwrap();
    let sql = "SELECT m.name || '.' || c.name || ' ' || replace(lower(c.type), 'blob', 'bytea') || ' ' || \
               CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN 'NO' ELSE 'YES' END \
               FROM sqlite_master m, pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'";
    let here = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
    let here: BTreeSet<String> = here.iter().map(|row| row.get(0)).collect();
    assert_eq!(there, here);
    // What moves and backs up a house knows them all.
    let name = |row: &String| row.split(' ').next().unwrap_or_default().to_owned();
    let known = TABLES.iter().flat_map(|table| {
        table.columns.iter().map(move |(column, kind)| {
            let kind = match kind {
                Kind::Number => "bigint",
                Kind::Text => "text",
                Kind::Bytes => "bytea",
            };
            format!("{}.{column} {kind}", table.name)
        })
    });
    let known: BTreeSet<String> = known.collect();
    let columns = there.iter().map(|row| format!("{} {}", name(row), row.split(' ').nth(1).unwrap_or_default()));
    assert_eq!(known, columns.collect(), "TABLES in src/tables.rs");

    let collations = "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' \
                      AND data_type = 'text' AND table_name <> '_sqlx_migrations' \
                      AND collation_name IS DISTINCT FROM 'C'";
    assert_eq!(server().sql(&house.database, collations).unwrap().trim(), "0", "texts are compared by their bytes");
}
