//! A simulated chat as it is played: where she is, which way she came, what ends it.

use crate::{
    Ending, Move,
    content::{Chat, Scene},
    roads,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, VecDeque};
use thiserror::Error;
use vocabulary::Tactic;

/// A chat in play. It knows scenes and choices, never a word she wrote, so that it can lie in the page's memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Play {
    at: String,
    trail: Vec<Turn>,
}

/// One move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The scene in which she was.
    pub from: String,
    /// How she went on.
    pub by: By,
}

/// How she went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The choice, from 0.
    Choice(usize),
    /// Her own words took this road, from 0; none that was named: `otherwise`.
    Own(Option<usize>),
}

/// Why a move can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PlayError {
    /// The play belongs to another chat, or to an older copy of it: begin anew.
    #[error("this play belongs to another chat: begin anew")]
    OtherChat,
    /// The scene doesn't offer this.
    #[error("this scene has no such choice")]
    NoSuchChoice,
    /// Own words are not asked for here.
    #[error("this scene asks for no words")]
    NoWordsHere,
    /// There is no word in what was written.
    #[error("nothing was written")]
    NothingWritten,
}

impl Play {
    /// Begins a chat.
    pub fn begin<T>(chat: &Chat<T>) -> Self {
        Self { at: chat.start.clone(), trail: Vec::new() }
    }

    /// The scene in which she is.
    pub fn scene<'c, T>(&self, chat: &'c Chat<T>) -> Result<&'c Scene<T>, PlayError> {
        chat.scene(&self.at).ok_or(PlayError::OtherChat)
    }

    /// Takes a choice, from 0.
    pub fn choose<T>(&mut self, chat: &Chat<T>, number: usize) -> Result<(), PlayError> {
        self.go(chat, By::Choice(number))
    }

    /// Answers in her own words; `shows` is what the recogniser found in them. The words are read and forgotten.
    pub fn write<T>(&mut self, chat: &Chat<T>, said: &str, shows: &[Tactic]) -> Result<(), PlayError> {
        let own = self.scene(chat)?.own.as_ref().ok_or(PlayError::NoWordsHere)?;
        if said.trim().is_empty() {
            return Err(PlayError::NothingWritten);
        }
        self.go(chat, By::Own(roads::taken(&own.roads, said, shows)))
    }

    /// Makes a move; nothing changes where it can't be made.
    pub fn go<T>(&mut self, chat: &Chat<T>, by: By) -> Result<(), PlayError> {
        let to = leads(self.scene(chat)?, by)?;
        let to = chat.scene(to).ok_or(PlayError::OtherChat)?;
        self.trail.push(Turn { from: std::mem::replace(&mut self.at, to.id.clone()), by });
        Ok(())
    }

    /// Takes back the last move; false at the beginning.
    pub fn rewind(&mut self) -> bool {
        self.rewind_to(self.trail.len().saturating_sub(1))
    }

    /// Goes back to the scene before this move, from 0; false where there is none.
    pub fn rewind_to(&mut self, turn: usize) -> bool {
        let Some(to) = self.trail.get(turn) else { return false };
        self.at.clone_from(&to.from);
        self.trail.truncate(turn);
        true
    }

    /// The way she came.
    pub fn trail(&self) -> &[Turn] {
        &self.trail
    }

    /// What she did, in order; own words are no named act.
    pub fn moves<T>(&self, chat: &Chat<T>) -> Vec<Move> {
        let act = |turn: &Turn| match turn.by {
            By::Choice(number) => Some(chat.scene(&turn.from)?.choices.get(number)?.act),
            By::Own(_) => None,
        };
        self.trail.iter().filter_map(act).collect()
    }

    /// How it ended, once it has.
    pub fn ending<T>(&self, chat: &Chat<T>) -> Option<Ending> {
        self.scene(chat).ok()?.ending
    }
}

fn leads<T>(scene: &Scene<T>, by: By) -> Result<&str, PlayError> {
    match by {
        By::Choice(number) => scene.choices.get(number).map(|choice| &*choice.to).ok_or(PlayError::NoSuchChoice),
        By::Own(road) => {
            let own = scene.own.as_ref().ok_or(PlayError::NoWordsHere)?;
            match road {
                None => Ok(&own.otherwise),
                Some(road) => own.roads.get(road).map(|road| &*road.to).ok_or(PlayError::NoSuchChoice),
            }
        }
    }
}

/// The shortest way by choices alone to every scene that can be reached so, by the scene's id.
pub fn ways<T>(chat: &Chat<T>) -> BTreeMap<&str, Vec<usize>> {
    let scenes: HashMap<&str, &Scene<T>> = chat.scenes.iter().map(|scene| (scene.id.as_str(), scene)).collect();
    let mut ways = BTreeMap::new();
    let mut next = VecDeque::from([(chat.start.as_str(), Vec::new())]);
    while let Some((id, way)) = next.pop_front() {
        let Some(scene) = scenes.get(id) else { continue };
        if ways.contains_key(id) {
            continue;
        }
        for (number, choice) in scene.choices.iter().enumerate() {
            if !ways.contains_key(choice.to.as_str()) {
                let longer = way.iter().copied().chain([number]).collect();
                next.push_back((&choice.to, longer));
            }
        }
        ways.insert(scene.id.as_str(), way);
    }
    ways
}
