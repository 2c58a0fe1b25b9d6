//! Who may read: the organisations as cards, and the ground rules. Nothing is preselected.

use super::parts::{Filled, Step, calls, said, step};
use crate::{Page, Place};
use casework::{Organisation, Texts};
use maud::{Markup, html};
use vocabulary::{Lang, OrganisationKind};

pub(super) fn steps(place: Place) -> Markup {
    html! {
        (organisations(place))
        (rules(place.lang, None))
    }
}

fn organisations(place: Place) -> Step {
    let lang = place.lang;
    step(
        "organisations",
        &lang.pick("Ai được đọc?", "Who may read it?"),
        &html! {
            p .lead { (lang.pick(
                "Chọn một hoặc nhiều nơi. Chỉ những nơi bạn chọn mở được; người vận hành trang này thì không.",
                "Choose one or more. Only those you choose can open it; whoever runs this site can't.",
            )) }
            ul #organisations .org-list
                data-loading=(lang.pick("Đang tải danh sách…", "Loading the list…"))
                data-failed=(lang.pick("Chưa tải được danh sách. Đang thử lại…", "The list could not be loaded. Trying again…"))
                data-none=(lang.pick("Chưa có nơi nào nhận tin báo cho trường hợp này.", "No organisation takes such reports yet.")) {}
            details #elsewhere .more hidden {
                summary { (lang.pick("Những nơi không được gợi ý", "Those that are not suggested")) }
                p #why-offender .fine hidden { (lang.pick("Trường học không được gợi ý khi người gây chuyện có thể là thầy cô hoặc người chăm sóc. Bạn vẫn chọn được.", "No school is suggested where a teacher or carer may be the one. You can still choose it.")) }
                ul #organisations-apart .org-list {}
            }
            (card_template(lang))
            (calls("closed-calls", lang, &lang.pick("Nơi bạn chọn đang đóng cửa. Đang nguy hiểm thì gọi ngay", "Those you chose are closed now. In danger, call"), true))
            p #needs-one .note hidden tabindex="-1" { (lang.pick(
                "Hãy chọn ít nhất một nơi, vì nếu không thì chẳng ai đọc được. Chưa chắc? ",
                "Please choose at least one, or nobody could read it. Not sure? ",
            )) a href=(place.href(Page::Help)) target="_blank" rel="noreferrer" { (Page::Help.name(lang)) } }
        },
    )
}

/// A card; the script fills it.
pub(in crate::pages) fn card_template(lang: Lang) -> Markup {
    html! { template #org-template { (card(lang, None)) } }
}

/// What a card shows of one organisation.
pub(in crate::pages) struct Shown<'a> {
    pub card: &'a Organisation,
    pub open: bool,
    /// Seconds that it has usually taken to answer.
    pub answers_within: Option<i64>,
    /// How many days it keeps a report after the last entry.
    pub keeps_days: Option<i64>,
    pub filled: Filled<'a>,
}

/// A card: of one organisation, or empty with the words that a script fills it with.
pub(in crate::pages) fn card(lang: Lang, shown: Option<&Shown<'_>>) -> Markup {
    let of = |text: fn(&Organisation) -> &Texts| shown.map_or("", |shown| text(shown.card).get(lang));
    let id = shown.map(|shown| shown.card.id.as_str());
    let filled = shown.map_or_else(Filled::default, |shown| shown.filled);
    let knows = id.map(|id| format!("knows-{id}"));
    let (open, closed) = (lang.pick("Đang có người trả lời", "Open now"), lang.pick("Đang đóng cửa", "Closed now"));
    let nobody = lang.pick("Nơi này không nêu trường hợp nào.", "This organisation names no case.");
    let always = lang.pick("Ngày đêm", "Day and night");
    let days = lang.pick("T2 T3 T4 T5 T6 T7 CN", "Mon Tue Wed Thu Fri Sat Sun");
    let (in_hours, in_hour, in_days) = (
        lang.pick("Lâu nay thường trả lời trong {n} giờ", "So far it has usually answered within {n} hours"),
        lang.pick("Lâu nay thường trả lời trong 1 giờ", "So far it has usually answered within an hour"),
        lang.pick("Lâu nay thường trả lời trong {n} ngày", "So far it has usually answered within {n} days"),
    );
    let keeps = lang.pick(
        "Giữ báo cáo {n} ngày sau lần viết cuối, rồi huỷ khoá",
        "Keeps a report for {n} days after the last entry, then destroys its key",
    );
    let within = shown.and_then(|shown| shown.answers_within).map(|seconds| match (seconds + 1800) / 3600 {
        ..=1 => in_hour.to_owned(),
        hours @ 2..48 => in_hours.replace("{n}", &hours.to_string()),
        hours => in_days.replace("{n}", &((hours + 12) / 24).to_string()),
    });
    html! {
        li .org data-organisation=[id] {
            label .org-head {
                input type="checkbox" name="organisation" value=[id] checked[id.is_some_and(|id| filled.has("organisation", id))];
                span .org-name { (of(|card| &card.name)) }
                span .org-kind .fine data-names=(kinds(lang)) { @if let Some(shown) = shown { (shown.card.kind.name(lang)) } }
            }
            p .org-about { (of(|card| &card.about)) }
            p .state data-open=(if let Some(shown) = shown { if shown.open { "true" } else { "false" } } else { open }) data-closed=(closed) {
                @if let Some(shown) = shown { (if shown.open { open } else { closed }) }
            }
            p .fine .org-hours data-always=(always) data-days=(days) {
                @if let Some(shown) = shown { (hours(&shown.card.hours, always, days)) }
            }
            p .fine .org-answers data-hours=(in_hours) data-hour=(in_hour) data-days=(in_days) { (within.unwrap_or_default()) }
            p .fine .org-keeps data-days=(keeps) {
                @if let Some(days) = shown.and_then(|shown| shown.keeps_days) { (keeps.replace("{n}", &days.to_string())) }
            }
            details .fine .org-law { summary { (lang.pick("Luật bắt họ báo cho ai", "Whom the law makes them tell")) }
                p data-nobody=(nobody) { @if id.is_some() { (Some(of(|card| &card.told_by_law)).filter(|law| !law.is_empty()).unwrap_or(nobody)) } } }
            fieldset .org-knows hidden[shown.is_none()] {
                legend { (lang.pick("Có ai ở nơi này quen người gây chuyện không?", "Does somebody there know the person who does it?")) }
                div .tiles .row {
                    @for (code, name) in [("no", lang.pick("Không", "No")), ("unsure", lang.pick("Không biết", "I don't know")), ("yes", lang.pick("Có", "Yes"))] {
                        label .tile .small {
                            input type="radio" value=(code) name=[knows.as_deref()] checked[knows.as_deref().is_some_and(|name| filled.has(name, code))];
                            span { (name) }
                        }
                    }
                }
                p .note .org-known hidden[shown.is_none()] { (lang.pick(
                    "Hãy nghĩ tới một nơi khác. Nếu vẫn chọn nơi này, người đó có thể biết bạn đã kể.",
                    "Consider another one. If you still choose it, that person may learn that you told.",
                )) }
            }
        }
    }
}

