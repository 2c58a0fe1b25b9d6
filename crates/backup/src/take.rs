//! Takes a backup while the server goes on.

use crate::{
    BackupError, Recipient, Step, Told,
    chunk::Cutter,
    folder::Folder,
    key::{hex, seal},
    list,
    manifest::{Manifest, OfFile, OfRows, Part, VERSION},
};
use casework::{FileId, limits::PIECE_BYTES};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Read},
    path::Path,
    sync::Arc,
    thread::available_parallelism,
};
use store::{Snapshot, Store, StoreError, TABLES, Table, Value};
use tokio::{
    sync::mpsc,
    task::{JoinSet, spawn_blocking},
};

/// What is not kept a second time: what opens a door for hours, and what belongs to the place where files lie.
pub(crate) const LEFT_OUT: [&str; 5] = ["sessions", "invitations", "tokens", "removals", "pieces"];

/// What is wanted.
#[derive(Debug)]
pub struct Wish<'a> {
    /// The folder of backups.
    pub folder: &'a Path,
    /// Whom they are sealed to.
    pub to: &'a Recipient,
    /// How long backups live.
    pub days: u32,
    /// Seconds since 1970.
    pub now: i64,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Took {
    /// When, as the backup is named.
    pub at: i64,
    /// Rows in it.
    pub rows: u64,
    /// Files in it.
    pub files: u64,
    /// Parts that had to be written.
    pub new_parts: u64,
    /// Bytes of those.
    pub new_bytes: u64,
    /// Bytes of all parts.
    pub bytes: u64,
    /// Old backups that were dropped.
    pub dropped: usize,
    /// Files that rows name and that are missing from the store itself.
    pub missing: Vec<String>,
}

/// Takes a backup of the store as it is now. What an earlier one has, or one that was broken off, is not written again.
/// Backups older than wished, and what they alone need, go; the last one stays.
///
/// # Errors
/// [`BackupError::Busy`] where another one is under way.
pub async fn take(store: &Store, wish: &Wish<'_>, told: Told<'_>) -> Result<Took, BackupError> {
    let folder = Folder::make(wish.folder)?;
    let _lock = folder.lock()?;
    // Before all else, so that a folder of another house is left alone.
    list::append(wish.folder, store).await?;
    let mut known = HashMap::new();
    let all = folder.all()?;
    for taken_at in &all {
        known.extend(folder.read_index(*taken_at)?.into_iter().map(|part| (part.name.clone(), part)));
    }
    let key = store.mark().await?.key_for(&format!("backup to {}", wish.to));
    let present = folder.present()?;
    let mut parts = Parts {
        folder: folder.clone(),
        to: wish.to.clone(),
        key,
        known: Arc::new(known),
        present: Arc::new(present),
        jobs: JoinSet::new(),
        took: Took { at: wish.now.max(all.last().map_or(0, |last| last + 1)), ..Took::default() },
        done: Vec::new(),
    };
    let mut snapshot = store.snapshot().await?;
    let mut manifest = Manifest {
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at: parts.took.at,
        layout: snapshot.layout().await?,
        forgotten: snapshot.last_forgotten().await?,
        rows: BTreeMap::new(),
        chunks: Vec::new(),
        files: Vec::new(),
        missing: Vec::new(),
    };
    let files = rows(&mut snapshot, &mut parts, &mut manifest, told).await?;
    // From here on nothing that is read changes.
    drop(snapshot);
    parts.files(store, files, &mut manifest, told).await?;
    // Ahead of what was just read, also where no server runs.
    list::append(wish.folder, store).await?;
    folder.sync()?;
    let json = serde_json::to_vec(&manifest).map_err(io::Error::other);
    let json = json.map_err(BackupError::at(&folder.manifest(manifest.taken_at)))?;
    folder.finish(manifest.taken_at, &manifest.parts(), |out| seal(wish.to, &json[..], out).map(drop))?;
    let mut took = parts.took;
    took.rows = manifest.rows.values().sum();
    took.files = manifest.files.len() as u64;
    took.bytes = manifest.parts().values().map(|part| part.bytes).sum();
    (took.dropped, _) = folder.drop_before(wish.now.saturating_sub(i64::from(wish.days) * 86_400))?;
    Ok(took)
}

