//! A paper filled in: what lies on the printed page, block by block, and the same as text.

use crate::{
    fill::Values,
    paper::{Choice, Field, Kind, Paper, Part, Platform},
};
use serde::Serialize;
use vocabulary::Lang;

/// What stands ruled where nothing was filled in, in text.
const RULE: &str = "…………";
/// The codes of the three levels, as [`Kind::Level`] has them.
const LEVELS: [&str; 3] = ["high", "medium", "low"];

/// A page, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Its language.
    pub lang: &'static str,
    /// What stands on it.
    pub blocks: Vec<Block>,
}

/// One of three levels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Level {
    /// As it is printed.
    pub name: String,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "block")]
pub enum Block {
    /// The head of an official form: who makes it on the left, the nation on the right.
    Head {
        /// Number of the form.
        number: String,
        /// Who makes it.
        agency: String,
        /// Number and sign of this copy.
        symbol: String,
        /// The nation's name.
        nation: String,
        /// Its motto.
        motto: String,
        /// Where and when.
        place: String,
    },
    /// The title, and the line below it.
    Title {
        /// In large letters.
        title: String,
        /// Below it; may be empty.
        about: String,
    },
    /// Whom it is addressed to.
    To {
        /// The whole line.
        text: String,
    },
    /// A heading.
    Heading {
        /// Its words.
        text: String,
    },
    /// A field.
    Field {
        /// What was asked.
        name: String,
        /// What was filled in; empty where it is left to the hand.
        value: String,
        /// Ruled lines for the hand; 0 is a short one within the line.
        lines: u8,
    },
    /// A question with three levels.
    Levels {
        /// What was asked.
        name: String,
        /// High, medium, low.
        levels: Vec<Level>,
        /// What the chosen one means here; may be empty.
        means: String,
    },
    /// A sentence that holds.
    Say {
        /// The sentence.
        text: String,
    },
    /// Copies and who signs.
    Foot {
        /// Who gets copies, in a line each.
        copies: Vec<String>,
        /// What stands above each signature.
        signs: Vec<String>,
        /// What a signature needs.
        sign: String,
    },
}

impl Sheet {
    /// Fills a paper in. The language is the wished one, where the paper has it.
    pub fn of(paper: &Paper, values: &Values, wished: Lang) -> Self {
        let lang = paper.language(wished);
        let value = |code: &str| values.get(code).map(|value| value.trim()).unwrap_or_default();
        let mut blocks = Vec::new();
        if paper.national {
            let (place, date) = (or_rule(value("place")), value("date"));
            blocks.push(Block::Head {
                number: paper.number.into(),
                agency: or_rule(value("agency")),
                symbol: format!("{} {}", lang.pick("Số:", "No.:"), or_rule(value("symbol"))),
                nation: lang.pick("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM").into(),
                motto: lang.pick("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness").into(),
                place: format!("{place}, {}", spoken(date, lang)),
            });
        }
        let about = put(paper.about.get(lang), paper, values, lang);
        blocks.push(Block::Title { title: paper.title.get(lang).into(), about });
        if !paper.to.get(lang).is_empty() {
            let to = put(paper.to.get(lang), paper, values, lang);
            blocks.push(Block::To { text: format!("{} {to}", lang.pick("Kính gửi:", "To:")) });
        }
        for part in paper.parts.iter().filter(|part| part.printed) {
            let heading = part.heading.get(lang);
            if !heading.is_empty() {
                blocks.push(Block::Heading { text: heading.into() });
            }
            blocks.extend(part.fields.iter().filter_map(|field| block(field, part, values, lang)));
        }
        if !paper.signs.is_empty() || !paper.copies.get(lang).is_empty() {
            blocks.push(Block::Foot {
                copies: paper
                    .copies
                    .get(lang)
                    .split("; ")
                    .filter(|c| !c.is_empty())
                    .map(|c| format!("- {c}"))
                    .collect(),
                signs: paper.signs.iter().map(|sign| sign.get(lang).to_owned()).collect(),
                sign: lang.pick("(ký, ghi rõ họ tên)", "(signature and full name)").into(),
            });
        }
        Self { lang: lang.code(), blocks }
    }

    /// Only what was filled in, as a message to somebody: what is left to the hand has no place there, nor has a heading
    /// with nothing below it.
    #[must_use]
    pub fn told(mut self) -> Self {
        self.blocks.retain(|block| match block {
            Block::Field { value, .. } => !value.is_empty(),
            Block::Levels { levels, .. } => levels.iter().any(|level| level.chosen),
            _ => true,
        });
        let heads: Vec<bool> = self.blocks.iter().map(|block| matches!(block, Block::Heading { .. })).collect();
        let mut at = 0;
        self.blocks.retain(|_| {
            at += 1;
            !heads[at - 1] || heads.get(at) == Some(&false)
        });
        self
    }

