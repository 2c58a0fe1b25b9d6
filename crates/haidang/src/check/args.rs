//! What `haidang check` can be asked.

use std::{ffi::OsString, path::PathBuf, str::FromStr};
use vocabulary::{AgeBand, Audience, PROVINCES, Province};

/// Check a message, a link or a whole chat, on this machine
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The text; several words are joined; `-` or nothing reads standard input
    ///
    /// What stands on a command line stays in the shell's history and is seen by other users of the machine: give
    /// private words by standard input or --file.
    #[arg(value_name = "TEXT")]
    pub text: Vec<OsString>,

    /// Read the text from this file
    #[arg(long, short, value_name = "FILE", conflicts_with = "text")]
    pub file: Option<PathBuf>,

    /// Read lines ({"id","text"} or plain text) and answer one JSON a line, in order
    #[arg(long)]
    pub jsonl: bool,

    /// Answer with the assessment as one line of JSON
    #[arg(long, conflicts_with = "jsonl")]
    pub json: bool,

    /// Show the signs in her own words, each with its name and why
    #[arg(long, short, conflicts_with_all = ["json", "jsonl"])]
    pub explain: bool,

    /// Who asks: self, parent_or_carer, teacher, friend, professional, other
    #[arg(long, value_name = "WHO", value_parser = code::<Audience>, conflicts_with = "jsonl")]
    pub audience: Option<Audience>,

    /// How old the person concerned is: under_7, 7_11, 12_15, 16_17, 18_24, 25_59, 60_plus
    #[arg(long, value_name = "AGE", value_parser = code::<AgeBand>, conflicts_with = "jsonl")]
    pub age: Option<AgeBand>,

    /// Where help is wanted: the official code (01) or the name of a province
    #[arg(long, value_name = "PROVINCE", value_parser = province, conflicts_with = "jsonl")]
    pub province: Option<&'static Province>,

    /// With --jsonl: end with 10 if a line shows a harm (harm), or also with 11 if one is unsure (unsure)
    #[arg(long, value_name = "RESULT", requires = "jsonl")]
    pub fail_on: Option<FailOn>,

    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
}

/// Which result of a line ends the whole run with a number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// A harm.
    Harm,
    /// A harm, or being unsure.
    Unsure,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl CheckArgs {
    /// Nothing is named, or `-`.
    pub fn reads_stdin(&self) -> bool {
        self.file.is_none() && (self.text.is_empty() || self.text == ["-"])
    }
}

fn code<T: FromStr<Err = vocabulary::UnknownCode>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: vocabulary::UnknownCode| error.to_string())
}

fn province(text: &str) -> Result<&'static Province, String> {
    use vocabulary::Lang::{En, Vi};
    let wanted = text.trim().to_lowercase();
    let is_called = |p: &&Province| p.name(Vi).to_lowercase() == wanted || p.name(En).to_lowercase() == wanted;
    let found = Province::by_code(&wanted).or_else(|| PROVINCES.iter().find(is_called));
    found.ok_or_else(|| format!("{}…", PROVINCES.iter().take(6).map(|p| p.code).collect::<Vec<_>>().join(", ")))
}
