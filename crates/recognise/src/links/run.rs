//! One run of host characters in a text: labels, and the dots in every shape that deceivers write.

use std::ops::Range;

/// The longest host that is read (RFC 1035); a longer run is no host.
pub(super) const LONGEST_HOST: usize = 253;

/// The labels of a run, and where it ends.
#[derive(Debug)]
pub(super) struct Run {
    pub labels: Vec<Range<usize>>,
    pub end: usize,
}

/// A dot, or what is written for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dot {
    /// Bytes that it takes, blanks included.
    pub length: usize,
    /// Not a plain dot: somebody hides the link, or defangs it.
    pub hidden: bool,
}

/// Whether a character may stand in a host name as people write it.
pub(super) fn is_host_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '_')
        || !c.is_ascii() && (c.is_alphanumeric() || is_invisible(c) || matches!(c, '\u{300}'..='\u{36F}'))
}

/// Invisible characters that are slipped into names.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Reads labels from `start` as far as they go. The run ends before a dot that no label follows.
pub(super) fn read(text: &str, start: usize) -> Run {
    let mut run = Run { labels: Vec::new(), end: start };
    let mut at = start;
    loop {
        let end = label_end(text, at);
        if end == at {
            return run;
        }
        // A run far too long is read to its end, so that nobody reads it twice, but its labels are not kept.
        if run.labels.len() <= LONGEST_HOST {
            run.labels.push(at..end);
        }
        run.end = end;
        match dot_at(text, end) {
            Some(dot) => at = end + dot.length,
            None => return run,
        }
    }
}

/// Where the label that ends at `end` starts, not before `floor`.
pub(super) fn label_start(text: &str, end: usize, floor: usize) -> usize {
    let before = &text[floor..end];
    before.char_indices().rev().take_while(|(_, c)| is_host_char(*c)).last().map_or(end, |(at, _)| floor + at)
}

fn label_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            if !is_host_char(bytes[at] as char) {
                break;
            }
            at += 1;
        } else {
            match text[at..].chars().next().filter(|c| is_host_char(*c)) {
                Some(c) => at += c.len_utf8(),
                None => break,
            }
        }
    }
    at
}

/// The dot that stands here: `.`, `。`, `[.]`, `(dot)`, ` . com`, ` chấm com`.
pub(super) fn dot_at(text: &str, at: usize) -> Option<Dot> {
    let rest = &text[at..];
    match rest.as_bytes().first()? {
        b'.' => Some(Dot { length: 1, hidden: false }),
        b'[' | b'(' | b'{' => bracketed(rest).map(|length| Dot { length, hidden: true }),
        b' ' => spaced(rest).map(|length| Dot { length, hidden: true }),
        0xE3 | 0xEF => rest.starts_with(['。', '．', '｡']).then_some(Dot { length: 3, hidden: false }),
        _ => None,
    }
}

const DOT_WORDS: [&str; 4] = [".", "dot", "chấm", "cham"];

fn bracketed(rest: &str) -> Option<usize> {
    let inner = &rest[1..];
    let close = match rest.as_bytes()[0] {
        b'[' => ']',
        b'(' => ')',
        _ => '}',
    };
    // Longest inside: a blank, `chấm`, a blank.
    let length = inner.bytes().take(9).position(|b| b == close as u8)?;
    let word = inner[..length].trim();
    let known = DOT_WORDS.iter().any(|dot| word.eq_ignore_ascii_case(dot));
    let blank_after = usize::from(inner[length + 1..].starts_with(' ') && core_follows(&inner[length + 2..]));
    known.then_some(1 + length + 1 + blank_after)
}

fn spaced(rest: &str) -> Option<usize> {
    let inner = &rest[1..];
    if inner.starts_with(['[', '(', '{']) {
        return bracketed(inner).filter(|length| core_follows(inner[*length..].trim_start())).map(|length| 1 + length);
    }
    let word = DOT_WORDS.iter().find(|dot| inner.starts_with(**dot))?;
    let after = &inner[word.len()..];
    let blank = after.starts_with(' ');
    // `abc .com` and `abc . com`, but a word needs blanks on both sides.
    let sure = core_follows(after.trim_start_matches(' ')) && (blank || *word == ".") && !after.starts_with("  ");
    sure.then_some(1 + word.len() + usize::from(blank))
}

/// Whether one of the commonest endings stands here, in lower case, as a whole word.
fn core_follows(rest: &str) -> bool {
    ["com", "net", "vn", "org", "top", "xyz", "info", "vip", "club"].iter().any(|ending| {
        rest.strip_prefix(ending).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<&str> {
        read(text, 0).labels.iter().map(|l| &text[l.clone()]).collect()
    }

    #[test]
    fn dots_are_read_in_every_shape() {
        for text in
            ["a.com", "a[.]com", "a(dot)com", "a[chấm]com", "a . com", "a .com", "a chấm com", "a [.] com", "a。com"]
        {
            assert_eq!(labels(text), ["a", "com"], "{text}");
        }
    }

    #[test]
    fn a_full_stop_is_no_dot() {
        assert_eq!(labels("em. anh"), ["em"]);
        assert_eq!(labels("an com"), ["an"]);
        assert_eq!(labels("em . anh"), ["em"]);
    }
}
