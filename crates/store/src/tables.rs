//! Every row of every table, whichever database it is in: what moves a house and what backs it up read and write by this.
//!
//! [`Store::snapshot`] gives the rows of one moment, table by table, in the order of their keys, which is the same on
//! both databases: [`Value`]s compare as both of them do. [`Store::put_rows`] and [`Store::drop_rows`] write them. Sealed
//! bytes of files are no rows: [`Store::sealed_file`] reads them.

use crate::{Store, StoreError, files::SealedFile, forgotten};
use casework::FileId;
use futures_util::{StreamExt, stream::BoxStream};
use sqlx::{Any as Sql, AnyConnection, AssertSqlSafe, Executor, Row as _, any::AnyRow, query::Query};

/// The most values of one statement. SQLite finds `$9` by walking along all names, so that a statement costs the square of
/// its values: eight thousand of them took a hundred times as long as fifty statements of a hundred and sixty.
pub(crate) const VALUES: usize = 160;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits.
    Number,
    /// A text in UTF-8.
    Text,
    /// Bytes.
    Bytes,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// None.
    Null,
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// The values of a row, in the order of its table's columns.
pub type Row = Vec<Value>;

/// A table of the present layout.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// How many of the first columns make its key; all, where the same row may stand there twice.
    pub key: usize,
    /// Its columns.
    pub columns: &'static [(&'static str, Kind)],
}

use Kind::{Bytes as B, Number as N, Text as T};

