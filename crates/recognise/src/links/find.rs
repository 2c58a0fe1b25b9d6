//! Where links stand in a text.

use super::run::{self, LONGEST_HOST, Run, is_host_char, is_invisible};
use super::tables::{Ending, TABLES};
use crate::text::LinkPlace;
use memchr::memmem::Finder;
use memchr::{memchr2, memchr3};
use std::ops::Range;
use std::sync::LazyLock;

/// Schemes that are read, also as `hxxp` that people write so that nobody clicks. Longest first.
pub(super) const SCHEMES: [&str; 7] = ["itms-services", "https", "hxxps", "http", "hxxp", "hxtp", "ftp"];

/// Finds the links of a text, in order, not overlapping. Linear in the text; about 20 ns where nothing could be one.
pub(crate) fn find(text: &str) -> Vec<LinkPlace> {
    if !may_hold_one(text.as_bytes()) {
        return Vec::new();
    }
    let (mut found, mut floor, mut at) = (Vec::new(), 0, 0);
    while let Some(trigger) = next_trigger(text.as_bytes(), at) {
        match read_at(text, trigger, floor) {
            Reading::Link(link) => {
                (at, floor) = (link.end, link.end);
                found.push(link);
            }
            Reading::Nothing(end) => {
                at = end.max(trigger + 1);
                // What was read as one run is not read again as the start of another.
                floor = floor.max(end.min(trigger + 1));
            }
        }
    }
    place(text, found)
}

enum Reading {
    /// A link, in bytes.
    Link(Range<usize>),
    /// No link up to here.
    Nothing(usize),
}

/// A few looks at 16 or 32 bytes at a time; a text of ordinary words ends here.
fn may_hold_one(bytes: &[u8]) -> bool {
    static COM: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(" com"));
    memchr3(b'.', b':', b'[', bytes).is_some() || memchr2(b'(', b'{', bytes).is_some() || COM.find(bytes).is_some()
}

/// The next place where a dot or a scheme may stand.
fn next_trigger(bytes: &[u8], from: usize) -> Option<usize> {
    (from..bytes.len()).find(|at| {
        let rest = &bytes[at + 1..];
        match bytes[*at] {
            b'.' => match rest.first() {
                Some(b' ') => *at > 0 && bytes[at - 1] == b' ',
                next => next.is_some_and(|b| !b.is_ascii_whitespace()),
            },
            b':' => matches!(rest.first(), Some(b'/' | b'\\')),
            b'[' | b'(' | b'{' => true,
            b' ' => rest.starts_with(b"dot ") || rest.starts_with("chấm ".as_bytes()) || rest.starts_with(b"cham "),
            _ => false,
        }
    })
}

fn read_at(text: &str, trigger: usize, floor: usize) -> Reading {
    let bytes = text.as_bytes();
    if bytes[trigger] == b':' {
        return after_scheme(text, trigger, floor);
    }
    let spaced = trigger > floor && bytes[trigger - 1] == b' ' && bytes[trigger] != b' ';
    let dot = if spaced { trigger - 1 } else { trigger };
    let Some(hidden) = run::dot_at(text, dot).map(|d| d.hidden) else { return Reading::Nothing(trigger + 1) };
    let start = run::label_start(text, dot, floor);
    if start == dot || hidden && !is_sure_name(&text[start..dot], spaced || bytes[dot] == b' ') {
        return Reading::Nothing(trigger + 1);
    }
    bare(text, start, floor)
}

/// A hidden dot after blanks needs a name that is no ordinary word: `vietcombank . com`, not `ten mien .vn`.
fn is_sure_name(name: &str, spaced: bool) -> bool {
    let telling = name.len() >= 7 || name.bytes().any(|b| b.is_ascii_digit() || b == b'-');
    name.is_ascii() && name.len() >= 3 && (!spaced || telling)
}

/// A link without a scheme, whose first label starts here.
fn bare(text: &str, start: usize, floor: usize) -> Reading {
    let run = run::read(text, start);
    if text[run.end..].starts_with('@') {
        return Reading::Nothing(run::read(text, run.end + 1).end);
    }
    let mail = text[floor..start].ends_with('@');
    if mail || run.end - start > LONGEST_HOST + 64 {
        return Reading::Nothing(run.end);
    }
    match host_end(text, &run) {
        Some(end) => Reading::Link(trim_invisible(text, start)..rest_end(text, end, end == run.end)),
        None => Reading::Nothing(run.end),
    }
}

fn trim_invisible(text: &str, start: usize) -> usize {
    text[start..].find(|c| !is_invisible(c)).map_or(start, |skip| start + skip)
}

