//! Lessons and simulated chats as WebAssembly: played on the learner's own device, JSON in and JSON out.
//!
//! - [`Tutor`]: a lesson, module or chat on its way, step by step and scene by scene;
//! - [`Boxes`]: what she meets again, and when.
//!
//! ```
//! let mut tutor = tutor::Tutor::new(r#"{"step":[{"kind":"tell","text":"Hi"},
//!     {"kind":"choose","text":"Tell whom?","answers":[{"text":"Mum","good":true,"why":"Yes"}]}]}"#).unwrap();
//! assert!(tutor.go_on());
//! assert_eq!(tutor.answer(r#"{"chosen":0}"#).unwrap(), "right");
//! ```
//!
//! Deliberately absent: the recogniser (what it found is handed in), storage, network, the clock (the day is handed in),
//! and every word she writes as soon as a road was taken. What fails throws a [`Problem`].

mod boxes;
mod content;
mod json;
mod problem;

pub use boxes::Boxes;
pub use problem::Problem;

use content::Content;
use json::Json;
use learn::{
    content::{Chat, Piece, Step, pieces},
    lesson::{Answer, Outcome, Walk},
    play::{By, Play, Turn},
    taken,
};
use vocabulary::Tactic;
use wasm_bindgen::prelude::wasm_bindgen;

/// Where she is. It holds no word of hers.
#[derive(Clone)]
struct State {
    walk: Walk,
    play: Option<Play>,
}

/// A lesson on its way.
#[wasm_bindgen]
pub struct Tutor {
    content: Content,
    state: State,
}

#[wasm_bindgen]
impl Tutor {
    /// Begins a lesson, module or chat: the JSON that the server gives for it.
    #[wasm_bindgen(constructor)]
    pub fn new(content: &str) -> Result<Self, Problem> {
        let content = Content::read(content).ok_or_else(|| Problem::of("content", "not the JSON of a lesson"))?;
        let mut tutor = Self { state: State { walk: Walk::begin(&content.steps), play: None }, content };
        tutor.arrive();
        Ok(tutor)
    }

    /// Goes on where another stands, in the same lesson of either language.
    pub fn resume(&mut self, other: &Self) -> Result<(), Problem> {
        if other.content.steps.len() != self.content.steps.len() {
            return Err(Problem::of("state", "this state belongs to another lesson"));
        }
        self.state = other.state.clone();
        Ok(())
    }

    /// The step she is at, from 0; the number of steps when all are passed.
    pub fn at(&self) -> usize {
        self.state.walk.at()
    }

    /// Answers the step she is at, as `learn::lesson::Answer` in JSON: `"done"`, `{"chosen":1}`, `{"sorted":[0,1]}`. Gives
    /// `right`, `partly`, `not_yet` or `done`.
    pub fn answer(&mut self, answer: &str) -> Result<String, Problem> {
        // What was given is not quoted.
        let answer = Json::read(answer).as_ref().and_then(answered);
        let answer = answer.ok_or_else(|| Problem::of("answer", "not the JSON of an answer"))?;
        Ok(code(self.state.walk.answer(&self.content.steps, &answer)?).to_owned())
    }

    /// Goes on; false at the end.
    pub fn go_on(&mut self) -> bool {
        let moved = self.state.walk.go_on();
        self.arrive();
        moved
    }

    /// Goes back a step; false at the first.
    pub fn go_back(&mut self) -> bool {
        let moved = self.state.walk.go_back();
        self.arrive();
        moved
    }

    /// Goes to a step, from 0; behind the last one it stays at the end.
    pub fn go_to(&mut self, step: usize) {
        while self.at() > step && self.state.walk.go_back() {}
        while self.at() < step && self.state.walk.go_on() {}
        self.arrive();
    }

    /// What came of each step at the first try: a JSON list of codes, null where it was passed over.
    pub fn outcomes(&self) -> String {
        self.state
            .walk
            .outcomes()
            .iter()
            .map(|one| one.map_or(Json::Null, |one| code(one).into()))
            .collect::<Json>()
            .to_string()
    }

    /// The steps to meet again, from 0.
    pub fn missed(&self) -> Vec<u32> {
        self.state.walk.missed().map(|step| step as u32).collect()
    }

    /// `{"points":5,"of":8}`.
    pub fn score(&self) -> String {
        let score = self.state.walk.score();
        Json::map([("points", Json::Number(score.points.into())), ("of", Json::Number(score.of.into()))]).to_string()
    }

    /// The text of a spot step, taken apart: a JSON list of `[words]` and `[words, tactic]`.
    pub fn pieces(&self) -> String {
        let Some(Step::Spot { text, .. }) = self.step() else { return "[]".into() };
        let shown = pieces(text).into_iter().map(|piece| match piece {
            Piece::Plain(words) => Json::texts([words]),
            Piece::Marked(code, words) => Json::texts([words, code]),
        });
        shown.collect::<Json>().to_string()
    }

