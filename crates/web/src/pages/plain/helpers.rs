//! Others who help, for browsers without scripts: what `pages/back/helpers.rs` is elsewhere.

use super::{
    Here,
    case::{button, text},
};
use crate::{
    done::{self, Standing, name, when},
    pages::back::helpers::{consent_words, how_are_you, next, state},
    plain::{
        Answers, Say,
        visit::{Read, Seen, Visit},
    },
    report::{Helper, Refusal},
};
use casework::{CaseId, ItemId};
use maud::{Markup, html};
use serde_json::Value;
use std::collections::HashMap;
use store::{Author, HerAnswer};
use vocabulary::{ConsentState, Helped, Lang, Wellbeing};

/// Names a consent in a button.
fn key(verb: &str, standing: &Standing) -> String {
    format!("{verb}:{}:{}:{}", standing.case, standing.organisation, standing.consent)
}

/// What she pressed; nothing where it is none of these.
pub(super) async fn deed(
    here: &Here,
    visit: &Visit,
    seen: &Seen,
    (verb, about): (&str, &str),
    posted: &Answers,
) -> Result<Option<Say>, Refusal> {
    let (house, now) = (&here.house, here.now);
    match verb {
        "agree" | "refuse" | "takeback" => {
            let standing = find(seen, about).ok_or(Refusal::Stale)?;
            match verb {
                "agree" => visit.agree(seen, house, standing, now).await?,
                "refuse" => seen.answer(house, standing, HerAnswer::Refuses, now).await?,
                _ => seen.answer(house, standing, HerAnswer::TakesBack, now).await?,
            }
            Ok(Some(Say::Done))
        }
        "tell" => {
            let case: CaseId = about.parse().map_err(|_| Refusal::Absent)?;
            let field = format!("message-{case}");
            if !posted.said(&field) {
                return Ok(None);
            }
            seen.tell(house, case, posted.one(&field), now).await?;
            Ok(Some(Say::Sent))
        }
        "said" => {
            let (wellbeing, helped): (Option<Wellbeing>, Option<Helped>) =
                (posted.one("wellbeing").parse().ok(), posted.one("helped").parse().ok());
            if wellbeing.is_none() && helped.is_none() {
                return Ok(None);
            }
            seen.say(house, (wellbeing, helped), now).await?;
            Ok(Some(Say::Sent))
        }
        _ => Ok(None),
    }
}

fn find<'s>(seen: &'s Seen, about: &str) -> Option<&'s Standing> {
    let mut parts = about.split(':');
    let (case, organisation, consent) = (parts.next()?, parts.next()?, parts.next()?);
    let (case, consent): (CaseId, ItemId) = (case.parse().ok()?, consent.parse().ok()?);
    let fits = |s: &&Standing| s.case == case && s.organisation == organisation && s.consent == consent;
    seen.reach.consents.iter().find(fits)
}

/// Above the messages: what she is asked, how she is, what is next, who helps too.
pub(super) async fn above(here: &Here, seen: &Seen, words: &HashMap<&str, &str>) -> Result<Markup, Refusal> {
    let lang = here.place.lang;
    let names = &seen.reach.names;
    let mut asked = Vec::new();
    for standing in seen.reach.consents.iter().filter(|standing| standing.state == ConsentState::Asked) {
        asked.push(question(here, seen, standing).await?);
    }
    Ok(html! {
        @if seen.case.receipt_known { p .note { (consent_words(lang).known) } }
        @if !asked.is_empty() { section .sheet .asked aria-labelledby="asked-heading" {
            h2 #asked-heading { (lang.pick("Hỏi ý bạn", "You are asked")) }
            ul { @for each in asked { (each) } }
        } }
        @if !seen.reach.asks.is_empty() { (how_is_she(lang)) }
        @if !seen.reach.next.is_empty() { ul .next { @for (id, due) in &seen.reach.next {
            li { (next(lang).replace("{org}", &name(names, id, lang)).replace("{when}", &when(*due))) }
        } } }
        @if !seen.reach.helpers.is_empty() { section #helpers .sheet aria-labelledby="helpers-heading" {
            h2 #helpers-heading { (lang.pick("Các nơi cùng giúp", "Others who help")) }
            ul { @for each in &seen.reach.helpers { (helper(lang, seen, each, words)) } }
        } }
    })
}

async fn question(here: &Here, seen: &Seen, standing: &Standing) -> Result<Markup, Refusal> {
    let lang = here.place.lang;
    let words = consent_words(lang);
    let names = &seen.reach.names;
    let (org, to) = (name(names, &standing.organisation, lang), name(names, &standing.to, lang));
    let line = |words: &str| words.replace("{org}", &org).replace("{to}", &to).replace("{when}", &when(standing.until));
    let found = seen.question(&here.house, standing).await?;
    let thread = match seen.reach.helpers.iter().find(|helper| helper.case.id == standing.case) {
        Some(helper) => seen.thread(helper),
        None => seen.read(&here.house).await?,
    };
    Ok(html! { li .consent {
        h3 { (line(words.title)) }
        @if let Some((read, asked)) = &found {
            @let said = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            @let leaves: Vec<String> = asked.get("entries").and_then(Value::as_array).into_iter().flatten()
                .filter_map(|leaf| leaf.as_str().map(str::to_owned)).collect();
            p dir="auto" { (read.content.as_ref().map(|content| said(content, "text")).unwrap_or_default()) }
            p { (line(words.told)) }
            ul { @for each in thread.iter().filter(|each| leaves.contains(&each.leaf())) {
                li { (lang.pick("mục", "entry")) " " (each.entry.number + 1) ": " (each.entry.kind.name(lang)) }
            } }
            p .fine { (words.open) }
            @if !said(asked, "not_told").is_empty() { p { (line(words.hidden)) } p dir="auto" { (said(asked, "not_told")) } }
        }
        p { (line(words.until)) }
        p { (line(words.otherwise)) }
        p .actions {
            @if found.is_some() { (button(&key("agree", standing), "quiet", words.agree)) }
            (button(&key("refuse", standing), "quiet", words.refuse))
        }
    } })
}

