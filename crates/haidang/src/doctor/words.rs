//! What the doctor says: what is wrong and what to do, in both languages.

use super::{Finding, Level, checks::Folder};
use crate::backups::when;
use casework::FileId;
use indicatif::HumanBytes;
use std::{fmt::Write, io, path::Path};
use vocabulary::Lang;

/// Names that are listed; how many more there are is said.
const LISTED: usize = 5;

fn finding(check: &'static str, level: Level, what: String, todo: &str) -> Finding {
    Finding { check, level, what, todo: todo.to_owned() }
}

fn said(lang: Lang, vi: String, en: String) -> String {
    if lang == Lang::Vi { vi } else { en }
}

/// All of them, the worst marked.
pub fn page(found: &[Finding], lang: Lang) -> String {
    let mut page = String::new();
    for finding in found {
        let mark = match finding.level {
            Level::Ok => "✓",
            Level::Warning => lang.pick("! LƯU Ý:", "! NOTE:"),
            Level::Fault => lang.pick("✗ HỎNG:", "✗ WRONG:"),
        };
        let _ = writeln!(page, "{mark} {}", finding.what);
        if !finding.todo.is_empty() {
            let _ = writeln!(page, "    → {}", finding.todo);
        }
    }
    let ailing = found.iter().filter(|finding| finding.level != Level::Ok).count();
    let _ = match (ailing, lang) {
        (0, Lang::Vi) => writeln!(page, "Mọi thứ đều ổn."),
        (0, Lang::En) => writeln!(page, "All is well."),
        (count, Lang::Vi) => writeln!(page, "Có {count} việc phải xem."),
        (count, Lang::En) => writeln!(page, "Things to look at: {count}."),
    };
    page
}

/// All is well with this.
pub fn ok(check: &'static str, lang: Lang) -> Finding {
    let what = match check {
        "settings" => lang.pick("cài đặt", "settings"),
        "folder" => lang.pick("thư mục dữ liệu", "data folder"),
        "backup_folder" => lang.pick("thư mục sao lưu", "folder of backups"),
        "room" => lang.pick("chỗ trống cho dữ liệu", "room for data"),
        "backup_room" => lang.pick("chỗ trống cho bản sao lưu", "room for backups"),
        "database" => lang.pick("mở được cơ sở dữ liệu, đúng phiên bản", "the database opens and is of this version"),
        "integrity" => {
            lang.pick("cơ sở dữ liệu lành lặn, đọc được mọi dòng", "the database is sound, every row can be read")
        }
        "missing_files" => lang.pick("đủ mọi tệp", "every file is there"),
        "unnamed_files" => lang.pick("không có tệp thừa", "no file too many"),
        "clock" => lang.pick("đồng hồ", "clock"),
        "logs" => lang.pick("nhật ký của mọi tổ chức nối nhau đúng", "the log of every organisation holds"),
        "organisation_keys" => lang.pick("khoá của mọi tổ chức còn riêng", "the key of every organisation is its own"),
        "backup_age" => lang.pick("bản sao lưu gần nhất còn mới", "the last backup is fresh"),
        "backup_parts" => lang.pick("bản sao lưu gần nhất đủ mọi phần", "the last backup has all its parts"),
        _ => lang.pick("danh sách những gì đã xoá", "the list of what was erased"),
    };
    finding(check, Level::Ok, what.to_owned(), "")
}

/// A mistake in the settings, which says what to do by itself.
pub fn settings(mistake: String, lang: Lang) -> Finding {
    finding("settings", Level::Fault, mistake, lang.pick("xem: haidang config check", "see: haidang config check"))
}

/// The store doesn't open; `why` says what to do by itself.
pub fn database(why: String) -> Finding {
    finding("database", Level::Fault, why, "")
}

pub fn no_folder(of: Folder, path: &Path, lang: Lang) -> Finding {
    let path = path.display();
    let what = said(lang, format!("không có thư mục {path}"), format!("there is no folder {path}"));
    let todo = lang.pick(
        "nêu đúng đường dẫn, hoặc gắn ổ đĩa vào; máy chủ tự tạo thư mục khi khởi động",
        "name the right path, or mount the disk; the server makes the folder when it starts",
    );
    finding(of.check(), Level::Fault, what, todo)
}

pub fn not_writable(of: Folder, path: &Path, error: &io::Error, lang: Lang) -> Finding {
    let path = path.display();
    let what = said(lang, format!("không ghi được vào {path} ({error})"), format!("{path} can't be written ({error})"));
    let todo = lang.pick(
        "chạy lệnh này bằng người dùng của máy chủ; cho người dùng đó làm chủ thư mục (chown)",
        "run this as the server's user; make that user the owner of the folder (chown)",
    );
    finding(of.check(), Level::Fault, what, todo)
}

