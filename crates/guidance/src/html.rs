//! The result as HTML. No inline style, no script; signs open as popovers, which need none.

use crate::{Guidance, Helper, Piece, StepView, UrgencyView, phrases};
use maud::{Markup, html};
use recognise::{InputError, LinkVerdict};
use vocabulary::{Lang, ResultKind, Source, Urgency, directory::Channel};

/// So many steps stand open; the rest unfold.
const STEPS_SHOWN: usize = 5;
/// So many helpers stand open; the rest unfold.
const HELPERS_SHOWN: usize = 3;

/// The whole result, to be put into the page as it is. The heading takes the focus.
pub fn result(g: &Guidance<'_>) -> Markup {
    let lang = g.lang;
    html! {
        article #result .result data-result=(g.result.code()) data-urgency=[g.urgency.as_ref().map(|u| u.code.code())] lang=(lang.code()) {
            (headline(g))
            @if !g.emergency.is_empty() { (emergency(g)) }
            div .result-columns {
                @if !g.todo.is_empty() || !g.leave.is_empty() { (steps(g)) }
                div .result-side {
                    @if !g.links.is_empty() { (links(g)) }
                    (words(g))
                }
            }
            @if !g.helpers.is_empty() { (helpers(g)) }
            p .fine { (phrases::machine_can_err(lang)) }
            div .result-tools {
                button #read-aloud .button .quiet type="button" hidden data-stop=(phrases::stop_reading(lang)) { (phrases::read_aloud(lang)) }
                button #print .button .quiet type="button" hidden { (phrases::print(lang)) }
            }
        }
    }
}

/// What is shown when a text could not be read.
pub fn error(error: &InputError, lang: Lang) -> Markup {
    html! {
        article #result .result data-result="error" data-error=(error.code()) lang=(lang.code()) {
            header .headline {
                h2 #result-heading tabindex="-1" { (phrases::could_not_read(lang)) }
                p .line { (crate::input_error(error, lang)) }
            }
        }
    }
}

fn headline(g: &Guidance<'_>) -> Markup {
    let lang = g.lang;
    html! {
        header .headline data-tone=(tone(g)) {
            @if let Some(title) = g.title {
                p .lead { (g.lead) }
                h2 #result-heading tabindex="-1" { (title) }
            } @else {
                h2 #result-heading tabindex="-1" { (g.lead) }
            }
            @if let Some(harm) = g.harms.first() { p .harm-line { (harm.line) } }
            @if let Some(urgency) = &g.urgency { (soon(urgency)) }
            p .line { (g.line) }
            @if let Some(line) = g.if_it_happened() { p .line data-told { (line) } }
            @if let Some(turn) = g.turn { p .line { (phrases::turn(lang)) " " (turn) "." } }
            @if g.harms.len() > 1 {
                p .also { (phrases::also_like(lang)) ": "
                    @for (i, harm) in g.harms.iter().skip(1).enumerate() {
                        @if i > 0 { ", " }
                        span data-harm=(harm.code) title=(harm.line) { (harm.name) }
                    }
                }
            }
            @if !g.signs.is_empty() {
                ul .chips aria-label=(phrases::signs(lang)) { @for sign in &g.signs { li { (sign.name) } } }
            }
        }
    }
}

