//! The papers as data has them.

use vocabulary::Lang;

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
}

impl Words {
    /// The one in this language.
    pub const fn get(self, lang: Lang) -> &'static str {
        lang.pick(self.vi, self.en)
    }
}

/// One answer to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The stable code.
    pub code: &'static str,
    /// As it is read and printed.
    pub words: Words,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Many lines.
    Text {
        /// How many stand ruled on paper while nothing is filled in.
        lines: u8,
    },
    /// One of these.
    Choice(&'static [Choice]),
    /// Any number of these, their codes parted by spaces.
    Choices(&'static [Choice]),
    /// `high`, `medium` or `low`, and what each means here.
    Level([Words; 3]),
    /// How many of each level were chosen in its part; nobody fills it in.
    Count,
    /// `yes`, or nothing: its name is the sentence that then holds.
    Tick,
    /// One of [`PLATFORMS`].
    Platform,
}

/// What of a case fills a field by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// What it is about.
    Harm,
    /// How soon somebody must answer.
    Urgency,
    /// Her age band.
    Age,
    /// Her or his sex.
    Sex,
    /// Where she is.
    Province,
    /// Who asks.
    Audience,
    /// When the report came.
    Received,
    /// The day of filling in.
    Today,
    /// Who fills in.
    Organisation,
    /// Her words.
    Story,
    /// How to reach her.
    ContactHow,
    /// When to reach her.
    ContactWhen,
    /// How never to reach her.
    ContactNever,
    /// The same, said so: among notes the bare words would read as advice.
    NeverDo,
    /// Her answer to this question.
    Answer(&'static str),
    /// All her answers.
    Answers,
    /// What was written since, in order.
    Timeline,
    /// The parts of the report, by number and kind.
    Parts,
    /// Every link that she wrote.
    Links,
}

/// Something to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The stable code, unique within its paper.
    pub code: &'static str,
    /// How it is filled in.
    pub kind: Kind,
    /// What belongs there.
    pub name: Words,
    /// What helps to fill it in; may be empty.
    pub help: Words,
    /// What fills it by itself, the parts one below the other.
    pub from: &'static [Given],
}

/// Fields under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The heading; may be empty.
    pub heading: Words,
    /// Whether it stands on paper as it is; where not, its fields fill head and titles only.
    pub printed: bool,
    /// Its fields.
    pub fields: &'static [Field],
}

/// What a paper rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Law or guideline, with its article.
    pub title: &'static str,
    /// Its date, `YYYY-MM-DD` or a year.
    pub date: &'static str,
    /// Where it was read; may be empty.
    pub url: &'static str,
    /// When the paper was compared with it, `YYYY-MM-DD`; empty where nobody did, and the screen says so.
    pub read: &'static str,
}

/// A form, notice or plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The stable code.
    pub code: &'static str,
    /// The official number of the form; empty where it has none.
    pub number: &'static str,
    /// The languages in which it can be printed; the first is its own.
    pub languages: &'static [Lang],
    /// Whether the national heading of Vietnam stands above it.
    pub national: bool,
    /// Whether it is hers, and may be sent to her.
    pub to_her: bool,
    /// What it is called in a list.
    pub name: Words,
    /// Which article asks for it, and what to know before filling in.
    pub hint: Words,
    /// Its title.
    pub title: Words,
    /// The line below the title; `{code}` is a field.
    pub about: Words,
    /// Whom it is addressed to; may be empty.
    pub to: Words,
    /// Who signs.
    pub signs: &'static [Words],
    /// Who gets copies; may be empty.
    pub copies: Words,
    /// What it rests on.
    pub source: Source,
    /// What is asked.
    pub parts: &'static [Part],
}

/// Where a notice goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Platform {
    /// The stable code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The row of the help directory that names the way; empty for anywhere else.
    pub service: &'static str,
    /// The date of the page that says so, `YYYY-MM-DD`; empty where there is none.
    pub read: &'static str,
    /// How to report in the app.
    pub steps: Words,
}

include!(concat!(env!("OUT_DIR"), "/papers.rs"));

impl Paper {
    /// The paper with this code.
    pub fn by_code(code: &str) -> Option<&'static Self> {
        PAPERS.iter().find(|paper| paper.code == code)
    }

    /// The language that it is printed in where this one is wished for.
    pub fn language(&self, wished: Lang) -> Lang {
        if self.languages.contains(&wished) { wished } else { self.languages.first().copied().unwrap_or(wished) }
    }

    /// Every field, in order.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.parts.iter().flat_map(|part| part.fields)
    }
}

impl Platform {
    /// The platform with this code.
    pub fn by_code(code: &str) -> Option<&'static Self> {
        PLATFORMS.iter().find(|platform| platform.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casework::questions::QUESTIONS;
    use vocabulary::directory::Directory;

    #[test]
    fn every_answer_that_fills_a_field_is_asked_for_somewhere() {
        for field in PAPERS.iter().flat_map(Paper::fields) {
            for given in field.from {
                if let Given::Answer(code) = given {
                    let known = *code == "relation" || QUESTIONS.iter().any(|question| question.code == *code);
                    assert!(known, "{}: no question is called `{code}`", field.code);
                }
            }
        }
    }

    #[test]
    fn where_notices_go_is_what_the_directory_says_with_its_date() {
        let directory = Directory::shipped();
        for platform in PLATFORMS.iter().filter(|platform| !platform.service.is_empty()) {
            let known = directory.by_id(platform.service);
            let known = known.unwrap_or_else(|| panic!("{}: no such row", platform.service));
            assert_eq!(known.checked_on.to_string(), platform.read, "{}", platform.code);
        }
        assert_eq!(PLATFORMS.last().map(|platform| platform.code), Some("other"));
    }

    #[test]
    fn official_forms_are_vietnamese_and_name_their_article() {
        let official: Vec<_> = PAPERS.iter().filter(|paper| paper.national).collect();
        assert_eq!(
            official.iter().map(|paper| paper.number).collect::<Vec<_>>(),
            ["Mẫu số 01", "Mẫu số 02", "Mẫu số 06"]
        );
        for paper in official {
            assert_eq!(paper.languages, [Lang::Vi], "{}", paper.code);
            assert!(paper.hint.get(Lang::Vi).contains("Nghị định 56/2017/NĐ-CP"), "{}", paper.code);
        }
    }

    #[test]
    fn no_paper_asks_for_a_picture() {
        for field in PAPERS.iter().flat_map(Paper::fields) {
            for lang in Lang::ALL {
                let asked = field.name.get(*lang).to_lowercase();
                assert!(!asked.contains("ảnh chụp") && !asked.contains("picture"), "{}: {asked}", field.code);
            }
        }
    }
}
