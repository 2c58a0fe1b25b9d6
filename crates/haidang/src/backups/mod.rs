//! `haidang backup` and `haidang restore`.

mod say;

pub use say::when;

use crate::{
    exit::{self, Failure},
    house, print, read_settings,
    settings::{Settings, Sources},
};
use backup::{BackupError, Identity, Step, Taken};
use clap::{Arg, ArgMatches, Command, value_parser};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
};
use store::Store;
use tokio::runtime::Runtime;
use vocabulary::{
    Lang,
    directory::{Date, Moment},
};

/// The settings that a backup goes by.
pub const SETTINGS_HERE: [&str; 10] = [
    "data",
    "database",
    "files",
    "s3_endpoint",
    "s3_region",
    "s3_key_id",
    "s3_secret_file",
    "s3_authority",
    "backup_recipient",
    "backup_days",
];

/// What is wanted of backups.
#[derive(Debug)]
pub enum BackupWish {
    /// A backup, into this folder or that of the settings.
    Take(Option<PathBuf>),
    /// A key for them, into this file.
    Keygen(PathBuf),
}

/// What is to be brought back.
#[derive(Debug)]
pub struct RestoreWish {
    from: PathBuf,
    identity: PathBuf,
    at: Option<String>,
}

/// `haidang backup`, worded in this language.
pub fn command(lang: Lang) -> Command {
    let file = path("file", "FILE", lang.pick("Tệp mới cho khoá riêng", "A new file for the private key"));
    let keygen = Command::new("keygen").arg(file.required(true)).about(lang.pick(
        "Tạo cặp khoá cho bản sao lưu (age); chạy ở máy khác, không phải máy chủ",
        "Make the pair of keys for backups (age); on another machine than the server",
    ));
    let to = path(
        "to",
        "FOLDER",
        lang.pick("Thư mục giữ bản sao lưu, thay cho backup_folder", "The folder of backups instead of backup_folder"),
    );
    Command::new("backup")
        .about(lang.pick(
            "Sao lưu, niêm phong, chỉ ghi những gì mới; máy chủ vẫn chạy; dở dang thì chạy lại là đi tiếp",
            "Take a backup, sealed, writing only what is new, while the server runs; broken off, run it again",
        ))
        .arg(to.long("to"))
        .subcommand(keygen)
        .args_conflicts_with_subcommands(true)
}

/// `haidang restore`, worded in this language.
pub fn restore_command(lang: Lang) -> Command {
    let from = path("from", "FOLDER", lang.pick("Thư mục giữ bản sao lưu", "The folder of backups"));
    let identity = path("identity", "FILE", lang.pick("Tệp khoá riêng (age)", "The file of the private key (age)"));
    let at = Arg::new("at").long("at").value_name("TIME").help(lang.pick(
        "Bản mới nhất cho tới lúc này (giờ Việt Nam): 2026-11-26 hoặc 2026-11-26T14:30; không nêu thì lấy bản mới nhất",
        "The latest one up to this time (of Vietnam): 2026-11-26 or 2026-11-26T14:30; else the latest",
    ));
    Command::new("restore")
        .about(lang.pick(
            "Phục hồi một bản sao lưu vào nơi trống; những gì đã bị xoá từ đó đến nay không trở lại",
            "Bring a backup back into an empty place; what was erased since doesn't come back",
        ))
        .args([from.long("from").required(true), identity.long("identity").required(true), at])
}

fn path(name: &'static str, value: &'static str, help: &str) -> Arg {
    Arg::new(name).value_name(value).value_parser(value_parser!(PathBuf)).help(help.to_owned())
}

/// Reads what was given behind `backup`.
pub fn read(given: &ArgMatches) -> BackupWish {
    match given.subcommand() {
        Some(("keygen", given)) => BackupWish::Keygen(given.get_one("file").cloned().unwrap_or_default()),
        _ => BackupWish::Take(given.get_one("to").cloned()),
    }
}

/// Reads what was given behind `restore`.
pub fn read_restore(given: &ArgMatches) -> RestoreWish {
    let of = |name| given.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    RestoreWish { from: of("from"), identity: of("identity"), at: given.get_one("at").cloned() }
}

/// Takes a backup or makes a key, and says what came of it.
pub fn run(wish: &BackupWish, sources: &Sources, lang: Lang) -> Result<u8, Failure> {
    match wish {
        BackupWish::Keygen(file) => keygen(file, lang),
        BackupWish::Take(to) => {
            let settings = read_settings(sources, lang)?;
            let folder = to.clone().or_else(|| settings.backup.folder.clone());
            let folder = folder.ok_or_else(|| Failure::usage(say::no_folder(lang)))?;
            take(&settings, &folder, lang)
        }
    }
}

