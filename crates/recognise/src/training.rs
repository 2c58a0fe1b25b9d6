//! What training and evaluation need of the recogniser, and nobody else: features, columns, raw sums, rule groups.

use crate::features::{self, BUCKETS};
use crate::links::{self, HostList};
use crate::rules::{Hit, Room, Rules};
use crate::text::{Tokens, detect};

pub use crate::features::Features;
pub use crate::model::{COLUMNS, LABELS, Label, Row, exp, sigmoid};
pub use crate::second::{HIDDEN, QUESTIONS, Question, Second};

/// Turns texts into features by the shipped rules, without any weights.
#[derive(Debug)]
pub struct Extractor {
    rules: Rules,
    hosts: HostList,
    tokens: Tokens,
    room: Room,
}

impl Default for Extractor {
    fn default() -> Self {
        let hosts = HostList::shipped();
        Self { rules: Rules::shipped(), hosts, tokens: Tokens::default(), room: Room::default() }
    }
}

impl Extractor {
    /// The features of one message.
    pub fn features(&mut self, text: &str) -> Features {
        let places = links::find(text);
        self.tokens.read(text, &places, &self.rules.lexicon, &self.rules.shorthand);
        let reading = detect(&self.tokens, &self.rules.flags);
        self.rules.find(&self.tokens.list, reading.loose, &mut self.room);
        let found: Vec<_> = places.iter().map(|place| links::judge(text, place, &self.hosts)).collect();
        let mut features = Features::default();
        features::pieces(&self.tokens.list, &mut features.pieces);
        features::signs(&self.rules, &self.tokens, reading, &self.room.hits, &found, &mut features.signs);
        features
    }

    /// What the rules find in one message: the name of the group, first code point, one past the last.
    pub fn found(&mut self, text: &str) -> Vec<(String, u32, u32)> {
        self.features(text);
        let names = self.groups();
        let list = &self.tokens.list;
        let span = |h: &Hit| (names[h.group as usize].clone(), list[h.place.start].start, list[h.place.end - 1].end);
        self.room.hits.iter().map(span).collect()
    }

    /// Rows a model of these rules has.
    pub fn rows(&self) -> usize {
        BUCKETS as usize + features::sign_count(&self.rules)
    }

    /// The number that ties weights to these rules.
    pub fn fingerprint(&self) -> u32 {
        features::fingerprint(&self.rules)
    }

    /// The names of the rule groups, in the order of their rows.
    pub fn groups(&self) -> Vec<String> {
        self.rules.groups.iter().map(|g| g.meaning.name().to_owned()).collect()
    }
}

/// Rows for hashed word pieces; named signs follow.
pub const PIECE_ROWS: usize = BUCKETS as usize;

/// Uncalibrated log-odds of every column.
pub fn logits(model: &crate::Model, features: &Features) -> [f32; COLUMNS] {
    model.logits(&model.sum(features))
}

/// A letter without its Vietnamese marks; anything else as it is.
pub fn plain_letter(c: char) -> char {
    crate::text::plain_letter(c)
}

/// The shipped recogniser with the rule groups silent that `silent` names.
///
/// # Errors
/// As [`crate::Recogniser::with_model`].
pub fn without_rules(silent: impl Fn(&str) -> bool) -> Result<crate::Recogniser, crate::ModelError> {
    crate::Recogniser::assemble(Rules::shipped().without(silent), crate::Model::shipped()?)
}
