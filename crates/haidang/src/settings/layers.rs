//! Where each value comes from: flag, environment, file, default; the first that speaks is in force.

use super::{
    Mistake,
    kind::Kind,
    table::{SETTINGS, Setting},
    value::{Value, parse, shown, shown_of},
};
use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use vocabulary::Lang;

/// The file that is read if it is there and no other is named.
pub const DEFAULT_FILE: &str = "haidang.toml";
/// Variables with our prefix that are no settings.
const OTHER_VARIABLES: [&str; 2] = ["HAIDANG_LANG", "HAIDANG_CONFIG"];
/// More alike than this, a name is offered in place of an unknown one.
const ALIKE: f64 = 0.75;

/// What the user gave.
#[derive(Debug, Default)]
pub struct Sources {
    /// By the setting's key.
    pub flags: BTreeMap<&'static str, String>,
    /// The environment, as far as it is text.
    pub variables: Vec<(String, String)>,
    /// The file that was named by `--config`.
    pub file: Option<PathBuf>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Flag(String),
    Variable(String),
    /// File and line.
    File(PathBuf, usize),
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "--{flag}"),
            Self::Variable(name) => f.write_str(name),
            Self::File(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A setting with the value in force.
#[derive(Debug)]
pub struct Resolved {
    pub setting: &'static Setting,
    pub value: Value,
    /// As it was written, fit to be shown.
    pub text: String,
    pub origin: Origin,
}

/// What stands in the file: the value as text, and the line.
type FromFile = BTreeMap<&'static str, (String, usize)>;

/// The value in force of every setting, and everything that is wrong.
pub fn resolve(sources: &Sources, lang: Lang) -> (Vec<Resolved>, Vec<Mistake>) {
    let mut mistakes = unknown_variables(&sources.variables, lang);
    let (path, from_file) = read_file(sources, lang).unwrap_or_else(|mut wrong| {
        mistakes.append(&mut wrong.0);
        wrong.1
    });
    let resolved = SETTINGS.iter().map(|setting| {
        let (text, origin) = first_that_speaks(setting, sources, &path, &from_file);
        let value = parse(setting, &text).unwrap_or_else(|| {
            mistakes.push(wrong_value(setting, &text, &origin, lang));
            parse(setting, setting.default).expect("a test reads the defaults")
        });
        Resolved { setting, value, text: shown_of(setting, &text), origin }
    });
    (resolved.collect(), mistakes)
}

fn first_that_speaks(setting: &Setting, sources: &Sources, path: &Path, from_file: &FromFile) -> (String, Origin) {
    let variable = setting.variable();
    if let Some(text) = sources.flags.get(setting.key) {
        return (text.clone(), Origin::Flag(setting.flag()));
    }
    // An empty variable is how a script says "not set".
    if let Some((_, text)) = sources.variables.iter().find(|(name, text)| *name == variable && !text.is_empty()) {
        return (text.clone(), Origin::Variable(variable));
    }
    match from_file.get(setting.key) {
        Some((text, line)) => (text.clone(), Origin::File(path.into(), *line)),
        None => (setting.default.into(), Origin::Default),
    }
}

fn wrong_value(setting: &Setting, text: &str, origin: &Origin, lang: Lang) -> Mistake {
    let (key, range) = (setting.key, setting.kind.range(lang));
    // What is wrong with an address is said without repeating it.
    let text = match text.trim().parse::<store::Address>() {
        Err(store::StoreError::Address(why)) if setting.kind == Kind::Database => format!("(…): {why}"),
        _ => shown_of(setting, text),
    };
    Mistake(match lang {
        Lang::Vi => format!("{key} = \"{text}\" ({origin}) không dùng được; phải là: {range}"),
        Lang::En => format!("{key} = \"{text}\" ({origin}) can't be used; it must be: {range}"),
    })
}

fn unknown_variables(variables: &[(String, String)], lang: Lang) -> Vec<Mistake> {
    let known: Vec<String> = SETTINGS.iter().map(Setting::variable).collect();
    let ours = variables.iter().map(|(name, _)| name.as_str()).filter(|name| name.starts_with("HAIDANG_"));
    let unknown = ours.filter(|name| !OTHER_VARIABLES.contains(name) && !known.iter().any(|k| k == name));
    unknown.map(|name| unknown_name(name, "", known.iter().map(String::as_str), lang)).collect()
}

/// Names the nearest name that there is.
fn unknown_name<'a>(name: &str, place: &str, known: impl Iterator<Item = &'a str>, lang: Lang) -> Mistake {
    let rated = known.map(|k| (strsim::jaro_winkler(&name.to_lowercase(), &k.to_lowercase()), k));
    let nearest = rated.filter(|(alike, _)| *alike > ALIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, k)| k);
    let name = shown(name);
    Mistake(match (lang, nearest) {
        (Lang::Vi, Some(near)) => format!("{place}không có cài đặt \"{name}\"; có phải ý bạn là \"{near}\"?"),
        (Lang::En, Some(near)) => format!("{place}there is no setting \"{name}\"; did you mean \"{near}\"?"),
        (Lang::Vi, None) => format!("{place}không có cài đặt \"{name}\"; xem: haidang config example"),
        (Lang::En, None) => format!("{place}there is no setting \"{name}\"; see: haidang config example"),
    })
}

