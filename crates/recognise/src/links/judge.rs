//! What is known of a link, and why.

use super::address::{self, Address};
use super::brands::{BRANDS, bare};
use super::hosts::{Category, HostList, Listed};
use super::tables::{TABLES, covers};
use crate::assessment::{LinkFinding, LinkReason, LinkVerdict};
use crate::text::{Folded, LinkPlace, fold};

/// From here on weights add up to `suspicious`.
const SUSPICIOUS: u32 = 4;

/// Judges a link that [`super::find`] found.
pub(crate) fn judge(text: &str, place: &LinkPlace, hosts: &HostList) -> LinkFinding {
    let judged = judge_link(&text[place.bytes.clone()], hosts);
    LinkFinding { start: place.points.start, end: place.points.end, ..judged }
}

/// Judges a link that stands alone; its offsets are left at 0.
pub fn judge_link(link: &str, hosts: &HostList) -> LinkFinding {
    let address = address::parse(link);
    let known = Known::of(&address, hosts);
    let reasons = reasons(&address, &known);
    let brand = known.owner.or(known.played).map(str::to_owned);
    LinkFinding { start: 0, end: 0, verdict: verdict(&known, &reasons), reasons, brand, host: address.shown }
}

/// What the lists say of a host.
#[expect(clippy::struct_excessive_bools, reason = "four questions, asked apart")]
struct Known {
    listed: Option<Listed>,
    owner: Option<&'static str>,
    played: Option<&'static str>,
    /// Ends in `gov.vn` or `edu.vn`: given only to public bodies and schools.
    public: bool,
    shortener: bool,
    free: bool,
    remote: bool,
}

impl Known {
    fn of(address: &Address, hosts: &HostList) -> Self {
        let host = address.ascii.as_str();
        if address.ip || host.is_empty() {
            let listed = hosts.find(host);
            return Self {
                listed,
                owner: None,
                played: None,
                public: false,
                shortener: false,
                free: false,
                remote: false,
            };
        }
        let (shortener, free) = (covers(&TABLES.shorteners, host), covers(&TABLES.free, host));
        let remote = covers(&TABLES.remote, host);
        let owner = if shortener || free { None } else { BRANDS.owner(host) };
        let public = host.ends_with(".gov.vn") || host.ends_with(".edu.vn");
        let listed = hosts.find(host);
        // The page under a shared roof is whoever put it there, whatever is known of the roof.
        let listed = listed.filter(|l| *l != Listed::Good || !(shortener || free));
        let trusted = owner.is_some() || public || listed == Some(Listed::Good) || remote;
        let played = if trusted { None } else { played_by(&address.shown, host) };
        Self { listed, owner, played, public, shortener, free, remote }
    }

    fn bad(&self) -> Option<Category> {
        match self.listed {
            Some(Listed::Bad(category)) => Some(category),
            _ => None,
        }
    }

    fn good(&self) -> bool {
        self.bad().is_none() && (self.owner.is_some() || self.public || self.listed == Some(Listed::Good))
    }
}

/// The brand that a host plays: in its own name, or in what a customer of a shared roof chose.
fn played_by(shown: &str, ascii: &str) -> Option<&'static str> {
    let roof = super::tables::parents(ascii).find(|h| TABLES.free.contains(h) || TABLES.shorteners.contains(h));
    let foreign = roof.map_or(&ascii[TABLES.suffix_start(ascii)..], |roof| roof);
    let kept = shown.split('.').count().checked_sub(foreign.split('.').count())?;
    let labels: Vec<&str> = shown.split('.').take(kept).collect();
    if labels.is_empty() { None } else { BRANDS.played_by(&labels.join(".")) }
}

/// Every reason that holds, most telling first.
fn reasons(address: &Address, known: &Known) -> Vec<LinkReason> {
    let mixed = mixes_scripts(&address.shown);
    let named = !address.ip && !address.ascii.is_empty();
    let plain = !known.good();
    [
        (LinkReason::ReportedScam, known.bad() == Some(Category::Scam)),
        (LinkReason::ReportedGambling, known.bad() == Some(Category::Gambling)),
        (LinkReason::ReportedAdult, known.bad() == Some(Category::Adult)),
        (LinkReason::LookalikeBrand, known.played.is_some()),
        (LinkReason::MixedScript, mixed),
        (LinkReason::AppDownload, downloads_app(address)),
        (LinkReason::RemoteControl, known.remote || names_remote_tool(address)),
        (LinkReason::Userinfo, address.userinfo),
        (LinkReason::IpAddress, address.ip),
        (LinkReason::Punycode, named && !address.shown.is_ascii() && address.ascii != address.shown),
        (LinkReason::Shortener, known.shortener),
        (LinkReason::FreeHost, known.free),
        (LinkReason::RiskyEnding, named && plain && has_risky_ending(&address.ascii)),
        (LinkReason::LureWords, named && plain && has_lure_words(address)),
        (LinkReason::OddShape, named && has_odd_shape(address)),
        (LinkReason::Port, address.port.is_some_and(|p| p != 80 && p != 443)),
        (LinkReason::PlainHttp, plain && address.scheme == Some("http")),
        (LinkReason::Official, known.good() && (known.owner.is_some() || known.public)),
    ]
    .into_iter()
    .filter_map(|(reason, holds)| holds.then_some(reason))
    .collect()
}

