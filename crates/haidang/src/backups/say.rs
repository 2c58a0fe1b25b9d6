//! What is said of backups, in both languages.

use crate::house;
use backup::{BackupError, Recipient, Restored, Took};
use indicatif::{HumanBytes, HumanCount};
use std::path::Path;
use store::Place;
use vocabulary::{Lang, directory::Moment};

/// When, as people in Vietnam write it.
pub fn when(seconds: i64) -> String {
    let moment = Moment::from_unix_seconds(seconds);
    format!("{} {:02}:{:02}", moment.date(), moment.minute() / 60, moment.minute() % 60)
}

pub fn no_folder(lang: Lang) -> &'static str {
    lang.pick(
        "chưa biết ghi bản sao lưu vào đâu: nêu --to THƯ_MỤC, hoặc đặt backup_folder",
        "where should the backup go: name --to FOLDER, or set backup_folder",
    )
}

pub fn no_recipient(lang: Lang) -> &'static str {
    lang.pick(
        "chưa có khoá để niêm phong bản sao lưu: ở máy khác chạy haidang backup keygen TỆP, rồi đặt backup_recipient",
        "there is no key to seal the backup to: run haidang backup keygen FILE on another machine, then set backup_recipient",
    )
}

pub fn no_identity(path: &Path, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Vi => format!("{path}: không có khoá riêng age (dòng AGE-SECRET-KEY-1…); nêu đúng tệp bằng --identity"),
        Lang::En => {
            format!("{path}: there is no age private key (a line AGE-SECRET-KEY-1…); name the file by --identity")
        }
    }
}

pub fn no_time(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("--at \"{text}\": viết như 2026-11-26 hoặc 2026-11-26T14:30 (giờ Việt Nam)"),
        Lang::En => format!("--at \"{text}\": write it as 2026-11-26 or 2026-11-26T14:30 (time of Vietnam)"),
    }
}

pub fn key(path: &Path, recipient: &Recipient, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Vi => format!(
            "Khoá riêng nằm ở {path}. Cất nó ở nơi an toàn, ít nhất hai chỗ, không để trên máy chủ:\n\
             mất nó thì không bản sao lưu nào mở được nữa; ai có nó thì mở được bản sao lưu.\n\
             Đặt trên máy chủ:\nbackup_recipient = \"{recipient}\"\n"
        ),
        Lang::En => format!(
            "The private key lies in {path}. Keep it safe, in two places at least, and not on the server:\n\
             without it no backup opens any more; who has it opens them.\n\
             Set on the server:\nbackup_recipient = \"{recipient}\"\n"
        ),
    }
}

pub fn took(took: &Took, days: u32, lang: Lang) -> String {
    let (at, rows, files) = (when(took.at), HumanCount(took.rows), HumanCount(took.files));
    let (new, all, dropped) = (HumanBytes(took.new_bytes), HumanBytes(took.bytes), took.dropped);
    match lang {
        Lang::Vi => format!(
            "Đã sao lưu lúc {at} (giờ Việt Nam): {rows} dòng, {files} tệp, {all}; ghi mới {new}.\n\
             Đã bỏ {dropped} bản cũ hơn {days} ngày.\n"
        ),
        Lang::En => format!(
            "Backup of {at} (time of Vietnam): {rows} rows, {files} files, {all}; {new} of it newly written.\n\
             Backups older than {days} days that were dropped: {dropped}.\n"
        ),
    }
}

pub fn missing(files: &[String], lang: Lang) -> String {
    let (count, list) = (files.len(), files.join(", "));
    match lang {
        Lang::Vi => format!(
            "{count} tệp mà dữ liệu có nhắc tới đã mất ngay trong kho, nên bản sao lưu không có: {list}; xem haidang doctor"
        ),
        Lang::En => format!(
            "{count} files that the data names are missing from the store itself, so the backup lacks them: {list}; see haidang doctor"
        ),
    }
}

/// Organisations whose old key came back.
pub fn keys_due(organisations: &[String], lang: Lang) -> String {
    let list = organisations.join(", ");
    match lang {
        Lang::Vi => format!(
            "Phải thay khoá lại: {list}. Sau bản sao lưu này khoá của họ đã được thay, hoặc người biết khoá đã rời đi; khoá cũ vừa \
             trở lại. Người quản trị của họ: bàn làm việc, Đồng nghiệp, “Thay khoá của tổ chức”.\n"
        ),
        Lang::En => format!(
            "Replace the key once more: {list}. Since this backup their key was replaced, or somebody left who knew it; the old \
             one has just come back. Their administrators do it at the desk: Colleagues, “Replace the organisation's key”.\n"
        ),
    }
}

