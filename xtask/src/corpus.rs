//! The project's own corpus: texts and chats with their labels, tactics marked inside the text.

use anyhow::{Context, Result, bail};
use recognise::TacticSpan;
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};
use vocabulary::{BenignKind, Harm, Speaker, Tactic, Urgency};

/// Who somebody in a chat is.
const PARTS: [&str; 7] = ["offender", "target", "bystander", "friend", "parent", "teacher", "other"];

/// A record as it stands in `corpus/*/*.jsonl` (its shape is described in `docs/corpus.md`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    scenario: String,
    lang: String,
    #[expect(dead_code, reason = "part of the format; nothing asks for it yet")]
    channel: String,
    voice: Vec<String>,
    harms: Vec<Harm>,
    benign_kind: Option<BenignKind>,
    speaker: Option<Speaker>,
    urgency: Option<Urgency>,
    text: Option<String>,
    turns: Option<Vec<(String, String)>>,
    offender: Option<String>,
    warning_turn: Option<u32>,
    /// Of a chat of corpus 2: the turns that carry the harm.
    #[serde(default)]
    harmful_turns: Option<Vec<u32>>,
    /// Of a chat of corpus 2: who is what in it.
    #[serde(default)]
    who: BTreeMap<String, String>,
}

/// One text or chat with its labels.
#[derive(Debug, Clone)]
pub struct Record {
    pub id: String,
    pub scenario: String,
    pub lang: String,
    pub voice: Vec<String>,
    pub harms: Vec<Harm>,
    pub benign_kind: Option<BenignKind>,
    pub speaker: Option<Speaker>,
    pub urgency: Option<Urgency>,
    /// A message, or a chat as people paste it (`Name: text`, a line a turn).
    pub text: String,
    /// Of a message.
    pub spans: Vec<TacticSpan>,
    /// Of a chat: the plain text of each turn.
    pub turns: Vec<String>,
    pub warning_turn: Option<u32>,
    /// The turns that carry the harm, where that is marked.
    pub harmful_turns: Vec<u32>,
}

impl Record {
    pub fn is_chat(&self) -> bool {
        !self.turns.is_empty()
    }

    pub fn is_acute(&self) -> bool {
        self.harms.iter().any(|h| h.is_acute())
    }
}

/// Reads every `.jsonl` of a folder, files in the order of their names.
pub fn read(folder: &Path) -> Result<Vec<Record>> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("no corpus in {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    let mut records = Vec::new();
    for file in files {
        for (at, line) in fs::read_to_string(&file)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let place = || format!("{}:{}", file.display(), at + 1);
            let row: Row = serde_json::from_str(line).with_context(place)?;
            records.push(record(row).with_context(place)?);
        }
    }
    Ok(records)
}

fn record(row: Row) -> Result<Record> {
    if row.harms.is_empty() == row.urgency.is_some() {
        bail!("`{}`: urgency goes with a harm, and only with one", row.id);
    }
    if !row.harms.is_empty() && row.benign_kind.is_some() {
        bail!("`{}`: a harm can't be a benign look-alike", row.id);
    }
    let (mut text, mut spans, mut turns) = (String::new(), Vec::new(), Vec::new());
    match (row.text, row.turns) {
        (Some(marked), None) => (text, spans) = unmark(&marked)?,
        (None, Some(list)) => {
            for (who, marked) in list {
                let plain = unmark(&marked)?.0;
                text.push_str(&format!("{who}: {plain}\n"));
                turns.push(plain);
            }
        }
        _ => bail!("`{}` needs either a text or turns", row.id),
    }
    let harmful_turns = row.harmful_turns.unwrap_or_default();
    if let Some(turn) = harmful_turns.iter().find(|turn| **turn as usize >= turns.len()) {
        bail!("`{}` has no turn {turn}", row.id);
    }
    if let Some(part) = row.who.values().find(|part| !PARTS.contains(&part.as_str())) {
        bail!("`{}`: nobody is a `{part}`", row.id);
    }
    let _ = row.offender;
    Ok(Record {
        id: row.id,
        scenario: row.scenario,
        lang: row.lang,
        voice: row.voice,
        harms: row.harms,
        benign_kind: row.benign_kind,
        speaker: row.speaker,
        urgency: row.urgency,
        text,
        spans,
        turns,
        warning_turn: row.warning_turn,
        harmful_turns,
    })
}

/// Takes `{tactic|words}` marks out and keeps where they stood, in code points.
fn unmark(marked: &str) -> Result<(String, Vec<TacticSpan>)> {
    let (mut plain, mut spans) = (String::with_capacity(marked.len()), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        let (inside, tail) = after.split_once('}').context("a mark is not closed")?;
        let (code, words) = inside.split_once('|').context("a mark lacks its words")?;
        let code: Tactic = code.parse()?;
        let start = plain.chars().count() as u32;
        plain.push_str(words);
        spans.push(TacticSpan { code, start, end: start + words.chars().count() as u32 });
        rest = tail;
    }
    plain.push_str(rest);
    Ok((plain, spans))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans_in_code_points() {
        let (text, spans) = unmark("Ừ {secrecy|đừng nói ai} nhé").unwrap();
        assert_eq!(text, "Ừ đừng nói ai nhé");
        assert_eq!(spans, [TacticSpan { code: Tactic::Secrecy, start: 2, end: 13 }]);
        assert!(unmark("{secrecy đừng").is_err());
    }
}
