//! Where a store lies: in a folder, or its database on a PostgreSQL server, its files in an S3-compatible storage.

use crate::{Bucket, StoreError};
use sqlx::{
    any::AnyConnectOptions,
    postgres::{PgConnectOptions, PgSslMode},
};
use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

/// Where a store lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder of the database and of sealed files; with a server for both, of what passes through only.
    pub folder: PathBuf,
    /// A PostgreSQL database in the place of the one in the folder.
    pub database: Option<Address>,
    /// An S3-compatible storage in the place of the folder's sealed files.
    pub files: Option<Bucket>,
}

impl Place {
    /// All of it in one folder.
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), database: None, files: None }
    }
}

impl<P: AsRef<Path> + ?Sized> From<&P> for Place {
    fn from(folder: &P) -> Self {
        Self::folder(folder.as_ref())
    }
}

/// The address of a PostgreSQL database. What of it may be a secret is never shown.
#[derive(Clone)]
pub struct Address(pub(crate) AnyConnectOptions);

/// The parameters of an address that sqlx reads. It would log what it doesn't know, and that may be a mistyped password.
const PARAMETERS: [&str; 13] = [
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "statement-cache-capacity",
];

impl FromStr for Address {
    type Err = StoreError;

    /// Reads `postgres://user@host/database?sslmode=verify-full`. What is missing is taken from the variables that every
    /// PostgreSQL program reads (`PGHOST`, `PGPASSWORD`, `PGPASSFILE` …) and from `~/.pgpass`.
    ///
    /// # Errors
    /// [`StoreError::Address`], which doesn't repeat the address: not one, a parameter that is unknown, or a server on
    /// another machine without encryption.
    fn from_str(text: &str) -> Result<Self, StoreError> {
        let wrong = StoreError::Address;
        let options = AnyConnectOptions::from_str(text).map_err(|_| wrong("it is no address"))?;
        let url = &options.database_url;
        if !["postgres", "postgresql"].contains(&url.scheme()) {
            return Err(wrong("it must begin with postgres://"));
        }
        if url.fragment().is_some() {
            return Err(wrong("a # in it must be written %23"));
        }
        if url.query_pairs().any(|(name, _)| !PARAMETERS.contains(&&*name)) {
            return Err(wrong("it has a parameter that is unknown"));
        }
        let read = PgConnectOptions::from_str(text).map_err(|_| wrong("a part of it can't be read"))?;
        let is_near = read.get_socket().is_some()
            || read.get_host().starts_with('/')
            || ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&read.get_host());
        let is_encrypted =
            matches!(read.get_ssl_mode(), PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull);
        if is_near || is_encrypted {
            Ok(Self(options))
        } else {
            Err(wrong("a server on another machine needs sslmode=verify-full behind a ?"))
        }
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.0.database_url == other.0.database_url
    }
}

impl Eq for Address {}

impl fmt::Display for Address {
    /// Without user, password and parameters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = &self.0.database_url;
        write!(f, "postgres://{}", url.host_str().unwrap_or("localhost"))?;
        if let Some(port) = url.port() {
            write!(f, ":{port}")?;
        }
        f.write_str(url.path())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_shows_what_may_be_a_secret() {
        for (given, shown) in [
            ("postgres://ha:SECRET@localhost/haidang", "postgres://localhost/haidang"),
            ("postgresql://ha:SECRET@[::1]:5433/haidang?password=SECRET", "postgres://[::1]:5433/haidang"),
            ("postgres://SECRET@%2Frun%2Fpostgresql/haidang", "postgres://%2Frun%2Fpostgresql/haidang"),
            ("postgres:///haidang?host=/run/postgresql&user=SECRET", "postgres://localhost/haidang"),
            ("postgres://ha:SECRET@db.example/haidang?sslmode=verify-full", "postgres://db.example/haidang"),
        ] {
            let address: Address = given.parse().unwrap_or_else(|error| panic!("{given}: {error}"));
            assert_eq!((address.to_string(), format!("{address:?}")), (shown.into(), shown.into()));
        }
        for (given, why) in [
            ("SECRET", "it is no address"),
            ("mysql://ha:SECRET@localhost/haidang", "it must begin with postgres://"),
            ("postgres://ha:SEC#RET@localhost/haidang", "it is no address"),
            ("postgres://localhost/haidang#SECRET", "a # in it must be written %23"),
            ("postgres://localhost/haidang?pasword=SECRET", "it has a parameter that is unknown"),
            ("postgres://localhost/haidang?sslmode=SECRET", "a part of it can't be read"),
            (
                "postgres://ha:SECRET@db.example/haidang",
                "a server on another machine needs sslmode=verify-full behind a ?",
            ),
        ] {
            let refused = given.parse::<Address>().unwrap_err().to_string();
            assert!(refused.ends_with(why), "{given}: {refused}");
            assert!(!refused.contains("SECRET"));
        }
    }
}
