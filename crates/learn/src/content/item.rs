//! Assessed items.

use super::Reply;
use crate::{Competence, Form};
use serde::{Deserialize, Serialize};
use vocabulary::Harm;

/// The items of one age, a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Items<T = super::Text> {
    /// All of them.
    #[serde(rename = "item")]
    pub items: Vec<Item<T>>,
}

impl<T> Items<T> {
    /// The items of one form, in their order.
    pub fn form(&self, form: Form) -> impl Iterator<Item = &Item<T>> {
        self.items.iter().filter(move |item| item.form == form)
    }
}

/// A question with explanations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item<T = super::Text> {
    /// Short English name.
    pub id: String,
    /// What it asks about.
    pub harms: Vec<Harm>,
    /// What it measures.
    pub competences: Vec<Competence>,
    /// Which set it belongs to.
    pub form: Form,
    /// The item of the other form that asks the same with another story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<String>,
    /// The question.
    pub text: T,
    /// Three or four, exactly one good.
    pub answers: Vec<Reply<T>>,
}

impl<T> Item<T> {
    /// The good answer.
    pub fn good(&self) -> Option<usize> {
        self.answers.iter().position(|answer| answer.good)
    }
}
