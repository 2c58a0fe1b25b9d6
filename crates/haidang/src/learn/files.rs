//! An author's files.

use crate::{exit::Failure, sources::cannot_read};
use learn::{
    check::{Finding, What},
    content::Library,
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use vocabulary::Lang;

/// No lesson comes near it; a larger file is a mistake.
const MOST_BYTES: u64 = 1024 * 1024;

/// Reads what was named: folders, one level deep, and single files.
pub fn read(named: &[PathBuf], lang: Lang) -> Result<(Library, Vec<Finding>), Failure> {
    let mut paths = Vec::new();
    for path in named {
        let about = fs::metadata(path).map_err(|error| Failure::unreadable(cannot_read(path, &error, lang)))?;
        if about.is_dir() {
            paths.extend(inside(path, 1, lang)?);
        } else {
            // `here.toml` alone has no folder in its name.
            paths.push(fs::canonicalize(path).unwrap_or_else(|_| path.clone()));
        }
    }
    if paths.is_empty() {
        return Err(Failure::unreadable(lang.pick(
            "ở đây không có tệp .toml nào; thư mục cần có chats, lessons, items hoặc modules",
            "there is no .toml file here; the folder needs chats, lessons, items or modules",
        )));
    }
    let (mut texts, mut findings) = (Vec::new(), Vec::new());
    for path in paths {
        match text(&path, lang)? {
            Ok(text) => texts.push((path.display().to_string(), text)),
            Err(finding) => findings.push(finding),
        }
    }
    let (library, more) = Library::read(texts);
    findings.extend(more);
    Ok((library, findings))
}

/// The `.toml` files of a folder and of its folders, sorted; of policies those in Markdown.
fn inside(folder: &Path, deeper: u8, lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    let cannot = |error: std::io::Error| Failure::unreadable(cannot_read(folder, &error, lang));
    let mut entries = fs::read_dir(folder).map_err(cannot)?.collect::<Result<Vec<_>, _>>().map_err(cannot)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut found = Vec::new();
    for path in entries.into_iter().map(|entry| entry.path()) {
        if path.is_dir() && deeper > 0 {
            found.extend(inside(&path, deeper - 1, lang)?);
        } else if path.extension().is_some_and(|ending| ending == "toml")
            || (folder.ends_with("policies") && path.extension().is_some_and(|ending| ending == "md"))
        {
            found.push(path);
        }
    }
    Ok(found)
}

fn text(path: &Path, lang: Lang) -> Result<Result<String, Finding>, Failure> {
    let cannot = |error: std::io::Error| Failure::unreadable(cannot_read(path, &error, lang));
    let wrong = |vi: String, en: String| Ok(Err(Finding::new(&path.display().to_string(), What::Unread, vi, en)));
    if fs::metadata(path).map_err(cannot)?.len() > MOST_BYTES {
        return wrong(
            format!("tệp quá lớn (tối đa {MOST_BYTES} byte); xem lại có đúng tệp không"),
            format!("the file is too large (at most {MOST_BYTES} bytes); check that it is the right one"),
        );
    }
    match String::from_utf8(fs::read(path).map_err(cannot)?) {
        Ok(text) => Ok(Ok(text)),
        Err(_) => {
            wrong("không phải chữ UTF-8; hãy lưu lại dạng UTF-8".into(), "not UTF-8 text; save it as UTF-8".into())
        }
    }
}
