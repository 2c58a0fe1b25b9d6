//! A house moves: from one database to the other, from a folder to a storage, or back.
//!
//! Nobody may have either open meanwhile. Rows are moved by comparing: both databases give theirs in the same order, what
//! the new one lacks is put there, what is no longer in the old one goes, and at the end both are read once more and must
//! be alike. So a move that was broken off goes on by beginning again. Files are compared byte by byte, and copied where
//! they aren't alike. The old place is left as it is.

use crate::{
    Place, Store, StoreError,
    row::bytes,
    shelf::{Held, Piece, Shelf},
    tables::{Row, Snapshot, TABLES, Table, Value},
};
use casework::{FileId, limits::PIECE_BYTES};
use futures_util::{StreamExt, stream::BoxStream};
use sha2::{Digest, Sha256};
use sqlx::Row as _;
use std::{cmp::Ordering, collections::BTreeSet};

/// What a move is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Rows are put into the new database.
    Rows,
    /// Both databases are compared.
    Comparing,
    /// Files are copied and compared, in bytes.
    Files,
}

/// Told every now and then: the step, how much of it is done, and of how much.
pub type Told<'a> = &'a mut (dyn FnMut(Step, u64, u64) + Send);

/// Rows that go together: so many, or so many bytes.
const ROWS: usize = 500;
const BYTES: usize = 2 * 1024 * 1024;

/// While this stands in a database, it holds half a house; the value says whose.
pub(crate) const MOVING: &str = "moving";
/// The place to which files are being moved; the house goes on where they were.
const MOVING_FILES: &str = "moving_files";
/// What belongs to a place and not to the house.
pub(crate) const OF_PLACE: [&str; 3] = [MOVING, MOVING_FILES, "files"];

/// Moves all that lies `from` here `to` there, or goes on where it broke off.
///
/// # Errors
/// [`StoreError::InUse`] where a server has one of them open, [`StoreError::Occupied`] where the new place holds another
/// house, [`StoreError::Damaged`] where what arrived is not what was sent.
pub async fn move_house(from: &Place, to: &Place, fresh: &[u8; 64], told: Told<'_>) -> Result<(), StoreError> {
    let moves_rows = from.database != to.database || (to.database.is_none() && from.folder != to.folder);
    let moves_files = from.files != to.files || (to.files.is_none() && from.folder != to.folder);
    if !moves_rows && !moves_files {
        return Err(StoreError::Malformed("both places are the same"));
    }
    let old = Store::open_alone(from, fresh).await?;
    let moved = async {
        if moves_rows {
            let new = Store::open_alone(to, fresh).await?;
            let moved = with_rows(&old, &new, moves_files, told).await;
            new.close().await;
            moved
        } else {
            files_alone(&old, Shelf::open(to).await?, told).await
        }
    };
    let moved = moved.await;
    old.close().await;
    moved
}

async fn with_rows(old: &Store, new: &Store, moves_files: bool, told: Told<'_>) -> Result<(), StoreError> {
    let whose = Sha256::digest(old.receipt_salt().await?).to_vec();
    let goes_on = match new.kept(MOVING).await? {
        Some(kept) if kept == whose => true,
        Some(_) => return Err(StoreError::Occupied),
        None => {
            let is_strange = moves_files && !new.shelf.all().await?.is_empty();
            if is_strange || !is_new(&mut new.snapshot().await?).await? {
                return Err(StoreError::Occupied);
            }
            new.keep(MOVING, &whose).await?;
            false
        }
    };
    let tables = || TABLES.iter().filter(|table| !moves_files || table.name != "pieces");
    if goes_on {
        // Backwards, so that nothing refers to what goes.
        for table in tables().rev() {
            drop_gone(old, new, table).await?;
        }
    }
    let (mut all, mut done) = (0, 0);
    let mut look = old.snapshot().await?;
    for table in tables() {
        all += look.count(table).await?;
    }
    drop(look);
    for table in tables() {
        put_missing(old, new, table, &mut |rows| {
            done += rows;
            told(Step::Rows, done, all);
        })
        .await?;
    }
    told(Step::Rows, all, all);
    done = 0;
    for table in tables() {
        compare(old, new, table, &mut |rows| {
            done += rows;
            told(Step::Comparing, done, all);
        })
        .await?;
    }
    told(Step::Comparing, all, all);
    if moves_files {
        copy_files(old, &old.shelf, new, &new.shelf, told).await?;
    }
    new.keep("files", new.shelf.name().as_bytes()).await?;
    new.forget(MOVING).await
}

