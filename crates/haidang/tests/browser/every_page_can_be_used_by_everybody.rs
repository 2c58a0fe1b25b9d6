//! axe-core finds nothing on any page, in both languages, light and dark, nor on an answer.

use crate::{MESSAGE, PAGES, check, house, reader_ready};
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
