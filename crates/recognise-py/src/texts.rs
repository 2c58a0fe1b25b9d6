//! Texts as Python hands them in, and reading them on several cores.

use crate::Outcome;
use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    pybacked::{PyBackedBytes, PyBackedStr},
    types::{PyBytes, PyString},
};
use recognise::{InputError, Recogniser, Scratch};
use std::{num::NonZero, thread};

/// A text that Python keeps, read where it lies.
pub enum Text {
    Letters(PyBackedStr),
    Bytes(PyBackedBytes),
    /// A `str` with half a pair of surrogates, which is no text.
    Broken,
}

impl Text {
    /// Reads it; needs nothing of Python.
    pub fn read(&self, recogniser: &Recogniser, scratch: &mut Scratch) -> Outcome {
        let letters = match self {
            Self::Letters(letters) => letters,
            Self::Bytes(bytes) if bytes.len() > recognise::MAX_INPUT_BYTES => return recogniser.assess_bytes(bytes),
            Self::Bytes(bytes) => str::from_utf8(bytes).map_err(|_| InputError::NotText)?,
            Self::Broken => return Err(InputError::NotText),
        };
        recogniser.assess_with(letters, scratch)
    }
}

/// One text: `str` or `bytes`.
pub fn one(object: &Bound<'_, PyAny>) -> PyResult<Text> {
    text(object).ok_or_else(|| wrong_type("text", object))
}

/// Any number of them. A lone text is an iterable too, of its letters: nobody means that.
pub fn many(objects: &Bound<'_, PyAny>) -> PyResult<Vec<Text>> {
    if text(objects).is_some() {
        return Err(PyTypeError::new_err("texts must be an iterable of texts, not one text"));
    }
    let each = objects.try_iter()?.enumerate();
    each.map(|(at, object)| {
        let object = object?;
        text(&object).ok_or_else(|| wrong_type(&format!("texts[{at}]"), &object))
    })
    .collect()
}

fn text(object: &Bound<'_, PyAny>) -> Option<Text> {
    if let Ok(letters) = object.cast::<PyString>() {
        return Some(PyBackedStr::try_from(letters.clone()).map_or(Text::Broken, Text::Letters));
    }
    object.cast::<PyBytes>().ok().map(|bytes| Text::Bytes(bytes.clone().into()))
}

fn wrong_type(name: &str, object: &Bound<'_, PyAny>) -> PyErr {
    let kind = object.get_type();
    let kind = kind.name().map_or_else(|_| "something else".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("{name} must be str or bytes, not {kind}"))
}

/// What `finish` makes of each text, in order; dealt to `threads` threads, to one for each core where that is 0.
pub fn read_all<T: Send>(
    recogniser: &Recogniser,
    texts: &[Text],
    threads: usize,
    finish: impl Fn(Outcome) -> T + Sync,
) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = if threads == 0 { cores } else { threads.min(MOST_THREADS) };
    let part = |texts: &[Text]| -> Vec<T> {
        let mut scratch = Scratch::default();
        texts.iter().map(|text| finish(text.read(recogniser, &mut scratch))).collect()
    };
    if threads == 1 || texts.len() < WORTH_A_THREAD {
        return part(texts);
    }
    thread::scope(|scope| {
        let parts = texts.chunks(texts.len().div_ceil(threads)).map(|texts| scope.spawn(|| part(texts)));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().expect("no text makes the recogniser panic")).collect()
    })
}

/// Starting a thread takes as long as reading some ten messages.
const WORTH_A_THREAD: usize = 32;

/// More than any machine has cores.
const MOST_THREADS: usize = 1024;
