//! Brings a backup back into an empty place, without what was forgotten since it was taken.

use crate::{
    BackupError, Identity, Step, Told,
    chunk::{self, Chunk},
    folder::Folder,
    key::{Hashing, NotOpened, Sealed, open},
    list,
    manifest::{Manifest, OfFile, OfRows, Part},
    receipts,
};
use casework::{FileId, limits::PIECE_BYTES};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs::File,
    io::{self, Read},
    path::Path,
    thread::available_parallelism,
};
use store::{FileFilling, Filling, Forgetting, Forgotten, Kept, Mark, Place, Row, StoreError, Value, newest_layout};
use tokio::{
    sync::mpsc,
    task::{JoinHandle, JoinSet, spawn_blocking},
};

/// What was brought back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was taken; seconds since 1970.
    pub taken_at: i64,
    /// Of the program that took it.
    pub program: String,
    /// Cases that are there.
    pub cases: u64,
    /// Rows that are there.
    pub rows: u64,
    /// Files that are there.
    pub files: u64,
    /// Cases that were erased since.
    pub erased: u64,
    /// Lines of the list that were younger than the backup.
    pub forgotten: u64,
    /// Files that were missing when the backup was taken.
    pub missing: Vec<String>,
    /// Organisations whose key must be made anew: since the backup it was replaced, or somebody left who knew it.
    pub keys_due: Vec<String>,
}

/// Brings the backup that was taken at this second into an empty place. Everything is compared with its hash; whatever is
/// wrong, it is told which part, and the place doesn't open as a house. Begun again, it begins anew.
///
/// # Errors
/// Before anything is written: [`BackupError::NoList`], [`BackupError::ShortList`], [`BackupError::DamagedList`],
/// [`BackupError::OtherKey`], [`BackupError::Newer`], [`BackupError::Missing`]; [`StoreError::Occupied`].
pub async fn restore(
    from: &Path,
    taken_at: i64,
    by: &Identity,
    place: &Place,
    told: Told<'_>,
) -> Result<Restored, BackupError> {
    let folder = Folder::open(from);
    let manifest = read_manifest(&folder, taken_at, by)?;
    if manifest.layout > newest_layout() {
        return Err(BackupError::Newer(manifest.layout));
    }
    for (name, part) in manifest.parts() {
        match folder.part(name).metadata() {
            Ok(file) if file.len() == part.bytes => {}
            Ok(_) => return Err(BackupError::Damaged(name.to_owned())),
            Err(_) => return Err(BackupError::Missing(name.to_owned())),
        }
    }
    let lines = young_lines(&folder, &manifest, by)?;
    let replaced = receipts::read(folder.path(), &lines.0, &lines.1)?;
    let filling = Filling::begin(place, manifest.layout).await?;
    let mut restored = Restored {
        taken_at: manifest.taken_at,
        program: manifest.program.clone(),
        forgotten: lines.1.len() as u64,
        ..Restored::default()
    };
    let mut forgetting = Forgetting::new(lines.0, lines.1.clone(), replaced);
    let work = Work { folder, by: by.clone(), manifest, filling };
    work.all(&mut forgetting, &lines.1, &mut restored, told).await?;
    Ok(restored)
}

/// The mark of the house in this backup, and the lines that are younger than it.
fn young_lines(folder: &Folder, manifest: &Manifest, by: &Identity) -> Result<(Mark, Vec<Forgotten>), BackupError> {
    let path = folder.manifest(manifest.taken_at).display().to_string();
    let mut seed = None;
    for part in manifest.chunks.iter().filter(|chunk| chunk.table == "house") {
        for row in read_chunk(folder, part, by)?.rows {
            if let [Value::Text(name), Value::Bytes(value), ..] = &row[..]
                && name == "signing_seed"
            {
                seed = value[..].try_into().ok();
            }
        }
    }
    let mark = Mark::new(&seed.ok_or(BackupError::Damaged(path))?);
    let lines = list::read(folder.path(), &mark)?;
    let has = lines.last().map_or(0, |line| line.number);
    if has < manifest.forgotten {
        return Err(BackupError::ShortList { has, needs: manifest.forgotten });
    }
    Ok((mark, lines.into_iter().filter(|line| line.number > manifest.forgotten).collect()))
}

