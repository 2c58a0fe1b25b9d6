//! The help directory: who helps, open now first, one tap to reach them.
//!
//! What somebody looks for is a story too: without JavaScript the filter is posted, never put into the address; with
//! it, the list is filtered on the device.

use super::{form, layout::Frame, page};
use crate::{Page, Place, Site, place::Page as P};
use axum::{
    Extension,
    extract::{Form, State, rejection::FormRejection},
    response::Response,
};
use guidance::{Helper, html::helper_card};
use maud::{Markup, html};
use serde::Deserialize;
use vocabulary::{
    AgeBand, Asker, Harm, HarmGroup, Province,
    directory::{Directory, Moment, Need, Service},
};

/// What is looked for; everything may stay open.
#[derive(Default)]
pub(super) struct Wanted {
    harm: Option<Harm>,
    age: Option<AgeBand>,
    province: Option<&'static Province>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Posted {
    harm: String,
    age: String,
    province: String,
}

pub(crate) async fn help(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(render(place, &site, &Wanted::default()))
}

pub(crate) async fn help_posted(
    State(site): State<Site>,
    Extension(place): Extension<Place>,
    posted: Result<Form<Posted>, FormRejection>,
) -> Response {
    let posted = posted.map(|Form(posted)| posted).unwrap_or_default();
    let wanted = Wanted {
        harm: posted.harm.parse().ok(),
        age: posted.age.parse().ok().filter(|age| *age != AgeBand::Unknown),
        province: Province::by_code(&posted.province),
    };
    page(render(place, &site, &wanted))
}

pub(super) fn render(place: Place, site: &Site, wanted: &Wanted) -> Markup {
    let lang = place.lang;
    let now = site.now();
    let published = site.published();
    let harms: Vec<Harm> = wanted.harm.into_iter().collect();
    let need = Need {
        harms: &harms,
        asker: Asker { age: wanted.age.unwrap_or(AgeBand::Unknown), ..Asker::default() },
        province: wanted.province.map(|p| p.code),
        urgency: None,
    };
    let found = listed(&published.directory, &need, wanted.age.is_none(), now);
    // Always there, whatever is looked for.
    let mut emergency: Vec<&Service> = published.directory.services().iter().filter(|s| s.emergency).collect();
    emergency.sort_by_key(|s| &s.phone);
    let title = P::Help.name(lang);
    let main = html! {
        h1 .page-title { (title) }
        p .intro { (lang.pick(
            "Nơi đang có người nghe đứng trước. Gọi chỉ cần một chạm; cuộc gọi và tin nhắn SMS nằm lại trong lịch sử máy.",
            "Those who answer now come first. One tap calls; calls and SMS stay in the phone's history.",
        )) }
        @if !emergency.is_empty() {
            section .emergency .plain aria-labelledby="danger" {
                h2 #danger { (lang.pick("Đang nguy hiểm", "In danger")) }
                ul .calls { @for s in &emergency { li {
                    a .call-big href=(format!("tel:{}", s.dial().unwrap_or_default())) {
                        strong { (s.phone.as_deref().unwrap_or_default()) }
                        span { (s.name(lang).trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ')) }
                    }
                } } }
            }
        }
        (filter(place, wanted))
        p #help-count .fine role="status" data-one=(lang.pick("nơi giúp", "who help")) { (found.len()) " " (lang.pick("nơi giúp", "who help")) }
        h2 .visually-hidden { (title) }
        ul #directory .helpers .grid { @for s in &found { (row(s, lang, now)) } }
        (form::keep_line(place))
        p .fine { (lang.pick(
            "Mỗi dòng ghi rõ trang nào công bố số này và ngày của trang đó. Dòng chưa kiểm chứng hoặc quá hạn kiểm tra đều có nhãn. Thấy sai? Hãy báo cho người vận hành trang.",
            "Each row names the page that states the contact and its date. Rows that are unverified or overdue carry a label. Something wrong? Please tell whoever runs this site.",
        )) " " a href=(place.href(Page::About)) { (Page::About.name(lang)) } }
    };
    Frame { place, settings: site.settings(), page: Some(Page::Help), title, styles: &[] }.wrap(&main)
}

/// Who helps with this, open now first; the emergency numbers stand elsewhere. Where nobody said an age, those who help
/// only grown-ups, or only children, belong here as well.
fn listed<'a>(directory: &'a Directory, need: &Need<'_>, any_age: bool, now: Moment) -> Vec<&'a Service> {
    let mut found = directory.helpers(need, now);
    if any_age {
        let grown = Need { asker: Asker { age: AgeBand::From25To59, ..need.asker }, ..*need };
        let more = directory.helpers(&grown, now).into_iter();
        let more: Vec<&Service> = more.filter(|s| !found.iter().any(|f| f.id == s.id)).collect();
        found.extend(more);
    }
    found.retain(|s| !s.emergency);
    found
}

/// Everybody who helps, without a filter: where no report can be sent.
pub(super) fn open_first(place: Place, site: &Site) -> Markup {
    let now = site.now();
    let published = site.published();
    let anybody = Need { asker: Asker { age: AgeBand::Unknown, ..Asker::default() }, ..Need::default() };
    let found = listed(&published.directory, &anybody, true, now);
    html! { ul .helpers .grid { @for s in &found { (row(s, place.lang, now)) } } }
}

fn row(s: &Service, lang: vocabulary::Lang, now: Moment) -> Markup {
    let helper = Helper::at(s, now);
    let codes = |codes: Vec<&str>| codes.join(" ");
    html! {
        li .helper data-service=(s.id) data-open=(helper.open)
            data-harms=(codes(s.harms.iter().map(|h| h.code()).collect()))
            data-any-age=(codes(s.any_age_harms.iter().map(|h| h.code()).collect()))
            data-ages=(codes(s.ages.iter().map(|a| a.code()).collect()))
            data-provinces=(s.provinces.join(" "))
        { (helper_card(&helper, lang, true)) }
    }
}

fn filter(place: Place, wanted: &Wanted) -> Markup {
    let lang = place.lang;
    html! {
        form #help-filter .filter method="post" action=(place.href(Page::Help)) autocomplete="off" {
            div .field { label for="harm" { (lang.pick("Chuyện gì", "What it is about")) }
                select #harm name="harm" autocomplete="off" {
                    option value="" { (lang.pick("Chuyện gì cũng được", "Anything")) }
                    @for &group in HarmGroup::ALL {
                        optgroup label=(group.name(lang)) {
                            @for &h in Harm::ALL.iter().filter(|h| h.group() == group) {
                                option value=(h) selected[wanted.harm == Some(h)] { (h.name(lang)) }
                            }
                        }
                    }
                } }
            div .field { label for="age" { (lang.pick("Tuổi người gặp chuyện", "Age of the person concerned")) }
                select #age name="age" autocomplete="off" {
                    @for &a in AgeBand::ALL.iter().rev() { option value=(a) selected[a == wanted.age.unwrap_or(AgeBand::Unknown)] { (a.name(lang)) } }
                } }
            div .field { label for="province" { (lang.pick("Tỉnh, thành phố", "Province or city")) }
                (form::province_select(lang, wanted.province, form::anywhere(lang))) }
            button #filter-send .button .primary type="submit" { (lang.pick("Lọc", "Filter")) }
        }
    }
}
