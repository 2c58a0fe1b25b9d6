//! The files that an operator may give in place of what is built in: the help directory and the host list.
//!
//! At the start as later: what is damaged is not taken, and the line says why and how to mend it.

use crate::settings::MailSettings;
use notices::{Mail, MailError};
use recognise::links::{
    HostList,
    feed::{self, FeedError, VerifyingKey},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};
use vocabulary::{Lang, directory::Directory};

/// No file of these was ever seen so large; a larger one is a mistake.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reads and checks a directory. The error names row and field.
pub fn open_directory(path: &Path, lang: Lang) -> Result<Directory, String> {
    let shown = path.display();
    let json = String::from_utf8(read(path, lang)?).map_err(|_| match lang {
        Lang::Vi => format!("{shown}: không phải chữ UTF-8; hãy lưu lại dạng UTF-8"),
        Lang::En => format!("{shown}: not UTF-8 text; save it as UTF-8"),
    })?;
    Directory::parse(&json).map_err(|error| format!("{shown}: {}", error.say(lang)))
}

/// Reads a signed host list that is not older than the one in force.
pub fn open_hosts(path: &Path, key: &VerifyingKey, in_force: &HostList, lang: Lang) -> Result<HostList, String> {
    let bytes = read(path, lang)?;
    let opened = feed::open(&bytes, key, in_force.version());
    opened.map_err(|error| format!("{}: {}", path.display(), say_feed_error(&error, lang)))
}

fn read(path: &Path, lang: Lang) -> Result<Vec<u8>, String> {
    let size = fs::metadata(path).map_err(|error| cannot_read(path, &error, lang))?.len();
    if size > MAX_BYTES {
        let shown = path.display();
        return Err(match lang {
            Lang::Vi => format!("{shown}: quá lớn ({size} byte; tối đa {MAX_BYTES}); xem lại có đúng tệp không"),
            Lang::En => {
                format!("{shown}: too large ({size} bytes; at most {MAX_BYTES}); check that it is the right file")
            }
        });
    }
    fs::read(path).map_err(|error| cannot_read(path, &error, lang))
}

/// The mail server of these settings: password and certificate are read once, at the start.
pub fn open_mail(named: &MailSettings, lang: Lang) -> Result<Mail, String> {
    let read = |path: &Path| fs::read(path).map_err(|error| cannot_read(path, &error, lang));
    let login = match &named.login {
        Some((name, file)) => {
            let password = String::from_utf8(read(file)?).map_err(|_| match lang {
                Lang::Vi => format!("{}: không phải chữ UTF-8", file.display()),
                Lang::En => format!("{}: not UTF-8 text", file.display()),
            })?;
            Some((name.clone(), password.trim_end_matches(['\r', '\n']).to_owned()))
        }
        None => None,
    };
    let authority = named.authority.as_deref().map(read).transpose()?;
    let opened = Mail::new(&named.host, named.port, named.security, login, &named.from, authority.as_deref());
    opened.map_err(|error| match (error, lang) {
        (MailError::Address, Lang::Vi) => format!("smtp_from = \"{}\" không phải địa chỉ thư", named.from),
        (MailError::Address, Lang::En) => format!("smtp_from = \"{}\" is not a mail address", named.from),
        (_, Lang::Vi) => "smtp_authority không phải chứng chỉ PEM".into(),
        (_, Lang::En) => "smtp_authority is not a PEM certificate".into(),
    })
}

/// The authority of time-stamps, and its certificates as they stand in the file.
pub fn open_timestamp((url, file): &(String, PathBuf), lang: Lang) -> Result<(timestamp::Authority, String), String> {
    let pem = fs::read(file).map_err(|error| cannot_read(file, &error, lang))?;
    let pem = String::from_utf8_lossy(&pem).into_owned();
    let authorities = timestamp::Authorities::from_pem(&pem).map_err(|error| match lang {
        Lang::Vi => format!("{}: không có chứng chỉ PEM; tệp phải có -----BEGIN CERTIFICATE-----", file.display()),
        Lang::En => format!("{}: {error}", file.display()),
    })?;
    Ok((timestamp::Authority { url: url.clone(), authorities: Arc::new(authorities) }, pem))
}

/// The organisations' own providers. Secrets are read once, at the start.
pub fn open_providers(path: &Path, lang: Lang) -> Result<Vec<Arc<oidc::Provider>>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| cannot_read(path, &error, lang))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    // A secret lies beside the file that names it, or where its whole path says.
    let providers = oidc::read(&text, |secret| fs::read_to_string(folder.join(secret)));
    let providers = providers.map_err(|error| match lang {
        Lang::Vi => format!("{shown}: {error}; mẫu tệp ở docs/desk.md"),
        Lang::En => format!("{shown}: {error}; docs/desk.md shows the file"),
    })?;
    Ok(providers.into_iter().map(Arc::new).collect())
}

/// Why a file can't be read, and what to look at.
pub fn cannot_read(path: &Path, error: &io::Error, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("không đọc được {}: {error}; xem lại đường dẫn và quyền đọc", path.display()),
        Lang::En => format!("can't read {}: {error}; check the path and the right to read", path.display()),
    }
}

fn say_feed_error(error: &FeedError, lang: Lang) -> String {
    if lang == Lang::En {
        return error.to_string();
    }
    match error {
        FeedError::NotAFeed => "không phải danh sách trang có chữ ký; hãy lấy lại tệp mới".into(),
        FeedError::Signature => "chữ ký không khớp; lấy lại tệp từ nơi phát hành, hoặc xem lại hosts_feed_key".into(),
        FeedError::Older { offered, in_force } => {
            format!("danh sách ngày {offered} cũ hơn danh sách đang dùng ({in_force}); hãy lấy tệp mới hơn")
        }
        FeedError::List(why) => format!("chữ ký đúng nhưng danh sách hỏng ({why}); báo cho nơi phát hành"),
    }
}
