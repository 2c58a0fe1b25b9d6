//! Protected brands, and names that play them.

use super::tables::{TABLES, parents};
use crate::text::{Folded, bare_letter, fold};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The brands of `data/links/brands.txt`.
pub(super) static BRANDS: LazyLock<Brands> =
    LazyLock::new(|| Brands::read(include_str!("../../data/links/brands.txt")));

/// How much a name says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    /// Also inside a longer word, and misspelt.
    Anywhere,
    /// As a whole part between hyphens.
    Part,
    /// As a whole part beside a lure word.
    Beside,
}

struct Name {
    brand: &'static str,
    text: &'static str,
    /// With letters that look alike made one.
    look: String,
    weight: Weight,
}

/// Who owns which host, and which names are theirs.
pub(super) struct Brands {
    owners: HashMap<&'static str, &'static str>,
    /// Names that are theirs under the ending of every country.
    everywhere: Vec<(&'static str, &'static str)>,
    /// Longest first, so that `shopeepay` wins over `shopee`.
    names: Vec<Name>,
}

impl Brands {
    fn read(source: &'static str) -> Self {
        let mut brands = Self { owners: HashMap::new(), everywhere: Vec::new(), names: Vec::new() };
        for line in source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let Some((code, rest)) = line.split_once(':') else { continue };
            let (names, hosts) = rest.split_once('|').unwrap_or((rest, ""));
            for host in hosts.split_whitespace() {
                match host.strip_suffix(".*") {
                    Some(name) => brands.everywhere.push((name, code)),
                    None => drop(brands.owners.insert(host, code)),
                }
            }
            brands.names.extend(names.split_whitespace().map(|name| Name::read(code, name)));
        }
        brands.names.sort_by_key(|n| std::cmp::Reverse(n.text.len()));
        brands
    }

    /// The brand that a host in lower case belongs to.
    pub(super) fn owner(&self, host: &str) -> Option<&'static str> {
        parents(host).find_map(|h| self.owners.get(h).copied()).or_else(|| self.owner_by_country(host))
    }

    /// `google.*`: one house under the endings of many countries, the free ones left out.
    fn owner_by_country(&self, host: &str) -> Option<&'static str> {
        let own = &host[TABLES.registrable_start(host)..];
        let (name, suffix) = own.split_once('.')?;
        let country = suffix.rsplit('.').next().filter(|top| top.len() == 2 && !TABLES.risky.contains(top));
        country.and_then(|_| self.everywhere.iter().find(|(n, _)| *n == name)).map(|(_, brand)| *brand)
    }

    /// The hosts of all brands.
    pub(super) fn hosts(&self) -> impl Iterator<Item = &'static str> {
        self.owners.keys().copied()
    }

    /// The brand that the labels of a host (public suffix left out, as shown to people) play.
    pub(super) fn played_by(&self, labels: &str) -> Option<&'static str> {
        let labels: Vec<Label> = labels.split('.').map(Label::read).collect();
        let beside = labels.iter().flat_map(|l| &l.parts).any(|part| is_filling(&part.whole, Weight::Beside));
        self.names.iter().find(|name| labels.iter().any(|label| name.is_played_by(label, beside))).map(|n| n.brand)
    }
}

/// A label of a host in the shapes in which names are looked for.
struct Label {
    /// ASCII letters and digits, without hyphens.
    flat: String,
    /// The same, letters that look alike made one.
    look: String,
    parts: Vec<Part>,
}

/// What stands between hyphens.
struct Part {
    whole: String,
    /// Without digits before and behind, and that with look-alikes made one.
    word: String,
    look: String,
}

impl Label {
    fn read(label: &str) -> Self {
        let bare = bare(label);
        let parts = bare.split('-').filter(|p| !p.is_empty()).map(Part::read).collect();
        let flat: String = bare.chars().filter(|c| *c != '-').collect();
        Self { look: look(&flat), flat, parts }
    }
}

impl Part {
    fn read(part: &str) -> Self {
        let word = part.trim_matches(|c: char| c.is_ascii_digit());
        Self { whole: part.to_owned(), word: word.to_owned(), look: look(word) }
    }
}

impl Name {
    fn read(brand: &'static str, name: &'static str) -> Self {
        let (weight, text) = match name.as_bytes()[0] {
            b'+' => (Weight::Anywhere, &name[1..]),
            b'=' => (Weight::Part, &name[1..]),
            _ => (Weight::Beside, name),
        };
        Self { brand, text, look: look(&text.replace('-', "")), weight }
    }

    fn is_played_by(&self, label: &Label, beside: bool) -> bool {
        let part = |p: &Part| p.word == self.text || self.weight != Weight::Beside && p.look == self.look;
        let as_part = label.parts.iter().any(part) || self.weight != Weight::Beside && label.look == self.look;
        match self.weight {
            Weight::Beside => as_part && beside || self.leads_lures(label),
            Weight::Part => as_part || self.leads_lures(label),
            Weight::Anywhere => {
                as_part || self.is_inside(label) || self.is_misspelt_by(label) || self.leads_lures(label)
            }
        }
    }

    /// `vietcombankvn`, `my-vietc0mbank`.
    fn is_inside(&self, label: &Label) -> bool {
        self.text.len() >= 6 && (label.flat.contains(self.text) || label.look.contains(&self.look))
    }