/// Cuts the rows of all tables into chunks. Gives the files that they name: id and bytes.
async fn rows(
    snapshot: &mut Snapshot,
    parts: &mut Parts,
    manifest: &mut Manifest,
    told: Told<'_>,
) -> Result<Vec<(FileId, u64)>, BackupError> {
    let tables = || TABLES.iter().filter(|table| !LEFT_OUT.contains(&table.name));
    let (mut files, mut passed, mut all) = (Vec::new(), 0, 0);
    for table in tables() {
        all += snapshot.count(table).await?;
    }
    let mut order = Vec::new();
    for table in tables() {
        let columns: Vec<String> = table.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut cutter = Cutter::new(table.name, &columns);
        let mut count = 0;
        let mut stream = snapshot.rows(table);
        while let Some(row) = stream.next().await {
            let row = row?;
            count += 1;
            if table.name == "files" {
                files.extend(file(table, &row));
            }
            if let Some((bytes, rows)) = cutter.push(&row, &row[..table.key]) {
                order.push((table.name, rows));
                parts.chunk(order.len() - 1, bytes).await?;
                told(Step::Rows(passed + count, all));
            }
        }
        drop(stream);
        if let Some((bytes, rows)) = cutter.finish() {
            order.push((table.name, rows));
            parts.chunk(order.len() - 1, bytes).await?;
        }
        passed += count;
        told(Step::Rows(passed, all));
        manifest.rows.insert(table.name.to_owned(), count);
    }
    let done = parts.all_done().await?;
    manifest.chunks = order
        .into_iter()
        .zip(done)
        .map(|((table, rows), part)| OfRows { table: table.to_owned(), rows, part })
        .collect();
    Ok(files)
}

fn file(table: &Table, row: &[Value]) -> Option<(FileId, u64)> {
    let value = |wanted| table.columns.iter().position(|(name, _)| *name == wanted).and_then(|at| row.get(at));
    match (value("id"), value("received")) {
        (Some(Value::Bytes(id)), Some(Value::Number(received @ 1..))) => {
            Some((FileId(id[..].try_into().ok()?), received.cast_unsigned()))
        }
        _ => None,
    }
}

/// A part in its place among all, none where there was nothing to read, and whether it had to be written.
type Placed = (usize, Option<Part>, bool);

/// The parts of a backup that is being taken, several sealed at once.
struct Parts {
    folder: Folder,
    to: Recipient,
    key: [u8; 32],
    /// Those of earlier backups.
    known: Arc<HashMap<String, Part>>,
    present: Arc<HashMap<String, u64>>,
    jobs: JoinSet<Result<Placed, BackupError>>,
    done: Vec<(usize, Option<Part>)>,
    took: Took,
}

impl Parts {
    /// A chunk of rows, in this place among all.
    async fn chunk(&mut self, place: usize, bytes: Vec<u8>) -> Result<(), BackupError> {
        self.make_room().await?;
        let (folder, to, key) = (self.folder.clone(), self.to.clone(), self.key);
        let (known, present) = (Arc::clone(&self.known), Arc::clone(&self.present));
        self.jobs.spawn_blocking(move || {
            let name = name(&key, "rows", &[&bytes]);
            if let Some(part) = there(&folder, &name, &known, &present)? {
                return Ok((place, Some(part), false));
            }
            let sealed = folder.put(&name, |out| seal(&to, &bytes[..], out))?;
            Ok((place, Some(Part::new(name, sealed)), true))
        });
        Ok(())
    }

    async fn files(
        &mut self,
        store: &Store,
        files: Vec<(FileId, u64)>,
        manifest: &mut Manifest,
        told: Told<'_>,
    ) -> Result<(), BackupError> {
        let all: u64 = files.iter().map(|(_, size)| size).sum();
        let mut passed = 0;
        for (place, (id, size)) in files.iter().enumerate() {
            let name = name(&self.key, "file", &[&id.0, &size.to_be_bytes()]);
            // Looked up here: of a thousand files most are there already.
            if let Some(part) = there(&self.folder, &name, &self.known, &self.present)? {
                self.done.push((place, Some(part)));
            } else {
                self.make_room().await?;
                let (store, folder, to) = (store.clone(), self.folder.clone(), self.to.clone());
                let (id, size) = (*id, *size);
                self.jobs.spawn(async move {
                    let part = one_file(&store, id, size, name, folder, to).await?;
                    Ok((place, part, true))
                });
            }
            passed += size;
            told(Step::Files(passed, all));
        }
        for ((id, size), part) in files.into_iter().zip(self.all_ended().await?) {
            if let Some(part) = part {
                manifest.files.push(OfFile { id: id.to_string(), size, part });
                continue;
            }
            manifest.missing.push(id.to_string());
            // Else it was erased or swept meanwhile.
            if store.file(id).await.is_ok() {
                self.took.missing.push(id.to_string());
            }
        }
        Ok(())
    }

