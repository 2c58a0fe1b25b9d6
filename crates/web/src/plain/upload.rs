//! A file that a form posts: sealed piece by piece as it arrives, never whole in memory, never open on the disk.
//!
//! A sealed file says its length first, and a form doesn't tell it. So each piece is sealed under a key of this moment
//! and laid into a file without a name; once the length is known the pieces are sealed to the case.

use super::{Filed, Say, Secret, rng};
use crate::{report::Bytes, site::House};
use axum::extract::multipart::{Field, Multipart};
use casework::{CaseId, FileId, limits};
use seal::{Key, Recipient, key, stream::Sealer};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
};
use store::StoreError;
use zeroize::Zeroizing;

/// Bytes of a piece.
const PIECE: usize = 256 * 1024;

/// Seals the file of a posted form to a case.
///
/// # Errors
/// What the next page says about it.
pub(crate) async fn take(
    house: &House,
    case: CaseId,
    to: &Recipient,
    mut form: Multipart,
    now: i64,
) -> Result<Filed, Say> {
    let Ok(_turn) = house.plain.files.try_acquire() else { return Err(Say::FilesBusy) };
    while let Some(field) = form.next_field().await.map_err(|_| Say::FileBroken)? {
        if field.name() == Some("file") && field.file_name().is_some_and(|name| !name.is_empty()) {
            let (name, kind) = (name_of(&field), kind_of(&field));
            let scratch = house.store.scratch().map_err(not_kept)?;
            let lying = Lying { file: scratch, key: Key::from_bytes(house.random()), length: 0 };
            let lying = lying.fill(field).await?;
            let size = lying.length;
            let id = FileId(house.random());
            let sha256 = lying.seal(house, id, case, to, now).await?;
            return Ok(Filed { id: id.to_string(), name, kind, size, sha256 });
        }
    }
    Err(Say::NoFile)
}

/// Names with paths are no names.
fn name_of(field: &Field<'_>) -> Secret {
    let name = field.file_name().and_then(|name| name.rsplit(['/', '\\']).next()).unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    Secret::new(if name.is_empty() { "?".into() } else { name })
}

/// What the browser says that it is; staff see it as a claim.
fn kind_of(field: &Field<'_>) -> String {
    let kind = field.content_type().unwrap_or_default();
    let is_type = kind.len() <= 100 && kind.split('/').count() == 2 && kind.bytes().all(|b| b.is_ascii_graphic());
    if is_type { kind.to_ascii_lowercase() } else { "application/octet-stream".into() }
}

/// The pieces, sealed for as long as this lives: the key is nowhere else.
struct Lying {
    file: File,
    key: Key,
    length: u64,
}

impl Lying {
    /// Takes everything; of a file that is too long the rest is read and dropped, so that the browser gets its answer.
    async fn fill(mut self, mut field: Field<'_>) -> Result<Self, Say> {
        let mut piece = Zeroizing::new(Vec::with_capacity(2 * PIECE));
        while let Some(bytes) = field.chunk().await.map_err(|_| Say::FileBroken)? {
            self.length += bytes.len() as u64;
            if self.length > limits::PLAIN_FILE_BYTES {
                continue;
            }
            piece.extend_from_slice(&bytes);
            if piece.len() >= PIECE {
                self = self.lay(std::mem::take(&mut piece)).await?;
            }
        }
        if self.length > limits::PLAIN_FILE_BYTES {
            return Err(Say::FileTooLarge);
        }
        if self.length == 0 { Err(Say::NoFile) } else { self.lay(piece).await }
    }

    async fn lay(self, piece: Zeroizing<Vec<u8>>) -> Result<Self, Say> {
        self.off_the_way(move |lying| {
            let sealed = key::wrap(&lying.key, &piece);
            lying.file.write_all(&(sealed.len() as u32).to_be_bytes())?;
            lying.file.write_all(&sealed)
        })
        .await
        .map(|(lying, ())| lying)
    }

    /// The next piece, opened; empty at the end.
    async fn next(self) -> Result<(Self, Zeroizing<Vec<u8>>), Say> {
        self.off_the_way(|lying| {
            let mut length = [0; 4];
            match lying.file.read_exact(&mut length) {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(Zeroizing::default()),
                read => read?,
            }
            let mut sealed = vec![0; u32::from_be_bytes(length) as usize];
            lying.file.read_exact(&mut sealed)?;
            key::unwrap(&lying.key, &sealed).map_err(io::Error::other)
        })
        .await
    }

    /// Does what blocks on a thread that may block.
    async fn off_the_way<T: Send + 'static>(
        mut self,
        work: impl FnOnce(&mut Self) -> io::Result<T> + Send + 'static,
    ) -> Result<(Self, T), Say> {
        let done = tokio::task::spawn_blocking(move || work(&mut self).map(|done| (self, done)));
        done.await.map_err(|_| Say::NotKept)?.map_err(not_kept)
    }

    /// Seals all of it to the case, into the store. Gives the SHA-256 of the content.
    async fn seal(mut self, house: &House, id: FileId, case: CaseId, to: &Recipient, now: i64) -> Result<String, Say> {
        let mut sealer = Sealer::new(to, self.length, &mut rng()).map_err(|_| Say::FileTooLarge)?;
        let size = sealer.sealed_size();
        house.store.begin_file(id, case, size, house.files_bytes, now).await.map_err(refused)?;
        self.file.seek(SeekFrom::Start(0)).map_err(not_kept)?;
        let mut at = 0;
        loop {
            let (rest, piece) = self.next().await?;
            self = rest;
            if piece.is_empty() {
                break;
            }
            let ready = sealer.push(&piece).map_err(|_| Say::FileBroken)?;
            at = put(house, id, at, ready, now).await?;
        }
        while let Some(padding) = sealer.pad() {
            at = put(house, id, at, padding, now).await?;
        }
        let end = sealer.finish().map_err(|_| Say::FileBroken)?;
        put(house, id, at, end.bytes, now).await?;
        Ok(Bytes(end.content_hash.to_vec()).text())
    }
}

/// Appends sealed bytes, in pieces that the store takes; gives where the next ones start.
async fn put(house: &House, id: FileId, mut at: u64, sealed: Vec<u8>, now: i64) -> Result<u64, Say> {
    for piece in sealed.chunks(limits::PIECE_BYTES) {
        house.store.add_piece(id, at, piece.to_vec(), now).await.map_err(refused)?;
        at += piece.len() as u64;
    }
    Ok(at)
}

fn refused(error: StoreError) -> Say {
    match error {
        StoreError::OverLimit(_) => Say::TooManyFiles,
        error => not_kept(error),
    }
}

/// What failed, never for whom.
fn not_kept(error: impl std::fmt::Display) -> Say {
    tracing::error!(%error, "a file could not be kept");
    Say::NotKept
}
