//! How far a second reading of the corpus agrees with its labels: a tenth of it, drawn by lot, was labelled anew by
//! readers who saw neither the first labels nor the other half (`corpus/second`). Cohen's kappa (1960) leaves out what
//! chance alone would give.

use crate::corpus::Record;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    env, fs,
    path::Path,
};
use vocabulary::{BenignKind, Harm, Speaker, Urgency};

const LABELS: &str = "corpus/second/labels.jsonl";
const PAGE: &str = "docs/corpus.md";
/// Between these lines of the page stands what was reckoned here.
const FROM: &str = "<!-- agreement -->\n";
const TO: &str = "<!-- end of agreement -->";
/// One record in so many is read a second time, at least.
const ONE_IN: usize = 10;
/// Two who name the turn at which they would warn agree where it is at most so many turns apart.
const NEAR: u32 = 2;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Second {
    id: String,
    harms: Vec<Harm>,
    benign_kind: Option<BenignKind>,
    speaker: Option<Speaker>,
    urgency: Option<Urgency>,
    /// The reader thought that two careful people could well differ.
    doubt: bool,
    /// Of a chat.
    #[serde(default)]
    #[expect(dead_code, reason = "who does it is read by people")]
    offender: Option<String>,
    #[serde(default)]
    warning_turn: Option<u32>,
}

/// Reckons it and compares it with the page; `UPDATE_GOLDEN=1` writes it there.
pub fn check(records: &[&Record]) -> Result<()> {
    let text = fs::read_to_string(LABELS).context("nobody has read the corpus a second time")?;
    let second = text.lines().map(serde_json::from_str).collect::<Result<Vec<Second>, _>>().context(LABELS)?;
    ensure!(
        second.len() >= records.len() / ONE_IN,
        "{} of {} records were read a second time, one in {ONE_IN} is promised",
        second.len(),
        records.len()
    );
    let known: HashMap<&str, &Record> = records.iter().map(|record| (record.id.as_str(), *record)).collect();
    let pairs = second.iter().map(|second| {
        let first = known.get(second.id.as_str()).with_context(|| format!("{LABELS}: no record `{}`", second.id))?;
        Ok((*first, second))
    });
    let table = table(&pairs.collect::<Result<Vec<_>>>()?);
    let page = fs::read_to_string(PAGE)?;
    let (before, rest) = page.split_once(FROM).with_context(|| format!("{PAGE} has no place for the agreement"))?;
    let (stands, after) = rest.split_once(TO).with_context(|| format!("{PAGE}: the agreement has no end"))?;
    if stands != table {
        if env::var_os("UPDATE_GOLDEN").is_none() {
            bail!("{PAGE} says another agreement\nWhat to do: UPDATE_GOLDEN=1 cargo xtask corpus");
        }
        fs::write(Path::new(PAGE), format!("{before}{FROM}{table}{TO}{after}"))?;
    }
    print!("{table}");
    Ok(())
}

fn table(pairs: &[(&Record, &Second)]) -> String {
    let mut rows = String::from("| what | compared | the same | kappa |\n| --- | --- | --- | --- |\n");
    let mut row = |what: &str, labels: Vec<(String, String)>| {
        let (same, kappa) = agreement(&labels);
        rows += &format!("| {what} | {} | {:.1} % | {kappa:.2} |\n", labels.len(), same * 100.0);
    };
    let name = |harm: Option<&Harm>| harm.map_or("none", |harm| harm.code()).to_owned();
    row("a harm, or none", of(pairs, |f, s| Some((f.harms.is_empty().to_string(), s.harms.is_empty().to_string()))));
    row("the first harm, or none", of(pairs, |f, s| Some((name(f.harms.first()), name(s.harms.first())))));
    let acute = |harms: &[Harm]| harms.iter().any(|harm| harm.is_acute()).to_string();
    row("an acute harm among them", of(pairs, |f, s| Some((acute(&f.harms), acute(&s.harms)))));
    row("who speaks", of(pairs, |f, s| Some((f.speaker?.code().into(), s.speaker?.code().into()))));
    row("urgency", of(pairs, |f, s| Some((f.urgency?.code().into(), s.urgency?.code().into()))));
    let kind = |kind: Option<BenignKind>| kind.map_or("small talk", |kind| kind.code()).to_owned();
    row(
        "the kind of an innocent text",
        of(pairs, |f, s| {
            let both = f.harms.is_empty() && s.harms.is_empty();
            both.then(|| (kind(f.benign_kind), kind(s.benign_kind)))
        }),
    );
    let turns: Vec<_> = pairs.iter().filter_map(|(f, s)| Some(f.warning_turn?.abs_diff(s.warning_turn?))).collect();
    let near = turns.iter().filter(|apart| **apart <= NEAR).count();
    let doubt = pairs.iter().filter(|(_, second)| second.doubt).count();
    rows += &format!(
        "\nOf {} records read a second time {doubt} were marked as doubtful by that reader. In {near} of {} chats the turns at \
         which both would warn are at most {NEAR} apart.\n",
        pairs.len(),
        turns.len()
    );
    rows
}

fn of(
    pairs: &[(&Record, &Second)],
    labels: impl Fn(&Record, &Second) -> Option<(String, String)>,
) -> Vec<(String, String)> {
    pairs.iter().filter_map(|(first, second)| labels(first, second)).collect()
}

/// The share of equal labels, and Cohen's kappa.
fn agreement(labels: &[(String, String)]) -> (f64, f64) {
    let all = labels.len().max(1) as f64;
    let same = labels.iter().filter(|(first, second)| first == second).count() as f64 / all;
    let mut counts: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for (first, second) in labels {
        counts.entry(first).or_default()[0] += 1.0;
        counts.entry(second).or_default()[1] += 1.0;
    }
    let by_chance: f64 = counts.values().map(|[first, second]| first / all * (second / all)).sum();
    (same, if by_chance < 1.0 { (same - by_chance) / (1.0 - by_chance) } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::agreement;

    fn pairs(text: &str) -> Vec<(String, String)> {
        text.split(' ').map(|pair| (pair[..1].to_owned(), pair[1..].to_owned())).collect()
    }

    #[test]
    fn what_chance_gives_counts_for_nothing() {
        assert_eq!(agreement(&pairs("aa bb aa bb")), (1.0, 1.0));
        assert_eq!(agreement(&pairs("aa ab ba bb")), (0.5, 0.0));
        // Cohen's own kind of example: 20 and 15 agreed, 5 and 10 not.
        let labels = [vec!["aa"; 20], vec!["ab"; 5], vec!["ba"; 10], vec!["bb"; 15]].concat().join(" ");
        let (same, kappa) = agreement(&pairs(&labels));
        assert!((same - 0.7).abs() < 1e-9 && (kappa - 0.4).abs() < 1e-9, "{same} {kappa}");
    }
}