    /// Waits until another one may begin.
    async fn make_room(&mut self) -> Result<(), BackupError> {
        while self.jobs.len() >= 2 * available_parallelism().map_or(2, usize::from) {
            self.one_ended().await?;
        }
        Ok(())
    }

    async fn one_ended(&mut self) -> Result<(), BackupError> {
        let Some(ended) = self.jobs.join_next().await else { return Ok(()) };
        let (place, part, is_new) = ended.map_err(|_| StoreError::Bug)??;
        if let (true, Some(part)) = (is_new, &part) {
            self.took.new_parts += 1;
            self.took.new_bytes += part.bytes;
        }
        self.done.push((place, part));
        Ok(())
    }

    /// Everything that was begun, in its order.
    async fn all_ended(&mut self) -> Result<Vec<Option<Part>>, BackupError> {
        while !self.jobs.is_empty() {
            self.one_ended().await?;
        }
        let mut done = std::mem::take(&mut self.done);
        done.sort_by_key(|(place, _)| *place);
        Ok(done.into_iter().map(|(_, part)| part).collect())
    }

    async fn all_done(&mut self) -> Result<Vec<Part>, BackupError> {
        Ok(self.all_ended().await?.into_iter().flatten().collect())
    }
}

/// A part that lies in the folder already.
fn there(
    folder: &Folder,
    name: &str,
    known: &HashMap<String, Part>,
    present: &HashMap<String, u64>,
) -> Result<Option<Part>, BackupError> {
    match (known.get(name), present.get(name)) {
        (Some(part), Some(bytes)) if part.bytes == *bytes => Ok(Some(part.clone())),
        // Of a backup that was broken off.
        (None, Some(_)) => folder.measure(name).map(Some),
        _ => Ok(None),
    }
}

/// Reads a file of the store and seals it, piece by piece. None where it isn't there.
async fn one_file(
    store: &Store,
    id: FileId,
    size: u64,
    name: String,
    folder: Folder,
    to: Recipient,
) -> Result<Option<Part>, BackupError> {
    let (pieces, arriving) = mpsc::channel::<Vec<u8>>(2);
    let writing = spawn_blocking(move || {
        let mut arriving = Arriving { pieces: arriving, left: size, piece: Vec::new(), at: 0 };
        folder.put(&name, |out| seal(&to, &mut arriving, out)).map(|sealed| Part::new(name, sealed))
    });
    let sent = send(store, id, size, pieces).await;
    let written = writing.await.map_err(|_| StoreError::Bug)?;
    match sent {
        Ok(()) => written.map(Some),
        Err(StoreError::Absent(_) | StoreError::Damaged(_)) => Ok(None),
        Err(StoreError::Files(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn send(store: &Store, id: FileId, size: u64, pieces: mpsc::Sender<Vec<u8>>) -> Result<(), StoreError> {
    let (file, _) = store.sealed_file(id).await?;
    let mut at = 0;
    while at < size {
        let most = usize::try_from(size - at).unwrap_or(usize::MAX).min(PIECE_BYTES);
        let piece = file.read(at, most).await?;
        if piece.is_empty() {
            return Err(StoreError::Damaged("a file that is shorter than what was acknowledged"));
        }
        at += piece.len() as u64;
        if pieces.send(piece).await.is_err() {
            // The writer has its own reason.
            return Ok(());
        }
    }
    Ok(())
}

/// The pieces of a file as something that is read. Less than was announced is an error: nothing half is kept.
struct Arriving {
    pieces: mpsc::Receiver<Vec<u8>>,
    left: u64,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Arriving {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() {
            if self.left == 0 {
                return Ok(0);
            }
            self.piece = self.pieces.blocking_recv().ok_or(io::ErrorKind::UnexpectedEof)?;
            self.at = 0;
            self.left = self.left.saturating_sub(self.piece.len() as u64);
        }
        let read = bytes.len().min(self.piece.len() - self.at);
        bytes[..read].copy_from_slice(&self.piece[self.at..self.at + read]);
        self.at += read;
        Ok(read)
    }
}

/// 20 bytes of a keyed hash: who has only the folder can't tell what a part holds, not even by trying.
fn name(key: &[u8; 32], kind: &str, of: &[&[u8]]) -> String {
    let mut hash = Sha256::new().chain_update(key).chain_update(kind);
    for bytes in of {
        hash.update(bytes);
    }
    hex(&hash.finalize()[..20])
}
