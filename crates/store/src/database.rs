//! Opening and closing: the database, its layout, and who may use it.
//!
//! Two databases, one behaviour. On SQLite a lock on the folder and the one writing task let one write in at a time. On
//! PostgreSQL several servers share the database, and its advisory lock, taken at the beginning of each transaction that
//! writes, does the same among all of them.

mod postgres;
mod sqlite;

use crate::{
    News, Place, StoreError, house,
    office::Remembered,
    shelf::Shelf,
    writer::{WAITING, Wish, Writer},
};
use sqlx::{
    AnyConnection, AnyPool, Connection, Executor, Row,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::{Migration, MigrationType, Migrator},
};
use std::{
    borrow::Cow,
    fs::File,
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Mutex, broadcast, mpsc, oneshot},
    task::AbortHandle,
    time::timeout,
};

pub(crate) use sqlite::sync_folder;

/// Uploads that are written at the same time; two pieces of one file never are.
const UPLOADS: usize = 64;
/// How long a server may take to let somebody in.
const CONNECTING: Duration = Duration::from_secs(10);

/// The database and the sealed files. Cloning shares.
#[derive(Clone)]
pub struct Store {
    pub(crate) reader: AnyPool,
    pub(crate) writer: mpsc::Sender<Wish>,
    pub(crate) shelf: Shelf,
    /// Where what passes through lies.
    pub(crate) passing: Arc<Path>,
    pub(crate) uploads: Arc<[Mutex<()>; UPLOADS]>,
    pub(crate) engine: Engine,
    pub(crate) remembered: Arc<Remembered>,
    news: Tellers,
}

impl Store {
    /// Opens the store that lies here and makes what is missing; brings an older layout up to date. `fresh` is 64
    /// random bytes: the secrets of a new house (public salt of receipts, signing seed) are made of them once.
    ///
    /// One server alone may have a folder with a database open; several may share a PostgreSQL database.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another process has the folder open; the folder can't be written, the database is
    /// damaged or of a newer program; [`StoreError::Encoding`], [`StoreError::NoRights`] of a PostgreSQL database.
    pub async fn open(place: impl Into<Place>, fresh: &[u8; 64]) -> Result<Self, StoreError> {
        let place = place.into();
        sqlite::make_folder(&place.folder).map_err(|error| name(&place.folder, &error))?;
        if let Some(address) = &place.database {
            return Self::open_with(&place, Engine::postgres(address.0.clone()), None, true, fresh).await;
        }
        sqlite::make_database(&place.folder).map_err(|error| name(&place.folder, &error))?;
        let lock = sqlite::lock_in_time(&place.folder).await?;
        Self::open_with(&place, Engine::sqlite(sqlite::options(&place.folder)?), Some(lock), true, fresh).await
    }

    /// Opens it for whoever moves it: nobody else has it open meanwhile, and it may be half of a house.
    pub(crate) async fn open_alone(place: &Place, fresh: &[u8; 64]) -> Result<Self, StoreError> {
        let (engine, lock) = Engine::alone(place).await?;
        Self::open_with(place, engine, lock, true, fresh).await
    }

    /// Opens it for a short command, beside a server that may have it open. Only where none has, the layout is brought
    /// up to date.
    ///
    /// # Errors
    /// As [`Store::open`]; [`StoreError::OtherLayout`] where the server that has it open is of another version.
    pub async fn open_beside(place: impl Into<Place>, fresh: &[u8; 64]) -> Result<Self, StoreError> {
        let place = place.into();
        sqlite::make_folder(&place.folder).map_err(|error| name(&place.folder, &error))?;
        if let Some(address) = &place.database {
            let engine = Engine::postgres(address.0.clone());
            // Whether a server has it open can't be known: only an empty one is furnished.
            let is_empty = postgres::is_empty(&mut connect(&engine).await?).await?;
            return Self::open_with(&place, engine, None, is_empty, fresh).await;
        }
        sqlite::make_database(&place.folder).map_err(|error| name(&place.folder, &error))?;
        let lock = sqlite::lock(&place.folder)?;
        let alone = lock.is_some();
        Self::open_with(&place, Engine::sqlite(sqlite::options(&place.folder)?), lock, alone, fresh).await
    }

