//! What a setting may be, and how that is said.

use vocabulary::Lang;

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `address:port`.
    Address,
    /// `address:port` of this machine, or `off`.
    LocalAddressOrOff,
    /// A file.
    File,
    /// A folder; it is made where it is missing.
    Folder,
    /// Networks such as `10.0.0.0/8`, or single addresses.
    Networks,
    /// A whole number within these, both included.
    Number(u64, u64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// An Ed25519 public key: 64 hexadecimal digits.
    PublicKey,
    /// `https://host` or `http://host`, with or without a path.
    Url,
    /// A line of text of at most so many letters.
    Text(usize),
    /// The address of a PostgreSQL database; what of it may be a secret is never shown.
    Database,
    /// An age recipient: `age1…`.
    Recipient,
}

impl Kind {
    /// The range in words.
    pub fn range(self, lang: Lang) -> String {
        match self {
            Self::Address => {
                lang.pick("địa chỉ:cổng, ví dụ 127.0.0.1:8080", "address:port, such as 127.0.0.1:8080").into()
            }
            Self::LocalAddressOrOff => lang
                .pick("địa chỉ:cổng của chính máy này, hoặc off", "address:port of this very machine, or off")
                .into(),
            Self::File => lang.pick("đường dẫn tới tệp", "path of a file").into(),
            Self::Folder => lang.pick("đường dẫn tới thư mục", "path of a folder").into(),
            Self::Networks => {
                lang.pick("danh sách mạng, ví dụ 10.0.0.0/8, ::1", "a list of networks, such as 10.0.0.0/8, ::1").into()
            }
            Self::Number(from, to) => match lang {
                Lang::Vi => format!("số từ {from} đến {to}"),
                Lang::En => format!("a number from {from} to {to}"),
            },
            Self::Word(words) => words.join(" | "),
            Self::Url => lang.pick("https://… hoặc http://…", "https://… or http://…").into(),
            Self::Text(most) => match lang {
                Lang::Vi => format!("một dòng chữ, không quá {most} chữ cái"),
                Lang::En => format!("a line of text, at most {most} letters"),
            },
            Self::Database => lang
                .pick(
                    "postgres://tên@máy/cơ-sở-dữ-liệu?sslmode=verify-full (sslmode chỉ bỏ được khi ở chính máy này)",
                    "postgres://user@host/database?sslmode=verify-full (sslmode may be left out on this very machine only)",
                )
                .into(),
            Self::Recipient => lang.pick("khoá công khai age: age1…", "an age recipient: age1…").into(),
            Self::PublicKey => lang
                .pick("64 chữ số thập lục phân (khoá công khai Ed25519)", "64 hexadecimal digits (Ed25519 public key)")
                .into(),
        }
    }
}
