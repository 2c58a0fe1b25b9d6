//! The typed result: everything a page or a terminal draws, already in the reader's language.

use crate::{LinkView, Piece, UrgencyView, advice, links, phrases, urgency, words};
use recognise::{Assessment, HarmFinding, InputError, TacticSpan};
use vocabulary::{
    Asker, Harm, Lang, OrganisationKind, Province, ResultKind, Speaker, Step, Tactic, Urgency,
    directory::{Channel, Directory, Moment, Need, Service},
};

/// Who reads, for whom, where and when.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The language of the answer.
    pub lang: Lang,
    /// Who asks, about whom.
    pub asker: Asker,
    /// Where help is wanted.
    pub province: Option<&'static Province>,
    /// Now, for what is open.
    pub now: Moment,
}

impl Reader {
    /// Somebody asking for herself in Vietnamese, nothing else known.
    pub fn new(now: Moment) -> Self {
        Self { lang: Lang::Vi, asker: Asker::default(), province: None, now }
    }
}

/// A harm as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HarmView {
    /// The code.
    pub code: Harm,
    /// Its name.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub line: &'static str,
}

/// A sign found in the words, explained once however often it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// From 1, in the order of the text.
    pub number: usize,
    /// The code.
    pub code: Tactic,
    /// Its name.
    pub name: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub act: &'static str,
}

/// A service, with what the moment makes of it.
#[derive(Clone, Copy, Debug)]
pub struct Helper<'a> {
    /// The service.
    pub service: &'a Service,
    /// Somebody answers now.
    pub open: bool,
    /// Nobody checked the row for too long.
    pub overdue: bool,
}

/// A step, with the number to call where it names a service that has one.
#[derive(Clone, Copy, Debug)]
pub struct StepView<'a> {
    /// The step.
    pub step: &'static Step,
    /// Whom to call for it.
    pub call: Option<&'a Service>,
}

impl<'a> Helper<'a> {
    /// A service at this moment.
    pub fn at(service: &'a Service, now: Moment) -> Self {
        Self { service, open: service.hours.open_at(now), overdue: service.is_overdue(now) }
    }
}

/// Everything that is shown after a check.
#[derive(Clone, Debug)]
pub struct Guidance<'a> {
    /// The language of every sentence below.
    pub lang: Lang,
    /// Which of the four results.
    pub result: ResultKind,
    /// `This message looks very much like`; for a result without harm, the result itself.
    pub lead: &'static str,
    /// The name of the likeliest harm, or what an innocent text looks like.
    pub title: Option<&'static str>,
    /// One or two sentences to the reader.
    pub line: &'static str,
    /// How soon, and why.
    pub urgency: Option<UrgencyView>,
    /// The harms, likeliest first.
    pub harms: Vec<HarmView>,
    /// The turn of a chat at which it became a warning.
    pub turn: Option<u32>,
    /// Her words, cut at the signs.
    pub pieces: Vec<Piece>,
    /// The signs by number.
    pub signs: Vec<Sign>,
    /// The links, worst first.
    pub links: Vec<LinkView>,
    /// Emergency numbers, where life or body is in danger.
    pub emergency: Vec<Helper<'a>>,
    /// What to do, first step first.
    pub todo: Vec<StepView<'a>>,
    /// What to leave.
    pub leave: Vec<&'static Step>,
    /// Who helps, best first.
    pub helpers: Vec<Helper<'a>>,
}

impl<'a> Guidance<'a> {
    /// What is said to somebody who told what happened and was not understood: a machine can't be sure that a text is
    /// no telling, so no answer without a harm leaves this out.
    pub const fn if_it_happened(&self) -> Option<&'static str> {
        match self.result {
            ResultKind::NoneKnown | ResultKind::BenignLookalike => Some(phrases::if_it_happened(self.lang)),
            ResultKind::Harm | ResultKind::Unsure => None,
        }
    }

    /// Says an assessment of `text` to this reader.
    pub fn new(text: &str, assessment: &Assessment, reader: &Reader, directory: &'a Directory) -> Self {
        let lang = reader.lang;
        let urgency = urgency::view(assessment, reader.asker, lang);
        let steps = advice::steps(assessment, urgency.as_ref().map(|u| u.code), reader.asker);
        let harms: Vec<HarmView> = assessment.harms.iter().map(|h| harm(h.code, lang)).collect();
        let signs = signs(&assessment.tactics, lang);
        let number = |span: &TacticSpan| signs.iter().find(|s| s.code == span.code).map(|s| s.number);
        let benign = assessment.benign_kind;
        let with_call =
            |step: &'static Step| StepView { step, call: directory.by_id(step.service).filter(|s| s.phone.is_some()) };
        let (emergency, helpers) = helpers(assessment, urgency.as_ref(), &steps.todo, reader, directory);
        Self {
            lang,
            result: assessment.result,
            lead: lead(assessment, lang),
            title: harms.first().map(|h| h.name).or(benign.map(|b| b.name(lang))),
            line: benign.map_or_else(|| line(assessment, reader), |b| b.line(lang)),
            pieces: words::cut(text, &assessment.tactics, number),
            links: links::view(&assessment.links, lang),
            turn: assessment.turn.filter(|_| !harms.is_empty()),
            todo: steps.todo.into_iter().map(with_call).collect(),
            leave: steps.leave,
            urgency,
            harms,
            signs,
            emergency,
            helpers,
        }
    }

    /// Whether life or body may be in danger.
    pub fn is_danger(&self) -> bool {
        self.urgency.as_ref().is_some_and(|u| u.code == Urgency::Now)
    }
}

