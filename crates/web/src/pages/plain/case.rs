//! Her case as a page: how it stands, what was said, who opened what, what she may decide.

use super::{Here, helpers, notes, steps};
use crate::{
    Page,
    done::when as moment,
    pages::{
        ask::{
            parts::{Filled, warning},
            receipt_words,
            whom::{Shown, card},
        },
        back::{
            self,
            case::{self, answers},
        },
    },
    plain::{
        Telling,
        visit::{Read, Seen, Visit},
    },
    report::Refusal,
};
use axum::response::Response;
use casework::retention;
use maud::{Markup, html};
use seal::Receipt;
use serde_json::Value;
use std::collections::HashMap;
use store::{Access, Author, Opened};
use vocabulary::{EntryKind, Lang};

/// What is wrong with the words that she typed.
pub(super) fn wrong(lang: Lang, what: &str, n: usize, word: &str, nearest: &str) -> String {
    back::wrong(lang, what).replace("{n}", &n.to_string()).replace("{nearest}", nearest).replace("{word}", word)
}

/// The page that asks for her words. `message`: what she wrote before the server forgot them.
pub(super) fn enter(here: &Here, words: &str, line: Option<&str>, message: &str) -> Response {
    let lang = here.place.lang;
    let main = html! {
        form #plain .ask .enter method="post" action=(here.path(Page::Back)) autocomplete="off" {
            h1 .page-title { (Page::Back.name(lang)) }
            label .big-label for="words" { (lang.pick("Gõ mười từ của bạn", "Type your ten words")) }
            p #words-help .fine { (lang.pick("Viết hoa, viết không dấu, xuống dòng đều được. Tiếng Việt hay tiếng Anh đều được.", "Capitals, missing marks, line breaks: all forgiven. Vietnamese or English.")) }
            div .box { textarea #words name="words" rows="4" aria-describedby="words-help" aria-invalid=[line.is_some().then_some("true")] autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"
                writingsuggestions="false" data-gramm="false" translate="no" maxlength="600" { (words) } }
            @if let Some(line) = line { p #words-wrong .note role="alert" { (line) } }
            button .button .primary type="submit" name="go" value="open" { (lang.pick("Mở tin báo", "Open my report")) }
            @if !message.is_empty() {
                label for="message" { (lang.pick("Điều bạn vừa viết", "What you wrote")) }
                (message_box(message))
            }
            (notes::passing_through(lang))
            p .fine { (lang.pick(
                "Máy chủ chỉ giữ chìa khoá làm ra từ mười từ, niêm bằng một chìa khoá trong trình duyệt này, và quên sau 15 phút không dùng.",
                "The server keeps only the keys made of your words, sealed with a key in this browser, and forgets them after 15 minutes without use.",
            )) }
        }
    };
    here.page(Page::Back, &main, true)
}

fn message_box(text: &str) -> Markup {
    html! { div .box { textarea #message name="message" rows="4" autocomplete="off" autocapitalize="sentences" autocorrect="off" spellcheck="false"
    writingsuggestions="false" data-gramm="false" translate="no" dir="auto" maxlength="80000" { (text) } } }
}

/// A button of the one form of this page.
pub(super) fn button(go: &str, class: &str, words: &str) -> Markup {
    html! { button class=(format!("button {class}")) type="submit" name="go" value=(go) { (words) } }
}

pub(super) async fn draw(here: &Here, visit: &Visit, seen: &Seen) -> Result<Response, Refusal> {
    let lang = here.place.lang;
    let action = here.path(Page::Back);
    let inside = match (seen.erase_due(), &visit.fresh) {
        (Some(due), _) => erasing(lang, due),
        (None, Some(fresh)) => fresh_words(lang, fresh.text()),
        (None, None) => open(here, visit, seen).await?,
    };
    let main = html! {
        form #plain .ask method="post" action=(action) autocomplete="off" {
            @if let Some(say) = visit.say { (notes::said(lang, say)) }
            (inside)
            (notes::passing_through(lang))
            p .actions { (button("end", "quiet", lang.pick("Xong, đóng lại và quên mười từ", "Done: close this and forget my words"))) }
        }
        form #upload method="post" action=(format!("{action}/file")) enctype="multipart/form-data" {}
    };
    Ok(here.page(Page::Back, &main, true))
}

