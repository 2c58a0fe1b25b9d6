//! What a link says, taken apart.

use super::find::{SCHEMES, is_number};
use super::{punycode, run};
use crate::text::{Folded, fold, letter_char, with_mark};
use core::net::{Ipv4Addr, Ipv6Addr};

/// How much of a link is read: the host stands at its beginning, and a path of a megabyte tells nothing more.
const LONGEST_READ: usize = 2048;

/// A link, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// In lower case; `hxxp` is read as `http`.
    pub scheme: Option<&'static str>,
    /// Something stands before an `@`.
    pub userinfo: bool,
    /// The host as computers read it: lower case, ASCII, punycode where needed.
    pub ascii: String,
    /// The host as people read it: lower case, decoded.
    pub shown: String,
    /// The host is a number.
    pub ip: bool,
    pub port: Option<u32>,
    /// Path, query and fragment in lower case, as far as they are read.
    pub path: String,
    /// The link is longer than what is read.
    pub cut: bool,
}

/// Takes a link apart that [`super::find`] found, or that stands alone.
pub(super) fn parse(link: &str) -> Address {
    let link = link.trim();
    let kept = (0..=LONGEST_READ.min(link.len())).rev().find(|at| link.is_char_boundary(*at)).unwrap_or(0);
    let cut = kept < link.len();
    let link: String = link[..kept].chars().filter(|c| !run::is_invisible(*c)).collect();
    let (scheme, rest) = split_scheme(&link);
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let at = authority.rfind('@');
    let rest = at.map_or(rest, |at| &rest[at + 1..]);
    let mut address = Address { scheme, userinfo: at.is_some_and(|at| at > 0), cut, ..Address::default() };
    let after = address.read_host(rest);
    let digits = after.strip_prefix(':').map_or(0, |p| p.bytes().take(5).take_while(u8::is_ascii_digit).count());
    let path = if digits > 0 {
        address.port = after[1..=digits].parse().ok();
        &after[1 + digits..]
    } else {
        after
    };
    address.path = path.to_lowercase();
    address
}

fn split_scheme(link: &str) -> (Option<&'static str>, &str) {
    let known = SCHEMES.iter().find_map(|scheme| {
        let head = link.get(..scheme.len())?;
        let rest = link[scheme.len()..].strip_prefix(':')?;
        head.eq_ignore_ascii_case(scheme).then(|| (*scheme, rest.trim_start_matches(['/', '\\'])))
    });
    match known {
        Some(("hxxp" | "hxtp", rest)) => (Some("http"), rest),
        Some(("hxxps", rest)) => (Some("https"), rest),
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, link),
    }
}

impl Address {
    /// Reads the host; returns what stands behind it.
    fn read_host<'a>(&mut self, rest: &'a str) -> &'a str {
        if let Some((inner, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']'))
            && let Ok(ip) = inner.parse::<Ipv6Addr>()
        {
            (self.ascii, self.shown, self.ip) = (ip.to_string(), ip.to_string(), true);
            return after;
        }
        let run = run::read(rest, 0);
        let labels: Vec<String> = run.labels.iter().take(127).map(|l| shown_label(&rest[l.clone()])).collect();
        if let Some(ip) = read_ipv4(&labels) {
            (self.ascii, self.shown, self.ip) = (ip.to_string(), ip.to_string(), true);
        } else {
            self.shown = labels.join(".");
            self.ascii = labels.iter().map(|l| ascii_label(l)).collect::<Vec<_>>().join(".");
        }
        rest[run.end..].strip_prefix('.').unwrap_or(&rest[run.end..])
    }
}

/// A label in lower case, composed (NFC, as far as Vietnamese goes), punycode decoded.
fn shown_label(label: &str) -> String {
    let lower = compose(label);
    lower.strip_prefix("xn--").and_then(punycode::decode).unwrap_or(lower)
}

fn ascii_label(label: &str) -> String {
    if label.is_ascii() {
        return label.to_owned();
    }
    punycode::encode(label).map_or_else(|| label.to_owned(), |coded| format!("xn--{coded}"))
}