    /// The page as text: for a message, a box of another program, a screen reader.
    pub fn text(&self) -> String {
        let vietnamese = self.lang == Lang::Vi.code();
        let mut lines: Vec<String> = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Head { number, agency, symbol, nation, motto, place } => {
                    lines.extend([nation, motto, agency, symbol, number, place].map(Clone::clone));
                    lines.push(String::new());
                }
                Block::Title { title, about } => {
                    lines.extend([title, about].into_iter().filter(|line| !line.is_empty()).cloned());
                }
                Block::To { text } => lines.push(text.clone()),
                Block::Heading { text } => lines.extend([String::new(), text.clone()]),
                Block::Field { name, value, lines: 1.., .. } if value.contains('\n') => {
                    lines.push(format!("{name}:"));
                    lines.extend(value.lines().map(str::to_owned));
                }
                Block::Field { name, value, .. } => lines.push(format!("{name}: {}", or_rule(value))),
                Block::Levels { name, levels, means } => {
                    let chosen = levels.iter().find(|level| level.chosen);
                    let means = if means.is_empty() { String::new() } else { format!(" ({means})") };
                    let chosen = chosen.map_or_else(|| RULE.to_owned(), |level| level.name.clone() + &means);
                    lines.push(format!("{name}: {chosen}"));
                }
                Block::Say { text } => lines.push(text.clone()),
                Block::Foot { copies, signs, sign } => {
                    lines.push(String::new());
                    if !copies.is_empty() {
                        lines.push(if vietnamese { "Nơi nhận:" } else { "Copies:" }.into());
                        lines.extend(copies.iter().cloned());
                    }
                    lines.extend(signs.iter().map(|who| format!("{who} {sign}: {RULE}")));
                }
            }
        }
        lines.join("\n").trim().to_owned() + "\n"
    }
}

fn block(field: &Field, part: &Part, values: &Values, lang: Lang) -> Option<Block> {
    let value = values.get(field.code).map(|value| value.trim()).unwrap_or_default();
    let name = field.name.get(lang).to_owned();
    Some(match field.kind {
        Kind::Tick => return (value == "yes").then_some(Block::Say { text: name }),
        Kind::Level(means) => {
            let chosen = LEVELS.iter().position(|code| *code == value);
            let names = [lang.pick("Cao", "High"), lang.pick("Trung bình", "Medium"), lang.pick("Thấp", "Low")];
            let level = |(at, name): (usize, &str)| Level { name: name.to_owned(), chosen: chosen == Some(at) };
            let means = chosen.map(|at| means[at].get(lang).to_owned()).unwrap_or_default();
            Block::Levels { name, levels: names.into_iter().enumerate().map(level).collect(), means }
        }
        Kind::Count => Block::Field { name, value: counted(part, values, lang), lines: 0 },
        Kind::Text { lines } => Block::Field { name, value: value.to_owned(), lines },
        _ => Block::Field { name, value: words(field, value, lang), lines: 0 },
    })
}

/// A value as it is read: codes become words.
fn words(field: &Field, value: &str, lang: Lang) -> String {
    let name = |choices: &'static [Choice], code: &str| {
        choices.iter().find(|choice| choice.code == code).map(|choice| choice.words.get(lang))
    };
    match field.kind {
        Kind::Choice(choices) => name(choices, value).unwrap_or_default().to_owned(),
        Kind::Choices(choices) => {
            value.split_whitespace().filter_map(|code| name(choices, code)).collect::<Vec<_>>().join("; ")
        }
        Kind::Platform => Platform::by_code(value).map(|platform| platform.name.to_owned()).unwrap_or_default(),
        _ => value.to_owned(),
    }
}

/// How often each level was chosen in its part: `Cao: 1 · Trung bình: 0 · Thấp: 2`.
fn counted(part: &Part, values: &Values, lang: Lang) -> String {
    let levels = part.fields.iter().filter(|field| matches!(field.kind, Kind::Level(_)));
    let chosen: Vec<&str> = levels.filter_map(|field| values.get(field.code)).map(|value| value.trim()).collect();
    let count = |code: &str| chosen.iter().filter(|value| **value == code).count();
    let [high, medium, low] = LEVELS.map(count);
    match lang {
        Lang::Vi => format!("Cao: {high} · Trung bình: {medium} · Thấp: {low}"),
        Lang::En => format!("High: {high} · Medium: {medium} · Low: {low}"),
    }
}

/// Puts fields into the blanks of a line.
fn put(line: &str, paper: &Paper, values: &Values, lang: Lang) -> String {
    let mut parts = line.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((code, after)) = part.split_once('}') else { continue };
        let field = paper.fields().find(|field| field.code == code);
        let value = values.get(code).map(|value| value.trim()).unwrap_or_default();
        out += &or_rule(&field.map(|field| words(field, value, lang)).unwrap_or_default());
        out += after;
    }
    out
}

fn or_rule(value: &str) -> String {
    if value.trim().is_empty() { RULE.into() } else { value.into() }
}

/// `24/11/2026` as the head of a letter has it; anything else stays as it was typed.
fn spoken(date: &str, lang: Lang) -> String {
    let parts: Vec<&str> = date.split('/').collect();
    match (lang, parts.as_slice()) {
        (Lang::Vi, [day, month, year]) => format!("ngày {day} tháng {month} năm {year}"),
        (Lang::Vi, _) if date.is_empty() => "ngày …… tháng …… năm ……".into(),
        _ => or_rule(date),
    }
}
