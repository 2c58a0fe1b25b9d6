//! What can go wrong, by what the caller can do about it.

/// Why the store did not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database can't be opened, read or written: disk full, folder read-only, file damaged.
    #[error("the database can't be used: {0}")]
    Database(#[from] sqlx::Error),
    /// A newer program wrote this database, or a migration failed.
    #[error("the database's layout doesn't fit this program: {0}")]
    Layout(#[from] sqlx::migrate::MigrateError),
    /// The folder of sealed files can't be read or written.
    #[error("the folder of files can't be used: {0}")]
    Files(#[from] std::io::Error),
    /// What a column holds is not what this program writes.
    #[error("the database holds a damaged value in {0}")]
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
    /// The store is being closed.
    #[error("the store is being closed")]
    Closing,
}