/// The mistakes of a file, and what of it can be used all the same.
type PartlyRead = (Vec<Mistake>, (PathBuf, FromFile));

fn read_file(sources: &Sources, lang: Lang) -> Result<(PathBuf, FromFile), PartlyRead> {
    let by_variable = || sources.variables.iter().find(|(name, v)| name == "HAIDANG_CONFIG" && !v.is_empty());
    let named = sources.file.clone().or_else(|| by_variable().map(|(_, path)| path.into()));
    let path = named.clone().unwrap_or_else(|| DEFAULT_FILE.into());
    let shown_path = path.display();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => return Ok((path, FromFile::new())),
        Err(error) => {
            let line = match lang {
                Lang::Vi => format!("không đọc được tệp cài đặt {shown_path}: {error}; xem lại đường dẫn và quyền đọc"),
                Lang::En => {
                    format!("can't read the settings file {shown_path}: {error}; check the path and the right to read")
                }
            };
            return Err((vec![Mistake(line)], (path, FromFile::new())));
        }
    };
    let (from_file, mistakes) = read_toml(&text, &format!("{shown_path}:"), lang);
    if mistakes.is_empty() { Ok((path, from_file)) } else { Err((mistakes, (path, from_file))) }
}

fn read_toml(text: &str, place: &str, lang: Lang) -> (FromFile, Vec<Mistake>) {
    let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let mut from_file = FromFile::new();
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let line = line_of(error.span().map_or(0, |span| span.start));
            let why = say_toml_error(error.message(), lang);
            return (from_file, vec![Mistake(format!("{place}{line}: {why}"))]);
        }
    };
    let mut mistakes = Vec::new();
    for (key, value) in &table {
        let line = line_of(key.span().start);
        let place = format!("{place}{line}: ");
        let Some(setting) = SETTINGS.iter().find(|s| s.key == key.get_ref().as_ref()) else {
            mistakes.push(unknown_name(key.get_ref(), &place, SETTINGS.iter().map(|s| s.key), lang));
            continue;
        };
        match as_text(value) {
            Some(text) => {
                from_file.insert(setting.key, (text, line));
            }
            None => mistakes.push(Mistake(match lang {
                Lang::Vi => format!("{place}{} phải là: {}", setting.key, setting.kind.range(lang)),
                Lang::En => format!("{place}{} must be: {}", setting.key, setting.kind.range(lang)),
            })),
        }
    }
    (from_file, mistakes)
}

/// What is wrong with the line and how one is written. The library speaks English only; what it says most is translated.
fn say_toml_error(said: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return format!("not valid TOML ({said}); each line is: name = \"value\"");
    }
    let why = match said.split(", expected").next().unwrap_or(said) {
        "duplicate key" => "tên này đã có ở một dòng khác; giữ lại một dòng",
        "string values must be quoted" => "giá trị còn trống, hoặc chưa nằm trong ngoặc kép",
        "key with no value" => "sau tên phải có dấu = và giá trị",
        "missing escaped value" => "dấu \\ trong ngoặc kép phải viết hai lần: \\\\",
        what if what.starts_with("invalid") => "giá trị phải nằm trong ngoặc kép",
        what if what.starts_with("unclosed") || what.starts_with("missing comma") => {
            "danh sách thiếu dấu phẩy hoặc dấu đóng"
        }
        _ => "không đúng cú pháp TOML",
    };
    format!("{why}; mỗi dòng là: tên = \"giá trị\"")
}