fn tone(g: &Guidance<'_>) -> &'static str {
    match (g.result, g.urgency.as_ref().map(|u| u.code)) {
        (_, Some(Urgency::Now)) => "now",
        (ResultKind::Harm, _) => "harm",
        (ResultKind::Unsure, _) => "unsure",
        (ResultKind::NoneKnown | ResultKind::BenignLookalike, _) => "plain",
    }
}

fn soon(urgency: &UrgencyView) -> Markup {
    html! { p .urgency data-urgency=(urgency.code) { strong { (urgency.name) } " " span { (urgency.reason) } } }
}

fn emergency(g: &Guidance<'_>) -> Markup {
    html! {
        section .emergency aria-labelledby="emergency-heading" {
            h3 #emergency-heading { (phrases::now_calls(g.lang)) }
            ul .calls { @for helper in &g.emergency { li {
                a .call-big href=[helper.service.dial().map(|n| format!("tel:{n}"))] {
                    strong { (helper.service.phone.as_deref().unwrap_or_default()) }
                    span { (helper.service.name(g.lang).trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()) }
                }
            } } }
            p .fine { (phrases::traces(g.lang)) }
        }
    }
}

fn steps(g: &Guidance<'_>) -> Markup {
    let lang = g.lang;
    html! {
        section #steps .card aria-labelledby="steps-heading" {
            h3 #steps-heading { (phrases::next_steps(lang)) }
            @if !g.todo.is_empty() {
                ol .steps .do aria-label=(phrases::to_do(lang)) { @for step in g.todo.iter().take(STEPS_SHOWN) { (to_do(step, lang)) } }
                @if g.todo.len() > STEPS_SHOWN {
                    details .more { summary { (phrases::more_steps(lang)) }
                        ol .steps .do start=(STEPS_SHOWN + 1) { @for step in g.todo.iter().skip(STEPS_SHOWN) { (to_do(step, lang)) } }
                    }
                }
            }
            @if !g.leave.is_empty() {
                h4 { (phrases::not_to_do(lang)) }
                ul .steps .dont { @for step in g.leave.iter().take(STEPS_SHOWN) { li data-step=(step.key) { (step.text(lang)) } } }
                @if g.leave.len() > STEPS_SHOWN {
                    details .more { summary { (phrases::more_not_to_do(lang)) }
                        ul .steps .dont { @for step in g.leave.iter().skip(STEPS_SHOWN) { li data-step=(step.key) { (step.text(lang)) } } }
                    }
                }
            }
            details .more .sources { summary { (phrases::sources(lang)) }
                ul { @for source in sources(g) { li { (source.title) ", " (source.publisher) ", " (source.date) } } }
            }
        }
    }
}

/// A step that names a number carries it, one tap away.
fn to_do(view: &StepView<'_>, lang: Lang) -> Markup {
    html! {
        li data-step=(view.step.key) {
            (view.step.text(lang))
            @if let Some((number, dial)) = view.call.and_then(|s| s.phone.as_deref().zip(s.dial())) {
                " " a .step-call href=(format!("tel:{dial}")) { (phrases::call(lang)) " " (number) }
            }
        }
    }
}

/// Each source once, in the order of the steps.
fn sources(g: &Guidance<'_>) -> Vec<&'static Source> {
    let mut sources: Vec<&'static Source> = Vec::new();
    for step in g.todo.iter().map(|s| s.step).chain(g.leave.iter().copied()) {
        if !sources.contains(&step.source) {
            sources.push(step.source);
        }
    }
    sources
}

fn helpers(g: &Guidance<'_>) -> Markup {
    let lang = g.lang;
    html! {
        section #helpers aria-labelledby="helpers-heading" {
            h3 #helpers-heading { (phrases::who_helps(lang)) }
            ul .helpers .grid { @for h in g.helpers.iter().take(HELPERS_SHOWN) { (helper(h, lang)) } }
            @if g.helpers.len() > HELPERS_SHOWN {
                details .more { summary { (phrases::more_helpers(lang)) " (" (g.helpers.len() - HELPERS_SHOWN) ")" }
                    ul .helpers .grid { @for h in g.helpers.iter().skip(HELPERS_SHOWN) { (helper(h, lang)) } }
                }
            }
        }
    }
}

fn helper(h: &Helper<'_>, lang: Lang) -> Markup {
    html! { li .helper data-service=(h.service.id) data-open=(h.open) { (helper_card(h, lang, false)) } }
}