fn erasing(lang: Lang, due: i64) -> Markup {
    html! { section #erasing .error-page {
        h1 .page-title { (lang.pick("Tin báo này đang chờ xoá", "This report is waiting to be erased")) }
        p { (lang.pick("Nó sẽ bị huỷ hẳn vào ", "It will be destroyed on ")) strong { (moment(due)) } ". "
            (lang.pick("Cho tới lúc đó, trang này không cho xem gì của nó.", "Until then this page shows nothing of it.")) }
        p .actions { (button("stop", "primary", lang.pick("Đừng xoá nữa", "Don't erase it"))) }
    } }
}

fn fresh_words(lang: Lang, text: &str) -> Markup {
    let words = Receipt::parse(text).map(|receipt| receipt.words(lang)).unwrap_or_default();
    html! { section .step {
        h1 .page-title { (lang.pick("Mười từ mới của bạn", "Your new ten words")) }
        (receipt_words(lang, &words))
        p { (lang.pick("Ghi lại trước đã. Khi bạn bấm nút dưới đây, mười từ cũ không mở được gì nữa.", "Write them down first. Once you press the button below, the old ones open nothing any more.")) }
        p .actions {
            (button("confirm", "primary", lang.pick("Tôi đã ghi lại, đổi đi", "I have written them down, replace them")))
            (button("cancel", "quiet", lang.pick("Thôi, giữ mười từ cũ", "No, keep the old ones")))
        }
    } }
}

async fn open(here: &Here, visit: &Visit, seen: &Seen) -> Result<Markup, Refusal> {
    let lang = here.place.lang;
    let names = names(here, seen).await?;
    let name = |id: &str| names.get(id).map_or_else(|| id.to_owned(), |known| known.name.clone());
    let read = seen.read(&here.house).await?;
    let allow = allow(here, seen).await?;
    let openings = here.house.store.openings(seen.case.id).await?;
    let words = answers(lang);
    let words: HashMap<&str, &str> = words.split(';').filter_map(|pair| pair.split_once('=')).collect();
    let above = helpers::above(here, seen, &words).await?;
    let line = match seen.case.closed_at {
        Some(at) => lang
            .pick(
                "Bạn đã đóng lúc {when}. Vẫn đọc và viết thêm được.",
                "You closed it {when}. You can still read and write.",
            )
            .replace("{when}", &moment(at)),
        None => lang.pick("Gửi lúc {when}.", "Sent {when}.").replace("{when}", &moment(seen.case.received_at)),
    };
    Ok(html! {
        h1 .page-title { (lang.pick("Tin báo của bạn", "Your report")) }
        p .lead { (line) }
        @if seen.case.locked_at.is_some() { p .note { (lang.pick("Nơi giúp thấy trong tin có ảnh nhạy cảm của người dưới 18 tuổi, nên đã khoá việc xem tệp và báo nơi có trách nhiệm. Bạn không có lỗi.", "Staff met a sexual picture of somebody under 18, so viewing files is locked and those responsible were told. It isn't your fault.")) } }
        (standing(lang, seen, &names, here.now))
        (above)
        section .sheet aria-labelledby="talk-heading" {
            h2 #talk-heading { (lang.pick("Trao đổi", "Messages")) }
            ol .talk { @for each in &read { (entry(lang, each, &name, &words)) } }
            (write(lang, visit))
        }
        (helpers::below(lang, seen))
        details .sheet .openings {
            summary { (lang.pick("Ai đã mở gì", "Who opened what")) @if !openings.is_empty() { " (" (openings.len()) ")" } }
            ul {
                @for each in &openings { li { (moment(each.at)) ": " (name(&each.organisation)) ", " (each.role.name(lang)) ", " (opened(lang, each.what)) } }
                @if openings.is_empty() { li { (lang.pick("Chưa ai mở.", "Nobody has opened it yet.")) } }
            }
            p .fine { (lang.pick("Ghi nơi và vai trò, không ghi tên nhân viên.", "Organisation and role are noted, never names of staff.")) }
        }
        div .sheet {
            h2 { (lang.pick("Thêm tệp", "Add files")) }
            @if seen.case.facts.may_be_child() { (warning(here.place, false, &html! {})) }
            (steps::picker(lang))
        }
        h2 .choices-heading { (lang.pick("Bạn quyết định", "You decide")) }
        (allow)
        (withdraw(lang, seen, &name))
        (decide(lang, seen))
    })
}

