//! A notice of illegal content to a platform, with what article 16 (2) of the EU's Digital Services Act names: the reasons,
//! the exact location, who notifies, a statement of good faith. Never a picture.

use crate::{
    case::Case,
    fill::Values,
    mail::{Address, BadAddress, Letter},
    paper::Paper,
    sheet::Sheet,
};
use vocabulary::{Harm, Lang};

/// The most links of one notice.
pub const LINKS: usize = 100;
/// The place of what only the hotline and the police may get, among [`crate::PLATFORMS`].
pub const HOTLINE: &str = "hotline";
/// The most letters of one link.
pub const LINK_LETTERS: usize = 2000;

/// Why a notice can't be made of this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// It is about sexual material of a child: no letter goes to a platform.
    #[error("only the hotline")]
    OnlyHotline,
    /// No link stands in it.
    #[error("no link")]
    NoLink,
    /// Too many links.
    #[error("more than {LINKS} links")]
    TooManyLinks,
    /// This line is no link; lines count from 1.
    #[error("line {0} is no link")]
    Link(usize),
    /// This field holds a line break or another control character.
    #[error("a control character in `{0}`")]
    Control(&'static str),
    /// Why it must go is not said.
    #[error("no reason")]
    NoReason,
    /// Nobody stands behind it.
    #[error("no name")]
    NoName,
    /// The statement of good faith is missing.
    #[error("no statement of good faith")]
    NoGoodFaith,
    /// The address for the answer, or the one it goes to.
    #[error(transparent)]
    Address(#[from] BadAddress),
}

impl NoticeError {
    /// What is wrong and what to do, as the worker reads it.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::OnlyHotline => lang.pick(
                "Chuyện này chỉ báo 111, VN-COP hoặc công an; không gửi thư cho nền tảng.",
                "This goes to 111, VN-COP or the police only; no letter goes to a platform.",
            ).into(),
            Self::NoLink => lang.pick("Hãy ghi ít nhất một đường dẫn.", "Write at least one link.").into(),
            Self::TooManyLinks => match lang {
                Lang::Vi => format!("Nhiều nhất {LINKS} đường dẫn một lần; hãy chia ra."),
                Lang::En => format!("At most {LINKS} links at once; make several notices."),
            },
            Self::Link(line) => match lang {
                Lang::Vi => format!("Dòng {line} không phải đường dẫn: mỗi dòng một đường dẫn, bắt đầu bằng https:// hoặc http://."),
                Lang::En => format!("Line {line} is no link: one a line, beginning with https:// or http://."),
            },
            Self::Control(_) => lang.pick(
                "Có ký tự điều khiển (như xuống dòng) trong một ô chỉ được một dòng; hãy xoá đi và gõ lại.",
                "A control character (such as a line break) stands where only one line may; delete it and type again.",
            ).into(),
            Self::NoReason => lang.pick("Hãy ghi vì sao phải gỡ.", "Write why it must go.").into(),
            Self::NoName => lang.pick("Hãy ghi tên người gửi yêu cầu.", "Write who notifies.").into(),
            Self::NoGoodFaith => lang.pick("Hãy đánh dấu lời xác nhận.", "Tick the statement of good faith.").into(),
            Self::Address(BadAddress(address)) => match lang {
                Lang::Vi => format!("“{address}” không phải địa chỉ e-mail."),
                Lang::En => format!("“{address}” is no e-mail address."),
            },
        }
    }
}

/// Whether this may only go to 111, VN-COP and the police: sexual material of a child, or intimate pictures of somebody
/// who may be under 18. Unknown age counts as under 18.
pub fn only_hotline(case: &Case) -> bool {
    let young = case.age().is_none_or(|age| age.is_child() || age == vocabulary::AgeBand::Unknown);
    match case.harm() {
        Some(Harm::ChildSexualMaterial | Harm::ChildExploitation) => true,
        Some(Harm::ImageAbuse | Harm::Sextortion | Harm::SyntheticImage) => young,
        _ => false,
    }
}

/// What may be printed, copied or sent: complete by article 16 (2), and safe to stand in a letter.
///
/// # Errors
/// Says the first thing that is missing or can't stand.
pub fn check(values: &Values) -> Result<(), NoticeError> {
    let value = |name: &str| values.get(name).map(|value| value.trim()).unwrap_or_default();
    for name in ["harm", "account", "law", "since", "name", "email", "address"] {
        if value(name).chars().any(char::is_control) {
            return Err(NoticeError::Control(name));
        }
    }
    let mut links = 0;
    for (at, line) in value("links").split('\n').enumerate() {
        // Texts of some systems end their lines with both.
        let line = line.strip_suffix('\r').unwrap_or(line).trim_matches(' ');
        if line.is_empty() {
            continue;
        }
        if !is_link(line) {
            return Err(NoticeError::Link(at + 1));
        }
        links += 1;
    }
    match links {
        0 => return Err(NoticeError::NoLink),
        1..=LINKS => {}
        _ => return Err(NoticeError::TooManyLinks),
    }
    if value("reason").is_empty() {
        return Err(NoticeError::NoReason);
    }
    // Who reports sexual material of a child need not say who she is (article 16 (2) (c)).
    if value("name").is_empty() && value("platform") != HOTLINE {
        return Err(NoticeError::NoName);
    }
    if value("good_faith") != "yes" {
        return Err(NoticeError::NoGoodFaith);
    }
    Ok(())
}

fn is_link(line: &str) -> bool {
    let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let clean = !line.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    clean && line.len() <= LINK_LETTERS && host.is_some_and(|host| host.contains('.') && !host.starts_with('.'))
}

/// The subject of the letter.
pub fn subject(values: &Values, lang: Lang) -> String {
    let harm = values.get("harm").map(|harm| harm.trim()).unwrap_or_default();
    let notice = lang.pick("Yêu cầu gỡ nội dung", "Notice of illegal content");
    if harm.is_empty() { notice.into() } else { format!("{notice}: {harm}") }
}

/// The notice as a file that mail programs open as a draft. `case` says whether it may be written at all.
///
/// # Errors
/// As [`check`]; [`NoticeError::OnlyHotline`] where [`only_hotline`]; an address that is none.
pub fn letter(paper: &Paper, values: &Values, case: &Case, lang: Lang) -> Result<String, NoticeError> {
    if only_hotline(case) || values.get("platform").is_some_and(|platform| platform == HOTLINE) {
        return Err(NoticeError::OnlyHotline);
    }
    check(values)?;
    let value = |name: &str| values.get(name).map(|value| value.trim()).unwrap_or_default();
    let from = Address::parse(value("email"))?;
    let to = Some(value("address")).filter(|address| !address.is_empty()).map(Address::parse).transpose()?;
    let text = Sheet::of(paper, values, lang).text();
    let letter = Letter {
        from_name: value("name"),
        from: &from,
        to: to.as_ref(),
        subject: &subject(values, lang),
        at: case.now,
        text: &text,
    };
    Ok(letter.file())
}
