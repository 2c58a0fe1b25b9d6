//! The trained part: one row of small weights a feature, one column a label, calibrated to probabilities.
//!
//! Logistic regression over hashed word pieces and named signs. A row is 64 bytes, one cache line; reading a text is
//! adding up the rows that are on. Trained by `cargo xtask train`, described in `data/model.md`.

use crate::features::{BUCKETS, Features};
use crate::second::{QUESTIONS, Question, Second};
use vocabulary::{BenignKind, Harm, Speaker};

/// Columns of the matrix, padded to a cache line.
pub const COLUMNS: usize = 64;

const HARMS: usize = Harm::ALL.len();
const KINDS: usize = BenignKind::ALL.len();
const SPEAKERS: usize = Speaker::ALL.len();

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// This harm.
    Harm(Harm),
    /// An innocent look-alike of this kind.
    Benign(BenignKind),
    /// This speaker.
    Speaker(Speaker),
    /// Any harm at all.
    AnyHarm,
    /// Danger now.
    Now,
    /// Harm told by whoever it happened to, or by a witness; only the second look says it, as the two below.
    Told,
    /// Today, or sooner.
    Today,
    /// Within days, or sooner.
    Soon,
}

/// How many columns have weights of their own.
pub const LABELS: usize = HARMS + KINDS + SPEAKERS + 2;

impl Label {
    /// The column of this label.
    pub const fn column(self) -> usize {
        match self {
            Self::Harm(harm) => harm as usize,
            Self::Benign(kind) => HARMS + kind as usize,
            Self::Speaker(speaker) => HARMS + KINDS + speaker as usize,
            Self::AnyHarm => HARMS + KINDS + SPEAKERS,
            Self::Now => HARMS + KINDS + SPEAKERS + 1,
            Self::Told => LABELS,
            Self::Today => LABELS + 1,
            Self::Soon => LABELS + 2,
        }
    }
}

/// Weights and what turns sums into probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Rows of weights: the buckets, then the named signs.
    pub rows: Vec<Row>,
    /// What one step of a weight is worth in a piece, by column.
    pub piece_scale: [f32; COLUMNS],
    /// What one step of a weight is worth in a sign, by column.
    pub sign_scale: [f32; COLUMNS],
    /// The sum with no feature on, by column.
    pub bias: [f32; COLUMNS],
    /// Slope and offset from sum to calibrated log-odds (Platt 1999), by column.
    pub calibration: [(f32, f32); COLUMNS],
    /// Reads all columns together.
    pub second: Second,
    /// At this probability of any harm a text is called a harm, by language: Vietnamese, English and mixed.
    pub harm_at: [f32; 2],
    /// From this probability on it is `unsure`, by language.
    pub unsure_at: [f32; 2],
    /// From this probability of a telling on it is `unsure` too, by language.
    pub told_at: [f32; 2],
    /// The same two for a whole chat: harm, unsure.
    pub chat_at: [f32; 2],
    /// From these probabilities on the urgency is `now`, `today`, `soon`.
    pub urgent_at: [f32; 3],
    /// Of rules and features; weights are of no use with others.
    pub fingerprint: u32,
    /// Year, month, day of training as a number, 20261124.
    pub version: u32,
}

/// The weights of one feature, within one cache line: fetching the row is most of what adding it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub struct Row(pub [i8; COLUMNS]);

/// Why a model can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Not a model file, or cut short.
    #[error("not a model file, or cut short")]
    Damaged,
    /// Trained with other rules.
    #[error("the model was trained with rules {model:08x}, this program has {program:08x}: run `cargo xtask train`")]
    OtherRules {
        /// Fingerprint in the file.
        model: u32,
        /// Fingerprint of this program.
        program: u32,
    },
}

const MAGIC: &[u8; 4] = b"HDM2";

impl Model {
    /// The weights that this version ships (`data/model.md` says what they were made of).
    pub fn shipped() -> Result<Self, ModelError> {
        Self::from_bytes(include_bytes!("../data/model.bin"))
    }

