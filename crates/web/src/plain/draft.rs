//! A report on its way without scripts: where she is, what she said, what was sealed already.

use super::{Answers, Secret};
use crate::joined::Joined;
use casework::{
    Asking, CaseId, Facts, Place, Texts,
    own_questions::OwnQuestion,
    questions::{Kind, QUESTIONS, Question},
};
use seal::Identity;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vocabulary::{AgeBand, Audience, Lang, Urgency};

/// Facts that may stand in the clear, in the order in which the page shows them.
const CLEAR: [&str; 6] = ["harm", "urgency", "age", "sex", "province", "language"];
const BEFORE: [&str; 9] = ["who", "age", "danger", "relation", "place", "organisations", "rules", "story", "harm"];
/// Who is told things more simply.
const YOUNG: [AgeBand; 3] = [AgeBand::Under7, AgeBand::From7To11, AgeBand::From12To15];

/// What lies in the vault.
#[derive(Serialize, Deserialize)]
pub(crate) enum Draft {
    /// She is telling.
    Telling(Telling),
    /// She pressed Send: the same report goes out, however often the page is asked for.
    Sending(Box<Sending>),
    /// It is on the disk; only her words back are left.
    Sent(Sent),
}

/// A report that is being written.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Telling {
    pub step: String,
    pub answers: Answers,
    pub files: Vec<Filed>,
    /// What those she chose ask by themselves, as it was when she chose them.
    own: Vec<Own>,
    /// Made when the first thing is sealed to it.
    pub case: Option<CaseKeys>,
    /// Made when she first presses Send, and kept: a report that is sent again arrives once.
    pub receipt: Option<Secret>,
    /// She was told that those she chose are closed now.
    pub warned: bool,
    /// What the next page says first.
    pub say: Option<Say>,
}

/// A question of an organisation's own.
#[derive(Serialize, Deserialize)]
struct Own {
    organisation: String,
    name: Texts,
    question: OwnQuestion,
}

impl Own {
    /// As answers name it.
    fn code(&self) -> String {
        format!("{}:{}", self.organisation, self.question.code)
    }
}

/// A follow-up question as a page shows it.
pub(crate) struct Asked<'a> {
    /// The name of its field, and of its step.
    pub field: String,
    pub text: &'a str,
    /// The organisation that asks it by itself.
    pub by: Option<&'a str>,
    pub kind: Kind,
    /// Codes and words.
    pub choices: Vec<(&'a str, &'a str)>,
}

/// A case before the store knows it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct CaseKeys {
    pub id: CaseId,
    pub identity: Secret,
}

/// A file that lies sealed in the store.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Filed {
    pub id: String,
    pub name: Secret,
    pub kind: String,
    pub size: u64,
    pub sha256: String,
}

/// What the next page says before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Say {
    CallFirst,
    ClosedNow,
    ChooseOne,
    NoFile,
    FileTooLarge,
    TooManyFiles,
    FileBroken,
    FilesBusy,
    NotKept,
    TooLong,
    Full,
    Gone,
    Done,
    Sent,
    Stale,
}

/// What is sent, and when it may be.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sending {
    pub telling: Telling,
    /// The stand-in for proof of work: the second before which it is not taken. Nobody but this server can write it.
    pub not_before: i64,
}

/// What is left after sending.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sent {
    pub receipt: Secret,
    /// The two words that she is asked, once she said that she wrote them down.
    pub asked: Option<[usize; 2]>,
    pub wrong: bool,
    /// Seconds until somebody should answer.
    pub answer_within: i64,
}

impl CaseKeys {
    pub fn new(id: [u8; 16]) -> Self {
        Self { id: CaseId(id), identity: Secret::new(Identity::generate().to_secret_string().as_str()) }
    }

    /// What opens the case; none where memory was damaged.
    pub fn identity(&self) -> Option<Identity> {
        Identity::from_secret_string(self.identity.text()).ok()
    }
}

