//! `cargo xtask rules`: what the rules find in the training corpus, what they miss, where they are wrong.
//!
//! Looks at `corpus/train` alone: whoever writes rules must not see the test split.

use crate::corpus::{self, Record};
use anyhow::Result;
use recognise::training::Extractor;
use std::{collections::BTreeMap, path::Path};

#[derive(clap::Args)]
pub struct Args {
    /// Show the misses and false hits of this tactic, or the hits of this cue.
    group: Option<String>,
}

#[derive(Default)]
struct Count {
    marked: u32,
    found: u32,
    hits: u32,
    right: u32,
    innocent: u32,
}

pub fn run(args: &Args) -> Result<()> {
    let records = corpus::read(Path::new("corpus/train"))?;
    let mut extractor = Extractor::default();
    let mut counts: BTreeMap<String, Count> = extractor.groups().into_iter().map(|g| (g, Count::default())).collect();
    for record in records.iter().filter(|r| !r.is_chat()) {
        judge(record, &mut extractor, args.group.as_deref(), &mut counts);
    }
    println!("{:24} marked  found  recall    hits  right  precision  in innocent texts", "group");
    for (group, c) in &counts {
        let share =
            |a: u32, b: u32| if b == 0 { "   -".into() } else { format!("{:3.0}%", 100.0 * a as f32 / b as f32) };
        let (recall, precision) = (share(c.found, c.marked), share(c.right, c.hits));
        println!(
            "{group:24} {:6} {:6}    {recall} {:7} {:6}       {precision} {:7}",
            c.marked, c.found, c.hits, c.right, c.innocent
        );
    }
    Ok(())
}

fn judge(record: &Record, extractor: &mut Extractor, shown: Option<&str>, counts: &mut BTreeMap<String, Count>) {
    let found = extractor.found(&record.text);
    let letters: Vec<char> = record.text.chars().collect();
    let words = |start: u32, end: u32| letters[start as usize..end as usize].iter().collect::<String>();
    let touch = |a: (u32, u32), b: (u32, u32)| a.0 < b.1 && b.0 < a.1;
    for span in &record.spans {
        let code = span.code.code();
        let hit = found.iter().any(|(g, start, end)| g == code && touch((*start, *end), (span.start, span.end)));
        let count = counts.entry(code.into()).or_default();
        count.marked += 1;
        count.found += u32::from(hit);
        if shown == Some(code) && !hit {
            println!("missed  {:10} `{}` in: {}", record.id, words(span.start, span.end), record.text);
        }
    }
    for (group, start, end) in &found {
        let right = record.spans.iter().any(|s| s.code.code() == group && touch((s.start, s.end), (*start, *end)));
        let count = counts.entry(group.clone()).or_default();
        count.hits += 1;
        count.right += u32::from(right);
        count.innocent += u32::from(record.harms.is_empty());
        if shown == Some(group) && !right {
            let of = record.benign_kind.map_or_else(|| format!("{:?}", record.harms), |k| k.to_string());
            println!("hit     {:10} `{}` ({of}) in: {}", record.id, words(*start, *end), record.text);
        }
    }
}