fn read_manifest(folder: &Folder, taken_at: i64, by: &Identity) -> Result<Manifest, BackupError> {
    let path = folder.manifest(taken_at);
    let name = path.display().to_string();
    let file = match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BackupError::None),
        file => file.map_err(BackupError::at(&path))?,
    };
    let mut bytes = Vec::new();
    let mut opened = open(by, io::BufReader::new(file)).map_err(|error| not_opened(&error, &name))?;
    opened.read_to_end(&mut bytes).map_err(|_| BackupError::Damaged(name.clone()))?;
    Manifest::read(&bytes, &name)
}

fn not_opened(error: &NotOpened, name: &str) -> BackupError {
    match error {
        NotOpened::OtherKey => BackupError::OtherKey,
        NotOpened::Damaged => BackupError::Damaged(name.to_owned()),
    }
}

/// What is inside a part, handed on as it is read; at the end its hash is compared.
fn read_part<T>(
    folder: &Folder,
    part: &Part,
    by: &Identity,
    read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> Result<T, BackupError> {
    let path = folder.part(&part.name);
    let damaged = || BackupError::Damaged(part.name.clone());
    let file = match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BackupError::Missing(part.name.clone())),
        file => file.map_err(BackupError::at(&path))?,
    };
    let mut hashing = Hashing { inner: file, hash: Sha256::new(), bytes: 0 };
    let given = {
        let buffered = io::BufReader::with_capacity(256 * 1024, &mut hashing);
        let mut opened = open(by, buffered).map_err(|error| not_opened(&error, &part.name))?;
        read(&mut opened).map_err(|_| damaged())?
    };
    io::copy(&mut hashing, &mut io::sink()).map_err(BackupError::at(&path))?;
    let found = Sealed { bytes: hashing.bytes, sha256: hashing.hash.finalize().into() };
    if part.sealed() == Some(found) { Ok(given) } else { Err(damaged()) }
}

fn read_chunk(folder: &Folder, of: &OfRows, by: &Identity) -> Result<Chunk, BackupError> {
    let mut bytes = Vec::new();
    read_part(folder, &of.part, by, |opened| opened.read_to_end(&mut bytes))?;
    let chunk = chunk::read(&bytes).filter(|chunk| chunk.table == of.table && chunk.rows.len() as u64 == of.rows);
    chunk.ok_or_else(|| BackupError::Damaged(of.part.name.clone()))
}

struct Work {
    folder: Folder,
    by: Identity,
    manifest: Manifest,
    filling: Filling,
}

impl Work {
    async fn all(
        mut self,
        forgetting: &mut Forgetting,
        lines: &[Forgotten],
        restored: &mut Restored,
        told: Told<'_>,
    ) -> Result<(), BackupError> {
        let wanted = self.rows(forgetting, restored, told).await?;
        self.files(wanted, restored, told).await?;
        restored.erased = forgetting.buried().len() as u64;
        restored.keys_due = self.filling.finish(forgetting, lines).await?;
        Ok(())
    }

    /// Brings the rows back, a few chunks read ahead. Gives the files that they name.
    async fn rows(
        &mut self,
        forgetting: &mut Forgetting,
        restored: &mut Restored,
        told: Told<'_>,
    ) -> Result<BTreeSet<String>, BackupError> {
        let missing: BTreeSet<&str> = self.manifest.missing.iter().map(String::as_str).collect();
        let all = self.manifest.rows.values().sum();
        let (mut passed, mut wanted) = (0, BTreeSet::new());
        let mut chunks = std::mem::take(&mut self.manifest.chunks).into_iter();
        let mut ahead: VecDeque<JoinHandle<Result<Chunk, BackupError>>> = VecDeque::new();
        loop {
            while ahead.len() < 2 * cores() {
                let Some(of) = chunks.next() else { break };
                let (folder, by) = (self.folder.clone(), self.by.clone());
                ahead.push_back(spawn_blocking(move || read_chunk(&folder, &of, &by)));
            }
            let Some(chunk) = ahead.pop_front() else { break };
            let Chunk { table, columns, mut rows } = chunk.await.map_err(|_| StoreError::Bug)??;
            passed += rows.len() as u64;
            rows.retain_mut(|row| forgetting.lets_back(&table, &columns, row));
            if table == "files" {
                rows.retain(|row| match file(&columns, row) {
                    // A file that no entry names, and that went while the backup was taken.
                    Some((id, _, false)) if missing.contains(&id[..]) => false,
                    Some((id, 1.., _)) => {
                        wanted.insert(id);
                        true
                    }
                    _ => true,
                });
            }
            if table == "cases" {
                restored.cases += rows.len() as u64;
            }
            restored.rows += rows.len() as u64;
            self.filling.add(&table, &columns, rows).await?;
            told(Step::Rows(passed, all));
        }
        Ok(wanted)
    }

