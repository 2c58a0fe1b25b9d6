//! What the recogniser answers: one stable shape for the command line, the API and the browser.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use vocabulary::{BenignKind, Harm, Language, ResultKind, Speaker, Tactic, Urgency};

/// The answer to one text or chat. Described by `docs/assessment.schema.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// One of four results; none of them says "safe".
    pub result: ResultKind,
    /// Harms, most likely first; empty unless `result` is `harm` or `unsure`.
    pub harms: Vec<HarmFinding>,
    /// What an innocent look-alike looks like; set only with `benign_lookalike`.
    pub benign_kind: Option<BenignKind>,
    /// How soon somebody should answer; null where no harm is seen.
    pub urgency: Option<Urgency>,
    /// Who speaks; null where no harm is seen, except `public`.
    pub speaker: Option<Speaker>,
    /// How one sees it, in the order of the text; spans of one code never overlap.
    pub tactics: Vec<TacticSpan>,
    /// Every link of the text, in order.
    pub links: Vec<LinkFinding>,
    /// For a chat: the turn (from 1) at which it became a warning.
    pub turn: Option<u32>,
    /// The language of the text.
    pub language: Language,
    /// Keys of the advice that fits, first step first (`vocabulary::Step::key`).
    pub advice: Vec<Cow<'static, str>>,
    /// Version of rules and model, so that two answers can be compared.
    pub model: Cow<'static, str>,
}

/// A harm and how likely it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HarmFinding {
    /// Which harm.
    pub code: Harm,
    /// Calibrated, 0 to 1, rounded to three digits.
    pub probability: f32,
}

/// A tactic and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TacticSpan {
    /// Which tactic.
    pub code: Tactic,
    /// First Unicode code point of the input, from 0.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// A link and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkFinding {
    /// First Unicode code point of the link in the input.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The host in lower case, IDNA decoded for reading (`vietcombank.com.vn`).
    pub host: String,
    /// What is known.
    pub verdict: LinkVerdict,
    /// Why, most telling first.
    pub reasons: Vec<LinkReason>,
    /// The brand that it belongs to or plays (`vietcombank`).
    pub brand: Option<String>,
}

/// What is known of a link. There is no `safe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkVerdict {
    /// On the exact list of hosts known to belong to whom they say.
    KnownGood,
    /// Nothing known either way.
    Unknown,
    /// Its shape is one that deceivers use.
    Suspicious,
    /// On a list of hosts that were reported.
    KnownBad,
}

/// Why a link is judged as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkReason {
    /// Reported as a scam or phishing site.
    ReportedScam,
    /// Reported as an online gambling site.
    ReportedGambling,
    /// Reported as a site for adults.
    ReportedAdult,
    /// Looks like a protected brand's name but is not its site.
    LookalikeBrand,
    /// Letters of another script that look like Latin ones.
    MixedScript,
    /// Internationalised name in punycode.
    Punycode,
    /// A number instead of a name.
    IpAddress,
    /// `user@host`: what stands before the @ is not the site.
    Userinfo,
    /// An unusual port.
    Port,
    /// A shortener hides where it leads.
    Shortener,
    /// Downloads an app outside the stores.
    AppDownload,
    /// Leads to a remote-control tool.
    RemoteControl,
    /// An ending that deceivers use far more than others.
    RiskyEnding,
    /// A free host where anybody can put a page.
    FreeHost,
    /// Words such as `login`, `xac-thuc`, `nhan-qua` beside a name.
    LureWords,
    /// Very long, or very many labels or hyphens.
    OddShape,
    /// Not encrypted.
    PlainHttp,
    /// Belongs to a protected brand or a public body.
    Official,
}