/// All of them, each behind those that it refers to. A test holds them against both databases.
#[rustfmt::skip]
pub const TABLES: &[Table] = &[
    Table { name: "house", key: 1, columns: &[("name", T), ("value", B)] },
    Table { name: "forgotten", key: 1, columns: &[
        ("number", N), ("what", T), ("whose", B), ("holder", T), ("epoch", N), ("at", N),
    ] },
    Table { name: "organisations", key: 1, columns: &[
        ("id", T), ("kind", T), ("name_vi", T), ("name_en", T), ("about_vi", T), ("about_en", T), ("law_vi", T),
        ("law_en", T), ("hours", T), ("provinces", T), ("questions", T), ("recipient", T), ("notice_email", T),
        ("webhook_url", T), ("webhook_key", B), ("added_at", N), ("closed_at", N), ("retention_days", N),
        ("admin_passkey", N), ("clocks", T), ("duty_contacts", T), ("keys_due", N),
    ] },
    Table { name: "organisation_keys", key: 2, columns: &[
        ("organisation", T), ("number", N), ("recipient", T), ("at", N), ("walked", B), ("sealed", B),
    ] },
    Table { name: "templates", key: 1, columns: &[
        ("id", B), ("organisation", T), ("title", T), ("vi", T), ("en", T), ("at", N),
    ] },
    Table { name: "members", key: 1, columns: &[
        ("id", B), ("organisation", T), ("name", T), ("role", T), ("recipient", T), ("salt", B), ("sign_in", B),
        ("totp", B), ("totp_step", N), ("added_at", N),
    ] },
    Table { name: "teams", key: 1, columns: &[("id", B), ("organisation", T), ("name", T)] },
    Table { name: "team_members", key: 2, columns: &[("team", B), ("member", B)] },
    Table { name: "member_keys", key: 2, columns: &[("member", B), ("what", T), ("sealed", B)] },
    Table { name: "passkeys", key: 1, columns: &[
        ("id", B), ("member", B), ("credential", T), ("prf_salt", B), ("added_at", N),
    ] },
    Table { name: "invitations", key: 1, columns: &[
        ("hash", B), ("organisation", T), ("role", T), ("expires_at", N), ("who", B),
    ] },
    Table { name: "sessions", key: 1, columns: &[
        ("hash", B), ("member", B), ("opened_at", N), ("seen_at", N), ("way", T),
    ] },
    Table { name: "accounts", key: 2, columns: &[("organisation", T), ("who", B), ("member", B)] },
    Table { name: "tokens", key: 1, columns: &[
        ("hash", B), ("organisation", T), ("name", T), ("scopes", T), ("made_at", N), ("expires_at", N), ("used_at", N),
    ] },
    Table { name: "cases", key: 1, columns: &[
        ("id", B), ("locator", B), ("verifier", B), ("receipt_version", N), ("receipt_recipient", T),
        ("receipt_verify_key", B), ("recipient", T), ("epoch", N), ("audience", T), ("harm", T), ("urgency", T),
        ("age", T), ("sex", T), ("province", T), ("language", T), ("received_at", N), ("closed_at", N),
        ("locked_at", N), ("erase_due", N), ("seen", B), ("parent", B), ("referral", B), ("members_only", N),
        ("receipt_known", N), ("paper", B),
    ] },
    Table { name: "replaced", key: 1, columns: &[("case_id", B), ("number", N)] },
    Table { name: "access", key: 2, columns: &[
        ("case_id", B), ("organisation", T), ("place", N), ("state", T), ("granted_at", N), ("opened_at", N),
        ("answered_at", N), ("news", N), ("withdrawn_at", N), ("touched_at", N), ("hold", T), ("held_at", N),
        ("ran_out_at", N), ("status", T), ("owner", B), ("next_due", N), ("waits_since", N), ("ends_at", N),
        ("alarmed_at", N), ("team", B), ("close_asked_at", N), ("found", T),
    ] },
    Table { name: "grants", key: 3, columns: &[("case_id", B), ("holder", T), ("epoch", N), ("sealed", B)] },
    Table { name: "entries", key: 2, columns: &[
        ("case_id", B), ("number", N), ("epoch", N), ("kind", T), ("author", T), ("at", N), ("leaf", B), ("sealed", B),
    ] },
    Table { name: "files", key: 1, columns: &[
        ("id", B), ("case_id", B), ("entry", N), ("size", N), ("received", N), ("touched_at", N),
    ] },
    Table { name: "pieces", key: 2, columns: &[("file", B), ("start", N), ("length", N), ("sha256", B)] },
    Table { name: "removals", key: 1, columns: &[("file", B)] },
    Table { name: "openings", key: 5, columns: &[
        ("case_id", B), ("at", N), ("organisation", T), ("role", T), ("what", T),
    ] },
    Table { name: "events", key: 2, columns: &[
        ("organisation", T), ("number", N), ("case_id", B), ("at", N), ("actor", T), ("body", T), ("nonce", B),
        ("leaf", B), ("chain", B), ("digest", B), ("sealed", B),
    ] },
    Table { name: "work", key: 2, columns: &[("case_id", B), ("organisation", T), ("state", T)] },
    Table { name: "hands", key: 3, columns: &[("case_id", B), ("organisation", T), ("member", B), ("place", N)] },
    Table { name: "stamps", key: 1, columns: &[
        ("root", B), ("signed", B), ("response", B), ("tries", N), ("due_at", N), ("asked_at", N),
    ] },
    Table { name: "tombstones", key: 2, columns: &[("month", T), ("harm", T), ("cases", N)] },
];

impl Table {
    fn names(columns: &[(&str, Kind)]) -> String {
        columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    /// Inserts rows, or puts them in the place of those with the same key.
    fn insert(&self, rows: usize) -> String {
        let (name, columns) = (self.name, Self::names(self.columns));
        let values = crate::row::values(rows, self.columns.len());
        let rest = &self.columns[self.key..];
        if rest.is_empty() && self.key > 1 {
            return format!("INSERT INTO {name} ({columns}) VALUES {values}");
        }
        let (key, set) =
            (Self::names(&self.columns[..self.key]), rest.iter().map(|(c, _)| format!("{c} = excluded.{c}")));
        let set: Vec<_> = set.collect();
        let then = if set.is_empty() { "NOTHING".into() } else { format!("UPDATE SET {}", set.join(", ")) };
        format!("INSERT INTO {name} ({columns}) VALUES {values} ON CONFLICT ({key}) DO {then}")
    }

    fn read(&self, row: &AnyRow) -> Result<Row, StoreError> {
        let value = |(at, (_, kind)): (usize, &(&str, Kind))| {
            let value = match kind {
                Kind::Number => row.try_get::<Option<i64>, _>(at)?.map(Value::Number),
                Kind::Text => row.try_get::<Option<String>, _>(at)?.map(Value::Text),
                Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at)?.map(Value::Bytes),
            };
            Ok(value.unwrap_or(Value::Null))
        };
        self.columns.iter().enumerate().map(value).collect()
    }
}

