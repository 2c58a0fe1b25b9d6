//! A house on SQLite and a folder, which cleans up after itself.

use crate::support::{FRESH, settle, stands_in};
use casework::FileId;
use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection};
use std::fs;
use store::Store;
use tempfile::TempDir;

pub struct House {
    pub store: Store,
    pub folder: TempDir,
}

impl House {
    /// With these organisations, each with a key.
    pub async fn with(organisations: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &FRESH).await.unwrap();
        settle(&store, organisations).await;
        Self { store, folder }
    }

    /// As after a restart.
    pub async fn reopened(self) -> Self {
        self.store.close().await;
        let store = self.again(&FRESH).await;
        Self { store, folder: self.folder }
    }

    /// Somebody changes the database behind our back.
    pub async fn alter(&self, sql: &str) {
        let path = self.folder.path().join("haidang.sqlite");
        let mut connection = SqliteConnection::connect(&format!("sqlite://{}?mode=rw", path.display())).await.unwrap();
        connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Opens it again, once it was closed.
    pub async fn again(&self, fresh: &[u8; 64]) -> Store {
        Store::open(self.folder.path(), fresh).await.unwrap()
    }

    /// The sealed bytes of a file that are there.
    pub fn bytes(&self, id: FileId) -> Vec<u8> {
        let name = id.to_string();
        fs::read(self.folder.path().join("files").join(&name[..2]).join(&name)).unwrap()
    }

    /// Whether these bytes stand in any sealed file.
    pub fn holds(&self, needle: &[u8]) -> bool {
        stands_in(&self.folder.path().join("files"), needle)
    }
}