fn verdict(known: &Known, reasons: &[LinkReason]) -> LinkVerdict {
    if known.bad().is_some() {
        return LinkVerdict::KnownBad;
    }
    if known.good() {
        // A good house can hold a file that installs something; a good name before an `@` is no house at all.
        let clouded = reasons.iter().any(|r| matches!(r, LinkReason::AppDownload | LinkReason::Userinfo));
        return if clouded { LinkVerdict::Unknown } else { LinkVerdict::KnownGood };
    }
    let own_tool = known.remote;
    let weight: u32 = reasons.iter().map(|r| weight(*r, own_tool)).sum();
    if weight >= SUSPICIOUS { LinkVerdict::Suspicious } else { LinkVerdict::Unknown }
}

const fn weight(reason: LinkReason, own_tool: bool) -> u32 {
    match reason {
        // A tool's own site is what it says it is, also its installer; the reason is shown all the same.
        LinkReason::RemoteControl | LinkReason::AppDownload if own_tool => 1,
        LinkReason::LookalikeBrand
        | LinkReason::MixedScript
        | LinkReason::IpAddress
        | LinkReason::Userinfo
        | LinkReason::AppDownload
        | LinkReason::RemoteControl => 4,
        LinkReason::RiskyEnding
        | LinkReason::FreeHost
        | LinkReason::LureWords
        | LinkReason::OddShape
        | LinkReason::Port
        | LinkReason::Punycode
        | LinkReason::Shortener => 2,
        LinkReason::PlainHttp => 1,
        LinkReason::ReportedScam | LinkReason::ReportedGambling | LinkReason::ReportedAdult | LinkReason::Official => 0,
    }
}

/// A label that mixes Latin letters with others that look Latin, or is made of such others alone.
fn mixes_scripts(shown: &str) -> bool {
    shown.split('.').any(|label| {
        let foreign = |c: char| !c.is_ascii() && !is_latin(c) && matches!(fold(c), Folded::Letter(..));
        let other = |c: char| c.is_alphabetic() && !is_latin(c);
        label.chars().any(foreign) && (label.chars().any(is_latin) || label.chars().filter(|c| other(*c)).all(foreign))
    })
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

fn downloads_app(address: &Address) -> bool {
    let path = address.path.split(['?', '#']).next().unwrap_or_default();
    // `?file=momo.apk` too, but only as a value's end.
    // (`address.path` is in lower case already.)
    let value = address.path.split(['&', '#']).any(|v| v.strip_suffix(".apk").is_some());
    let file = path.rsplit('/').next().unwrap_or_default();
    address.scheme == Some("itms-services")
        || value
        || !address.cut && TABLES.files.iter().any(|end| file.ends_with(end))
}

fn names_remote_tool(address: &Address) -> bool {
    TABLES.remote_names.iter().any(|name| address.ascii.contains(name) || address.path.contains(name))
}

fn has_risky_ending(host: &str) -> bool {
    host.rsplit('.').next().is_some_and(|ending| TABLES.risky.contains(ending))
}

/// A lure word as a part of the host, a long one anywhere in it or between the slashes of the path.
fn has_lure_words(address: &Address) -> bool {
    let name = &address.ascii[..TABLES.suffix_start(&address.ascii)];
    let in_host = address.shown.split('.').take(name.split('.').count()).any(|label| {
        let bare = bare(label);
        let flat = bare.replace('-', "");
        let part = |p: &str| TABLES.lures.contains(p.trim_matches(|c: char| c.is_ascii_digit()));
        bare.split('-').any(part) || TABLES.lures.iter().any(|lure| lure.len() >= 7 && flat.contains(lure))
    });
    let path = address.path.split('?').next().unwrap_or_default();
    let in_path = |part: &str| part.len() <= 40 && TABLES.lures.contains(part.replace(['-', '_'], "").as_str());
    in_host || path.split(['/', '.']).any(in_path)
}

/// Very long, or very many labels or hyphens, or letters drawn by a machine.
fn has_odd_shape(address: &Address) -> bool {
    let host = &address.ascii;
    let name = &host[TABLES.registrable_start(host)..TABLES.suffix_start(host).max(1) - 1];
    // Punycode looks drawn by a machine, whatever it says.
    let name = if name.starts_with("xn--") { "" } else { name };
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    host.len() > 60
        || host.split('.').count() > 6
        || host.matches('-').count() > 3
        || name.len() > 30
        || digits >= 5 && digits < name.len()
        || address.cut
        || longest_consonants(name) >= 7
}

fn longest_consonants(name: &str) -> usize {
    let consonant = |b: &u8| b.is_ascii_lowercase() && !b"aeiouy".contains(b);
    name.as_bytes()
        .chunk_by(|a, b| consonant(a) && consonant(b))
        .map(|c| if consonant(&c[0]) { c.len() } else { 0 })
        .max()
        .unwrap_or(0)
}