/// What the database holds at one moment: whatever is written meanwhile isn't in it.
pub struct Snapshot {
    pub(crate) connection: AnyConnection,
}

impl Snapshot {
    /// All rows of a table, in the order of its key.
    pub fn rows(&mut self, table: &'static Table) -> BoxStream<'_, Result<Row, StoreError>> {
        let (columns, key) = (Table::names(table.columns), Table::names(&table.columns[..table.key]));
        let sql = format!("SELECT {columns} FROM {} ORDER BY {key}", table.name);
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut self.connection);
        rows.map(|row| table.read(&row?)).boxed()
    }

    /// The layout of the database.
    pub async fn layout(&mut self) -> Result<i64, StoreError> {
        let sql = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";
        Ok(sqlx::query(sql).fetch_one(&mut self.connection).await?.try_get(0)?)
    }

    /// The number of the last line of what was forgotten.
    pub async fn last_forgotten(&mut self) -> Result<i64, StoreError> {
        forgotten::last(&mut self.connection).await
    }

    /// How many rows a table has.
    pub async fn count(&mut self, table: &Table) -> Result<u64, StoreError> {
        let sql = format!("SELECT COUNT(*) FROM {}", table.name);
        let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut self.connection).await?;
        Ok(row.try_get::<i64, _>(0)?.cast_unsigned())
    }
}

impl Store {
    /// Looks at all tables as they are now, for as long as this is kept. It holds nobody up.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let mut connection = self.engine.connect_to_read().await?;
        connection.execute(self.engine.begin_to_read()).await?;
        // A snapshot begins with the first look.
        connection.execute("SELECT 1 FROM house LIMIT 1").await?;
        Ok(Snapshot { connection })
    }

    /// Inserts rows of a table, or puts them in the place of those with the same key; all or none.
    pub async fn put_rows(&self, table: &'static Table, rows: Vec<Row>) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        self.write(move |c| {
            Box::pin(async move {
                for rows in rows.chunks((VALUES / table.columns.len()).max(1)) {
                    let mut query = sqlx::query(AssertSqlSafe(table.insert(rows.len())));
                    for row in rows {
                        for (value, (_, kind)) in row.iter().zip(table.columns) {
                            query = bind(query, value.clone(), *kind);
                        }
                    }
                    query.execute(&mut *c).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Deletes the rows of a table with these keys: rows of which the key's columns are looked at.
    pub async fn drop_rows(&self, table: &'static Table, keys: Vec<Row>) -> Result<(), StoreError> {
        let key = &table.columns[..table.key];
        let same: Vec<_> = key.iter().enumerate().map(|(at, (name, _))| format!("{name} = ${}", at + 1)).collect();
        let sql = format!("DELETE FROM {} WHERE {}", table.name, same.join(" AND "));
        self.write(move |c| {
            Box::pin(async move {
                for row in keys {
                    let mut query = sqlx::query(AssertSqlSafe(sql.clone()));
                    for (value, (_, kind)) in row.into_iter().zip(key) {
                        query = bind(query, value, *kind);
                    }
                    query.execute(&mut *c).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// A sealed file, whether an entry names it or not, with how many of its bytes have arrived.
    pub async fn sealed_file(&self, id: FileId) -> Result<(SealedFile, u64), StoreError> {
        let received = self.file(id).await?.received;
        Ok((SealedFile::of(&self.shelf, id, self.pieces(id).await?), received))
    }
}

pub(crate) fn bind(
    query: Query<'_, Sql, <Sql as sqlx::Database>::Arguments>,
    value: Value,
    kind: Kind,
) -> Query<'_, Sql, <Sql as sqlx::Database>::Arguments> {
    match (value, kind) {
        (Value::Number(number), _) => query.bind(number),
        (Value::Text(text), _) => query.bind(text),
        (Value::Bytes(bytes), _) => query.bind(bytes),
        (Value::Null, Kind::Number) => query.bind(None::<i64>),
        (Value::Null, Kind::Text) => query.bind(None::<String>),
        (Value::Null, Kind::Bytes) => query.bind(None::<Vec<u8>>),
    }
}
