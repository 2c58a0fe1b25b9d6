//! Everything that stands in the clear is listed in docs/clear.md, and nothing else.

use crate::support::House;
use sqlx::{AnyConnection, Connection, Row};
use std::{collections::BTreeSet, fs};

/// The columns of a table, in their order.
pub async fn columns(connection: &mut AnyConnection, table: &str) -> Vec<String> {
    let sql = format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// The first cell of every row of the tables under this headline, without its backticks.
fn listed(headline: &str) -> Vec<String> {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/clear.md")).unwrap();
    let after = page.split_once(&format!("\n## {headline}\n")).unwrap_or_else(|| panic!("## {headline}")).1;
    let part = after.split_once("\n## ").map_or(after, |(part, _)| part);
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    rows.map(|(name, rest)| {
        let cells: Vec<_> = rest.trim_end_matches('|').split('|').skip(1).map(str::trim).collect();
        assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty()), "who, why, who reads it: {name}");
        name.to_owned()
    })
    .collect()
}

#[tokio::test]
async fn every_column_of_the_database_is_listed_and_every_listed_one_is_there() {
    let house = House::with(&[]).await;
    let path = house.folder.path().join("haidang.sqlite");
    let mut connection = AnyConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                  AND name <> '_sqlx_migrations'";
    let mut kept = BTreeSet::new();
    for row in sqlx::query(tables).fetch_all(&mut connection).await.unwrap() {
        let table: String = row.get(0);
        kept.extend(columns(&mut connection, &table).await.iter().map(|column| format!("{table}.{column}")));
    }
    let rows = listed("The database");
    let listed: BTreeSet<_> = rows.iter().cloned().collect();
    assert_eq!(rows.len(), listed.len(), "a column is listed twice");
    let missing: Vec<_> = kept.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&kept).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not in docs/clear.md: {missing:?}; not in the database: {gone:?}");
}