fn take(settings: &Settings, folder: &Path, lang: Lang) -> Result<u8, Failure> {
    let to = settings.backup.recipient.as_ref().ok_or_else(|| Failure::usage(say::no_recipient(lang)))?;
    let place = &settings.place;
    let bar = bar()?;
    let took = runtime()?.block_on(async {
        let store = Store::open_to_look(place.clone()).await?;
        let wish = backup::Wish { folder, to, days: settings.backup.days, now: house::now() };
        let took = backup::take(&store, &wish, &mut |step| tell(&bar, step, lang)).await;
        store.close().await;
        took
    });
    bar.finish_and_clear();
    let took = took.map_err(|error| Failure::unreadable(say::error(folder, place, &error, lang)))?;
    print(say::took(&took, settings.backup.days, lang).as_bytes())?;
    if took.missing.is_empty() {
        Ok(exit::NOTHING_KNOWN)
    } else {
        Err(Failure::unreadable(say::missing(&took.missing, lang)))
    }
}

/// A key in a new file that only its owner reads.
fn keygen(path: &Path, lang: Lang) -> Result<u8, Failure> {
    let identity = Identity::generate();
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(identity.to_file().as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))?;
    print(say::key(path, &identity.recipient(), lang).as_bytes())
}

/// Brings a backup back, and says what came of it.
pub fn restore(wish: &RestoreWish, sources: &Sources, lang: Lang) -> Result<u8, Failure> {
    let settings = read_settings(sources, lang)?;
    let place = &settings.place;
    let failed = |error: &BackupError| Failure::unreadable(say::error(&wish.from, place, error, lang));
    let identity = Identity::read(&wish.identity).map_err(|error| match error {
        BackupError::Identity => Failure::unreadable(say::no_identity(&wish.identity, lang)),
        error => failed(&error),
    })?;
    let taken = chosen(wish, lang)?.ok_or_else(|| failed(&BackupError::None))?;
    let bar = bar()?;
    let mut told = |step| tell(&bar, step, lang);
    let restored = runtime()?.block_on(backup::restore(&wish.from, taken.at, &identity, place, &mut told));
    bar.finish_and_clear();
    let restored = restored.map_err(|error| failed(&error))?;
    print(say::restored(&restored, lang).as_bytes())?;
    if !restored.keys_due.is_empty() {
        print(say::keys_due(&restored.keys_due, lang).as_bytes())?;
    }
    if restored.missing.is_empty() {
        Ok(exit::NOTHING_KNOWN)
    } else {
        Err(Failure::unreadable(say::missing(&restored.missing, lang)))
    }
}

/// The latest backup up to the wished time.
fn chosen(wish: &RestoreWish, lang: Lang) -> Result<Option<Taken>, Failure> {
    let until = wish.at.as_deref().map(|text| until(text).ok_or_else(|| Failure::usage(say::no_time(text, lang))));
    let until = until.transpose()?;
    let all = backup::all(&wish.from).map_err(|error| Failure::unreadable(error.to_string()))?;
    Ok(all.into_iter().rfind(|taken| until.is_none_or(|until| Moment::from_unix_seconds(taken.at) <= until)))
}

/// The last minute of a day, or a minute.
fn until(text: &str) -> Option<Moment> {
    let (date, time) = text.split_once('T').unwrap_or((text, "23:59"));
    let (hour, minute) = time.split_once(':')?;
    let [hour, minute] = [hour.parse().ok()?, minute.parse().ok()?];
    (hour < 24 && minute < 60).then_some(Moment::local(Date::parse(date)?, hour, minute))
}

fn runtime() -> Result<Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| Failure::internal(error.to_string()))
}

/// Drawn on a terminal only.
fn bar() -> Result<ProgressBar, Failure> {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{msg}  {bar:30} {percent}%  {eta}");
    bar.set_style(style.map_err(|error| Failure::internal(error.to_string()))?);
    Ok(bar)
}

fn tell(bar: &ProgressBar, step: Step, lang: Lang) {
    let (done, of, said) = match step {
        Step::Rows(done, of) => (done, of, format!("{} {}", HumanCount(of), lang.pick("dòng", "rows"))),
        Step::Files(done, of) => (done, of, format!("{}, {}", lang.pick("tệp", "files"), HumanBytes(of))),
    };
    bar.set_length(of);
    bar.set_position(done);
    bar.set_message(said);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{moving, settings::SETTINGS};

    #[test]
    fn a_time_is_read_as_people_in_vietnam_write_it() {
        // 26 November 2026, 14:30 in Vietnam.
        let at = Moment::from_unix_seconds(1_795_678_200);
        assert_eq!(until("2026-11-26T14:30"), Some(at));
        assert!(until("2026-11-26").unwrap() > at && until("2026-11-25").unwrap() < at);
        for wrong in ["", "2026-13-01", "2026-11-26T24:00", "2026-11-26T1430", "hôm qua"] {
            assert_eq!(until(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_settings_of_these_commands_are_there() {
        assert!(SETTINGS_HERE.iter().all(|key| SETTINGS.iter().any(|setting| setting.key == *key)));
        assert!(moving::SETTINGS_HERE.iter().all(|key| SETTINGS_HERE.contains(key)));
    }
}
