//! From sums to probabilities that can be believed, and from probabilities to thresholds by cost.

use super::data::{Example, Target};
use recognise::training::{COLUMNS, LABELS, Label, sigmoid};
use vocabulary::BenignKind;

/// An example with the logits of a model that never saw its scenario.
pub struct Folded<'a> {
    pub example: &'a Example,
    pub logits: [f32; COLUMNS],
}

/// Of every innocent group at most this share may be called a harm, on texts the model has not seen.
const FALSE_ALARMS: f32 = 0.03;
/// And at most this share a harm or `unsure`.
const FALSE_DOUBTS: f32 = 0.08;

/// Where a probability of any harm becomes a result.
#[expect(clippy::struct_field_names, reason = "each is the probability at which something is said")]
#[derive(Debug)]
pub struct Thresholds {
    pub harm_at: [f32; 2],
    pub unsure_at: [f32; 2],
    pub chat_at: [f32; 2],
}

/// Slope and offset a column (Platt 1999), held near 1 and 0 where examples are few.
pub fn platt(folded: &[Folded]) -> [(f32, f32); COLUMNS] {
    std::array::from_fn(|column| if column < LABELS { platt_column(folded, column) } else { (1.0, 0.0) })
}

fn platt_column(folded: &[Folded], column: usize) -> (f32, f32) {
    const STEPS: u32 = 400;
    const RATE: f32 = 0.5;
    const PRIOR: f32 = 4.0;
    let points: Vec<(f32, f32)> = folded
        .iter()
        .filter(|f| !f.example.copy)
        .filter_map(|f| match f.example.targets[column] {
            Target::Yes => Some((f.logits[column], 1.0)),
            Target::No => Some((f.logits[column], 0.0)),
            Target::Open => None,
        })
        .collect();
    let (mut slope, mut offset) = (1.0_f32, 0.0_f32);
    let count = points.len().max(1) as f32;
    for _ in 0..STEPS {
        let (mut for_slope, mut for_offset) = ((slope - 1.0) * PRIOR, offset * PRIOR * 0.1);
        for (logit, truth) in &points {
            let wrong = sigmoid(slope * logit + offset) - truth;
            for_slope += wrong * logit;
            for_offset += wrong;
        }
        slope = (slope - RATE * for_slope / count).clamp(0.2, 4.0);
        offset -= RATE * for_offset / count;
    }
    (slope, offset)
}

/// The lowest thresholds that keep false alarms under their limits in every innocent group.
pub fn thresholds(folded: &[Folded], calibration: &[(f32, f32); COLUMNS]) -> Thresholds {
    let any = Label::AnyHarm.column();
    let p = |f: &Folded| sigmoid(f.logits[any] * calibration[any].0 + calibration[any].1);
    let texts = |english: bool, folded: &[Folded]| -> Vec<(Option<BenignKind>, f32)> {
        let innocent =
            |f: &&Folded| !f.example.harmful && !f.example.copy && !f.example.chat && f.example.english == english;
        folded.iter().filter(innocent).map(|f| (f.example.kind, p(f))).collect()
    };
    let both = [texts(false, folded), texts(true, folded)];
    let chats: Vec<_> = folded.iter().filter(|f| !f.example.harmful && f.example.chat).map(|f| (None, p(f))).collect();
    let at = |groups: &[(Option<BenignKind>, f32)], share: f32| lowest(groups, share);
    Thresholds {
        harm_at: both.each_ref().map(|g| at(g, FALSE_ALARMS)),
        unsure_at: both.each_ref().map(|g| at(g, FALSE_DOUBTS).min(at(g, FALSE_ALARMS) * 0.8)),
        chat_at: [at(&chats, FALSE_ALARMS), at(&chats, FALSE_DOUBTS)],
    }
}

fn lowest(innocent: &[(Option<BenignKind>, f32)], share: f32) -> f32 {
    let mut worst = 0.3_f32;
    let kinds = std::iter::once(None).chain(BenignKind::ALL.iter().copied().map(Some));
    for kind in kinds {
        let mut group: Vec<f32> = innocent.iter().filter(|(k, _)| *k == kind).map(|(_, p)| *p).collect();
        group.sort_by(|a, b| b.total_cmp(a));
        // The highest that may be let through; small groups still may lose one.
        let allowed = (group.len() as f32 * share).ceil() as usize;
        if group.len() >= 8 {
            worst = worst.max(group[allowed.min(group.len() - 1)] + 0.005);
        }
    }
    worst.min(0.98)
}

/// What these thresholds come to on the held-out folds, a line a language.
pub fn report(folded: &[Folded], calibration: &[(f32, f32); COLUMNS], thresholds: &Thresholds) {
    let any = Label::AnyHarm.column();
    let p = |f: &Folded| sigmoid(f.logits[any] * calibration[any].0 + calibration[any].1);
    for (english, name) in [(false, "vi"), (true, "en")] {
        let texts: Vec<&Folded> =
            folded.iter().filter(|f| !f.example.copy && !f.example.chat && f.example.english == english).collect();
        let at = thresholds.harm_at[usize::from(english)];
        let share = |of: &[&&Folded]| of.iter().filter(|f| p(f) >= at).count() as f32 / of.len().max(1) as f32 * 100.0;
        let acute: Vec<_> = texts.iter().filter(|f| f.example.acute).collect();
        let harmful: Vec<_> = texts.iter().filter(|f| f.example.harmful).collect();
        eprint!(
            "{name}: acute {:.1} % of {}, any {:.1} % of {};",
            share(&acute),
            acute.len(),
            share(&harmful),
            harmful.len()
        );
        for kind in std::iter::once(None).chain(BenignKind::ALL.iter().copied().map(Some)) {
            let group: Vec<_> = texts.iter().filter(|f| !f.example.harmful && f.example.kind == kind).collect();
            eprint!(" {} {:.1}/{}", kind.map_or("talk", BenignKind::code), share(&group), group.len());
        }
        eprintln!("; area under the curve {:.4}", area(&texts, p));
    }
}

/// How often a harmful text stands above an innocent one.
fn area(texts: &[&Folded], p: impl Fn(&Folded) -> f32) -> f32 {
    let side = |harmful: bool| texts.iter().filter(|f| f.example.harmful == harmful).map(|f| p(f)).collect::<Vec<_>>();
    let (harmful, innocent) = (side(true), side(false));
    let above: usize = harmful.iter().map(|h| innocent.iter().filter(|i| h > i).count()).sum();
    above as f32 / (harmful.len() * innocent.len()).max(1) as f32
}
