//! Opening the database, and the one task that writes.
//!
//! A key design decision: writes are closures over a connection, carried out by one task, several in one transaction,
//! each behind its own savepoint. SQLite lets one writer in at a time anyway; this way nobody waits for a lock, a write
//! that fails takes nothing with it, and a commit (one wait for the disk) serves all who came while the last one ran.

use crate::{StoreError, house};
use sqlx::{
    AnyConnection, AnyPool, Connection, Executor,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::{Migration, MigrationType, Migrator},
};
use std::{
    any::Any,
    borrow::Cow,
    fs,
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
    str::FromStr,
    sync::Arc,
    time::Duration,
};
use tokio::sync::{broadcast, mpsc, oneshot};

/// Forward only, each kept as it was released.
const MIGRATIONS: &[(i64, &str, &str)] = &[(1, "first", include_str!("../migrations/sqlite/0001_first.sql"))];

/// Writes that wait; whoever comes then waits to be let in.
const WAITING: usize = 1024;
/// The most writes of one commit: bounds how long the first of them waits.
const OF_ONE_COMMIT: usize = 256;

/// `FULL`: what is acknowledged is on the disk. `secure_delete`: an erased key is overwritten, not only unlinked.
const PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; \
    PRAGMA secure_delete = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;";

type Outcome = Result<Box<dyn Any + Send>, StoreError>;
type Work = Box<dyn for<'c> FnOnce(&'c mut AnyConnection) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'c>> + Send>;

struct Wish {
    work: Work,
    answer: oneshot::Sender<Outcome>,
}

/// The database and the folder of files. Cloning shares.
#[derive(Clone)]
pub struct Store {
    pub(crate) reader: AnyPool,
    writer: mpsc::Sender<Wish>,
    pub(crate) files: Arc<PathBuf>,
    news: broadcast::Sender<Arc<str>>,
}

impl Store {
    /// Opens the store in this folder and makes what is missing; brings an older layout up to date. `fresh` is 64
    /// random bytes: the secrets of a new house (public salt of receipts, signing seed) are made of them once.
    ///
    /// # Errors
    /// The folder can't be written, the database is damaged or of a newer program.
    pub async fn open(folder: &Path, fresh: &[u8; 64]) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let files = folder.join("files");
        fs::create_dir_all(&files)?;
        close_to_others(folder)?;
        let path = folder.join("haidang.sqlite");
        let path = path.to_str().ok_or_else(|| std::io::Error::other("the folder's name is not UTF-8"))?;
        // `?`, `#` and `%` would be read as parts of an address.
        let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let options = AnyConnectOptions::from_str(&format!("sqlite://{escaped}?mode=rwc"))?;
        let mut connection = AnyConnection::connect_with(&options).await?;
        connection.execute("PRAGMA journal_mode = WAL;").await?;
        connection.execute(PRAGMAS).await?;
        migrator().run(&mut connection).await?;
        house::make(&mut connection, fresh).await?;
        let reader = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(|connection, _| Box::pin(async move { connection.execute(PRAGMAS).await.map(drop) }))
            .connect_with(options)
            .await?;
        let (writer, wishes) = mpsc::channel(WAITING);
        tokio::spawn(write(connection, wishes));
        Ok(Self { reader, writer, files: Arc::new(files), news: broadcast::channel(256).0 })
    }

    /// Carries a change out. When it answers, the change is on the disk.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>
            + Send
            + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let under_way = work(connection);
            Box::pin(async move { under_way.await.map(|done| Box::new(done) as Box<dyn Any + Send>) })
        });
        self.writer.send(Wish { work, answer }).await.map_err(|_| StoreError::Closing)?;
        let done = answered.await.map_err(|_| StoreError::Closing)??;
        Ok(*done.downcast::<T>().expect("the work gives back what it was asked for"))
    }

    /// Who wants to know at once when something changes in an organisation's inbox: the organisation's id, no more.
    pub fn news(&self) -> broadcast::Receiver<Arc<str>> {
        self.news.subscribe()
    }

    pub(crate) fn tell(&self, organisations: impl IntoIterator<Item = String>) {
        for organisation in organisations {
            // Nobody listening is no fault.
            let _ = self.news.send(organisation.into());
        }
    }
}

/// Nobody else on the machine reads the database. A folder that somebody made with other rights keeps them.
fn close_to_others(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if folder.join("haidang.sqlite").symlink_metadata().is_err() {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.iter().map(|&(version, name, sql)| {
        use sqlx::SqlSafeStr;
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// Writes until the store is dropped.
async fn write(mut connection: AnyConnection, mut wishes: mpsc::Receiver<Wish>) {
    let mut waiting = Vec::new();
    while wishes.recv_many(&mut waiting, OF_ONE_COMMIT).await > 0 {
        commit(&mut connection, &mut waiting).await;
    }
    let _ = connection.close().await;
}

/// One transaction for all that waits; whoever's part failed gets the error, the others their answer after the commit.
async fn commit(connection: &mut AnyConnection, waiting: &mut Vec<Wish>) {
    let mut done = Vec::with_capacity(waiting.len());
    let begun = connection.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = match begun {
        Ok(transaction) => transaction,
        Err(error) => return refuse(waiting.drain(..).map(|wish| wish.answer), &error),
    };
    for wish in waiting.drain(..) {
        let part = async {
            let mut savepoint = transaction.begin().await?;
            let outcome = (wish.work)(&mut savepoint).await;
            if outcome.is_ok() {
                savepoint.commit().await?
            } else {
                savepoint.rollback().await?
            }
            outcome
        };
        done.push((wish.answer, part.await));
    }
    match transaction.commit().await {
        Ok(()) => done.into_iter().for_each(|(answer, outcome)| drop(answer.send(outcome))),
        Err(error) => refuse(done.into_iter().map(|(answer, _)| answer), &error),
    }
}

/// Nothing of this transaction stands: everybody in it is told.
fn refuse(answers: impl Iterator<Item = oneshot::Sender<Outcome>>, error: &sqlx::Error) {
    for answer in answers {
        let _ = answer.send(Err(StoreError::Database(sqlx::Error::Protocol(error.to_string()))));
    }
}
