//! The commands and their flags. Those of the server come from the table of settings.

use crate::{
    backups,
    check::CheckArgs,
    demo::{self, DemoWish},
    desk::{self, DeskWish},
    doctor,
    learn::{self, LearnWish},
    log, moving,
    settings::{SETTINGS, Setting, Sources},
    verify::{self, VerifyArgs},
};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};
use clap_complete::Shell;
use std::{ffi::OsString, path::PathBuf};
use vocabulary::Lang;

/// What the user wants.
pub enum Wish {
    Check(Box<CheckArgs>),
    Serve(Sources),
    Desk(DeskWish, Sources),
    Backup(backups::BackupWish, Sources),
    Restore(backups::RestoreWish, Sources),
    Doctor(doctor::DoctorWish, Sources),
    Log(log::LogWish, Sources),
    Demo(DemoWish, Sources),
    /// To the place that this settings file names.
    Move(PathBuf, Sources),
    Verify(VerifyArgs),
    Learn(LearnWish),
    ConfigCheck(Sources),
    ConfigExample,
    Assets {
        total: bool,
    },
    Completions(Shell),
    Manual,
}

const EXIT_CODES: [&str; 2] = [
    "Mã kết thúc: 0 không thấy dấu hiệu đã biết, 2 dùng sai lệnh hoặc cài đặt, 3 thứ được đưa không đọc hay dùng được, \
     4 lỗi của chương trình, 10 thấy dấu hiệu gây hại, 11 chưa chắc, 12 gói bằng chứng hay nhật ký không khớp, 13 doctor thấy việc phải sửa, 14 bài học có chỗ phải sửa (với --jsonl luôn là 0, trừ khi có --fail-on)",
    "Exit codes: 0 no warning sign known, 2 wrong use or setting, 3 something given can't be read or used, \
     4 a fault of the program, 10 a harm is seen, 11 unsure, 12 an evidence package or a log doesn't hold, 13 doctor found something to mend, 14 lessons have something to mend (with --jsonl 0 unless --fail-on)",
];

/// All commands, worded in this language.
pub fn command(lang: Lang) -> Command {
    let say = |vi, en| lang.pick(vi, en);
    let codes = say(EXIT_CODES[0], EXIT_CODES[1]);
    let serve = Command::new("serve").about(say(
        "Phục vụ trang và API (cũng là khi không có lệnh nào)",
        "Serve the site and the API (also without a command)",
    ));
    let config_check = Command::new("check").about(say(
        "Nói rõ từng cài đặt: giá trị, lấy từ đâu, nghĩa là gì, sai chỗ nào",
        "Say every setting, where it comes from, what it means, and what is wrong",
    ));
    let example = Command::new("example").about(say("In một tệp cài đặt mẫu", "Print a settings file to start from"));
    let config = Command::new("config")
        .about(say("Giải thích các cài đặt", "Explain the settings"))
        .subcommand_required(true)
        .subcommand(with_settings(config_check, lang))
        .subcommand(example);
    let assets = Command::new("assets")
        .about(say(
            "In mã kiểm SHA-256 của mọi tệp mà trình duyệt nhận, để so với máy chủ khác",
            "Print the SHA-256 of every file that browsers get, to compare with another server",
        ))
        .arg(
            Arg::new("total")
                .long("total")
                .action(ArgAction::SetTrue)
                .help(say("Chỉ in mã chung của cả danh sách", "Print only the one hash over the whole list")),
        );
    let shell =
        Arg::new("shell").required(true).value_parser(value_parser!(Shell)).help(say("Tên shell", "Name of the shell"));
    let completions =
        Command::new("completions").about(say("In phần gợi ý lệnh cho shell", "Print completions for a shell"));
    Command::new("haidang")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "Hải Đăng: kiểm tra tin nhắn, cuộc trò chuyện, đường dẫn; hoặc phục vụ trang làm việc đó",
            "Hải Đăng: check messages, chats and links; or serve the site that does",
        ))
        .after_help(codes)
        .arg(language_flag(lang))
        .subcommand(check(lang).after_help(codes))
        .subcommand(with_settings(serve, lang))
        .subcommands(desk::commands(lang, |command, keys| with_some_settings(command, lang, |s| keys.contains(&s.key))))
        .subcommand(with_some_settings(moving::command(lang), lang, |s| moving::SETTINGS_HERE.contains(&s.key)))
        .subcommand(with_some_settings(backups::command(lang), lang, |s| backups::SETTINGS_HERE.contains(&s.key)))
        .subcommand(with_some_settings(backups::restore_command(lang), lang, |s| {
            moving::SETTINGS_HERE.contains(&s.key)
        }))
        .subcommand(with_settings(doctor::command(lang), lang))
        .subcommand(
            log::command(lang, &|command| with_some_settings(command, lang, |s| desk::SETTINGS_HERE.contains(&s.key)))
                .after_help(codes),
        )
        .subcommand(with_some_settings(demo::command(lang), lang, |s| demo::SETTINGS_HERE.contains(&s.key)))
        .subcommand(verify::command(lang).after_help(codes))
        .subcommand(learn::command(lang).after_help(codes))
        .subcommand(config)
        .subcommand(assets)
        .subcommand(completions.arg(shell))
        .subcommand(Command::new("man").about(say("In trang hướng dẫn (man)", "Print the manual page")))
}

