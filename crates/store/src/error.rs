//! What can go wrong, by what the caller can do about it.

use sqlx::{error::DatabaseError, migrate::MigrateError};
use std::{io, sync::Arc};

/// Why the store did not do what was asked. Nothing was changed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The database can't be opened, read or written: disk full, folder read-only, file damaged.
    #[error("the database can't be used: {0}")]
    Database(Arc<sqlx::Error>),
    /// A newer program wrote this database, or a migration failed.
    #[error("the database's layout doesn't fit this program: {0}")]
    Layout(Arc<MigrateError>),
    /// The server that has the folder open keeps another layout.
    #[error("the server that runs on this folder is of another version; use the same version for both")]
    OtherLayout,
    /// Another process has the folder or the database open.
    #[error("another haidang has this open; stop it first")]
    InUse,
    /// The address of a database or storage can't be used. It is not repeated: it may hold a password.
    #[error("the address can't be used: {0}")]
    Address(&'static str),
    /// PostgreSQL can't be reached by a safe way: it speaks no TLS, or its certificate is of somebody else.
    #[error("no safe way to the database: {0}")]
    Tls(String),
    /// The PostgreSQL database keeps texts in another encoding.
    #[error("the database keeps its texts as {0}; make it with: createdb --encoding=UTF8 --template=template0")]
    Encoding(String),
    /// PostgreSQL refuses what every store needs.
    #[error("{0}; make haidang's user the owner of the database")]
    NoRights(String),
    /// The folder of sealed files can't be read or written.
    #[error("the folder can't be used: {0}")]
    Files(Arc<io::Error>),
    /// The S3-compatible storage can't be used; for as long as it can't, its files are neither taken nor shown.
    #[error("the storage of files can't be used: {0}")]
    Storage(String),
    /// The sealed files of this database lie elsewhere.
    #[error("the files of this database lie in {0}; name that place, or move them with haidang move")]
    OtherFiles(String),
    /// A move into this place was broken off.
    #[error("a move into this place was broken off; go on with the same haidang move")]
    Unfinished,
    /// A restore into this place was broken off.
    #[error("a restore into this place was broken off; run the same haidang restore again")]
    Restoring,
    /// A house lies where another one should come.
    #[error("the place to move to holds something already; name an empty one")]
    Occupied,
    /// What is kept is not what this program writes.
    #[error("what is kept is damaged: {0}")]
    Damaged(&'static str),
    /// There is no such thing, or it may not be seen.
    #[error("there is no such {0}")]
    Absent(&'static str),
    /// It is there already, with other content.
    #[error("this {0} exists already")]
    Taken(&'static str),
    /// A named limit of `casework::limits` would be passed.
    #[error("over the limit: {0}")]
    OverLimit(&'static str),
    /// Somebody changed it meanwhile: read it again, then decide again.
    #[error("changed meanwhile by somebody else: {0}")]
    Stale(&'static str),
    /// No case may be left like that.
    #[error("{0}")]
    Refused(casework::work::Refusal),
    /// It doesn't fit together: no program of ours sends this.
    #[error("it doesn't fit together: {0}")]
    Malformed(&'static str),
    /// A sexual picture of somebody under 18 was found here: nobody views or exports it any more.
    #[error("viewing and export of this case are locked")]
    Locked,
    /// The store is being closed.
    #[error("the store is being closed")]
    Closing,
    /// A mistake in this program stopped the change.
    #[error("a mistake in this program stopped the change")]
    Bug,
}

impl StoreError {
    /// Whether the disk has no room left, or none for us: the operator must make some.
    pub fn is_full(&self) -> bool {
        match self {
            // SQLite's SQLITE_FULL, PostgreSQL's disk_full.
            Self::Database(error) => {
                let code = error.as_database_error().and_then(DatabaseError::code);
                code.is_some_and(|code| ["13", "53100"].contains(&&*code))
            }
            Self::Files(error) => {
                matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
            }
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Tls(why) => return Self::Tls(why.to_string()),
            sqlx::Error::Io(io) => {
                if let Some(why) = io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                    return Self::Tls(why.to_string());
                }
            }
            _ => {}
        }
        let database = error.as_database_error();
        match database.and_then(DatabaseError::code).as_deref() {
            // PostgreSQL's insufficient_privilege.
            Some("42501") => Self::NoRights(database.map_or(String::new(), |error| error.message().to_owned())),
            // PostgreSQL keeps no text with a zero byte, and nobody types one.
            Some("22021") => Self::Malformed("a text with a zero byte"),
            _ => Self::Database(Arc::new(error)),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            // What failed was no step of ours but the database itself.
            MigrateError::Execute(error) => error.into(),
            MigrateError::ExecuteMigration(error, _) if error.as_database_error().is_none() => error.into(),
            error => Self::Layout(Arc::new(error)),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        Self::Files(Arc::new(error))
    }
}
