//! What to do in the next ten minutes, and what not to do.

use crate::{AgeBand, Audience, Harm, Lang, Urgency};

/// A published source that advice rests on.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Short name used in the data.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Who published it.
    pub publisher: &'static str,
    /// When, as published; a year at least.
    pub date: &'static str,
    /// Where, or empty.
    pub url: &'static str,
}

/// Something to do, or something to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Do this.
    Do,
    /// Leave this.
    Dont,
}

/// One step of advice: one or two short sentences in both languages.
#[derive(Debug)]
pub struct Step {
    /// `topic.name`, stable: `sextortion.dont_pay`.
    pub key: &'static str,
    /// A harm's code, or `now`, `unsure`, `none_known`, `benign_lookalike`.
    pub topic: &'static str,
    /// To do or to leave.
    pub kind: StepKind,
    urgencies: u16,
    ages: u16,
    audiences: u16,
    /// The directory's service that belongs to it, or empty.
    pub service: &'static str,
    /// What it rests on.
    pub source: &'static Source,
    texts: [&'static str; 2],
}

include!(concat!(env!("OUT_DIR"), "/advice.rs"));

/// Who asks, about a person of which age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    /// For herself or for someone else.
    pub audience: Audience,
    /// The age of the person concerned.
    pub age: AgeBand,
}

impl Default for Asker {
    fn default() -> Self {
        Self { audience: Audience::Self_, age: AgeBand::Unknown }
    }
}

impl Step {
    /// The sentence in this language.
    pub const fn text(&self, lang: Lang) -> &'static str {
        lang.pick(self.texts[0], self.texts[1])
    }

    /// Whether this step is meant for that urgency and asker.
    pub const fn fits(&self, urgency: Urgency, asker: Asker) -> bool {
        self.urgencies & (1 << urgency as u16) != 0
            && self.ages & (1 << asker.age as u16) != 0
            && self.audiences & (1 << asker.audience as u16) != 0
    }

    /// Finds a step by its key.
    pub fn by_key(key: &str) -> Option<&'static Self> {
        STEPS.iter().find(|s| s.key == key)
    }
}

/// The steps for one harm, first step first.
pub fn harm_steps(harm: Harm, urgency: Urgency, asker: Asker) -> impl Iterator<Item = &'static Step> {
    topic_steps(harm.code(), urgency, asker)
}

/// The steps for a result without a harm (`unsure`, `none_known`, `benign_lookalike`).
pub fn general_steps(topic: &'static str, urgency: Urgency, asker: Asker) -> impl Iterator<Item = &'static Step> {
    topic_steps(topic, urgency, asker)
}

/// The steps for present danger: all of them where a body is in danger, only whom to call where money or pictures are.
pub fn danger_steps(harm: Option<Harm>, asker: Asker) -> impl Iterator<Item = &'static Step> {
    let bodily = harm.is_none_or(Harm::is_bodily);
    topic_steps("now", Urgency::Now, asker).filter(move |s| bodily || !s.service.is_empty())
}

fn topic_steps(topic: &'static str, urgency: Urgency, asker: Asker) -> impl Iterator<Item = &'static Step> {
    STEPS.iter().filter(move |s| s.topic == topic && s.fits(urgency, asker))
}
