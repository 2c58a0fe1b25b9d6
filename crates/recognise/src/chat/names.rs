//! Whose name stands there, and what is nobody's.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../../data/chat.txt")));

type Set = HashSet<&'static str>;

struct Words {
    noise: Set,
    noise_starts: Vec<&'static str>,
    own: Set,
    me: Set,
    media: Set,
    labels: Set,
    label_starts: Vec<&'static str>,
    people: Set,
    stamps: Set,
}

impl Words {
    fn read(source: &'static str) -> Self {
        Self {
            noise: section(source, "noise").collect(),
            noise_starts: section(source, "noise-start").collect(),
            own: section(source, "own").collect(),
            me: section(source, "me").collect(),
            media: section(source, "media").collect(),
            labels: section(source, "label").collect(),
            label_starts: section(source, "label-start").collect(),
            people: section(source, "person").collect(),
            stamps: section(source, "stamp").collect(),
        }
    }
}

fn section(source: &'static str, name: &'static str) -> impl Iterator<Item = &'static str> {
    source
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(':'))
        .filter(move |(n, _)| *n == name)
        .flat_map(|(_, words)| words.split('|').map(str::trim).filter(|w| !w.is_empty()))
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 40;
/// The longest line of an app that is looked at.
const LONGEST_NOISE: usize = 160;

/// A line of the app itself.
pub(super) fn is_noise(line: &str) -> bool {
    if line.len() > LONGEST_NOISE {
        return false;
    }
    let line = line.to_lowercase();
    WORDS.noise.contains(line.as_str()) || WORDS.noise_starts.iter().any(|start| line.starts_with(start))
}

/// A line that says that what follows was sent by the person who pasted.
pub(super) fn is_own_line(line: &str) -> bool {
    line.len() <= 24 && WORDS.own.contains(line.trim_end_matches(':').to_lowercase().as_str())
}

/// A name that means the person who pasted.
pub(super) fn is_own(name: &str) -> bool {
    is_own_line(name) || WORDS.me.contains(name.to_lowercase().as_str())
}

/// Words that stand for a picture, a voice or a file.
pub(super) fn is_media(words: &str) -> bool {
    words.len() <= 64 && WORDS.media.contains(words.trim().trim_start_matches('\u{200E}').to_lowercase().as_str())
}

/// A word of a date or time.
pub(super) fn is_stamp_word(word: &str) -> bool {
    WORDS.stamps.contains(word)
}

/// Whether a name is a word that always means somebody.
pub(super) fn is_person(name: &str) -> bool {
    WORDS.people.contains(name.to_lowercase().as_str())
}

/// What may stand before a colon after a date: nearly anything short, without the end of a sentence.
pub(super) fn is_stamped_name(name: &str) -> bool {
    let length = name.chars().take(LONGEST_NAME + 1).count();
    (1..=LONGEST_NAME).contains(&length) && !name.contains(". ") && !name.contains("http")
}

/// What may be a name with nothing but a colon behind it.
pub(super) fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let phone = digits >= 9 && letters == 0;
    is_stamped_name(name)
        && name.split_whitespace().count() <= 5
        && (phone || letters > 0 && !name.starts_with(|c: char| c.is_ascii_digit() || "-•*–+#>\"“".contains(c)))
        && !name.contains([',', ';', '?', '!', '/', '=', '"', '…'])
        && !is_label(&lower)
}

/// A name that stands alone on a line: short, each word with a capital, or a word for somebody.
pub(super) fn is_name_line(line: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric());
    line.len() <= 60
        && is_name(line)
        && !line.ends_with(['.', ':', ')'])
        && (line.split_whitespace().all(capital) || is_person(line))
}

fn is_label(lower: &str) -> bool {
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let numbered = || {
        WORDS.label_starts.iter().any(|start| {
            bare.strip_prefix(start).is_some_and(|rest| {
                rest.starts_with(' ') && rest.contains(|c: char| c.is_ascii_digit() || c.is_whitespace())
            })
        })
    };
    WORDS.labels.contains(bare) || numbered()
}