    /// Her words in a write step: the number of the road that answers, from 0, or -1 for `otherwise`. `shows`: a JSON list
    /// of the tactics that the recogniser found.
    pub fn reads(&self, said: &str, shows: &str) -> Result<i32, Problem> {
        let Some(Step::Write { roads, .. }) = self.step() else {
            return Err(Problem::of("answer", "this step asks for no words"));
        };
        let road = taken(roads, said, &tactics(shows));
        Ok(road.and_then(|road| i32::try_from(road).ok()).unwrap_or(-1))
    }

    /// The scene of the chat she is in.
    pub fn scene(&self) -> Result<String, Problem> {
        let (play, chat) = self.playing()?;
        Ok(play.scene(chat)?.id.clone())
    }

    /// Takes a choice, from 0.
    pub fn choose(&mut self, number: usize) -> Result<(), Problem> {
        self.played(|play, chat| play.choose(chat, number))
    }

    /// Answers a chat in her own words; `shows` as in [`Self::reads`].
    pub fn write(&mut self, said: &str, shows: &str) -> Result<(), Problem> {
        let shows = tactics(shows);
        self.played(|play, chat| play.write(chat, said, &shows))
    }

    /// Takes back the last move of a chat; false at its beginning.
    pub fn rewind(&mut self) -> bool {
        self.state.play.as_mut().is_some_and(Play::rewind)
    }

    /// Goes back to before this move of a chat, from 0; false where there is none.
    pub fn rewind_to(&mut self, turn: usize) -> bool {
        self.state.play.as_mut().is_some_and(|play| play.rewind_to(turn))
    }

    /// Begins the chat anew.
    pub fn restart(&mut self) {
        self.state.play = None;
        self.arrive();
    }

    /// The way through the chat so far: a JSON list of `{"from": scene, "by": {"choice": 0}}`.
    pub fn trail(&self) -> String {
        self.state.play.iter().flat_map(Play::trail).map(turn).collect::<Json>().to_string()
    }
}

impl Tutor {
    fn step(&self) -> Option<&Step<String>> {
        self.content.steps.get(self.at())
    }

    fn chat(&self) -> Option<&Chat<String>> {
        let Step::Chat { chat, .. } = self.step()? else { return None };
        self.content.chats.iter().find(|one| one.id == *chat)
    }

    /// At a step with a chat, it begins.
    fn arrive(&mut self) {
        self.state.play = self.chat().map(Play::begin);
    }

    fn playing(&self) -> Result<(&Play, &Chat<String>), Problem> {
        let no_chat = || Problem::of("answer", "this step has no chat");
        Ok((self.state.play.as_ref().ok_or_else(no_chat)?, self.chat().ok_or_else(no_chat)?))
    }

    fn played(
        &mut self,
        work: impl FnOnce(&mut Play, &Chat<String>) -> Result<(), learn::play::PlayError>,
    ) -> Result<(), Problem> {
        let (play, chat) = self.playing()?;
        let mut play = play.clone();
        work(&mut play, chat)?;
        self.state.play = Some(play);
        Ok(())
    }
}

fn answered(json: &Json) -> Option<Answer> {
    Some(match json {
        Json::Text(done) if done == "done" => Answer::Done,
        Json::Map(pairs) => {
            let [(kind, value)] = &**pairs else { return None };
            match &**kind {
                "chosen" => Answer::Chosen(value.number()?),
                "tapped" => {
                    Answer::Tapped { marked: value.get("marked")?.numbers()?, others: value.get("others")?.number()? }
                }
                "sorted" => Answer::Sorted(value.numbers()?),
                "ordered" => Answer::Ordered(value.numbers()?),
                "ended" => Answer::Ended(value.text()?.parse().ok()?),
                _ => return None,
            }
        }
        _ => return None,
    })
}

const fn code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Right => "right",
        Outcome::Partly => "partly",
        Outcome::NotYet => "not_yet",
        Outcome::Done => "done",
    }
}

fn turn(turn: &Turn) -> Json {
    let by = match turn.by {
        By::Choice(number) => ("choice", number.into()),
        By::Own(road) => ("own", road.map_or(Json::Null, Json::from)),
    };
    Json::map([("from", (*turn.from).into()), ("by", Json::map([by]))])
}

/// What the recogniser knows and we don't is left out.
fn tactics(shows: &str) -> Vec<Tactic> {
    let shows = Json::read(shows);
    let codes = shows.as_ref().and_then(Json::list).into_iter().flatten().filter_map(Json::text);
    codes.filter_map(|code| code.parse().ok()).collect()
}

#[cfg(test)]
mod tests;