    /// Opens what lies here for whoever only looks, beside a server or without one: nothing is made or brought up to
    /// date, and no server is kept from starting.
    ///
    /// # Errors
    /// [`StoreError::Absent`] where there is nothing; [`StoreError::OtherLayout`] where another version wrote it last.
    pub async fn open_to_look(place: impl Into<Place>) -> Result<Self, StoreError> {
        let place = place.into();
        let engine = match &place.database {
            Some(address) => {
                let engine = Engine::postgres(address.0.clone());
                if postgres::is_empty(&mut connect(&engine).await?).await? {
                    return Err(StoreError::Absent("store"));
                }
                engine
            }
            None if !sqlite::is_made(&place.folder) => return Err(StoreError::Absent("store")),
            None => Engine::sqlite(sqlite::options(&place.folder)?),
        };
        Self::open_with(&place, engine, None, false, &[0; 64]).await
    }

    async fn open_with(
        place: &Place,
        engine: Engine,
        lock: Option<File>,
        furnish: bool,
        fresh: &[u8; 64],
    ) -> Result<Self, StoreError> {
        let mut connection = match engine.kind {
            Kind::Sqlite if furnish => sqlite::connect_alone(&engine).await?,
            Kind::Sqlite => connect(&engine).await?,
            Kind::Postgres => postgres::connect_checked(&engine).await?,
        };
        if furnish {
            engine.migrator(engine.newest()).run_direct(None, &mut connection, false).await?;
            house::make(&mut connection, fresh).await?;
            // What was erased just before a crash may still be there.
            engine.forget_erased(&mut connection).await?;
        } else {
            engine.is_of_this_layout(&mut connection).await?;
        }
        let shelf = Shelf::open(place).await?;
        if !engine.alone {
            house::is_whole_and_has(&mut connection, &shelf.name()).await?;
        }
        let for_readers = engine.clone();
        let reader = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(CONNECTING)
            // A server may have been started anew since; a file has not.
            .test_before_acquire(engine.kind == Kind::Postgres)
            .after_connect(move |connection, _| {
                let engine = for_readers.clone();
                Box::pin(async move {
                    connection.execute(engine.session()).await?;
                    connection.execute(engine.readers()).await.map(drop)
                })
            })
            .connect_with(engine.options.clone())
            .await?;
        let (writer, wishes) = mpsc::channel(WAITING);
        let news = Tellers { of_all: broadcast::channel(256).0, of_this_process: broadcast::channel(256).0 };
        let hears = match engine.kind {
            Kind::Sqlite => None,
            Kind::Postgres => Some(postgres::hear(&engine, &news, reader.clone()).await?),
        };
        let task = Writer { engine: engine.clone(), connection: Some(connection), news: news.clone(), lock, hears };
        tokio::spawn(task.run(wishes));
        let uploads = Arc::new(std::array::from_fn(|_| Mutex::new(())));
        let passing = place.folder.join("files").into();
        Ok(Self { reader, writer, shelf, passing, uploads, engine, remembered: Arc::default(), news })
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
    /// What another server on the same database did is among it.
    pub fn news(&self) -> broadcast::Receiver<Arc<str>> {
        self.news.of_all.subscribe()
    }

    /// What this very process did, and what it was: for whoever would else tell somebody a second time.
    pub fn news_of_this_process(&self) -> broadcast::Receiver<Arc<News>> {
        self.news.of_this_process.subscribe()
    }
}

/// The two ways by which news go out.
#[derive(Clone)]
pub(crate) struct Tellers {
    of_all: broadcast::Sender<Arc<str>>,
    of_this_process: broadcast::Sender<Arc<News>>,
}

impl Tellers {
    /// This process changed something. Nobody listening is no fault.
    pub fn tell(&self, news: News) {
        let _ = self.of_all.send(news.organisation.as_str().into());
        let _ = self.of_this_process.send(Arc::new(news));
    }

