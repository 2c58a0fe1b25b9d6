//! `cargo xtask hosts --data FOLDER [--out FILE] [--date YYYYMMDD]`: builds the list of known hosts that is shipped.
//!
//! The same folder gives the same bytes. Beside the list a data sheet is written (`hosts.md`): which sets, under which
//! licence, how many hosts, what was left out and why, the checksum.

use recognise::links::{self, Category, HostList, HostListBuilder};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

type Hosts = BTreeSet<String>;

const OUT: &str = "crates/recognise/data/links/hosts.bin";
const REVIEWED: &str = include_str!("../../crates/recognise/data/links/reviewed.txt");
const LAPSED: &str = include_str!("../../crates/recognise/data/links/lapsed.txt");

/// A public set, and how its hosts are read.
struct Set {
    path: &'static str,
    origin: &'static str,
    licence: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bad(Category),
    /// Kept by people who fight scams in Vietnam.
    Whitelist,
    /// Popular in 2014: taken only where `reviewed.txt` names it.
    Popular,
}

const SETS: [Set; 8] = [
    Set {
        path: "chongluadao_urls/train_clean_hosts.jsonl",
        origin: "Chống Lừa Đảo, through elliotwutingfeng's blocklist",
        licence: "CC0 / MIT",
        kind: Kind::Bad(Category::Scam),
    },
    Set {
        path: "chongluadao_2021_lists/blacklist.jsonl",
        origin: "Chống Lừa Đảo, blacklist of 2021",
        licence: "CC0 / MIT",
        kind: Kind::Bad(Category::Scam),
    },
    Set {
        path: "gaso_scam/all.jsonl",
        origin: "Global Anti-Scam Organization",
        licence: "BSD / MIT",
        kind: Kind::Bad(Category::Scam),
    },
    Set {
        path: "durablenapkin_scam/all.jsonl",
        origin: "durablenapkin's scam blocklist",
        licence: "MIT",
        kind: Kind::Bad(Category::Scam),
    },
    Set {
        path: "hostsvn_gambling_vn/all.jsonl",
        origin: "hostsVN, gambling",
        licence: "MIT",
        kind: Kind::Bad(Category::Gambling),
    },
    Set {
        path: "hostsvn_adult_vn/all.jsonl",
        origin: "hostsVN, adult",
        licence: "MIT",
        kind: Kind::Bad(Category::Adult),
    },
    Set {
        path: "chongluadao_2021_lists/whitelist.jsonl",
        origin: "Chống Lừa Đảo, whitelist of 2021",
        licence: "CC0 / MIT",
        kind: Kind::Whitelist,
    },
    Set {
        path: "opendns_domains/top.jsonl",
        origin: "OpenDNS public domain lists, top of 2014",
        licence: "public domain",
        kind: Kind::Popular,
    },
];

/// Runs the task with the arguments behind its name.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1));
    let Some(data) = value("--data").map(PathBuf::from) else {
        return Err("usage: cargo xtask hosts --data FOLDER [--out FILE] [--date YYYYMMDD]".into());
    };
    let out = value("--out").map_or_else(|| PathBuf::from(OUT), PathBuf::from);
    let sets: Vec<Read> = SETS.iter().map(|set| Read::from(&data, set)).collect::<Result<_, _>>()?;
    let newest = sets.iter().filter_map(|s| s.newest.clone()).max().unwrap_or_default();
    let version: u32 = value("--date").unwrap_or(&newest).parse().map_err(|_| "--date is a number such as 20261124")?;

    let chosen = Chosen::from(&sets);
    let bytes = chosen.build(version);
    let list = HostList::from_bytes(bytes.clone())?;
    fs::write(&out, &bytes)?;
    fs::write(out.with_extension("md"), sheet(&sets, &chosen, &list, &bytes))?;
    Ok(())
}

/// One set, read.
struct Read {
    set: &'static Set,
    rows: usize,
    hosts: Hosts,
    with_path: usize,
    newest: Option<String>,
}

