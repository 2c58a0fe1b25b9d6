//! Who may read, drawn for what she said so far. Nothing is preselected.

use crate::{
    joined::Joined,
    pages::ask::{
        parts::Filled,
        whom::{Shown, card},
    },
    plain::Telling,
};
use casework::{Withheld, offered};
use maud::{Markup, html};
use vocabulary::Lang;

/// Those that she chose.
pub(super) fn chosen<'a>(all: &'a [Joined], telling: &'a Telling) -> impl Iterator<Item = &'a Joined> {
    all.iter().filter(|each| telling.answers.has("organisation", &each.card.id))
}

/// Those that fit, and apart from them those that are not suggested.
pub(super) fn cards(lang: Lang, all: &[Joined], telling: &Telling) -> Markup {
    let asking = telling.asking();
    let (mut fitting, mut apart) = (Vec::new(), Vec::new());
    let mut offender = false;
    for each in all {
        match offered(&each.card, &asking) {
            Ok(()) => fitting.push(each),
            Err(why @ (Withheld::MayBeTheOffender | Withheld::ElsewhereOnly)) => {
                offender |= why == Withheld::MayBeTheOffender;
                apart.push(each);
            }
            Err(Withheld::GetsNoticesOnly | Withheld::HasNoKey) => {}
        }
    }
    let draw = |each: &Joined| {
        let filled = Filled(Some(&telling.answers));
        let shown = Shown {
            card: &each.card,
            open: each.open,
            answers_within: each.answers_within,
            keeps_days: each.keeps_days,
            filled,
        };
        card(lang, Some(&shown))
    };
    let any_apart_chosen = apart.iter().any(|each| telling.answers.has("organisation", &each.card.id));
    html! {
        @if fitting.is_empty() { p .note { (lang.pick("Chưa có nơi nào nhận tin báo cho trường hợp này.", "No organisation takes such reports yet.")) } }
        ul #organisations .org-list { @for each in fitting { (draw(each)) } }
        @if !apart.is_empty() {
            details .more open[any_apart_chosen] {
                summary { (lang.pick("Những nơi không được gợi ý", "Those that are not suggested")) }
                @if offender { p .fine { (lang.pick(
                    "Trường học không được gợi ý khi người gây chuyện có thể là thầy cô hoặc người chăm sóc. Bạn vẫn chọn được.",
                    "No school is suggested where a teacher or carer may be the one. You can still choose it.",
                )) } }
                ul .org-list { @for each in apart { (draw(each)) } }
            }
        }
    }
}
