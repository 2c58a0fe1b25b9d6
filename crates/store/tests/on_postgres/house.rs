//! A house on a database of its own, and a folder that cleans up after itself.

use crate::support::{FRESH, settle, stands_in};
use casework::FileId;
use neighbours::Postgres;
use std::{fs, process, time::Duration};
use store::{Place, Store};
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub struct House {
    pub store: Store,
    pub place: Place,
    pub database: String,
    folder: TempDir,
}

/// The one server of this program. Where it is left out, so is every story: the program ends, and well.
pub fn server() -> &'static Postgres {
    Postgres::shared().unwrap_or_else(|| process::exit(0))
}

/// A database with the layout of today in it, which is copied for every story.
async fn layout() -> &'static str {
    static LAYOUT: OnceCell<String> = OnceCell::const_new();
    LAYOUT
        .get_or_init(|| async {
            let name = server().database(None).unwrap();
            let folder = tempfile::tempdir().unwrap();
            Store::open(place(&folder, &name), &FRESH).await.unwrap().close().await;
            // A database that somebody is in can't be copied, and connections take a moment to go.
            let left = format!("SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'");
            while server().sql("postgres", &left).unwrap().trim() != "0" {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            name
        })
        .await
}

pub fn place(folder: &TempDir, database: &str) -> Place {
    let database = Some(server().address(database).parse().unwrap());
    Place { database, ..Place::folder(folder.path()) }
}

impl House {
    /// With these organisations, each with a key.
    pub async fn with(organisations: &[&str]) -> Self {
        let database = server().database(Some(layout().await)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let place = place(&folder, &database);
        let store = Store::open(place.clone(), &FRESH).await.unwrap();
        settle(&store, organisations).await;
        Self { store, place, database, folder }
    }

    /// As after a restart.
    pub async fn reopened(self) -> Self {
        self.store.close().await;
        let store = self.again(&FRESH).await;
        Self { store, ..self }
    }

    /// Opens it again, also beside the first.
    pub async fn again(&self, fresh: &[u8; 64]) -> Store {
        Store::open(self.place.clone(), fresh).await.unwrap()
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