pub fn restored(restored: &Restored, lang: Lang) -> String {
    let (at, program) = (when(restored.taken_at), &restored.program);
    let [cases, rows, files] = [restored.cases, restored.rows, restored.files].map(HumanCount);
    let (erased, forgotten) = (restored.erased, restored.forgotten);
    match lang {
        Lang::Vi => format!(
            "Đã phục hồi bản lúc {at} (giờ Việt Nam, haidang {program}): {cases} tin báo, {rows} dòng, {files} tệp, mọi mã băm đều khớp.\n\
             Từ đó đến nay có {forgotten} dòng trong danh sách đã xoá; {erased} tin báo đã xoá không trở lại.\n\
             Nhân viên phải đăng nhập lại; lời mời cũ không còn dùng được. Bước tiếp: haidang doctor, rồi haidang serve.\n"
        ),
        Lang::En => format!(
            "Brought back what was there at {at} (time of Vietnam, haidang {program}): {cases} cases, {rows} rows, {files} files, every hash is right.\n\
             The list of what was forgotten has {forgotten} lines since then; erased cases that didn't come back: {erased}.\n\
             Staff sign in again; old invitations don't hold any more. Next: haidang doctor, then haidang serve.\n"
        ),
    }
}

/// What is wrong and how to mend it.
pub fn error(folder: &Path, place: &Place, error: &BackupError, lang: Lang) -> String {
    let folder = folder.display();
    let said = |vi: String, en: String| if lang == Lang::Vi { vi } else { en };
    match error {
        BackupError::Store(error) => house::say(place, error, lang),
        BackupError::Busy => said(
            format!("{folder}: một bản sao lưu khác đang được ghi vào đây; hãy chờ nó xong"),
            format!("{folder}: another backup is being written here; wait until it is done"),
        ),
        BackupError::None => said(
            format!("{folder}: ở đây không có bản sao lưu nào như vậy; nêu đúng thư mục bằng --from, hoặc bỏ --at"),
            format!("{folder}: there is no such backup here; name the folder by --from, or leave --at out"),
        ),
        BackupError::OtherKey => said(
            "bản sao lưu này được niêm phong cho khoá khác; nêu đúng tệp khoá bằng --identity".into(),
            "this backup was sealed to another key; name the right one by --identity".into(),
        ),
        BackupError::NoList => said(
            format!(
                "{folder}: thiếu forgotten.list, danh sách những gì đã xoá; không có nó thì không phục hồi, kẻo thứ đã xoá trở lại. Lấy tệp đó từ máy chủ cũ hoặc bản chép khác của thư mục này"
            ),
            format!(
                "{folder}: forgotten.list, the list of what was erased, is missing; nothing is restored without it, or what was erased would come back. Take it from the old server or another copy of this folder"
            ),
        ),
        BackupError::ShortList { has, needs } => said(
            format!(
                "{folder}: forgotten.list chỉ có {has} dòng, lúc sao lưu có {needs}; đây là bản cũ, hãy tìm bản mới hơn"
            ),
            format!(
                "{folder}: forgotten.list has {has} lines and had {needs} when the backup was taken; it is an old copy, find a newer one"
            ),
        ),
        BackupError::DamagedList(line) => said(
            format!("{folder}: forgotten.list hỏng ở dòng {line}; lấy một bản chép khác của nó"),
            format!("{folder}: forgotten.list is damaged at line {line}; take another copy of it"),
        ),
        BackupError::OtherHouse => said(
            format!(
                "{folder}: forgotten.list ở đây thuộc về dữ liệu khác, hoặc mới hơn dữ liệu này; hãy nêu thư mục khác, hoặc phục hồi bằng haidang restore"
            ),
            format!(
                "{folder}: forgotten.list here belongs to other data, or is ahead of this; name another folder, or bring the data back by haidang restore"
            ),
        ),
        BackupError::Newer(layout) => said(
            format!("bản sao lưu này do bản haidang mới hơn ghi (kiểu {layout}); hãy dùng bản đó hoặc mới hơn"),
            format!("a newer haidang took this backup (layout {layout}); use that one or a newer one"),
        ),
        BackupError::Missing(part) => said(
            format!(
                "{folder}: thiếu phần {part}; tìm nó trong một bản chép khác của thư mục, hoặc chọn bản sao lưu khác bằng --at"
            ),
            format!(
                "{folder}: the part {part} is missing; look for it in another copy of the folder, or choose another backup by --at"
            ),
        ),
        BackupError::Damaged(part) => said(
            format!(
                "{folder}: phần {part} bị hỏng; tìm nó trong một bản chép khác của thư mục, hoặc chọn bản sao lưu khác bằng --at"
            ),
            format!(
                "{folder}: the part {part} is damaged; look for it in another copy of the folder, or choose another backup by --at"
            ),
        ),
        BackupError::Files { path, source } => said(
            format!("{}: {source}; xem đường dẫn, quyền và chỗ trống", path.display()),
            format!("{}: {source}; check the path, the rights and the room", path.display()),
        ),
        BackupError::Recipient | BackupError::Identity => error.to_string(),
    }
}
