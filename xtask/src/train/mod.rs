//! `cargo xtask train`: from the corpus to `model.bin`, bit for bit the same each time.
//!
//! Logistic regression, one column a label, by AdaGrad in one fixed order on one thread. Five folds by scenario give
//! logits that the model has not learned by heart: from them come calibration and thresholds.

mod calibrate;
mod data;
mod fit;
mod second;

use crate::corpus;
use anyhow::{Context, Result};
use calibrate::{Answered, Folded};
use data::Example;
use recognise::{
    Model,
    training::{COLUMNS, Extractor, QUESTIONS, Second, sigmoid},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub struct Args {
    /// Folder of the public sets (docs/data.md says where anyone gets them).
    #[arg(long)]
    data: PathBuf,
    /// Where the weights go.
    #[arg(long, default_value = "crates/recognise/data/model.bin")]
    out: PathBuf,
    /// The version that stands in the weights: year, month, day.
    #[arg(long, default_value_t = 20_261_125)]
    version: u32,
}

pub fn run(args: &Args) -> Result<()> {
    let mut extractor = Extractor::default();
    let records = corpus::read(Path::new("corpus/train"))?;
    let own = data::own(&records, &mut extractor);
    let public = data::public(&args.data, &mut extractor).context("the public sets could not be read")?;
    eprintln!("{} records, {} examples of our own, {} public", records.len(), own.len(), public.len());
    let rows = extractor.rows();
    let folded = fold(&own, &public, rows);
    let calibration = calibrate::platt(&folded);
    let (second, answered) = second_look(&folded);
    let thresholds = calibrate::thresholds(&answered);
    eprintln!("{thresholds:?}");
    calibrate::report(&answered, &thresholds);
    let examples: Vec<&Example> = own.iter().filter(|e| !e.probe).chain(&public).collect();
    let mut model = fit::fit(&examples, rows).quantise();
    model.calibration = calibration;
    model.second = second;
    model.harm_at = thresholds.harm_at;
    model.unsure_at = thresholds.unsure_at;
    model.told_at = thresholds.told_at;
    model.chat_at = thresholds.chat_at;
    model.urgent_at = thresholds.urgent_at;
    model.fingerprint = extractor.fingerprint();
    model.version = args.version;
    write(&args.out, &model)
}

/// The second look of all folds, calibrated; and its answers for every example, from one that never saw its scenario.
fn second_look<'a>(folded: &[Folded<'a>]) -> (Second, Vec<Answered<'a>>) {
    let mut judged: Vec<(&Folded, [f32; QUESTIONS])> = Vec::new();
    for fold in 0..FOLDS {
        let held_out = |f: &&Folded| f.example.scenario_hash % FOLDS == fold;
        let second = second::fit(&folded.iter().filter(|f| !held_out(f) && !f.example.probe).collect::<Vec<_>>());
        judged.extend(folded.iter().filter(held_out).map(|f| (f, second.logits(&f.logits))));
    }
    let calibration = second::calibrate(&judged);
    let answers =
        |logits: &[f32; QUESTIONS]| std::array::from_fn(|q| sigmoid(logits[q] * calibration[q].0 + calibration[q].1));
    let answered = judged.iter().map(|(f, logits)| Answered { example: f.example, answers: answers(logits) }).collect();
    let second = second::fit(&folded.iter().filter(|f| !f.example.probe).collect::<Vec<_>>());
    (Second { calibration, ..second }, answered)
}

const FOLDS: u32 = 5;

/// Logits for every example of our own from a model that never saw its scenario.
fn fold<'a>(own: &'a [Example], public: &'a [Example], rows: usize) -> Vec<Folded<'a>> {
    let mut folded = Vec::new();
    for fold in 0..FOLDS {
        let held_out = |e: &&Example| e.scenario_hash % FOLDS == fold;
        let examples: Vec<&Example> = own.iter().filter(|e| !held_out(e) && !e.probe).chain(public).collect();
        let model = fit::fit(&examples, rows).quantise();
        let judged = own.iter().filter(held_out).map(|example| Folded { example, logits: logits(&model, example) });
        folded.extend(judged);
        eprintln!("fold {} of {FOLDS}", fold + 1);
    }
    folded
}

fn logits(model: &Model, example: &Example) -> [f32; COLUMNS] {
    recognise::training::logits(model, &example.features)
}

fn write(path: &Path, model: &Model) -> Result<()> {
    let bytes = model.to_bytes();
    fs::write(path, &bytes).with_context(|| format!("{} can't be written", path.display()))?;
    eprintln!("{}: {} bytes, sha256 {}", path.display(), bytes.len(), crate::sha256(&bytes));
    Ok(())
}
