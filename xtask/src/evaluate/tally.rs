//! Counting right and wrong.

use super::Judged;
use std::collections::BTreeMap;
use vocabulary::{BenignKind, Harm, ResultKind, Speaker};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub of: u32,
    pub hit: u32,
}

impl Share {
    pub fn add(&mut self, hit: bool) {
        self.of += 1;
        self.hit += u32::from(hit);
    }

    pub fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { f64::from(self.hit) / f64::from(self.of) }
    }
}

/// Right, wrongly told, missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub right: u32,
    pub wrong: u32,
    pub missed: u32,
}

impl Counts {
    pub fn precision(self) -> f64 {
        Share { of: self.right + self.wrong, hit: self.right }.share()
    }

    pub fn recall(self) -> f64 {
        Share { of: self.right + self.missed, hit: self.right }.share()
    }

    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// Everything that is counted over one split.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub texts: u32,
    pub chats: u32,
    /// By language (`vi`, `en`) and harm, messages alone.
    pub harms: BTreeMap<(&'static str, Harm), Counts>,
    /// Messages with an acute harm that are told as a harm, an acute one among those named.
    pub acute: Share,
    /// Messages with any harm that are told as one.
    pub any: Share,
    /// Messages with any harm that get at least `unsure`.
    pub noticed: Share,
    /// Innocent messages called a harm, by kind.
    pub alarms: BTreeMap<Option<BenignKind>, Share>,
    /// Innocent messages answered `unsure`.
    pub doubts: Share,
    /// Tellings of people harmed and witnesses that are answered as if nothing were known.
    pub unheard: Share,
    pub speaker: Share,
    pub speakers: BTreeMap<Speaker, Counts>,
    /// Urgency told exactly, and told too low.
    pub urgency: Share,
    pub urgency_low: Share,
    /// Tactic spans that touch a marked span of their code.
    pub spans: Counts,
    pub chats_told: Share,
    pub chat_alarms: Share,
    /// Chats told at or before the turn at which a careful adult would warn, or the next.
    pub chats_in_time: Share,
}

impl Tally {
    pub fn of(judged: &[Judged]) -> Self {
        let mut tally = Self::default();
        for one in judged {
            if one.record.is_chat() {
                tally.chat(one);
            } else if one.record.harms.is_empty() {
                tally.innocent(one);
            } else {
                tally.harmful(one);
            }
        }
        tally
    }

    /// The innocent group with the highest share of false alarms. Public texts and small talk are groups too.
    pub fn worst_group(&self) -> (Option<BenignKind>, f64) {
        let shares = self.alarms.iter().map(|(kind, share)| (*kind, share.share()));
        shares.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((None, 0.0))
    }

    /// Mean F1 over the harms of a language.
    pub fn macro_f1(&self, lang: &str) -> f64 {
        let f1: Vec<f64> = self.harms.iter().filter(|((l, _), _)| *l == lang).map(|(_, c)| c.f1()).collect();
        f1.iter().sum::<f64>() / f1.len().max(1) as f64
    }

    fn innocent(&mut self, one: &Judged) {
        self.texts += 1;
        let alarm = one.said.result == ResultKind::Harm;
        self.alarms.entry(one.record.benign_kind).or_default().add(alarm);
        self.doubts.add(one.said.result == ResultKind::Unsure);
        self.count_harms(one);
    }

    fn harmful(&mut self, one: &Judged) {
        self.texts += 1;
        let (record, said) = (one.record, &one.said);
        let told = said.result == ResultKind::Harm;
        self.any.add(told);
        self.noticed.add(told || said.result == ResultKind::Unsure);
        if record.is_acute() {
            self.acute.add(told && said.harms.iter().any(|h| h.code.is_acute()));
        }
        if matches!(record.speaker, Some(Speaker::Harmed | Speaker::Witness)) {
            self.unheard.add(matches!(said.result, ResultKind::NoneKnown | ResultKind::BenignLookalike));
        }
        self.count_harms(one);
        self.count_spans(one);
        if let (true, Some(gold)) = (told, record.speaker) {
            self.speaker.add(said.speaker == Some(gold));
            for speaker in Speaker::ALL {
                let counts = self.speakers.entry(*speaker).or_default();
                count(counts, gold == *speaker, said.speaker == Some(*speaker));
            }
        }
        if let (true, Some(gold), Some(urgency)) = (told, record.urgency, said.urgency) {
            self.urgency.add(urgency == gold);
            self.urgency_low.add(urgency > gold);
        }
    }

    fn count_harms(&mut self, one: &Judged) {
        let lang = if one.record.lang == "en" { "en" } else { "vi" };
        let told = |h: Harm| one.said.result == ResultKind::Harm && one.said.harms.iter().any(|f| f.code == h);
        for harm in Harm::ALL {
            let counts = self.harms.entry((lang, *harm)).or_default();
            count(counts, one.record.harms.contains(harm), told(*harm));
        }
    }

    fn count_spans(&mut self, one: &Judged) {
        let touch = |a: &recognise::TacticSpan, b: &recognise::TacticSpan| {
            a.code == b.code && a.start < b.end && b.start < a.end
        };
        for gold in &one.record.spans {
            let found = one.said.tactics.iter().any(|t| touch(t, gold));
            if found { self.spans.right += 1 } else { self.spans.missed += 1 }
        }
        self.spans.wrong +=
            one.said.tactics.iter().filter(|t| !one.record.spans.iter().any(|g| touch(t, g))).count() as u32;
    }

    fn chat(&mut self, one: &Judged) {
        self.chats += 1;
        let told = one.said.result == ResultKind::Harm;
        if one.record.harms.is_empty() {
            self.chat_alarms.add(told);
            return;
        }
        self.chats_told.add(told);
        if let Some(warning) = one.record.warning_turn {
            self.chats_in_time.add(one.said.turn.is_some_and(|turn| turn <= warning + 1));
        }
    }
}

fn count(counts: &mut Counts, gold: bool, told: bool) {
    match (gold, told) {
        (true, true) => counts.right += 1,
        (true, false) => counts.missed += 1,
        (false, true) => counts.wrong += 1,
        (false, false) => {}
    }
}

/// One line a mistake; for the training split only.
pub fn print_mistakes(judged: &[Judged]) {
    for Judged { record, said } in judged {
        let harmful = !record.harms.is_empty();
        let told = said.result == ResultKind::Harm;
        if harmful != told {
            let top = said.harms.first().map(|h| format!("{} {:.2}", h.code, h.probability)).unwrap_or_default();
            println!(
                "{} {:?}/{:?} said {} {top}: {}",
                record.id,
                record.harms,
                record.benign_kind,
                said.result,
                record.text.replace('\n', " / ")
            );
        }
    }
}
