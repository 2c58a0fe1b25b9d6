//! A lesson in class: the plan and the worksheet, each a sheet of its own on paper.

use super::{happening, leaf::leaf, lesson};
use crate::{Page, Place, Site, assets, pages::layout::Frame, shelf::Book};
use learn::content::Plan;
use maud::{Markup, html};
use vocabulary::Lang;

pub(super) fn render(place: Place, site: &Site, book: &Book, plan: &Plan<String>) -> Markup {
    let lang = place.lang;
    let title = match lang {
        Lang::Vi => format!("Dạy bài “{}”", book.pack.title),
        Lang::En => format!("Teaching “{}”", book.pack.title),
    };
    let main = html! {
        div .learn .plan-page {
            p .eyebrow { (lesson::back(place, book)) " · "
                a href=(format!("{}/{}", place.href(Page::Learn), book.pack.id)) { (lang.pick("Bài của học sinh", "The pupils' lesson")) } }
            h1 .page-title { (title) }
            p .actions .needs-script {
                button .button .quiet type="button" data-print="plan" { (lang.pick("In kế hoạch", "Print the plan")) }
                button .button .quiet type="button" data-print="worksheet" { (lang.pick("In phiếu học tập", "Print the worksheet")) }
            }
            article #plan .leaf aria-label=(lang.pick("Kế hoạch", "Plan")) { (teaching(lang, book, plan)) (source(lang)) }
            article #worksheet .leaf aria-label=(lang.pick("Phiếu học tập", "Worksheet")) { (leaf(&plan.worksheet)) (source(lang)) }
            (happening(place))
        }
    };
    let frame = Frame {
        place,
        settings: site.settings(),
        page: Some(Page::Learn),
        title: &title,
        styles: &[assets::LEARN_CSS],
    };
    frame.wrap_below(&main, &format!("/{}/plan", book.pack.id))
}

fn teaching(lang: Lang, book: &Book, plan: &Plan<String>) -> Markup {
    let minutes = |minutes: u16| format!("{minutes} {}", lang.pick("phút", "min"));
    html! {
        h2 { (book.pack.title) }
        p { (minutes(plan.minutes)) " · " (lang.pick("năng lực số", "competences")) " "
            @for (at, competence) in book.pack.competences.iter().enumerate() { @if at > 0 { ", " } (competence) }
            " (" (lang.pick("Thông tư 02/2025/TT-BGDĐT", "Circular 02/2025/TT-BGDĐT")) ")" }
        h3 { (lang.pick("Sau bài này", "Afterwards")) }
        ul { @for aim in &plan.aims { li { (aim) } } }
        h3 { (lang.pick("Chuẩn bị", "To prepare")) }
        p { (plan.before) }
        h3 { (lang.pick("Các phần", "In class")) }
        ol .phases { @for phase in &plan.phases { li { strong { (phase.title) } " (" (minutes(phase.minutes)) ") " (phase.text) } } }
        h3 { (lang.pick("Câu để cùng nói", "To talk about")) }
        ul { @for question in &plan.questions { li { (question) } } }
        h3 { (lang.pick("Nếu có em kể", "If a child tells you")) }
        p { (plan.disclosure) }
        p { (lang.pick(
            "Nghe, không trách, không hứa giữ kín, không xem hay chép ảnh. Gọi 111 (miễn phí, ngày đêm); đang nguy hiểm thì 113.",
            "Listen, don't blame, promise no secrecy, look at no picture and copy none. Call 111 (free, day and night); in danger 113.",
        )) }
    }
}

/// Where a sheet of paper comes from.
pub(super) fn source(lang: Lang) -> Markup {
    html! { p .leaf-foot { (lang.pick("Hải Đăng · nội dung mở, CC-BY-4.0 · cần giúp: 111, 113", "Hải Đăng · open content, CC-BY-4.0 · for help: 111, 113")) } }
}
