//! Opening and closing the folder: the database, its layout, and who may use it.

use crate::{
    StoreError, house,
    writer::{WAITING, Wish, Writer},
};
use sqlx::{
    AnyConnection, AnyPool, Connection, Executor, Row,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::{Migration, MigrationType, Migrator},
};
use std::{
    borrow::Cow,
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};
use tokio::sync::{Mutex, broadcast, mpsc, oneshot};

/// Forward only, each kept as it was released.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("../migrations/sqlite/0001_first.sql")),
    (2, "news", include_str!("../migrations/sqlite/0002_news.sql")),
    (3, "stamps", include_str!("../migrations/sqlite/0003_stamps.sql")),
    (4, "retention", include_str!("../migrations/sqlite/0004_retention.sql")),
];

/// `FULL`: what is acknowledged is on the disk. `secure_delete`: an erased key is overwritten, not only unlinked.
const PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; \
    PRAGMA secure_delete = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;";
/// What `erasable` reckons with, whatever this SQLite was built with.
const PAGES: &str = "PRAGMA page_size = 4096;";
/// Whoever reads can't write by mistake.
const PRAGMAS_OF_READERS: &str = "PRAGMA query_only = ON;";

/// How often, and how long apart, a lock is tried: a command or the last server may be about to let go.
const TRIES: u32 = 30;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// Uploads that are written at the same time; two pieces of one file never are.
const UPLOADS: usize = 64;

/// The database and the folder of files. Cloning shares.
#[derive(Clone)]
pub struct Store {
    pub(crate) reader: AnyPool,
    pub(crate) writer: mpsc::Sender<Wish>,
    pub(crate) files: Arc<PathBuf>,
    pub(crate) uploads: Arc<[Mutex<()>; UPLOADS]>,
    news: broadcast::Sender<Arc<str>>,
}

impl Store {
    /// Opens the store in this folder and makes what is missing; brings an older layout up to date. `fresh` is 64
    /// random bytes: the secrets of a new house (public salt of receipts, signing seed) are made of them once.
    ///
    /// One server alone may have a folder open.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another process has it open; the folder can't be written, the database is damaged or
    /// of a newer program.
    pub async fn open(folder: &Path, fresh: &[u8; 64]) -> Result<Self, StoreError> {
        make_folders(folder).map_err(|error| name(folder, &error))?;
        for _ in 0..TRIES {
            if let Some(lock) = lock(folder)? {
                return Self::open_with(folder, Some(lock), fresh).await;
            }
            tokio::time::sleep(BETWEEN_TRIES).await;
        }
        Err(StoreError::InUse)
    }

    /// Opens it for a short command, beside a server that may have it open. Only where none has, the layout is brought
    /// up to date.
    ///
    /// # Errors
    /// As [`Store::open`]; [`StoreError::OtherLayout`] where the server that has it open is of another version.
    pub async fn open_beside(folder: &Path, fresh: &[u8; 64]) -> Result<Self, StoreError> {
        make_folders(folder).map_err(|error| name(folder, &error))?;
        let lock = lock(folder)?;
        Self::open_with(folder, lock, fresh).await
    }

    async fn open_with(folder: &Path, lock: Option<File>, fresh: &[u8; 64]) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let path = folder.join("haidang.sqlite");
        let path = path.to_str().ok_or_else(|| io::Error::other("the folder's name is not UTF-8"))?;
        // `?`, `#` and `%` would be read as parts of an address.
        let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let options = AnyConnectOptions::from_str(&format!("sqlite://{escaped}?mode=rw"))?;
        let mut connection = connect(&options).await?;
        if lock.is_some() {
            // Takes effect where the database is new.
            connection.execute(PAGES).await?;
            let mode: String = connection.fetch_one("PRAGMA journal_mode = WAL;").await?.try_get(0)?;
            if mode != "wal" {
                return Err(io::Error::other("this disk can't keep a write-ahead log").into());
            }
            migrator().run(&mut connection).await?;
            house::make(&mut connection, fresh).await?;
            // What was erased just before a crash may still stand in the log.
            cut_log(&mut connection).await?;
        } else {
            is_of_this_layout(&mut connection).await?;
        }
        let reader = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute(PRAGMAS).await?;
                    connection.execute(PRAGMAS_OF_READERS).await.map(drop)
                })
            })
            .connect_with(options.clone())
            .await?;
        let (writer, wishes) = mpsc::channel(WAITING);
        let news = broadcast::channel(256).0;
        tokio::spawn(Writer { options, connection: Some(connection), news: news.clone(), lock }.run(wishes));
        let uploads = Arc::new(std::array::from_fn(|_| Mutex::new(())));
        Ok(Self { reader, writer, files: Arc::new(folder.join("files")), uploads, news })
    }

    /// Finishes what was begun, closes the database and lets go of the folder. All clones are closed with it.
    pub async fn close(&self) {
        self.reader.close().await;
        let (closed, is_closed) = oneshot::channel();
        if self.writer.send(Wish::Close(closed)).await.is_ok() {
            let _ = is_closed.await;
        }
    }

    /// Who wants to know at once when something changes in an organisation's inbox: the organisation's id, no more.
    pub fn news(&self) -> broadcast::Receiver<Arc<str>> {
        self.news.subscribe()
    }
}

pub(crate) async fn connect(options: &AnyConnectOptions) -> Result<AnyConnection, StoreError> {
    let mut connection = AnyConnection::connect_with(options).await?;
    connection.execute(PRAGMAS).await?;
    Ok(connection)
}

/// Copies the log into the database, syncs it and cuts the log to nothing.
pub(crate) async fn cut_log(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let busy: i64 = connection.fetch_one("PRAGMA wal_checkpoint(TRUNCATE)").await?.try_get(0)?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Stale("the log, which somebody reads")) }
}

/// The operator reads which folder it was.
fn name(folder: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", folder.display()))
}

/// Nobody else on the machine reads what is made here; a folder that was there keeps its rights.
fn make_folders(folder: &Path) -> io::Result<()> {
    let is_new = !folder.exists();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        builder.mode(0o700);
        options.mode(0o600);
    }
    builder.create(folder.join("files"))?;
    // The log and its index get the rights of the database.
    options.open(folder.join("haidang.sqlite"))?.sync_all()?;
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

/// None where somebody else has it. The system lets go of it when this process ends, however it ends.
fn lock(folder: &Path) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(folder.join("haidang.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.iter().map(|&(version, name, sql)| {
        use sqlx::SqlSafeStr;
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

async fn is_of_this_layout(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let newest = MIGRATIONS.last().map_or(0, |(version, ..)| *version);
    let found: i64 =
        connection.fetch_one("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations").await?.try_get(0)?;
    if found == newest { Ok(()) } else { Err(StoreError::OtherLayout) }
}