    /// `vietcombnk`, `facebok`: one slip, two in a long name, never in the first letter.
    fn is_misspelt_by(&self, label: &Label) -> bool {
        let (name, slips) = (self.text.as_bytes(), if self.text.len() >= 11 { 2 } else { 1 });
        let near = |word: &str| {
            let word = word.as_bytes();
            word.first() == name.first() && name.len().abs_diff(word.len()) <= slips && distance(word, name) <= slips
        };
        name.len() >= 6 && (near(&label.flat) || label.parts.iter().any(|p| near(&p.whole)))
    }

    /// `zalosinhnhat`, `vcbxacthuc`, `nhanquamomo`: the name and nothing but lure words.
    fn leads_lures(&self, label: &Label) -> bool {
        let rest = label.flat.strip_prefix(self.text).or_else(|| label.flat.strip_suffix(self.text));
        let digits = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit());
        rest.is_some_and(|rest| {
            rest.len() >= 2 && (self.weight != Weight::Beside || !digits(rest)) && is_all_filling(rest, self.weight, 6)
        })
    }
}

/// A word that deceivers put beside a brand.
fn is_filling(word: &str, name: Weight) -> bool {
    let padded = name != Weight::Beside && TABLES.pads.contains(word);
    TABLES.lures.contains(word) || TABLES.fillers.contains(word) || padded
}

/// Whether a word falls apart into lure words, at most `depth` of them.
fn is_all_filling(word: &str, name: Weight, depth: u8) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    word.is_empty()
        || digits == word.len()
        || depth > 0
            && (2..=word.len().min(20))
                .rev()
                .any(|cut| is_filling(&word[..cut], name) && is_all_filling(&word[cut..], name, depth - 1))
}

/// A label as ASCII: marks and look-alikes of other scripts folded, hyphens kept, the rest left out.
pub(super) fn bare(label: &str) -> String {
    label
        .chars()
        .filter_map(|c| match fold(c) {
            Folded::Letter(code, _) => Some(bare_letter(code) as char),
            Folded::Digit(digit) => Some((b'0' + digit) as char),
            Folded::Other('-' | '_') => Some('-'),
            _ => None,
        })
        .collect()
}

/// Letters and digits that look alike as one: `rn` as `m`, `vv` as `w`, `1`, `i` as `l`, `0` as `o` …
fn look(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        let c = match c {
            '0' => 'o',
            '1' | 'i' => 'l',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            '8' => 'b',
            other => other,
        };
        match (out.ends_with('r'), out.ends_with('v'), c) {
            (true, _, 'n') => replace_last(&mut out, 'm'),
            (_, true, 'v') => replace_last(&mut out, 'w'),
            _ => out.push(c),
        }
    }
    out
}

fn replace_last(word: &mut String, c: char) {
    word.pop();
    word.push(c);
}

/// The longest word that is compared letter by letter: a label.
const LONGEST: usize = 64;

/// How many letters are wrong, missing, too many or swapped with a neighbour (optimal string alignment).
fn distance(a: &[u8], b: &[u8]) -> usize {
    if a.len() >= LONGEST || b.len() >= LONGEST {
        return usize::MAX;
    }
    let (mut older, mut old, mut row) = ([0_u8; LONGEST], [0_u8; LONGEST], [0_u8; LONGEST]);
    (0..=b.len()).for_each(|j| old[j] = j as u8);
    for i in 1..=a.len() {
        row[0] = i as u8;
        for j in 1..=b.len() {
            let wrong = u8::from(a[i - 1] != b[j - 1]);
            row[j] = (old[j] + 1).min(row[j - 1] + 1).min(old[j - 1] + wrong);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(older[j - 2] + 1);
            }
        }
        (older, old, row) = (old, row, older);
    }
    usize::from(old[b.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_play_a_brand_are_seen() {
        for (labels, brand) in [
            ("vcb-xacthuc", "vietcombank"),
            ("vietcombank-vn", "vietcombank"),
            ("vietcornbank", "vietcombank"),
            ("vietc0mbank", "vietcombank"),
            ("vietcombnak", "vietcombank"),
            ("vіetcombank", "vietcombank"),
            ("việtcombank", "vietcombank"),
            ("zalo-sinhnhat", "zalo"),
            ("zalosinhnhat", "zalo"),
            ("secure.faceb00k", "facebook"),
            ("facebook.com.login", "facebook"),
            ("dichvucong-gov", "dichvucong"),
            ("shopeepay-uudai", "shopeepay"),
            ("bidv24h", "bidv"),
            ("nhanquamomo", "momo"),
            ("appleid", "apple"),
            ("acb-online", "acb"),
            ("agribanks3", "agribank"),
            ("arnazon", "amazon"),
            ("garena-vi", "garena"),
        ] {
            assert_eq!(BRANDS.played_by(labels), Some(brand), "{labels}");
        }
    }

    #[test]
    fn ordinary_names_play_nobody() {
        for labels in [
            "telegraph",
            "pineapple",
            "arena",
            "tuoitre",
            "dantri",
            "steamboat",
            "lineage",
            "acbd",
            "mbti",
            "scbio",
            "hoian-tours",
            "muaban",
            "cakeshop",
            "grabbag",
        ] {
            assert_eq!(BRANDS.played_by(labels), None, "{labels}");
        }
    }

    #[test]
    fn every_host_of_a_brand_is_written_plainly() {
        for host in BRANDS.hosts() {
            assert!(
                host.contains('.')
                    && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b)),
                "{host}"
            );
            assert!(!TABLES.free.contains(host) && !TABLES.shorteners.contains(host), "{host} stands in two lists");
        }
    }
}