/// The database stays, its files go elsewhere.
async fn files_alone(store: &Store, to: Shelf, told: Told<'_>) -> Result<(), StoreError> {
    let name = to.name().into_bytes();
    if store.kept(MOVING_FILES).await?.as_ref() != Some(&name) {
        if !to.all().await?.is_empty() {
            return Err(StoreError::Occupied);
        }
        store.keep(MOVING_FILES, &name).await?;
    }
    copy_files(store, &store.shelf, store, &to, told).await?;
    store.keep("files", &name).await?;
    if matches!(to, Shelf::Folder(_)) {
        store
            .write(|c| Box::pin(async move { Ok(sqlx::query("DELETE FROM pieces").execute(c).await.map(drop)?) }))
            .await?;
    }
    store.forget(MOVING_FILES).await
}

/// Whether nobody lives there yet.
async fn is_new(snapshot: &mut Snapshot) -> Result<bool, StoreError> {
    for table in TABLES.iter().filter(|table| table.name != "house") {
        if snapshot.count(table).await? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A row of the house that says where it is, and not what it is.
fn is_of_place(table: &Table, row: &Row) -> bool {
    table.name == "house" && matches!(&row[0], Value::Text(name) if OF_PLACE.contains(&name.as_str()))
}

/// Two streams in one order, side by side.
struct Both<'a> {
    table: &'static Table,
    old: BoxStream<'a, Result<Row, StoreError>>,
    new: BoxStream<'a, Result<Row, StoreError>>,
    heads: [Option<Row>; 2],
}

enum Found {
    Old(Row),
    New(Row),
    Both(Row, Row),
}

impl<'a> Both<'a> {
    fn of(table: &'static Table, old: &'a mut Snapshot, new: &'a mut Snapshot) -> Self {
        let mine = move |row: &Result<Row, StoreError>| !row.as_ref().is_ok_and(|row| is_of_place(table, row));
        let kept = move |rows: BoxStream<'a, Result<Row, StoreError>>| {
            rows.filter(move |row| std::future::ready(mine(row))).boxed()
        };
        Self { table, old: kept(old.rows(table)), new: kept(new.rows(table)), heads: [None, None] }
    }

    async fn next(&mut self) -> Result<Option<Found>, StoreError> {
        if self.heads[0].is_none() {
            self.heads[0] = self.old.next().await.transpose()?;
        }
        if self.heads[1].is_none() {
            self.heads[1] = self.new.next().await.transpose()?;
        }
        let key = self.table.key;
        let order = match &self.heads {
            [None, None] => return Ok(None),
            [Some(_), None] => Ordering::Less,
            [None, Some(_)] => Ordering::Greater,
            [Some(old), Some(new)] => old[..key].cmp(&new[..key]),
        };
        let mut take = |at: usize| self.heads[at].take().ok_or(StoreError::Bug);
        Ok(Some(match order {
            Ordering::Less => Found::Old(take(0)?),
            Ordering::Greater => Found::New(take(1)?),
            Ordering::Equal => Found::Both(take(0)?, take(1)?),
        }))
    }
}

async fn drop_gone(old: &Store, new: &Store, table: &'static Table) -> Result<(), StoreError> {
    let (mut here, mut there) = (old.snapshot().await?, new.snapshot().await?);
    let (mut both, mut gone) = (Both::of(table, &mut here, &mut there), Vec::new());
    while let Some(found) = both.next().await? {
        if let Found::New(row) = found {
            if table.name == "files"
                && let Value::Bytes(id) = &row[0]
            {
                // Its bytes may have arrived before.
                let id = id.as_slice().try_into().map(FileId).map_err(|_| StoreError::Damaged("id"))?;
                new.shelf.remove(id).await?;
            }
            gone.push(row);
        }
    }
    drop(both);
    new.drop_rows(table, gone).await
}

async fn put_missing(
    old: &Store,
    new: &Store,
    table: &'static Table,
    done: &mut (dyn FnMut(u64) + Send),
) -> Result<(), StoreError> {
    let (mut here, mut there) = (old.snapshot().await?, new.snapshot().await?);
    let mut both = Both::of(table, &mut here, &mut there);
    let (mut waiting, mut weight, mut passed) = (Vec::new(), 0, 0);
    while let Some(found) = both.next().await? {
        passed += 1;
        match found {
            Found::Old(row) => {
                weight += row.iter().map(weigh).sum::<usize>();
                waiting.push(row);
            }
            Found::Both(old, new) if old != new => waiting.push(old),
            Found::Both(..) | Found::New(_) => {}
        }
        if waiting.len() >= ROWS || weight >= BYTES {
            new.put_rows(table, std::mem::take(&mut waiting)).await?;
            weight = 0;
        }
        if passed == ROWS as u64 {
            done(std::mem::take(&mut passed));
        }
    }
    new.put_rows(table, waiting).await?;
    done(passed);
    Ok(())
}

