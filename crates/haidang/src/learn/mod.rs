//! `haidang learn`: says what is wrong with lessons and chats, and lists what there is.

mod files;

use crate::{
    exit::{self, Failure},
    print,
};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use learn::{
    check::{Finding, check, check_whole},
    content::Library,
};
use serde_json::{Value, json};
use std::{fmt::Write, path::PathBuf};
use vocabulary::Lang;

/// What is wanted.
#[derive(Debug)]
pub struct LearnWish {
    task: Task,
    /// What is built in, unless folders or files are named.
    named: Vec<PathBuf>,
    json: bool,
}

#[derive(Clone, Copy, Debug)]
enum Task {
    Check {
        /// Also what was promised of the whole.
        whole: bool,
    },
    List,
}

/// The command, worded in this language.
pub fn command(lang: Lang) -> Command {
    let say = |vi, en| lang.pick(vi, en);
    let folder = || {
        Arg::new("folder").value_name("FOLDER").num_args(0..).value_parser(value_parser!(PathBuf)).help(say(
            "Thư mục có chats, lessons, items, modules, hoặc từng tệp .toml; không nêu thì dùng nội dung có sẵn",
            "A folder with chats, lessons, items, modules, or single .toml files; without it, what is built in",
        ))
    };
    let flag = |name: &'static str, help| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let json = || flag("json", say("Trả lời bằng JSON, cho chương trình", "Answer in JSON, for programs"));
    let check = Command::new("check")
        .about(say(
            "Tìm chỗ sai trong bài học, trò chuyện mô phỏng, câu hỏi: ở đâu, vì sao, sửa thế nào",
            "Find what is wrong with lessons, simulated chats and items: where, why, what to do",
        ))
        .arg(folder())
        .arg(json())
        .arg(flag(
            "whole",
            say(
                "Xem cả bộ đã đủ chưa: đủ bài, đủ câu hỏi, mối hại nào cũng có bài đúng lứa tuổi",
                "Also whether the whole is complete: enough lessons and items, every harm met at the right age",
            ),
        ));
    let list = Command::new("list")
        .about(say("Liệt kê bài học, trò chuyện, câu hỏi, học phần", "List lessons, chats, items and modules"))
        .arg(folder())
        .arg(json());
    Command::new("learn")
        .about(say("Bài học và trò chuyện mô phỏng: kiểm tra, liệt kê", "Lessons and simulated chats: check, list"))
        .subcommand_required(true)
        .subcommand(check)
        .subcommand(list)
}

/// Reads what was given behind `learn`.
pub fn read(given: &ArgMatches) -> Option<LearnWish> {
    let (name, given) = given.subcommand()?;
    let task = match name {
        "check" => Task::Check { whole: given.get_flag("whole") },
        _ => Task::List,
    };
    let named = given.get_many::<PathBuf>("folder").unwrap_or_default().cloned().collect();
    Some(LearnWish { task, named, json: given.get_flag("json") })
}

/// Does it, and ends with [`exit::MISTAKES`] where something is to be mended.
pub fn run(wish: &LearnWish, lang: Lang) -> Result<u8, Failure> {
    let (library, mut findings) =
        if wish.named.is_empty() { Library::read(Library::shipped_files()) } else { files::read(&wish.named, lang)? };
    let said = match wish.task {
        Task::Check { whole } => {
            findings.extend(check(&library));
            if whole {
                findings.extend(check_whole(&library));
            }
            if wish.json {
                found_json(&library, &findings).to_string() + "\n"
            } else {
                found(&library, &findings, lang)
            }
        }
        Task::List => {
            for finding in &findings {
                crate::say::error(&finding.say(lang));
            }
            if wish.json { list_json(&library, lang).to_string() + "\n" } else { list(&library, lang) }
        }
    };
    print(said.as_bytes())?;
    Ok(if findings.is_empty() { exit::NOTHING_KNOWN } else { exit::MISTAKES })
}

fn found(library: &Library, findings: &[Finding], lang: Lang) -> String {
    let mut said: String = findings.iter().map(|finding| finding.say(lang) + "\n").collect();
    let counts = counts(library).map(|(code, count)| format!("{count} {}", kind_name(code, lang))).join(", ");
    let _ = match (findings.len(), lang) {
        (0, Lang::Vi) => writeln!(said, "Không thấy chỗ nào phải sửa: {counts}."),
        (0, Lang::En) => writeln!(said, "Nothing to mend: {counts}."),
        (many, Lang::Vi) => writeln!(said, "\n{many} chỗ phải sửa ({counts})."),
        (many, Lang::En) => writeln!(said, "\n{many} to mend ({counts})."),
    };
    said
}

fn counts(library: &Library) -> [(&'static str, usize); 4] {
    [
        ("lesson", library.lessons.len()),
        ("chat", library.chats.len()),
        ("item", library.items.iter().map(|kept| kept.content.items.len()).sum()),
        ("module", library.modules.len()),
    ]
}

const fn kind_name(code: &str, lang: Lang) -> &'static str {
    match code.as_bytes() {
        b"lesson" => lang.pick("bài học", "lessons"),
        b"chat" => lang.pick("trò chuyện", "chats"),
        b"item" => lang.pick("câu hỏi", "items"),
        _ => lang.pick("học phần", "modules"),
    }
}

fn found_json(library: &Library, findings: &[Finding]) -> Value {
    let counts: serde_json::Map<_, _> =
        counts(library).into_iter().map(|(code, count)| (format!("{code}s"), count.into())).collect();
    json!({"findings": findings, "counts": counts})
}

/// One row: kind, whom for, minutes, id, title.
struct Row<'a>(&'static str, &'static str, u8, &'a str, &'a str);

fn rows(library: &Library, lang: Lang) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for kept in &library.lessons {
        let it = &kept.content;
        rows.push(Row("lesson", it.ages.code(), it.minutes, &it.id, it.title.pick(lang)));
    }
    for kept in &library.chats {
        let it = &kept.content;
        rows.push(Row("chat", it.ages.code(), it.minutes, &it.id, it.title.pick(lang)));
    }
    for kept in &library.modules {
        let it = &kept.content;
        rows.push(Row("module", it.reader.code(), it.minutes, &it.id, it.title.pick(lang)));
    }
    let policies = library.policies.iter();
    rows.extend(policies.map(|policy| Row("policy", "school", 0, &policy.id, policy.title(lang))));
    rows
}

fn list(library: &Library, lang: Lang) -> String {
    let mut said = String::new();
    for Row(kind, ages, minutes, id, title) in rows(library, lang) {
        let _ = writeln!(said, "{kind:<7} {ages:<10} {minutes:>3}′  {id:<28} {title}");
    }
    for kept in &library.items {
        let count = kept.content.items.len();
        let _ = writeln!(said, "{:<7} {:<10} {count} {}", "items", kept.name(), kind_name("item", lang));
    }
    said
}

fn list_json(library: &Library, lang: Lang) -> Value {
    let rows: Vec<_> = rows(library, lang)
        .into_iter()
        .map(|Row(kind, ages, minutes, id, title)| {
            json!({"kind": kind, "for": ages, "minutes": minutes, "id": id, "title": title})
        })
        .collect();
    let items: Vec<_> = library
        .items
        .iter()
        .map(|kept| json!({"kind": "items", "for": kept.name(), "count": kept.content.items.len()}))
        .collect();
    json!({"content": rows, "items": items})
}
