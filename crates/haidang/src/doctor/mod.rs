//! `haidang doctor`: looks everything over and says what is wrong and what to do, without changing anything.

mod checks;
mod rebuild;
mod words;

use crate::{
    exit::{self, Failure},
    house, print,
    settings::{Settings, Sources},
};
use checks::Folder;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde::Serialize;
use store::Store;
use vocabulary::Lang;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    /// As it should be.
    Ok,
    /// Worth a look soon.
    Warning,
    /// Must be mended now.
    Fault,
}

/// What was looked at, and what was found.
#[derive(Debug, Serialize)]
struct Finding {
    /// For scripts; never worded.
    check: &'static str,
    level: Level,
    what: String,
    /// What to do; empty where all is well.
    todo: String,
}

/// The command, worded in this language.
pub fn command(lang: Lang) -> Command {
    let json = Arg::new("json").long("json").action(ArgAction::SetTrue);
    let rebuild = Arg::new("rebuild").long("rebuild").action(ArgAction::SetTrue);
    Command::new("doctor")
        .about(lang.pick(
            "Khám: cài đặt, thư mục, chỗ trống, cơ sở dữ liệu, tệp, đồng hồ, bản sao lưu; nói rõ việc phải làm",
            "Look over settings, folders, room, database, files, clock, backups; say what to do",
        ))
        .arg(json.help(lang.pick("Trả lời bằng JSON", "Answer in JSON")))
        .arg(rebuild.conflicts_with("json").help(lang.pick(
            "Dựng lại hàng đợi và tình trạng của mọi ca từ nhật ký, rồi khám; máy chủ cứ chạy",
            "Make queues and the state of every case anew out of the logs, then look; the server may run",
        )))
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoctorWish {
    /// The answer in JSON.
    json: bool,
    /// Rows that follow from the logs are made anew first.
    rebuild: bool,
}

/// Reads what was given behind `doctor`.
pub fn read(given: &ArgMatches) -> DoctorWish {
    DoctorWish { json: given.get_flag("json"), rebuild: given.get_flag("rebuild") }
}

/// Looks, prints, and ends with [`exit::AILING`] where something must be mended.
pub fn run(DoctorWish { json, rebuild }: DoctorWish, sources: &Sources, lang: Lang) -> Result<u8, Failure> {
    if rebuild {
        rebuild::run(sources, lang)?;
    }
    let found = match Settings::read(sources, lang) {
        Ok(settings) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            let runtime = runtime.map_err(|error| Failure::internal(error.to_string()))?;
            runtime.block_on(look(&settings, lang))
        }
        Err(mistakes) => mistakes.into_iter().map(|mistake| words::settings(mistake.0, lang)).collect(),
    };
    let said = if json {
        let json = serde_json::to_string(&serde_json::json!({ "findings": found }));
        json.map_err(|error| Failure::internal(error.to_string()))? + "\n"
    } else {
        words::page(&found, lang)
    };
    print(said.as_bytes())?;
    let ails = found.iter().any(|finding| finding.level != Level::Ok);
    Ok(if ails { exit::AILING } else { exit::NOTHING_KNOWN })
}

async fn look(settings: &Settings, lang: Lang) -> Vec<Finding> {
    let mut found = vec![words::ok("settings", lang)];
    let place = &settings.place;
    if place.database.is_none() || place.files.is_none() {
        found.extend(checks::folder(Folder::Data, &place.folder, lang));
    }
    let now = house::now();
    match Store::open_to_look(place.clone()).await {
        Err(error) => found.push(words::database(house::say(place, &error, lang))),
        Ok(store) => {
            match store.examine().await {
                Err(error) => found.push(words::database(house::say(place, &error, lang))),
                Ok(examined) => {
                    found.push(words::ok("database", lang));
                    found.extend(checks::examined(&examined, now, lang));
                }
            }
            found.extend(checks::logs(&store, lang).await);
            found.extend(checks::keys(&store, lang).await);
            found.extend(checks::backups(&settings.backup, &store, now, lang).await);
            store.close().await;
        }
    }
    found
}