/// What she is told of an organisation.
struct Known {
    name: String,
    /// How many days it keeps a report.
    days: Option<i64>,
    /// When it left this server.
    left_at: Option<i64>,
}

async fn names(here: &Here, seen: &Seen) -> Result<HashMap<String, Known>, Refusal> {
    let mut names = HashMap::new();
    for access in &seen.accesses {
        let record = here.house.store.organisation(&access.organisation).await?;
        let name = record.card.name.get(here.place.lang).to_owned();
        let known = Known { name, days: record.retention_days, left_at: record.closed_at };
        names.insert(access.organisation.clone(), known);
    }
    Ok(names)
}

/// How long an organisation keeps it.
fn keeps(lang: Lang, access: &Access, days: Option<i64>, now: i64) -> Option<String> {
    if let Some(ground) = access.hold {
        return Some(case::KEPT_HELD.get(lang).replace("{why}", ground.name(lang)));
    }
    if let Some(at) = access.ran_out_at {
        return Some(case::KEPT_OVER.get(lang).replace("{when}", &moment(at)));
    }
    let end = retention::runs_out(access.touched_at, days, false).filter(|_| access.withdrawn_at.is_none());
    let words = if retention::is_near(end, now) { case::KEPT_NEAR } else { case::KEPT_UNTIL };
    Some(words.get(lang).replace("{when}", &moment(end?)))
}

fn standing(lang: Lang, seen: &Seen, names: &HashMap<String, Known>, now: i64) -> Markup {
    let when = |words: &str, at: i64| words.replace("{when}", &moment(at));
    let all = seen.accesses.iter().filter_map(|access| Some((access, names.get(&access.organisation)?)));
    html! { ul .standing { @for (access, known) in all {
        li .stand data-state=(if access.withdrawn_at.or(known.left_at).is_some() { "withdrawn" } else { access.state.code() }) {
            p .stand-name { strong { (known.name) } }
            p { @match (access.withdrawn_at, known.left_at) {
                (Some(at), _) => (when(lang.pick("Đã thôi cho đọc từ {when}", "No longer lets in, since {when}"), at)),
                (None, Some(at)) => (when(case::LEFT.get(lang), at)),
                (None, None) => (access.state.name(lang)),
            } }
            p .fine {
                @if let Some(at) = access.opened_at { (when(lang.pick("Mở lần đầu {when}", "First opened {when}"), at)) " " }
                @if let Some(at) = access.answered_at { (when(lang.pick("Trả lời lần đầu {when}", "First answered {when}"), at)) }
            }
            @if let Some(line) = keeps(lang, access, known.days, now) { p .fine .stand-keeps { (line) } }
        }
    } } }
}

fn entry(lang: Lang, read: &Read, name: &impl Fn(&str) -> String, words: &HashMap<&str, &str>) -> Markup {
    let own = read.entry.author == Author::Person;
    let author = match &read.entry.author {
        Author::Person => lang.pick("Bạn", "You").to_owned(),
        Author::Organisation(id) => name(id),
    };
    let can_correct = own && [EntryKind::Story, EntryKind::Message, EntryKind::Answers].contains(&read.entry.kind);
    let number = read.entry.number;
    html! { li .entry data-own[own] {
        p .entry-head .fine { (number + 1) ". " (author) " · " (read.entry.kind.name(lang)) " · " (moment(read.entry.at)) }
        p .entry-text dir="auto" { (text(lang, read, words)) }
        @if can_correct { button .link type="submit" name="go" value=(format!("correct:{number}")) { (lang.pick("Nói lại cho đúng", "Correct this")) } }
    } }
}

