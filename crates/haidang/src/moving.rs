//! `haidang move`: everything from the place of these settings to that of others.

use crate::{
    exit::{self, Failure},
    house, print, read_settings,
    settings::Sources,
};
use clap::{Arg, ArgMatches, Command, value_parser};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use store::{Place, Step};
use vocabulary::Lang;

/// The settings that say where reports lie.
pub const SETTINGS_HERE: [&str; 8] =
    ["data", "database", "files", "s3_endpoint", "s3_region", "s3_key_id", "s3_secret_file", "s3_authority"];

/// The command, worded in this language.
pub fn command(lang: Lang) -> Command {
    let to = Arg::new("to").long("to").value_name("FILE").required(true).value_parser(value_parser!(PathBuf));
    Command::new("move")
        .about(lang.pick(
            "Chuyển toàn bộ dữ liệu sang nơi khác: cơ sở dữ liệu PostgreSQL, kho S3, hay thư mục; dở dang thì chạy lại là đi tiếp",
            "Move everything to another place: a PostgreSQL database, an S3 storage, a folder; run again, it goes on",
        ))
        .arg(to.help(lang.pick(
            "Tệp cài đặt (TOML) nêu nơi mới: data, database, files, s3_…",
            "A settings file (TOML) that names the new place: data, database, files, s3_…",
        )))
}

/// The settings file of the new place.
pub fn read(given: &ArgMatches) -> PathBuf {
    given.get_one("to").cloned().unwrap_or_default()
}

/// Moves, and says what to do next.
pub fn run(to: &Path, sources: &Sources, lang: Lang) -> Result<u8, Failure> {
    let from = read_settings(sources, lang)?.place;
    let new = Sources { file: Some(to.to_owned()), ..Sources::default() };
    let new = read_settings(&new, lang)?.place;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::internal(error.to_string()))?;
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{msg}  {bar:30} {percent}%  {eta}");
    bar.set_style(style.map_err(|error| Failure::internal(error.to_string()))?);
    let mut told = |step, done, of| {
        bar.set_length(of);
        bar.set_position(done);
        bar.set_message(say_step(step, of, lang));
    };
    let fresh = house::fresh().map_err(Failure::internal)?;
    let moved = runtime.block_on(store::move_house(&from, &new, &fresh, &mut told));
    bar.finish_and_clear();
    moved.map_err(|error| Failure::unreadable(house::say_of_move(&from, &new, &error, lang)))?;
    print(said(&from, to, lang).as_bytes())?;
    Ok(exit::NOTHING_KNOWN)
}

fn say_step(step: Step, of: u64, lang: Lang) -> String {
    let (rows, bytes) = (HumanCount(of), HumanBytes(of));
    match (step, lang) {
        (Step::Rows, Lang::Vi) => format!("chép {rows} dòng"),
        (Step::Rows, Lang::En) => format!("copying {rows} rows"),
        (Step::Comparing, Lang::Vi) => format!("so sánh {rows} dòng"),
        (Step::Comparing, Lang::En) => format!("comparing {rows} rows"),
        (Step::Files, Lang::Vi) => format!("chép và so sánh tệp, {bytes}"),
        (Step::Files, Lang::En) => format!("copying and comparing files, {bytes}"),
    }
}

fn said(from: &Place, to: &Path, lang: Lang) -> String {
    let (to, old) = (to.display(), house::name(from));
    match lang {
        Lang::Vi => format!(
            "Đã chuyển xong và so sánh từng dòng, từng tệp.\n\
             Từ nay chạy với các dòng data, database, files, s3_… của {to}.\n\
             Nơi cũ ({old}) vẫn còn nguyên: khi mọi thứ ổn, hãy xoá nó, vì những gì được xoá sau này vẫn còn ở đó.\n"
        ),
        Lang::En => format!(
            "Everything was moved and compared, row by row and file by file.\n\
             From now on run with the lines data, database, files, s3_… of {to}.\n\
             The old place ({old}) is as it was: remove it once all is well, or what is erased later stays there.\n"
        ),
    }
}
