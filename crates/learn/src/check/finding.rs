//! One thing that is wrong, and where.

use crate::content::Text;
use serde::Serialize;
use vocabulary::Lang;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file, as it was named; empty where the whole is meant.
    pub file: String,
    /// The line (from 1) on which the scene, step or item begins, or the mistake stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Where in the file, in words; empty where the whole file is meant.
    pub place: Text,
    /// What kind of thing.
    pub what: What,
    /// What is wrong and what to do, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

macro_rules! whats {
    ($($variant:ident $code:literal $doc:literal,)*) => {
        /// The kinds of findings; their codes are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum What { $(#[doc = $doc] $variant,)* }

        impl What {
            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }
    };
}

whats! {
    Unread "unread" "The file can't be read: grammar, a missing or unknown field, an unknown code.",
    Folder "folder" "The file lies where none is looked for.",
    Name "name" "An id is not the name of the file, or stands twice.",
    Translation "translation" "A text lacks a language.",
    Count "count" "Too few or too many of something.",
    Lost "lost" "Something leads to what isn't there.",
    DeadEnd "dead_end" "A scene without choices that is no ending.",
    Unreachable "unreachable" "No way leads to a scene.",
    NoWayOut "no_way_out" "From a scene one goes round for ever.",
    NoGoodEnding "no_good_ending" "From a scene no better or mixed ending can be reached.",
    Ending "ending" "An ending lacks its words or goes on.",
    Road "road" "A road that can never be taken, or says nothing.",
    Mark "mark" "A spot text whose marks and reasons don't match.",
    Answer "answer" "Answers without a good one, or with too many.",
    Length "length" "The good answer is given away by its length.",
    Twin "twin" "Items of the two forms that don't match.",
    Audience "audience" "What isn't fit for this age.",
    Reading "reading" "Too hard to read for this age.",
    Same "same" "Two files share too many sentences.",
    Plan "plan" "A teacher's plan that doesn't add up.",
    Whole "whole" "What the whole still lacks.",
}

impl Finding {
    /// About a whole file.
    pub fn new(file: &str, what: What, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, place: Text::default(), what, vi: vi.into(), en: en.into() }
    }

    /// One line to a person: file, line, place, what is wrong.
    pub fn say(&self, lang: Lang) -> String {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        let heads = [format!("{}{line}", self.file), self.place.pick(lang).to_owned()];
        let heads: String = heads.iter().filter(|head| !head.is_empty()).map(|head| format!("{head}: ")).collect();
        format!("{heads}{}", lang.pick(&self.vi, &self.en))
    }
}

/// Collects what is found in one file.
pub(super) struct Findings<'f> {
    file: &'f str,
    lines: &'f [u32],
    pub list: Vec<Finding>,
}

impl<'f> Findings<'f> {
    pub fn new(file: &'f str, lines: &'f [u32]) -> Self {
        Self { file, lines, list: Vec::new() }
    }

    /// About the whole file.
    pub fn whole(&mut self, what: What, vi: impl Into<String>, en: impl Into<String>) {
        self.list.push(Finding::new(self.file, what, vi, en));
    }

    /// About the nth scene, step or item (from 0), named by `name`, which is the same in both languages.
    pub fn at(&mut self, section: Option<usize>, name: &str, what: What, vi: impl Into<String>, en: impl Into<String>) {
        let line = section.and_then(|section| self.lines.get(section)).copied();
        let place = Text { vi: name.into(), en: name.into() };
        self.list.push(Finding { line, place, ..Finding::new(self.file, what, vi, en) });
    }

    /// Too few or too many of something.
    pub fn count(&mut self, section: Option<usize>, name: &str, of: [&str; 2], is: usize, range: [usize; 2]) {
        let [least, most] = range;
        if !(least..=most).contains(&is) {
            let many = if most == usize::MAX {
                [format!("ít nhất {least}"), format!("at least {least}")]
            } else {
                [format!("{least} đến {most}"), format!("{least} to {most}")]
            };
            self.at(
                section,
                name,
                What::Count,
                format!("có {is} {}, cần {}", of[0], many[0]),
                format!("{is} {}, {} are needed", of[1], many[1]),
            );
        }
    }
}
