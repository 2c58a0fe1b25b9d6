//! Settings: from flags, else the environment, else one TOML file, else what [`table`] says.

mod kind;
mod layers;
mod report;
mod table;
mod value;

pub use layers::{Origin, Resolved, Sources};
pub use report::{check, example};
pub use table::{SETTINGS, Setting};

use layers::resolve;
use recognise::links::feed::VerifyingKey;
use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf, time::Duration};
use tracing::Level;
use value::Value;
use vocabulary::Lang;
use web::listen::{Limits, TrustedProxies};

/// Everything the server was told, understood and checked against each other.
#[derive(Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Certificate and key.
    pub tls: Option<(PathBuf, PathBuf)>,
    pub proxies: TrustedProxies,
    /// What the pages say of this server, and how often they check for one network.
    pub site: web::Settings,
    pub metrics: Option<SocketAddr>,
    /// Somebody asked for the metrics to be there, so a taken port is no small thing.
    pub metrics_were_asked_for: bool,
    /// Where reports lie.
    pub place: store::Place,
    /// Where backups go, and how.
    pub backup: BackupSettings,
    /// The most bytes of one report's files.
    pub report_files_bytes: u64,
    pub directory_file: Option<PathBuf>,
    /// The providers of organisations.
    pub oidc_file: Option<PathBuf>,
    /// The file and the key of who signs it.
    pub hosts_feed: Option<(PathBuf, VerifyingKey)>,
    /// Where time-stamps are asked for, and the file of the certificates that are believed.
    pub timestamp: Option<(String, PathBuf)>,
    /// Where letters to organisations are handed in.
    pub mail: Option<MailSettings>,
    pub reload_every: Duration,
    pub limits: Limits,
    pub log_json: bool,
    pub log_level: Level,
}

/// Backups, as far as they are set.
#[derive(Debug)]
pub struct BackupSettings {
    pub folder: Option<PathBuf>,
    pub recipient: Option<backup::Recipient>,
    /// How long they live.
    pub days: u32,
}

/// The mail server, as it was named.
#[derive(Debug)]
pub struct MailSettings {
    pub host: String,
    pub port: u16,
    pub security: notices::Security,
    pub from: String,
    /// The name, and the file of the password.
    pub login: Option<(String, PathBuf)>,
    pub authority: Option<PathBuf>,
}

/// One thing that is wrong with the settings, in the user's language, with how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake(pub String);

impl Settings {
    /// Gathers and checks; every mistake is told, not only the first.
    pub fn read(sources: &Sources, lang: Lang) -> Result<Self, Vec<Mistake>> {
        let (resolved, mut mistakes) = resolve(sources, lang);
        let values = Values(&resolved);
        mistakes.extend(values.at_odds(lang));
        if mistakes.is_empty() { Ok(values.settings()) } else { Err(mistakes) }
    }
}

/// The resolved values by name.
struct Values<'a>(&'a [Resolved]);