/// Lower case; Vietnamese marks joined to their letters; wide and mathematical letters as the plain ones that a
/// browser reads (IDNA maps them). Letters of other scripts stay what they are.
fn compose(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for c in label.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        match (fold(c), out.chars().last().map(fold)) {
            (Folded::Tone(tone), Some(Folded::Letter(code, _))) => replace_last(&mut out, letter_char(code, tone)),
            (Folded::Mark(mark), Some(Folded::Letter(code, tone))) => {
                replace_last(&mut out, letter_char(with_mark(code, mark), tone));
            }
            (Folded::Letter(code, _), _) if is_styled(c) => out.push(code as char),
            (Folded::Digit(digit), _) => out.push((b'0' + digit) as char),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn is_styled(c: char) -> bool {
    matches!(c, '\u{FF21}'..='\u{FF5A}' | '\u{24B6}'..='\u{24E9}' | '\u{1D400}'..='\u{1D7FF}')
}

fn replace_last(word: &mut String, c: char) {
    word.pop();
    word.push(c);
}

/// An address as browsers read it: one to four parts, decimal, octal (`017`) or hexadecimal (`0x0f`).
fn read_ipv4(labels: &[String]) -> Option<Ipv4Addr> {
    if !(1..=4).contains(&labels.len()) || !labels.iter().all(|l| is_number(l)) {
        return None;
    }
    let numbers: Vec<u64> = labels.iter().map(|l| read_number(l)).collect::<Option<_>>()?;
    let (last, first) = numbers.split_last()?;
    let mut value = *last;
    if first.iter().any(|n| *n > 255) || *last >= 1 << (8 * (4 - first.len())) {
        return None;
    }
    for (at, number) in first.iter().enumerate() {
        value += number << (8 * (3 - at));
    }
    Some(Ipv4Addr::from(value as u32))
}

fn read_number(label: &str) -> Option<u64> {
    match label.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None if label.len() > 1 && label.starts_with('0') => u64::from_str_radix(label, 8).ok(),
        None => label.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_taken_apart() {
        let address = parse("hXXps://user:pw@Www.Vietcombank[.]com(.)VN:8443/A/b?c#d");
        assert_eq!(address.scheme, Some("https"));
        assert!(address.userinfo && !address.ip && !address.cut);
        assert_eq!(address.ascii, "www.vietcombank.com.vn");
        assert_eq!(address.port, Some(8443));
        assert_eq!(address.path, "/a/b?c#d");
    }

    #[test]
    fn numbers_are_read_as_browsers_do() {
        for link in [
            "http://192.168.0.10",
            "http://0xC0A8000A/x",
            "http://3232235530",
            "http://0300.0250.0.012",
            "http://192.168.10",
        ] {
            let address = parse(link);
            assert!(address.ip, "{link}");
            assert_eq!(address.ascii, "192.168.0.10", "{link}");
        }
        assert!(!parse("http://999.1.1.1").ip);
        assert_eq!(parse("http://[2001:db8::1]:80/x").ascii, "2001:db8::1");
    }

    #[test]
    fn names_are_shown_decoded_and_compared_encoded() {
        for link in ["https://xn--80ak6aa92e.com", "https://аррӏе.com/"] {
            assert_eq!((parse(link).shown.as_str(), parse(link).ascii.as_str()), ("аррӏе.com", "xn--80ak6aa92e.com"));
        }
        // NFD and NFC are one name; wide letters are plain ones.
        assert_eq!(parse("nga\u{302}n.vn").ascii, parse("ngân.vn").ascii);
        assert_eq!(parse("ｚａｌｏ.me").ascii, "zalo.me");
        assert_eq!(parse("vietcom\u{200B}bank.com.vn").ascii, "vietcombank.com.vn");
    }

    #[test]
    fn a_megabyte_of_path_is_cut() {
        let address = parse(&format!("https://a.vn/{}", "x".repeat(1 << 20)));
        assert!(address.cut && address.path.len() < LONGEST_READ);
    }
}
