//! What she meets again, and when: kept by the page only if she wants it to be.

use crate::json::Json;
use learn::boxes::{self, Card, Place};
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
        let kept =
            Json::read(kept).and_then(|kept| kept.list()?.iter().map(card_and_place).collect::<Option<Vec<_>>>());
        Self(kept.unwrap_or_default().into())
    }

    /// What is to be kept: ids, numbers of steps and days.
    pub fn kept(&self) -> String {
        let kept: Vec<(Card, Place)> = self.0.clone().into();
        let pair = |(card, Place { number, due }): &(Card, Place)| {
            let place = [("number", Json::Number((*number).into())), ("due", Json::Number((*due).into()))];
            Json::List(vec![shown(card), Json::map(place)])
        };
        kept.iter().map(pair).collect::<Json>().to_string()
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
        self.0.due(today).into_iter().map(shown).collect::<Json>().to_string()
    }

    /// How many steps lie in the boxes.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

fn shown(card: &Card) -> Json {
    Json::map([("of", (*card.of).into()), ("step", Json::Number(card.step.into()))])
}

fn card_and_place(pair: &Json) -> Option<(Card, Place)> {
    let [card, place] = pair.list()? else { return None };
    let card = Card { of: card.get("of")?.text()?.to_owned(), step: card.get("step")?.number()? };
    Some((card, Place { number: place.get("number")?.number()?, due: place.get("due")?.number()? }))
}