    /// Reads a model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader { bytes };
        if reader.take(4)? != MAGIC {
            return Err(ModelError::Damaged);
        }
        let version = reader.u32()?;
        let fingerprint = reader.u32()?;
        let count = reader.u32()? as usize;
        let harm_at = [reader.f32()?, reader.f32()?];
        let unsure_at = [reader.f32()?, reader.f32()?];
        let told_at = [reader.f32()?, reader.f32()?];
        let chat_at = [reader.f32()?, reader.f32()?];
        let urgent_at = [reader.f32()?, reader.f32()?, reader.f32()?];
        let (piece_scale, sign_scale, bias) = (reader.columns()?, reader.columns()?, reader.columns()?);
        let (slopes, offsets) = (reader.columns()?, reader.columns()?);
        let second = Second::from_numbers(|| reader.f32())?;
        let weights = reader.take(count.checked_mul(LABELS).ok_or(ModelError::Damaged)?)?;
        if !reader.bytes.is_empty() || count < BUCKETS as usize {
            return Err(ModelError::Damaged);
        }
        // Stored column by column (it compresses better), used row by row.
        let mut rows = vec![Row([0; COLUMNS]); count];
        for (column, weights) in weights.chunks_exact(count).enumerate() {
            for (row, weight) in rows.iter_mut().zip(weights) {
                row.0[column] = weight.cast_signed();
            }
        }
        let calibration = std::array::from_fn(|c| (slopes[c], offsets[c]));
        Ok(Self {
            rows,
            piece_scale,
            sign_scale,
            bias,
            calibration,
            second,
            harm_at,
            unsure_at,
            told_at,
            chat_at,
            urgent_at,
            fingerprint,
            version,
        })
    }

    /// Writes a model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for number in [self.version, self.fingerprint, self.rows.len() as u32] {
            out.extend(number.to_le_bytes());
        }
        let thresholds = [self.harm_at, self.unsure_at, self.told_at, self.chat_at];
        let calibration = [self.calibration.map(|c| c.0), self.calibration.map(|c| c.1)];
        let columns = [self.piece_scale, self.sign_scale, self.bias, calibration[0], calibration[1]];
        let thresholds = thresholds.iter().flatten().chain(&self.urgent_at);
        let numbers = thresholds.chain(columns.iter().flat_map(|c| &c[..LABELS])).copied().chain(self.second.numbers());
        out.extend(numbers.flat_map(f32::to_le_bytes));
        for column in 0..LABELS {
            out.extend(self.rows.iter().map(|row| row.0[column].cast_unsigned()));
        }
        out
    }

    /// Adds up the rows that are on.
    pub(crate) fn sum(&self, features: &Features) -> Sums {
        let mut sums = Sums::default();
        self.add(&features.pieces, &mut sums.pieces);
        self.add(&features.signs, &mut sums.signs);
        sums.count = features.pieces.len() as u32;
        sums
    }

    fn add(&self, on: &[u32], sums: &mut [i32; COLUMNS]) {
        // Small sums first: 256 weights of 7 bits fit 16 bits, and 16-bit lanes are twice as many.
        for some in on.chunks(256) {
            // Fetched all at once first, the rows come side by side rather than one after the other.
            std::hint::black_box(some.iter().fold(0, |all, row| all ^ self.rows[*row as usize].0[0]));
            let mut small = [0_i16; COLUMNS];
            for row in some {
                let row = &self.rows[*row as usize];
                for (sum, weight) in small.iter_mut().zip(&row.0) {
                    *sum += *weight as i16;
                }
            }
            for (sum, small) in sums.iter_mut().zip(small) {
                *sum += small as i32;
            }
        }
    }

    /// Uncalibrated log-odds of each label.
    pub(crate) fn logits(&self, sums: &Sums) -> [f32; COLUMNS] {
        let shrink = 1.0 / (sums.count.max(1) as f32).sqrt();
        // A loop rather than `from_fn`: all columns in a few steps.
        let mut logits = self.bias;
        for (c, logit) in logits.iter_mut().enumerate() {
            *logit += sums.pieces[c] as f32 * self.piece_scale[c] * shrink;
            *logit += sums.signs[c] as f32 * self.sign_scale[c];
        }
        logits
    }

    /// Calibrated probability of each label.
    pub(crate) fn probabilities(&self, logits: &[f32; COLUMNS]) -> [f32; COLUMNS] {
        let mut all = *logits;
        for (logit, (slope, offset)) in all.iter_mut().zip(&self.calibration) {
            *logit = sigmoid(*logit * slope + offset);
        }
        let answers: [f32; QUESTIONS] = self.second.answers(logits);
        for (question, label) in SECOND_LOOK {
            all[label.column()] = answers[question as usize];
        }
        all
    }
}

