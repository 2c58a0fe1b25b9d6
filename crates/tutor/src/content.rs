//! A lesson's JSON as the types of `learn`, with what is needed to judge and nothing else: the page has the words already.
//! Read by hand, because derived readers would make what a learner downloads first three times as large.

use crate::json::Json;
use learn::{
    Ages,
    content::{Chat, Choice, Own, Phrases, Reply, Road, Scene, Step, Thing},
};
use std::{collections::BTreeMap, str::FromStr};

/// What is played: of a `learn::content::Pack` the part that is needed here.
pub(crate) struct Content {
    pub steps: Vec<Step<String>>,
    pub chats: Vec<Chat<String>>,
}

impl Content {
    /// None where it isn't a lesson.
    pub fn read(json: &str) -> Option<Self> {
        let value = Json::read(json)?;
        let steps = value.get("step")?.list()?.iter().map(step).collect::<Option<_>>()?;
        Some(Self { steps, chats: all(&value, "chats", chat)? })
    }
}

/// Every element of a list that may be absent.
fn all<T>(of: &Json, name: &str, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    let list = of.get(name).and_then(Json::list).unwrap_or_default();
    list.iter().map(read).collect()
}

fn word(of: &Json, name: &str) -> Option<String> {
    Some(of.get(name)?.text()?.to_owned())
}

fn code<T: FromStr>(value: &Json) -> Option<T> {
    value.text()?.parse().ok()
}

/// In the place of words that the page has.
fn blank() -> String {
    String::new()
}

fn step(of: &Json) -> Option<Step<String>> {
    Some(match of.get("kind")?.text()? {
        "tell" => Step::Tell { speaker: None, text: blank() },
        "reflect" => Step::Reflect { text: blank() },
        "choose" => Step::Choose { speaker: None, text: blank(), answers: all(of, "answers", reply)? },
        "spot" => Step::Spot { from: blank(), text: word(of, "text")?, why: BTreeMap::new() },
        "sort" => Step::Sort {
            text: blank(),
            baskets: all(of, "baskets", |_| Some(blank()))?,
            things: all(of, "things", thing)?,
        },
        "order" => Step::Order { text: blank(), things: all(of, "things", |_| Some(blank()))?, why: blank() },
        "chat" => Step::Chat { text: None, chat: word(of, "chat")? },
        "settings" => Step::Settings { text: blank(), switches: Vec::new() },
        "write" => Step::Write { text: blank(), roads: all(of, "roads", road)?, otherwise: blank() },
        _ => return None,
    })
}

fn reply(of: &Json) -> Option<Reply<String>> {
    Some(Reply { text: blank(), good: of.get("good")?.bool()?, why: blank() })
}

fn thing(of: &Json) -> Option<Thing<String>> {
    Some(Thing { text: blank(), basket: of.get("basket")?.number()?, why: blank() })
}

fn road(of: &Json) -> Option<Road<String>> {
    let phrases = |lang: &str| match of.get("words") {
        Some(words) => all(words, lang, |phrase| Some(phrase.text()?.to_owned())),
        None => Some(Vec::new()),
    };
    Some(Road {
        words: Phrases { vi: phrases("vi")?, en: phrases("en")? },
        gives: all(of, "gives", code)?,
        shows: all(of, "shows", code)?,
        to: word(of, "to")?,
    })
}

fn chat(of: &Json) -> Option<Chat<String>> {
    Some(Chat {
        id: word(of, "id")?,
        start: word(of, "start")?,
        scenes: all(of, "scene", scene)?,
        title: blank(),
        ages: Ages::Adult,
        minutes: 0,
        harms: Vec::new(),
        competences: Vec::new(),
        place: blank(),
        with: blank(),
        opening: blank(),
    })
}

fn scene(of: &Json) -> Option<Scene<String>> {
    let choice = |of: &Json| Some(Choice { text: blank(), act: code(of.get("move")?)?, to: word(of, "to")? });
    let own = match of.get("own") {
        Some(own) => Some(Own { ask: blank(), roads: all(own, "roads", road)?, otherwise: word(own, "otherwise")? }),
        None => None,
    };
    Some(Scene {
        id: word(of, "id")?,
        choices: all(of, "choices", choice)?,
        own,
        ending: match of.get("ending") {
            Some(ending) => Some(code(ending)?),
            None => None,
        },
        says: Vec::new(),
        note: None,
        tactic: None,
        title: None,
        text: None,
    })
}
