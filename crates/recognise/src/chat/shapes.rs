//! Which shape a pasted chat has, and where its turns begin.

use super::names;
use super::stamp;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A line without the blanks around it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub bytes: Range<usize>,
}

/// What a line begins.
#[derive(Clone, Debug)]
pub(super) enum Head {
    /// A turn: who speaks, and the words behind the name (empty where they stand below).
    Turn { name: Range<usize>, words: Range<usize> },
    /// A line of the app, a date, a time.
    Nobody,
}

type Heads = Vec<Option<Head>>;

/// How far a name before a colon may reach, in bytes.
const LONGEST_HEAD: usize = 160;

/// The lines of a text, trimmed of blanks and of the marks for writing direction that apps put before them.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            let unwanted = |c: char| {
                c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}')
            };
            let left = line.len() - line.trim_start_matches(unwanted).len();
            let kept = line.trim_matches(unwanted).len();
            Line { bytes: start + left..start + left + kept }
        })
        .collect()
}

/// What each line begins, in the first shape that fits; none where none does.
pub(super) fn heads(text: &str, lines: &[Line]) -> Option<Heads> {
    // One line is one message, whatever stands in it.
    lines.iter().filter(|l| !l.bytes.is_empty()).nth(1)?;
    let each = |read: fn(&str, &Line) -> Option<Head>| lines.iter().map(|l| read(text, l)).collect::<Heads>();
    let turns = |heads: &Heads| heads.iter().flatten().filter(|h| matches!(h, Head::Turn { .. })).count();
    [each(stamp_first), each(stamp_last)]
        .into_iter()
        .find(|heads| turns(heads) >= 2)
        .or_else(|| name_lines(text, lines))
        .or_else(|| colons(text, lines))
}

fn stamp_first(text: &str, line: &Line) -> Option<Head> {
    let content = &text[line.bytes.clone()];
    let inner = content.trim_start_matches(['[', '(']);
    let length = stamp::length(inner)?;
    let after = inner[length..].trim_start_matches(|c: char| c.is_whitespace() || "])-–—:|•~\u{200E}".contains(c));
    let start = line.bytes.end - after.len();
    // A date without a name: the app's own line.
    Some(named(text, start, line.bytes.end, names::is_stamped_name).unwrap_or(Head::Nobody))
}

/// `Name: words` from here on.
fn named(text: &str, start: usize, end: usize, fits: fn(&str) -> bool) -> Option<Head> {
    let line = &text[start..end];
    let colon = line.bytes().take(LONGEST_HEAD).position(|b| b == b':')?;
    let name = line[..colon].trim();
    let from = start + (line[..colon].len() - line[..colon].trim_start().len());
    let words = line[colon + 1..].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{200E}');
    (fits(name) && !line[colon + 1..].starts_with("//"))
        .then(|| Head::Turn { name: from..from + name.len(), words: end - words.len()..end })
}

fn stamp_last(text: &str, line: &Line) -> Option<Head> {
    let content = &text[line.bytes.clone()];
    if content.len() > LONGEST_HEAD {
        return None;
    }
    if stamp::is_all(content) || names::is_noise(content) {
        return Some(Head::Nobody);
    }
    // Only behind a bracket, a comma or a dash: `gặp lúc 10:02` is words.
    let cut = ["[", " — ", " – ", " - ", " • ", " (", "\t"].iter().filter_map(|mark| content.rfind(mark)).max()?;
    let name = content[..cut].trim_end_matches([',', ' ']);
    let fits = stamp::is_all(&content[cut..]) && names::is_stamped_name(name) && name.split_whitespace().count() <= 6;
    let start = line.bytes.start;
    fits.then(|| Head::Turn { name: start..start + name.len(), words: line.bytes.end..line.bytes.end })
}

