//! The grammar once more, as plainly as it can be told: part by part, one place at a time, back when it does not fit.
//! Far too slow for use; what the fast way finds is compared with it.

use super::{Part, Phrase, Place, Word};
use crate::text::Token;

/// The span shown for a match that starts at token `at`.
pub(crate) fn matches_plainly(
    phrase: &Phrase,
    compounds: &[&[Word]],
    tokens: &[Token],
    loose: bool,
    at: usize,
) -> Option<Place> {
    let mut span = at..at;
    let end = follow(&phrase.parts, compounds, tokens, loose, at, at, &mut span)?;
    if span.end == at {
        span.end = end;
    }
    (span.start < span.end).then_some(span)
}

/// Walks the parts from token `at`; gives the token after the match.
fn follow(
    parts: &[Part],
    compounds: &[&[Word]],
    tokens: &[Token],
    loose: bool,
    first: usize,
    at: usize,
    span: &mut Place,
) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    let go = |at, span: &mut Place| follow(rest, compounds, tokens, loose, first, at, span);
    match part {
        Part::From => {
            span.start = at;
            go(at, span)
        }
        Part::To => {
            let end = go(at, span)?;
            span.end = at;
            Some(end)
        }
        Part::Gap(most) => {
            for skipped in 0..=*most as usize {
                if skipped > 0 && !joined(tokens, first, at + skipped - 1) {
                    break;
                }
                if let Some(end) = go(at + skipped, span) {
                    return Some(end);
                }
            }
            None
        }
        Part::Any(ways, optional) => {
            let typed = tokens.get(at).map_or(0, |token| token.word);
            let several = ways.compounds.iter().map(|c| compounds[c.number as usize]);
            let mut all: Vec<&[Word]> = ways.words.iter().map(std::slice::from_ref).chain(several).collect();
            all.sort_by_key(|way| (way[0].0 != typed, std::cmp::Reverse(way.len())));
            for way in all {
                let fits =
                    |(i, word): (usize, &Word)| joined(tokens, first, at + i) && tokens[at + i].may_be(*word, loose);
                if way.iter().enumerate().all(fits)
                    && let Some(end) = go(at + way.len(), span)
                {
                    return Some(end);
                }
            }
            if *optional { go(at, span) } else { None }
        }
    }
}

/// Whether there is a token here that belongs to the sentence in which the match started.
fn joined(tokens: &[Token], first: usize, at: usize) -> bool {
    tokens.get(at).is_some_and(|t| at == first || !t.starts_sentence())
}
