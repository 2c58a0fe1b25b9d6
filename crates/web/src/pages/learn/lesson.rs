//! A lesson, chat, module or round of practice: an entrance, a place where it is done, and all of it to read.

use super::{drawings::drawing, happening, how_to_read, leaf::leaf, live::live, path, steps};
use crate::{
    Page, Place, Site, assets,
    pages::layout::Frame,
    shelf::{Book, Kind},
};
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn render(place: Place, site: &Site, book: &Book) -> Markup {
    let (lang, pack) = (place.lang, &book.pack);
    let content = format!("/{}/learn/{}.json", lang.code(), pack.id);
    let main = html! {
        // What a script loads anyway begins to come with the page.
        @for script in [assets::LEARN_JS, assets::LEARN_LIVE_JS, assets::LEARN_STEPS_JS, assets::LEARN_CHAT_JS, assets::TUTOR_JS] {
            link rel="modulepreload" href=(script);
        }
        div #learn .learn data-id=(pack.id) data-content=(content) {
            (entrance(place, book))
            (live(lang, &back(place, book)))
            section #whole .whole aria-labelledby="whole-heading" {
                h2 #whole-heading { (lang.pick("Cả bài để đọc", "The whole lesson to read")) }
                (steps::read(lang, pack))
            }
            @if let Some(text) = &book.leaf { (to_print(lang, text)) }
            @if book.plan.is_some() {
                p .for-teacher { a href=(format!("{}/{}/plan", place.href(Page::Learn), pack.id)) { (lang.pick("Cho thầy cô: kế hoạch bài dạy và phiếu học tập để in", "For teachers: the plan and a worksheet to print")) } }
            }
            (happening(place))
        }
    };
    let frame = Frame {
        place,
        settings: site.settings(),
        page: Some(Page::Learn),
        title: &pack.title,
        styles: &[assets::LEARN_CSS],
    };
    frame.wrap_below(&main, &format!("/{}", pack.id))
}

/// The path she came from.
pub(super) fn back(place: Place, book: &Book) -> Markup {
    let href = format!("{}#{}", place.href(Page::Learn), path::anchor(book.whom));
    html! { a .back-to-path href=(href) { (place.lang.pick("Về đường học", "Back to the path")) } }
}

fn entrance(place: Place, book: &Book) -> Markup {
    let (lang, pack) = (place.lang, &book.pack);
    html! {
        header #entrance .entrance {
            (drawing(pack.picture))
            div .entrance-words {
                p .eyebrow { (back(place, book)) " · " (path::whom_name(book.whom, lang)) " · " (kind_name(book.kind, lang)) " · " (path::minutes(book, lang)) }
                h1 .page-title { (pack.title) }
                p .aim { (pack.aim) }
                p .actions .needs-script {
                    button #begin .button .primary type="button" disabled data-failed=(lang.pick("Chưa tải được. Bạn vẫn đọc cả bài được.", "It could not be loaded. You can still read all of it.")) { (lang.pick("Bắt đầu", "Begin")) }
                    a .button .quiet href="#whole" { (lang.pick("Đọc cả bài", "Read all of it")) }
                }
                p #begin-status .fine role="status" {}
                (how_to_read(lang))
            }
        }
    }
}

const fn kind_name(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Lesson => lang.pick("Bài học", "Lesson"),
        Kind::Chat => lang.pick("Trò chuyện mô phỏng", "Simulated chat"),
        Kind::Practice => lang.pick("Luyện tập", "Practice"),
        Kind::Module => lang.pick("Học phần", "Module"),
    }
}

/// A page of A4 that is worth having on paper.
fn to_print(lang: Lang, text: &str) -> Markup {
    html! {
        section .printable aria-labelledby="leaf-heading" {
            div .printable-head {
                h2 #leaf-heading { (lang.pick("Tờ để in", "A page to print")) }
                button .button .quiet .needs-script type="button" data-print="leaf" { (lang.pick("In tờ này", "Print this page")) }
            }
            article #leaf .leaf { (leaf(text)) (super::plan::source(lang)) }
        }
    }
}
