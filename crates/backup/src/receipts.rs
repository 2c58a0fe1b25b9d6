//! What new receipts open that were put in the place of older ones, beside the list of what was forgotten: an older backup
//! doesn't know the new words, and the list keeps it from taking the old ones back.
//!
//! Not in the list itself: that only grows, and what opens an erased case must go. A file for each such case instead,
//! named by the mark of the list's lines, replaced when the receipt is replaced again, and gone when the case or the
//! receipt is. It is sealed with a key of the house, which stands only in the house and in its sealed backups, so that
//! nobody else reads or makes one; it names its line, so that an earlier one put back opens nothing.

use crate::{
    BackupError,
    folder::{put, remove, sync},
    key::{hex, unhex, unhex_all},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};
use store::{Forgotten, Grant, Mark, ReceiptRecord, Replaced, Store, What};

/// As it is sealed; bytes are hexadecimal.
#[derive(Serialize, Deserialize)]
struct Record {
    line: i64,
    locator: String,
    verifier: String,
    version: u8,
    recipient: String,
    verify_key: String,
    /// Epoch and sealed identity.
    grants: Vec<(i64, String)>,
}

/// Does what a line asks for, before it is written: a receipt that was put in the place of one is kept, one that is gone
/// goes.
pub(crate) async fn follow(folder: &Path, mark: &Mark, store: &Store, line: &Forgotten) -> Result<(), BackupError> {
    if line.what != What::Case && !is_of_receipt(line) {
        return Ok(());
    }
    let path = path(folder, line);
    let Some(replaced) = store.replaced(line.number).await? else { return remove(&path) };
    let receipts = folder.join(FOLDER);
    fs::create_dir_all(&receipts).map_err(BackupError::at(&receipts))?;
    let sealed = seal::key::wrap(&key(mark), &to_json(&replaced).map_err(BackupError::at(&path))?);
    put(&path, |out| out.write_all(&sealed)).map_err(BackupError::at(&path))?;
    sync(&receipts)
}

/// Those that these lines left as they are by now.
///
/// # Errors
/// [`BackupError::Damaged`] with the file.
pub(crate) fn read(folder: &Path, mark: &Mark, lines: &[Forgotten]) -> Result<Vec<Replaced>, BackupError> {
    let of_receipts = lines.iter().filter(|line| is_of_receipt(line));
    let last: HashMap<_, _> = of_receipts.map(|line| (line.whose, line)).collect();
    let mut all = Vec::new();
    for line in last.into_values() {
        let path = path(folder, line);
        let sealed = match fs::read(&path) {
            // It went for another reason.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            sealed => sealed.map_err(BackupError::at(&path))?,
        };
        let json = seal::key::unwrap(&key(mark), &sealed).ok();
        let read = json.and_then(|json| from_json(&json)).ok_or(BackupError::Damaged(path.display().to_string()))?;
        all.extend((read.line == line.number).then_some(read));
    }
    Ok(all)
}

const FOLDER: &str = "receipts";
/// The holder of a receipt's grants.
const RECEIPT: &str = "receipt";

fn is_of_receipt(line: &Forgotten) -> bool {
    line.what == What::Grant && line.holder.as_deref() == Some(RECEIPT)
}

fn path(folder: &Path, line: &Forgotten) -> PathBuf {
    folder.join(FOLDER).join(hex(&line.whose))
}

fn key(mark: &Mark) -> seal::Key {
    seal::Key::from_bytes(mark.key_for("receipts"))
}

fn to_json(replaced: &Replaced) -> io::Result<Vec<u8>> {
    let receipt = &replaced.receipt;
    let record = Record {
        line: replaced.line,
        locator: hex(&receipt.locator),
        verifier: hex(&receipt.verifier),
        version: receipt.version,
        recipient: receipt.recipient.clone(),
        verify_key: hex(&receipt.verify_key),
        grants: replaced.grants.iter().map(|grant| (grant.epoch, hex(&grant.sealed))).collect(),
    };
    serde_json::to_vec(&record).map_err(io::Error::other)
}

fn from_json(json: &[u8]) -> Option<Replaced> {
    let record: Record = serde_json::from_slice(json).ok()?;
    let receipt = ReceiptRecord {
        locator: unhex(&record.locator)?,
        verifier: unhex(&record.verifier)?,
        version: record.version,
        recipient: record.recipient,
        verify_key: unhex(&record.verify_key)?,
    };
    let grant = |(epoch, sealed): (i64, String)| Some(Grant { organisation: None, epoch, sealed: unhex_all(&sealed)? });
    let grants = record.grants.into_iter().map(grant).collect::<Option<_>>()?;
    Some(Replaced { line: record.line, receipt, grants })
}
