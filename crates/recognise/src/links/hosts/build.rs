//! Makes a host list.

use super::bits::{BitWriter, crc32};
use super::{BUCKET, Category, FORMAT, HEAD, Hash, MAGIC, bad_value, scale};
use crate::links::tables::parents;
use std::collections::{BTreeMap, BTreeSet};

/// Collects hosts and writes the file. The same hosts give the same bytes, in whatever order they come.
#[derive(Clone, Debug, Default)]
pub struct HostListBuilder {
    version: u32,
    good: BTreeSet<String>,
    bad: BTreeMap<String, Category>,
}

impl HostListBuilder {
    /// A list of this date, as a number (`20261124`).
    pub fn new(version: u32) -> Self {
        Self { version, ..Self::default() }
    }

    /// Adds hosts that belong to whom they say (subdomains included). `www.` and capitals are dropped, as is what is
    /// no host name.
    #[must_use]
    pub fn good<S: AsRef<str>>(mut self, hosts: impl IntoIterator<Item = S>) -> Self {
        self.good.extend(hosts.into_iter().filter_map(|h| plain(h.as_ref())));
        self
    }

    /// Adds hosts that were reported (subdomains included). A host reported twice keeps the graver category.
    #[must_use]
    pub fn bad<S: AsRef<str>>(mut self, category: Category, hosts: impl IntoIterator<Item = S>) -> Self {
        for host in hosts.into_iter().filter_map(|h| plain(h.as_ref())) {
            let kept = self.bad.entry(host).or_insert(category);
            *kept = (*kept).min(category);
        }
        self
    }

    /// Writes the file. A host on both lists counts as good; a bad one whose parent is bad in the same way is left out.
    pub fn build(self) -> Vec<u8> {
        let bad: Vec<(&str, Category)> = self
            .bad
            .iter()
            .filter(|(host, category)| !self.good.contains(*host) && !self.is_covered(host, **category))
            .map(|(host, category)| (host.as_str(), *category))
            .collect();
        let (good_buckets, good_index, good_text) = self.write_good();
        let mut values: BTreeMap<u64, Category> = BTreeMap::new();
        for (host, category) in &bad {
            let kept = values.entry(bad_value(Hash::of(host), bad.len() as u32)).or_insert(*category);
            *kept = (*kept).min(*category);
        }
        let (bad_buckets, bad_index, codes) = write_bad(&values, bad.len() as u32);

        let mut out = Vec::with_capacity(HEAD + good_text.len() + codes.len() + 1024);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&FORMAT.to_le_bytes());
        out.extend_from_slice(&[0, 0]);
        let sizes = [self.good.len(), good_buckets, good_text.len(), bad.len(), bad_buckets, codes.len()];
        let head = [self.version].into_iter().chain(sizes.map(|n| n as u32));
        for number in head {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for (index, data) in [(good_index, good_text), (bad_index, codes)] {
            out.extend(index.into_iter().flat_map(u32::to_le_bytes));
            out.extend(data);
        }
        out.extend_from_slice(&crc32(&out).to_le_bytes());
        out
    }

    fn is_covered(&self, host: &str, category: Category) -> bool {
        parents(host).skip(1).any(|parent| {
            // A good host between the two would answer first.
            self.bad.get(parent) == Some(&category) && !self.good.contains(parent)
        }) && !parents(host).skip(1).any(|parent| self.good.contains(parent))
    }

    fn write_good(&self) -> (usize, Vec<u32>, Vec<u8>) {
        let buckets = (self.good.len() / 2).max(1);
        let mut by_bucket: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
        for host in &self.good {
            by_bucket.entry(scale(Hash::of(host), buckets as u64)).or_default().push(host);
        }
        let (mut index, mut text) = (Vec::with_capacity(buckets + 1), Vec::new());
        for bucket in 0..buckets as u64 {
            index.push(text.len() as u32);
            for host in by_bucket.get(&bucket).into_iter().flatten() {
                text.push(host.len() as u8);
                text.extend_from_slice(host.as_bytes());
            }
        }
        index.push(text.len() as u32);
        (buckets, index, text)
    }
}

fn write_bad(values: &BTreeMap<u64, Category>, hosts: u32) -> (usize, Vec<u32>, Vec<u8>) {
    let range = u64::from(hosts) << super::SPREAD;
    let buckets = (range >> BUCKET) as usize + 1;
    let (mut index, mut bits) = (Vec::with_capacity(buckets + 1), BitWriter::default());
    for bucket in 0..buckets as u64 {
        index.push(bits.length as u32);
        let mut last = bucket << BUCKET;
        for (value, category) in values.range(last..(bucket + 1) << BUCKET) {
            bits.entry(value - last, *category);
            last = *value;
        }
    }
    index.push(bits.length as u32);
    (buckets, index, bits.bytes)
}

/// A host as the list keeps it; none where it is no host name.
fn plain(host: &str) -> Option<String> {
    let lower = host.trim().trim_end_matches('.').to_ascii_lowercase();
    let host = lower.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(&lower);
    let letters = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    let whole = host.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    (letters && whole && host.contains('.') && host.len() <= 253).then(|| host.to_owned())
}
