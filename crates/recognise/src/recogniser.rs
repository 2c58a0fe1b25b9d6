//! The one entrance: text in, assessment out.

use crate::assessment::{Assessment, LinkFinding, TacticSpan};
use crate::chat::{Chat, parse_chat};
use crate::course::Course;
use crate::features::{self, Features};
use crate::links::{self, HostList};
use crate::model::{COLUMNS, Model, ModelError};
use crate::rules::{Hit, Meaning, Room, Rules};
use crate::text::{LinkPlace, Normalised, Reading, Token, Tokens, detect, normalise};
use crate::verdict::{At, Evidence, decide};
use std::borrow::Cow;
use vocabulary::{Asker, Harm, Language, ResultKind, Tactic, Urgency, danger_steps, general_steps, harm_steps};

/// The longest input in bytes (8 MiB: a chat of 100,000 lines). Callers on a network set a lower one of their own.
pub const MAX_INPUT_BYTES: usize = 8 * 1024 * 1024;

/// No more tactics than this are listed: the rest of a very long chat repeats them.
pub const MAX_TACTICS: usize = 2_000;

/// No more links than this are judged.
pub const MAX_LINKS: usize = 1_000;

/// From this many words on a text is read in stretches.
const LONG_TEXT: usize = 160;
const STRETCH: usize = 40;

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// Nothing to read: empty, or only blanks and invisible characters.
    #[error("the text is empty")]
    Empty,
    /// Longer than the limit.
    #[error("the text is longer than {limit} bytes")]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Bytes that are no text (control characters of a binary file, or not UTF-8).
    #[error("this is not text")]
    NotText,
}

impl InputError {
    /// A stable code for problem documents and translations: `empty`, `too_long`, `not_text`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::NotText => "not_text",
        }
    }
}

/// Rules, model and host list, ready to read texts. Immutable: share it between threads.
#[derive(Debug)]
pub struct Recogniser {
    rules: Rules,
    model: Model,
    hosts: HostList,
    /// The harm that a cue `sure.<harm>` is sure of, by group.
    sure: Vec<Option<Harm>>,
    near: Option<u16>,
    advice: AdviceKeys,
    version: Cow<'static, str>,
}

/// Room for reading, kept from text to text so that reading allocates next to nothing.
#[derive(Debug, Default)]
pub struct Scratch {
    tokens: Tokens,
    room: Room,
    features: Features,
}

/// What one message showed.
struct Seen {
    reading: Reading,
    links: Vec<LinkFinding>,
}

impl Recogniser {
    /// The recogniser with the rules, weights and hosts that this version ships.
    ///
    /// # Panics
    /// Never: a test reads the shipped weights with the shipped rules.
    pub fn shipped() -> Self {
        let model = Model::shipped().expect("a test reads the shipped weights");
        Self::with_model(model).expect("a test reads the shipped weights with the shipped rules")
    }

    /// The shipped rules and hosts with other weights.
    pub fn with_model(model: Model) -> Result<Self, ModelError> {
        Self::assemble(Rules::shipped(), model)
    }

    pub(crate) fn assemble(rules: Rules, model: Model) -> Result<Self, ModelError> {
        let program = features::fingerprint(&rules);
        if model.fingerprint != program {
            return Err(ModelError::OtherRules { model: model.fingerprint, program });
        }
        let sure = rules.groups.iter().map(|g| match &g.meaning {
            Meaning::Cue(name) => name.strip_prefix("sure.").and_then(|harm| harm.parse().ok()),
            Meaning::Tactic(_) => None,
        });
        Ok(Self {
            sure: sure.collect(),
            near: rules.cue("near"),
            advice: AdviceKeys::new(),
            version: format!("{}-{:08x}", model.version, model.fingerprint).into(),
            hosts: HostList::shipped(),
            rules,
            model,
        })
    }

    /// The same with another host list in force.
    #[must_use]
    pub fn with_hosts(self, hosts: HostList) -> Self {
        Self { hosts, ..self }
    }

    /// The host list in force.
    pub const fn hosts(&self) -> &HostList {
        &self.hosts
    }

    /// Version of rules and model, as it stands in each assessment.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Reads one text: a message, a link or a pasted chat (told apart by its shape).
    pub fn assess(&self, text: &str) -> Result<Assessment, InputError> {
        self.assess_with(text, &mut Scratch::default())
    }

    /// Reads bytes that may not be text at all (a file, a request body).
    pub fn assess_bytes(&self, bytes: &[u8]) -> Result<Assessment, InputError> {
        if bytes.len() > MAX_INPUT_BYTES {
            return Err(InputError::TooLong { limit: MAX_INPUT_BYTES });
        }
        self.assess(str::from_utf8(bytes).map_err(|_| InputError::NotText)?)
    }

