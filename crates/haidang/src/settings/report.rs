//! `haidang config check` and `haidang config example`: the settings, said to whoever installs.

use super::{
    Mistake, Settings,
    layers::{Origin, Resolved, Sources, resolve},
    table::SETTINGS,
};
use std::fmt::Write;
use vocabulary::Lang;

/// Every setting with value, origin, meaning and range; then every mistake. The second is whether there was none.
pub fn check(sources: &Sources, lang: Lang) -> (String, Vec<Mistake>) {
    let (resolved, _) = resolve(sources, lang);
    let mut out = String::new();
    for row in &resolved {
        write_row(&mut out, row, lang);
    }
    (out, Settings::read(sources, lang).err().unwrap_or_default())
}

fn write_row(out: &mut String, row: &Resolved, lang: Lang) {
    let setting = row.setting;
    let value = if row.text.is_empty() { lang.pick("(chưa đặt)", "(not set)") } else { &row.text };
    let origin = match &row.origin {
        Origin::Default => lang.pick("mặc định", "default").to_owned(),
        origin => origin.to_string(),
    };
    let range = lang.pick("Phạm vi", "Range");
    writeln!(out, "{} = {value}  [{origin}]\n    {}", setting.key, setting.meaning(lang))
        .expect("a String takes every line");
    writeln!(out, "    {range}: {}", setting.kind.range(lang)).expect("a String takes every line");
}

/// A whole file to start from; everything in it is a comment that states what is in force without it.
pub fn example(lang: Lang) -> String {
    let mut out = String::from(lang.pick(
        "# Cài đặt của Hải Đăng. Bỏ dấu # ở dòng muốn đổi. Kiểm tra: haidang config check\n# Thứ tự: tham số dòng lệnh, biến môi trường HAIDANG_…, tệp này, mặc định.\n",
        "# Settings of Hải Đăng. Take away the # of a line to change it. Check: haidang config check\n# Order: flags, variables HAIDANG_…, this file, default.\n",
    ));
    for setting in SETTINGS {
        let value = if setting.default.is_empty() { setting.example } else { setting.default };
        let value = if value.parse::<u64>().is_ok() { value.to_owned() } else { format!("\"{value}\"") };
        write!(out, "\n# {}\n# {}\n# {} = {value}\n", setting.meaning(lang), setting.kind.range(lang), setting.key)
            .expect("a String takes every line");
    }
    out
}