/// `mon-fri 08:00-17:00` with the days' names.
fn hours(text: &str, always: &str, days: &str) -> String {
    if text == "always" {
        return always.into();
    }
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].into_iter().zip(days.split(' '));
    names.fold(text.to_owned(), |text, (day, name)| text.replace(day, name))
}

fn kinds(lang: Lang) -> String {
    OrganisationKind::ALL
        .iter()
        .map(|kind| format!("{}={}", kind.code(), kind.name(lang)))
        .collect::<Vec<_>>()
        .join(";")
}

/// The ground rules; for a page that is posted they name those she chose.
pub(in crate::pages) fn rules(lang: Lang, chosen: Option<&[&Organisation]>) -> Step {
    let names: Vec<&str> = chosen.unwrap_or_default().iter().map(|card| card.name.get(lang)).collect();
    let told = |card: &&&Organisation| !card.told_by_law.get(lang).is_empty();
    let laws: Vec<&&Organisation> = chosen.unwrap_or_default().iter().filter(told).collect();
    let (no_name, no_law) = (
        lang.pick("chưa chọn nơi nào", "nobody chosen yet"),
        lang.pick("Các nơi bạn chọn không nêu trường hợp nào.", "Those you chose name no case."),
    );
    step(
        "rules",
        &lang.pick("Trước khi bạn kể", "Before you tell"),
        &html! {
            ol .rules {
                li { strong { (lang.pick("Điều gì sẽ xảy ra", "What happens")) }
                    p { (said(
                        lang.pick("Người của nơi bạn chọn đọc và trả lời bạn ngay trên trang này. Bạn đọc câu trả lời bằng mã mười từ, từ máy nào cũng được.", "Staff of those you choose read it and answer you on this site. You read the answer with a receipt of ten words, from any device."),
                        lang.pick("Một người lớn làm việc ở nơi bạn chọn sẽ đọc và trả lời bạn trên trang này. Bạn giữ mười từ để quay lại đọc.", "A grown-up who works there reads it and answers you on this site. You keep ten words to come back and read."),
                    )) } }
                li { strong { (lang.pick("Ai đọc được", "Who can read it")) }
                    p { (lang.pick("Chỉ: ", "Only: ")) strong #rules-names data-nobody=(no_name) {
                        @if chosen.is_some() { (if names.is_empty() { no_name.into() } else { names.join(", ") }) } } ". "
                        @if chosen.is_some() {
                            (lang.pick("Máy chủ niêm kín trong bộ nhớ trước khi lưu; sau đó chính nó cũng không mở được nữa.", "The server seals it in its memory before it is stored; after that it can't open it any more either."))
                        } @else {
                            (lang.pick("Máy bạn niêm kín trước khi gửi; máy chủ chuyển đi mà không đọc được.", "Your device seals it before it is sent; the server carries it and can't read it."))
                        } } }
                li { strong { (lang.pick("Luật bắt họ báo cho ai", "Whom the law makes them tell")) }
                    ul #rules-law data-nobody=(no_law) {
                        @if chosen.is_some() {
                            @for card in &laws { li { (card.name.get(lang)) ": " (card.told_by_law.get(lang)) } }
                            @if laws.is_empty() { li { (no_law) } }
                        }
                    }
                    p .young { (lang.pick("Nếu bạn đang bị hại, họ phải nhờ thêm người bảo vệ bạn. Họ sẽ nói với bạn trước.", "If you are being harmed, they must ask others to protect you. They will tell you first.")) } }
                li { strong { (lang.pick("Điều không lấy lại được", "What can't be taken back")) }
                    p { (lang.pick("Điều họ đã đọc rồi thì họ đã biết. Bạn vẫn thôi cho đọc tiếp được bất cứ lúc nào.", "What they have read, they know. You can stop them from reading on at any time.")) } }
                li { strong { (lang.pick("Bạn dừng được", "You can stop")) }
                    p { (lang.pick("Ngay bây giờ, hay sau khi gửi. Bấm xoá thì tin báo ẩn đi ngay và bị huỷ hẳn sau 7 ngày, trừ những gì luật bắt họ giữ.", "Now, or after sending. An erased report is hidden at once and destroyed after 7 days, but for what the law makes them keep.")) } }
            }
        },
    )
}
