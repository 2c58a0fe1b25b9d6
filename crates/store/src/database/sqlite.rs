//! SQLite in WAL mode, in a folder that one server alone may have open.

use super::{Engine, connect};
use crate::StoreError;
use sqlx::{AnyConnection, Executor, Row, any::AnyConnectOptions};
use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io,
    path::Path,
    str::FromStr,
    time::Duration,
};

/// Forward only, each kept as it was released.
pub(super) const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("../../migrations/sqlite/0001_first.sql")),
    (2, "news", include_str!("../../migrations/sqlite/0002_news.sql")),
    (3, "stamps", include_str!("../../migrations/sqlite/0003_stamps.sql")),
    (4, "retention", include_str!("../../migrations/sqlite/0004_retention.sql")),
    (5, "pieces", include_str!("../../migrations/sqlite/0005_pieces.sql")),
    (6, "forgotten", include_str!("../../migrations/sqlite/0006_forgotten.sql")),
    (7, "work", include_str!("../../migrations/sqlite/0007_work.sql")),
    (8, "replaced", include_str!("../../migrations/sqlite/0008_replaced.sql")),
    (9, "ways in", include_str!("../../migrations/sqlite/0009_ways_in.sql")),
    (10, "sharing", include_str!("../../migrations/sqlite/0010_sharing.sql")),
    (11, "office", include_str!("../../migrations/sqlite/0011_office.sql")),
    (12, "found", include_str!("../../migrations/sqlite/0012_found.sql")),
];

/// `FULL`: what is acknowledged is on the disk. `secure_delete`: an erased key is overwritten, not only unlinked.
pub(super) const SESSION: &str = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; \
    PRAGMA secure_delete = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;";
/// What `erasable` reckons with, whatever this SQLite was built with.
const PAGES: &str = "PRAGMA page_size = 4096;";
/// Whoever reads can't write by mistake.
pub(super) const READERS: &str = "PRAGMA query_only = ON;";

/// How often, and how long apart, a lock is tried: a command or the last server may be about to let go.
const TRIES: u32 = 30;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

pub(super) fn options(folder: &Path) -> Result<AnyConnectOptions, StoreError> {
    let path = folder.join("haidang.sqlite");
    let path = path.to_str().ok_or_else(|| io::Error::other("the folder's name is not UTF-8"))?;
    // `?`, `#` and `%` would be read as parts of an address.
    let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Ok(AnyConnectOptions::from_str(&format!("sqlite://{escaped}?mode=rw"))?)
}

/// The connection of whoever has the folder to itself: a log is kept from now on.
pub(super) async fn connect_alone(engine: &Engine) -> Result<AnyConnection, StoreError> {
    let mut connection = connect(engine).await?;
    // Takes effect where the database is new.
    connection.execute(PAGES).await?;
    let mode: String = connection.fetch_one("PRAGMA journal_mode = WAL;").await?.try_get(0)?;
    if mode == "wal" { Ok(connection) } else { Err(io::Error::other("this disk can't keep a write-ahead log").into()) }
}

/// Copies the log into the database, syncs it and cuts the log to nothing: what was erased just before is gone with it.
pub(super) async fn cut_log(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let busy: i64 = connection.fetch_one("PRAGMA wal_checkpoint(TRUNCATE)").await?.try_get(0)?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Stale("the log, which somebody reads")) }
}

/// What SQLite finds wrong in its file, and rows that refer to nobody.
pub(super) async fn faults(connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let said = sqlx::query("PRAGMA integrity_check(20)").fetch_all(&mut *connection).await?;
    let said = said.iter().map(|row| Ok(row.try_get::<String, _>(0)?)).collect::<Result<Vec<_>, StoreError>>()?;
    let mut faults: Vec<_> = said.into_iter().filter(|line| line != "ok").collect();
    let lost = sqlx::query("SELECT COUNT(*) FROM pragma_foreign_key_check").fetch_one(connection).await?;
    match lost.try_get::<i64, _>(0)? {
        0 => {}
        count => faults.push(format!("{count} rows refer to rows that are not there")),
    }
    Ok(faults)
}

/// Whether a database lies in this folder.
pub(super) fn is_made(folder: &Path) -> bool {
    folder.join("haidang.sqlite").metadata().is_ok_and(|database| database.len() > 0)
}

/// Makes the database where it is missing. Nobody else on the machine reads it.
pub(super) fn make_database(folder: &Path) -> io::Result<()> {
    // The log and its index get the rights of the database.
    ours().open(folder.join("haidang.sqlite"))?.sync_all()?;
    sync_folder(folder)
}

/// Nobody else on the machine reads what is made here; a folder that was there keeps its rights.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let is_new = !folder.exists();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder.join("files"))?;
    sync_folder(folder)?;
    match folder.canonicalize()?.parent() {
        Some(parent) if is_new => sync_folder(parent),
        _ => Ok(()),
    }
}

/// The names in a folder are on the disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        // A folder that may be written but not listed can't be synced by itself.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        Err(error) => Err(error),
    }
}

/// The folder to oneself, after a while of trying.
pub(super) async fn lock_in_time(folder: &Path) -> Result<File, StoreError> {
    for _ in 0..TRIES {
        if let Some(lock) = lock(folder)? {
            return Ok(lock);
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    Err(StoreError::InUse)
}

/// None where somebody else has it. The system lets go of it when this process ends, however it ends.
pub(super) fn lock(folder: &Path) -> io::Result<Option<File>> {
    let file = ours().open(folder.join("haidang.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn ours() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
