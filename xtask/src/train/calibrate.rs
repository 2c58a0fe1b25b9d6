//! From sums to probabilities that can be believed, and from probabilities to thresholds by cost.

use super::data::{Example, Target};
use recognise::training::{COLUMNS, LABELS, QUESTIONS, Question, sigmoid};
use std::collections::BTreeMap;
use vocabulary::{BenignKind, Urgency};

/// An example with the logits of a model that never saw its scenario.
pub struct Folded<'a> {
    pub example: &'a Example,
    pub logits: [f32; COLUMNS],
}

/// An example with the calibrated answers of a second look that never saw its scenario.
pub struct Answered<'a> {
    pub example: &'a Example,
    pub answers: [f32; QUESTIONS],
}

impl Answered<'_> {
    pub fn p(&self, question: Question) -> f32 {
        self.answers[question as usize]
    }

    /// A message of ours as it was written.
    fn counts(&self) -> bool {
        !self.example.copy && !self.example.chat
    }
}

/// Of every innocent group at most this share may be called a harm, on texts the model has not seen.
const FALSE_ALARMS: f32 = 0.035;
/// Of all innocent texts at most this share may be called a harm or `unsure` for what they say,
const FALSE_DOUBTS: f32 = 0.08;
/// and at most this share when what sounds like a telling is `unsure` too.
const FALSE_HEARING: f32 = 0.16;
/// Innocent chats called a harm, and a harm or `unsure`.
const CHAT_ALARMS: f32 = 0.05;
const CHAT_DOUBTS: f32 = 0.12;

/// Where a probability becomes a result.
#[expect(clippy::struct_field_names, reason = "each is the probability at which something is said")]
#[derive(Debug)]
pub struct Thresholds {
    pub harm_at: [f32; 2],
    pub unsure_at: [f32; 2],
    pub told_at: [f32; 2],
    pub chat_at: [f32; 2],
    pub urgent_at: [f32; 3],
}

/// Slope and offset a column (Platt 1999), held near 1 and 0 where examples are few.
pub fn platt(folded: &[Folded]) -> [(f32, f32); COLUMNS] {
    std::array::from_fn(|column| if column < LABELS { platt_column(folded, column) } else { (1.0, 0.0) })
}

fn platt_column(folded: &[Folded], column: usize) -> (f32, f32) {
    let known = folded.iter().filter(|f| !f.example.copy);
    let points = known.filter_map(|f| match f.example.targets[column] {
        Target::Yes => Some((f.logits[column], 1.0)),
        Target::No => Some((f.logits[column], 0.0)),
        Target::Open => None,
    });
    platt_of(&points.collect::<Vec<_>>())
}

/// Slope and offset from log-odds to truth, for points of log-odds and truth.
pub fn platt_of(points: &[(f32, f32)]) -> (f32, f32) {
    const STEPS: u32 = 400;
    const RATE: f32 = 0.5;
    const PRIOR: f32 = 4.0;
    let (mut slope, mut offset) = (1.0_f32, 0.0_f32);
    let count = points.len().max(1) as f32;
    for _ in 0..STEPS {
        let (mut for_slope, mut for_offset) = ((slope - 1.0) * PRIOR, offset * PRIOR * 0.1);
        for (logit, truth) in points {
            let wrong = sigmoid(slope * logit + offset) - truth;
            for_slope += wrong * logit;
            for_offset += wrong;
        }
        slope = (slope - RATE * for_slope / count).clamp(0.2, 4.0);
        offset -= RATE * for_offset / count;
    }
    (slope, offset)
}

/// The lowest thresholds that keep false alarms and doubts under their limits.
pub fn thresholds(answered: &[Answered]) -> Thresholds {
    let any = |a: &Answered| a.p(Question::AnyHarm);
    let innocent = |english: bool| -> Vec<&Answered> {
        answered.iter().filter(|a| a.counts() && !a.example.harmful && a.example.english == english).collect()
    };
    let both = [innocent(false), innocent(true)];
    let harm_at = both.each_ref().map(|texts| {
        let kinds = std::iter::once(None).chain(BenignKind::ALL.iter().copied().map(Some));
        let groups = kinds.map(|kind| texts.iter().filter(|a| a.example.kind == kind).map(|a| any(a)).collect());
        // A handful of texts says nothing of its kind.
        groups.filter(|g: &Vec<f32>| g.len() >= 8).map(|g| above(g, FALSE_ALARMS)).fold(0.3, f32::max)
    });
    let unsure_at: [f32; 2] =
        std::array::from_fn(|l| above(both[l].iter().map(|a| any(a)).collect(), FALSE_DOUBTS).min(harm_at[l] * 0.8));
    let told_at = std::array::from_fn(|l| {
        let doubted = |a: &&&Answered| any(a) >= unsure_at[l];
        let left = FALSE_HEARING - both[l].iter().filter(doubted).count() as f32 / both[l].len().max(1) as f32;
        let heard: Vec<f32> = both[l].iter().filter(|a| !doubted(a)).map(|a| a.p(Question::Told)).collect();
        let share = left * both[l].len() as f32 / heard.len().max(1) as f32;
        above(heard, share.max(0.0))
    });
    let chats = || {
        let mut worst: BTreeMap<u32, f32> = BTreeMap::new();
        for a in answered.iter().filter(|a| !a.example.harmful && a.example.chat) {
            let most = worst.entry(a.example.scenario_hash).or_default();
            *most = most.max(any(a));
        }
        worst.into_values().collect()
    };
    let chat_at = [above(chats(), CHAT_ALARMS), above(chats(), CHAT_DOUBTS)];
    Thresholds { harm_at, unsure_at, told_at, chat_at, urgent_at: urgent_at(answered) }
}

