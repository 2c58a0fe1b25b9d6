//! Which road her own words take.

use crate::{content::Road, gives};
use recognise::{Ended, SpelledWord, spelled};
use vocabulary::Tactic;

/// Of her own words so many characters are read; longer ones are cut, not refused.
pub const MOST_CHARACTERS: usize = 4_000;

/// The first road that fits her words: one of its phrases occurs, or she gives away what it names ([`gives()`]), or the
/// recogniser found (`shows`, handed in) what it names. None fits: `None`, and it goes on by `otherwise`.
///
/// Words are compared as the recogniser folds them: case, shorthand, repeated and look-alike letters don't matter. Where
/// she leaves marks out they may be any; where she writes them, they count: `thoi` is read as `thôi`, `bà` never as `ba`.
pub fn taken<To>(roads: &[Road<To>], said: &str, shows: &[Tactic]) -> Option<usize> {
    let said = cut(said);
    let words = spelled(said);
    let given = gives(said);
    roads.iter().position(|road| {
        road.words.all().any(|phrase| stands(phrase, said, &words))
            || road.gives.iter().any(|what| given.contains(what))
            || road.shows.iter().any(|tactic| shows.contains(tactic))
    })
}

/// A phrase stands in what was said; one without words (😂, ?) as it is.
fn stands(phrase: &str, said: &str, words: &[SpelledWord]) -> bool {
    let phrase = phrase.trim();
    let wanted = spelled(phrase);
    if wanted.is_empty() { !phrase.is_empty() && said.contains(phrase) } else { occurs(&wanted, words) }
}

pub(crate) fn cut(said: &str) -> &str {
    said.char_indices().nth(MOST_CHARACTERS).map_or(said, |(end, _)| &said[..end])
}

/// The phrase stands in the words, within one sentence.
fn occurs(phrase: &[SpelledWord], words: &[SpelledWord]) -> bool {
    !phrase.is_empty()
        && words.windows(phrase.len()).any(|window| {
            window.iter().zip(phrase).all(|(word, wanted)| word.means(wanted))
                && window[1..].iter().all(|word| word.after < Ended::Sentence)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Gives, content::Phrases};

    fn road(words: &[&str], gives: &[Gives], shows: &[Tactic]) -> Road<String> {
        let vi = words.iter().map(|word| (*word).to_owned()).collect();
        Road { words: Phrases { vi, en: vec![] }, gives: gives.into(), shows: shows.into(), to: String::new() }
    }

    #[test]
    fn marks_that_are_left_out_may_be_any_and_written_ones_count() {
        let roads = [road(&["thôi", "hỏi ba"], &[], &[])];
        for said in ["Thôi nha", "THOI", "thôiiii", "để em hỏi ba đã", "hoi ba", "Hỏi ba!"] {
            assert_eq!(taken(&roads, said, &[]), Some(0), "{said}");
        }
        for said in ["thời tiết đẹp", "hỏi bà", "hỏi. Ba ngày nữa", "", "🙂"] {
            assert_eq!(taken(&roads, said, &[]), None, "{said}");
        }
    }

    #[test]
    fn shorthand_is_spelled_out_on_both_sides() {
        let roads = [road(&["không"], &[], &[]), road(&["ko sao"], &[], &[])];
        assert_eq!(taken(&roads, "k nha", &[]), Some(0));
        assert_eq!(taken(&roads[1..], "hông sao đâu", &[]), Some(0));
    }

    #[test]
    fn the_first_road_that_fits_is_taken() {
        let roads = [road(&[], &[Gives::Phone], &[]), road(&["gọi"], &[], &[]), road(&[], &[], &[Tactic::Fear])];
        assert_eq!(taken(&roads, "gọi em số 0912 345 678 nhé", &[]), Some(0));
        assert_eq!(taken(&roads, "gọi em nhé", &[Tactic::Fear]), Some(1));
        assert_eq!(taken(&roads, "em sợ lắm", &[Tactic::Fear]), Some(2));
        assert_eq!(taken(&roads, "em sợ lắm", &[]), None);
    }

    #[test]
    fn a_face_is_found_as_it_is() {
        let roads = [road(&["😂", " "], &[], &[])];
        assert_eq!(taken(&roads, "trời 😂😂", &[]), Some(0));
        assert_eq!(taken(&roads, "trời ơi", &[]), None);
    }

    #[test]
    fn very_long_words_are_cut_not_refused() {
        let long = "ừ ".repeat(MOST_CHARACTERS) + "không";
        assert_eq!(taken(&[road(&["không"], &[], &[])], &long, &[]), None);
    }
}