impl Read {
    fn from(data: &Path, set: &'static Set) -> Result<Self, Box<dyn Error>> {
        let path = ["open", ""].iter().map(|part| data.join(part).join(set.path)).find(|p| p.exists());
        let path = path.ok_or_else(|| format!("{} is missing below {}", set.path, data.display()))?;
        let mut read = Self { set, rows: 0, hosts: Hosts::new(), with_path: 0, newest: None };
        for line in fs::read_to_string(path)?.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            read.rows += 1;
            match host_of(row["url"].as_str().unwrap_or_default()) {
                Some(host) => drop(read.hosts.insert(host)),
                None => read.with_path += 1,
            }
            let seen = row["last_seen"].as_str().map(|day| day.replace('-', ""));
            read.newest = read.newest.max(seen);
        }
        Ok(read)
    }
}

/// The host of an entry that means all of a host; none where it means one page.
fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.split('@').next_back()?.split(':').next()?.trim_end_matches('.').to_ascii_lowercase();
    let host = host.strip_prefix("www.").filter(|h| h.contains('.')).map(str::to_owned).unwrap_or(host);
    (matches!(path, "" | "*") && host.contains('.')).then_some(host)
}

/// What goes into the list.
struct Chosen {
    good: Hosts,
    bad: BTreeMap<Category, Hosts>,
    /// How many were left out, by reason.
    left_out: BTreeMap<&'static str, usize>,
}

impl Chosen {
    fn from(sets: &[Read]) -> Self {
        let of = |kind: fn(Kind) -> bool| {
            sets.iter().filter(move |s| kind(s.set.kind)).flat_map(|s| s.hosts.iter().cloned())
        };
        let (reviewed, lapsed): (Hosts, Hosts) = (words(REVIEWED).collect(), words(LAPSED).collect());
        let whitelist: Hosts = of(|k| k == Kind::Whitelist).collect();
        let popular: Hosts = of(|k| k == Kind::Popular).collect();
        let reported: Hosts = of(|k| matches!(k, Kind::Bad(_))).collect();
        let mut chosen = Self { good: Hosts::new(), bad: BTreeMap::new(), left_out: BTreeMap::new() };
        for host in whitelist.iter().chain(&popular) {
            let reason = if lapsed.contains(host) {
                Some("good in 2021, lapsed since (`lapsed.txt`)")
            } else if !whitelist.contains(host) && !reviewed.contains(host) {
                Some("popular in 2014, not reviewed (`reviewed.txt`)")
            } else {
                reason_against_good(host, &reported)
            };
            match reason {
                Some(reason) => *chosen.left_out.entry(reason).or_default() += 1,
                None => drop(chosen.good.insert(host.clone())),
            }
        }
        chosen.good.extend(reviewed.into_iter().filter(|h| !links::is_on_shared(h) && !reported.contains(h)));
        chosen.good.extend(links::protected_hosts().into_iter().map(str::to_owned));
        for category in [Category::Gambling, Category::Adult, Category::Scam] {
            chosen.add_bad(category, sets);
        }
        chosen
    }

    fn add_bad(&mut self, category: Category, sets: &[Read]) {
        let hosts: Hosts =
            sets.iter().filter(|s| s.set.kind == Kind::Bad(category)).flat_map(|s| s.hosts.iter().cloned()).collect();
        let mut kept = Hosts::new();
        for host in hosts {
            // The sets for gambling and adults say more than the mixed ones.
            let told = self.bad.values().any(|others| others.contains(&host));
            match reason_against_bad(&host, &self.good) {
                Some(reason) => *self.left_out.entry(reason).or_default() += 1,
                None if told => {}
                None => drop(kept.insert(host)),
            }
        }
        self.bad.insert(category, kept);
    }

    fn build(&self, date: u32) -> Vec<u8> {
        let builder = HostListBuilder::new(date).good(&self.good);
        self.bad.iter().fold(builder, |builder, (category, hosts)| builder.bad(*category, hosts)).build()
    }
}