impl Filed {
    /// What the entry of this file says.
    pub fn about(&self) -> Value {
        json!({
            "name": self.name.text(), "type": self.kind, "size": self.size, "sha256": self.sha256,
            "role": "original", "file": self.id,
        })
    }
}

impl Telling {
    /// At the first page; an answer is expected in the language of the page until she says another.
    pub fn new(lang: Lang) -> Self {
        let answers = Answers::posted(vec![("language".into(), lang.code().into())]);
        Self { step: "who".into(), answers, ..Self::default() }
    }

    /// All steps for what she said so far, in their order.
    pub fn steps(&self) -> Vec<String> {
        let questions = self.questions().map(|question| format!("q-{}", question.code));
        let questions = questions.chain(self.own().map(|own| format!("q-{}", own.code())));
        let before = BEFORE.iter().map(|step| (*step).to_owned());
        before.chain(questions).chain(["files".to_owned(), "clear".to_owned()]).collect()
    }

    /// The follow-up questions that fit.
    pub fn questions(&self) -> impl Iterator<Item = &'static Question> {
        let (harm, age, audience) = (self.answers.code("harm"), self.age(), self.audience());
        QUESTIONS.iter().filter(move |question| question.fits(harm, age, audience))
    }

    /// What those she chose ask by themselves, where it fits.
    fn own(&self) -> impl Iterator<Item = &Own> {
        let (harm, age, audience) = (self.answers.code("harm"), self.age(), self.audience());
        let chosen = |own: &&Own| self.answers.has("organisation", &own.organisation);
        self.own.iter().filter(chosen).filter(move |own| own.question.fits(harm, age, audience))
    }

    /// Learns what those she chose ask by themselves.
    pub fn learn_own(&mut self, joined: Vec<Joined>) {
        let chosen = |each: &Joined| self.answers.has("organisation", &each.card.id);
        let own = joined.into_iter().filter(chosen).flat_map(|Joined { card, questions, .. }| {
            let of = move |question| Own { organisation: card.id.clone(), name: card.name.clone(), question };
            questions.into_iter().map(of)
        });
        self.own = own.collect();
    }

    /// The question of a step.
    pub fn asked(&self, step: &str, lang: Lang) -> Option<Asked<'_>> {
        let code = step.strip_prefix("q-")?;
        if let Some(question) = QUESTIONS.iter().find(|question| question.code == code) {
            return Some(Asked {
                field: step.to_owned(),
                text: question.text(lang, self.age(), self.audience()),
                by: None,
                kind: question.kind,
                choices: question.choices.iter().map(|choice| (choice.code, choice.words.get(lang))).collect(),
            });
        }
        let own = self.own.iter().find(|own| own.code() == code)?;
        Some(Asked {
            field: step.to_owned(),
            text: own.question.text.get(lang),
            by: Some(own.name.get(lang)),
            kind: own.question.kind,
            choices: own.question.choices.iter().map(|choice| (choice.code.as_str(), choice.words(lang))).collect(),
        })
    }

    /// Takes what the page of a step posted. A step that is none changes nothing.
    pub fn take(&mut self, step: &str, posted: &mut Answers) {
        let before = self.urgency();
        if self.steps().iter().any(|each| each == step) {
            step.clone_into(&mut self.step);
            self.answers.replace(|name| belongs(step, name), posted);
        }
        let raised = self.urgency() == Some(Urgency::Now) && before != Some(Urgency::Now);
        self.say = raised.then_some(Say::CallFirst);
    }

    /// Takes the answers of the present page back.
    pub fn unsay(&mut self) {
        let step = self.step.clone();
        self.answers.replace(|name| belongs(&step, name), &mut Answers::default());
        self.say = None;
    }

    /// On to the next page, or back.
    pub fn go(&mut self, on: bool) {
        let steps = self.steps();
        let here = steps.iter().position(|step| *step == self.step).unwrap_or_default();
        let there = if on { (here + 1).min(steps.len() - 1) } else { here.saturating_sub(1) };
        self.step.clone_from(&steps[there]);
    }

    pub fn audience(&self) -> Option<Audience> {
        self.answers.code("audience")
    }

    pub fn age(&self) -> Option<AgeBand> {
        self.answers.code("age")
    }

    pub fn for_another(&self) -> bool {
        self.audience().is_some_and(|audience| audience != Audience::Self_)
    }

    /// Whether pages speak more simply.
    pub fn young(&self) -> bool {
        !self.for_another() && self.age().is_some_and(|age| YOUNG.contains(&age))
    }

    /// Whether anything was answered on the present page.
    pub fn answered(&self) -> bool {
        self.answers.names().any(|name| name != "open" && belongs(&self.step, name))
    }

    /// As she says it, raised by what she answered; none where nothing was said.
    fn urgency(&self) -> Option<Urgency> {
        let of_questions = self.questions().flat_map(|question| {
            let chosen = self.answers.all(&format!("q-{}", question.code));
            question.choices.iter().filter(move |c| chosen.iter().any(|code| code == c.code)).filter_map(|c| c.urgency)
        });
        // The first of the list is the most urgent.
        of_questions.chain(self.answers.code("urgency")).min()
    }

    /// All that could stand in the clear.
    pub fn facts(&self) -> Facts {
        let answers = &self.answers;
        Facts {
            harm: answers.code("harm"),
            urgency: self.urgency(),
            age: self.age(),
            sex: answers.code("sex"),
            province: if answers.said("abroad") { Some(Place::Abroad) } else { answers.code("province") },
            language: answers.code("language"),
        }
    }

    /// Whether a fact stands open: all do until she saw the page that asks.
    pub fn is_open(&self, fact: &str) -> bool {
        !self.answers.said("open") || self.answers.has("open", fact)
    }

    /// What does stand in the clear.
    pub fn clear(&self) -> Facts {
        let facts = self.facts();
        Facts {
            harm: facts.harm.filter(|_| self.is_open("harm")),
            urgency: facts.urgency.filter(|_| self.is_open("urgency")),
            age: facts.age.filter(|_| self.is_open("age")),
            sex: facts.sex.filter(|_| self.is_open("sex")),
            province: facts.province.filter(|_| self.is_open("province")),
            language: facts.language.filter(|_| self.is_open("language")),
        }
    }

    /// What decides whom we offer.
    pub fn asking(&self) -> Asking {
        Asking { audience: self.audience(), relation: self.answers.code("relation"), facts: self.facts() }
    }

    /// All that she answered but her own words, as the entry of answers holds it.
    pub fn told(&self) -> Vec<Value> {
        let facts = serde_json::to_value(self.facts()).unwrap_or_default();
        let relation = self.answers.code::<vocabulary::Relation>("relation").map(|relation| json!(relation));
        let of_facts = CLEAR.iter().map(|code| (*code, facts.get(*code).cloned()));
        let mut told: Vec<Value> = [("relation", relation)]
            .into_iter()
            .chain(of_facts)
            .filter_map(|(code, value)| value.filter(|v| !v.is_null()).map(|v| json!({"question": code, "choice": v})))
            .collect();
        for organisation in self.answers.all("organisation") {
            let said = self.answers.one(&format!("knows-{organisation}"));
            if ["yes", "no", "unsure"].contains(&said) {
                told.push(json!({"question": format!("knows_offender:{organisation}"), "choice": said}));
            }
        }
        told.extend(self.answered_questions());
        told
    }

    /// The answers to follow-up questions that still fit.
    pub fn answered_questions(&self) -> Vec<Value> {
        let of_the_site = self.questions().filter_map(|question| self.answer_to(question));
        of_the_site.chain(self.own().filter_map(|own| self.answer_to_own(own))).collect()
    }

    /// It carries its words: an organisation may change its questions.
    fn answer_to_own(&self, own: &Own) -> Option<Value> {
        let (code, lang) = (own.code(), self.answers.code("language").unwrap_or(Lang::Vi));
        let (name, asked) = (format!("q-{code}"), own.question.text.get(lang));
        if own.question.kind == Kind::Text {
            let text = self.answers.one(&name);
            return (!text.is_empty()).then(|| json!({"question": code, "asked": asked, "text": text}));
        }
        let chosen = own.question.choices.iter().filter(|choice| self.answers.has(&name, &choice.code));
        let chosen: Vec<&str> = chosen.map(|choice| choice.words(lang)).collect();
        (!chosen.is_empty()).then(|| json!({"question": code, "asked": asked, "choice": chosen}))
    }

    fn answer_to(&self, question: &Question) -> Option<Value> {
        let name = format!("q-{}", question.code);
        if question.kind == Kind::Text {
            let text = self.answers.one(&name);
            return (!text.is_empty()).then(|| json!({"question": question.code, "text": text}));
        }
        let chosen: Vec<&str> =
            question.choices.iter().map(|choice| choice.code).filter(|code| self.answers.has(&name, code)).collect();
        let first = chosen.first()?;
        let choice = if question.kind == Kind::Choice { json!(first) } else { json!(chosen) };
        Some(json!({"question": question.code, "choice": choice}))
    }
}

