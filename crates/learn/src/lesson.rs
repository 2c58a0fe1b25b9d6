//! A lesson as it is done: step by step, what was right at the first try, what to meet again, and what it counts for.

use crate::{
    Competence, Ending,
    content::{Piece, Step, Voice, pieces},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// How a step was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Read, thought about, written, switched: there is nothing to judge.
    Done,
    /// This answer of a choice, from 0.
    Chosen(usize),
    /// The marked pieces that were tapped (from 0), and how often something else was.
    Tapped {
        /// Marked pieces, from 0, counted in the order of the text.
        marked: Vec<usize>,
        /// Taps on other words.
        others: u8,
    },
    /// The basket of each thing, in the order of the file.
    Sorted(Vec<usize>),
    /// The things in the order in which she put them, each by its place in the file.
    Ordered(Vec<usize>),
    /// How the chat ended.
    Ended(Ending),
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All of it right.
    Right,
    /// More than half of it right.
    Partly,
    /// Not yet.
    NotYet,
    /// Done; nothing in it is right or wrong.
    Done,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Right, Self::Partly, Self::NotYet, Self::Done];

    fn of(right: usize, all: usize) -> Self {
        match right {
            _ if right == all => Self::Right,
            _ if right * 2 > all => Self::Partly,
            _ => Self::NotYet,
        }
    }
}

/// Why an answer can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LessonError {
    /// The lesson has no such step: it was changed since it began; begin anew.
    #[error("the lesson has no such step: begin anew")]
    NoSuchStep,
    /// The answer doesn't fit the kind of step, or names what the step doesn't have.
    #[error("the answer doesn't fit the step")]
    NoFit,
}

/// Judges an answer to a step. In an order, as many things are right as stand in the longest row that is in order, so that
/// one thing put elsewhere doesn't spoil all.
pub fn judge<T: Voice>(step: &Step<T>, answer: &Answer) -> Result<Outcome, LessonError> {
    match (step, answer) {
        (Step::Tell { .. } | Step::Settings { .. } | Step::Write { .. } | Step::Reflect { .. }, Answer::Done) => {
            Ok(Outcome::Done)
        }
        (Step::Choose { answers, .. }, Answer::Chosen(number)) => {
            let good = answers.get(*number).ok_or(LessonError::NoFit)?.good;
            Ok(if good { Outcome::Right } else { Outcome::NotYet })
        }
        (Step::Spot { text, .. }, Answer::Tapped { marked, others }) => {
            let all = pieces(text.first()).iter().filter(|piece| matches!(piece, Piece::Marked(..))).count();
            if has_twice(marked) || marked.iter().any(|piece| *piece >= all) {
                return Err(LessonError::NoFit);
            }
            Ok(Outcome::of(marked.len().saturating_sub(usize::from(*others)), all))
        }
        (Step::Sort { baskets, things, .. }, Answer::Sorted(put)) => {
            if put.len() != things.len() || put.iter().any(|basket| *basket >= baskets.len()) {
                return Err(LessonError::NoFit);
            }
            Ok(Outcome::of(put.iter().zip(things).filter(|(put, thing)| **put == thing.basket).count(), things.len()))
        }
        (Step::Order { things, .. }, Answer::Ordered(put)) => {
            if put.len() != things.len() || has_twice(put) || put.iter().any(|thing| *thing >= things.len()) {
                return Err(LessonError::NoFit);
            }
            Ok(Outcome::of(longest_rising(put), things.len()))
        }
        (Step::Chat { .. }, Answer::Ended(ending)) => Ok(match ending {
            Ending::Better => Outcome::Right,
            Ending::Mixed => Outcome::Partly,
            Ending::Worse => Outcome::NotYet,
        }),
        _ => Err(LessonError::NoFit),
    }
}

fn has_twice(list: &[usize]) -> bool {
    (1..list.len()).any(|at| list[..at].contains(&list[at]))
}

fn longest_rising(list: &[usize]) -> usize {
    let mut best: Vec<usize> = Vec::with_capacity(list.len());
    for (at, one) in list.iter().enumerate() {
        let before = (0..at).filter(|before| list[*before] < *one).map(|before| best[before]).max();
        best.push(1 + before.unwrap_or(0));
    }
    best.into_iter().max().unwrap_or(0)
}

/// A lesson on its way. What she wrote or thought is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    at: usize,
    /// The outcome of the first try of each step.
    first: Vec<Option<Outcome>>,
}

impl Walk {
    /// Begins at the first step.
    pub fn begin<T>(steps: &[Step<T>]) -> Self {
        Self { at: 0, first: vec![None; steps.len()] }
    }

    /// The step she is at, from 0; the number of steps when all are passed.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Answers the step she is at. Later tries are judged too, but the first one counts.
    pub fn answer<T: Voice>(&mut self, steps: &[Step<T>], answer: &Answer) -> Result<Outcome, LessonError> {
        let step = steps.get(self.at).ok_or(LessonError::NoSuchStep)?;
        let outcome = judge(step, answer)?;
        self.first.get_mut(self.at).ok_or(LessonError::NoSuchStep)?.get_or_insert(outcome);
        Ok(outcome)
    }

    /// Goes on; a step may be passed without an answer. False at the end.
    pub fn go_on(&mut self) -> bool {
        let more = self.at < self.first.len();
        self.at += usize::from(more);
        more
    }

    /// Goes back a step; false at the first.
    pub fn go_back(&mut self) -> bool {
        let more = self.at > 0;
        self.at -= usize::from(more);
        more
    }

    /// Whether all steps were passed.
    pub fn is_over(&self) -> bool {
        self.at >= self.first.len()
    }

    /// What came of each step at the first try; none where it was passed over.
    pub fn outcomes(&self) -> &[Option<Outcome>] {
        &self.first
    }

    /// The steps to meet again ([`crate::boxes`]): not all right at the first try.
    pub fn missed(&self) -> impl Iterator<Item = usize> {
        let again = |outcome: Option<Outcome>| matches!(outcome, Some(Outcome::Partly | Outcome::NotYet));
        self.first.iter().enumerate().filter(move |(_, outcome)| again(**outcome)).map(|(step, _)| step)
    }

    /// What the lesson counts for.
    pub fn score(&self) -> Score {
        self.first.iter().flatten().fold(Score::default(), |score, outcome| score + *outcome)
    }
}

/// Points: two for a step that was right at the first try, one for a step that was partly so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Points that were reached.
    pub points: u32,
    /// Points that could have been.
    pub of: u32,
}

impl std::ops::Add<Outcome> for Score {
    type Output = Self;

    fn add(self, outcome: Outcome) -> Self {
        let points = match outcome {
            Outcome::Right => 2,
            Outcome::Partly => 1,
            Outcome::NotYet => 0,
            Outcome::Done => return self,
        };
        Self { points: self.points.saturating_add(points), of: self.of.saturating_add(2) }
    }
}

/// Scores by competence, over lessons. Kept on her device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scores(pub BTreeMap<Competence, Score>);

impl Scores {
    /// Counts a lesson for each competence that it trains.
    pub fn add(&mut self, competences: &[Competence], score: Score) {
        for competence in competences {
            let sum = self.0.entry(*competence).or_default();
            sum.points = sum.points.saturating_add(score.points);
            sum.of = sum.of.saturating_add(score.of);
        }
    }
}
