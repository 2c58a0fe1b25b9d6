//! Links: where they stand in a text, whose they are, and what speaks against them.
//!
//! [`find`] reads links with and without a scheme, in every shape that people and deceivers write (`hxxp`, `[.]`,
//! ` . com`, numbers for an address, `user@host`), and leaves alone what only looks like one (`anh.em`, `2.000.000`).
//! [`judge`] says what is known of one: on the list of known hosts ([`HostList`]), a protected brand's or a name that
//! plays it, a shortener, a free host, a download. There is no verdict "safe".
//!
//! The tables under `data/links/` are data: endings, kinds of hosts, lure words, brands. The list of known hosts is a
//! file of its own that can be replaced at run time ([`feed`], a signed file).

mod address;
mod brands;
#[cfg(feature = "feed")]
pub mod feed;
mod find;
mod hosts;
mod judge;
mod punycode;
mod run;
mod tables;
#[cfg(test)]
mod tests;

pub(crate) use find::find;
pub use hosts::{Category, HostList, HostListBuilder, HostListError, Listed};
pub(crate) use judge::judge;
pub use judge::judge_link;

use crate::assessment::LinkFinding;

/// Finds and judges every link of a text, in order.
pub fn read(text: &str, hosts: &HostList) -> Vec<LinkFinding> {
    find(text).iter().map(|place| judge(text, place, hosts)).collect()
}

/// The hosts of the protected brands, in order.
pub fn protected_hosts() -> Vec<&'static str> {
    let mut hosts: Vec<_> = brands::BRANDS.hosts().collect();
    hosts.sort_unstable();
    hosts
}

/// Whether a host is, or lies below, a protected brand's.
pub fn is_protected(host: &str) -> bool {
    brands::BRANDS.owner(host).is_some()
}

/// Whether many people who have nothing to do with each other share a host: a platform, a shortener, a public suffix.
/// Such a host is never good or bad as a whole.
pub fn is_shared(host: &str) -> bool {
    let tables = &tables::TABLES;
    tables.free.contains(host) || tables.shorteners.contains(host) || tables.suffix_start(host) == 0
}

/// Whether a host lies below a shared one ([`is_shared`]), a public suffix left out.
pub fn is_on_shared(host: &str) -> bool {
    let tables = &tables::TABLES;
    tables::covers(&tables.free, host) || tables::covers(&tables.shorteners, host)
}