/// Names on lines of their own: needs the app's lines (`You sent`, times) as a witness, and a name that comes again.
fn name_lines(text: &str, lines: &[Line]) -> Option<Heads> {
    let content = |l: &Line| &text[l.bytes.clone()];
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for line in lines.iter().filter(|l| l.bytes.len() <= 60) {
        *counts.entry(content(line)).or_default() += 1;
    }
    let own = lines.iter().any(|l| names::is_own_line(content(l)));
    let (mut witnesses, mut place) = (0, Place::Break);
    let mut heads: Heads = Vec::with_capacity(lines.len());
    for line in lines {
        let words = content(line);
        let again = || counts.get(words).is_some_and(|count| *count >= 2);
        let nobody = stamp::is_all(words) || names::is_noise(words);
        let own_line = names::is_own_line(words);
        let named =
            !words.is_empty() && !nobody && names::is_name_line(words) && (again() || own && place == Place::Break);
        // Just below a name stand words, unless the app writes the name twice.
        let name = own_line || named && (place != Place::Name || last_name_is(text, &heads, words));
        heads.push(if nobody {
            witnesses += 1;
            Some(Head::Nobody)
        } else {
            name.then(|| Head::Turn { name: line.bytes.clone(), words: line.bytes.end..line.bytes.end })
        });
        place = match (words.is_empty(), nobody, name) {
            (true, ..) => place,
            (_, true, _) => Place::Break,
            (.., true) => Place::Name,
            _ => Place::Words,
        };
    }
    let speakers: HashSet<&str> = turn_names(text, &heads).collect();
    let turns = turn_names(text, &heads).count();
    let sure = own || witnesses >= 2 && speakers.len() >= 2 && witnesses * 3 >= turns;
    (sure && turns >= 2).then_some(heads)
}

/// What stands on the line above.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The beginning, or a line of the app.
    Break,
    Name,
    Words,
}

fn last_name_is(text: &str, heads: &Heads, words: &str) -> bool {
    turn_names(text, &heads[heads.len().saturating_sub(2)..]).last() == Some(words)
}

fn turn_names<'a>(text: &'a str, heads: &'a [Option<Head>]) -> impl Iterator<Item = &'a str> {
    heads.iter().flatten().filter_map(|head| match head {
        Head::Turn { name, .. } => Some(&text[name.clone()]),
        Head::Nobody => None,
    })
}

/// Names before colons, with nothing else to go by: must alternate and come again, or be words for somebody.
fn colons(text: &str, lines: &[Line]) -> Option<Heads> {
    let read = |l: &Line| {
        let content = &text[l.bytes.clone()];
        if stamp::is_all(content) || names::is_noise(content) {
            return Some(Head::Nobody);
        }
        named(text, l.bytes.start, l.bytes.end, names::is_name)
    };
    let mut heads: Heads = lines.iter().map(read).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    turn_names(text, &heads).for_each(|name| *counts.entry(name).or_default() += 1);
    // A name that comes once and is written small is mostly a word of somebody's sentence.
    let again = |name: &str| counts.get(name).is_some_and(|n| *n >= 2);
    let speaks = |name: &str| again(name) || names::is_person(name) || names::is_name_line(name);
    let turns = turn_names(text, &heads).count();
    let steady = counts.values().filter(|n| **n >= 2).count();
    let by_name: usize = turn_names(text, &heads).filter(|name| speaks(name)).count();
    let speakers = counts.keys().filter(|name| speaks(name)).count();
    let filled = lines.iter().filter(|l| !l.bytes.is_empty()).count();
    let short = turns <= 3 && counts.keys().all(|name| names::is_person(name));
    let fits = speakers >= 2 && by_name * 5 >= turns * 4 && by_name * 3 >= filled && (steady >= 1 || short);
    if !fits {
        return None;
    }
    let keeps: Vec<bool> = heads
        .iter()
        .map(|head| match head {
            Some(Head::Turn { name, .. }) => speaks(&text[name.clone()]),
            _ => true,
        })
        .collect();
    heads.iter_mut().zip(keeps).filter(|(_, keep)| !keep).for_each(|(head, _)| *head = None);
    Some(heads)
}
