//! Meeting again what was missed: Leitner's boxes (*So lernt man lernen*, 1972), over a day that is handed in.
//!
//! A card that was missed comes into box 1. Right: one box on, and a longer wait; not right: back into box 1. Right in
//! the last box: it is known and leaves.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days until a card comes again, by box.
pub const DAYS: [u32; 5] = [1, 2, 4, 8, 16];

/// What is met again: a step of a lesson, or an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Card {
    /// The lesson's or item's id.
    pub of: String,
    /// The step, from 0; 0 for an item.
    pub step: u16,
}

/// Where a card lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The box, 1 to 5.
    pub number: u8,
    /// The day on which it is due.
    pub due: u32,
}

/// The boxes of one learner; they stay on her device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Card, Place)>", into = "Vec<(Card, Place)>")]
pub struct Boxes(BTreeMap<Card, Place>);

impl Boxes {
    /// Puts a card that was missed into box 1. `today` counts days from any fixed day.
    pub fn missed(&mut self, card: Card, today: u32) {
        self.0.insert(card, place(1, today));
    }

    /// The card was met again; where it lies now, or none when it is known.
    pub fn met(&mut self, card: &Card, right: bool, today: u32) -> Option<Place> {
        let here = self.0.get_mut(card)?;
        let next = if right { here.number.saturating_add(1) } else { 1 };
        if usize::from(next) > DAYS.len() {
            self.0.remove(card);
            return None;
        }
        *here = place(next, today);
        Some(*here)
    }

    /// The cards that are due, the lowest box and the longest due first.
    pub fn due(&self, today: u32) -> Vec<&Card> {
        let mut due: Vec<_> = self.0.iter().filter(|(_, place)| place.due <= today).collect();
        due.sort_by_key(|(_, place)| (place.number, place.due));
        due.into_iter().map(|(card, _)| card).collect()
    }

    /// Where a card lies.
    pub fn place(&self, card: &Card) -> Option<Place> {
        self.0.get(card).copied()
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is to be met again.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn place(number: u8, today: u32) -> Place {
    let wait = DAYS[usize::from(number.clamp(1, 5)) - 1];
    Place { number, due: today.saturating_add(wait) }
}

impl From<Vec<(Card, Place)>> for Boxes {
    /// Boxes that were kept; a number that no box has is brought into one.
    fn from(kept: Vec<(Card, Place)>) -> Self {
        Self(kept.into_iter().map(|(card, at)| (card, Place { number: at.number.clamp(1, 5), ..at })).collect())
    }
}

impl From<Boxes> for Vec<(Card, Place)> {
    fn from(boxes: Boxes) -> Self {
        boxes.0.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(step: u16) -> Card {
        Card { of: "codes-are-keys".into(), step }
    }

    #[test]
    fn a_card_that_is_always_right_comes_after_1_2_4_8_16_days_and_leaves() {
        let (mut boxes, mut today) = (Boxes::default(), 100);
        boxes.missed(card(3), today);
        for wait in DAYS {
            assert!(boxes.due(today + wait - 1).is_empty());
            today += wait;
            assert_eq!(boxes.due(today), [&card(3)]);
            boxes.met(&card(3), true, today);
        }
        assert!(boxes.is_empty());
    }

    #[test]
    fn a_card_that_is_missed_again_goes_back_to_the_first_box() {
        let mut boxes = Boxes::default();
        boxes.missed(card(1), 0);
        boxes.met(&card(1), true, 1);
        assert_eq!(boxes.met(&card(1), false, 3), Some(Place { number: 1, due: 4 }));
        assert_eq!(boxes.met(&card(9), true, 3), None, "a card that was never missed");
    }

    #[test]
    fn boxes_are_kept_as_json_and_a_foreign_number_does_no_harm() {
        let mut boxes = Boxes::default();
        boxes.missed(card(2), 7);
        let json = serde_json::to_string(&boxes).unwrap();
        assert_eq!(serde_json::from_str::<Boxes>(&json).unwrap(), boxes);
        let odd = json.replace("\"number\":1", "\"number\":200");
        let mut odd: Boxes = serde_json::from_str(&odd).unwrap();
        assert_eq!(odd.met(&card(2), true, u32::MAX), None);
    }
}
