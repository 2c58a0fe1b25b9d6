#![doc = include_str!("../README.md")]
//!
//! The same source runs in her browser (WASM), in the server for platforms, and in the command line. Four things make
//! an answer, each in a room of its own, so that each can be measured alone:
//!
//! 1. **text** folds what people type into words: marks left out, teencode, look-alike letters, letters spaced apart,
//!    invisible characters. Each word keeps its place in the original.
//! 2. **rules** (`data/rules/`) are phrases in a small grammar. They find the *tactics* and give the spans; cues tell
//!    who speaks and what an innocent text looks like.
//! 3. **links** and **chat** take addresses and pasted conversations apart.
//! 4. **model** (`data/model.bin`, `data/model.md`) adds up one row of small weights for each word piece and each rule
//!    that matched, and gives calibrated probabilities. **verdict** turns them into an [`Assessment`].
//!
//! Deliberately absent: any I/O, any clock, any randomness, any memory of an earlier text, and the word "safe".

mod assessment;
pub mod chat;
mod course;
mod features;
pub mod links;
mod model;
mod phrase;
mod recogniser;
mod rules;
mod second;
mod text;
pub mod training;
mod verdict;

pub use assessment::{Assessment, HarmFinding, LinkFinding, LinkReason, LinkVerdict, TacticSpan};
pub use chat::{Chat, Turn, parse_chat};
pub use links::{HostList, HostListError};
pub use model::{Model, ModelError};
pub use recogniser::{InputError, MAX_INPUT_BYTES, MAX_LINKS, MAX_TACTICS, Recogniser, Scratch};
pub use text::{Ended, Normalised, SpelledWord, spelled};
