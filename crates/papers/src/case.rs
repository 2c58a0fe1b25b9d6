//! An opened case as the worker's browser has it: clear facts, and what was unsealed.

use crate::paper::Given;
use casework::questions::QUESTIONS;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use vocabulary::{AgeBand, Audience, EntryKind, Harm, Lang, Province, Relation, Sex, Urgency, directory::Moment};

/// One case, opened. What is missing or of another shape counts as not told: a paper can always be made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Case {
    /// Clear facts by name, as codes.
    pub facts: BTreeMap<String, Option<String>>,
    /// Who asked, as a code.
    pub audience: Option<String>,
    /// When it came, in seconds since 1970.
    pub received: i64,
    /// The moment of filling in, in seconds since 1970.
    pub now: i64,
    /// The worker's organisation, in both languages.
    pub organisation: Named,
    /// What was unsealed, in order.
    pub entries: Vec<Entry>,
}

/// A name in both languages; the English one may be empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Named {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// One opened entry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Its number from 0.
    pub number: u64,
    /// Its kind, as a code.
    pub kind: String,
    /// When it was written, in seconds since 1970.
    pub at: i64,
    /// Who wrote it, as it is read.
    pub author: String,
    /// What was sealed; null where it could not be opened.
    pub content: Value,
}

impl Case {
    /// The clear fact, or what she told those she chose where she left it out of the clear.
    pub fn fact(&self, name: &str) -> Option<&str> {
        let clear = self.facts.get(name).and_then(|code| code.as_deref());
        clear.or_else(|| self.answered(name).and_then(|answer| answer["choice"].as_str()))
    }

    /// What it is about.
    pub fn harm(&self) -> Option<Harm> {
        self.fact("harm")?.parse().ok()
    }

    /// How old the person is.
    pub fn age(&self) -> Option<AgeBand> {
        self.fact("age")?.parse().ok()
    }

    /// What fills a field, in this language; empty where nothing was told.
    pub fn given(&self, given: Given, lang: Lang) -> String {
        match given {
            Given::Harm => named(self.harm(), |harm| harm.name(lang)),
            Given::Urgency => named(self.fact("urgency").and_then(|code| code.parse().ok()), |u: Urgency| u.name(lang)),
            Given::Age => named(self.age().filter(|age| *age != AgeBand::Unknown), |age| age.name(lang)),
            Given::Sex => named(self.fact("sex").and_then(|code| code.parse().ok()), |sex: Sex| sex.name(lang)),
            Given::Province => named(self.fact("province").and_then(Province::by_code), |place| place.name(lang)),
            Given::Audience => self.audience(lang),
            Given::Received => moment(self.received),
            Given::Today => day(self.now),
            Given::Organisation => {
                let Named { vi, en } = &self.organisation;
                if lang == Lang::En && !en.is_empty() { en.clone() } else { vi.clone() }
            }
            Given::Story => lines(self.of(EntryKind::Story).filter_map(|entry| entry.text())),
            Given::ContactHow => self.contact("how"),
            Given::ContactWhen => self.contact("when"),
            Given::ContactNever => self.contact("never"),
            Given::NeverDo => match self.contact("never") {
                never if never.is_empty() => never,
                never => format!("{} {never}", lang.pick("KHÔNG BAO GIỜ:", "NEVER:")),
            },
            Given::Answer(code) => self.answered(code).map(|answer| said(code, answer, lang)).unwrap_or_default(),
            Given::Answers => lines(self.answers().map(|answer| line(answer, lang))),
            Given::Timeline => lines(self.entries.iter().filter_map(|entry| entry.told(lang))),
            Given::Parts => lines(self.entries.iter().map(|entry| entry.title(lang))),
            Given::Links => lines(self.links()),
        }
    }

    /// Her answer with its question; empty where there is none.
    pub(crate) fn asked(&self, question: &str, lang: Lang) -> String {
        self.answered(question).map(|answer| line(answer, lang)).unwrap_or_default()
    }

    /// Somebody who tells of herself is no informant on a child.
    fn audience(&self, lang: Lang) -> String {
        let audience: Option<Audience> = self.audience.as_deref().and_then(|code| code.parse().ok());
        named(audience.filter(|audience| *audience != Audience::Self_), |audience| audience.name(lang))
    }

    fn of(&self, kind: EntryKind) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.kind == kind.code())
    }

    /// The newest word counts.
    fn contact(&self, name: &str) -> String {
        let newest = self.of(EntryKind::Contact).rfind(|entry| !entry.content.is_null());
        newest.and_then(|entry| entry.content[name].as_str()).unwrap_or_default().to_owned()
    }

    fn answers(&self) -> impl Iterator<Item = &Value> {
        self.of(EntryKind::Answers).filter_map(|entry| entry.content["answers"].as_array()).flatten()
    }

    fn answered(&self, question: &str) -> Option<&Value> {
        self.answers().find(|answer| answer["question"] == question)
    }

    /// Every link in her words and in ours, once each, in order.
    fn links(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let texts = self.entries.iter().filter_map(Entry::text).map(str::to_owned);
        let answers = self.answers().filter_map(|answer| answer["text"].as_str()).map(str::to_owned);
        for text in texts.chain(answers) {
            for word in text.split_whitespace() {
                let Some(at) = word.find("https://").or_else(|| word.find("http://")) else { continue };
                let link = word[at..].trim_end_matches(['.', ',', ';', '!', '?', ')', ']', '"', '\'', '”', '’', '>']);
                if link.len() > "https://".len() && !found.iter().any(|known| known == link) {
                    found.push(link.to_owned());
                }
            }
        }
        found
    }
}