impl Values<'_> {
    fn of(&self, key: &str) -> &Resolved {
        self.0.iter().find(|r| r.setting.key == key).expect("every setting of the table is resolved")
    }

    fn file(&self, key: &str) -> Option<PathBuf> {
        match &self.of(key).value {
            Value::File(path) => Some(path.clone()),
            _ => None,
        }
    }

    fn address(&self, key: &str) -> Option<SocketAddr> {
        match self.of(key).value {
            Value::Address(address) => Some(address),
            _ => None,
        }
    }

    fn number(&self, key: &str) -> u64 {
        match self.of(key).value {
            Value::Number(number) => number,
            _ => 0,
        }
    }

    fn text(&self, key: &str) -> Option<String> {
        match &self.of(key).value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn seconds(&self, key: &str) -> Duration {
        Duration::from_secs(self.number(key))
    }

    fn word(&self, key: &str) -> &'static str {
        match self.of(key).value {
            Value::Word(word) => word,
            _ => "",
        }
    }

    fn is_set(&self, key: &str) -> bool {
        self.of(key).value != Value::Off
    }

    /// What is right alone but not together.
    fn at_odds(&self, lang: Lang) -> Vec<Mistake> {
        let pairs = [
            ("tls_certificate", "tls_key"),
            ("tls_key", "tls_certificate"),
            ("hosts_feed", "hosts_feed_key"),
            ("timestamp_url", "timestamp_ca"),
            ("timestamp_ca", "timestamp_url"),
            ("smtp_host", "smtp_from"),
            ("smtp_user", "smtp_password_file"),
            ("smtp_password_file", "smtp_user"),
            ("backup_recipient", "backup_folder"),
        ];
        let lonely = pairs.iter().filter(|(one, other)| self.is_set(one) && !self.is_set(other));
        let mut mistakes: Vec<Mistake> = lonely
            .map(|(one, other)| match lang {
                Lang::Vi => Mistake(format!("{one} cần có {other} đi cùng: đặt cả hai, hoặc bỏ cả hai")),
                Lang::En => Mistake(format!("{one} needs {other} beside it: set both, or neither")),
            })
            .collect();
        let guarded = self.is_set("tls_certificate") || self.is_set("trusted_proxies");
        if let Some(address) = self.address("listen").filter(|a| !a.ip().is_loopback() && !guarded) {
            mistakes.push(Mistake(plain_http(address, lang)));
        }
        mistakes.extend(self.bucket(lang).err());
        if self.is_set("smtp_host") {
            mistakes.extend(self.mail().err().map(|why| Mistake(why.say(lang))));
        }
        mistakes
    }

    fn mail(&self) -> Result<MailSettings, MailMistake> {
        let named = self.text("smtp_host").unwrap_or_default();
        let (host, port) = named.rsplit_once(':').ok_or(MailMistake::Host)?;
        let port = port.parse().ok().filter(|port| *port != 0).ok_or(MailMistake::Host)?;
        let security = match self.word("smtp_security") {
            "tls" => notices::Security::Tls,
            "off" if !["localhost", "127.0.0.1", "[::1]"].contains(&host) => return Err(MailMistake::Unguarded),
            "off" => notices::Security::Off,
            _ => notices::Security::StartTls,
        };
        Ok(MailSettings {
            host: host.to_owned(),
            port,
            security,
            from: self.text("smtp_from").unwrap_or_default(),
            login: self.text("smtp_user").zip(self.file("smtp_password_file")),
            authority: self.file("smtp_authority"),
        })
    }

    fn place(&self) -> store::Place {
        let database = match &self.of("database").value {
            Value::Database(address) => Some(address.clone()),
            _ => None,
        };
        let folder = self.file("data").expect("its default is a folder");
        store::Place { database, files: self.bucket(Lang::En).ok().flatten(), ..store::Place::folder(folder) }
    }

    /// The storage of sealed files, with its key.
    fn bucket(&self, lang: Lang) -> Result<Option<store::Bucket>, Mistake> {
        let Some(address) = self.text("files") else { return Ok(None) };
        let said = |vi: String, en: String| Mistake(if lang == Lang::Vi { vi } else { en });
        if !address.starts_with("s3://") {
            return Err(said("files phải là s3://kho/đầu-tên".into(), "files must be s3://bucket/prefix".into()));
        }
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let missing = |setting: &str, variable: &str| {
            said(
                format!("files cần có {setting}, hoặc biến {variable}"),
                format!("files needs {setting}, or the variable {variable}"),
            )
        };
        let key_id = self.text("s3_key_id").or_else(|| variable("AWS_ACCESS_KEY_ID"));
        let secret = match self.file("s3_secret_file") {
            Some(path) => Some(store::Secret::File(path)),
            None => variable("AWS_SECRET_ACCESS_KEY").map(store::Secret::Text),
        };
        Ok(Some(store::Bucket {
            address,
            endpoint: self.text("s3_endpoint"),
            region: self.text("s3_region").unwrap_or_else(|| "us-east-1".into()),
            key_id: key_id.ok_or_else(|| missing("s3_key_id", "AWS_ACCESS_KEY_ID"))?,
            secret: secret.ok_or_else(|| missing("s3_secret_file", "AWS_SECRET_ACCESS_KEY"))?,
            authority: self.file("s3_authority"),
        }))
    }

    fn backup(&self) -> BackupSettings {
        let recipient = match &self.of("backup_recipient").value {
            Value::Recipient(recipient) => Some(recipient.clone()),
            _ => None,
        };
        BackupSettings { folder: self.file("backup_folder"), recipient, days: self.number("backup_days") as u32 }
    }

    fn site(&self, listen: SocketAddr) -> web::Settings {
        let scheme = if self.is_set("tls_certificate") { "https" } else { "http" };
        web::Settings {
            base_url: self.text("base_url").unwrap_or_else(|| format!("{scheme}://{listen}")),
            exit_url: self.text("exit_url").unwrap_or_else(|| web::Settings::default().exit_url),
            operator: self.text("operator").unwrap_or_default(),
            operator_contact: self.text("operator_contact").unwrap_or_default(),
            backup_days: self.is_set("backup_folder").then(|| self.number("backup_days") as u32),
            time_authority: None,
            providers: Vec::new(),
            rate: web::RateLimit {
                burst: NonZeroU32::new(self.number("rate_burst") as u32),
                per_second: NonZeroU32::new(self.number("rate_per_second") as u32).unwrap_or(NonZeroU32::MIN),
            },
        }
    }

    fn settings(&self) -> Settings {
        let listen = self.address("listen").expect("its default is an address");
        let proxies = match &self.of("trusted_proxies").value {
            Value::Networks(networks) => networks.clone(),
            _ => Vec::new(),
        };
        let key = match self.of("hosts_feed_key").value {
            Value::PublicKey(key) => Some(key),
            _ => None,
        };
        Settings {
            listen,
            site: self.site(listen),
            tls: self.file("tls_certificate").zip(self.file("tls_key")),
            proxies: TrustedProxies::new(proxies),
            metrics: self.address("metrics"),
            metrics_were_asked_for: self.of("metrics").origin != Origin::Default,
            place: self.place(),
            backup: self.backup(),
            report_files_bytes: self.number("report_files_mib") * 1024 * 1024,
            directory_file: self.file("directory_file"),
            oidc_file: self.file("oidc_file"),
            hosts_feed: self.file("hosts_feed").zip(key),
            timestamp: self.text("timestamp_url").zip(self.file("timestamp_ca")),
            mail: self.is_set("smtp_host").then(|| self.mail().ok()).flatten(),
            reload_every: self.seconds("reload_seconds"),
            limits: Limits {
                header: self.seconds("header_seconds"),
                body: self.seconds("body_seconds"),
                request: self.seconds("request_seconds"),
                connection: self.seconds("connection_seconds"),
                drain: self.seconds("drain_seconds"),
                connections: self.number("max_connections") as usize,
            },
            log_json: self.word("log_format") == "json",
            log_level: self.word("log_level").parse().unwrap_or(Level::INFO),
        }
    }
}

/// What is wrong with the mail server's settings.
enum MailMistake {
    Host,
    Unguarded,
}

impl MailMistake {
    fn say(&self, lang: Lang) -> String {
        let [vi, en] = match self {
            Self::Host => [
                "smtp_host phải là tên:cổng, ví dụ mail.haidang.example:587",
                "smtp_host must be name:port, such as mail.haidang.example:587",
            ],
            Self::Unguarded => [
                "smtp_security = \"off\" chỉ dùng khi máy chủ thư ở chính máy này; hãy đặt starttls hoặc tls",
                "smtp_security = \"off\" is only for a mail server on this very machine; set starttls or tls",
            ],
        };
        lang.pick(vi, en).into()
    }
}

/// Why plain HTTP is refused, and the two ways out.
pub fn plain_http(address: SocketAddr, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!(
            "không phục vụ HTTP trần ở {address}: đặt tls_certificate và tls_key, hoặc nêu proxy đứng trước ở trusted_proxies, hoặc nghe ở 127.0.0.1"
        ),
        Lang::En => format!(
            "plain HTTP on {address} is refused: set tls_certificate and tls_key, or name the proxy in front in trusted_proxies, or listen on 127.0.0.1"
        ),
    }
}