pub(super) fn text(lang: Lang, read: &Read, words: &HashMap<&str, &str>) -> String {
    let Some(content) = &read.content else {
        return lang.pick("Không mở được mục này.", "This entry can't be opened.").into();
    };
    let of = |name: &str| content.get(name).and_then(Value::as_str).unwrap_or_default();
    match read.entry.kind {
        EntryKind::Answers => answers_of(content, words),
        EntryKind::Findings => lang.pick("Kết quả kiểm tra lúc gửi", "What the check found when you sent it").into(),
        EntryKind::File => {
            let size = content.get("size").and_then(Value::as_u64).unwrap_or_default();
            let copy = if of("role") == "reading_copy" {
                lang.pick(
                    ": bản không có vị trí và tên máy, cho người giúp xem",
                    ": the copy without place and device, for helpers to see",
                )
            } else {
                ""
            };
            format!("{} ({}){copy}", of("name"), steps::size(size, lang))
        }
        EntryKind::Contact => {
            let said = |name| if of(name).is_empty() { "…" } else { of(name) };
            lang.pick("Cách: {how}. Lúc: {when}. Đừng: {never}.", "How: {how}. When: {when}. Never: {never}.")
                .replace("{how}", said("how"))
                .replace("{when}", said("when"))
                .replace("{never}", said("never"))
        }
        EntryKind::Correction => {
            let number = content.get("corrects").and_then(Value::as_i64).unwrap_or_default() + 1;
            format!("{} {number}: {}", lang.pick("Nói lại về mục", "About entry"), of("text"))
        }
        EntryKind::Story | EntryKind::Message => of("text").to_owned(),
    }
}

/// Her answers in words; an organisation's own questions carry their own.
fn answers_of(content: &Value, words: &HashMap<&str, &str>) -> String {
    let line = |answer: &Value| {
        let code = answer.get("question")?.as_str()?.split(':').next()?;
        let own = answer.get("asked").and_then(Value::as_str);
        let question = own.or_else(|| words.get(code).copied()).unwrap_or(code);
        let named = |choice: &str| {
            words.get(format!("{code}.{choice}").as_str()).map_or_else(|| choice.to_owned(), |n| (*n).to_owned())
        };
        let said = match (answer.get("text"), answer.get("choice")) {
            (Some(text), _) => text.as_str()?.to_owned(),
            (None, Some(Value::Array(all))) => {
                all.iter().filter_map(Value::as_str).map(named).collect::<Vec<_>>().join(", ")
            }
            (None, choice) => named(choice?.as_str()?),
        };
        let between = if question.ends_with(['.', '?']) { " " } else { ": " };
        Some(format!("{question}{between}{said}"))
    };
    let all = content.get("answers").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

const fn opened(lang: Lang, what: Opened) -> &'static str {
    match what {
        Opened::Case => lang.pick("mở tin báo", "opened the report"),
        Opened::File => lang.pick("mở một tệp", "opened a file"),
        Opened::Export => lang.pick("xuất hồ sơ", "exported the case"),
        Opened::Program => lang.pick("lấy về bằng chương trình, còn niêm phong", "fetched by a program, still sealed"),
    }
}

fn write(lang: Lang, visit: &Visit) -> Markup {
    html! { div .write {
        @if let Some(number) = visit.correcting {
            p .note { (lang.pick("Bạn đang nói lại về mục ", "You correct entry ")) (number + 1) ". " (lang.pick("Lời ban đầu vẫn còn.", "Your first words stay.")) " "
                button .link type="submit" name="go" value="cancel" { (lang.pick("Thôi", "Cancel")) } }
        }
        label .big-label for="message" { (lang.pick("Viết cho nơi giúp", "Write to the helpers")) }
        (message_box(visit.typed.text()))
        p .actions { (button("message", "primary", lang.pick("Niêm và gửi", "Seal and send"))) }
    } }
}

fn choice(name: &str, body: &Markup) -> Markup {
    html! { details .sheet .decide { summary { (name) } (body) } }
}

async fn allow(here: &Here, seen: &Seen) -> Result<Markup, Refusal> {
    let lang = here.place.lang;
    let all = here.joined().await?;
    let nothing = Telling::new(lang);
    let outside = |id: &str| !seen.let_in().any(|access| access.organisation == id);
    let others: Vec<_> = all.iter().filter(|each| outside(&each.card.id) && each.gets_cases()).collect();
    Ok(choice(
        lang.pick("Cho thêm một nơi đọc", "Let another one read"),
        &html! {
            p { (lang.pick("Nơi đó đọc được tất cả từ đầu tới giờ, và những gì bạn viết sau này.", "It can read everything so far, and what you write from now on.")) }
            ul .org-list { @for each in &others {
                (card(lang, Some(&Shown { card: &each.card, open: each.open, answers_within: each.answers_within, keeps_days: each.keeps_days, filled: Filled(Some(&nothing.answers)) })))
            } }
            @if others.is_empty() { p { (lang.pick("Không còn nơi nào khác.", "There is no other one.")) } }
            @else { p .actions { (button("allow", "primary", lang.pick("Cho đọc", "Let it read"))) } }
        },
    ))
}