/// Just above all but this share of the probabilities.
fn above(mut probabilities: Vec<f32>, share: f32) -> f32 {
    probabilities.sort_by(|a, b| b.total_cmp(a));
    let allowed = (probabilities.len() as f32 * share) as usize;
    probabilities.get(allowed).map_or(0.5, |p| (p + 0.002).min(0.98))
}

/// The thresholds at which urgencies cost least: a step too low costs three times a step too high.
fn urgent_at(answered: &[Answered]) -> [f32; 3] {
    const TOO_LOW: u32 = 3;
    let told: Vec<&Answered> = answered.iter().filter(|a| a.counts() && a.example.urgency.is_some()).collect();
    let cost = |at: &[f32; 3]| -> u32 {
        let one = |a: &&Answered| {
            let (said, gold) = (urgency(a, at) as u32, a.example.urgency.map_or(0, |u| u as u32));
            if said > gold { (said - gold) * TOO_LOW } else { gold - said }
        };
        told.iter().map(one).sum()
    };
    let mut at = [0.5; 3];
    for _ in 0..3 {
        for place in 0..3 {
            let tried = (1..20_u8).map(|step| {
                let mut other = at;
                other[place] = f32::from(step) * 0.05;
                other
            });
            at = tried.min_by_key(cost).unwrap_or(at);
        }
    }
    at
}

fn urgency(a: &Answered, at: &[f32; 3]) -> Urgency {
    match () {
        () if a.p(Question::Now) >= at[0] => Urgency::Now,
        () if a.p(Question::Today) >= at[1] => Urgency::Today,
        () if a.p(Question::Soon) >= at[2] => Urgency::Soon,
        () => Urgency::WhenReady,
    }
}

/// What these thresholds come to on the held-out folds, a line a language.
pub fn report(answered: &[Answered], thresholds: &Thresholds) {
    for (english, name) in [(false, "vi"), (true, "en")] {
        let l = usize::from(english);
        let texts: Vec<&Answered> = answered.iter().filter(|a| a.counts() && a.example.english == english).collect();
        let of = |which: &dyn Fn(&Answered) -> bool, said: &dyn Fn(&Answered) -> bool| {
            let all: Vec<_> = texts.iter().filter(|a| which(a)).collect();
            100.0 * all.iter().filter(|a| said(a)).count() as f32 / all.len().max(1) as f32
        };
        let harm = |a: &Answered| a.p(Question::AnyHarm) >= thresholds.harm_at[l];
        let noticed = |a: &Answered| {
            a.p(Question::AnyHarm) >= thresholds.unsure_at[l] || a.p(Question::Told) >= thresholds.told_at[l]
        };
        eprint!(
            "{name}: acute {:.1} %, any {:.1} %, tellings unheard {:.1} %, innocent doubted {:.1} %;",
            of(&|a| a.example.acute, &harm),
            of(&|a| a.example.harmful, &harm),
            of(&|a| a.example.told, &|a| !noticed(a)),
            of(&|a| !a.example.harmful, &|a| noticed(a) && !harm(a)),
        );
        for kind in std::iter::once(None).chain(BenignKind::ALL.iter().copied().map(Some)) {
            let group = |a: &Answered| !a.example.harmful && a.example.kind == kind;
            eprint!(" {} {:.1}", kind.map_or("talk", BenignKind::code), of(&group, &harm));
        }
        let gold = |a: &Answered| a.example.urgency.is_some();
        let said = |a: &Answered| urgency(a, &thresholds.urgent_at);
        eprintln!(
            "; urgency right {:.1} %, too low {:.1} %; area under the curve {:.4}",
            of(&gold, &|a| Some(said(a)) == a.example.urgency),
            of(&gold, &|a| Some(said(a)) > a.example.urgency),
            area(&texts)
        );
    }
}

/// How often a harmful text stands above an innocent one.
fn area(texts: &[&Answered]) -> f32 {
    let side = |harmful: bool| -> Vec<f32> {
        texts.iter().filter(|a| a.example.harmful == harmful).map(|a| a.p(Question::AnyHarm)).collect()
    };
    let (harmful, innocent) = (side(true), side(false));
    let above: usize = harmful.iter().map(|h| innocent.iter().filter(|i| h > i).count()).sum();
    above as f32 / (harmful.len() * innocent.len()).max(1) as f32
}
