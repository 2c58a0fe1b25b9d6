//! A text read as a course of events: a window slides over its turns, and what it saw at its worst counts.
//!
//! Used for chats (a turn is a message) and for long texts (a turn is a stretch of words), so that neither ten
//! friendly messages nor a page of small talk can dilute a threat.

use crate::features::Features;
use crate::model::{COLUMNS, Label, Model, Sums};
use std::collections::VecDeque;

/// How many turns are read together.
const WINDOW: usize = 10;

/// What a course came to.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// Probabilities where any harm was most likely.
    pub worst: [f32; COLUMNS],
    /// The first turn (from 0) at which any harm was at least as likely as the given threshold.
    pub turn: Option<u32>,
}

/// Reads turns one after the other.
pub(crate) struct Course<'a> {
    model: &'a Model,
    warn_at: f32,
    window: VecDeque<(Features, [i32; COLUMNS])>,
    pieces: [i32; COLUMNS],
    count: u32,
    seen: u32,
    outcome: Outcome,
}

impl<'a> Course<'a> {
    pub(crate) fn new(model: &'a Model, warn_at: f32) -> Self {
        Self {
            model,
            warn_at,
            window: VecDeque::with_capacity(WINDOW),
            pieces: [0; COLUMNS],
            count: 0,
            seen: 0,
            outcome: Outcome { worst: [-1.0; COLUMNS], turn: None },
        }
    }

    /// Reads the next turn.
    pub(crate) fn push(&mut self, features: Features) {
        if self.window.len() == WINDOW
            && let Some((old, sums)) = self.window.pop_front()
        {
            self.count -= old.pieces.len() as u32;
            self.pieces.iter_mut().zip(sums).for_each(|(all, one)| *all -= one);
        }
        let alone = self.model.sum(&features);
        self.count += features.pieces.len() as u32;
        self.pieces.iter_mut().zip(alone.pieces).for_each(|(all, one)| *all += one);
        self.window.push_back((features, alone.pieces));
        let together = Sums { pieces: self.pieces, signs: self.signs(), count: self.count };
        for sums in [&together, &alone] {
            let probabilities = self.model.probabilities(&self.model.logits(sums));
            let any = Label::AnyHarm.column();
            if probabilities[any] > self.outcome.worst[any] {
                self.outcome.worst = probabilities;
            }
            if probabilities[any] >= self.warn_at {
                self.outcome.turn.get_or_insert(self.seen);
            }
        }
        self.seen += 1;
    }

    /// A sign counts once, however often it stands in the window.
    fn signs(&self) -> [i32; COLUMNS] {
        let mut on: Vec<u32> = self.window.iter().flat_map(|(f, _)| f.signs.iter().copied()).collect();
        on.sort_unstable();
        on.dedup();
        self.model.sum(&Features { pieces: Vec::new(), signs: on }).signs
    }

    pub(crate) fn finish(self) -> Outcome {
        self.outcome
    }
}
