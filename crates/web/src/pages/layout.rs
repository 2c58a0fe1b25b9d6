//! What surrounds every page: head, sticky bar with the way out, menus, foot.

use super::mark;
use crate::{Cover, Page, Place, Settings, assets};
use maud::{DOCTYPE, Markup, html};
use vocabulary::Lang;

/// A page before it is framed.
pub(super) struct Frame<'a> {
    pub place: Place,
    pub settings: &'a Settings,
    /// Which page, for the menu and the switch of language; none for errors, whose switch leads home.
    pub page: Option<Page>,
    pub title: &'a str,
    /// Styles beyond those of every page.
    pub styles: &'a [&'a str],
}

/// What differs from page to page in what surrounds it.
#[derive(Default)]
struct Around<'a> {
    posted: Option<&'a Posted>,
    /// What follows the page's own address: `/codes-are-keys`.
    below: &'a str,
}

/// What differs where a page is posted and a cookie holds the key of what lies in the server's memory.
pub(super) struct Posted {
    /// Where "leave now" leads: first there, so that the server forgets.
    pub exit: String,
    /// Whether the page has a form `plain` that keeps what is typed when the language is switched.
    pub has_form: bool,
}

impl Frame<'_> {
    pub fn lang(&self) -> Lang {
        self.place.lang
    }

    /// The whole document.
    pub fn wrap(&self, main: &Markup) -> Markup {
        self.document(main, &Around::default())
    }

    /// The same for an address below that of the page, which leads to itself in the other language.
    pub fn wrap_below(&self, main: &Markup, below: &str) -> Markup {
        self.document(main, &Around { below, ..Around::default() })
    }

    /// The same for a page that is posted.
    pub fn wrap_posted(&self, main: &Markup, posted: &Posted) -> Markup {
        self.document(main, &Around { posted: Some(posted), ..Around::default() })
    }

    fn document(&self, main: &Markup, around: &Around<'_>) -> Markup {
        let (lang, posted) = (self.lang(), around.posted);
        let exit = posted.map_or(self.settings.exit_url.as_str(), |posted| posted.exit.as_str());
        html! {
            (DOCTYPE)
            html lang=(lang.code()) data-cover=(self.cover_name()) {
                head { (self.head()) }
                body data-page=(self.page.map_or("error", Page::slug)) data-base=(self.place.base()) data-exit=(exit) {
                    a .skip href="#main" { (lang.pick("Tới phần chính", "Skip to main content")) }
                    (self.bar(exit, around))
                    (self.menu())
                    main #main tabindex="-1" { (main) }
                    (self.foot(posted.is_some()))
                }
            }
        }
    }

    /// A page to read: its title, a line that leads in, and the text below.
    pub fn article(&self, intro: &str, text: &Markup) -> Markup {
        self.wrap(&html! {
            article .prose {
                h1 .page-title { (self.title) }
                p .intro { (intro) }
                (text)
            }
        })
    }

    const fn cover_name(&self) -> &'static str {
        match self.place.cover {
            Cover::Open => "open",
            Cover::Notes => "notes",
            Cover::Weather => "weather",
        }
    }

    /// Under a cover nothing in the tab tells what the page is.
    fn tab_title(&self) -> String {
        match self.place.cover {
            Cover::Open => format!("{} · Hải Đăng", self.title),
            cover => cover.name(self.lang()).to_owned(),
        }
    }

    fn head(&self) -> Markup {
        html! {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            title { (self.tab_title()) }
            meta name="color-scheme" content="light dark";
            meta name="theme-color" content="#fbf6ec" media="(prefers-color-scheme: light)";
            meta name="theme-color" content="#0d1b23" media="(prefers-color-scheme: dark)";
            meta name="format-detection" content="telephone=no";
            link rel="stylesheet" href=(assets::TOKENS_CSS);
            link rel="stylesheet" href=(assets::COMPONENTS_CSS);
            @for style in self.styles { link rel="stylesheet" href=(style); }
            link rel="icon" type="image/svg+xml" href=(mark::icon(self.place.cover));
            link rel="apple-touch-icon" href=(mark::drawn(self.place.cover).small);
            link rel="manifest" href=(format!("{}/manifest.webmanifest", self.place.base()));
            script type="module" src=(assets::APP_JS) {}
            script nomodule src=(assets::OLD_JS) defer {}
            noscript { link rel="stylesheet" href=(assets::NOSCRIPT_CSS); }
        }
    }

    fn bar(&self, exit: &str, around: &Around<'_>) -> Markup {
        let lang = self.lang();
        let other = self.place.switched();
        let same_page = self.page.unwrap_or(Page::Home);
        html! {
            header .bar {
                a .brand href=(self.place.href(Page::Home)) {
                    (mark::mark(self.place.cover))
                    span { (self.place.cover.name(lang)) }
                }
                @if around.posted.is_some_and(|posted| posted.has_form) {
                    button #switch-language .bar-link .link type="submit" form="plain" name="go" value="language" lang=(other.lang.code()) {
                        (lang.pick("English", "Tiếng Việt"))
                    }
                } @else {
                    a #switch-language .bar-link href={ (other.href(same_page)) (around.below) } hreflang=(other.lang.code()) lang=(other.lang.code()) {
                        (lang.pick("English", "Tiếng Việt"))
                    }
                }
                a #quick-exit .exit href=(exit) rel="noreferrer nofollow"
                    title=(lang.pick("Hoặc bấm Esc ba lần", "Or press Esc three times")) {
                    (lang.pick("Thoát nhanh", "Leave now"))
                }
            }
        }
    }

    fn menu(&self) -> Markup {
        let lang = self.lang();
        html! {
            nav .menu aria-label=(lang.pick("Các trang chính", "Main pages")) { ul {
                @for page in [Page::Check, Page::Ask, Page::Back, Page::Help, Page::Traces] { li { (self.link(page)) } }
            } }
        }
    }

    fn link(&self, page: Page) -> Markup {
        let current = (self.page == Some(page)).then_some("page");
        html! { a href=(self.place.href(page)) aria-current=[current] { (page.name(self.lang())) } }
    }

    fn foot(&self, is_posted: bool) -> Markup {
        let lang = self.lang();
        html! {
            footer .foot {
                p { (if is_posted {
                    lang.pick(
                        "Không đăng ký, không theo dõi. Một cookie tạm giữ chìa khoá của những gì bạn vừa nhập; đóng trình duyệt là mất. Mã nguồn mở, ai cũng xem được.",
                        "No account, no tracking. One passing cookie holds the key of what you typed; it is gone when you close the browser. Open source, for anyone to inspect.",
                    )
                } else {
                    lang.pick(
                        "Không đăng ký, không cookie, không theo dõi. Mã nguồn mở, ai cũng xem được.",
                        "No account, no cookies, no tracking. Open source, for anyone to inspect.",
                    )
                }) }
                nav aria-label=(lang.pick("Các trang khác", "Other pages")) { ul {
                    @for page in [Page::Learn, Page::Back, Page::Evidence, Page::Letters, Page::About, Page::Privacy, Page::Traces, Page::Keep, Page::Api] { li { (self.link(page)) } }
                    li { a href="/directory.json" { (lang.pick("Danh bạ (dữ liệu mở)", "Directory (open data)")) } }
                } }
                p .fine { (lang.pick(
                    "“Thoát nhanh” xoá chữ trong ô rồi đổi trang này thành một trang khác, vô hại. Nó không xoá được lịch sử trình duyệt.",
                    "“Leave now” empties the box and turns this page into another, harmless one. It can't remove your browser's history.",
                )) " " a href=(self.place.href(Page::Traces)) { (lang.pick("Cách xoá dấu vết", "How to remove traces")) } "." }
            }
        }
    }
}
