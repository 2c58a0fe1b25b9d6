//! `docs/figures.json` is well formed, and the pages drawn from it say the same.

use crate::{bench, evaluate, figures};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeSet, fs};

pub fn check() -> Result<()> {
    let figures = figures::read()?;
    let mut seen = BTreeSet::new();
    for figure in &figures {
        let id = &figure.id;
        let well_formed = id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !well_formed || !seen.insert(id) {
            bail!("docs/figures.json: `{id}` is not snake_case, or stands twice");
        }
        if !figure.value.is_finite() || [&figure.unit, &figure.command, &figure.commit].iter().any(|t| t.is_empty()) {
            bail!("docs/figures.json: `{id}` lacks its value, unit, command or commit");
        }
        if figure.peer.is_some() != figure.ratio.is_some() {
            bail!("docs/figures.json: `{id}` names a peer without a ratio, or a ratio without its peer");
        }
    }
    let drawn = bench::page::draw(&figures);
    if fs::read_to_string(bench::page::PATH).unwrap_or_default() != drawn {
        bail!("{} is not what the figures say\nWhat to do: cargo xtask bench --page", bench::page::PATH);
    }
    let page = fs::read_to_string("docs/evaluation.md").context("What to do: cargo xtask evaluate")?;
    for figure in figures.iter().filter(|f| f.command == "cargo xtask evaluate") {
        if !page.contains(&evaluate::figure_row(figure)) {
            bail!("docs/evaluation.md doesn't say `{}`\nWhat to do: cargo xtask evaluate", figure.id);
        }
    }
    Ok(())
}
