//! How many short messages one core reads a second: `cargo run --release -p recognise --example speed`.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]
use recognise::{Recogniser, Scratch};
use std::{hint::black_box, time::Instant};

fn main() {
    let recogniser = Recogniser::shipped();
    let mut texts: Vec<String> = Vec::new();
    for file in ["corpus/train/vi-a.jsonl", "corpus/train/vi-c.jsonl"] {
        for line in std::fs::read_to_string(file).expect("run in the project's root").lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON lines");
            let text = row["text"].as_str().unwrap_or_default();
            let plain: String =
                text.split('{').map(|p| p.split_once('|').map_or(p, |x| x.1)).collect::<String>().replace('}', "");
            if (30..80).contains(&plain.chars().count()) {
                texts.push(plain);
            }
        }
    }
    let chars: usize = texts.iter().map(|t| t.chars().count()).sum();
    println!("{} texts, {:.1} characters on the mean", texts.len(), chars as f64 / texts.len() as f64);
    let t = Instant::now();
    for _ in 0..100 {
        for x in &texts {
            black_box(recognise::parse_chat(x));
        }
    }
    println!("parse_chat {:.0} ns", t.elapsed().as_nanos() as f64 / (texts.len() * 100) as f64);
    let t = Instant::now();
    for _ in 0..100 {
        for x in &texts {
            black_box(recognise::links::read(x, recogniser.hosts()));
        }
    }
    println!("links {:.0} ns", t.elapsed().as_nanos() as f64 / (texts.len() * 100) as f64);
    let t = Instant::now();
    for _ in 0..100 {
        for x in &texts {
            black_box(recogniser.normalise(x));
        }
    }
    println!("normalise {:.0} ns", t.elapsed().as_nanos() as f64 / (texts.len() * 100) as f64);
    let mut scratch = Scratch::default();
    for _ in 0..5 {
        let start = Instant::now();
        let mut harms = 0;
        for _ in 0..100 {
            for text in &texts {
                harms += recogniser.assess_with(text, &mut scratch).map_or(0, |a| a.harms.len());
            }
        }
        let per_s = (texts.len() * 100) as f64 / start.elapsed().as_secs_f64();
        println!("{per_s:.0} a second ({harms})");
    }
}