    /// As [`Self::assess`], reusing the room of earlier texts.
    pub fn assess_with(&self, text: &str, scratch: &mut Scratch) -> Result<Assessment, InputError> {
        check_input(text)?;
        match parse_chat(text) {
            Some(chat) => Ok(self.assess_chat(text, &chat, scratch)),
            None => Ok(self.assess_message(text, scratch)),
        }
    }

    /// The text as the rules read it, with a map to the original.
    pub fn normalise(&self, text: &str) -> Normalised {
        normalise(text, &links::find(text), &self.rules.lexicon, &self.rules.shorthand)
    }

    fn assess_message(&self, text: &str, scratch: &mut Scratch) -> Assessment {
        let seen = self.look(text, scratch);
        let (probabilities, at) = if scratch.tokens.list.len() <= LONG_TEXT {
            let logits = self.model.logits(&self.model.sum(&scratch.features));
            (self.model.probabilities(&logits), self.at(seen.reading.language, false))
        } else {
            (self.long_text(&seen, scratch), self.at(seen.reading.language, true))
        };
        let mut tactics = Vec::new();
        self.tactic_spans(&scratch.room.hits, &scratch.tokens.list, 0, &mut tactics);
        tactics.truncate(MAX_TACTICS);
        let cues = self.cues(&scratch.room.hits);
        self.answer(probabilities, at, tactics, &cues, seen.links, seen.reading.language, None)
    }

    /// The thresholds for a message in this language, or for a course of messages.
    fn at(&self, language: Language, course: bool) -> At {
        let (model, place) = (&self.model, usize::from(language != Language::Vi));
        let [harm, unsure] = if course { model.chat_at } else { [model.harm_at[place], model.unsure_at[place]] };
        At { harm, unsure, told: model.told_at[place], urgent: model.urgent_at }
    }

    /// Reads a long text in stretches, with the signs of each stretch.
    fn long_text(&self, seen: &Seen, scratch: &Scratch) -> [f32; COLUMNS] {
        let tokens = &scratch.tokens;
        let mut course = Course::new(&self.model, f32::MAX);
        let mut hits = vec![Vec::new(); tokens.list.len().div_ceil(STRETCH)];
        for hit in &scratch.room.hits {
            hits[hit.place.start / STRETCH].push(hit.clone());
        }
        for (stretch, hits) in tokens.list.chunks(STRETCH).zip(&hits) {
            let mut features = Features::default();
            features::pieces(stretch, &mut features.pieces);
            features::signs(&self.rules, tokens, seen.reading, hits, &seen.links, &mut features.signs);
            course.push(features);
        }
        course.finish().worst
    }

    fn assess_chat(&self, text: &str, chat: &Chat, scratch: &mut Scratch) -> Assessment {
        let mut course = Course::new(&self.model, self.model.chat_at[0]);
        let (mut tactics, mut all_links, mut cues) = (Vec::new(), Vec::new(), Cues::default());
        let mut languages = [0_u32; Language::ALL.len()];
        for turn in &chat.turns {
            let mut seen = self.look(&text[turn.bytes.clone()], scratch);
            languages[seen.reading.language as usize] += 1;
            self.tactic_spans(&scratch.room.hits, &scratch.tokens.list, turn.first_point, &mut tactics);
            cues.join(self.cues(&scratch.room.hits));
            for link in &mut seen.links {
                link.start += turn.first_point;
                link.end += turn.first_point;
            }
            if all_links.len() < MAX_LINKS {
                all_links.append(&mut seen.links);
            }
            course.push(std::mem::take(&mut scratch.features));
        }
        tactics.truncate(MAX_TACTICS);
        all_links.truncate(MAX_LINKS);
        let outcome = course.finish();
        let language = main_language(&languages);
        self.answer(outcome.worst, self.at(language, true), tactics, &cues, all_links, language, outcome.turn)
    }

    /// Reads one message into the scratch room: tokens, hits, features.
    fn look(&self, text: &str, scratch: &mut Scratch) -> Seen {
        let places = links::find(text);
        scratch.tokens.read(text, &places, &self.rules.lexicon, &self.rules.shorthand);
        let reading = detect(&scratch.tokens, &self.rules.flags);
        self.rules.find(&scratch.tokens.list, reading.loose, &mut scratch.room);
        let links: Vec<_> = places.iter().take(MAX_LINKS).map(|place| self.judge(text, place)).collect();
        scratch.features.clear();
        features::pieces(&scratch.tokens.list, &mut scratch.features.pieces);
        let signs = &mut scratch.features.signs;
        features::signs(&self.rules, &scratch.tokens, reading, &scratch.room.hits, &links, signs);
        Seen { reading, links }
    }

    fn judge(&self, text: &str, place: &LinkPlace) -> LinkFinding {
        links::judge(text, place, &self.hosts)
    }