impl Entry {
    /// The words in it.
    pub fn text(&self) -> Option<&str> {
        self.content["text"].as_str().filter(|text| !text.trim().is_empty())
    }

    fn title(&self, lang: Lang) -> String {
        let kind: Option<EntryKind> = self.kind.parse().ok();
        let name = kind.map_or(self.kind.as_str(), |kind| kind.name(lang));
        format!("{}. {name}, {}", self.number + 1, moment(self.at))
    }

    /// One entry of the story since the report; her first words and answers have a place of their own.
    fn told(&self, lang: Lang) -> Option<String> {
        if [EntryKind::Story.code(), EntryKind::Answers.code()].contains(&self.kind.as_str()) {
            return None;
        }
        let said = self.text().map(|text| format!(": {text}")).unwrap_or_default();
        Some(format!("{} · {}{said}", self.title(lang), self.author))
    }
}

fn named<T>(code: Option<T>, name: impl FnOnce(T) -> &'static str) -> String {
    code.map(name).unwrap_or_default().to_owned()
}

fn lines<T: Into<String>>(each: impl IntoIterator<Item = T>) -> String {
    each.into_iter().map(Into::into).collect::<Vec<String>>().join("\n")
}

/// Question and answer in a line.
fn line(answer: &Value, lang: Lang) -> String {
    let code = answer["question"].as_str().unwrap_or_default();
    let asked = answer["asked"].as_str().unwrap_or_else(|| question(code, lang));
    let asked = asked.trim_end_matches(['.', ':']);
    format!("{asked}: {}", said(code, answer, lang))
}

fn question(code: &str, lang: Lang) -> &str {
    let own = code.split(':').next().unwrap_or(code);
    let known = QUESTIONS.iter().find(|question| question.code == own);
    known.map_or_else(|| label(own, lang), |question| question.text(lang, None, None))
}

/// What was told of her beside the questions.
fn label(code: &str, lang: Lang) -> &str {
    match code {
        "harm" => lang.pick("Loại chuyện", "What it is about"),
        "urgency" => lang.pick("Gấp tới đâu", "How urgent"),
        "age" => lang.pick("Khoảng tuổi", "Age band"),
        "sex" => lang.pick("Giới", "Sex"),
        "province" => lang.pick("Tỉnh, thành phố", "Province or city"),
        "language" => lang.pick("Ngôn ngữ", "Language"),
        "relation" => lang.pick("Người gây chuyện", "Who does it"),
        "knows_offender" => lang.pick("Có người ở đó quen người gây chuyện", "Somebody there knows the person"),
        "checked_message" => lang.pick("Tin nhắn đã kiểm tra", "The message that was checked"),
        _ => code,
    }
}

/// The answer in words: typed, or chosen.
fn said(code: &str, answer: &Value, lang: Lang) -> String {
    if let Some(text) = answer["text"].as_str() {
        return text.to_owned();
    }
    let own = answer["asked"].is_string();
    let chosen = |choice: &str| if own { choice.to_owned() } else { chosen(code, choice, lang).to_owned() };
    match &answer["choice"] {
        Value::String(choice) => chosen(choice),
        Value::Array(choices) => choices.iter().filter_map(Value::as_str).map(chosen).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

fn chosen<'a>(code: &str, choice: &'a str, lang: Lang) -> &'a str {
    let name = match code {
        "harm" => choice.parse().ok().map(|harm: Harm| harm.name(lang)),
        "urgency" => choice.parse().ok().map(|urgency: Urgency| urgency.name(lang)),
        "age" => choice.parse().ok().map(|age: AgeBand| age.name(lang)),
        "sex" => choice.parse().ok().map(|sex: Sex| sex.name(lang)),
        "relation" => choice.parse().ok().map(|relation: Relation| relation.name(lang)),
        "province" => Province::by_code(choice).map(|province| province.name(lang)),
        _ => {
            let question = QUESTIONS.iter().find(|question| question.code == code);
            let known = question.and_then(|question| question.choices.iter().find(|known| known.code == choice));
            known.map(|known| known.words.get(lang))
        }
    };
    name.unwrap_or(choice)
}

/// `24/11/2026`.
pub(crate) fn day(seconds: i64) -> String {
    Moment::from_unix_seconds(seconds).date().spoken()
}

/// `08:05, 24/11/2026`, in Vietnam.
pub(crate) fn moment(seconds: i64) -> String {
    let moment = Moment::from_unix_seconds(seconds);
    format!("{:02}:{:02}, {}", moment.minute() / 60, moment.minute() % 60, moment.date().spoken())
}
