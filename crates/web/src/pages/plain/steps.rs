//! A page of the report.

use super::{Here, notes, whom};
use crate::{
    Page,
    joined::Joined,
    pages::ask::{
        parts::{Filled, Step, tile, warning},
        sending, steps, telling, whom as asking,
    },
    plain::{Asked, Telling},
};
use axum::response::Response;
use casework::{Facts, limits, questions::Kind};
use maud::{Markup, html};
use vocabulary::{Harm, HarmGroup, Lang};

/// Seconds that a page takes, for what is left; those that are not named are questions.
const SECONDS: [(&str, usize); 6] =
    [("organisations", 60), ("rules", 50), ("story", 150), ("harm", 20), ("files", 40), ("clear", 30)];
const QUESTION_SECONDS: usize = 12;
const RECEIPT_SECONDS: usize = 60;

pub(super) fn draw(here: &Here, telling: &Telling, all: &[Joined]) -> Response {
    let lang = here.place.lang;
    let (heading, body) = body(here, telling, all);
    let another = telling.for_another();
    let action = here.path(Page::Ask);
    let main = html! {
        form #plain .ask .posted method="post" action=(action) autocomplete="off" data-young[telling.young()] data-another[another] {
            input type="hidden" name="step" value=(telling.step);
            (progress(lang, telling))
            @if let Some(say) = telling.say { (notes::said(lang, say)) }
            section .step aria-labelledby="heading" {
                h2 #heading { (heading) }
                (body)
            }
            (ways_on(lang, telling))
            (notes::passing_through(lang))
            p .fine { (lang.pick(
                "Bản nháp nằm trong bộ nhớ máy chủ, niêm bằng chìa khoá chỉ có trong trình duyệt này. Bỏ dở sáu giờ, đóng trình duyệt, hay máy chủ khởi động lại là mất.",
                "The draft lies in the server's memory, sealed with a key that only this browser has. It is gone after six hours untouched, when you close the browser, or when the server is started anew.",
            )) }
        }
        @if telling.step == "files" { form #upload method="post" action=(format!("{action}/file")) enctype="multipart/form-data" {} }
    };
    here.page(Page::Ask, &main, true)
}

fn progress(lang: Lang, telling: &Telling) -> Markup {
    let steps = telling.steps();
    let here = steps.iter().position(|step| *step == telling.step).unwrap_or_default();
    let seconds = |step: &String| SECONDS.iter().find(|(name, _)| name == step).map_or(QUESTION_SECONDS, |(_, s)| *s);
    let minutes = (steps[here..].iter().map(seconds).sum::<usize>() + RECEIPT_SECONDS + 30) / 60;
    let n = here + 1;
    let line = match lang {
        Lang::Vi => format!("Câu {n} · còn khoảng {minutes} phút"),
        Lang::En => format!("Question {n} · about {minutes} minutes left"),
    };
    html! {
        header .ask-head {
            h1 { (Page::Ask.name(lang)) }
            p #where .ask-where { (line) }
            progress max=(steps.len()) value=(here) aria-labelledby="where" {}
        }
    }
}

/// The first button of a form is the one that Enter presses: it stands first here, and last for the eye.
fn ways_on(lang: Lang, telling: &Telling) -> Markup {
    let is_last = telling.step == "clear";
    let button = |value: &str, class: &str, words: &str| html! { button class=(class) type="submit" name="go" value=(value) { (words) } };
    let told = ["story", "harm", "files"].contains(&telling.step.as_str()) || telling.step.starts_with("q-");
    html! {
        div .ask-nav .posted-nav {
            @if is_last { (button("send", "button primary", lang.pick("Gửi", "Send"))) }
            @else { (button("next", "button primary", lang.pick("Tiếp", "Next"))) }
            @if telling.step != "who" { (button("back", "button quiet", lang.pick("Quay lại", "Back"))) }
        }
        p .ask-hurry {
            @if telling.answered() { (button("unsay", "link", lang.pick("Xoá câu trả lời ở trang này", "Clear what I answered here"))) " " }
            @if told { (button("hurry", "link", lang.pick("Gửi luôn phần đã kể", "Send what I have told so far"))) " " }
            @if telling.step != "who" { (button("drop", "link", lang.pick("Bỏ hết, không gửi", "Drop everything, send nothing"))) }
        }
    }
}