/// Texts, numbers and lists of texts; nothing else is a value of ours.
fn as_text(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Array(parts) => {
            parts.iter().map(|part| part.get_ref().as_str()).collect::<Option<Vec<_>>>().map(|parts| parts.join(","))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(text: &str) -> Vec<String> {
        read_toml(text, "haidang.toml:", Lang::En).1.into_iter().map(|m| m.0).collect()
    }

    #[test]
    fn every_default_is_within_its_own_range() {
        for setting in SETTINGS {
            assert!(parse(setting, setting.default).is_some(), "{}", setting.key);
            assert!(parse(setting, setting.example).is_some() || setting.example.is_empty(), "{}", setting.key);
            assert!(Lang::ALL.iter().all(|lang| !setting.meaning(*lang).is_empty()));
        }
    }

    #[test]
    fn a_mistake_names_its_line_and_the_nearest_key() {
        assert_eq!(
            say("listen = \"127.0.0.1:1\"\n\ntls_certifcate = \"x\"\n"),
            ["haidang.toml:3: there is no setting \"tls_certifcate\"; did you mean \"tls_certificate\"?"]
        );
        assert!(say("listen = \n")[0].starts_with("haidang.toml:1: not valid TOML"));
        assert!(say("[listen]\nport = 1")[0].starts_with("haidang.toml:1: listen must be"));
    }

    #[test]
    fn what_is_no_toml_is_said_in_vietnamese() {
        for (text, why) in [
            ("listen = ", "còn trống, hoặc chưa nằm trong ngoặc kép"),
            ("listen = localhost", "còn trống, hoặc chưa nằm trong ngoặc kép"),
            ("listen = 127.0.0.1", "giá trị phải nằm trong ngoặc kép"),
            ("listen", "sau tên phải có dấu ="),
            ("listen = \"a\"\nlisten = \"b\"", "tên này đã có ở một dòng khác"),
            ("trusted_proxies = [\"10.0.0.0/8\"", "danh sách thiếu dấu phẩy hoặc dấu đóng"),
            ("tls_key = \"C:\\q\"", "phải viết hai lần"),
            ("=", "không đúng cú pháp TOML"),
        ] {
            let said = read_toml(text, "haidang.toml:", Lang::Vi).1;
            assert!(said.len() == 1 && said[0].0.contains(why), "{text}: {said:?}");
            assert!(said[0].0.ends_with("; mỗi dòng là: tên = \"giá trị\""), "{said:?}");
        }
    }

    #[test]
    fn flag_goes_before_environment_before_file_before_default() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("h.toml");
        fs::write(&file, "header_seconds = 3\nbody_seconds = 3\nrequest_seconds = 3\n").unwrap();
        let variable = |key: &str| (format!("HAIDANG_{key}"), "4".to_owned());
        let sources = Sources {
            flags: BTreeMap::from([("header_seconds", "5".into())]),
            variables: vec![variable("HEADER_SECONDS"), variable("BODY_SECONDS")],
            file: Some(file),
        };
        let (resolved, mistakes) = resolve(&sources, Lang::En);
        assert_eq!(mistakes, []);
        let of = |key| resolved.iter().find(|r| r.setting.key == key).map(|r| r.value.clone());
        let expected = [("header_seconds", 5), ("body_seconds", 4), ("request_seconds", 3), ("drain_seconds", 10)];
        for (key, value) in expected {
            assert_eq!(of(key), Some(Value::Number(value)), "{key}");
        }
    }

    #[test]
    fn a_pasted_key_is_not_shown() {
        let sources = Sources {
            variables: vec![("HAIDANG_LISTEN".into(), "-----BEGIN PRIVATE KEY----- abc".into())],
            ..Sources::default()
        };
        let (resolved, mistakes) = resolve(&sources, Lang::Vi);
        assert!(!format!("{resolved:?}{mistakes:?}").contains("abc"));
    }

    #[test]
    fn a_password_in_the_address_of_a_database_is_not_shown() {
        for (address, right) in [
            ("postgres://ha:abc@localhost/haidang", true),
            ("postgres://ha:abc@db.example/haidang?sslmode=verify-full", true),
            ("postgres://ha:abc@db.example/haidang", false),
            ("postgres://ha:abc@localhost/haidang?pasword=abc", false),
            ("ha:abc@localhost", false),
        ] {
            let variables = vec![("HAIDANG_DATABASE".into(), address.to_owned())];
            let (resolved, mistakes) = resolve(&Sources { variables, ..Sources::default() }, Lang::En);
            let of = resolved.iter().find(|r| r.setting.key == "database").unwrap();
            assert_eq!((matches!(of.value, Value::Database(_)), mistakes.is_empty()), (right, right), "{mistakes:?}");
            assert!(!format!("{resolved:?}{mistakes:?}").contains("abc"), "{mistakes:?}");
        }
    }
}