fn check(lang: Lang) -> Command {
    let command = CheckArgs::augment_args(Command::new("check")).about(lang.pick(
        "Kiểm tra một tin nhắn, đường dẫn hay cả cuộc trò chuyện, ngay trên máy này",
        "Check a message, a link or a whole chat, on this machine",
    ));
    CheckArgs::HELP.iter().fold(command, |command, (arg, vi, en)| command.mut_arg(*arg, |a| a.help(lang.pick(vi, en))))
}

fn with_settings(command: Command, lang: Lang) -> Command {
    with_some_settings(command, lang, |_| true)
}

fn with_some_settings(command: Command, lang: Lang, wanted: impl Fn(&Setting) -> bool) -> Command {
    let file =
        Arg::new("config").long("config").value_name("FILE").value_parser(value_parser!(PathBuf)).help(lang.pick(
            "Tệp cài đặt (TOML); nếu không nêu thì đọc haidang.toml ở thư mục này nếu có",
            "Settings file (TOML); haidang.toml of this folder is read if it is there",
        ));
    command.arg(file).args(SETTINGS.iter().filter(|s| wanted(s)).map(|setting| setting_flag(setting, lang)))
}

/// It is read before all else (`say::language`), so that even a wrong command line is answered in it.
fn language_flag(lang: Lang) -> Arg {
    Arg::new("lang")
        .long("lang")
        .global(true)
        .value_name("LANGUAGE")
        .value_parser(["vi", "en"])
        .help(lang.pick("Ngôn ngữ trả lời", "Language of the answers"))
}

fn setting_flag(setting: &'static Setting, lang: Lang) -> Arg {
    let default = if setting.default.is_empty() { String::new() } else { format!(" [{}]", setting.default) };
    let help = format!("{}{default}", setting.meaning(lang));
    Arg::new(setting.key).long(setting.flag()).value_name("VALUE").help(help)
}