fn body(here: &Here, telling: &Telling, all: &[Joined]) -> (Markup, Markup) {
    let lang = here.place.lang;
    let filled = Filled(Some(&telling.answers));
    let of = |step: Step| (step.heading, step.body);
    let named = |heading: &str, body: Markup| (html! { (heading) }, body);
    match telling.step.as_str() {
        "age" => of(steps::age(lang, filled)),
        "danger" => of(steps::danger(lang, filled)),
        "relation" => of(steps::relation(lang, filled)),
        "place" => of(steps::whereabouts(lang, filled)),
        "organisations" => named(
            lang.pick("Ai được đọc?", "Who may read it?"),
            html! {
                p .lead { (lang.pick("Chọn một hoặc nhiều nơi. Chỉ những nơi bạn chọn mở được.", "Choose one or more. Only those you choose can open it.")) }
                (whom::cards(lang, all, telling))
            },
        ),
        "rules" => {
            let chosen: Vec<_> = whom::chosen(all, telling).map(|each| &each.card).collect();
            of(asking::rules(lang, Some(&chosen)))
        }
        "story" => of(telling::story(lang, filled)),
        "harm" => of(telling::harm(lang, filled)),
        "files" => named(lang.pick("Có gì muốn đưa thêm không?", "Anything to add?"), files(here, telling)),
        "clear" => named(
            lang.pick("Điều gì để ngỏ, điều gì niêm kín", "What stands open, what is sealed"),
            clear(lang, telling, all),
        ),
        step => match telling.asked(step, lang) {
            Some(asked) => {
                // The question large, what is said beside it small.
                let (text, beside) = asked.text.split_once("? ").unwrap_or((asked.text, ""));
                let end = if beside.is_empty() { "" } else { "?" };
                let body = html! {
                    @if !beside.is_empty() { p .lead { (beside) } }
                    @if let Some(by) = asked.by { p .lead { (telling::asked_by(lang).replace("{name}", by)) } }
                    (answer(&asked, filled))
                };
                (html! { (text) (end) }, body)
            }
            None => of(steps::who(lang, filled)),
        },
    }
}

fn answer(asked: &Asked<'_>, filled: Filled<'_>) -> Markup {
    let name = &asked.field;
    if asked.kind == Kind::Text {
        return html! {
            div .box { textarea name=(name) rows="5" aria-labelledby="heading" autocomplete="off" autocapitalize="sentences" autocorrect="off" spellcheck="false"
                writingsuggestions="false" data-gramm="false" translate="no" dir="auto" maxlength="40000" { (filled.text(name)) } }
        };
    }
    let kind = if asked.kind == Kind::Choice { "radio" } else { "checkbox" };
    html! { div .tiles role="group" aria-labelledby="heading" {
        @for (code, words) in &asked.choices { (tile(kind, name, code, words, filled)) }
    } }
}

/// Whether the picture of somebody under 18 might be among the files.
fn warn(telling: &Telling) -> bool {
    let harm: Option<Harm> = telling.answers.code("harm");
    let sexual = |harm: Harm| harm.group() == HarmGroup::Sexual || harm == Harm::SexualViolence;
    telling.facts().may_be_child() && harm.is_none_or(sexual)
}

fn files(here: &Here, telling: &Telling) -> Markup {
    let lang = here.place.lang;
    let describe = html! { p .actions { button .button .quiet type="submit" name="go" value="describe" { (lang.pick("Tôi tả bằng lời", "I'll describe it in words")) } } };
    html! {
        p .lead { (lang.pick("Ảnh chụp màn hình, đoạn chat, biên lai. Không có cũng không sao.", "Screenshots, chats, receipts of payment. None is needed.")) }
        @if warn(telling) { (warning(here.place, false, &describe)) }
        (picker(lang))
        @if !telling.files.is_empty() {
            ul .file-list { @for (at, file) in telling.files.iter().enumerate() {
                li .file { div .file-facts { p .file-name dir="auto" { (file.name.text()) } p .fine { (size(file.size, lang)) } }
                    div .file-tools { button .button .quiet type="submit" name="go" value=(format!("remove:{at}")) { (lang.pick("Bỏ", "Remove")) } } }
            } }
        }
    }
}

