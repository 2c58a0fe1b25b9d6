//! `haidang org` and `haidang staff`: who may be let in, and who works there. They open the same store as a server that
//! runs beside them.

mod card;
mod org;
mod questions;
mod staff;

pub use org::known;

use crate::{
    exit::{self, Failure},
    house, print,
    settings::{Settings, Sources},
};
use clap::{Arg, ArgMatches, Command};
use std::time::{SystemTime, UNIX_EPOCH};
use store::{Store, StoreError};
use vocabulary::Lang;

/// The settings that these commands go by.
pub const SETTINGS_HERE: [&str; 9] = [
    "data",
    "database",
    "files",
    "s3_endpoint",
    "s3_region",
    "s3_key_id",
    "s3_secret_file",
    "s3_authority",
    "base_url",
];

/// What is wanted of organisations and staff.
#[derive(Debug)]
pub enum DeskWish {
    /// Adds, lists, changes, closes.
    Org(org::OrgWish),
    /// Invites, lists, ends.
    Staff(staff::StaffWish),
}

/// The two commands, worded in this language.
pub fn commands(lang: Lang, with_file: impl Fn(Command, &[&str]) -> Command) -> [Command; 2] {
    let settled = |command| with_file(command, &SETTINGS_HERE);
    [org::command(lang, &settled), staff::command(lang, &settled)]
}

/// Reads what was given behind `org` or `staff`.
pub fn read(command: &str, given: &ArgMatches) -> Option<(DeskWish, ArgMatches)> {
    let (name, given) = given.subcommand()?;
    let wish = match command {
        "org" => DeskWish::Org(org::read(name, given)?),
        _ => DeskWish::Staff(staff::read(name, given)?),
    };
    Some((wish, given.clone()))
}

/// Does it and prints what came of it.
pub fn run(wish: DeskWish, sources: &Sources, lang: Lang) -> Result<u8, Failure> {
    let settings = crate::read_settings(sources, lang)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::internal(error.to_string()))?;
    let said = runtime.block_on(async {
        match wish {
            DeskWish::Org(wish) => org::run(wish, &settings, lang).await,
            DeskWish::Staff(wish) => staff::run(wish, &settings, lang).await,
        }
    })?;
    print(said.as_bytes())?;
    Ok(exit::NOTHING_KNOWN)
}

/// Does something with the store of these settings, which must be there.
pub fn with_store<T>(
    settings: &Settings,
    lang: Lang,
    work: impl AsyncFnOnce(&Store) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::internal(error.to_string()))?;
    runtime.block_on(async {
        let store = open(settings, false, lang).await?;
        let done = work(&store).await;
        store.close().await;
        done
    })
}

/// Opens the store of these settings. Only the first organisation makes one: a mistyped folder must not become a new
/// house.
async fn open(settings: &Settings, may_make: bool, lang: Lang) -> Result<Store, Failure> {
    let place = &settings.place;
    let folder = &place.folder;
    if !may_make && place.database.is_none() && !folder.join("haidang.sqlite").exists() {
        let shown = folder.display();
        return Err(Failure::unreadable(match lang {
            Lang::Vi => format!(
                "ở {shown} chưa có dữ liệu; nêu đúng thư mục bằng --data, hoặc thêm tổ chức đầu tiên: haidang org add"
            ),
            Lang::En => format!(
                "there is no data in {shown}; name the folder by --data, or add the first organisation: haidang org add"
            ),
        }));
    }
    house::open_beside(place, lang).await.map_err(Failure::unreadable)
}

/// Random bytes of the system.
fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Failure::internal(error.to_string()))?;
    Ok(bytes)
}

/// Seconds since 1970.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed())
}

/// Several mistakes at once, each on a line of its own, as with settings.
fn mistakes(lines: &[String]) -> Failure {
    Failure::usage(lines.join("\nhaidang: "))
}

/// A failed store, with what to do about it.
pub fn say(error: &StoreError, settings: &Settings, lang: Lang) -> Failure {
    Failure::unreadable(house::say(&settings.place, error, lang))
}

fn text(given: &ArgMatches, name: &str) -> Option<String> {
    given.get_one::<String>(name).cloned()
}

fn needed(name: &'static str, help: &str) -> Arg {
    Arg::new(name).required(true).help(help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::SETTINGS_HERE;
    use crate::settings::SETTINGS;

    #[test]
    fn the_settings_of_these_commands_are_there() {
        for key in SETTINGS_HERE {
            assert!(SETTINGS.iter().any(|setting| setting.key == key), "{key}");
        }
    }
}