/// Where the host ends: the longest beginning of the run that is surely a host.
fn host_end(text: &str, run: &Run) -> Option<usize> {
    let labels = &run.labels;
    if is_bare_ip(text, run) {
        return Some(run.end);
    }
    (2..=labels.len()).rev().find_map(|count| {
        let last = &labels[count - 1];
        let (end, ending) = ending_of(text, last)?;
        let whole = end == run.end;
        let followed = whole && follows_path(text, end);
        let new_sentence = starts_sentence(&text[last.clone()], &text[labels[count - 2].clone()]);
        (!new_sentence && is_host(text, &labels[..count], ending, followed)).then_some(end)
    })
}

/// The class of a last label, and where it ends: Vietnamese words may be glued to it (`.comđể`).
fn ending_of(text: &str, label: &Range<usize>) -> Option<(usize, Ending)> {
    let word = &text[label.clone()];
    // No ending starts with a digit: numbers and dates leave here.
    if word.len() > 63 || word.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    if let Some(class) = TABLES.ending(&word.to_ascii_lowercase()) {
        return Some((label.end, class));
    }
    let ascii = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    if ascii == word.len() {
        return None;
    }
    (2..=ascii).rev().find_map(|cut| {
        let class = TABLES.ending(&word[..cut].to_ascii_lowercase()).filter(|class| *class == Ending::Core)?;
        Some((label.start + cut, class))
    })
}

/// `abc.com.Vui lòng`: a capital after small letters starts a sentence.
fn starts_sentence(label: &str, before: &str) -> bool {
    let mut chars = label.chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
        && before.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}

fn is_host(text: &str, labels: &[Range<usize>], ending: Ending, path: bool) -> bool {
    let lower = labels.iter().map(|l| text[l.clone()].to_lowercase()).collect::<Vec<_>>().join(".");
    let name = &text[labels[labels.len() - 2].clone()];
    let well_formed = labels.iter().all(|l| is_label(&text[l.clone()]));
    let www = labels.len() > 2 && lower.starts_with("www");
    let own_name = TABLES.suffix_start(&lower) > 0;
    well_formed
        && own_name
        && match ending {
            _ if www => true,
            Ending::Core => !is_amount(name, &lower),
            Ending::Strong => name.is_ascii(),
            Ending::Weak => name.is_ascii() && (path || is_telling(name) || is_known(&lower)),
        }
}

/// `500.000.vn` is an amount with a slip, not a host.
fn is_amount(name: &str, host: &str) -> bool {
    name.len() == 3
        && name.bytes().all(|b| b.is_ascii_digit())
        && host.starts_with(|c: char| c.is_ascii_digit())
        && host.split('.').count() > 2
}

fn is_label(label: &str) -> bool {
    label.len() <= 63 * 4
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().any(char::is_alphanumeric)
}

/// Short names that everybody knows as links (`bit.ly`, `t.me`), with nothing behind them.
fn is_known(host: &str) -> bool {
    use super::{brands::BRANDS, tables::covers};
    covers(&TABLES.shorteners, host) || covers(&TABLES.free, host) || BRANDS.owner(host).is_some()
}

/// A name that is no word before `.me` or `.la`: letters and digits mixed, a hyphen, or long.
fn is_telling(name: &str) -> bool {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    name.len() >= 9 || name.len() >= 8 && name.contains('-') || name.len() >= 4 && letters >= 2 && digits >= 2
}

/// Four numbers, with a path or port, or so many digits that it is no version.
fn is_bare_ip(text: &str, run: &Run) -> bool {
    let numbers = run.labels.len() == 4
        && run.labels.iter().all(|l| {
            let part = &text[l.clone()];
            part.len() <= 3 && !(part.len() > 1 && part.starts_with('0')) && part.parse::<u8>().is_ok()
        });
    numbers && (follows_path(text, run.end) || port_end(text, run.end).is_some() || run.end - run.labels[0].start >= 12)
}

fn after_scheme(text: &str, colon: usize, floor: usize) -> Reading {
    let rest = &text[colon + 1..];
    let slashes = rest.bytes().take(3).take_while(|b| matches!(b, b'/' | b'\\')).count();
    let start = label_of_scheme(&text[floor..colon]).map(|at| floor + at);
    let (Some(start), 1..) = (start, slashes) else { return Reading::Nothing(colon + 1) };
    let authority = colon + 1 + slashes;
    if text[start..].starts_with("itms-services") {
        return Reading::Link(start..path_end(text, authority));
    }
    let host = userinfo_end(text, authority).unwrap_or(authority);
    match scheme_host_end(text, host) {
        Some((end, whole)) => Reading::Link(start..rest_end(text, end, whole)),
        None => Reading::Nothing(colon + 1),
    }
}

