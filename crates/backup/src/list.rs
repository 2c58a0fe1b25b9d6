//! The list of what was forgotten, beside the backups: the server appends to it after each tidying, so that it is ahead
//! of every backup that may be brought back.
//!
//! A text, a line each: number, what, whose (a hash), holder, epoch, when, and a check over the line and the one before
//! it, so that a line that is missing or was changed is noticed.

use crate::{
    BackupError,
    folder::Folder,
    key::{hex, unhex},
    receipts,
};
use sha2::{Digest, Sha256};
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};
use store::{Forgotten, Mark, Store};

/// Its name in the folder of backups.
pub const LIST: &str = "forgotten.list";
const HEAD: &str = "haidang forgotten 1\n";
/// Longer than any line.
const LINE: u64 = 512;
/// Lines that are read from the store at once.
const AT_ONCE: u32 = 1000;

/// Where the list of this folder of backups lies.
pub fn path(folder: &Path) -> PathBuf {
    folder.join(LIST)
}

/// Appends what is new, durably, and makes the list where it isn't there. Gives how many lines it has then.
///
/// # Errors
/// [`BackupError::OtherHouse`] where its last line is not one of this store's; [`BackupError::DamagedList`].
pub async fn append(folder: &Path, store: &Store) -> Result<i64, BackupError> {
    let mark = store.mark().await?;
    let key = mark.key_for("forgotten list");
    Folder::make(folder)?;
    let path = path(folder);
    let at = BackupError::at(&path);
    let is_new = !path.exists();
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).map_err(&at)?;
    // Several servers may share the folder.
    file.lock().map_err(&at)?;
    let (last, mut check) = match end(&mut file).map_err(&at)? {
        None => (0, String::new()),
        Some(line) => {
            let (line, check) = read_line(&line).ok_or(BackupError::DamagedList(0))?;
            if store.forgotten(line.number - 1, 1).await?.first() != Some(&line) {
                return Err(BackupError::OtherHouse);
            }
            (line.number, check)
        }
    };
    let mut last = last;
    loop {
        let lines = store.forgotten(last, AT_ONCE).await?;
        let Some(newest) = lines.last() else { break };
        last = newest.number;
        let mut text = String::new();
        for line in &lines {
            receipts::follow(folder, &mark, store, line).await?;
            let body = body(line);
            check = check_of(&key, &check, &body);
            text += &format!("{body} {check}\n");
        }
        file.write_all(text.as_bytes()).map_err(&at)?;
    }
    file.sync_all().map_err(&at)?;
    if is_new {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(BackupError::at(folder))?;
    }
    Ok(last)
}

/// How many lines the list has: the number of its last one.
///
/// # Errors
/// [`BackupError::NoList`], [`BackupError::DamagedList`].
pub fn length(folder: &Path) -> Result<i64, BackupError> {
    let path = path(folder);
    let mut file = match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BackupError::NoList),
        file => file.map_err(BackupError::at(&path))?,
    };
    let mut text = String::new();
    let length = file.metadata().map_err(BackupError::at(&path))?.len();
    let from = SeekFrom::Start(length.saturating_sub(2 * LINE));
    file.seek(from).and_then(|_| file.read_to_string(&mut text)).map_err(BackupError::at(&path))?;
    let Some(end) = text.rfind('\n') else { return Err(BackupError::DamagedList(0)) };
    let last = text[..end].rsplit('\n').next().unwrap_or_default();
    if last == HEAD.trim_end() {
        return Ok(0);
    }
    read_line(last).map(|(line, _)| line.number).ok_or(BackupError::DamagedList(0))
}

/// Reads all of it and checks every line.
///
/// # Errors
/// [`BackupError::NoList`], [`BackupError::DamagedList`] with the line.
pub(crate) fn read(folder: &Path, mark: &Mark) -> Result<Vec<Forgotten>, BackupError> {
    let path = path(folder);
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BackupError::NoList),
        text => text.map_err(BackupError::at(&path))?,
    };
    let key = mark.key_for("forgotten list");
    let Some(text) = text.strip_prefix(HEAD) else { return Err(BackupError::DamagedList(0)) };
    let (mut lines, mut check) = (Vec::new(), String::new());
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        // A line that a crash cut off was never promised: the server writes it again.
        let Some(line) = line.strip_suffix('\n') else { break };
        let (read, said) = read_line(line).ok_or(BackupError::DamagedList(number))?;
        check = check_of(&key, &check, &body(&read));
        if said != check || read.number != number {
            return Err(BackupError::DamagedList(number));
        }
        lines.push(read);
    }
    Ok(lines)
}

/// The last whole line, with the file standing behind it; what a crash left half behind it is cut off.
fn end(file: &mut File) -> io::Result<Option<String>> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(2 * LINE);
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.read_to_end(&mut tail)?;
    let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if whole == 0 {
        // New, or not even its head was written.
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(HEAD.as_bytes())?;
        return Ok(None);
    }
    file.set_len(from + whole as u64)?;
    file.seek(SeekFrom::End(0))?;
    let text = String::from_utf8_lossy(&tail[..whole - 1]).into_owned();
    let last = text.rsplit('\n').next().unwrap_or_default().to_owned();
    Ok((last != HEAD.trim_end()).then_some(last))
}

fn body(line: &Forgotten) -> String {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    let (holder, epoch) = (or_none(line.holder.clone()), or_none(line.epoch.map(|epoch| epoch.to_string())));
    format!("{} {} {} {holder} {epoch} {}", line.number, line.what.code(), hex(&line.whose), line.at)
}

/// The line and its check.
fn read_line(text: &str) -> Option<(Forgotten, String)> {
    let [number, what, whose, holder, epoch, at, check] = text.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let line = Forgotten {
        number: number.parse().ok()?,
        what: what.parse().ok()?,
        whose: unhex(whose)?,
        holder: (holder != "-").then(|| holder.to_owned()),
        epoch: if epoch == "-" { None } else { Some(epoch.parse().ok()?) },
        at: at.parse().ok()?,
    };
    Some((line, check.to_owned()))
}

fn check_of(key: &[u8; 32], before: &str, body: &str) -> String {
    let hash = Sha256::new().chain_update(key).chain_update(before).chain_update(" ").chain_update(body).finalize();
    hex(&hash[..8])
}
