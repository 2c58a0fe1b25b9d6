//! Messages a second in one process on one core, beside fastText with words and character n-grams.
//!
//! Ours reads the raw text and gives all harms, tactics with spans, links, speaker, urgency and advice. The peer gives
//! one label for text that was cleaned before its clock started: the comparison is in its favour.

use super::{TURNS, median, messages, release};
use crate::{
    corpus,
    corpus::Record,
    figures::Measured,
    shell::{answers, carry_out, command, output, target_dir},
};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

const PEER: &str = "fasttext words+chars";
/// The peer answers a list once: long enough a list that its clock means something.
const PEER_MESSAGES: usize = 30_000;

pub fn measure(messages: &[Record], peers: Option<&Path>) -> Result<Vec<Measured>> {
    let program = release("--package recognise --example throughput", "examples/throughput")?;
    let folder = target_dir().join("bench");
    fs::create_dir_all(&folder)?;
    let texts = folder.join("messages.txt");
    fs::write(&texts, messages::lines(messages))?;
    let python = peers.map(|_| python()).transpose()?;
    let sets = sets(&folder, messages)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        let mut own = std::process::Command::new(&program);
        own.arg(&texts).arg("2");
        ours.push(output(own)?.trim().parse::<f64>().context("messages a second")?);
        if let (Some(python), Some(peers)) = (&python, peers) {
            theirs.push(peer(python, peers, &sets)?);
        }
        println!("turn {turn}: ours {:.0}/s, peer {:.0}/s", ours[turn - 1], theirs.last().unwrap_or(&f64::NAN));
    }
    let own = Measured::new("check_native_per_s", median(ours.clone()), "messages/s");
    if theirs.is_empty() {
        println!("without --peers DIR there is no check_vs_fasttext_ratio");
        return Ok(vec![own]);
    }
    let ratio = median(ours) / median(theirs);
    Ok(vec![
        own.against("fastText supervised, words and 2-5-grams, dim 50", ratio),
        Measured::new("check_vs_fasttext_ratio", ratio, "times")
            .against("fastText supervised, words and 2-5-grams, dim 50", ratio),
    ])
}

/// What the peer learns (a label a text) and what it is asked.
fn sets(folder: &Path, messages: &[Record]) -> Result<[PathBuf; 2]> {
    let line = |r: &Record| {
        let harm = r.harms.first().map(|h| h.code());
        let label = harm.or_else(|| r.benign_kind.map(vocabulary::BenignKind::code)).unwrap_or("none");
        json!({"text": r.text, "label": label}).to_string() + "\n"
    };
    let [train, test] = ["peer-train.jsonl", "peer-test.jsonl"].map(|name| folder.join(name));
    let learnt = corpus::read(Path::new("corpus/train"))?;
    fs::write(&train, learnt.iter().filter(|r| !r.is_chat()).map(line).collect::<String>())?;
    fs::write(&test, messages.iter().cycle().take(PEER_MESSAGES).map(line).collect::<String>())?;
    Ok([train, test])
}

fn peer(python: &Path, peers: &Path, sets: &[PathBuf; 2]) -> Result<f64> {
    let mut run = std::process::Command::new(python);
    run.arg(peers.join("text_peer.py")).args(sets).env("PYTHONWARNINGS", "ignore");
    let lines = output(run)?;
    let said = lines.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()).find(|v| v["peer"] == PEER);
    said.and_then(|v| v["messages_per_s"].as_f64())
        .with_context(|| format!("the peer said nothing of `{PEER}`:\n{lines}"))
}

/// A Python with the peer's packages, made once.
fn python() -> Result<PathBuf> {
    let venv = std::path::absolute(".cache/peers")?;
    let python = venv.join("bin/python");
    let ready = |python: &Path| answers(&format!("{} -c import\u{20}fasttext,sklearn", python.display()));
    if !python.exists() || !ready(&python) {
        carry_out(command(&format!("python3 -m venv {}", venv.display())), "apt-get install python3-venv")?;
        let line =
            format!("{} -m pip install --quiet fasttext-wheel==0.9.2 scikit-learn==1.9.1 numpy<3", python.display());
        carry_out(command(&line), "see what pip says above; without --peers ours is measured alone")?;
    }
    Ok(python)
}