    /// Another one did.
    fn pass_on(&self, organisation: &str) {
        let _ = self.of_all.send(organisation.into());
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

/// What is different from one database to the other.
#[derive(Clone)]
pub(crate) struct Engine {
    kind: Kind,
    options: AnyConnectOptions,
    /// Whether no other server may have it open.
    alone: bool,
    /// By which PostgreSQL tells this writer's notes from those of others.
    own: Arc<AtomicU32>,
}

impl Engine {
    fn sqlite(options: AnyConnectOptions) -> Self {
        sqlx::any::install_default_drivers();
        Self { kind: Kind::Sqlite, options, alone: false, own: Arc::default() }
    }

    fn postgres(options: AnyConnectOptions) -> Self {
        Self { kind: Kind::Postgres, ..Self::sqlite(options) }
    }

    /// For whoever moves or fills this place: nobody else has it open for as long as the lock, or the connection, lasts.
    pub async fn alone(place: &Place) -> Result<(Self, Option<File>), StoreError> {
        sqlite::make_folder(&place.folder).map_err(|error| name(&place.folder, &error))?;
        let (engine, lock) = if let Some(address) = &place.database {
            (Self::postgres(address.0.clone()), None)
        } else {
            sqlite::make_database(&place.folder).map_err(|error| name(&place.folder, &error))?;
            let lock = sqlite::lock_in_time(&place.folder).await?;
            (Self::sqlite(sqlite::options(&place.folder)?), Some(lock))
        };
        Ok((Self { alone: true, ..engine }, lock))
    }

    /// A connection that writes and has the place to itself.
    pub async fn connect_alone(&self) -> Result<AnyConnection, StoreError> {
        match self.kind {
            Kind::Sqlite => sqlite::connect_alone(self).await,
            Kind::Postgres => postgres::connect_checked(self).await,
        }
    }

    /// What is written from here on need not be on the disk before [`Engine::settle`].
    pub async fn hurry(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        if self.kind == Kind::Sqlite {
            connection.execute("PRAGMA synchronous = OFF").await?;
        }
        Ok(())
    }

    /// All of it is on the disk, and from here on each transaction is.
    pub async fn settle(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        if self.kind == Kind::Sqlite {
            connection.execute("PRAGMA synchronous = FULL").await?;
            sqlite::cut_log(connection).await?;
        }
        Ok(())
    }

    /// Whether a table of this name is there.
    pub async fn has_table(&self, connection: &mut AnyConnection, table: &str) -> Result<bool, StoreError> {
        let sql = match self.kind {
            Kind::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
            Kind::Postgres => "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1",
        };
        let row = sqlx::query(sql).bind(table.to_owned()).fetch_one(connection).await?;
        Ok(row.try_get::<i64, _>(0)? > 0)
    }

    /// What the database says of its own soundness; nothing where all is well.
    pub async fn faults(&self, connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
        match self.kind {
            Kind::Sqlite => sqlite::faults(connection).await,
            // It has no such command; whoever reads every row has its checksums compared.
            Kind::Postgres => Ok(Vec::new()),
        }
    }

    const fn session(&self) -> &'static str {
        match self.kind {
            Kind::Sqlite => sqlite::SESSION,
            Kind::Postgres => postgres::SESSION,
        }
    }

    const fn readers(&self) -> &'static str {
        match self.kind {
            Kind::Sqlite => sqlite::READERS,
            Kind::Postgres => postgres::READERS,
        }
    }

    /// Begins a transaction that writes: one at a time, whoever else has this database open.
    pub const fn begin(&self) -> &'static str {
        match self.kind {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => postgres::BEGIN,
        }
    }

    /// How long a transaction may take; none where only the disk can hold it up.
    pub const fn most_of_a_transaction(&self) -> Option<Duration> {
        match self.kind {
            Kind::Sqlite => None,
            Kind::Postgres => Some(postgres::TRANSACTION),
        }
    }

