//! From probabilities to an answer: which result, which harms, how urgent, who speaks.

use crate::assessment::{HarmFinding, LinkFinding, LinkReason, LinkVerdict};
use crate::model::{COLUMNS, Label};
use vocabulary::{BenignKind, Harm, HarmGroup, ResultKind, Speaker, Tactic, Urgency};

/// A harm beside the first is told from this probability on.
const ALSO_AT: f32 = 0.35;
/// No more harms than this are told: a list of ten helps nobody.
const MOST_HARMS: usize = 4;
/// An innocent kind is named from this probability on.
const KIND_AT: f32 = 0.35;
/// A phrase that is sure by itself lifts its harm to this.
const SURE: f32 = 0.8;
/// Below this probability of any harm a sure phrase is not believed.
const DOUBT: f32 = 0.15;
/// A text of the public (news, a warning) is one from this probability on.
const PUBLIC_AT: f32 = 0.5;

/// Everything a verdict rests on.
pub(crate) struct Evidence<'a> {
    pub probabilities: [f32; COLUMNS],
    pub at: At,
    pub tactics: &'a [Tactic],
    /// Harms for which a phrase stood that is sure by itself.
    pub sure: &'a [Harm],
    pub links: &'a [LinkFinding],
    /// The cue `near`.
    pub near: bool,
}

/// From which probabilities on something is said.
#[derive(Clone, Copy)]
pub(crate) struct At {
    /// Any harm is `harm`, and `unsure`.
    pub harm: f32,
    pub unsure: f32,
    /// A telling is `unsure`.
    pub told: f32,
    /// Urgency is `now`, `today`, `soon`.
    pub urgent: [f32; 3],
}

/// The answer, without places.
pub(crate) struct Verdict {
    pub result: ResultKind,
    pub harms: Vec<HarmFinding>,
    pub benign_kind: Option<BenignKind>,
    pub urgency: Option<Urgency>,
    pub speaker: Option<Speaker>,
}

pub(crate) fn decide(mut evidence: Evidence) -> Verdict {
    lift(&mut evidence);
    let p = |label: Label| evidence.probabilities[label.column()];
    let any = p(Label::AnyHarm);
    // Whoever tells of harm is not sent away with "nothing known" as easily as a message of a stranger is.
    let heard = p(Label::Told) >= evidence.at.told || tells_of_herself(&evidence);
    if any < evidence.at.unsure && !heard {
        return innocent(&evidence);
    }
    let result = if any >= evidence.at.harm { ResultKind::Harm } else { ResultKind::Unsure };
    // Only those that may be told are sorted.
    let most = Harm::ALL.iter().map(|harm| p(Label::Harm(*harm))).fold(0.0, f32::max);
    let likely = Harm::ALL.iter().map(|harm| HarmFinding { code: *harm, probability: p(Label::Harm(*harm)) });
    let mut harms: Vec<HarmFinding> = likely.filter(|harm| harm.probability >= ALSO_AT.min(most)).collect();
    harms.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.code.cmp(&b.code)));
    let kept = harms.iter().take(MOST_HARMS).filter(|h| h.probability >= ALSO_AT).count().max(1);
    harms.truncate(kept);
    for harm in &mut harms {
        harm.probability = (harm.probability * 1000.0).round() / 1000.0;
    }
    let speaker = speaker(&evidence);
    let urgency = urgency(&evidence, &harms, speaker);
    Verdict { result, harms, benign_kind: None, urgency: Some(urgency), speaker: Some(speaker) }
}

/// Words that only someone harmed says: they are never answered with "nothing known", unless in news or in a joke.
fn tells_of_herself(evidence: &Evidence) -> bool {
    let p = |label: Label| evidence.probabilities[label.column()];
    let said = [Tactic::SuicidalWords, Tactic::SentImageAlready, Tactic::PaidAlready, Tactic::Despair];
    let innocent_kind = BenignKind::ALL.iter().any(|kind| p(Label::Benign(*kind)) >= KIND_AT);
    evidence.tactics.iter().any(|t| said.contains(t))
        && p(Label::Speaker(Speaker::Public)) < PUBLIC_AT
        && !innocent_kind
}

