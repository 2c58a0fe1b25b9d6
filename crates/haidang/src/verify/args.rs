//! What `haidang verify` can be asked.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::PathBuf;
use vocabulary::Lang;

/// One package, and what it is compared with.
#[derive(Debug)]
pub struct VerifyArgs {
    pub package: PathBuf,
    pub key: Option<[u8; 32]>,
    pub authority: Option<PathBuf>,
    pub passphrase: Option<PathBuf>,
    pub json: bool,
}

/// The command, worded in this language.
pub fn command(lang: Lang) -> Command {
    let say = |vi, en| lang.pick(vi, en);
    let file = |name: &'static str, help| {
        Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf)).help(help)
    };
    Command::new("verify")
        .about(say(
            "Kiểm tra một gói bằng chứng, không cần mạng: điều gì đúng, điều gì không",
            "Check an evidence package, without network: what holds and what doesn't",
        ))
        .arg(
            Arg::new("package")
                .value_name("PACKAGE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(say("Tệp .zip, hoặc .zip.age đã khoá", "The .zip file, or the locked .zip.age")),
        )
        .arg(Arg::new("key").long("key").value_name("HEX").value_parser(key).help(say(
            "Khoá công khai của máy chủ, như nơi chạy máy chủ công bố: 64 chữ số thập lục phân",
            "The server's public key as its operator publishes it: 64 hexadecimal digits",
        )))
        .arg(file(
            "tsa-ca",
            say(
                "Chứng chỉ gốc (PEM) của nơi cấp dấu thời gian, do bạn tự lấy",
                "The root certificate (PEM) of the time-stamp authority, which you fetched yourself",
            ),
        ))
        .arg(file(
            "passphrase-file",
            say(
                "Tệp có cụm mật khẩu ở dòng đầu; không nêu thì hỏi",
                "A file with the passphrase in its first line; without it you are asked",
            ),
        ))
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(say("Trả lời bằng JSON, cho chương trình", "Answer in JSON, for programs")),
        )
}

/// Reads what was given behind `verify`.
pub fn read(given: &ArgMatches) -> Option<VerifyArgs> {
    Some(VerifyArgs {
        package: given.get_one::<PathBuf>("package")?.clone(),
        key: given.get_one::<[u8; 32]>("key").copied(),
        authority: given.get_one::<PathBuf>("tsa-ca").cloned(),
        passphrase: given.get_one::<PathBuf>("passphrase-file").cloned(),
        json: given.get_flag("json"),
    })
}

fn key(text: &str) -> Result<[u8; 32], String> {
    let pairs = text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok());
    let bytes: Option<Vec<u8>> = pairs.collect();
    let whole = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    bytes.filter(|_| whole).and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| "64 hexadecimal digits".into())
}