pub fn open_to_others(of: Folder, path: &Path, lang: Lang) -> Finding {
    let path = path.display();
    let what = said(
        lang,
        format!("người dùng khác trên máy này đọc được {path}"),
        format!("other users of this machine can look into {path}"),
    );
    finding(of.check(), Level::Warning, what, &said(lang, format!("chmod 700 {path}"), format!("chmod 700 {path}")))
}

pub fn little_room(of: Folder, path: &Path, free: u64, level: Level, lang: Lang) -> Finding {
    let (path, free) = (path.display(), HumanBytes(free));
    let what = said(lang, format!("ổ đĩa của {path} chỉ còn {free}"), format!("the disk of {path} has {free} left"));
    let todo = lang.pick(
        "dọn bớt, hoặc dùng ổ lớn hơn: hết chỗ thì không nhận được tin báo nào nữa",
        "make room, or use a larger disk: with none left no report can be taken in",
    );
    finding(of.room(), level, what, todo)
}

pub fn integrity(faults: &[String], lang: Lang) -> Finding {
    let list = some(faults, lang);
    let what = said(lang, format!("cơ sở dữ liệu bị hỏng: {list}"), format!("the database is damaged: {list}"));
    let todo = lang.pick(
        "dừng máy chủ, chép riêng thư mục dữ liệu, kiểm tra ổ đĩa, rồi phục hồi vào thư mục mới: haidang restore",
        "stop the server, set a copy of the data folder aside, check the disk, then bring a backup back into a new folder: haidang restore",
    );
    finding("integrity", Level::Fault, what, todo)
}

pub fn missing(files: &[FileId], lang: Lang) -> Finding {
    let (count, list) = (files.len(), some(files, lang));
    let what = said(
        lang,
        format!("{count} tệp mà dữ liệu có nhắc tới bị thiếu hoặc cụt: {list}"),
        format!("files that the data names and that are missing or cut short: {count}: {list}"),
    );
    let todo = lang.pick(
        "tìm chúng trong một bản chép của thư mục files; nếu không, phục hồi bản sao lưu vào thư mục khác và lấy tệp từ đó",
        "look for them in a copy of the folder files; else bring a backup back into another folder and take them from there",
    );
    finding("missing_files", Level::Fault, what, todo)
}

pub fn unnamed(files: &[FileId], lang: Lang) -> Finding {
    let (count, list) = (files.len(), some(files, lang));
    let what = said(
        lang,
        format!("{count} tệp không dữ liệu nào nhắc tới: {list}"),
        format!("files that nothing names: {count}: {list}"),
    );
    let todo = lang.pick(
        "có thể còn lại sau một lần phục hồi hay sự cố; nếu không phải do bạn chép vào thì xoá đi được",
        "they may be left from a restore or a crash; unless you put them there, they can be removed",
    );
    finding("unnamed_files", Level::Warning, what, todo)
}

pub fn clock_back(seconds: i64, lang: Lang) -> Finding {
    let minutes = seconds / 60;
    let what = said(
        lang,
        format!("đồng hồ máy chậm {minutes} phút so với lần cuối máy chủ nhìn thấy"),
        format!("the clock is {minutes} minutes behind what the server saw last"),
    );
    let todo =
        lang.pick("chỉnh giờ theo mạng: timedatectl set-ntp true", "set it by the network: timedatectl set-ntp true");
    finding("clock", Level::Fault, what, todo)
}

pub fn no_server(seconds: i64, lang: Lang) -> Finding {
    let minutes = seconds / 60;
    let what = said(
        lang,
        format!("đã {minutes} phút không có máy chủ nào dọn dẹp"),
        format!("no server has tidied for {minutes} minutes"),
    );
    let todo = lang.pick(
        "nếu máy chủ phải chạy thì xem nhật ký của nó; nếu vừa đổi giờ thì kiểm tra đồng hồ",
        "if the server should run, read its log; if the clock was just set, check it",
    );
    finding("clock", Level::Warning, what, todo)
}

pub fn no_backups(lang: Lang) -> Finding {
    let what = lang.pick("chưa sao lưu: backup_folder chưa đặt", "no backups: backup_folder is not set");
    let todo = lang.pick(
        "đặt backup_folder và backup_recipient, rồi chạy haidang backup mỗi ngày",
        "set backup_folder and backup_recipient, then run haidang backup every day",
    );
    finding("backup_age", Level::Warning, what.to_owned(), todo)
}

pub fn never(lang: Lang) -> Finding {
    let what = lang.pick("chưa có bản sao lưu nào", "no backup was taken yet");
    let todo =
        lang.pick("chạy: haidang backup; rồi đặt lịch mỗi ngày", "run: haidang backup; then have it run every day");
    finding("backup_age", Level::Fault, what.to_owned(), todo)
}

