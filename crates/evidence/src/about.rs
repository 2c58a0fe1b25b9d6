//! `about.json`: what is in a package, in order, as whoever made it said. It lies under the root that the server signed.

use crate::hex::Hex;
use serde::{Deserialize, Serialize};

/// The most items of one package; what they take in all is bounded by nothing but the device.
pub const ITEMS_MOST: usize = 1000;
/// A name, a media type, who wrote something: in characters; longer ones are cut.
pub(crate) const WORDS_MOST: usize = 300;

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Which format: [`FORMAT`].
    pub format: String,
    /// Seconds since 1970 by the clock of the device that made it. Nobody vouches for it; the statement has the time
    /// that counts.
    pub made: u64,
    /// The one folder in the zip.
    pub folder: String,
    /// In order.
    pub items: Vec<Item>,
    /// Who handed what to whom and when, the first first.
    pub custody: Vec<Handing>,
}

/// The present format.
pub(crate) const FORMAT: &str = "haidang evidence 1";

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Where it lies, under the folder: `data/0001.jpg`.
    pub file: String,
    /// Its own name, as the device gave it.
    pub name: String,
    /// Its media type, as the device gave it.
    #[serde(rename = "type")]
    pub media: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its content.
    pub sha256: Hex<32>,
    /// When it was last changed on the device, or arrived in the case; seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<u64>,
    /// Who wrote it, in a case.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
}

/// One handing over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handing {
    /// When; seconds since 1970.
    pub at: u64,
    /// Who had it.
    pub from: String,
    /// Who got it; the same for what somebody did with it.
    pub to: String,
    /// What, in words.
    pub what: String,
}

/// What is known of an item before its content comes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    /// Its own name.
    pub name: String,
    /// Its media type.
    #[serde(rename = "type", default)]
    pub media: String,
    /// See [`Item::at`].
    #[serde(default)]
    pub at: Option<u64>,
    /// See [`Item::by`].
    #[serde(default)]
    pub by: Option<String>,
    /// What the readable page shows of it: a text, in full. Files are named there and not shown.
    #[serde(default)]
    pub shown: Option<String>,
    /// Its place in the case's log and the nonce of its seal (`[2, "…hex…"]`), if it is an entry of a case.
    #[serde(default)]
    pub(crate) entry: Option<(u64, Hex<32>)>,
}

impl NewItem {
    /// It is the entry of this number, from 0, and this nonce lies in its seal.
    pub const fn set_entry(&mut self, number: u64, nonce: [u8; 32]) {
        self.entry = Some((number, Hex(nonce)));
    }
}

/// The first [`WORDS_MOST`] characters.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(WORDS_MOST).collect()
}

/// The folder of a day: a name that says nothing.
pub(crate) fn folder(made: u64) -> String {
    format!("tai-lieu-{}", crate::time::date(made))
}
