//! An empty place is filled with the rows and files of a copy: begun at the copy's layout, brought up to this program's
//! at the end. Until then a mark says that it is half a house, which no server opens; whoever begins again begins anew.

use crate::{
    Forgetting, Forgotten, Kind, Place, Row, StoreError, TABLES, Value,
    database::Engine,
    erasure, forgotten, house,
    moving::OF_PLACE,
    replaced,
    row::values,
    shelf::{Piece, Shelf},
    tables::{VALUES, bind},
};
use casework::FileId;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, Row as _};
use std::fs::File;
use tokio::sync::mpsc;

/// While this stands in a database, it holds half of what is brought back.
pub(crate) const RESTORING: &str = "restoring";
/// Tables that are looked at to see whether a place is empty.
const FULL: [&str; 3] = ["organisations", "members", "cases"];

/// A place that is being filled.
pub struct Filling {
    engine: Engine,
    connection: AnyConnection,
    shelf: Shelf,
    /// The folder to itself, for as long as this lasts.
    _lock: Option<File>,
}

/// Where its files go.
#[derive(Clone)]
pub struct FileFilling(Shelf);

/// A file that was written; its pieces, if it has any, are written down by [`Filling::keep`].
pub struct Kept {
    id: FileId,
    pieces: Vec<Piece>,
}

impl Filling {
    /// Begins, with the tables of this layout.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] where a house lies there, [`StoreError::InUse`] where somebody has it open,
    /// [`StoreError::OtherLayout`] for a layout that this program doesn't know.
    pub async fn begin(place: &Place, layout: i64) -> Result<Self, StoreError> {
        let (engine, lock) = Engine::alone(place).await?;
        if !engine.knows(layout) {
            return Err(StoreError::OtherLayout);
        }
        let mut connection = engine.connect_alone().await?;
        if !may_be_filled(&engine, &mut connection).await? {
            return Err(StoreError::Occupied);
        }
        for table in TABLES.iter().rev().map(|table| table.name).chain(["_sqlx_migrations"]) {
            connection.execute(AssertSqlSafe(format!("DROP TABLE IF EXISTS {table}"))).await?;
        }
        engine.migrator(layout).run_direct(None, &mut connection, false).await?;
        sqlx::query("INSERT INTO house (name, value) VALUES ($1, $2)")
            .bind(RESTORING)
            .bind(&b"1"[..])
            .execute(&mut connection)
            .await?;
        engine.settle(&mut connection).await?;
        engine.hurry(&mut connection).await?;
        Ok(Self { shelf: Shelf::open(place).await?, engine, connection, _lock: lock })
    }