fn how_is_she(lang: Lang) -> Markup {
    let (how, helped) = how_are_you(lang);
    html! { section #wellbeing .sheet .asked aria-labelledby="wellbeing-heading" {
        h2 #wellbeing-heading { (how) }
        div .tiles role="radiogroup" aria-labelledby="wellbeing-heading" { @for each in Wellbeing::ALL {
            label .tile { input type="radio" name="wellbeing" value=(each); span { (each.name(lang)) } }
        } }
        p #helped-label { (helped) }
        div .tiles role="radiogroup" aria-labelledby="helped-label" { @for each in Helped::ALL {
            label .tile { input type="radio" name="helped" value=(each); span { (each.name(lang)) } }
        } }
        p .actions { (button("said", "primary", lang.pick("Gửi câu trả lời", "Send my answer"))) }
    } }
}

fn helper(lang: Lang, seen: &Seen, helper: &Helper, words: &HashMap<&str, &str>) -> Markup {
    let names = &seen.reach.names;
    let from = helper.referral.as_ref().map(|referral| referral.with.as_str());
    let who: Vec<_> = helper
        .accesses
        .iter()
        .filter(|access| !helper.case.members_only || Some(access.organisation.as_str()) != from)
        .map(|access| name(names, &access.organisation, lang))
        .collect();
    let reads = helper.accesses.iter().any(|access| access.withdrawn_at.is_none());
    let thread = seen.thread(helper);
    let sealed_anew = |read: &&Read| read.content.as_ref().is_some_and(|content| content.get("was").is_some());
    let field = format!("message-{}", helper.case.id);
    html! { li .helper {
        h3 { (who.join(", ")) }
        @if let Some(referral) = &helper.referral {
            p { (state(referral.state, lang)) }
            @if reads { p .fine { (consent_words(lang).until.replace("{when}", &when(referral.until))) } }
        }
        p .fine { (lang.pick("Được đọc {n} mục của bạn.", "May read {n} of your entries.").replace("{n}", &thread.iter().filter(sealed_anew).count().to_string())) }
        ol .talk { @for read in thread.iter().filter(|read| !sealed_anew(read)) { li .entry data-own[read.entry.author == Author::Person] {
            p .entry-head .fine {
                @match &read.entry.author { Author::Person => (lang.pick("Bạn", "You")), Author::Organisation(id) => (name(names, id, lang)) }
                " · " (when(read.entry.at))
            }
            p .entry-text dir="auto" { (text(lang, read, words)) }
        } } }
        @if reads { div .write {
            label .big-label for=(field) { (lang.pick("Viết cho nơi này", "Write to them")) }
            textarea #(field) name=(field) rows="3" autocomplete="off" autocorrect="off" spellcheck="false" translate="no" dir="auto" maxlength="80000" {}
            p .actions { (button(&format!("tell:{}", helper.case.id), "primary", lang.pick("Niêm và gửi", "Seal and send"))) }
        } }
    } }
}

/// Below the messages: what she allowed, and what was done.
pub(super) fn below(lang: Lang, seen: &Seen) -> Markup {
    let words = consent_words(lang);
    let names = &seen.reach.names;
    let told: Vec<_> = seen.reach.consents.iter().filter(|standing| standing.state != ConsentState::Asked).collect();
    html! {
        details .sheet { summary { (lang.pick("Điều bạn đã cho phép", "What you allowed")) @if !told.is_empty() { " (" (told.len()) ")" } }
            ul {
                @for each in &told { li .consent {
                    p { strong { (lang.pick("{org} cho {to} biết, tới {when}", "{org} tells {to}, until {when}")
                        .replace("{org}", &name(names, &each.organisation, lang)).replace("{to}", &name(names, &each.to, lang)).replace("{when}", &when(each.until))) } }
                    p { (done::consent(each.state, lang)) }
                    @if each.can_be_taken_back() {
                        p .fine { (words.taken_back.replace("{to}", &name(names, &each.to, lang))) }
                        p .actions { (button(&key("takeback", each), "quiet", words.take_back)) }
                    }
                } }
                @if told.is_empty() { li { (lang.pick("Chưa có gì.", "Nothing yet.")) } }
            }
        }
        details .sheet { summary { (lang.pick("Những gì đã làm", "What was done")) @if !seen.reach.done.is_empty() { " (" (seen.reach.done.len()) ")" } }
            ol {
                @for (at, said) in &seen.reach.done { li { (when(*at)) ": " (said[usize::from(lang == Lang::En)]) } }
                @if seen.reach.done.is_empty() { li { (lang.pick("Chưa có gì.", "Nothing yet.")) } }
            }
        }
    }
}
