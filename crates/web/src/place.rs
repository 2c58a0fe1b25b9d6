//! Where a page stands: its language and its cover make the prefix of its address, so that neither needs a cookie.

use vocabulary::Lang;

/// A name and icon under which the page is kept on a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Cover {
    /// Under its own name.
    #[default]
    Open,
    /// As notes.
    Notes,
    /// As a weather page.
    Weather,
}

impl Cover {
    /// Every cover, the open one first.
    pub const ALL: &'static [Self] = &[Self::Open, Self::Notes, Self::Weather];

    /// The letter in the address; empty for none.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Notes => "/n",
            Self::Weather => "/w",
        }
    }

    /// The name under the icon.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Open => "Hải Đăng",
            Self::Notes => lang.pick("Ghi chú", "Notes"),
            Self::Weather => lang.pick("Thời tiết", "Weather"),
        }
    }
}

/// A language and a cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The language of the page.
    pub lang: Lang,
    /// The cover it is seen under.
    pub cover: Cover,
}

/// Every page that has an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// What this is, with the box to check.
    Home,
    /// The box to check, and the answer.
    Check,
    /// Asking for help: a sealed report.
    Ask,
    /// Coming back with the receipt.
    Back,
    /// Keeping evidence on her own device.
    Evidence,
    /// Letters to police, bank, platform, school, to be printed.
    Letters,
    /// Lessons and simulated chats, by age.
    Learn,
    /// The help directory.
    Help,
    /// Who made this, how it works, its limits.
    About,
    /// What this page knows about her.
    Privacy,
    /// How to remove traces.
    Traces,
    /// Use without network, under which name.
    Keep,
    /// The API, to try.
    Api,
}

impl Page {
    /// Every page.
    pub const ALL: &'static [Self] = &[
        Self::Home,
        Self::Check,
        Self::Ask,
        Self::Back,
        Self::Evidence,
        Self::Letters,
        Self::Learn,
        Self::Help,
        Self::About,
        Self::Privacy,
        Self::Traces,
        Self::Keep,
        Self::Api,
    ];

    /// The last part of the address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Home => "",
            Self::Check => "check",
            Self::Ask => "ask",
            Self::Back => "back",
            Self::Evidence => "evidence",
            Self::Letters => "letters",
            Self::Learn => "learn",
            Self::Help => "help",
            Self::About => "about",
            Self::Privacy => "privacy",
            Self::Traces => "traces",
            Self::Keep => "keep",
            Self::Api => "api",
        }
    }

    /// The short name in menus.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Home => lang.pick("Trang đầu", "Home"),
            Self::Check => lang.pick("Kiểm tra", "Check"),
            Self::Ask => lang.pick("Kể cho nơi giúp", "Ask for help"),
            Self::Back => lang.pick("Đọc trả lời", "Come back"),
            Self::Evidence => lang.pick("Giữ bằng chứng", "Keep evidence"),
            Self::Letters => lang.pick("Viết đơn", "Write a letter"),
            Self::Learn => lang.pick("Học", "Learn"),
            Self::Help => lang.pick("Ai giúp bạn", "Who helps"),
            Self::About => lang.pick("Về Hải Đăng", "About"),
            Self::Privacy => lang.pick("Riêng tư", "Privacy"),
            Self::Traces => lang.pick("Xoá dấu vết", "Remove traces"),
            Self::Keep => lang.pick("Dùng không cần mạng", "Use without network"),
            Self::Api => lang.pick("API cho nền tảng", "API for platforms"),
        }
    }
}

impl Place {
    /// Every place: each language under each cover.
    pub fn all() -> impl Iterator<Item = Self> {
        Lang::ALL.iter().flat_map(|&lang| Cover::ALL.iter().map(move |&cover| Self { lang, cover }))
    }

    /// The prefix of every address here: `/vi`, `/en/n`.
    pub fn base(self) -> String {
        format!("/{}{}", self.lang.code(), self.cover.segment())
    }

    /// The address of a page here.
    pub fn href(self, page: Page) -> String {
        format!("{}/{}", self.base(), page.slug())
    }

    /// The same place in the other language.
    #[must_use]
    pub const fn switched(self) -> Self {
        let lang = match self.lang {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        };
        Self { lang, ..self }
    }

    /// The place of an address, for the pages that answer anywhere (404, errors).
    pub fn of_path(path: &str) -> Option<Self> {
        let mut parts = path.trim_start_matches('/').split('/');
        let lang = parts.next()?.parse().ok()?;
        let cover = parts.next().and_then(|s| Cover::ALL.iter().find(|c| c.segment().strip_prefix('/') == Some(s)));
        Some(Self { lang, cover: cover.copied().unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_back_to_its_place() {
        for place in Place::all() {
            for &page in Page::ALL {
                assert_eq!(Place::of_path(&place.href(page)), Some(place), "{}", place.href(page));
            }
        }
        assert_eq!(Place::of_path("/api/v1"), None);
    }
}