fn reason_against_good(host: &str, reported: &Hosts) -> Option<&'static str> {
    if reported.contains(host) && !links::is_protected(host) {
        Some("good, but reported too")
    } else if links::is_shared(host) || links::is_on_shared(host) {
        Some("good, but a shared platform")
    } else if host.ends_with(".gov.vn") || host.ends_with(".edu.vn") {
        Some("good by its suffix already (`gov.vn`, `edu.vn`)")
    } else {
        None
    }
}

fn reason_against_bad(host: &str, good: &Hosts) -> Option<&'static str> {
    let below_good = || {
        let parents = std::iter::successors(Some(host), |h| h.split_once('.').map(|(_, rest)| rest));
        parents.into_iter().any(|h| good.contains(h))
    };
    if links::is_shared(host) {
        Some("reported, but a shared platform, shortener or public suffix")
    } else if links::is_protected(host) || below_good() {
        Some("reported, but of a protected brand or a good host")
    } else {
        None
    }
}

fn words(source: &'static str) -> impl Iterator<Item = String> {
    source.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).map(str::to_owned)
}

fn sheet(sets: &[Read], chosen: &Chosen, list: &HostList, bytes: &[u8]) -> String {
    let mut out = String::from("# The shipped list of known hosts\n\nWritten by `cargo xtask hosts`; don't edit.\n\n");
    let _ = writeln!(out, "- Version (date of the newest entry): {}", list.version());
    let _ = writeln!(out, "- Size: {} bytes, SHA-256 `{:x}`", bytes.len(), Sha256::digest(bytes));
    let _ = writeln!(out, "- Known good: {} hosts, exact", list.good_len());
    let _ = writeln!(out, "- Reported: {} hosts, as truncated hashes\n", list.bad_len());
    out.push_str("## Sets\n\n| set | origin | licence | rows | hosts | entries for one page, left out |\n| --- | --- | --- | --- | --- | --- |\n");
    for read in sets {
        let Set { path, origin, licence, .. } = read.set;
        let _ = writeln!(
            out,
            "| `{path}` | {origin} | {licence} | {} | {} | {} |",
            read.rows,
            read.hosts.len(),
            read.with_path
        );
    }
    out.push_str("\nBeside them: the hosts of the protected brands (`brands.txt`) and well-known ones (`reviewed.txt`).\n\n## Kept\n\n| category | hosts |\n| --- | --- |\n");
    for (category, hosts) in &chosen.bad {
        let _ = writeln!(out, "| {category:?} | {} |", hosts.len());
    }
    let _ = writeln!(out, "| Good | {} |", chosen.good.len());
    out.push_str("\nA reported host whose parent was reported the same way is dropped when the file is written.\n\n## Left out\n\n| why | hosts |\n| --- | --- |\n");
    for (reason, count) in &chosen.left_out {
        let _ = writeln!(out, "| {reason} | {count} |");
    }
    out.push_str(LIMITS);
    out
}

const LIMITS: &str = "
## Limits

- Reports age: a name that was a scam in 2023 may be somebody else's today. An answer says \"reported\", never \"is\".
- The lists were reported by volunteers in Vietnam, Asia and Europe; scams in other languages are thinly covered.
- A host that was never listed is taken for a reported one in about one of 500,000 looks (see `links/hosts/mod.rs`).
- Good means: belongs to whom it says. It says nothing of what strangers write there.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_for_one_page_are_no_hosts() {
        assert_eq!(host_of("http://2021-lmht.gq/*").as_deref(), Some("2021-lmht.gq"));
        assert_eq!(host_of("https://WWW.abc.com:8080/").as_deref(), Some("abc.com"));
        assert_eq!(host_of("https://www.facebook.com/dauminhquan/*"), None);
    }

    #[test]
    fn platforms_and_brands_are_never_bad() {
        for host in ["weebly.com", "com.vn", "facebook.com", "m.facebook.com", "bit.ly"] {
            assert!(reason_against_bad(host, &Hosts::new()).is_some(), "{host}");
        }
        assert!(reason_against_bad("vcb.weebly.com", &Hosts::new()).is_none());
    }
}
