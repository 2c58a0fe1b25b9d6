//! `haidang verify`: examines an evidence package in one pass and little memory, and says in plain words what holds.

mod args;
mod stamp;

pub use args::{VerifyArgs, command, read};

use crate::{
    exit::{self, Failure},
    print,
    sources::cannot_read,
};
use evidence::{Examiner, Finding, Report, State, utc};
use seal::{OpenError, locked::Unlocker};
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{IsTerminal, Read},
    path::Path,
};
use timestamp::Authorities;
use vocabulary::Lang;

/// Read at once.
const PIECE: usize = 256 * 1024;
/// How an age file begins.
const AGE: &[u8] = b"age-encryption.org/v1";

/// Examines, answers on standard output, and gives the number for scripts.
pub fn run(args: &VerifyArgs, lang: Lang) -> Result<u8, Failure> {
    let authorities = args.authority.as_deref().map(|path| open_authorities(path, lang)).transpose()?;
    let mut report = examine(args, lang)?;
    stamp::judge(&mut report, authorities.as_ref());
    let said = if args.json { as_json(&report).to_string() + "\n" } else { as_text(&report, lang) };
    print(said.as_bytes())?;
    Ok(if report.holds() { exit::NOTHING_KNOWN } else { exit::ALTERED })
}

fn open_authorities(path: &Path, lang: Lang) -> Result<Authorities, Failure> {
    let pem = std::fs::read(path).map_err(|error| Failure::unreadable(cannot_read(path, &error, lang)))?;
    Authorities::from_pem(&String::from_utf8_lossy(&pem)).map_err(|error| {
        let why = match lang {
            Lang::Vi => "không có chứng chỉ PEM; tệp phải có -----BEGIN CERTIFICATE-----".to_owned(),
            Lang::En => error.to_string(),
        };
        Failure::unreadable(format!("{}: {why}", path.display()))
    })
}

/// The package through the examiner, unlocked on the way where it is locked.
fn examine(args: &VerifyArgs, lang: Lang) -> Result<Report, Failure> {
    let cannot = |error: std::io::Error| Failure::unreadable(cannot_read(&args.package, &error, lang));
    let mut file = File::open(&args.package).map_err(cannot)?;
    let mut piece = vec![0; PIECE];
    let mut examiner = Examiner::new();
    let mut unlocker = None;
    let mut first = true;
    loop {
        let length = fill(&mut file, &mut piece).map_err(cannot)?;
        if first && piece[..length].starts_with(AGE) {
            unlocker = Some(Unlocker::new(passphrase(args, lang)?.trim_end_matches(['\r', '\n'])));
        }
        first = false;
        if length == 0 {
            break;
        }
        let goes_on = match &mut unlocker {
            None => examiner.push(&piece[..length]),
            Some(unlocker) => examiner.push(&unlocker.push(&piece[..length]).map_err(|error| locked(error, lang))?),
        };
        if !goes_on && unlocker.is_none() {
            break;
        }
    }
    if let Some(unlocker) = unlocker {
        examiner.push(&unlocker.finish().map_err(|error| locked(error, lang))?);
    }
    Ok(examiner.finish(args.key.as_ref()))
}

/// As much as fits, unless the file ends.
fn fill(file: &mut File, piece: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < piece.len() {
        match file.read(&mut piece[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// Never from the command line: others on the machine read that.
fn passphrase(args: &VerifyArgs, lang: Lang) -> Result<String, Failure> {
    if let Some(path) = &args.passphrase {
        let text =
            std::fs::read_to_string(path).map_err(|error| Failure::unreadable(cannot_read(path, &error, lang)))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(lang.pick(
            "gói này đã khoá; nêu tệp có cụm mật khẩu bằng --passphrase-file",
            "this package is locked; name a file with the passphrase by --passphrase-file",
        )));
    }
    crate::say::error(lang.pick(
        "gói này đã khoá; gõ cụm mật khẩu (không hiện chữ)",
        "this package is locked; type the passphrase (it isn't shown)",
    ));
    console::Term::stderr().read_secure_line().map_err(|error| Failure::unreadable(error.to_string()))
}

fn locked(error: OpenError, lang: Lang) -> Failure {
    let [vi, en] = match error {
        OpenError::OtherKey => [
            "cụm mật khẩu không đúng, hoặc phần đầu tệp đã bị sửa",
            "the passphrase is wrong, or the head of the file was altered",
        ],
        OpenError::CutOff => ["tệp đã khoá bị cắt cụt", "the locked file is cut off"],
        OpenError::TooDear => [
            "mở tệp khoá này cần quá nhiều bộ nhớ; hãy mở bằng lệnh age trước",
            "opening this locked file takes too much memory; open it with the age command first",
        ],
        OpenError::NotSealed => {
            ["tệp này không phải tệp khoá bằng cụm mật khẩu", "this file is not locked with a passphrase"]
        }
        OpenError::Altered | OpenError::Frame => {
            ["tệp đã khoá bị sửa sau khi tạo", "the locked file was altered after it was made"]
        }
    };
    let code = if matches!(error, OpenError::Altered | OpenError::CutOff) { exit::ALTERED } else { exit::UNREADABLE };
    Failure { code, line: lang.pick(vi, en).into() }
}

fn as_text(report: &Report, lang: Lang) -> String {
    let (vi, en) = if report.holds() {
        (
            "GÓI NÀY KHỚP: mọi điều xem được dưới đây đều đúng.",
            "THIS PACKAGE HOLDS: all that could be looked at is right.",
        )
    } else {
        (
            "GÓI NÀY KHÔNG KHỚP: đừng dựa vào nó trước khi hiểu vì sao.",
            "THIS PACKAGE DOESN'T HOLD: don't rely on it before you know why.",
        )
    };
    let mut text = format!("{}\n\n", lang.pick(vi, en));
    for Finding { state, vi, en, .. } in &report.findings {
        let mark = match state {
            State::Holds => lang.pick("[ĐÚNG]", "[HOLDS]"),
            State::Fails => lang.pick("[SAI]", "[FAILS]"),
            State::Open => lang.pick("[CHƯA RÕ]", "[OPEN]"),
        };
        text += &format!("{mark} {}\n", lang.pick(vi, en));
    }
    text += lang.pick(
        "\nGói này chỉ cho biết các tệp đã có vào lúc đó, không cho biết ai đã viết hay nội dung có thật không.\n",
        "\nA package shows that these files were there at that time; not who wrote them, nor whether they are true.\n",
    );
    text
}

fn as_json(report: &Report) -> Value {
    let findings: Vec<_> = report.findings.iter().map(|finding| {
        json!({"what": finding.what.code(), "state": finding.state.code(), "vi": finding.vi, "en": finding.en})
    }).collect();
    let facts = report.facts.as_ref().map(|facts| {
        let key: String = facts.server_key.iter().map(|byte| format!("{byte:02x}")).collect();
        json!({"time": facts.time, "time_utc": utc(facts.time), "server_key": key, "files": facts.about.items.len(), "stamped": facts.stamp.is_some()})
    });
    json!({"holds": report.holds(), "findings": findings, "facts": facts})
}
