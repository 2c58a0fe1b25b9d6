//! Fitting the weights: AdaGrad on the logistic loss, every column at once, one order, one thread.

use super::data::{Example, Target};
use recognise::{
    Model,
    training::{COLUMNS, LABELS, Label, PIECE_ROWS, Row, Second, sigmoid},
};

const EPOCHS: u32 = 10;
const STEP: f32 = 0.25;
/// How much of the first guess is kept, and how often every piece is taken to have been seen beforehand.
const GUESS: f32 = 0.5;
const SMOOTH: f32 = 1.0;
/// What a named sign counts against a word piece: the rules were written with these very texts in sight, so they look
/// better here than they are (docs/attempts.md).
const SIGN: f32 = 0.3;
/// Weights are told apart in grains of so many steps of 127: the phone downloads half, and no figure on the folds falls.
const GRAIN: f32 = 14.0;
/// Weights shrink by this share of a step each epoch (L2).
const DECAY: f32 = 0.3;
/// One piece in this many is left out each time, so that no single word carries a verdict.
const DROP_ONE_IN: u32 = 8;
/// Pieces in fewer examples than this get no weight: they would only be learned by heart.
const SEEN_AT_LEAST: u32 = 3;

/// Weights before they are made small.
pub struct Weights {
    rows: Vec<[f32; COLUMNS]>,
    bias: [f32; COLUMNS],
}

pub fn fit(examples: &[&Example], rows: usize) -> Weights {
    let mut weights = Weights { rows: first_guess(examples, rows), bias: [0.0; COLUMNS] };
    let mut moments = vec![[1e-2_f32; COLUMNS]; rows];
    let mut bias_moments = [1e-2_f32; COLUMNS];
    let emphasis = emphasis(examples);
    let spread = spread(examples, rows);
    let common: Vec<bool> = spread.iter().map(|count| *count >= SEEN_AT_LEAST).collect();
    let idf = idf(&spread, examples.len());
    let mut random = Random(0x2026_1124);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut pieces = Vec::new();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let step = STEP * (1.0 - epoch as f32 / EPOCHS as f32);
        for &at in &order {
            let example = examples[at];
            pieces.clear();
            let kept = |p: &&u32| common[**p as usize];
            pieces.extend(
                example.features.pieces.iter().filter(kept).filter(|_| !random.next().is_multiple_of(DROP_ONE_IN)),
            );
            // The program counts every piece, known or not: a text full of new words is less sure.
            let shrink = 1.0 / (example.features.pieces.len().max(1) as f32).sqrt();
            let gradient = gradient(&weights, &pieces, shrink, example, &emphasis, &idf);
            for row in &pieces {
                let at = *row as usize;
                update(&mut weights.rows[at], &mut moments[at], &gradient, shrink * idf[at], step);
            }
            for row in &example.features.signs {
                update(&mut weights.rows[*row as usize], &mut moments[*row as usize], &gradient, SIGN, step);
            }
            update(&mut weights.bias, &mut bias_moments, &gradient, 1.0, step);
        }
        let keep = 1.0 - DECAY * step;
        weights.rows.iter_mut().flatten().for_each(|w| *w *= keep);
    }
    for (at, row) in weights.rows.iter_mut().enumerate() {
        let value = if at >= PIECE_ROWS {
            SIGN
        } else if common[at] {
            idf[at]
        } else {
            0.0
        };
        for weight in row {
            *weight *= value;
        }
    }
    weights
}

/// Where fitting starts: how much more often a piece stands in examples of a label than elsewhere, as naive Bayes
/// would have it (after Wang and Manning 2012). With few examples a label this is worth more than any fitting.
fn first_guess(examples: &[&Example], rows: usize) -> Vec<[f32; COLUMNS]> {
    let mut counts = vec![[[0.0_f32; COLUMNS]; 2]; rows];
    let mut totals = [[0.0_f32; COLUMNS]; 2];
    let mut seen = vec![u32::MAX; rows];
    for (at, example) in examples.iter().enumerate() {
        let pieces = example
            .features
            .pieces
            .iter()
            .filter(|p| std::mem::replace(&mut seen[**p as usize], at as u32) != at as u32);
        let pieces: Vec<u32> = pieces.copied().collect();
        for (column, target) in example.targets.iter().enumerate() {
            let side = match target {
                Target::Yes => 1,
                Target::No => 0,
                Target::Open => continue,
            };
            totals[side][column] += example.weight;
            for piece in &pieces {
                counts[*piece as usize][side][column] += example.weight;
            }
        }
    }
    let ratio = |row: &[[f32; COLUMNS]; 2], c: usize| {
        let rate = |side: usize| (row[side][c] + SMOOTH) / (totals[side][c] + 2.0 * SMOOTH);
        GUESS * (rate(1) / rate(0)).ln()
    };
    counts
        .iter()
        .map(|row| std::array::from_fn(|c| if c < LABELS && row[0][c] + row[1][c] > 0.0 { ratio(row, c) } else { 0.0 }))
        .collect()
}

