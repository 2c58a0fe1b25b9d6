//! What holds and what doesn't, in plain words.

use crate::zip::Fault;

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The zip: whole, nothing else in it, nothing hidden.
    Shape,
    /// Every file is listed, and as long and the same as when it was put in.
    Files,
    /// The lists that make it a bag.
    Lists,
    /// The way from every file to the root.
    Root,
    /// The server's signature over root and time.
    Signature,
    /// Whether the server's key is the one that was named.
    Key,
    /// Entries of a case: their places in its signed log.
    Log,
    /// The time-stamp of an outside authority.
    Stamp,
    /// Whether that authority is one that was named.
    Authority,
}

impl What {
    /// For scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Files => "files",
            Self::Lists => "lists",
            Self::Root => "root",
            Self::Signature => "signature",
            Self::Key => "key",
            Self::Log => "log",
            Self::Stamp => "stamp",
            Self::Authority => "authority",
        }
    }
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds.
    Holds,
    /// It doesn't.
    Fails,
    /// It isn't in the package, or there was nothing to compare it with.
    Open,
}

impl State {
    /// For scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Open => "open",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: What,
    /// How it stands.
    pub state: State,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Finding {
    /// A finding in both languages.
    pub fn new(what: What, state: State, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { what, state, vi: vi.into(), en: en.into() }
    }
}

impl Fault {
    /// In Vietnamese; `Display` is the English.
    pub fn vietnamese(&self) -> String {
        match self {
            Self::NoZip => "đây không phải là tệp zip".into(),
            Self::CutOff => "thiếu phần cuối".into(),
            Self::Packed(name) => format!("{name} bị nén hoặc mã hoá; gói bằng chứng không bao giờ như vậy"),
            Self::Header(name) => format!("phần đầu của {name} đã bị sửa"),
            Self::Name => "có tệp mang tên mà gói bằng chứng không bao giờ có".into(),
            Self::Twice(name) => format!("{name} có hai lần"),
            Self::TooMany => "có nhiều tệp hơn một gói bằng chứng có thể có".into(),
            Self::Directory => "mục lục ở cuối không khớp với các tệp".into(),
            Self::Behind => "có thứ gì đó nằm sau phần cuối".into(),
        }
    }
}
