//! `cargo xtask evaluate`: how good the recogniser is on texts that nobody who made it has seen.

mod page;
mod tally;

use crate::{
    corpus::{self, Record},
    figures::{self, Measured},
};
use anyhow::{Result, bail};
use recognise::{Assessment, Recogniser, Scratch, training};
use std::{fs, path::Path};
use tally::Tally;

#[derive(clap::Args)]
pub struct Args {
    /// Which split: `test` counts; `train` is for looking only and writes nothing.
    #[arg(long, default_value = "test")]
    split: String,
    /// List the mistakes (refused on the test split: nobody who works on rules should read it).
    #[arg(long)]
    mistakes: bool,
}

const COMMAND: &str = "cargo xtask evaluate";

/// A figure of `docs/figures.json` as it stands on the page.
pub fn figure_row(figure: &figures::Figure) -> String {
    format!("| `{}` | {} |\n", figure.id, figure.value)
}

/// A record and what the recogniser said of it.
pub struct Judged<'a> {
    pub record: &'a Record,
    pub said: Assessment,
}

pub fn run(args: &Args) -> Result<()> {
    let folder = Path::new("corpus").join(&args.split);
    if args.split == "test" {
        refuse_thawed(&folder)?;
        if args.mistakes {
            bail!("the test split stays unread; look at the mistakes of `--split train`");
        }
    }
    let records = corpus::read(&folder)?;
    let judged = judge(&Recogniser::shipped(), &records)?;
    let tally = Tally::of(&judged);
    println!("{}", page::summary(&tally));
    if args.mistakes {
        tally::print_mistakes(&judged);
    }
    if args.split == "test" {
        let ablations = ablations(&records)?;
        figures::write(
            &[
                Measured::new(
                    "benign_worst_group_pct",
                    tally.worst_group().1 * 100.0,
                    "% false alarms in the worst innocent group",
                ),
                Measured::new("acute_recall_pct", tally.acute.share() * 100.0, "% of acute harms told as harm"),
            ],
            COMMAND,
        )?;
        let rows: String = figures::read()?.iter().filter(|f| f.command == COMMAND).map(figure_row).collect();
        fs::write(
            "docs/evaluation.md",
            page::page(&tally, &ablations) + "\n## Figures on record\n\n| figure | value |\n| --- | --- |\n" + &rows,
        )?;
    }
    Ok(())
}

pub fn judge<'a>(recogniser: &Recogniser, records: &'a [Record]) -> Result<Vec<Judged<'a>>> {
    let mut scratch = Scratch::default();
    records
        .iter()
        .map(|record| Ok(Judged { record, said: recogniser.assess_with(&record.text, &mut scratch)? }))
        .collect()
}

/// What a family of rules is worth: the figures without it.
pub struct Ablation {
    pub name: String,
    pub tally: Tally,
}

/// Families of rules, told by the names of their groups.
fn families() -> Vec<(String, Vec<String>)> {
    let mut families: Vec<(String, Vec<String>)> = Vec::new();
    for group in training::Extractor::default().groups() {
        let family = match group.parse::<vocabulary::Tactic>() {
            Ok(tactic) => format!("tactics: {}", tactic.stage().code()),
            Err(_) => format!("cues: {}", group.split('.').next().unwrap_or(&group)),
        };
        match families.iter_mut().find(|(name, _)| *name == family) {
            Some((_, groups)) => groups.push(group),
            None => families.push((family, vec![group])),
        }
    }
    families
}

fn ablations(records: &[Record]) -> Result<Vec<Ablation>> {
    let mut out = Vec::new();
    for (name, groups) in families() {
        let recogniser = training::without_rules(|group| groups.iter().any(|g| g == group))?;
        out.push(Ablation { name, tally: Tally::of(&judge(&recogniser, records)?) });
    }
    Ok(out)
}

/// The test split is frozen: its hashes stand beside it and were committed before the first training.
fn refuse_thawed(folder: &Path) -> Result<()> {
    for line in fs::read_to_string(folder.join("SHA256SUMS"))?.lines() {
        let Some((sum, name)) = line.split_once("  ") else { continue };
        if crate::sha256(&fs::read(folder.join(name))?) != sum {
            bail!("{} was changed after it was frozen", folder.join(name).display());
        }
    }
    Ok(())
}
