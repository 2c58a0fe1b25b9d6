//! Learning gain: parallel forms before and after, compared as groups, and how good the items are.
//!
//! What comes in is a pattern of answers to one form, with nothing that links it to a person or to her other pattern. A
//! group of fewer than [`FEWEST`] gives no figure at all.

use crate::content::Item;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Smaller groups are not shown.
pub const FEWEST: usize = 10;
/// The share of a group that makes its upper and its lower part (Kelley 1939).
const PART: f64 = 0.27;

/// Answers of one form. Patterns are kept sorted, so that even their order tells nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// For each item the good answer, and how many answers there are.
    key: Vec<(u8, u8)>,
    patterns: Vec<Vec<Option<u8>>>,
}

/// Why a pattern isn't counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FormError {
    /// Another number of answers than the form has items: it belongs to another form.
    #[error("the answers belong to another form")]
    OtherForm,
    /// An answer that an item doesn't have.
    #[error("an item has no such answer")]
    NoSuchAnswer,
}

/// Figures of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// How many took the form, at least [`FEWEST`].
    pub people: usize,
    /// Mean share of items that were right, 0 to 1.
    pub mean: f64,
    /// Its standard deviation between people.
    pub deviation: f64,
    /// Each item, in the order of the form.
    pub items: Vec<ItemFigures>,
}

/// Figures of an item.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ItemFigures {
    /// Share of people who got it right, 0 to 1: the higher, the easier.
    pub difficulty: f64,
    /// Correlation of the item with the rest of the form (corrected point-biserial), -1 to 1; none where all answered
    /// alike.
    pub point_biserial: Option<f64>,
    /// Share right in the upper 27 % of people minus that in the lower 27 %, -1 to 1. People with the same score at the
    /// border count in part.
    pub upper_lower: f64,
}

/// The difference between two groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Gain {
    /// Mean share right before.
    pub before: f64,
    /// Mean share right after.
    pub after: f64,
    /// After minus before.
    pub difference: f64,
    /// Half the width of its 95 % interval (normal, unequal variances).
    pub margin: f64,
    /// Share of what could still be won that was won (Hake 1998); none where nothing could.
    pub normalised: Option<f64>,
    /// In pooled standard deviations (Cohen's d); none where all answered alike.
    pub effect: Option<f64>,
}

impl Group {
    /// An empty group for the items of a form.
    pub fn new<'i, T: 'i>(items: impl IntoIterator<Item = &'i Item<T>>) -> Self {
        let key = |item: &Item<T>| (item.good().map_or(u8::MAX, |good| good as u8), item.answers.len() as u8);
        Self { key: items.into_iter().map(key).collect(), patterns: Vec::new() }
    }

    /// Counts one person's answers, an item left out as none.
    pub fn add(&mut self, pattern: Vec<Option<u8>>) -> Result<(), FormError> {
        if pattern.len() != self.key.len() {
            return Err(FormError::OtherForm);
        }
        if pattern.iter().zip(&self.key).any(|(answer, (_, count))| answer.is_some_and(|answer| answer >= *count)) {
            return Err(FormError::NoSuchAnswer);
        }
        let at = self.patterns.partition_point(|other| *other < pattern);
        self.patterns.insert(at, pattern);
        Ok(())
    }

    /// The figures; none for a group that is too small.
    pub fn figures(&self) -> Option<Figures> {
        let people = self.patterns.len();
        if people < FEWEST || self.key.is_empty() {
            return None;
        }
        let right: Vec<Vec<f64>> = self.patterns.iter().map(|pattern| self.right(pattern)).collect();
        let totals: Vec<f64> = right.iter().map(|row| row.iter().sum()).collect();
        let shares: Vec<f64> = totals.iter().map(|total| total / self.key.len() as f64).collect();
        let (upper, lower) = (weights(&totals, false), weights(&totals, true));
        let item = |number: usize| {
            let column: Vec<f64> = right.iter().map(|row| row[number]).collect();
            let rest: Vec<f64> = totals.iter().zip(&column).map(|(total, one)| total - one).collect();
            ItemFigures {
                difficulty: mean(&column),
                point_biserial: correlation(&column, &rest),
                upper_lower: weighted(&column, &upper) - weighted(&column, &lower),
            }
        };
        Some(Figures {
            people,
            mean: mean(&shares),
            deviation: variance(&shares).sqrt(),
            items: (0..self.key.len()).map(item).collect(),
        })
    }

    fn right(&self, pattern: &[Option<u8>]) -> Vec<f64> {
        let right =
            pattern.iter().zip(&self.key).map(|(answer, (good, _))| f64::from(u8::from(*answer == Some(*good))));
        right.collect()
    }
}

/// What a group gained from one form to the other; none where either is too small.
pub fn gain(before: &Group, after: &Group) -> Option<Gain> {
    let (before, after) = (before.figures()?, after.figures()?);
    let difference = after.mean - before.mean;
    let spread = |figures: &Figures| figures.deviation.powi(2);
    let (first, second) = (before.people as f64, after.people as f64);
    let pooled = (((first - 1.0) * spread(&before) + (second - 1.0) * spread(&after)) / (first + second - 2.0)).sqrt();
    Some(Gain {
        before: before.mean,
        after: after.mean,
        difference,
        margin: 1.96 * (spread(&before) / first + spread(&after) / second).sqrt(),
        normalised: (before.mean < 1.0).then(|| difference / (1.0 - before.mean)),
        effect: (pooled > 0.0).then(|| difference / pooled),
    })
}

