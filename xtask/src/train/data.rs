//! Examples for training: our own corpus, and public sets as far as their licences allow (docs/data.md).

use crate::corpus::Record;
use anyhow::{Context, Result};
use recognise::training::{Extractor, Features, LABELS, Label, QUESTIONS, Question};
use serde::Deserialize;
use std::{fs, path::Path};
use vocabulary::{BenignKind, Harm, Speaker, Urgency};

/// What a column is asked to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Yes,
    No,
    /// Not known: this example teaches nothing here.
    Open,
}

/// One example.
#[expect(clippy::struct_excessive_bools, reason = "facts about an example that don't exclude each other")]
#[derive(Clone, Debug)]
pub struct Example {
    pub features: Features,
    pub targets: [Target; LABELS],
    /// What the second look is asked.
    pub goals: [Target; QUESTIONS],
    /// How much it counts.
    pub weight: f32,
    pub scenario_hash: u32,
    pub english: bool,
    pub kind: Option<BenignKind>,
    pub acute: bool,
    pub harmful: bool,
    /// Told by someone harmed or a witness.
    pub told: bool,
    pub urgency: Option<Urgency>,
    pub chat: bool,
    /// A stretch of an innocent chat that only sets the thresholds of chats; it teaches nothing.
    pub probe: bool,
    /// Made from another example (marks taken off); never used for thresholds.
    pub copy: bool,
}

/// Our own corpus; Vietnamese texts twice, the second time without marks.
pub fn own(records: &[Record], extractor: &mut Extractor) -> Vec<Example> {
    let mut examples = Vec::new();
    for record in records {
        if record.is_chat() {
            examples.extend(chat_windows(record, extractor));
            continue;
        }
        examples.push(example(record, extractor.features(&record.text), 1.0));
        let bare = without_marks(&record.text);
        if bare != record.text {
            examples.push(Example { copy: true, ..example(record, extractor.features(&bare), 0.5) });
        }
    }
    examples
}

fn example(record: &Record, features: Features, weight: f32) -> Example {
    let harmful = !record.harms.is_empty();
    let mut targets = [Target::No; LABELS];
    let mut say = |label: Label, target: Target| targets[label.column()] = target;
    for (place, harm) in record.harms.iter().enumerate() {
        // The second and third harm are matters of taste: never punished.
        say(Label::Harm(*harm), if place < 2 { Target::Yes } else { Target::Open });
    }
    if let Some(kind) = record.benign_kind {
        say(Label::Benign(kind), Target::Yes);
    }
    for speaker in Speaker::ALL {
        let target = match record.speaker {
            Some(said) if said == *speaker => Target::Yes,
            Some(_) => Target::No,
            None => Target::Open,
        };
        say(Label::Speaker(*speaker), target);
    }
    if harmful {
        say(Label::AnyHarm, Target::Yes);
    }
    say(Label::Now, if record.urgency == Some(Urgency::Now) { Target::Yes } else { Target::No });
    let told = harmful && matches!(record.speaker, Some(Speaker::Harmed | Speaker::Witness));
    Example {
        features,
        targets,
        goals: goals(harmful, told, record.urgency),
        weight,
        told,
        urgency: record.urgency,
        scenario_hash: hash(&record.scenario),
        english: record.lang != "vi",
        kind: record.benign_kind,
        acute: record.is_acute(),
        harmful,
        chat: record.is_chat(),
        probe: false,
        copy: false,
    }
}

fn goals(harmful: bool, told: bool, urgency: Option<Urgency>) -> [Target; QUESTIONS] {
    let target = |yes: bool| if yes { Target::Yes } else { Target::No };
    let by = |least: Urgency| urgency.map_or(Target::Open, |u| target(u <= least));
    let mut goals = [Target::Open; QUESTIONS];
    goals[Question::AnyHarm as usize] = target(harmful);
    goals[Question::Told as usize] = if harmful && !told { Target::Open } else { target(told) };
    goals[Question::Now as usize] = by(Urgency::Now);
    goals[Question::Today as usize] = by(Urgency::Today);
    goals[Question::Soon as usize] = by(Urgency::Soon);
    goals
}

