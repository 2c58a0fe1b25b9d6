//! What a teacher sees of her class: where it is and what it finds hard, never which pupil.
//!
//! Each pupil's device sends, step by step, which option it came to, under an id that it draws anew for every lesson. The
//! [`Board`] moves only when [`TOGETHER`] answers to a step have come in: a *batch*. Of a batch it shows for each option
//! a [`Level`], not a count: none or one of five, two or three, four or five. So whatever boards a teacher compares, for
//! every single answer at least one other is possible (`tests/no_answer_is_told_apart.rs` tries them all). Of steps that
//! are about herself (write, reflect, settings) nothing arrives but that they were done.
//!
//! What this doesn't hold against: somebody who sends four of the five answers of a batch herself. She learns something
//! of the fifth, as with every count.

use crate::{
    Ending,
    content::{Step, Voice},
    lesson::{Answer, LessonError, Outcome, judge},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// The board moves by so many answers.
pub const TOGETHER: usize = 5;
/// So many pupils' ids are taken in one lesson; more is somebody who spams.
pub const MOST_IDS: usize = 600;

/// An id that a device draws anew for each lesson, so that nothing follows a pupil from one to the next.
pub type FreshId = [u8; 16];

/// A class in one lesson. What was answered lies apart from who answered already; neither tells the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    steps: Vec<Counting>,
    ids: BTreeSet<FreshId>,
    answered: BTreeSet<(FreshId, u16)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counting {
    /// Not on the board yet: fewer than [`TOGETHER`], in the order of the options, not of arrival.
    waiting: Vec<u8>,
    shown: StepBoard,
}

/// What is seen of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Each step of the lesson.
    pub steps: Vec<StepBoard>,
}

/// What is seen of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepBoard {
    /// Batches of five so far.
    pub batches: u32,
    /// For each option: how many batches stood at each level, from low to high.
    pub levels: Vec<[u32; 3]>,
}

/// How many of a batch of five came to an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// None or one.
    Low,
    /// Two or three.
    Middle,
    /// Four or five.
    High,
}

impl Level {
    const fn of(count: usize) -> Self {
        match count {
            0 | 1 => Self::Low,
            2 | 3 => Self::Middle,
            _ => Self::High,
        }
    }
}

impl StepBoard {
    /// Answers on the board, a multiple of five.
    pub const fn answered(&self) -> u32 {
        self.batches * TOGETHER as u32
    }

    /// About which share came to the option, 0 to 1, to draw a bar: a batch counts with the middle of its level. None
    /// before the first five.
    pub fn share(&self, option: usize) -> Option<f64> {
        let [low, middle, high] = self.levels.get(option)?.map(f64::from);
        (self.batches > 0).then(|| (low * 0.1 + middle * 0.5 + high * 0.9) / f64::from(self.batches))
    }
}

/// Why an answer isn't counted. The pupil goes on in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ClassError {
    /// The lesson has no such step.
    #[error("the lesson has no such step")]
    NoSuchStep,
    /// The step has no such option.
    #[error("the step has no such option")]
    NoSuchOption,
    /// More devices than a class can have.
    #[error("more than {MOST_IDS} devices in one lesson: open another class")]
    Full,
}

/// How many options a step has on the board: the answers of a choice; right, partly, not yet; the three endings of a chat;
/// done.
pub fn options<T>(step: &Step<T>) -> usize {
    match step {
        Step::Choose { answers, .. } => answers.len(),
        Step::Spot { .. } | Step::Sort { .. } | Step::Order { .. } | Step::Chat { .. } => 3,
        Step::Tell { .. } | Step::Settings { .. } | Step::Write { .. } | Step::Reflect { .. } => 1,
    }
}

/// The option to which an answer comes.
pub fn option<T: Voice>(step: &Step<T>, answer: &Answer) -> Result<usize, LessonError> {
    let outcome = judge(step, answer)?;
    Ok(match answer {
        Answer::Chosen(number) => *number,
        Answer::Ended(ending) => Ending::ALL.iter().position(|one| one == ending).unwrap_or_default(),
        _ if outcome == Outcome::Done => 0,
        _ => Outcome::ALL.iter().position(|one| *one == outcome).unwrap_or_default(),
    })
}

