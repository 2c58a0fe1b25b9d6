//! Sealed files in a folder: a piece is appended and synced before it is acknowledged.

use crate::{StoreError, database::sync_folder};
use casework::FileId;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::task::spawn_blocking;

/// 256 folders in one, so that none holds too many files.
#[derive(Clone)]
pub(crate) struct Folder(Arc<Path>);

impl Folder {
    pub fn new(path: PathBuf) -> Self {
        Self(path.into())
    }

    /// The file, open for writing; where several servers share the folder, to nobody else at the same time.
    pub async fn hold(&self, id: FileId, from: u64, shared: bool) -> Result<File, StoreError> {
        let path = self.path(id);
        beside(move || {
            if from == 0 {
                fs::create_dir_all(inside(&path))?;
            }
            let file = OpenOptions::new().create(from == 0).read(true).write(true).truncate(false).open(path)?;
            if shared {
                file.lock()?;
            }
            Ok(file)
        })
        .await
    }

    /// Writes and syncs; what stood behind `from` was never acknowledged and is overwritten.
    pub async fn put(&self, file: &File, id: FileId, from: u64, piece: Vec<u8>) -> Result<(), StoreError> {
        let (mut file, path) = (file.try_clone()?, self.path(id));
        beside(move || {
            if file.metadata()?.len() < from {
                return Err(StoreError::Damaged("a file that is shorter than what was acknowledged"));
            }
            file.seek(SeekFrom::Start(from))?;
            file.write_all(&piece)?;
            file.sync_data()?;
            if from == 0 {
                // The names in the folders must be on the disk too; also where an earlier try failed here.
                let folder = inside(&path);
                sync_folder(folder)?;
                sync_folder(folder.parent().unwrap_or(folder))?;
            }
            Ok(())
        })
        .await
    }

    pub async fn read(&self, id: FileId, from: u64, most: usize) -> Result<Vec<u8>, StoreError> {
        let path = self.path(id);
        beside(move || {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(from))?;
            let mut bytes = Vec::new();
            file.take(most as u64).read_to_end(&mut bytes)?;
            Ok(bytes)
        })
        .await
    }

    pub async fn remove(&self, id: FileId) -> Result<(), StoreError> {
        let path = self.path(id);
        beside(move || match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        })
        .await
    }

    pub async fn all(&self) -> Result<Vec<FileId>, StoreError> {
        let root = Arc::clone(&self.0);
        beside(move || {
            let mut all = Vec::new();
            for folder in fs::read_dir(root)? {
                let folder = folder?;
                if folder.file_type()?.is_dir() {
                    for file in fs::read_dir(folder.path())? {
                        all.extend(file?.file_name().to_str().and_then(|name| name.parse::<FileId>().ok()));
                    }
                }
            }
            Ok(all)
        })
        .await
    }

    fn path(&self, id: FileId) -> PathBuf {
        let name = id.to_string();
        self.0.join(&name[..2]).join(name)
    }
}

fn inside(path: &Path) -> &Path {
    path.parent().expect("a file lies in a folder")
}

/// Disks wait; not on the threads that answer.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