/// Reads the command line.
pub fn read(args: Vec<OsString>, lang: Lang) -> Result<Wish, clap::Error> {
    let matches = command(lang).try_get_matches_from(args)?;
    Ok(match matches.subcommand() {
        Some(("check", given)) => Wish::Check(Box::new(CheckArgs::from_arg_matches(given)?)),
        Some(("serve", given)) => Wish::Serve(sources(given)),
        Some((name @ ("org" | "staff"), given)) => match desk::read(name, given) {
            Some((wish, given)) => Wish::Desk(wish, sources(&given)),
            None => Wish::Manual,
        },
        Some(("backup", given)) => Wish::Backup(backups::read(given), sources(given)),
        Some(("restore", given)) => Wish::Restore(backups::read_restore(given), sources(given)),
        Some(("doctor", given)) => Wish::Doctor(doctor::read(given), sources(given)),
        Some(("log", given)) => match log::read(given) {
            Some((wish, given)) => Wish::Log(wish, sources(&given)),
            None => Wish::Manual,
        },
        Some(("demo", given)) => Wish::Demo(demo::read(given), sources(given)),
        Some(("move", given)) => Wish::Move(moving::read(given), sources(given)),
        Some(("verify", given)) => verify::read(given).map_or(Wish::Manual, Wish::Verify),
        Some(("learn", given)) => learn::read(given).map_or(Wish::Manual, Wish::Learn),
        Some(("config", given)) => match given.subcommand() {
            Some(("check", given)) => Wish::ConfigCheck(sources(given)),
            _ => Wish::ConfigExample,
        },
        Some(("assets", given)) => Wish::Assets { total: given.get_flag("total") },
        Some(("completions", given)) => Wish::Completions(given.get_one("shell").copied().unwrap_or(Shell::Bash)),
        Some(("man", _)) => Wish::Manual,
        _ => Wish::Serve(Sources { variables: variables(), ..Sources::default() }),
    })
}

fn sources(given: &ArgMatches) -> Sources {
    // Not every command knows every setting.
    let flag = |key: &'static str| given.try_get_one::<String>(key).ok().flatten().map(|value| (key, value.clone()));
    Sources {
        flags: SETTINGS.iter().filter_map(|setting| flag(setting.key)).collect(),
        variables: variables(),
        file: given.try_get_one::<PathBuf>("config").ok().flatten().cloned(),
    }
}

fn variables() -> Vec<(String, String)> {
    let all =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    all.filter(|(name, _)| name.starts_with("HAIDANG_")).collect()
}

/// Says a wrong command line; English has clap's own words.
pub fn say(error: &clap::Error, lang: Lang) -> String {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    if lang == Lang::En {
        let text = error.render().to_string();
        return text.trim_start_matches("error: ").trim_end().to_owned();
    }
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let mut line = match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tham số '{arg}'"),
        ErrorKind::InvalidSubcommand => format!("không có lệnh '{}'", of(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("tham số '{arg}' thiếu giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("giá trị '{value}' không dùng được cho '{arg}'")
        }
        ErrorKind::ArgumentConflict => format!("'{arg}' không dùng chung với '{}'", of(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => format!("thiếu: {arg}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "thiếu tên lệnh".into(),
        _ => "dòng lệnh không đúng".into(),
    };
    let known = of(ContextKind::ValidValue);
    if !known.is_empty() {
        line = format!("{line}; chọn một trong: {known}");
    }
    let near =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(of).concat();
    if !near.is_empty() {
        line = format!("{line}; có phải ý bạn là '{near}'?");
    }
    line + "; xem: haidang --help"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_fit_together_and_every_flag_is_worded() {
        for &lang in Lang::ALL {
            let command = command(lang);
            command.clone().debug_assert();
            let check = command.find_subcommand("check").unwrap();
            let unworded = check.get_arguments().filter(|a| a.get_help().is_none()).map(Arg::get_id);
            assert_eq!(unworded.collect::<Vec<_>>(), Vec::<&clap::Id>::new());
        }
    }

    #[test]
    fn a_wrong_line_is_said_in_vietnamese() {
        let wrong = |words: &[&str]| {
            let args = std::iter::once("haidang").chain(words.iter().copied()).map(OsString::from).collect();
            say(&read(args, Lang::Vi).err().unwrap(), Lang::Vi)
        };
        assert_eq!(
            wrong(&["check", "--jsno"]),
            "không có tham số '--jsno'; có phải ý bạn là '--json'?; xem: haidang --help"
        );
        assert!(wrong(&["check", "--age", "ba"]).contains("chọn một trong: under_7, 7_11"));
        assert!(wrong(&["chek"]).contains("có phải ý bạn là 'check'"));
    }
}