/// What each column got wrong on this example.
fn gradient(
    weights: &Weights,
    pieces: &[u32],
    shrink: f32,
    example: &Example,
    emphasis: &[f32; COLUMNS],
    idf: &[f32],
) -> [f32; COLUMNS] {
    let (mut from_pieces, mut logits) = ([0.0_f32; COLUMNS], weights.bias);
    for row in pieces {
        let at = *row as usize;
        from_pieces.iter_mut().zip(&weights.rows[at]).for_each(|(sum, w)| *sum += w * idf[at]);
    }
    for row in &example.features.signs {
        logits.iter_mut().zip(&weights.rows[*row as usize]).for_each(|(sum, w)| *sum += w * SIGN);
    }
    let mut gradient = [0.0; COLUMNS];
    for (column, target) in example.targets.iter().enumerate() {
        let p = sigmoid(logits[column] + from_pieces[column] * shrink);
        gradient[column] = example.weight
            * match target {
                Target::Yes => (p - 1.0) * emphasis[column],
                Target::No => p,
                Target::Open => 0.0,
            };
    }
    gradient
}

fn update(row: &mut [f32; COLUMNS], moments: &mut [f32; COLUMNS], gradient: &[f32; COLUMNS], value: f32, step: f32) {
    for ((weight, moment), gradient) in row.iter_mut().zip(moments).zip(gradient) {
        let g = gradient * value;
        *moment += g * g;
        *weight -= step * g / moment.sqrt();
    }
}

/// A rare label counts more, up to fourfold.
fn emphasis(examples: &[&Example]) -> [f32; COLUMNS] {
    let mut emphasis = [1.0; COLUMNS];
    for (column, weight) in emphasis[..LABELS].iter_mut().enumerate() {
        let count =
            |target: Target| examples.iter().filter(|e| e.targets[column] == target).map(|e| e.weight).sum::<f32>();
        *weight = (count(Target::No) / count(Target::Yes).max(1.0)).sqrt().clamp(1.0, 4.0);
    }
    emphasis[Label::AnyHarm.column()] = 1.0;
    emphasis
}

/// In how many examples each piece stands.
fn spread(examples: &[&Example], rows: usize) -> Vec<u32> {
    let mut spread = vec![0_u32; rows];
    let mut last = vec![u32::MAX; rows];
    for (at, example) in examples.iter().enumerate() {
        for piece in &example.features.pieces {
            if std::mem::replace(&mut last[*piece as usize], at as u32) != at as u32 {
                spread[*piece as usize] += 1;
            }
        }
    }
    spread
}

/// A rare piece says more: its value grows with the logarithm of its rarity (Spärck Jones 1972).
fn idf(spread: &[u32], examples: usize) -> Vec<f32> {
    let value = |count: u32| (examples as f32 / (1.0 + count as f32)).ln() / 4.0;
    spread.iter().enumerate().map(|(at, count)| if at >= PIECE_ROWS { 1.0 } else { value(*count) }).collect()
}

impl Weights {
    /// Eight bits a weight, each column with a scale of its own for pieces and for signs.
    pub fn quantise(&self) -> Model {
        let (pieces, signs) = self.rows.split_at(PIECE_ROWS);
        let (piece_scale, sign_scale) = (scale(pieces), scale(signs));
        let small = |row: &[f32; COLUMNS], scale: &[f32; COLUMNS]| {
            Row(std::array::from_fn(|c| ((row[c] / scale[c] / GRAIN).round() * GRAIN).clamp(-127.0, 127.0) as i8))
        };
        let rows = pieces.iter().map(|r| small(r, &piece_scale)).chain(signs.iter().map(|r| small(r, &sign_scale)));
        Model {
            rows: rows.collect(),
            piece_scale,
            sign_scale,
            bias: self.bias,
            calibration: [(1.0, 0.0); COLUMNS],
            second: Second::default(),
            harm_at: [0.5; 2],
            unsure_at: [0.3; 2],
            told_at: [0.3; 2],
            chat_at: [0.5, 0.3],
            urgent_at: [0.5; 3],
            fingerprint: 0,
            version: 0,
        }
    }
}

fn scale(rows: &[[f32; COLUMNS]]) -> [f32; COLUMNS] {
    let mut largest = [1e-6_f32; COLUMNS];
    for row in rows {
        largest.iter_mut().zip(row).for_each(|(most, w)| *most = most.max(w.abs()));
    }
    largest.map(|m| m / 127.0)
}

/// Xorshift (Marsaglia 2003): the order of training must be the same everywhere.
pub struct Random(pub u32);

impl Random {
    pub fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    pub fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, self.next() as usize % (i + 1));
        }
    }
}