/// One service: name, whether somebody answers now, one tap to reach it, cost, trace and source. `listed`: in a list of
/// its own, one heading higher than inside an answer.
pub fn helper_card(h: &Helper<'_>, lang: Lang, listed: bool) -> Markup {
    let s = h.service;
    let text = |about| s.text(about, lang).unwrap_or_default();
    html! {
            div .helper-head {
                @if listed { h3 { (s.name(lang)) } } @else { h4 { (s.name(lang)) } }
                @match s.channel {
                    Channel::Phone => p .state data-open=(h.open) { (if h.open { phrases::open_now(lang) } else { phrases::closed_now(lang) }) },
                    Channel::Web | Channel::InApp => p .state data-open="true" { (phrases::any_time(lang)) },
                }
            }
            p .helper-text { (text("description")) }
            @if s.channel == Channel::Phone && s.text("hours", lang).is_some() { p .fine { (text("hours")) } }
            @if let Some(how) = s.text("how", lang) { p .helper-how { (how) } }
            @if let (Some(number), Some(dial)) = (&s.phone, s.dial()) {
                a .button .call href=(format!("tel:{dial}")) { (phrases::call(lang)) " " strong { (number) } }
            }
            @if let Some(url) = &s.url {
                a .button .quiet href=(url) rel="noreferrer noopener external" { (phrases::open_site(lang)) " " (url.trim_start_matches("https://")) }
            }
            @if s.not_emergency { p .label { (phrases::not_emergency(lang)) } }
            @if !s.emergency && !s.verified { p .label { (phrases::unverified(lang)) } }
            @if h.overdue { p .label { (phrases::overdue(lang)) " " (s.checked_on.spoken()) } }
            p .fine { (text("cost")) " " (text("trace")) }
            details .fine .stated { summary { (phrases::stated_by(lang)) } (s.sources.join("; ")) }
    }
}

fn words(g: &Guidance<'_>) -> Markup {
    let lang = g.lang;
    html! {
        section #words .card aria-labelledby="words-heading" {
            h3 #words-heading { (phrases::your_words(lang)) }
            @if g.signs.is_empty() { p .fine { (phrases::nothing_marked(lang)) } }
            @else { p .fine .hint { (phrases::your_words_hint(lang)) } }
            div .words dir="auto" translate="no" { @for (i, piece) in g.pieces.iter().enumerate() { (one_piece(g, i, piece)) } }
            @if !g.signs.is_empty() {
                h4 .visually-hidden { (phrases::signs(lang)) }
                ol .signs { @for sign in &g.signs {
                    li data-sign=(sign.code) {
                        strong { (sign.name) }
                        p { (sign.why) }
                        p .act { (sign.act) }
                    }
                } }
                @for sign in &g.signs {
                    div id=(format!("sign-{}", sign.number)) .popover popover {
                        p .popover-title { span .number aria-hidden="true" { (sign.number) } " " strong { (sign.name) } }
                        p { (sign.why) }
                        p .act { (sign.act) }
                        button .button .quiet type="button" popovertarget=(format!("sign-{}", sign.number)) popovertargetaction="hide" { (phrases::close(lang)) }
                    }
                }
            }
        }
    }
}

fn one_piece(g: &Guidance<'_>, place: usize, piece: &Piece) -> Markup {
    html! {
        @match piece {
            Piece::Plain(words) => (words),
            Piece::Skipped => span .skipped { (phrases::skipped(g.lang)) },
            Piece::Marked(words, signs) => {
                mark { (words) }
                @for number in signs.iter().filter(|n| ends_here(g, place, **n)) {
                    @let name = g.signs.get(number - 1).map_or("", |s| s.name);
                    // Joined to its words: a number alone on the next line belongs to nothing.
                    "\u{2060}"
                    button .number type="button" popovertarget=(format!("sign-{number}")) aria-label=(format!("{} {number}: {name}", phrases::sign(g.lang))) { (number) }
                }
            }
        }
    }
}

/// A sign cut by another one carries its number once, at its end.
fn ends_here(g: &Guidance<'_>, place: usize, number: usize) -> bool {
    !matches!(g.pieces.get(place + 1), Some(Piece::Marked(_, next)) if next.contains(&number))
}

fn links(g: &Guidance<'_>) -> Markup {
    html! {
        section #links .card aria-labelledby="links-heading" {
            h3 #links-heading { (phrases::links(g.lang)) }
            ul .links { @for link in &g.links {
                li data-verdict=(verdict(link.verdict)) {
                    p .host translate="no" { bdi { (link.host) } }
                    p .verdict { strong { (link.name) } @if let Some(brand) = &link.brand { " · " (brand) } }
                    @if !link.reasons.is_empty() { ul .reasons { @for reason in &link.reasons { li { (reason) } } } }
                    p .fine { (link.note) }
                }
            } }
        }
    }
}

const fn verdict(verdict: LinkVerdict) -> &'static str {
    match verdict {
        LinkVerdict::KnownGood => "known_good",
        LinkVerdict::Unknown => "unknown",
        LinkVerdict::Suspicious => "suspicious",
        LinkVerdict::KnownBad => "known_bad",
    }
}