/// Which column holds which answer of the second look.
const SECOND_LOOK: [(Question, Label); QUESTIONS] = [
    (Question::AnyHarm, Label::AnyHarm),
    (Question::Told, Label::Told),
    (Question::Now, Label::Now),
    (Question::Today, Label::Today),
    (Question::Soon, Label::Soon),
];

/// Sums of weights over the features of a text.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    pub pieces: [i32; COLUMNS],
    pub signs: [i32; COLUMNS],
    pub count: u32,
}

impl Default for Sums {
    fn default() -> Self {
        Self { pieces: [0; COLUMNS], signs: [0; COLUMNS], count: 0 }
    }
}

/// 1 / (1 + e^-x), from our own e^x.
#[inline]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// e^x without the platform's libm, so that figures agree bit for bit between targets.
#[inline]
pub fn exp(x: f32) -> f32 {
    let t = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    // Added to 1.5 * 2^23, a number is rounded to a whole one, which then stands in the low bits: no call, no branch, so
    // that columns are worked on side by side.
    let shifted = t + 12_582_912.0;
    let whole = shifted - 12_582_912.0;
    // |r| is at most ln(2)/2, where seven terms of the series are good to the last bit or two.
    let r = (t - whole) * std::f32::consts::LN_2;
    let p =
        1.0 + r * (1.0 + r * (0.5 + r * (0.166_666_67 + r * (0.041_666_67 + r * (0.008_333_333 + r * 0.001_388_889)))));
    p * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (head, rest) = self.bytes.split_at_checked(count).ok_or(ModelError::Damaged)?;
        self.bytes = rest;
        Ok(head)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().expect("four bytes were taken")))
    }

    fn f32(&mut self) -> Result<f32, ModelError> {
        Ok(f32::from_bits(self.u32()?))
    }

    fn columns(&mut self) -> Result<[f32; COLUMNS], ModelError> {
        let mut out = [0.0; COLUMNS];
        for value in &mut out[..LABELS] {
            *value = self.f32()?;
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close_to_the_real_one() {
        for i in -300..300 {
            let x = i as f32 / 10.0;
            let (ours, real) = (exp(x), x.exp());
            // The error of x * log2(e) in 24 bits grows with x.
            assert!((ours - real).abs() <= real * 4e-6, "{x}: {ours} {real}");
        }
    }

    #[test]
    fn columns_fit_a_row_and_are_all_different() {
        const { assert!(LABELS + 3 <= COLUMNS) }
        let mut labels: Vec<Label> = vec![Label::AnyHarm, Label::Now, Label::Told, Label::Today, Label::Soon];
        labels.extend(Harm::ALL.iter().map(|h| Label::Harm(*h)));
        labels.extend(BenignKind::ALL.iter().map(|k| Label::Benign(*k)));
        labels.extend(Speaker::ALL.iter().map(|s| Label::Speaker(*s)));
        let mut columns: Vec<_> = labels.into_iter().map(Label::column).collect();
        columns.sort_unstable();
        assert_eq!(columns, (0..LABELS + 3).collect::<Vec<_>>());
    }

    #[test]
    fn a_damaged_model_is_refused() {
        assert_eq!(Model::from_bytes(b"HDM2"), Err(ModelError::Damaged));
        assert_eq!(Model::from_bytes(&[0; 100]), Err(ModelError::Damaged));
    }
}
