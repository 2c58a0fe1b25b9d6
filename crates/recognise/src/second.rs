//! The second look: a small network that reads what all columns of the model say together.
//!
//! A column alone can't say "looks like a scam, but everything else says genuine notice". One hidden layer over the
//! sums of all columns can. It answers what a verdict turns on: is there harm, is it told by whoever it happened to,
//! and how soon must somebody act.

use crate::model::{COLUMNS, LABELS, sigmoid};

/// Hidden units.
pub const HIDDEN: usize = 48;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Any harm at all.
    AnyHarm,
    /// Harm told by the person harmed or by a witness.
    Told,
    /// Danger now.
    Now,
    /// Today, or sooner.
    Today,
    /// Within days, or sooner.
    Soon,
}

/// How many questions there are.
pub const QUESTIONS: usize = 5;

/// The weights of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Second {
    /// From each column to the hidden units.
    pub first: Vec<[f32; HIDDEN]>,
    /// The hidden units with every column at nought.
    pub bias: [f32; HIDDEN],
    /// From the hidden units to each question.
    pub last: [[f32; HIDDEN]; QUESTIONS],
    /// Slope and offset of each answer, calibrated (Platt 1999).
    pub calibration: [(f32, f32); QUESTIONS],
}

impl Default for Second {
    fn default() -> Self {
        Self {
            first: vec![[0.0; HIDDEN]; LABELS],
            bias: [0.0; HIDDEN],
            last: [[0.0; HIDDEN]; QUESTIONS],
            calibration: [(1.0, 0.0); QUESTIONS],
        }
    }
}

impl Second {
    /// Log-odds of each answer before calibration.
    pub fn logits(&self, columns: &[f32; COLUMNS]) -> [f32; QUESTIONS] {
        let mut hidden = self.bias;
        for (row, value) in self.first.iter().zip(columns) {
            hidden.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight * value);
        }
        hidden = hidden.map(|h| h.max(0.0));
        self.last.each_ref().map(|row| row.iter().zip(&hidden).map(|(w, h)| w * h).sum())
    }

    /// Calibrated probability of each answer.
    pub fn answers(&self, columns: &[f32; COLUMNS]) -> [f32; QUESTIONS] {
        let logits = self.logits(columns);
        std::array::from_fn(|q| {
            let (slope, offset) = self.calibration[q];
            sigmoid(logits[q] * slope + offset)
        })
    }

    /// Every number of the network, in one order.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = f32> {
        let calibration = self.calibration.iter().flat_map(|(slope, offset)| [*slope, *offset]);
        let first = self.first.iter().flatten().copied();
        first.chain(self.bias).chain(self.last.iter().flatten().copied()).chain(calibration)
    }

    /// The network of numbers in the order of [`Self::numbers`].
    pub(crate) fn from_numbers<E>(mut next: impl FnMut() -> Result<f32, E>) -> Result<Self, E> {
        let mut second = Self::default();
        let places = second.first.iter_mut().flatten().chain(&mut second.bias);
        for place in places.chain(second.last.iter_mut().flatten()) {
            *place = next()?;
        }
        for (slope, offset) in &mut second.calibration {
            (*slope, *offset) = (next()?, next()?);
        }
        Ok(second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_reads_back_as_it_was_written() {
        let mut count = 0.0;
        let second = Second::from_numbers(|| {
            count += 1.0;
            Ok::<f32, ()>(count)
        });
        let second = second.unwrap();
        let mut numbers = second.numbers();
        assert_eq!(Second::from_numbers(|| numbers.next().ok_or(())).unwrap(), second);
        assert_eq!(numbers.next(), None);
    }
}