    /// Adds rows of a table, all or none.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where there is no such table or column.
    pub async fn add(&mut self, table: &str, columns: &[String], rows: Vec<Row>) -> Result<(), StoreError> {
        let damaged = StoreError::Damaged("a table that is not ours");
        let Some(known) = TABLES.iter().find(|known| known.name == table) else { return Err(damaged) };
        let is_name =
            |name: &String| name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_0123456789".contains(&byte));
        if columns.is_empty() || !columns.iter().all(is_name) || rows.iter().any(|row| row.len() != columns.len()) {
            return Err(damaged);
        }
        let kind =
            |column: &String| known.columns.iter().find(|(name, _)| name == column).map_or(Kind::Number, |c| c.1);
        let kinds: Vec<Kind> = columns.iter().map(kind).collect();
        let is_of_place =
            |row: &Row| matches!(&row[0], Value::Text(name) if OF_PLACE.contains(&&name[..]) || name == RESTORING);
        let rows: Vec<Row> = rows.into_iter().filter(|row| table != "house" || !is_of_place(row)).collect();
        let mut transaction = self.connection.begin().await?;
        for rows in rows.chunks((VALUES / columns.len()).max(1)) {
            let (names, places) = (columns.join(", "), values(rows.len(), columns.len()));
            let sql = format!("INSERT INTO {table} ({names}) VALUES {places}");
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for row in rows {
                for (value, kind) in row.iter().zip(&kinds) {
                    query = bind(query, value.clone(), *kind);
                }
            }
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Where the files go.
    pub fn files(&self) -> FileFilling {
        FileFilling(self.shelf.clone())
    }

    /// Writes down what has to be known of a file.
    pub async fn keep(&mut self, kept: Kept) -> Result<(), StoreError> {
        if kept.pieces.is_empty() {
            return Ok(());
        }
        let mut transaction = self.connection.begin().await?;
        for piece in &kept.pieces {
            piece.keep(&mut transaction, kept.id).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Brings the layout up to date, counts the cases that were left out, gives receipts that were replaced meanwhile what
    /// they open, and knows of these lines of what was forgotten. From here on it is a house. Gives the organisations
    /// whose key must be made anew: the copy has one that was replaced meanwhile, or that somebody knows who left.
    pub async fn finish(mut self, forgetting: &Forgetting, lines: &[Forgotten]) -> Result<Vec<String>, StoreError> {
        let (engine, c) = (&self.engine, &mut self.connection);
        engine.migrator(engine.newest()).run_direct(None, &mut *c, false).await?;
        let mut transaction = c.begin().await?;
        for (received_at, harm) in forgetting.buried() {
            erasure::count(&mut transaction, *received_at, harm.clone()).await?;
        }
        for (id, with) in forgetting.renewed() {
            replaced::put(&mut transaction, *id, with).await?;
        }
        for line in lines {
            forgotten::keep(&mut transaction, line).await?;
        }
        let due = keys_due(&mut transaction, forgetting).await?;
        transaction.commit().await?;
        engine.settle(c).await?;
        sqlx::query("DELETE FROM house WHERE name = $1").bind(RESTORING).execute(&mut *c).await?;
        house::is_whole_and_has(c, &self.shelf.name()).await?;
        engine.settle(c).await?;
        self.connection.close().await?;
        Ok(due)
    }
}

impl FileFilling {
    /// Writes a file anew, piece by piece as they arrive; each is at most
    /// [`casework::limits::PIECE_BYTES`] long.
    pub async fn write(&self, id: FileId, arriving: &mut mpsc::Receiver<Vec<u8>>) -> Result<Kept, StoreError> {
        self.0.remove(id).await?;
        let (mut at, mut pieces) = (0, Vec::new());
        while let Some(piece) = arriving.recv().await {
            let held = self.0.hold(id, at, false).await?;
            let behind = at + piece.len() as u64;
            pieces.extend(self.0.put(&held, id, at, piece).await?);
            at = behind;
        }
        Ok(Kept { id, pieces })
    }
}

async fn keys_due(c: &mut AnyConnection, forgetting: &Forgetting) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query("SELECT id FROM organisations WHERE closed_at IS NULL ORDER BY added_at, id");
    let mut due = Vec::new();
    for row in rows.fetch_all(&mut *c).await? {
        let id: String = row.try_get("id")?;
        let Some(since) = forgetting.keys_due(&id) else { continue };
        sqlx::query(
            "UPDATE organisations SET keys_due = COALESCE(keys_due, $2) WHERE id = $1 AND recipient IS NOT NULL",
        )
        .bind(id.clone())
        .bind(since)
        .execute(&mut *c)
        .await?;
        due.push(id);
    }
    Ok(due)
}

/// Nothing of a house is there, or half of one that was being brought back.
async fn may_be_filled(engine: &Engine, c: &mut AnyConnection) -> Result<bool, StoreError> {
    if !engine.has_table(c, "house").await? {
        return Ok(true);
    }
    if house::kept(&mut *c, RESTORING).await?.is_some() {
        return Ok(true);
    }
    for table in FULL {
        if engine.has_table(c, table).await? {
            let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT 1) AS one");
            if c.fetch_one(AssertSqlSafe(sql)).await?.try_get::<i64, _>(0)? > 0 {
                return Ok(false);
            }
        }
    }
    Ok(true)
}
