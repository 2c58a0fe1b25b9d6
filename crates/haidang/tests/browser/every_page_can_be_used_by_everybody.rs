//! axe-core finds nothing on any page, in both languages, light and dark, nor on an answer.

use crate::{
    MESSAGE, PAGES, check,
    desk::{Desk, LINE},
    house, learning,
    pages_fit_and_keep_their_policy::too_wide,
    reader_ready, telling,
};
use anyhow::{Context, Result};
use serde_json::json;
use std::{fs, path::Path};
use visitor::{Look, Visitor, browser_wanted};

#[tokio::test]
async fn axe_finds_nothing() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (house, axe) = (house()?, axe()?);
    let mut found = Vec::new();
    for look in [Look::PHONE, Look::PHONE.dark(), Look::DESKTOP.english(), Look::DESKTOP.english().dark()] {
        let lang = &look.languages[..2];
        let visitor = Visitor::arrive(look).await?;
        for page in PAGES {
            visitor.go(&house.url(&format!("/{lang}{page}"))).await?;
            found.extend(examine(&visitor, &axe).await?);
        }
        visitor.go(&house.url(&format!("/{lang}/"))).await?;
        reader_ready(&visitor).await?;
        check(&visitor, MESSAGE).await?;
        found.extend(examine(&visitor, &axe).await?);
    }
    assert!(found.is_empty(), "axe-core found:\n{}", found.join("\n"));
    Ok(())
}

/// Every step of a report, and the case that one comes back to.
#[tokio::test]
async fn axe_finds_nothing_while_she_tells_and_comes_back() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (desk, axe) = (Desk::open().await?, axe()?);
    let mut found = Vec::new();
    for look in [Look::NARROW, Look::DESKTOP.english().dark()] {
        let lang = &look.languages[..2];
        let visitor = Visitor::arrive(look).await?;
        visitor.go(&desk.house.url(&format!("/{lang}/ask"))).await?;
        visitor.until("cards are there", "return document.querySelectorAll('#organisations .org').length > 0").await?;
        for _ in 0..40 {
            visitor.eval("for (const d of document.querySelectorAll('details')) d.open = true").await?;
            found.extend(examine(&visitor, &axe).await?);
            let step = visitor.eval("return document.querySelector('.step:not([hidden])').dataset.step").await?;
            match step.as_str().unwrap_or_default() {
                "organisations" => telling::let_read(&visitor, LINE).await?,
                "danger" => telling::choose(&visitor, "urgency", "now").await?,
                "harm" => telling::choose(&visitor, "harm", "sextortion").await?,
                "clear" => break,
                _ => continue_on(&visitor).await?,
            }
            if step == "organisations" || step == "danger" || step == "harm" {
                found.extend(examine(&visitor, &axe).await?);
                continue_on(&visitor).await?;
            }
        }
        let words = telling::send(&visitor).await?;
        found.extend(examine(&visitor, &axe).await?);
        telling::give_back(&visitor, &words).await?;
        found.extend(examine(&visitor, &axe).await?);
        telling::come_back(&visitor, &desk.house.url(&format!("/{lang}/back")), &words.join(" ")).await?;
        visitor.until("the case is open", "return !document.getElementById('case').hidden").await?;
        visitor.eval("for (const d of document.querySelectorAll('details')) d.open = true").await?;
        found.extend(examine(&visitor, &axe).await?);
    }
    assert!(found.is_empty(), "axe-core found:\n{}", found.join("\n"));
    Ok(())
}

/// Every kind of step, before and after it is done, and the end.
#[tokio::test]
async fn axe_finds_nothing_while_she_learns() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (house, axe) = (house()?, axe()?);
    let mut found = Vec::new();
    for look in [Look::NARROW, Look::DESKTOP.english().dark()] {
        let lang = &look.languages[..2];
        let visitor = Visitor::arrive(look).await?;
        for lesson in ["codes-are-keys", "six-digits"] {
            learning::begin(&visitor, &house.url(&format!("/{lang}/learn/{lesson}"))).await?;
            while learning::kind(&visitor).await? != "end" {
                found.extend(examine(&visitor, &axe).await?);
                learning::do_step(&visitor, "Mình không đưa, mình hỏi mẹ đã").await?;
                found.extend(examine(&visitor, &axe).await?);
                if look.width == Look::NARROW.width {
                    found.extend(too_wide(&visitor, &learning::kind(&visitor).await?).await?);
                }
                learning::go_on(&visitor).await?;
            }
            found.extend(examine(&visitor, &axe).await?);
        }
    }
    assert!(found.is_empty(), "found:\n{}", found.join("\n"));
    Ok(())
}

async fn continue_on(visitor: &Visitor) -> Result<()> {
    telling::press(visitor, "#ask-next").await
}

pub async fn examine(visitor: &Visitor, axe: &str) -> Result<Vec<String>> {
    // A transition half way has colours of neither state.
    visitor.until("nothing moves", "return document.getAnimations().every(a => a.playState !== 'running')").await?;
    visitor.devtools("Runtime.evaluate", json!({"expression": axe})).await?;
    let run = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.flatMap(v => v.nodes.map(n =>
        `${location.pathname} ${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`)))";
    let found = visitor.promise(run).await?;
    let dark = visitor.eval("return matchMedia('(prefers-color-scheme: dark)').matches").await?;
    let said = |v: &serde_json::Value| format!("{} (dark: {dark})", v.as_str().unwrap_or_default());
    Ok(found.as_array().context("a list of violations")?.iter().map(said).collect())
}

/// The text of axe-core, fetched by `cargo xtask test`.
pub fn axe() -> Result<String> {
    let path = std::env::var("HAIDANG_AXE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../.cache/axe-core-4.14.1/axe.min.js").into());
    fs::read_to_string(Path::new(&path)).context("axe-core is not here; what to do: cargo xtask test, once")
}