/// What is sure by itself needs no model: a reported host, a played brand, a phrase that means one thing.
fn lift(evidence: &mut Evidence) {
    let p = |label: Label| evidence.probabilities[label.column()];
    let warns_others = p(Label::Speaker(Speaker::Public)) >= PUBLIC_AT;
    // A sure phrase in a joke, a song or a lesson: what the model says of the whole text must not speak against it.
    let in_jest = p(Label::AnyHarm) < DOUBT || p(Label::Benign(BenignKind::Joke)) >= KIND_AT;
    let believed = |harm: &&Harm| !warns_others && (!in_jest || **harm == Harm::SelfHarm);
    let sure = SURE.max(evidence.at.harm);
    let mut lifts: Vec<(Harm, f32)> = evidence.sure.iter().filter(believed).map(|harm| (*harm, sure)).collect();
    // A bad link stays one in a text that reads like a warning: deceivers write those too.
    let by_link = if warns_others { evidence.at.unsure } else { sure };
    lifts.extend(evidence.links.iter().filter_map(harm_of_link).map(|harm| (harm, by_link)));
    for (harm, to) in lifts {
        for label in [Label::Harm(harm), Label::AnyHarm] {
            let p = &mut evidence.probabilities[label.column()];
            *p = p.max(to);
        }
    }
}

fn harm_of_link(link: &LinkFinding) -> Option<Harm> {
    let bad = link.verdict == LinkVerdict::KnownBad;
    match link.reasons.first() {
        Some(LinkReason::ReportedGambling) if bad => Some(Harm::Gambling),
        Some(LinkReason::ReportedAdult) if bad => Some(Harm::HarmfulContent),
        _ if bad || link.reasons.contains(&LinkReason::LookalikeBrand) => Some(Harm::Phishing),
        _ => None,
    }
}

fn innocent(evidence: &Evidence) -> Verdict {
    let p = |label: Label| evidence.probabilities[label.column()];
    let kind = BenignKind::ALL.iter().copied().max_by(|a, b| p(Label::Benign(*a)).total_cmp(&p(Label::Benign(*b))));
    let kind = kind.filter(|k| p(Label::Benign(*k)) >= KIND_AT);
    let result = if kind.is_some() { ResultKind::BenignLookalike } else { ResultKind::NoneKnown };
    let public = matches!(kind, Some(BenignKind::News | BenignKind::Prevention));
    Verdict { result, harms: Vec::new(), benign_kind: kind, urgency: None, speaker: public.then_some(Speaker::Public) }
}

fn speaker(evidence: &Evidence) -> Speaker {
    let p = |s: Speaker| evidence.probabilities[Label::Speaker(s).column()];
    let likely = Speaker::ALL.iter().copied().max_by(|a, b| p(*a).total_cmp(&p(*b))).unwrap_or(Speaker::Unclear);
    if p(likely) < 0.3 { Speaker::Unclear } else { likely }
}

/// What the second look says, raised by rules and never lowered (vocabulary.md, "Urgency").
fn urgency(evidence: &Evidence, harms: &[HarmFinding], speaker: Speaker) -> Urgency {
    let p = |label: Label| evidence.probabilities[label.column()];
    let acute = harms.iter().any(|h| h.code.is_acute());
    let has = |tactic: Tactic| evidence.tactics.contains(&tactic);
    let dying = evidence.sure.contains(&Harm::SelfHarm)
        || (has(Tactic::SuicidalWords) && harms.iter().any(|h| h.code == Harm::SelfHarm));
    let money_gone = has(Tactic::PaidAlready) && harms.iter().any(|h| h.code.group() == HarmGroup::Deceit);
    let [now, today, soon] = evidence.at.urgent;
    match () {
        () if speaker == Speaker::Public && !dying => Urgency::WhenReady,
        () if dying || p(Label::Now) >= now || (acute && evidence.near) => Urgency::Now,
        () if p(Label::Today) >= today || money_gone => Urgency::Today,
        () if p(Label::Soon) >= soon => Urgency::Soon,
        () => Urgency::WhenReady,
    }
}