/// Which fields a page has.
fn belongs(step: &str, name: &str) -> bool {
    match step {
        "who" => name == "audience",
        "age" => ["age", "language"].contains(&name),
        "danger" => name == "urgency",
        "place" => ["province", "abroad", "sex"].contains(&name),
        "organisations" => name == "organisation" || name.starts_with("knows-"),
        "clear" => name == "open",
        _ => name == step,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(telling: &mut Telling, step: &str, fields: &[(&str, &str)]) {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        telling.take(step, &mut Answers::posted(fields));
    }

    #[test]
    fn back_and_forth_loses_nothing_and_a_foreign_field_is_not_taken() {
        let mut telling = Telling::new(Lang::Vi);
        say(&mut telling, "who", &[("audience", "self"), ("story", "not here")]);
        telling.go(true);
        assert_eq!(telling.step, "age");
        say(&mut telling, "age", &[("age", "12_15"), ("language", "vi")]);
        telling.go(false);
        assert_eq!((telling.step.as_str(), telling.audience()), ("who", Some(Audience::Self_)));
        assert!(telling.young() && !telling.answers.said("story"));
        say(&mut telling, "age", &[]);
        assert_eq!(telling.age(), None, "what is left out on a page is taken back");
        say(&mut telling, "nowhere", &[("nowhere", "x")]);
        assert_eq!(telling.step, "age");
    }

    #[test]
    fn an_answer_raises_the_urgency_and_says_whom_to_call() {
        let mut telling = Telling::new(Lang::Vi);
        say(&mut telling, "harm", &[("harm", "grooming")]);
        assert!(telling.steps().iter().any(|step| step == "q-meeting"));
        say(&mut telling, "danger", &[("urgency", "soon")]);
        say(&mut telling, "q-meeting", &[("q-meeting", "within_day")]);
        assert_eq!((telling.facts().urgency, telling.say), (Some(Urgency::Now), Some(Say::CallFirst)));
        say(&mut telling, "q-told", &[("q-told", "friend"), ("q-told", "made_up")]);
        let told = telling.told();
        assert!(told.contains(&json!({"question": "told", "choice": ["friend"]})), "{told:?}");
    }

    #[test]
    fn what_she_closes_is_not_in_the_clear_but_told_to_those_she_chose() {
        let mut telling = Telling::new(Lang::Vi);
        say(&mut telling, "place", &[("province", "01"), ("sex", "female")]);
        assert_eq!(telling.clear().province.map(Place::code), Some("01"));
        say(&mut telling, "clear", &[("open", ""), ("open", "sex")]);
        assert_eq!((telling.clear().province, telling.clear().sex.is_some()), (None, true));
        assert!(telling.told().contains(&json!({"question": "province", "choice": "01"})));
    }
}