impl Class {
    /// A class that begins a lesson.
    pub fn begin<T>(steps: &[Step<T>]) -> Self {
        Self::with_options(steps.iter().map(options))
    }

    /// The same from the number of options of each step.
    pub fn with_options(options: impl IntoIterator<Item = usize>) -> Self {
        let step =
            |options| Counting { waiting: Vec::new(), shown: StepBoard { batches: 0, levels: vec![[0; 3]; options] } };
        Self { steps: options.into_iter().map(step).collect(), ids: BTreeSet::new(), answered: BTreeSet::new() }
    }

    /// Counts an answer. `Ok(false)`: this device answered the step before (it sends again when the network was away), and
    /// the first answer counts.
    pub fn take(&mut self, id: FreshId, step: u16, option: u8) -> Result<bool, ClassError> {
        let counting = self.steps.get_mut(usize::from(step)).ok_or(ClassError::NoSuchStep)?;
        if usize::from(option) >= counting.shown.levels.len() {
            return Err(ClassError::NoSuchOption);
        }
        if !self.ids.contains(&id) && self.ids.len() >= MOST_IDS {
            return Err(ClassError::Full);
        }
        self.ids.insert(id);
        if !self.answered.insert((id, step)) {
            return Ok(false);
        }
        let at = counting.waiting.partition_point(|waiting| *waiting < option);
        counting.waiting.insert(at, option);
        if counting.waiting.len() >= TOGETHER {
            counting.show();
        }
        Ok(true)
    }

    /// What the teacher sees now.
    pub fn board(&self) -> Board {
        Board { steps: self.steps.iter().map(|step| step.shown.clone()).collect() }
    }

    /// How many devices answered, rounded down to a step of the board.
    pub fn devices(&self) -> usize {
        self.ids.len() / TOGETHER * TOGETHER
    }
}

impl Counting {
    fn show(&mut self) {
        let batch = std::mem::take(&mut self.waiting);
        self.shown.batches += 1;
        for (option, levels) in self.shown.levels.iter_mut().enumerate() {
            let count = batch.iter().filter(|one| usize::from(**one) == option).count();
            levels[Level::of(count) as usize] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u16) -> FreshId {
        let mut id = [0; 16];
        id[..2].copy_from_slice(&number.to_le_bytes());
        id
    }

    #[test]
    fn four_answers_show_nothing_and_the_fifth_moves_the_board() {
        let mut class = Class::with_options([3]);
        for pupil in 0..4 {
            assert_eq!(class.take(id(pupil), 0, 0), Ok(true));
            assert_eq!(class.board().steps[0].share(0), None);
        }
        class.take(id(4), 0, 2).unwrap();
        let step = &class.board().steps[0];
        assert_eq!((step.answered(), step.share(0), step.share(2)), (5, Some(0.9), Some(0.1)));
    }

    #[test]
    fn an_answer_that_is_sent_again_counts_once() {
        let mut class = Class::with_options([2, 2]);
        for _ in 0..9 {
            class.take(id(1), 0, 1).unwrap();
        }
        assert_eq!(class.board().steps[0].answered(), 0);
        assert_eq!(class.take(id(1), 1, 1), Ok(true), "another step is another answer");
    }

    #[test]
    fn spam_and_nonsense_are_refused_and_change_nothing() {
        let mut class = Class::with_options([2]);
        for pupil in 0..MOST_IDS as u16 {
            class.take(id(pupil), 0, 0).unwrap();
        }
        let before = class.clone();
        assert_eq!(class.take(id(9_999), 0, 0), Err(ClassError::Full));
        assert_eq!(class.take(id(1), 7, 0), Err(ClassError::NoSuchStep));
        assert_eq!(class.take(id(1), 0, 2), Err(ClassError::NoSuchOption));
        assert_eq!(class, before);
    }

    #[test]
    fn a_class_outlives_a_restart() {
        let mut class = Class::with_options([3, 1]);
        for pupil in 0..7 {
            class.take(id(pupil), 0, (pupil % 3) as u8).unwrap();
        }
        let kept = serde_json::to_string(&class).unwrap();
        assert_eq!(serde_json::from_str::<Class>(&kept).unwrap(), class);
    }
}