fn mean(list: &[f64]) -> f64 {
    list.iter().sum::<f64>() / list.len() as f64
}

/// Of a sample: over one less than its number.
fn variance(list: &[f64]) -> f64 {
    let middle = mean(list);
    list.iter().map(|one| (one - middle).powi(2)).sum::<f64>() / (list.len() - 1) as f64
}

fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let (a, b) = (mean(one), mean(other));
    let together: f64 = one.iter().zip(other).map(|(x, y)| (x - a) * (y - b)).sum();
    let apart =
        (one.iter().map(|x| (x - a).powi(2)).sum::<f64>() * other.iter().map(|y| (y - b).powi(2)).sum::<f64>()).sqrt();
    (apart > 1e-12).then(|| (together / apart).clamp(-1.0, 1.0))
}

/// How much each person counts in the upper (or lower) part.
fn weights(totals: &[f64], lower: bool) -> Vec<f64> {
    let signed = |total: f64| if lower { -total } else { total };
    let mut sorted: Vec<f64> = totals.iter().map(|total| signed(*total)).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let size = (totals.len() as f64 * PART).round().max(1.0) as usize;
    let border = sorted[size - 1];
    let above = sorted.iter().filter(|total| **total > border).count();
    let ties = sorted.iter().filter(|total| total.total_cmp(&border).is_eq()).count();
    let part = (size - above) as f64 / ties as f64;
    let weight = |total: f64| match signed(total).total_cmp(&border) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => part,
        std::cmp::Ordering::Less => 0.0,
    };
    totals.iter().map(|total| weight(*total)).collect()
}

fn weighted(column: &[f64], weights: &[f64]) -> f64 {
    column.iter().zip(weights).map(|(one, weight)| one * weight).sum::<f64>() / weights.iter().sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items with three answers, the first being good.
    fn group(items: usize, people: &[&str]) -> Group {
        let mut group = Group { key: vec![(0, 3); items], patterns: Vec::new() };
        for person in people {
            let answer = |letter| match letter {
                '+' => Some(0),
                '-' => Some(1),
                _ => None,
            };
            group.add(person.chars().map(answer).collect()).unwrap();
        }
        group
    }

    const TEN: [&str; 10] = ["+++", "+++", "++-", "++-", "++-", "+--", "+--", "+-?", "---", "---"];

    fn close(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-3, "{found} is not {wanted}");
    }

    #[test]
    fn nine_people_give_no_figure_and_ten_do() {
        assert_eq!(group(3, &TEN[..9]).figures(), None);
        assert_eq!(gain(&group(3, &TEN), &group(3, &TEN[..9])), None);
        assert_eq!(group(3, &TEN).figures().unwrap().people, 10);
    }

    /// Reckoned by hand and with a table calculator.
    #[test]
    fn difficulty_and_discrimination_are_as_by_hand() {
        let figures = group(3, &TEN).figures().unwrap();
        close(figures.mean, 15.0 / 30.0);
        close(figures.items[0].difficulty, 0.8);
        close(figures.items[1].difficulty, 0.5);
        close(figures.items[2].difficulty, 0.2);
        // Item 3 against the sum of items 1 and 2: 2,2,2,2,2,1,1,1,0,0.
        close(figures.items[2].point_biserial.unwrap(), 0.4481);
        // Three above: 3, 3 and a third of each 2; three below: 0, 0 and a third of each 1.
        close(figures.items[0].upper_lower, 1.0 - 1.0 / 3.0);
        close(figures.items[2].upper_lower, 2.0 / 3.0);
    }

    #[test]
    fn a_gain_is_the_difference_of_groups() {
        let after = ["+++", "+++", "+++", "++-", "++-", "++-", "++-", "++-", "+--", "+--"];
        let gain = gain(&group(3, &TEN), &group(3, &after)).unwrap();
        close(gain.difference, 21.0 / 30.0 - 0.5);
        close(gain.normalised.unwrap(), 0.4);
        assert!(gain.margin > 0.0 && gain.effect.unwrap() > 0.5);
    }

    #[test]
    fn where_all_answer_alike_nothing_is_made_up() {
        let alike = group(2, &["++"; 12]);
        let figures = alike.figures().unwrap();
        assert_eq!(figures.items[0].point_biserial, None);
        close(figures.items[0].upper_lower, 0.0);
        let gain = gain(&alike, &alike).unwrap();
        assert_eq!((gain.normalised, gain.effect), (None, None));
    }

    #[test]
    fn answers_of_another_form_are_refused() {
        let mut group = group(2, &[]);
        assert_eq!(group.add(vec![Some(0)]), Err(FormError::OtherForm));
        assert_eq!(group.add(vec![Some(0), Some(3)]), Err(FormError::NoSuchAnswer));
    }
}