/// One file at a time; the form it belongs to stands outside, as forms can't nest.
pub(super) fn picker(lang: Lang) -> Markup {
    let most = limits::PLAIN_FILE_BYTES / (1024 * 1024);
    html! {
        div .field {
            label for="file" { (lang.pick("Tệp, tối đa ", "A file, up to ")) (most) " MB" }
            input #file type="file" name="file" form="upload";
        }
        p .actions { button .button .quiet type="submit" form="upload" { (lang.pick("Thêm tệp này", "Add this file")) } }
        p .fine { (lang.pick(
            "Nơi giúp nhận tệp y như bạn gửi, kể cả vị trí và tên máy ghi trong ảnh. Ảnh chụp màn hình không có những thứ đó. Tệp được niêm ngay khi tới máy chủ và không tải ngược về được.",
            "Helpers get the file as it is, with the place and device that a photo carries. Screenshots carry none. A file is sealed as it reaches the server and can't be fetched back.",
        )) }
    }
}

/// As people say sizes.
pub(super) fn size(bytes: u64, lang: Lang) -> String {
    let (value, unit) = if bytes < 1_000_000 { (bytes as f64 / 1e3, "kB") } else { (bytes as f64 / 1e6, "MB") };
    let said = format!("{:.1} {unit}", value.max(0.1));
    if lang == Lang::Vi { said.replace('.', ",") } else { said }
}

fn clear(lang: Lang, telling: &Telling, all: &[Joined]) -> Markup {
    let facts = telling.facts();
    let answers = telling.answered_questions().len();
    let goes_to: Vec<_> = whom::chosen(all, telling).collect();
    html! {
        p .lead { (lang.pick(
            "Sau khi niêm, máy chủ chỉ còn đọc được vài điều dưới đây. Bạn tắt điều nào thì điều đó cũng được niêm kín.",
            "Once it is sealed the server can read only these few things. Switch one off, and it is sealed like the rest.",
        )) }
        input type="hidden" name="open" value="";
        ul .facts-open { @for (code, name, why) in sending::facts(lang) {
            li { label .switch { input type="checkbox" name="open" value=(code) checked[telling.is_open(code)] role="switch";
                span { strong { (name) } ": " span data-fact=(code) { (fact(&facts, code, lang)) } small { (why) } } } }
        } }
        p .fine { (sending::always_open(lang)) }
        h3 { (lang.pick("Được niêm kín", "Sealed")) }
        ul .sealed-list {
            @if !telling.answers.one("story").is_empty() { li { (lang.pick("Lời kể của bạn", "Your own words")) } }
            @if answers > 0 { li { (lang.pick("Các câu trả lời", "Your answers")) " (" (answers) ")" } }
            @if !telling.files.is_empty() { li { (lang.pick("Tệp", "Files")) " (" (telling.files.len()) ")" } }
            @if telling.answers.one("story").is_empty() && answers == 0 && telling.files.is_empty() {
                li { (lang.pick("Chưa có gì: bạn chưa kể hay trả lời câu nào.", "Nothing yet: you have told or answered nothing.")) }
            }
        }
        h3 { (lang.pick("Gửi tới", "Goes to")) }
        ul .sealed-list {
            @for each in &goes_to { li { (each.card.name.get(lang)) } }
            @if goes_to.is_empty() { li { (lang.pick("Chưa chọn nơi nào. Hãy quay lại bước “Ai được đọc”.", "Nobody is chosen. Go back to “Who may read it”.")) } }
        }
        p .actions { button .button .quiet type="submit" name="go" value="whom" { (lang.pick("Chọn lại nơi nhận", "Choose again who may read")) } }
    }
}

fn fact(facts: &Facts, code: &str, lang: Lang) -> &'static str {
    let said = match code {
        "harm" => facts.harm.map(|harm| harm.name(lang)),
        "urgency" => facts.urgency.map(|urgency| urgency.name(lang)),
        "age" => facts.age.map(|age| age.name(lang)),
        "sex" => facts.sex.map(|sex| sex.name(lang)),
        "province" => facts.province.map(|place| place.name(lang)),
        _ => facts.language.map(|language| match language {
            Lang::Vi => "Tiếng Việt",
            Lang::En => "English",
        }),
    };
    said.unwrap_or_else(|| lang.pick("chưa nói", "not said"))
}
