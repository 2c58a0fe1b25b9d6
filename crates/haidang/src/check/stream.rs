//! `--jsonl`: millions of lines in, one answer a line out, in order, on all cores, in bounded memory.
//!
//! Batches are dealt to the threads in turn, like cards, and their answers are collected in the same turn: order
//! costs no buffer, and a thread that is behind holds back the reader instead of filling the memory.

use super::lines::{Batch, Line, Lines};
use guidance::{Refusal, Unread};
use recognise::{Recogniser, Scratch};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{
    borrow::Cow,
    io::{self, Read, Write},
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};
use vocabulary::{Lang, ResultKind};

/// How many lines went how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub lines: u64,
    pub harm: u64,
    pub unsure: u64,
    /// Lines answered with an error on their place.
    pub bad: u64,
}

/// What can stop a run: nothing that stands in a line.
#[derive(Debug)]
pub enum StreamError {
    Read(io::Error),
    Write(io::Error),
    /// A thread ended before its work did.
    Broken,
}

struct Answers {
    out: Vec<u8>,
    tally: Tally,
    read: usize,
}

/// Answers every line of `input` on `output`; `progress` is told the bytes and lines of each batch.
pub fn run(
    recogniser: &Arc<Recogniser>,
    lang: Lang,
    input: impl Read + Send + 'static,
    output: &mut impl Write,
    mut progress: impl FnMut(u64, u64),
) -> Result<Tally, StreamError> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (to_threads, from_threads): (Vec<_>, Vec<_>) = (0..threads).map(|_| start(recogniser, lang)).unzip();
    let reader = thread::spawn(move || deal(input, &to_threads));
    let mut total = Tally::default();
    for answers in from_threads.iter().cycle().map_while(|lane| lane.recv().ok()) {
        output.write_all(&answers.out).map_err(StreamError::Write)?;
        total.add(answers.tally);
        progress(answers.read as u64, answers.tally.lines);
    }
    output.flush().map_err(StreamError::Write)?;
    let dealt = reader.join().map_err(|_| StreamError::Broken)?.map_err(StreamError::Read)?;
    if dealt == total.lines { Ok(total) } else { Err(StreamError::Broken) }
}

/// A thread with its own scratch room, one batch waiting before it and one behind.
fn start(recogniser: &Arc<Recogniser>, lang: Lang) -> (SyncSender<Batch>, Receiver<Answers>) {
    let (to_thread, batches) = sync_channel::<Batch>(1);
    let (done, answers) = sync_channel(1);
    let recogniser = Arc::clone(recogniser);
    thread::spawn(move || {
        let mut desk = Desk { recogniser: &recogniser, lang, scratch: Scratch::default() };
        for batch in batches {
            if done.send(desk.answer(&batch)).is_err() {
                break;
            }
        }
    });
    (to_thread, answers)
}

/// Deals batches in turn until the input ends or nobody takes them any more. Says how many lines it dealt.
fn deal(input: impl Read, threads: &[SyncSender<Batch>]) -> io::Result<u64> {
    let mut lines = Lines::new(input);
    let mut dealt = 0;
    for thread in threads.iter().cycle() {
        let Some(batch) = lines.next_batch()? else { break };
        dealt += batch.lines().count() as u64;
        if thread.send(batch).is_err() {
            break;
        }
    }
    Ok(dealt)
}

impl Tally {
    const fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.harm += other.harm;
        self.unsure += other.unsure;
        self.bad += other.bad;
    }
}

/// A line in JSON. Other fields are left alone.
#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
}

struct Desk<'a> {
    recogniser: &'a Recogniser,
    lang: Lang,
    scratch: Scratch,
}

impl Desk<'_> {
    fn answer(&mut self, batch: &Batch) -> Answers {
        let mut answers =
            Answers { out: Vec::with_capacity(batch.len() * 8), tally: Tally::default(), read: batch.len() };
        for line in batch.lines() {
            answers.tally.lines += 1;
            match line {
                Line::TooLong => self.refuse(None, Unread::LineTooLong, &mut answers),
                Line::Whole(line) => self.answer_line(line, &mut answers),
            }
        }
        answers
    }

    fn answer_line(&mut self, line: &[u8], answers: &mut Answers) {
        let Ok(line) = str::from_utf8(line) else {
            return self.refuse(None, Unread::NotText, answers);
        };
        if !line.trim_start().starts_with('{') {
            return self.assess(None, line, answers);
        }
        match serde_json::from_str::<Request<'_>>(line) {
            Ok(Request { id, text: Some(text) }) => self.assess(id, &text, answers),
            Ok(Request { id, text: None }) => self.refuse(id, Unread::NoText, answers),
            Err(_) => self.refuse(None, Unread::BadJson, answers),
        }
    }

    fn assess(&mut self, id: Option<&RawValue>, text: &str, answers: &mut Answers) {
        // One text that trips a fault of ours must not cost the other million their answers.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.recogniser.assess_with(text, &mut self.scratch)));
        match outcome {
            Ok(Ok(assessment)) => {
                match assessment.result {
                    ResultKind::Harm => answers.tally.harm += 1,
                    ResultKind::Unsure => answers.tally.unsure += 1,
                    ResultKind::NoneKnown | ResultKind::BenignLookalike => {}
                }
                write_object(id, &assessment, &mut answers.out);
            }
            Ok(Err(error)) => self.refuse(id, Unread::from(&error), answers),
            Err(_) => {
                self.scratch = Scratch::default();
                self.refuse(id, Unread::Internal, answers);
            }
        }
    }

    fn refuse(&self, id: Option<&RawValue>, why: Unread, answers: &mut Answers) {
        #[derive(Serialize)]
        struct Refused {
            error: Refusal,
        }
        answers.tally.bad += 1;
        let refused = Refused { error: why.refusal(self.lang) };
        write_object(id, &refused, &mut answers.out);
    }
}

/// Writes one object on one line, with the `id` before its fields.
fn write_object(id: Option<&RawValue>, object: &impl Serialize, out: &mut Vec<u8>) {
    if let Some(id) = id {
        out.extend_from_slice(b"{\"id\":");
        out.extend_from_slice(id.get().as_bytes());
    }
    let start = out.len();
    serde_json::to_writer(&mut *out, object).expect("a Vec takes every byte, and all our keys are strings");
    if id.is_some() {
        // The object's opening brace becomes the comma after the id.
        out[start] = b',';
    }
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.into()).unwrap()
    }

    #[test]
    fn the_id_stands_first_and_as_it_came() {
        #[derive(Serialize)]
        struct Answer {
            result: u8,
        }
        for (id, line) in [(None, "{\"result\":1}\n"), (Some("\"a\\u0041\""), "{\"id\":\"a\\u0041\",\"result\":1}\n")] {
            let mut out = b"before\n".to_vec();
            write_object(id.map(raw).as_deref(), &Answer { result: 1 }, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), format!("before\n{line}"));
        }
    }
}
