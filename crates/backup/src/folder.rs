//! The folder of backups: parts under their names, and for each backup a manifest and an index.
//!
//! A part, an index, a manifest is written beside its place, synced, and moved there; a backup is there once its manifest
//! is. What was begun and broken off leaves parts behind, which the next one uses.

use crate::{
    BackupError,
    key::Hashing,
    manifest::{Part, is_name},
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

const NEW: &str = ".new";

/// A folder of backups.
#[derive(Clone)]
pub(crate) struct Folder(Arc<Path>);

impl Folder {
    /// Makes what is missing. Nobody else on the machine reads what is made here.
    pub fn make(path: &Path) -> Result<Self, BackupError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let folder = Self(path.into());
        for path in [folder.parts(), folder.backups()] {
            builder.create(&path).map_err(BackupError::at(&path))?;
        }
        Ok(folder)
    }

    /// As it is.
    pub fn open(path: &Path) -> Self {
        Self(path.into())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    fn parts(&self) -> PathBuf {
        self.0.join("parts")
    }

    fn backups(&self) -> PathBuf {
        self.0.join("backups")
    }

    /// Where a part lies.
    pub fn part(&self, name: &str) -> PathBuf {
        self.parts().join(&name[..2]).join(name)
    }

    pub fn manifest(&self, taken_at: i64) -> PathBuf {
        self.backups().join(format!("{taken_at}.age"))
    }

    fn index(&self, taken_at: i64) -> PathBuf {
        self.backups().join(format!("{taken_at}.index"))
    }

    /// The folder to oneself, for as long as the file is held.
    pub fn lock(&self) -> Result<File, BackupError> {
        let path = self.0.join("lock");
        let file = ours().open(&path).map_err(BackupError::at(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(BackupError::Busy),
            Err(TryLockError::Error(error)) => Err(BackupError::at(&path)(error)),
        }
    }

    /// When the backups that are whole were taken, the oldest first.
    pub fn all(&self) -> Result<Vec<i64>, BackupError> {
        let path = self.backups();
        let names = match fs::read_dir(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            names => names.map_err(BackupError::at(&path))?,
        };
        let mut all = BTreeSet::new();
        for name in names {
            let name = name.map_err(BackupError::at(&path))?.file_name();
            all.extend(name.to_str().and_then(|name| name.strip_suffix(".age")?.parse::<i64>().ok()));
        }
        Ok(all.into_iter().collect())
    }

    /// The parts of a backup, by its index.
    pub fn read_index(&self, taken_at: i64) -> Result<Vec<Part>, BackupError> {
        let path = self.index(taken_at);
        let text = fs::read_to_string(&path).map_err(BackupError::at(&path))?;
        let damaged = || BackupError::Damaged(path.display().to_string());
        text.lines().map(|line| Part::read_line(line).ok_or_else(damaged)).collect()
    }

    /// The parts that lie here, with their sizes. What somebody left half written is removed.
    pub fn present(&self) -> Result<HashMap<String, u64>, BackupError> {
        let mut present = HashMap::new();
        for entry in self.files()? {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_name(&name) {
                present.insert(name, entry.metadata().map_err(BackupError::at(&path))?.len());
            } else if name.ends_with(NEW) {
                fs::remove_file(&path).map_err(BackupError::at(&path))?;
            }
        }
        Ok(present)
    }

    fn files(&self) -> Result<Vec<fs::DirEntry>, BackupError> {
        let root = self.parts();
        let mut files = Vec::new();
        for folder in fs::read_dir(&root).map_err(BackupError::at(&root))? {
            let folder = folder.map_err(BackupError::at(&root))?.path();
            if folder.is_dir() {
                let children = fs::read_dir(&folder).map_err(BackupError::at(&folder))?;
                files.extend(children.collect::<Result<Vec<_>, _>>().map_err(BackupError::at(&folder))?);
            }
        }
        Ok(files)
    }

    /// Writes a part and syncs it; its name is synced with all others by [`Folder::sync`].
    pub fn put<T>(&self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T, BackupError> {
        let path = self.part(name);
        let at = BackupError::at(&path);
        let folder = path.parent().unwrap_or(&path);
        if !folder.exists() {
            fs::create_dir_all(folder).map_err(&at)?;
        }
        put(&path, write).map_err(&at)
    }

    /// The size and hash of a part that lies here.
    pub fn measure(&self, name: &str) -> Result<Part, BackupError> {
        let path = self.part(name);
        let at = BackupError::at(&path);
        let mut file = File::open(&path).map_err(&at)?;
        let mut hashing = Hashing { inner: io::sink(), hash: Sha256::new(), bytes: 0 };
        io::copy(&mut file, &mut hashing).map_err(&at)?;
        let sealed = crate::key::Sealed { bytes: hashing.bytes, sha256: hashing.hash.finalize().into() };
        Ok(Part::new(name.to_owned(), sealed))
    }

    /// The names of all parts are on the disk.
    pub fn sync(&self) -> Result<(), BackupError> {
        let root = self.parts();
        for folder in fs::read_dir(&root).map_err(BackupError::at(&root))? {
            let folder = folder.map_err(BackupError::at(&root))?.path();
            sync(&folder)?;
        }
        sync(&root)
    }

    /// A backup is there from here on.
    pub fn finish(
        &self,
        taken_at: i64,
        parts: &BTreeMap<&str, &Part>,
        manifest: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), BackupError> {
        let index = self.index(taken_at);
        let lines = |out: &mut dyn Write| parts.values().try_for_each(|part| out.write_all(part.line().as_bytes()));
        put(&index, lines).map_err(BackupError::at(&index))?;
        sync(&self.backups())?;
        let path = self.manifest(taken_at);
        put(&path, manifest).map_err(BackupError::at(&path))?;
        sync(&self.backups())
    }

    /// Removes the backups that were taken before this moment, but never the last one, and the parts that no other one
    /// names. Gives how many backups and bytes went.
    pub fn drop_before(&self, moment: i64) -> Result<(usize, u64), BackupError> {
        let mut all = self.all()?;
        let newest = all.pop();
        let (old, mut kept): (Vec<i64>, Vec<i64>) = all.into_iter().partition(|taken_at| *taken_at < moment);
        kept.extend(newest);
        for taken_at in &old {
            // The rest goes with what was broken off.
            remove(&self.manifest(*taken_at))?;
        }
        // What a backup that was broken off left of itself.
        let whole: BTreeSet<i64> = kept.iter().copied().collect();
        let root = self.backups();
        for name in fs::read_dir(&root).map_err(BackupError::at(&root))? {
            let path = name.map_err(BackupError::at(&root))?.path();
            let taken_at = path.file_stem().and_then(|stem| stem.to_str()?.parse::<i64>().ok());
            let is_left = path.extension().is_some_and(|of| of == "new" || of == "index");
            if is_left && taken_at.is_some_and(|taken_at| !whole.contains(&taken_at)) {
                remove(&path)?;
            }
        }
        sync(&root)?;
        let mut needed = BTreeSet::new();
        for taken_at in kept {
            needed.extend(self.read_index(taken_at)?.into_iter().map(|part| part.name));
        }
        let mut bytes = 0;
        for (name, size) in self.present()? {
            if !needed.contains(&name) {
                remove(&self.part(&name))?;
                bytes += size;
            }
        }
        Ok((old.len(), bytes))
    }
}

pub(crate) fn put<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    let beside = path.with_extension(NEW.trim_start_matches('.'));
    let mut out = BufWriter::with_capacity(256 * 1024, ours().truncate(true).open(&beside)?);
    let given = write(&mut out)?;
    out.into_inner()?.sync_all()?;
    fs::rename(beside, path)?;
    Ok(given)
}

pub(crate) fn remove(path: &Path) -> Result<(), BackupError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(BackupError::at(path)(error)),
        _ => Ok(()),
    }
}

pub(crate) fn sync(folder: &Path) -> Result<(), BackupError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(BackupError::at(folder))
}

fn ours() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
