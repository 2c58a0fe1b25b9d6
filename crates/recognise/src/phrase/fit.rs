//! Where exactly a phrase matches, at all places of a stretch at once: from its last part back, a bit a token.
//!
//! For each part a mask tells from where on the rest of the phrase fits. The first mask gives the starts; a walk from a
//! start then needs no second thoughts, because each step looks up whether the rest fits after it.

use super::{Part, Phrase, Place, Seen, Ways, Window};
use crate::text::Token;

/// All phrases, laid out close together: what is looked at for a text must come from few places of the memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plans {
    /// For each phrase where its steps start; one more at the end.
    starts: Vec<u32>,
    steps: Vec<Step>,
    /// For each step keys of words as typed, numbers of compounds, keys of words without marks, each in order.
    keys: Vec<u16>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// One of these stands here: where its keys start, and how many of each there are.
    Any {
        from: u32,
        typed: u16,
        compounds: u16,
        bare: u16,
        optional: bool,
    },
    Gap(u8),
    From,
    To,
}

/// A stretch of text as phrases are tried on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub tokens: &'a [Token],
    pub compounds: &'a [Seen],
    pub loose: bool,
}

/// For each step of a phrase, and after the last, from which places on the rest fits. Kept from phrase to phrase.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fits(Vec<u64>);

/// The keys of a step.
#[derive(Clone, Copy)]
struct Keys<'a> {
    typed: &'a [u16],
    compounds: &'a [u16],
    bare: &'a [u16],
}

impl Plans {
    pub(crate) fn build<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Self {
        let mut plans = Self { starts: vec![0], ..Self::default() };
        for phrase in phrases {
            for part in &phrase.parts {
                let step = match part {
                    Part::Any(ways, optional) => plans.lay_out(ways, *optional),
                    Part::Gap(most) => Step::Gap(*most),
                    Part::From => Step::From,
                    Part::To => Step::To,
                };
                plans.steps.push(step);
            }
            plans.starts.push(plans.steps.len() as u32);
        }
        plans
    }

    fn lay_out(&mut self, ways: &Ways, optional: bool) -> Step {
        let from = self.keys.len() as u32;
        let [typed, compounds, bare] = ways.keys().map(|keys| {
            self.keys.extend_from_slice(&keys);
            keys.len() as u16
        });
        Step::Any { from, typed, compounds, bare, optional }
    }

    fn steps(&self, phrase: u16) -> &[Step] {
        &self.steps[self.starts[phrase as usize] as usize..self.starts[phrase as usize + 1] as usize]
    }

    fn keys(&self, from: u32, typed: u16, compounds: u16, bare: u16) -> Keys<'_> {
        let (typed, rest) = self.keys[from as usize..].split_at(typed as usize);
        let (compounds, rest) = rest.split_at(compounds as usize);
        Keys { typed, compounds, bare: &rest[..bare as usize] }
    }

    /// The places where a match of this phrase starts.
    pub(crate) fn starts(&self, phrase: u16, text: Text, window: &Window, fits: &mut Fits) -> u64 {
        let steps = self.steps(phrase);
        fits.0.clear();
        fits.0.resize(steps.len() + 1, window.all);
        let mut rest = window.all;
        for (step, mask) in steps.iter().zip(&mut fits.0).rev() {
            rest = match *step {
                Step::Any { from, typed, compounds, bare, optional } => {
                    let here = self.keys(from, typed, compounds, bare).fitting(text, window, rest);
                    if optional { here | rest } else { here }
                }
                Step::Gap(most) => (0..most).fold(rest, |fits, _| rest | (fits >> 1)),
                Step::From | Step::To => rest,
            };
            if rest == 0 {
                return 0;
            }
            *mask = rest;
        }
        rest
    }

    /// The span shown for the match that starts at token `first`, one of the starts just found.
    pub(crate) fn span(&self, phrase: u16, text: Text, fits: &Fits, first: usize) -> Option<Place> {
        let (mut at, mut shown) = (first, first..first);
        for (step, rest) in self.steps(phrase).iter().zip(&fits.0[1..]) {
            match *step {
                Step::From => shown.start = at,
                Step::To if shown.end == first => shown.end = at,
                Step::To => {}
                // As few words as will do.
                Step::Gap(_) => at += (rest >> at).trailing_zeros() as usize,
                Step::Any { from, typed, compounds, bare, .. } => {
                    at += self.keys(from, typed, compounds, bare).length_at(text, at, *rest).unwrap_or(0);
                }
            }
        }
        if shown.end == first {
            shown.end = at;
        }
        (shown.start < shown.end).then_some(shown)
    }
}

impl Keys<'_> {
    /// Where one of the ways stands and the rest fits after it.
    fn fitting(self, text: Text, window: &Window, rest: u64) -> u64 {
        let bare = if text.loose { window.places(self.bare) } else { 0 };
        let words = (window.places(self.typed) | bare) & (rest >> 1);
        let ours = text.compounds.iter().filter(|seen| self.compounds.binary_search(&seen.number).is_ok());
        ours.fold(words, |all, seen| all | ((rest >> seen.length) & (1 << seen.at)))
    }

    /// How many tokens the first way takes that stands at this place and lets the rest fit: as it is typed before
    /// without marks, the longest first.
    fn length_at(self, text: Text, at: usize, rest: u64) -> Option<usize> {
        let token = text.tokens.get(at)?;
        let fits_after = |length: usize| (rest >> at) >> length & 1 != 0;
        let here = text.compounds.iter().filter(|seen| seen.at as usize == at && fits_after(seen.length as usize));
        let ours = here.filter(|seen| self.compounds.binary_search(&seen.number).is_ok());
        let longest = ours.max_by_key(|seen| (seen.typed, seen.length));
        let holds = |keys: &[u16], key: u16| keys.binary_search(&key).is_ok();
        let typed = || fits_after(1) && holds(self.typed, token.key(false));
        let bare = || fits_after(1) && text.loose && holds(self.bare, token.key(true));
        match longest {
            Some(seen) if seen.typed || !typed() => Some(seen.length as usize),
            None if !typed() && !bare() => None,
            _ => Some(1),
        }
    }
}
