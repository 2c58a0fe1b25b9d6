//! A house on a database and a bucket of its own.

use crate::support::{FRESH, settle, stands_in};
use casework::FileId;
use neighbours::{KEY, Postgres, S3};
use std::{fs, path::PathBuf, process, time::Duration};
use store::{Bucket, Place, Secret, Store};
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub struct House {
    pub store: Store,
    pub place: Place,
    pub database: String,
    _folder: TempDir,
}

/// The one server of this program. Where it is left out, so is every story: the program ends, and well.
pub fn server() -> &'static Postgres {
    Postgres::shared().unwrap_or_else(|| process::exit(0))
}

/// The one storage of this program.
pub fn storage() -> &'static S3 {
    S3::shared("house::serves_s3")
}

#[test]
#[ignore = "the storage of the other stories"]
fn serves_s3() {
    S3::serve_if_told();
}

/// A fresh bucket in it, or a part of one.
pub fn bucket(prefix: &str) -> Bucket {
    bucket_of(storage(), prefix)
}

pub fn bucket_of(storage: &S3, prefix: &str) -> Bucket {
    Bucket {
        address: format!("s3://{}{prefix}", storage.bucket().unwrap()),
        endpoint: Some(storage.endpoint()),
        region: "us-east-1".into(),
        key_id: KEY.0.into(),
        secret: Secret::Text(KEY.1.into()),
        authority: None,
    }
}

/// A database with the layout of today in it, which is copied for every story.
async fn layout() -> &'static str {
    static LAYOUT: OnceCell<String> = OnceCell::const_new();
    LAYOUT
        .get_or_init(|| async {
            let name = server().database(None).unwrap();
            let folder = tempfile::tempdir().unwrap();
            let furnished = Store::open(place(&folder, &name), &FRESH).await.unwrap();
            furnished.close().await;
            // Each story has a bucket of its own.
            server().sql(&name, "DELETE FROM house WHERE name = 'files'").unwrap();
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
    Place { database, files: Some(bucket("/sealed")), ..Place::folder(folder.path()) }
}

impl House {
    /// With these organisations, each with a key.
    pub async fn with(organisations: &[&str]) -> Self {
        let database = server().database(Some(layout().await)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let place = place(&folder, &database);
        let store = Store::open(place.clone(), &FRESH).await.unwrap();
        settle(&store, organisations).await;
        Self { store, place, database, _folder: folder }
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

    /// Somebody changes the database behind our back.
    #[expect(clippy::unused_async, reason = "as on SQLite")]
    pub async fn alter(&self, sql: &str) {
        server().sql(&self.database, sql).unwrap();
    }

    /// The sealed bytes of a file that are there.
    pub fn bytes(&self, id: FileId) -> Vec<u8> {
        let list = format!(
            "SELECT start, encode(substring(sha256 from 1 for 16), 'hex') FROM pieces \
             WHERE encode(file, 'hex') = '{id}' ORDER BY start"
        );
        let pieces = server().sql(&self.database, &list).unwrap();
        let folder = self.objects().join("sealed").join(id.to_string());
        let object = |line: &str| {
            let (start, hash) = line.split_once('|').unwrap();
            fs::read(folder.join(format!("{:016x}-{hash}", start.parse::<u64>().unwrap()))).unwrap()
        };
        pieces.lines().flat_map(object).collect()
    }

    /// Whether these bytes stand in any object, or in several of one file together.
    pub fn holds(&self, needle: &[u8]) -> bool {
        let all = server().sql(&self.database, "SELECT encode(file, 'hex') FROM pieces GROUP BY file").unwrap();
        let mut found = stands_in(&self.objects(), needle);
        for id in all.lines() {
            found |= self.bytes(id.parse().unwrap()).windows(needle.len()).any(|window| window == needle);
        }
        found
    }

    /// The folder in which the storage keeps this house's bucket.
    pub fn objects(&self) -> PathBuf {
        let bucket = self.place.files.as_ref().unwrap().address.strip_prefix("s3://").unwrap();
        storage().folder(bucket.split('/').next().unwrap())
    }
}