/// Where the scheme starts in what stands before the colon; words glued on before it don't matter.
fn label_of_scheme(before: &str) -> Option<usize> {
    let bytes = before.as_bytes();
    SCHEMES.iter().find_map(|scheme| {
        let start = bytes.len().checked_sub(scheme.len())?;
        bytes[start..].eq_ignore_ascii_case(scheme.as_bytes()).then_some(start)
    })
}

/// The end of `user:password@`, where there is one.
fn userinfo_end(text: &str, start: usize) -> Option<usize> {
    let authority = text.as_bytes()[start..].iter().take(2 * LONGEST_HOST);
    let length = authority
        .take_while(|b| !matches!(b, b'/' | b'?' | b'#' | b'\\' | b'<' | b'>' | b'"') && !b.is_ascii_whitespace())
        .count();
    text.as_bytes()[start..start + length].iter().rposition(|b| *b == b'@').map(|at| start + at + 1)
}

/// Where the host after a scheme ends, and whether the run ends there too.
fn scheme_host_end(text: &str, start: usize) -> Option<(usize, bool)> {
    if text[start..].starts_with('[') {
        let length = text[start..].bytes().take(48).position(|b| b == b']')?;
        let inner = &text[start + 1..start + length];
        return inner.parse::<core::net::Ipv6Addr>().is_ok().then_some((start + length + 1, true));
    }
    let run = run::read(text, start);
    let (first, last) = (run.labels.first()?, run.labels.last()?);
    if is_number(&text[first.clone()]) && run.labels.iter().all(|l| is_number(&text[l.clone()])) {
        return Some((run.end, true));
    }
    if run.labels.len() < 2 || run.end - start > LONGEST_HOST + 64 {
        return None;
    }
    let known = (2..=run.labels.len()).rev().find_map(|count| {
        let last = &run.labels[count - 1];
        let sentence = starts_sentence(&text[last.clone()], &text[run.labels[count - 2].clone()]);
        ending_of(text, last).filter(|_| !sentence).map(|(end, _)| end)
    });
    let foreign = text[last.clone()].chars().any(char::is_alphabetic).then_some(run.end);
    known.or(foreign).map(|end| (end, end == run.end))
}

/// Decimal, octal or `0x` hexadecimal: a part of an address, or all of it.
pub(super) fn is_number(label: &str) -> bool {
    let hex = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
    match hex {
        Some(digits) => !digits.is_empty() && digits.len() <= 8 && digits.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !label.is_empty() && label.len() <= 12 && label.bytes().all(|b| b.is_ascii_digit()),
    }
}

fn follows_path(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    matches!(rest.next(), Some('/' | '?'))
        && rest.next().is_some_and(|c| c.is_ascii_alphanumeric() || "@?_-+~%".contains(c))
}

fn port_end(text: &str, at: usize) -> Option<usize> {
    let digits = text[at..].strip_prefix(':')?.bytes().take_while(u8::is_ascii_digit).count();
    let end = at + 1 + digits;
    ((1..=5).contains(&digits) && !text[end..].starts_with(is_host_char)).then_some(end)
}

/// The end of port and path after the host; nothing follows a host that was cut out of a run.
fn rest_end(text: &str, host_end: usize, whole: bool) -> usize {
    if !whole {
        return host_end;
    }
    let end = port_end(text, host_end).unwrap_or(host_end);
    if text[end..].starts_with(['/', '?', '#', '\\']) { path_end(text, end) } else { end }
}

/// The end of a path: at a blank, quote or emoji, less the punctuation of the sentence around it.
fn path_end(text: &str, start: usize) -> usize {
    let stops = |c: char| {
        c.is_whitespace() || c.is_control() || c >= '\u{2000}' && !is_invisible(c) || "<>\"`{}|^«»".contains(c)
    };
    let path = &text[start..];
    let path = &path[..path.find(stops).unwrap_or(path.len())];
    let spare = |open: char, close: char| path.matches(close).count().saturating_sub(path.matches(open).count());
    let (mut round, mut square) = (spare('(', ')'), spare('[', ']'));
    let trimmed = path.trim_end_matches(|c: char| match c {
        ')' => take_one(&mut round),
        ']' => take_one(&mut square),
        _ => ".,;:!?'*_~".contains(c),
    });
    start + trimmed.len()
}

/// Whether one was left to take.
fn take_one(left: &mut usize) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

/// Adds code points to byte ranges, in one pass.
fn place(text: &str, found: Vec<Range<usize>>) -> Vec<LinkPlace> {
    let (mut at, mut points) = (0, 0_u32);
    let mut count = |to: usize| {
        points += text[at..to].chars().count() as u32;
        at = to;
        points
    };
    found.into_iter().map(|bytes| LinkPlace { points: count(bytes.start)..count(bytes.end), bytes }).collect()
}
