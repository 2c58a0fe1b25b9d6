//! The lists under `data/links/`, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Endings, kinds of hosts and words, ready to be looked up.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

type Words = HashSet<&'static str>;

/// How far an ending alone makes a bare name a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    /// A top-level domain that is also a word (`me`, `la`, `to`, `mom`): only with more evidence.
    Weak,
    /// Enough after an ASCII name.
    Strong,
    /// Enough after any name.
    Core,
}

/// Everything the files say.
pub(super) struct Tables {
    endings: HashMap<&'static str, Ending>,
    second: Words,
    vietnamese: Words,
    pairs: Words,
    pub risky: Words,
    pub shorteners: Words,
    pub free: Words,
    pub remote: Words,
    pub remote_names: Vec<&'static str>,
    pub files: Vec<&'static str>,
    pub lures: Words,
    pub fillers: Words,
    pub pads: Words,
}

impl Tables {
    fn read() -> Self {
        let endings = include_str!("../../data/links/endings.txt");
        let kinds = include_str!("../../data/links/kinds.txt");
        let words = include_str!("../../data/links/lures.txt");
        let all = lines(include_str!("../../data/links/tlds.txt")).flat_map(str::split_whitespace);
        let mut classes: HashMap<_, _> = all.map(|tld| (tld, Ending::Weak)).collect();
        classes.extend(section(endings, "strong").map(|tld| (tld, Ending::Strong)));
        classes.extend(section(endings, "core").map(|tld| (tld, Ending::Core)));
        Self {
            endings: classes,
            second: section(endings, "second").collect(),
            vietnamese: section(endings, "vn").collect(),
            pairs: section(endings, "pairs").collect(),
            risky: section(endings, "risky").collect(),
            shorteners: section(kinds, "shortener").collect(),
            free: section(kinds, "free").collect(),
            remote: section(kinds, "remote").collect(),
            remote_names: section(kinds, "remote-name").collect(),
            files: section(kinds, "file").collect(),
            lures: section(words, "lure").collect(),
            fillers: section(words, "filler").collect(),
            pads: section(words, "pad").collect(),
        }
    }

    /// What a top-level domain in lower case is worth; none where it is no such thing.
    pub(super) fn ending(&self, label: &str) -> Option<Ending> {
        self.endings.get(label).copied().or_else(|| label.starts_with("xn--").then_some(Ending::Strong))
    }

    /// Where the public suffix of a host in lower case starts (`com.vn`, `top`, `uk.com`).
    ///
    /// A table of our own: the whole public suffix list costs 906 kB of WASM (230 kB compressed), and what it adds are
    /// town names of Japan and Norway. The rule for `xx.yy` under two-letter endings is right for all that matters here;
    /// platforms that list their customers' hosts are in `kinds.txt`.
    pub(super) fn suffix_start(&self, host: &str) -> usize {
        let last = host.rfind('.').map_or(0, |dot| dot + 1);
        let Some(rest) = last.checked_sub(1).map(|dot| &host[..dot]) else { return 0 };
        let start = rest.rfind('.').map_or(0, |dot| dot + 1);
        let (second, top) = (&rest[start..], &host[last..]);
        let country = top.len() == 2 && self.second.contains(second);
        if country || top == "vn" && self.vietnamese.contains(second) || self.pairs.contains(&host[start..]) {
            start
        } else {
            last
        }
    }

    /// Where the registrable name of a host starts: one label more than the public suffix.
    pub(super) fn registrable_start(&self, host: &str) -> usize {
        let suffix = self.suffix_start(host);
        suffix.checked_sub(1).and_then(|dot| host[..dot].rfind('.')).map_or(0, |dot| dot + 1)
    }
}

/// The host and each of its parents, longest first, down to one label.
pub(super) fn parents(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |h| h.split_once('.').map(|(_, parent)| parent))
}

/// Whether a host or one of its parents is in a list.
pub(super) fn covers(list: &Words, host: &str) -> bool {
    parents(host).any(|h| list.contains(h))
}

fn lines(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

fn section(source: &'static str, name: &'static str) -> impl Iterator<Item = &'static str> {
    lines(source)
        .filter_map(|l| l.split_once(':'))
        .filter(move |(n, _)| *n == name)
        .flat_map(|(_, words)| words.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registrable_names_know_the_public_suffix() {
        for (host, name) in [
            ("www.vietcombank.com.vn", "vietcombank.com.vn"),
            ("a.b.example.top", "example.top"),
            ("dichvucong.gov.vn", "dichvucong.gov.vn"),
            ("x.shop.uk.com", "shop.uk.com"),
            ("abc.id.vn", "abc.id.vn"),
            ("bit.ly", "bit.ly"),
            ("com.vn", "com.vn"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(&host[TABLES.registrable_start(host)..], name);
        }
    }

    #[test]
    fn words_that_end_sentences_are_weak() {
        for tld in ["me", "la", "co", "do", "ai", "xin", "mom", "md"] {
            assert_eq!(TABLES.ending(tld), Some(Ending::Weak), "{tld}");
        }
        assert_eq!(TABLES.ending("em"), None);
        assert_eq!(TABLES.ending("com"), Some(Ending::Core));
    }
}
