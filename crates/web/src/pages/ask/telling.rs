//! Her own words first, then the questions that fit, then files.

use super::parts::{Filled, Step, calls, file_picker, picture_warning, said, step};
use crate::Place;
use maud::{Markup, html};
use vocabulary::{Harm, HarmGroup, Lang};

pub(super) fn steps(place: Place) -> Markup {
    let (lang, empty) = (place.lang, Filled::default());
    html! {
        (story(lang, empty))
        (harm(lang, empty))
        (questions(lang))
        (files(place))
    }
}

pub(in crate::pages) fn story(lang: Lang, filled: Filled<'_>) -> Step {
    step(
        "story",
        &lang.pick("Bạn muốn kể gì?", "What would you like to tell?"),
        &html! {
            p .lead { (said(
                lang.pick("Kể theo cách của bạn: chuyện gì, từ khi nào, bạn thấy thế nào. Không cần đúng thứ tự, không cần đúng chính tả.", "In your own way: what happened, since when, how you feel. No order, no spelling needed."),
                lang.pick("Kể theo cách của bạn. Viết sai chính tả cũng không sao. Bạn không có lỗi.", "In your own way. Spelling doesn't matter. It isn't your fault."),
            )) }
            div .box { textarea #story name="story" rows="8" aria-labelledby="step-story" autocomplete="off" autocapitalize="sentences" autocorrect="off"
                spellcheck="false" writingsuggestions="false" data-gramm="false" translate="no" dir="auto" maxlength=(if filled.is_posted() { "80000" } else { "400000" }) { (filled.text("story")) } }
            @if !filled.is_posted() { label #with-text-line .tile .alone hidden { input #with-text type="checkbox" name="with_text" value="1"; span { (lang.pick("Gửi kèm cả tin nhắn bạn vừa kiểm tra", "Send the message you checked along, too")) } }
            p .fine { (lang.pick("Muốn nói thay vì viết? Bước “Tệp” ghi lời nói được. Trang này không chuyển lời nói thành chữ, vì nhiều máy gửi giọng nói đi nơi khác để làm việc đó.", "Rather speak than write? The step “Files” records your voice. This site doesn't turn speech into text, because many devices send the voice elsewhere for it.")) } }
        },
    )
}

/// Which harm it is most like: what the check found is offered first.
pub(in crate::pages) fn harm(lang: Lang, filled: Filled<'_>) -> Step {
    step(
        "harm",
        &lang.pick("Giống chuyện nào nhất?", "What is it most like?"),
        &html! {
            p .lead { (lang.pick("Để hỏi tiếp cho hợp. Không rõ thì bỏ qua.", "So that the next questions fit. Skip it if you aren't sure.")) }
            div #harm-found hidden { p .fine { (lang.pick("Lúc kiểm tra, chúng tôi thấy giống:", "The check found it to be like:")) } div .tiles {} }
            @for &group in HarmGroup::ALL {
                details .harm-group open[Harm::ALL.iter().any(|h| h.group() == group && filled.has("harm", h.code()))] { summary { (group.name(lang)) }
                    div .tiles { @for &h in Harm::ALL.iter().filter(|h| h.group() == group) {
                        label .tile { input type="radio" name="harm" value=(h) checked[filled.has("harm", h.code())] data-sexual[group == HarmGroup::Sexual || h == Harm::SexualViolence] data-acute[h.is_acute()];
                            span { strong { (h.name(lang)) } small { (h.line(lang)) } } }
                    } }
                }
            }
        },
    )
}

/// Above a question of an organisation's own.
pub(in crate::pages) const fn asked_by(lang: Lang) -> &'static str {
    lang.pick("{name} muốn hỏi thêm.", "{name} would like to know.")
}

fn questions(lang: Lang) -> Markup {
    html! {
        (calls("question-calls", lang, &lang.pick("Điều này gấp. Hãy gọi trước đã", "This is urgent. Please call first"), true))
        (question_template(lang))
    }
}

/// Where the follow-up questions are drawn.
pub(in crate::pages) fn question_template(lang: Lang) -> Markup {
    html! {
        div #questions data-by=(asked_by(lang)) {}
        template #question-template {
            section .step hidden {
                h2 tabindex="-1" {}
                p .lead hidden {}
                div .tiles {}
                div .box hidden { textarea rows="5" autocomplete="off" autocapitalize="sentences" autocorrect="off" spellcheck="false"
                    writingsuggestions="false" data-gramm="false" translate="no" dir="auto" maxlength="40000" {} }
            }
        }
    }
}

fn files(place: Place) -> Step {
    let lang = place.lang;
    step(
        "files",
        &lang.pick("Có gì muốn đưa thêm không?", "Anything to add?"),
        &html! {
            p .lead { (lang.pick("Ảnh chụp màn hình, đoạn chat, biên lai, lời nói của bạn. Không có cũng không sao.", "Screenshots, chats, receipts of payment, your voice. None is needed.")) }
            (picture_warning(place))
            (file_picker(place))
        },
    )
}