fn harm(code: Harm, lang: Lang) -> HarmView {
    HarmView { code, name: code.name(lang), line: code.line(lang) }
}

/// How sure, in words: a percentage would read as a promise.
fn lead(assessment: &Assessment, lang: Lang) -> &'static str {
    let told = matches!(assessment.speaker, Some(Speaker::Harmed | Speaker::Witness));
    let Some(HarmFinding { probability, .. }) = assessment.harms.first() else {
        return assessment.result.name(lang);
    };
    let unsure = assessment.result == ResultKind::Unsure;
    match (told, unsure || *probability < 0.6, *probability < 0.85) {
        (true, true, _) => phrases::story_maybe(lang),
        (true, false, true) => phrases::story_like(lang),
        (true, false, false) => phrases::story_very_like(lang),
        (false, true, _) => phrases::message_maybe(lang),
        (false, false, true) => phrases::message_like(lang),
        (false, false, false) => phrases::message_very_like(lang),
    }
}

fn line(assessment: &Assessment, reader: &Reader) -> &'static str {
    use vocabulary::Audience::Self_;
    match (assessment.result, assessment.speaker) {
        (ResultKind::Harm, Some(Speaker::Harmed)) if reader.asker.audience == Self_ => {
            phrases::thank_for_telling(reader.lang)
        }
        (ResultKind::Harm, _) if reader.asker.audience != Self_ => phrases::not_their_fault(reader.lang),
        (ResultKind::Harm, Some(Speaker::Witness)) => phrases::not_their_fault(reader.lang),
        (result, _) => result.line(reader.lang),
    }
}

fn signs(spans: &[TacticSpan], lang: Lang) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    for span in spans {
        if !signs.iter().any(|s| s.code == span.code) {
            let code = span.code;
            signs.push(Sign {
                number: signs.len() + 1,
                code,
                name: code.name(lang),
                why: code.why(lang),
                act: code.act(lang),
            });
        }
    }
    signs
}

/// With nothing known to be wrong, a few who listen are enough.
const HELPERS_WITHOUT_HARM: usize = 3;

fn helpers<'a>(
    assessment: &Assessment,
    urgency: Option<&UrgencyView>,
    todo: &[&Step],
    reader: &Reader,
    directory: &'a Directory,
) -> (Vec<Helper<'a>>, Vec<Helper<'a>>) {
    let harms: Vec<Harm> = assessment.harms.iter().map(|h| h.code).take(2).collect();
    let need = Need {
        harms: &harms,
        asker: reader.asker,
        province: reader.province.map(|p| p.code),
        urgency: urgency.map(|u| u.code),
    };
    let mut found = directory.helpers(&need, reader.now);
    // What a step names stands before what only fits, as long as somebody answers there.
    let named = |s: &Service| todo.iter().any(|step| step.service == s.id);
    found.sort_by_key(|s| (!s.hours.open_at(reader.now), !named(s)));
    if harms.is_empty() {
        found.retain(|s| s.channel == Channel::Phone && !s.emergency);
        found.truncate(HELPERS_WITHOUT_HARM);
    }
    let in_danger = need.urgency == Some(Urgency::Now);
    let first = if in_danger { numbers_for_danger(todo, directory) } else { Vec::new() };
    found.retain(|s| !first.iter().any(|f| f.id == s.id));
    let at = |services: Vec<&'a Service>| services.into_iter().map(|s| Helper::at(s, reader.now)).collect();
    (at(first), at(found))
}

/// The numbers that the steps name and that answer day and night: police, ambulance, the children's line.
fn numbers_for_danger<'a>(todo: &[&Step], directory: &'a Directory) -> Vec<&'a Service> {
    let mut numbers: Vec<&Service> = Vec::new();
    for service in todo.iter().filter_map(|step| directory.by_id(step.service)) {
        let answers = service.emergency || service.kind == OrganisationKind::ChildProtection;
        if answers && service.phone.is_some() && !numbers.iter().any(|n| n.id == service.id) {
            numbers.push(service);
        }
    }
    numbers
}

/// Why a text could not be read, and what to do, in the reader's language.
pub fn input_error(error: &InputError, lang: Lang) -> &'static str {
    match error {
        InputError::Empty => phrases::empty(lang),
        InputError::TooLong { .. } => phrases::too_long(lang),
        InputError::NotText => phrases::not_text(lang),
    }
}