/// A chat as its windows: up to the warning, and the last; an innocent one as its first and last.
fn chat_windows(record: &Record, extractor: &mut Extractor) -> Vec<Example> {
    const WINDOW: usize = 10;
    let count = record.turns.len();
    let mut ends = vec![record.warning_turn.map_or(WINDOW.min(count), |t| (t as usize + 1).min(count)), count];
    ends.dedup();
    let turns: Vec<Features> = record.turns.iter().map(|turn| extractor.features(turn)).collect();
    let together = |turns: &[Features]| {
        let mut features = Features::default();
        for turn in turns {
            features.pieces.extend(&turn.pieces);
            features.signs.extend(&turn.signs);
        }
        features.signs.sort_unstable();
        features.signs.dedup();
        features
    };
    let window = |end: usize| together(&turns[end.saturating_sub(WINDOW)..end]);
    let mut windows: Vec<Example> =
        ends.iter().map(|end| Example { copy: *end != count, ..example(record, window(*end), 0.7) }).collect();
    if record.harms.is_empty() {
        // What the program looks at: each turn alone, and each with those before it.
        let probes = (1..=count).flat_map(|end| [window(end), together(&turns[end - 1..end])]);
        windows.extend(probes.map(|f| Example { copy: true, probe: true, ..example(record, f, 0.0) }));
    }
    windows
}

#[derive(Deserialize)]
struct PublicRow {
    text: String,
    label: String,
}

/// `(folder/file, the label taken, every how many-th row, what it teaches)`
const PUBLIC: &[(&str, &str, usize, Teaches)] = &[
    ("nus_sms_en/all.jsonl", "HAM", 28, Teaches::NoHarm(None)),
    ("uci_sms_spam/all.jsonl", "HAM", 3, Teaches::NoHarm(None)),
    ("jigsaw_partial/all.jsonl", "OK", 12, Teaches::NoHarm(None)),
    ("davidson2017/all.jsonl", "NEITHER", 4, Teaches::NoHarm(None)),
    ("vi_health_faq/dev.jsonl", "", 2, Teaches::NoHarm(Some(BenignKind::Health))),
    ("edos/train.jsonl", "sexist", 3, Teaches::Hate),
    ("hatemojibuild/train.jsonl", "hateful", 4, Teaches::Hate),
];

#[derive(Clone, Copy)]
enum Teaches {
    NoHarm(Option<BenignKind>),
    Hate,
}

/// Public sets that may train what we ship (`open/`), thinned to a fixed share, each counting less than our own.
pub fn public(data: &Path, extractor: &mut Extractor) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for (file, label, every, teaches) in PUBLIC {
        let path = data.join("open").join(file);
        let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let rows = source.lines().filter_map(|l| serde_json::from_str::<PublicRow>(l).ok());
        let taken = rows.filter(|r| label.is_empty() || r.label == *label).step_by(*every);
        examples.extend(taken.map(|row| public_example(&shorten(&row.text), *teaches, extractor)));
    }
    Ok(examples)
}

fn public_example(text: &str, teaches: Teaches, extractor: &mut Extractor) -> Example {
    let mut targets = [Target::No; LABELS];
    for speaker in Speaker::ALL {
        targets[Label::Speaker(*speaker).column()] = Target::Open;
    }
    let (kind, harmful) = match teaches {
        Teaches::NoHarm(kind) => (kind, false),
        Teaches::Hate => {
            for harm in Harm::ALL {
                targets[Label::Harm(*harm).column()] = Target::Open;
            }
            targets[Label::Harm(Harm::Hate).column()] = Target::Yes;
            targets[Label::AnyHarm.column()] = Target::Yes;
            targets[Label::Speaker(Speaker::Offender).column()] = Target::Yes;
            (None, true)
        }
    };
    // Which innocent kind a row of a public set is, nobody wrote down.
    for other in BenignKind::ALL {
        let target = if Some(*other) == kind { Target::Yes } else { Target::Open };
        targets[Label::Benign(*other).column()] = target;
    }
    let features = extractor.features(text);
    let weight = 0.04;
    Example {
        features,
        targets,
        goals: goals(harmful, false, None),
        weight,
        told: false,
        urgency: None,
        scenario_hash: 0,
        english: true,
        kind,
        acute: false,
        harmful,
        chat: false,
        probe: false,
        copy: true,
    }
}

/// The first 400 letters: a page of a forum counts no more than a message.
fn shorten(text: &str) -> String {
    text.chars().take(400).collect()
}

/// The text as typed on a keyboard without Vietnamese.
pub fn without_marks(text: &str) -> String {
    text.chars().map(recognise::training::plain_letter).collect()
}

/// FNV-1a, so that the folds are the same everywhere.
pub fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |h, b| (h ^ b as u32).wrapping_mul(0x0100_0193))
}