    async fn files(
        &mut self,
        mut wanted: BTreeSet<String>,
        restored: &mut Restored,
        told: Told<'_>,
    ) -> Result<(), BackupError> {
        let files = std::mem::take(&mut self.manifest.files);
        let files: Vec<OfFile> = files.into_iter().filter(|file| wanted.remove(&file.id)).collect();
        for id in wanted {
            if !self.manifest.missing.contains(&id) {
                return Err(BackupError::Missing(id));
            }
            restored.missing.push(id);
        }
        let all: u64 = files.iter().map(|file| file.size).sum();
        let (mut passed, mut jobs) = (0, JoinSet::new());
        restored.files = files.len() as u64;
        for file in files {
            while jobs.len() >= 2 * cores() {
                self.one_ended(&mut jobs).await?;
            }
            passed += file.size;
            jobs.spawn(one_file(self.folder.clone(), file, self.by.clone(), self.filling.files()));
            told(Step::Files(passed, all));
        }
        while !jobs.is_empty() {
            self.one_ended(&mut jobs).await?;
        }
        Ok(())
    }

    async fn one_ended(&mut self, jobs: &mut JoinSet<Result<Kept, BackupError>>) -> Result<(), BackupError> {
        match jobs.join_next().await {
            Some(ended) => Ok(self.filling.keep(ended.map_err(|_| StoreError::Bug)??).await?),
            None => Ok(()),
        }
    }
}

/// A file of a row: its id, its bytes, and whether an entry names it.
fn file(columns: &[String], row: &Row) -> Option<(String, i64, bool)> {
    let named: BTreeMap<&str, &Value> = columns.iter().map(String::as_str).zip(row).collect();
    match (named.get("id")?, named.get("received")?, named.get("entry")?) {
        (Value::Bytes(id), Value::Number(received), entry) => {
            Some((FileId(id[..].try_into().ok()?).to_string(), *received, **entry != Value::Null))
        }
        _ => None,
    }
}

async fn one_file(folder: Folder, file: OfFile, by: Identity, filling: FileFilling) -> Result<Kept, BackupError> {
    let id: FileId = file.id.parse().map_err(|_| BackupError::Damaged(file.part.name.clone()))?;
    let (pieces, mut arriving) = mpsc::channel::<Vec<u8>>(2);
    let reading = spawn_blocking(move || {
        let length = read_part(&folder, &file.part, &by, |opened| send(opened, &pieces))?;
        if length == file.size { Ok(()) } else { Err(BackupError::Damaged(file.part.name.clone())) }
    });
    let kept = filling.write(id, &mut arriving).await;
    // A writer that failed has its reason; the reader then only knows that nobody takes what it reads.
    let kept = kept?;
    reading.await.map_err(|_| StoreError::Bug)??;
    Ok(kept)
}

/// Sends what is inside on, in pieces. Gives how long it was.
fn send(opened: &mut dyn Read, pieces: &mpsc::Sender<Vec<u8>>) -> io::Result<u64> {
    let mut length = 0;
    loop {
        let mut piece = Vec::new();
        opened.take(PIECE_BYTES as u64).read_to_end(&mut piece)?;
        if piece.is_empty() {
            return Ok(length);
        }
        length += piece.len() as u64;
        pieces.blocking_send(piece).map_err(io::Error::other)?;
    }
}

fn cores() -> usize {
    available_parallelism().map_or(2, usize::from)
}