fn weigh(value: &Value) -> usize {
    match value {
        Value::Null | Value::Number(_) => 8,
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
    }
}

async fn compare(
    old: &Store,
    new: &Store,
    table: &'static Table,
    done: &mut (dyn FnMut(u64) + Send),
) -> Result<(), StoreError> {
    let (mut here, mut there) = (old.snapshot().await?, new.snapshot().await?);
    let (mut both, mut passed) = (Both::of(table, &mut here, &mut there), 0);
    while let Some(found) = both.next().await? {
        match found {
            Found::Both(old, new) if old == new => passed += 1,
            _ => return Err(StoreError::Damaged("what arrived: a row is not what was sent")),
        }
        if passed == ROWS as u64 {
            done(std::mem::take(&mut passed));
        }
    }
    done(passed);
    Ok(())
}

/// All files that have begun to arrive: what of them is there.
async fn copy_files(old: &Store, from: &Shelf, new: &Store, to: &Shelf, told: Told<'_>) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT id, received FROM files ORDER BY id").fetch_all(&old.reader).await?;
    let files = rows.iter().map(|row| {
        Ok::<_, StoreError>((bytes(row, "id").map(FileId)?, row.try_get::<i64, _>("received")?.cast_unsigned()))
    });
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let (all, mut done) = (files.iter().map(|(_, received)| received).sum(), 0);
    // Of an earlier try: what was erased since.
    let known: BTreeSet<_> = files.iter().map(|(id, _)| *id).collect();
    for stranger in to.all().await?.into_iter().filter(|id| !known.contains(id)) {
        to.remove(stranger).await?;
    }
    for (id, received) in files {
        let pieces = old.pieces(id).await?;
        if !same(id, received, (from, &pieces), (to, &new.pieces(id).await?)).await? {
            let kept = copy(id, received, (from, &pieces), to).await?;
            new.write(move |c| {
                Box::pin(async move {
                    if kept.is_empty() {
                        return Ok(());
                    }
                    sqlx::query("DELETE FROM pieces WHERE file = $1").bind(&id.0[..]).execute(&mut *c).await?;
                    for piece in kept {
                        piece.keep(c, id).await?;
                    }
                    Ok(())
                })
            })
            .await?;
            if !same(id, received, (from, &pieces), (to, &new.pieces(id).await?)).await? {
                return Err(StoreError::Damaged("what arrived: a file is not what was sent"));
            }
        }
        done += received;
        told(Step::Files, done, all);
    }
    Ok(())
}

async fn copy(id: FileId, received: u64, from: (&Shelf, &[Piece]), to: &Shelf) -> Result<Vec<Piece>, StoreError> {
    to.remove(id).await?;
    let (mut at, mut kept) = (0, Vec::new());
    while at < received {
        let piece = part(id, received, at, from).await?;
        let held: Held = to.hold(id, at, false).await?;
        let next = at + piece.len() as u64;
        kept.extend(to.put(&held, id, at, piece).await?);
        at = next;
    }
    Ok(kept)
}

/// Some bytes from there on, never none: less than what was acknowledged is damage.
async fn part(id: FileId, received: u64, at: u64, from: (&Shelf, &[Piece])) -> Result<Vec<u8>, StoreError> {
    let most = PIECE_BYTES.min((received - at) as usize);
    let bytes = from.0.read(id, from.1, at, most).await?;
    if bytes.is_empty() {
        Err(StoreError::Damaged("a file that is shorter than what was acknowledged"))
    } else {
        Ok(bytes)
    }
}

/// Whether the same bytes are there. What can't be read there is not.
async fn same(
    id: FileId,
    received: u64,
    here: (&Shelf, &[Piece]),
    there: (&Shelf, &[Piece]),
) -> Result<bool, StoreError> {
    let mut at = 0;
    while at < received {
        let bytes = part(id, received, at, here).await?;
        match there.0.read(id, there.1, at, bytes.len()).await {
            Ok(arrived) if arrived == bytes => at += bytes.len() as u64,
            Ok(_) | Err(StoreError::Damaged(_)) => return Ok(false),
            Err(StoreError::Files(error)) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}
