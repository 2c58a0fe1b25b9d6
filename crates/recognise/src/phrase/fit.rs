//! Where exactly a phrase matches, at all places of a window at once: from its last part back, a bit a token.
//!
//! For each part a mask tells from where on the rest of the phrase fits. The first mask gives the starts; a walk from a
//! start then needs no second thoughts, because each step looks up whether the rest fits after it.

use super::{Part, Phrase, Place, Seen, Ways, Window, Word};
use crate::text::Token;

/// For each part of a phrase, and after the last, from which places on the rest fits. Kept from phrase to phrase.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fits(Vec<u64>);

impl Fits {
    /// The places where a match starts.
    pub(crate) fn starts(&mut self, phrase: &Phrase, window: &Window) -> u64 {
        self.0.clear();
        self.0.resize(phrase.parts.len() + 1, window.all);
        let mut rest = window.all;
        for (part, mask) in phrase.parts.iter().zip(&mut self.0).rev() {
            rest = match part {
                Part::Any(ways, optional) => {
                    let here = ways.fitting(window, rest);
                    if *optional { here | rest } else { here }
                }
                Part::Gap(most) => (0..*most).fold(rest, |fits, _| rest | (fits >> 1)),
                Part::From | Part::To => rest,
            };
            if rest == 0 {
                return 0;
            }
            *mask = rest;
        }
        rest
    }

    /// The span shown for the match that starts at token `at`, one of the starts just found.
    pub(crate) fn span(&self, phrase: &Phrase, text: (&[Token], &[Seen], bool), first: usize) -> Option<Place> {
        let (tokens, seen, loose) = text;
        let (mut at, mut shown) = (first, first..first);
        for (part, rest) in phrase.parts.iter().zip(&self.0[1..]) {
            match part {
                Part::From => shown.start = at,
                Part::To if shown.end == first => shown.end = at,
                Part::To => {}
                // As few words as will do.
                Part::Gap(_) => at += (rest >> at).trailing_zeros() as usize,
                Part::Any(ways, _) => at += ways.length_at(tokens, loose, seen, at, *rest).unwrap_or(0),
            }
        }
        if shown.end == first {
            shown.end = at;
        }
        (shown.start < shown.end).then_some(shown)
    }
}

impl Ways {
    /// Where one of the ways stands and the rest fits after it.
    fn fitting(&self, window: &Window, rest: u64) -> u64 {
        let words = self.words.iter().fold(0, |all, word| all | window.places(*word)) & (rest >> 1);
        self.compounds.iter().fold(words, |all, c| all | (window.places_of_compound(c.number) & (rest >> c.length)))
    }

    /// How many tokens the first way takes that stands at this place and lets the rest fit: as it is typed before
    /// without marks, the longest first.
    fn length_at(&self, tokens: &[Token], loose: bool, seen: &[Seen], at: usize, rest: u64) -> Option<usize> {
        let token = tokens.get(at)?;
        let fits_after = |length: usize| (rest >> at) >> length & 1 != 0;
        let ours = |number| self.compounds.binary_search_by_key(&number, |c| c.number).is_ok();
        let here = seen.iter().filter(|seen| seen.at as usize == at && fits_after(seen.length as usize));
        let longest = here.filter(|seen| ours(seen.number)).max_by_key(|seen| (seen.typed, seen.length));
        let single = |is: &dyn Fn(&Word) -> bool| fits_after(1) && self.words.iter().any(is);
        match longest {
            Some(seen) if seen.typed || !single(&|word| word.0 == token.word) => Some(seen.length as usize),
            Some(_) => Some(1),
            None => single(&|word| token.may_be(*word, loose)).then_some(1),
        }
    }
}