pub fn old_backup(at: i64, level: Level, lang: Lang) -> Finding {
    let at = when(at);
    let what = said(
        lang,
        format!("bản sao lưu gần nhất là từ {at} (giờ Việt Nam)"),
        format!("the last backup is from {at} (time of Vietnam)"),
    );
    let todo =
        lang.pick("chạy: haidang backup; xem vì sao lịch không chạy", "run: haidang backup; see why it isn't run");
    finding("backup_age", level, what, todo)
}

pub fn lacking(at: i64, parts: &[String], lang: Lang) -> Finding {
    let (at, count, list) = (when(at), parts.len(), some(parts, lang));
    let what = said(
        lang,
        format!("bản sao lưu lúc {at} thiếu hoặc hỏng {count} phần: {list}"),
        format!("the backup of {at} has parts that are missing or damaged: {count}: {list}"),
    );
    let todo = lang.pick(
        "chạy haidang backup: phần thiếu được ghi lại; kiểm tra ổ đĩa",
        "run haidang backup: what is missing is written again; check the disk",
    );
    finding("backup_parts", Level::Fault, what, todo)
}

pub fn backup(why: String, lang: Lang) -> Finding {
    let todo = lang
        .pick("xem quyền đọc và ổ đĩa của thư mục sao lưu", "check the rights and the disk of the folder of backups");
    finding("backup_parts", Level::Fault, why, todo)
}

pub fn no_list(lang: Lang) -> Finding {
    let what = lang.pick(
        "thiếu forgotten.list, danh sách những gì đã xoá: không có nó thì không phục hồi được",
        "forgotten.list, the list of what was erased, is missing: without it nothing can be restored",
    );
    let todo = lang.pick(
        "chạy haidang backup, hoặc khởi động máy chủ với backup_folder này",
        "run haidang backup, or start the server with this backup_folder",
    );
    finding("forgotten_list", Level::Fault, what.to_owned(), todo)
}

pub fn damaged_list(lang: Lang) -> Finding {
    let what = lang.pick("forgotten.list bị hỏng", "forgotten.list is damaged");
    let todo = lang.pick(
        "đổi tên tệp đó rồi chạy haidang backup: danh sách được ghi lại từ cơ sở dữ liệu",
        "rename the file and run haidang backup: the list is written anew from the database",
    );
    finding("forgotten_list", Level::Fault, what.to_owned(), todo)
}

pub fn list_behind(lang: Lang) -> Finding {
    let what = lang.pick(
        "forgotten.list không được ghi tiếp: thứ vừa xoá có thể trở lại từ bản sao lưu cũ",
        "forgotten.list is not being written: what was erased lately could come back from an older backup",
    );
    let todo = lang.pick(
        "chạy haidang backup ngay; xem máy chủ có chạy với backup_folder này và ghi được vào đó không",
        "run haidang backup now; see that the server runs with this backup_folder and can write there",
    );
    finding("forgotten_list", Level::Fault, what.to_owned(), todo)
}

pub fn broken_log(organisation: &str, line: i64, lang: Lang) -> Finding {
    let what = said(
        lang,
        format!("nhật ký của {organisation} không khớp từ dòng số {line}"),
        format!("the log of {organisation} doesn't hold from line number {line} on"),
    );
    let todo = lang.pick(
        "giữ nguyên bản này, so với bản sao lưu và bản người kiểm tra đã tải về; có người đã sửa cơ sở dữ liệu",
        "keep it as it is, compare it with backups and with what the auditor took along; somebody altered the database",
    );
    finding("logs", Level::Fault, what, todo)
}

pub fn no_logs(why: String, lang: Lang) -> Finding {
    let todo = lang.pick("xem cơ sở dữ liệu có đọc được không", "check that the database can be read");
    finding("logs", Level::Fault, why, todo)
}

pub fn keys_due(organisations: &[String], lang: Lang) -> Finding {
    let list = some(organisations, lang);
    let what = said(
        lang,
        format!("phải thay khoá: {list} (người biết khoá đã rời đi, hoặc bản sao lưu vừa đưa khoá cũ trở lại)"),
        format!("the key must be replaced: {list} (somebody left who knows it, or a backup brought an old one back)"),
    );
    let todo = lang.pick(
        "báo người quản trị của họ: bàn làm việc, Đồng nghiệp, “Thay khoá của tổ chức”",
        "tell their administrators: at the desk, Colleagues, “Replace the organisation's key”",
    );
    finding("organisation_keys", Level::Warning, what, todo)
}

pub fn no_keys(why: String, lang: Lang) -> Finding {
    let todo = lang.pick("xem cơ sở dữ liệu có đọc được không", "check that the database can be read");
    finding("organisation_keys", Level::Fault, why, todo)
}

fn some<T: ToString>(all: &[T], lang: Lang) -> String {
    let mut listed: Vec<String> = all.iter().take(LISTED).map(ToString::to_string).collect();
    if all.len() > LISTED {
        let more = all.len() - LISTED;
        listed.push(said(lang, format!("và {more} nữa"), format!("and {more} more")));
    }
    listed.join(", ")
}
