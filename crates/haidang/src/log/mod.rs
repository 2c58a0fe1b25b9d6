//! `haidang log`: checks the chain of a log, as it was taken along or as it lies in the store, and says in plain words
//! what holds.

use crate::{
    desk,
    exit::{self, Failure},
    print,
    settings::Sources,
    sources::cannot_read,
};
use clap::{Arg, ArgMatches, Command, value_parser};
use std::{fmt::Write, fs::File, io::BufReader, path::PathBuf};
use store::{ExportCheck, ExportError, LogCheck, check_export};
use vocabulary::Lang;

/// What is wanted.
#[derive(Debug)]
pub enum LogWish {
    /// A file that was exported.
    Verify(PathBuf),
    /// The log of an organisation in the store.
    Check(String),
}

/// The command, worded in this language; `settled` adds the settings of the store.
pub fn command(lang: Lang, settled: &dyn Fn(Command) -> Command) -> Command {
    let say = |vi, en| lang.pick(vi, en);
    let file = Arg::new("export")
        .value_name("EXPORT")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help(say("Tệp JSON hoặc CSV tải từ trang Nhật ký", "The JSON or CSV file saved from the page Log"));
    let verify = Command::new("verify")
        .about(say(
            "Kiểm tra một tệp nhật ký đã tải về, không cần mạng hay máy chủ",
            "Check a log that was taken along, without network or server",
        ))
        .arg(file);
    let organisation =
        Arg::new("organisation").value_name("ORG").required(true).help(say("Mã của tổ chức", "The organisation's id"));
    let check = Command::new("check")
        .about(say("Kiểm tra nhật ký của một tổ chức ngay trong kho", "Check the log of an organisation in the store"))
        .arg(organisation);
    Command::new("log")
        .about(say(
            "Nhật ký: ai đã đọc, sửa, chia sẻ, tải gì; có bị đổi không",
            "The log: who read, changed, shared, took what; whether it was altered",
        ))
        .subcommand_required(true)
        .subcommand(verify)
        .subcommand(settled(check))
}

/// Reads what was given behind `log`.
pub fn read(given: &ArgMatches) -> Option<(LogWish, ArgMatches)> {
    let (name, given) = given.subcommand()?;
    let wish = match name {
        "verify" => LogWish::Verify(given.get_one::<PathBuf>("export")?.clone()),
        _ => LogWish::Check(given.get_one::<String>("organisation")?.clone()),
    };
    Some((wish, given.clone()))
}

/// Checks, says what holds, and ends with [`exit::ALTERED`] where something doesn't.
pub fn run(wish: &LogWish, sources: &Sources, lang: Lang) -> Result<u8, Failure> {
    let (said, holds) = match wish {
        LogWish::Verify(path) => verify(path, lang)?,
        LogWish::Check(organisation) => {
            let settings = crate::read_settings(sources, lang)?;
            let check = desk::with_store(&settings, lang, async |store| {
                desk::known(store, organisation, &settings, lang).await?;
                store.check_log(organisation).await.map_err(|error| desk::say(&error, &settings, lang))
            })?;
            let found = ExportCheck { organisation: organisation.clone(), from: 0, check };
            (page(&found, lang), check.broken.is_none())
        }
    };
    print(said.as_bytes())?;
    Ok(if holds { exit::NOTHING_KNOWN } else { exit::ALTERED })
}

fn verify(path: &PathBuf, lang: Lang) -> Result<(String, bool), Failure> {
    let file = File::open(path).map_err(|error| Failure::unreadable(cannot_read(path, &error, lang)))?;
    let why = match check_export(BufReader::new(file)) {
        Ok(found) => return Ok((page(&found, lang), found.check.broken.is_none())),
        Err(ExportError::Read(error)) => return Err(Failure::unreadable(cannot_read(path, &error, lang))),
        Err(ExportError::NoExport) => {
            return Err(Failure::unreadable(match lang {
                Lang::Vi => format!("{}: đây không phải tệp nhật ký mà haidang đã ghi", path.display()),
                Lang::En => format!("{}: this is no log that haidang wrote", path.display()),
            }));
        }
        Err(ExportError::Altered(line)) => match lang {
            Lang::Vi => format!("dòng {line} của tệp đã bị sửa, thêm hoặc cắt"),
            Lang::En => format!("line {line} of the file was altered, added or cut"),
        },
        Err(ExportError::CutOff) => lang.pick("tệp bị cắt cụt ở cuối", "the end of the file is missing").into(),
    };
    Ok((format!("{}\n\n{} {why}\n", headline(false, lang), mark(false, lang)), false))
}

const fn headline(holds: bool, lang: Lang) -> &'static str {
    if holds {
        lang.pick(
            "NHẬT KÝ NÀY KHỚP: không dòng nào bị sửa, thêm hay bớt.",
            "THIS LOG HOLDS: no line was altered, added or taken out.",
        )
    } else {
        lang.pick(
            "NHẬT KÝ NÀY KHÔNG KHỚP: đừng dựa vào nó trước khi hiểu vì sao.",
            "THIS LOG DOESN'T HOLD: don't rely on it before you know why.",
        )
    }
}

const fn mark(holds: bool, lang: Lang) -> &'static str {
    if holds { lang.pick("[ĐÚNG]", "[HOLDS]") } else { lang.pick("[SAI]", "[FAILS]") }
}

fn page(found: &ExportCheck, lang: Lang) -> String {
    let ExportCheck { organisation, from, check } = found;
    let LogCheck { lines, erased, withheld, broken, head } = check;
    let mut page = format!("{}\n\n", headline(broken.is_none(), lang));
    let mut say = |mark: &str, vi: String, en: String| {
        let _ = writeln!(page, "{mark} {}", if lang == Lang::Vi { vi } else { en });
    };
    let (holds, note) = (mark(true, lang), lang.pick("[CẦN BIẾT]", "[NOTE]"));
    say(
        holds,
        format!("tổ chức {organisation}: {lines} dòng nối nhau đúng, từ số {from}"),
        format!("organisation {organisation}: {lines} lines follow each other as they should, from number {from}"),
    );
    if *erased > 0 {
        say(
            holds,
            format!("{erased} dòng đã xoá nội dung cùng với báo cáo của chúng; chỗ của chúng trong chuỗi vẫn đúng"),
            format!("{erased} lines lost their content when their case was erased; their place in the chain holds"),
        );
    }
    if *withheld > 0 {
        say(
            note,
            format!("{withheld} dòng không có trong phần được chọn: chỉ kiểm được chỗ của chúng trong chuỗi"),
            format!("{withheld} lines were not part of what was chosen: only their place in the chain can be checked"),
        );
    }
    if let Some(number) = broken {
        say(
            mark(false, lang),
            format!("dòng số {number} không khớp: nó, hoặc dòng ngay trước, đã bị sửa, thêm hay bớt"),
            format!("line number {number} doesn't hold: it, or the line before it, was altered, added or taken out"),
        );
    }
    let head: String = head.iter().map(|byte| format!("{byte:02x}")).collect();
    say(
        note,
        format!(
            "mã của dòng cuối: {head}. So với mã bạn đã giữ từ lần trước, hay với haidang log check {organisation}: một nhật ký bị thay cả hay bị cắt ở cuối chỉ thấy được như vậy"
        ),
        format!(
            "hash of the last line: {head}. Compare it with what you kept the last time, or with haidang log check {organisation}: only so is it seen that a whole log was replaced, or its end cut off"
        ),
    );
    page
}
