//! How hard a text is to read.
//!
//! The measure is the first Vietnamese readability formula of Nguyen and Henkin (*Journal of Reading* 26, 1982, pages
//! 243 to 251): `RL = 2 · WL + 0.2 · SL − 6`, where `WL` is the mean number of letters in a word and `SL` the mean number
//! of words in a sentence. A word is what stands between blanks, in Vietnamese a syllable. It was made for grades of
//! school and longer prose; on chats and short sentences it gives low figures, so each band has its own bound ([`bounds`]),
//! set a little above the hardest of the first 65 files, which their authors wrote for these ages (`docs/learn.md` has the
//! figures). Because a mean hides long sentences, nine sentences of ten must also stay under a length.
//!
//! Only Vietnamese is measured: it's the original.

use super::{What, finding::Findings, texts::Spoken};
use crate::{
    Ages,
    content::{Piece, pieces},
};
use serde::Serialize;

/// How hard a text is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Mean letters in a word.
    pub letters: f64,
    /// Mean words in a sentence.
    pub words: f64,
    /// The level by the formula.
    pub level: f64,
    /// Nine sentences of ten (of three words or more) have at most so many words.
    pub long: usize,
}

/// What a band of ages may be asked to read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bounds {
    /// The highest level by the formula.
    pub level: f64,
    /// The highest length of nine sentences of ten, in words.
    pub long: usize,
}

/// The bounds of each band.
pub const fn bounds(ages: Ages) -> Bounds {
    let (level, long) = match ages {
        Ages::From6 => (1.6, 10),
        Ages::From9 => (2.2, 14),
        Ages::From12 => (2.5, 18),
        Ages::From15 => (2.8, 22),
        Ages::Adult => (3.2, 26),
    };
    Bounds { level, long }
}

/// Measures texts; none where there is no sentence. A sentence ends with `. ! ? … : ;` or the line, and with the text.
pub fn reading<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Reading> {
    let (mut letters, mut words, mut sentences, mut lengths) = (0, 0, 0, Vec::new());
    for text in texts {
        for sentence in sentences_of(text) {
            let here: Vec<usize> = sentence
                .split_whitespace()
                .map(|word| word.chars().filter(|letter| letter.is_alphabetic()).count())
                .filter(|letters| *letters > 0)
                .collect();
            if here.is_empty() {
                continue;
            }
            letters += here.iter().sum::<usize>();
            words += here.len();
            sentences += 1;
            if here.len() > 2 {
                lengths.push(here.len());
            }
        }
    }
    if sentences == 0 {
        return None;
    }
    lengths.sort_unstable();
    let (letters, words) = (letters as f64 / words as f64, words as f64 / sentences as f64);
    let long = lengths.get(lengths.len() * 9 / 10).or(lengths.last()).copied().unwrap_or_default();
    Some(Reading { letters, words, level: 2.0 * letters + 0.2 * words - 6.0, long })
}

/// Sentences, with the marks of a spot taken off.
pub(super) fn sentences_of(text: &str) -> Vec<String> {
    let plain: String = pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(words) | Piece::Marked(_, words) => words,
        })
        .collect();
    plain
        .split(['.', '!', '?', '…', ':', ';', '\n'])
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(Into::into)
        .collect()
}

/// What learners read, in Vietnamese.
pub(super) fn learner_texts(texts: &[Spoken]) -> impl Iterator<Item = &str> {
    texts.iter().filter(|spoken| !spoken.aside).map(|spoken| spoken.text.vi.as_str())
}

pub(super) fn check(ages: Ages, texts: &[Spoken], found: &mut Findings) {
    let Some(reading) = reading(learner_texts(texts)) else { return };
    let bounds = bounds(ages);
    if reading.level > bounds.level {
        let (level, most, words, letters) = (reading.level, bounds.level, reading.words, reading.letters);
        found.whole(
            What::Reading,
            format!(
                "khó đọc với lứa tuổi {ages}: mức {level:.1}, cần tới {most:.1} là cùng (trung bình {words:.1} tiếng một câu, {letters:.2} chữ cái một tiếng); hãy ngắt câu, dùng từ ngắn"
            ),
            format!(
                "hard to read for ages {ages}: level {level:.1}, at most {most:.1} fits (on average {words:.1} words a sentence, {letters:.2} letters a word); split sentences, use short words"
            ),
        );
    }
    if reading.long > bounds.long {
        let sentences = || learner_texts(texts).flat_map(sentences_of);
        let longest = sentences().max_by_key(|one| one.split_whitespace().count()).unwrap_or_default();
        let (long, most) = (reading.long, bounds.long);
        found.whole(
            What::Reading,
            format!("câu quá dài với lứa tuổi {ages}: cứ mười câu có một câu từ {long} tiếng, cần tới {most} là cùng; câu dài nhất: “{longest}”"),
            format!("sentences too long for ages {ages}: one in ten has {long} words or more, at most {most} fit; the longest: “{longest}”"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_is_reckoned_as_by_hand() {
        // 2 sentences, 6 words, 18 letters: WL 3, SL 3.
        let found = reading(["Mẹ đi chợ. Bạn {secrecy|trông nhà}!"]).unwrap();
        assert!((found.letters - 3.0).abs() < 1e-9 && (found.words - 3.0).abs() < 1e-9);
        assert!((found.level - 0.6).abs() < 1e-9);
        assert_eq!(found.long, 3);
        assert_eq!(reading(["", "…", "123 456"]), None);
    }

    #[test]
    fn older_ones_may_be_asked_to_read_more() {
        for pair in Ages::ALL.windows(2) {
            let [younger, older] = [bounds(pair[0]), bounds(pair[1])];
            assert!(younger.level < older.level && younger.long < older.long);
        }
    }
}
