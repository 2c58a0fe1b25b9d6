//! A house, its backups, and where they are brought back.

use crate::support::{House, NOON};
use backup::{BackupError, Identity, Restored, Took, Wish};
use casework::FileId;
use futures_util::StreamExt;
use std::{
    fs,
    io::{Read, Write},
    iter::once,
    path::Path,
};
use store::{Place, Row, Store, TABLES};
use tempfile::TempDir;

/// With these organisations, and an operator's key.
pub struct Backed {
    pub house: House,
    pub folder: TempDir,
    pub key: Identity,
}

impl Backed {
    pub async fn with(organisations: &[&str]) -> Self {
        let house = House::with(organisations).await;
        Self { house, folder: tempfile::tempdir().unwrap(), key: Identity::generate() }
    }

    pub fn store(&self) -> &Store {
        &self.house.store
    }

    pub async fn take(&self, now: i64) -> Result<Took, BackupError> {
        let wish = Wish { folder: self.folder.path(), to: &self.key.recipient(), days: 30, now };
        backup::take(&self.house.store, &wish, &mut |_| ()).await
    }

    /// Changes something in a manifest, as another program would have written it.
    pub fn edit(&self, taken_at: i64, from: &str, to: &str) {
        let path = self.folder.path().join(format!("backups/{taken_at}.age"));
        let secret: age::x25519::Identity = self.key.to_file().lines().nth(1).unwrap().parse().unwrap();
        let (sealed, mut json) = (fs::read(&path).unwrap(), String::new());
        let opened = age::Decryptor::new(&sealed[..]).unwrap().decrypt(once(&secret as &dyn age::Identity));
        opened.unwrap().read_to_string(&mut json).unwrap();
        assert!(json.contains(from), "{json}");
        let recipient = secret.to_public();
        let sealing = age::Encryptor::with_recipients(once(&recipient as &dyn age::Recipient)).unwrap();
        let mut out = sealing.wrap_output(fs::File::create(&path).unwrap()).unwrap();
        out.write_all(json.replacen(from, to, 1).as_bytes()).unwrap();
        out.finish().unwrap();
    }

    /// Brings one back into an empty folder.
    pub async fn restore(&self, taken_at: i64) -> Result<(Restored, Store, TempDir), BackupError> {
        let empty = tempfile::tempdir().unwrap();
        let restored = restore_into(self.folder.path(), taken_at, &self.key, empty.path()).await?;
        let store = Store::open(empty.path(), &[9; 64]).await?;
        Ok((restored, store, empty))
    }
}

pub async fn restore_into(from: &Path, taken_at: i64, key: &Identity, into: &Path) -> Result<Restored, BackupError> {
    backup::restore(from, taken_at, key, &Place::folder(into), &mut |_| ()).await
}

/// Every row of every table that is kept a second time.
pub async fn rows(store: &Store) -> Vec<(&'static str, Vec<Row>)> {
    let mut look = store.snapshot().await.unwrap();
    let mut all = Vec::new();
    for table in
        TABLES.iter().filter(|t| !["sessions", "invitations", "tokens", "removals", "pieces"].contains(&t.name))
    {
        let rows: Vec<Row> = look.rows(table).map(Result::unwrap).collect().await;
        all.push((table.name, rows));
    }
    all
}

pub async fn upload(store: &Store, case: casework::CaseId, id: FileId, bytes: &[u8], size: u64) {
    store.begin_file(id, case, size, 1 << 30, NOON).await.unwrap();
    for (number, piece) in bytes.chunks(1 << 19).enumerate() {
        store.add_piece(id, (number << 19) as u64, piece.to_vec(), NOON).await.unwrap();
    }
}

pub async fn read(store: &Store, id: FileId) -> Vec<u8> {
    let (file, received) = store.sealed_file(id).await.unwrap();
    file.read(0, received as usize).await.unwrap()
}
