//! What she meets again, and when: kept by the page only if she wants it to be.

use learn::boxes::{self, Card};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// Leitner's boxes.
#[wasm_bindgen]
#[derive(Default)]
pub struct Boxes(boxes::Boxes);

#[wasm_bindgen]
impl Boxes {
    /// What was kept; anything else than boxes (an empty string, say) begins with none.
    #[wasm_bindgen(constructor)]
    pub fn new(kept: &str) -> Self {
        let kept = serde_json::from_str::<Value>(kept).and_then(serde_json::from_value);
        Self(kept.unwrap_or_default())
    }

    /// What is to be kept: ids, numbers of steps and days.
    pub fn kept(&self) -> String {
        json!(self.0).to_string()
    }

    /// A step of a lesson was missed; `today` counts days from any fixed day.
    pub fn missed(&mut self, of: &str, step: u16, today: u32) {
        self.0.missed(Card { of: of.to_owned(), step }, today);
    }

    /// A step was met again.
    pub fn met(&mut self, of: &str, step: u16, right: bool, today: u32) {
        self.0.met(&Card { of: of.to_owned(), step }, right, today);
    }

    /// What is due: a JSON list of `{"of": id, "step": 3}`, the most pressing first.
    pub fn due(&self, today: u32) -> String {
        json!(self.0.due(today)).to_string()
    }

    /// How many steps lie in the boxes.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}