    fn tactic_spans(&self, hits: &[Hit], tokens: &[Token], offset: u32, out: &mut Vec<TacticSpan>) {
        if out.len() >= MAX_TACTICS {
            return;
        }
        let first = out.len();
        for hit in hits {
            if let Meaning::Tactic(code) = self.rules.groups[hit.group as usize].meaning {
                let (start, end) = (tokens[hit.place.start].start, tokens[hit.place.end - 1].end);
                out.push(TacticSpan { code, start: start + offset, end: end + offset });
            }
        }
        out[first..].sort_unstable_by_key(|t| (t.start, t.end, t.code));
    }

    fn cues(&self, hits: &[Hit]) -> Cues {
        let mut cues = Cues::default();
        for hit in hits {
            cues.sure.extend(self.sure[hit.group as usize]);
            cues.near |= Some(hit.group) == self.near;
        }
        cues
    }

    #[expect(clippy::too_many_arguments, reason = "everything an assessment is made of meets here, once")]
    fn answer(
        &self,
        probabilities: [f32; COLUMNS],
        at: At,
        tactics: Vec<TacticSpan>,
        cues: &Cues,
        links: Vec<LinkFinding>,
        language: Language,
        turn: Option<u32>,
    ) -> Assessment {
        let codes: Vec<Tactic> = tactics.iter().map(|t| t.code).collect();
        let verdict =
            decide(Evidence { probabilities, at, tactics: &codes, sure: &cues.sure, links: &links, near: cues.near });
        let harmful = matches!(verdict.result, ResultKind::Harm | ResultKind::Unsure);
        Assessment {
            advice: self.advice.of(verdict.result, verdict.harms.first().map(|h| h.code), verdict.urgency),
            // In an innocent text the same words show nothing.
            tactics: if harmful { tactics } else { Vec::new() },
            turn: turn.filter(|_| verdict.result == ResultKind::Harm).map(|t| t + 1),
            result: verdict.result,
            harms: verdict.harms,
            benign_kind: verdict.benign_kind,
            urgency: verdict.urgency,
            speaker: verdict.speaker,
            links,
            language,
            model: self.version.clone(),
        }
    }
}

/// What the cues of a text say, apart from what the model makes of them.
#[derive(Default)]
struct Cues {
    sure: Vec<Harm>,
    near: bool,
}

impl Cues {
    fn join(&mut self, other: Self) {
        self.sure.extend(other.sure);
        self.sure.sort_unstable();
        self.sure.dedup();
        self.near |= other.near;
    }
}

fn check_input(text: &str) -> Result<(), InputError> {
    if text.len() > MAX_INPUT_BYTES {
        return Err(InputError::TooLong { limit: MAX_INPUT_BYTES });
    }
    // A binary file that happens to be UTF-8 is full of control characters.
    let controls = text.bytes().filter(|b| *b < 9 || (14..27).contains(b)).count();
    if controls * 50 > text.len() {
        return Err(InputError::NotText);
    }
    let visible = |c: char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c as u32, 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0x300..=0x36F)
    };
    if text.chars().any(visible) { Ok(()) } else { Err(InputError::Empty) }
}

fn main_language(counts: &[u32; Language::ALL.len()]) -> Language {
    let known = Language::ALL.iter().copied().filter(|l| *l != Language::Unknown && counts[*l as usize] > 0);
    known.max_by_key(|l| counts[*l as usize]).unwrap_or(Language::Unknown)
}

/// Keys of the advice for each harm and urgency, for one who asks for herself and tells no age.
#[derive(Debug)]
struct AdviceKeys {
    by_harm: Vec<[Vec<Cow<'static, str>>; Urgency::ALL.len()]>,
    by_result: Vec<Vec<Cow<'static, str>>>,
}

impl AdviceKeys {
    fn new() -> Self {
        let asker = Asker::default();
        let keys =
            |steps: &mut dyn Iterator<Item = &'static vocabulary::Step>| steps.map(|s| Cow::from(s.key)).collect();
        let for_harm = |harm: Harm, urgency: Urgency| {
            let first: Vec<_> = match urgency {
                Urgency::Now => keys(&mut danger_steps(Some(harm), asker)),
                _ => Vec::new(),
            };
            first.into_iter().chain::<Vec<_>>(keys(&mut harm_steps(harm, urgency, asker))).collect()
        };
        let by_harm = Harm::ALL.iter().map(|h| std::array::from_fn(|u| for_harm(*h, Urgency::ALL[u]))).collect();
        let by_result =
            ResultKind::ALL.iter().map(|r| keys(&mut general_steps(r.code(), Urgency::WhenReady, asker))).collect();
        Self { by_harm, by_result }
    }

    fn of(&self, result: ResultKind, harm: Option<Harm>, urgency: Option<Urgency>) -> Vec<Cow<'static, str>> {
        match (result, harm, urgency) {
            (ResultKind::Harm, Some(harm), Some(urgency)) => self.by_harm[harm as usize][urgency as usize].clone(),
            _ => self.by_result[result as usize].clone(),
        }
    }
}
