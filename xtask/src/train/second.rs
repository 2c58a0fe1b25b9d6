//! Fitting the second look: small networks over the columns, each from a seed of its own, put together as one.

use super::calibrate::{Folded, platt_of};
use super::data::Target;
use super::fit::Random;
use recognise::training::{HIDDEN, LABELS, QUESTIONS, Second, sigmoid};

/// So many networks agree on an answer: one alone depends too much on where it started.
const NETWORKS: usize = 3;
const UNITS: usize = HIDDEN / NETWORKS;
const EPOCHS: u32 = 30;
const STEP: f32 = 3e-3;
/// Examples a step.
const BATCH: usize = 128;
/// Weights are held back by this share of themselves an example (L2).
const DECAY: f32 = 1.0 / 128.0;

/// Where the columns usually are: mean, and one over the spread.
struct Usual {
    mean: [f32; LABELS],
    shrink: [f32; LABELS],
}

/// One small network: rows of the columns, bias, rows of the questions; flat, so that one loop can update it.
struct Network {
    weights: Vec<f32>,
}

const BIAS: usize = LABELS * UNITS;
const LAST: usize = BIAS + UNITS;
const SIZE: usize = LAST + QUESTIONS * UNITS;

/// Fits on logits of models that never saw these examples.
pub fn fit(folded: &[&Folded]) -> Second {
    let usual = usual(folded);
    let mut second = Second::default();
    for network in 0..NETWORKS {
        let fitted = one(folded, &usual, 0x2026_1125 + network as u32);
        for unit in 0..UNITS {
            let place = network * UNITS + unit;
            second.bias[place] = fitted.weights[BIAS + unit];
            for column in 0..LABELS {
                let weight = fitted.weights[column * UNITS + unit] * usual.shrink[column];
                second.first[column][place] = weight;
                second.bias[place] -= weight * usual.mean[column];
            }
            for (question, row) in second.last.iter_mut().enumerate() {
                row[place] = fitted.weights[LAST + question * UNITS + unit] / NETWORKS as f32;
            }
        }
    }
    second
}

/// Calibration of each answer on examples that the given networks have not seen.
pub fn calibrate(judged: &[(&Folded, [f32; QUESTIONS])]) -> [(f32, f32); QUESTIONS] {
    std::array::from_fn(|q| {
        let known = judged.iter().filter(|(f, _)| !f.example.copy);
        let points = known.filter_map(|(f, logits)| match f.example.goals[q] {
            Target::Yes => Some((logits[q], 1.0)),
            Target::No => Some((logits[q], 0.0)),
            Target::Open => None,
        });
        platt_of(&points.collect::<Vec<_>>())
    })
}

fn usual(folded: &[&Folded]) -> Usual {
    let count = folded.len().max(1) as f32;
    let mean: [f32; LABELS] = std::array::from_fn(|c| folded.iter().map(|f| f.logits[c]).sum::<f32>() / count);
    let spread = |c: usize| (folded.iter().map(|f| (f.logits[c] - mean[c]).powi(2)).sum::<f32>() / count).sqrt();
    Usual { mean, shrink: std::array::from_fn(|c| 1.0 / (spread(c) + 1e-3)) }
}

fn one(folded: &[&Folded], usual: &Usual, seed: u32) -> Network {
    let mut random = Random(seed);
    let spread = (2.0 / LABELS as f32).sqrt();
    let mut start = || (random.next() >> 8) as f32 / (1 << 23) as f32 * spread - spread;
    let mut network = Network { weights: (0..SIZE).map(|_| start()).collect() };
    network.weights[BIAS..LAST].fill(0.0);
    let (mut mean, mut square, mut steps) = (vec![0.0_f32; SIZE], vec![0.0_f32; SIZE], 0);
    let mut order: Vec<usize> = (0..folded.len()).collect();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let step = STEP * (1.0 - epoch as f32 / EPOCHS as f32);
        for batch in order.chunks(BATCH) {
            let mut gradient = vec![0.0_f32; SIZE];
            for &at in batch {
                network.learn(folded[at], usual, &mut gradient);
            }
            steps += 1;
            let share = 1.0 / batch.len() as f32;
            // Adam (Kingma and Ba 2015).
            let (mean_bias, square_bias) = (1.0 - 0.9_f32.powi(steps), 1.0 - 0.999_f32.powi(steps));
            for at in 0..SIZE {
                let held = if (BIAS..LAST).contains(&at) { 0.0 } else { DECAY * network.weights[at] };
                let g = gradient[at] * share + held;
                mean[at] = 0.9 * mean[at] + 0.1 * g;
                square[at] = 0.999 * square[at] + 0.001 * g * g;
                network.weights[at] -= step * (mean[at] / mean_bias) / ((square[at] / square_bias).sqrt() + 1e-8);
            }
        }
    }
    network
}

impl Network {
    /// Adds what this example says against the weights.
    fn learn(&self, folded: &Folded, usual: &Usual, gradient: &mut [f32]) {
        let input: [f32; LABELS] = std::array::from_fn(|c| (folded.logits[c] - usual.mean[c]) * usual.shrink[c]);
        let mut hidden = [0.0; UNITS];
        hidden.copy_from_slice(&self.weights[BIAS..LAST]);
        for (row, value) in self.weights[..BIAS].chunks_exact(UNITS).zip(input) {
            hidden.iter_mut().zip(row).for_each(|(h, w)| *h += w * value);
        }
        hidden = hidden.map(|h| h.max(0.0));
        let mut back = [0.0_f32; UNITS];
        for (question, goal) in folded.example.goals.iter().enumerate() {
            let truth = match goal {
                Target::Yes => 1.0,
                Target::No => 0.0,
                Target::Open => continue,
            };
            let from = LAST + question * UNITS;
            let row = &self.weights[from..from + UNITS];
            let wrong = sigmoid(row.iter().zip(&hidden).map(|(w, h)| w * h).sum()) - truth;
            let wrong = wrong * folded.example.weight;
            for unit in 0..UNITS {
                gradient[from + unit] += wrong * hidden[unit];
                back[unit] += wrong * row[unit];
            }
        }
        for unit in 0..UNITS {
            if hidden[unit] <= 0.0 {
                back[unit] = 0.0;
            }
            gradient[BIAS + unit] += back[unit];
        }
        for (row, value) in gradient[..BIAS].chunks_exact_mut(UNITS).zip(input) {
            row.iter_mut().zip(back).for_each(|(g, b)| *g += b * value);
        }
    }
}
