//! Dates and times, as apps write them.

use super::names::is_stamp_word;

/// The longest date and time that is read, in bytes.
const LONGEST: usize = 64;

/// How many bytes of the beginning of a line are a date, a time or both; none where there is neither.
pub(super) fn length(line: &str) -> Option<usize> {
    let cut = (0..=LONGEST.min(line.len())).rev().find(|at| line.is_char_boundary(*at))?;
    let line = &line[..cut];
    let (mut at, mut end, mut sure) = (0, 0, false);
    while at < line.len() {
        let rest = &line[at..];
        if let Some((length, tells)) = number(rest).or_else(|| word(rest).map(|length| (length, false))) {
            at += length;
            end = at;
            sure |= tells;
        } else {
            match rest.chars().next() {
                Some(c) if c.is_whitespace() || c == ',' => at += c.len_utf8(),
                _ => break,
            }
        }
    }
    sure.then_some(end)
}

/// Whether a whole line is a date, a time or both (`10:02`, `Hôm qua 21:15`, `24/11/2026`, `Hôm nay`).
pub(super) fn is_all(line: &str) -> bool {
    let line = line.trim_matches(|c: char| "[]()-–—•·.: ".contains(c));
    length(line) == Some(line.len()) || is_stamp_word(&line.to_lowercase()) && !line.is_empty()
}

/// A number of a date or time, and whether it tells by itself: `10:02`, `10:02:33`, `10h02`, `24/11/2026`, `24-11`, `24`.
fn number(rest: &str) -> Option<(usize, bool)> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(0);
    if !(1..=4).contains(&first) {
        return None;
    }
    let (mut at, mut groups, mut joint) = (first, 1, None);
    while let Some(mark) = bytes.get(at).copied().filter(|b| matches!(b, b':' | b'/' | b'.' | b'-' | b'h')) {
        let next = digits(at + 1);
        if next == 0 || next > 4 || joint.is_some_and(|j| j != mark) || groups == 3 {
            break;
        }
        (joint, at, groups) = (Some(mark), at + 1 + next, groups + 1);
    }
    let joined = rest[at..].starts_with(|c: char| c.is_alphanumeric() && !"AaPpSsCc".contains(c));
    match joint {
        _ if joined => None,
        None => Some((at, false)),
        Some(b':' | b'h') => (first <= 2).then_some((at, true)),
        Some(_) => Some((at, groups == 3 || joint == Some(b'/'))),
    }
}

/// A word of a date or time at the beginning, longest first (`thứ hai`, `phút trước`).
fn word(rest: &str) -> Option<usize> {
    let ends =
        rest.char_indices().filter(|(_, c)| !c.is_alphanumeric() && *c != '.').map(|(at, _)| at).chain([rest.len()]);
    let ends: Vec<usize> = ends.take(2).filter(|end| *end > 0).collect();
    ends.into_iter().rev().find(|end| is_stamp_word(&rest[..*end].to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_in_both_languages() {
        for line in [
            "10:02",
            "10:02:33",
            "10h02",
            "24/11/2026",
            "24/11/2026, 10:02",
            "24.11.2026 10:02:33",
            "2026-11-24 10:02",
            "10:02 24/11/2026",
            "10:02, 24/11/2026",
            "11/24/26, 10:02 PM",
            "10:02 SA",
            "Hôm qua 21:15",
            "Hôm nay lúc 10:02",
            "Thứ Hai 10:02",
            "24 tháng 11, 2026 10:02",
            "Nov 24, 2026 at 10:02:33 AM",
            "24 thg 11, 2026, 10:02 CH",
            "10:02\u{202F}PM",
            "T2 10:02",
            "Yesterday",
        ] {
            assert!(is_all(line), "{line}");
        }
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for line in ["500.000", "3.5", "0912345678", "10", "abc", "", "2 cái bánh", "10:02 em ơi", "ngày mai", "100k"]
        {
            assert!(!is_all(line), "{line}");
        }
    }
}