fn withdraw(lang: Lang, seen: &Seen, name: &impl Fn(&str) -> String) -> Markup {
    choice(
        lang.pick("Thôi cho một nơi đọc", "Shut one out"),
        &html! {
            p { (lang.pick("Từ lúc đó nơi ấy không mở được nữa, và tin báo đi tiếp với chìa khoá mới. Điều họ đã đọc thì không lấy lại được.", "From then on it can open nothing, and your report goes on under a fresh key. What it has read can't be taken back.")) }
            ul .withdraw-list {
                @for access in seen.let_in() { li { (button(&format!("withdraw:{}", access.organisation), "danger",
                    &lang.pick("Chắc chắn: thôi cho {name} đọc", "Yes, shut out {name}").replace("{name}", &name(&access.organisation)))) } }
                @if seen.let_in().next().is_none() { li { (lang.pick("Hiện không nơi nào được đọc.", "Nobody is let in at present.")) } }
            }
        },
    )
}

fn decide(lang: Lang, seen: &Seen) -> Markup {
    let field = |name: &str, label: &str, hint: &str| {
        html! { div .field { label for=(name) { (label) } span .fine id=(format!("{name}-hint")) { (hint) }
        textarea #(name) name=(name) .line-box rows="2" aria-describedby=(format!("{name}-hint")) autocomplete="off" autocorrect="off" spellcheck="false" writingsuggestions="false" data-gramm="false" translate="no" maxlength="4000" {} } }
    };
    let closed = seen.case.closed_at.is_some();
    html! {
        (choice(lang.pick("Cách liên hệ không gây hại cho bạn", "How to reach you without harm"), &html! {
            p { (lang.pick("Không bắt buộc. Không ghi gì thì họ chỉ trả lời tại đây.", "Not needed. Without it they answer only here.")) }
            (field("how", lang.pick("Bằng cách nào", "How"), lang.pick("Ví dụ: gọi số …, nhắn cho chị tôi số …", "For example: call …, text my sister at …")))
            (field("when", lang.pick("Lúc nào", "When"), lang.pick("Ví dụ: giờ ra chơi, sau 20 giờ", "For example: at school breaks, after 8 pm")))
            (field("never", lang.pick("Đừng bao giờ", "Never"), lang.pick("Ví dụ: đừng gọi vào số nhà, đừng gửi thư", "For example: never call at home, send no letters")))
            p .actions { (button("contact", "primary", lang.pick("Niêm và gửi", "Seal and send"))) }
        }))
        (choice(lang.pick("Đổi mười từ", "Replace the ten words"), &html! {
            p { (lang.pick("Nếu có người biết mười từ của bạn. Bạn xem và ghi mười từ mới trước, rồi mới đổi.", "If somebody knows your words. You see and write down the new ones first; then they are replaced.")) }
            p .actions { (button("replace", "primary", lang.pick("Làm mười từ mới", "Make new words"))) }
        }))
        (choice(lang.pick("Đóng tin báo", "Close the report"), &html! {
            p { (lang.pick("Cho nơi giúp biết chuyện đã ổn hoặc bạn không cần nữa. Không xoá gì, và mở lại được.", "Tells the helpers that it is over, or that you need nothing more. Nothing is erased, and you can open it again.")) }
            p .actions { @if closed { (button("reopen", "primary", lang.pick("Mở lại", "Open it again"))) } @else { (button("close", "primary", lang.pick("Đóng", "Close it"))) } }
        }))
        (choice(lang.pick("Xoá tất cả", "Erase everything"), &html! {
            p { (lang.pick("Tin báo ẩn khỏi mười từ này ngay lập tức. Sau 7 ngày, chìa khoá bị huỷ và không ai mở được nữa. Trong 7 ngày đó, ai có mười từ dừng việc xoá lại được. Nơi giúp được báo; họ giữ lại những gì luật bắt giữ.", "It is hidden from these words at once. After 7 days its keys are destroyed and nobody can open it. Within the 7 days whoever has the words can stop it. The helpers are told; they keep what the law makes them keep.")) }
            p .actions { (button("erase", "danger", lang.pick("Chắc chắn xoá", "Yes, erase it"))) }
        }))
    }
}
