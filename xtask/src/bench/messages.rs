//! Short messages as people send them, for every measurement: texts of the training split whose mean length is 52
//! characters (that of the public set the peers were first seen on).

use crate::corpus::{self, Record};
use anyhow::{Result, ensure};
use std::path::Path;

const MEAN: usize = 52;

/// The shortest texts of the training split, as many as keep their mean at 52 characters, in the order of the corpus.
pub fn short() -> Result<Vec<Record>> {
    let length = |r: &Record| r.text.chars().count();
    let mut texts: Vec<Record> =
        corpus::read(Path::new("corpus/train"))?.into_iter().filter(|r| !r.is_chat()).collect();
    let order: Vec<String> = texts.iter().map(|r| r.id.clone()).collect();
    texts.sort_by_key(length);
    let (mut sum, mut taken) = (0, 0);
    for record in &texts {
        if sum + length(record) > MEAN * (taken + 1) {
            break;
        }
        sum += length(record);
        taken += 1;
    }
    texts.truncate(taken);
    ensure!(taken >= 100, "only {taken} short messages in corpus/train");
    let place = |r: &Record| order.iter().position(|id| *id == r.id);
    texts.sort_by_key(place);
    Ok(texts)
}

/// A line a message.
pub fn lines(messages: &[Record]) -> String {
    messages.iter().map(|m| m.text.replace(['\n', '\r'], " ") + "\n").collect()
}