    /// Whether a connection that was open is worth keeping.
    pub async fn is_alive(&self, connection: &mut AnyConnection) -> bool {
        self.kind == Kind::Sqlite || matches!(timeout(CONNECTING, connection.ping()).await, Ok(Ok(())))
    }

    /// Whether servers beside this one may write to the same store.
    pub fn is_shared(&self) -> bool {
        self.kind == Kind::Postgres
    }

    /// Within a transaction: other servers hear of it once it is committed.
    pub async fn tell_others(&self, c: &mut AnyConnection, news: &[News]) -> Result<(), sqlx::Error> {
        match self.kind {
            Kind::Sqlite => Ok(()),
            Kind::Postgres => postgres::tell_others(c, news).await,
        }
    }

    /// What was deleted or overwritten leaves the disk, as well as this database can.
    pub async fn forget_erased(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        match self.kind {
            Kind::Sqlite => sqlite::cut_log(connection).await,
            Kind::Postgres => postgres::vacuum(connection).await,
        }
    }

    /// A connection that only reads.
    pub async fn connect_to_read(&self) -> Result<AnyConnection, StoreError> {
        let connecting = async {
            let mut connection = AnyConnection::connect_with(&self.options).await?;
            connection.execute(self.session()).await?;
            connection.execute(self.readers()).await?;
            Ok(connection)
        };
        in_time(connecting).await
    }

    /// Begins to look at everything as it is at one moment.
    pub const fn begin_to_read(&self) -> &'static str {
        match self.kind {
            Kind::Sqlite => "BEGIN",
            Kind::Postgres => postgres::BEGIN_TO_READ,
        }
    }

    const fn migrations(&self) -> &'static [(i64, &'static str, &'static str)] {
        match self.kind {
            Kind::Sqlite => sqlite::MIGRATIONS,
            Kind::Postgres => postgres::MIGRATIONS,
        }
    }

    /// Whether a database of this layout was ever made by this program or one before it.
    pub fn knows(&self, layout: i64) -> bool {
        self.migrations().iter().any(|(version, ..)| *version == layout)
    }

    /// The layout of this program.
    pub fn newest(&self) -> i64 {
        self.migrations().last().map_or(0, |(version, ..)| *version)
    }

    /// Brings a database up to this layout.
    pub fn migrator(&self, layout: i64) -> Migrator {
        let wanted = self.migrations().iter().filter(|(version, ..)| *version <= layout);
        let migrations = wanted.map(|&(version, name, sql)| {
            use sqlx::SqlSafeStr;
            Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
        });
        Migrator::with_migrations(migrations.collect())
    }

    async fn is_of_this_layout(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let newest = self.newest();
        let found: i64 =
            connection.fetch_one("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations").await?.try_get(0)?;
        if found == newest { Ok(()) } else { Err(StoreError::OtherLayout) }
    }
}

/// The layout of this program; the same number on both databases.
pub fn newest_layout() -> i64 {
    sqlite::MIGRATIONS.last().map_or(0, |(version, ..)| *version)
}

/// A connection that writes.
pub(crate) async fn connect(engine: &Engine) -> Result<AnyConnection, StoreError> {
    if engine.kind == Kind::Postgres {
        postgres::certificates_are_there(engine)?;
    }
    let connecting = async {
        let mut connection = AnyConnection::connect_with(&engine.options).await?;
        connection.execute(engine.session()).await?;
        if engine.kind == Kind::Postgres {
            postgres::enter(&mut connection, engine.alone).await?;
            let own = postgres::number(&mut connection).await?;
            engine.own.store(own, Ordering::Relaxed);
        }
        Ok(connection)
    };
    timeout(CONNECTING, connecting)
        .await
        .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))
        .map_err(sqlx::Error::Io)?
}

async fn in_time<T>(connecting: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let late = |_| StoreError::from(sqlx::Error::Io(io::ErrorKind::TimedOut.into()));
    timeout(CONNECTING, connecting).await.map_err(late)?
}

/// Ends a task with whoever holds this.
pub(crate) struct Ends(AbortHandle);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The operator reads which folder or file it was.
pub(crate) fn name(folder: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", folder.display()))
}
