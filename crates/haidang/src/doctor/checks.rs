//! What is looked at, and from where on it is a warning or a fault.

use super::{Finding, Level, words};
use crate::settings::BackupSettings;
use backup::BackupError;
use std::{fs, path::Path};
use store::{Examined, Store, What};
use vocabulary::Lang;

const MIB: u64 = 1024 * 1024;
/// Room that must be left.
const ROOM: u64 = 200 * MIB;
/// Room that is soon used up.
const LITTLE_ROOM: u64 = 2048 * MIB;
/// The server looks at the clock every minute.
const UNSEEN: i64 = 10 * 60;
/// More than clocks that are set by the network ever differ.
const APART: i64 = 10 * 60;
/// A backup a day, and one that failed.
const OLD: i64 = 2 * 86_400;
const VERY_OLD: i64 = 7 * 86_400;
/// Several times longer than the server takes to write its list.
const UNLISTED: i64 = 10 * 60;

/// Which folder it is.
#[derive(Clone, Copy)]
pub enum Folder {
    Data,
    Backups,
}

impl Folder {
    pub const fn check(self) -> &'static str {
        match self {
            Self::Data => "folder",
            Self::Backups => "backup_folder",
        }
    }

    pub const fn room(self) -> &'static str {
        match self {
            Self::Data => "room",
            Self::Backups => "backup_room",
        }
    }
}

/// Whether it can be written, who else may read it, and how much room is left.
pub fn folder(of: Folder, path: &Path, lang: Lang) -> Vec<Finding> {
    if !path.is_dir() {
        return vec![words::no_folder(of, path, lang)];
    }
    let mut found = Vec::new();
    let probe = path.join(format!(".doctor-{}", std::process::id()));
    match fs::OpenOptions::new().create_new(true).write(true).open(&probe) {
        Ok(_) => drop(fs::remove_file(&probe)),
        Err(error) => found.push(words::not_writable(of, path, &error, lang)),
    }
    #[cfg(unix)]
    if let Ok(folder) = path.metadata() {
        use std::os::unix::fs::PermissionsExt;
        if folder.permissions().mode() & 0o077 != 0 {
            found.push(words::open_to_others(of, path, lang));
        }
    }
    if found.is_empty() {
        found.push(words::ok(of.check(), lang));
    }
    if let Ok(disk) = rustix::fs::statvfs(path) {
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        found.push(match free {
            0..ROOM => words::little_room(of, path, free, Level::Fault, lang),
            ROOM..LITTLE_ROOM => words::little_room(of, path, free, Level::Warning, lang),
            _ => words::ok(of.room(), lang),
        });
    }
    found
}

/// What lies in the store.
pub fn examined(examined: &Examined, now: i64, lang: Lang) -> Vec<Finding> {
    let integrity = match &examined.faults[..] {
        [] => words::ok("integrity", lang),
        faults => words::integrity(faults, lang),
    };
    let missing = match &examined.missing[..] {
        [] => words::ok("missing_files", lang),
        missing => words::missing(missing, lang),
    };
    let unnamed = match &examined.unnamed[..] {
        [] => words::ok("unnamed_files", lang),
        unnamed => words::unnamed(unnamed, lang),
    };
    let clock = match examined.clock.map(|seen| now - seen) {
        Some(behind) if behind < -APART => words::clock_back(-behind, lang),
        Some(behind) if behind > UNSEEN => words::no_server(behind, lang),
        _ => words::ok("clock", lang),
    };
    vec![integrity, missing, unnamed, clock]
}

/// The chain of every organisation's log.
pub async fn logs(store: &Store, lang: Lang) -> Vec<Finding> {
    let organisations = match store.organisations().await {
        Ok(organisations) => organisations,
        Err(error) => return vec![words::no_logs(error.to_string(), lang)],
    };
    let mut found = Vec::new();
    for organisation in organisations {
        match store.check_log(&organisation.card.id).await {
            Ok(check) => {
                found.extend(check.broken.map(|line| words::broken_log(&organisation.card.id, line, lang)));
            }
            Err(error) => found.push(words::no_logs(error.to_string(), lang)),
        }
    }
    if found.is_empty() { vec![words::ok("logs", lang)] } else { found }
}

/// Whether an organisation works with a key that somebody knows who left, or that a backup brought back.
pub async fn keys(store: &Store, lang: Lang) -> Vec<Finding> {
    let due = async {
        let mut due = Vec::new();
        for organisation in store.organisations().await? {
            if store.office(&organisation.card.id).await?.keys_due.is_some() {
                due.push(organisation.card.id);
            }
        }
        Ok::<_, store::StoreError>(due)
    };
    vec![match due.await {
        Ok(due) if due.is_empty() => words::ok("organisation_keys", lang),
        Ok(due) => words::keys_due(&due, lang),
        Err(error) => words::no_keys(error.to_string(), lang),
    }]
}

/// The last backup and the list beside it.
pub async fn backups(settings: &BackupSettings, store: &Store, now: i64, lang: Lang) -> Vec<Finding> {
    let Some(path) = &settings.folder else { return vec![words::no_backups(lang)] };
    let mut found = folder(Folder::Backups, path, lang);
    if !path.is_dir() {
        return found;
    }
    match backup::all(path) {
        Err(error) => found.push(words::backup(error.to_string(), lang)),
        Ok(all) => match all.last() {
            None => found.push(words::never(lang)),
            Some(last) => {
                found.push(match now - last.at {
                    age if age > VERY_OLD => words::old_backup(last.at, Level::Fault, lang),
                    age if age > OLD => words::old_backup(last.at, Level::Warning, lang),
                    _ => words::ok("backup_age", lang),
                });
                found.push(match backup::lacks(path, *last) {
                    Err(error) => words::backup(error.to_string(), lang),
                    Ok(lacks) if lacks.is_empty() => words::ok("backup_parts", lang),
                    Ok(lacks) => words::lacking(last.at, &lacks, lang),
                });
            }
        },
    }
    found.push(match backup::list::length(path) {
        Ok(length) if is_behind(store, length, now).await => words::list_behind(lang),
        Ok(_) => words::ok("forgotten_list", lang),
        Err(BackupError::NoList) => words::no_list(lang),
        Err(_) => words::damaged_list(lang),
    });
    found
}

/// Whether a line is missing that isn't just being written.
async fn is_behind(store: &Store, length: i64, now: i64) -> bool {
    let lines = store.forgotten(length, 100).await.unwrap_or_default();
    lines.iter().any(|line| line.what != What::Asked && line.at < now - UNLISTED)
}
