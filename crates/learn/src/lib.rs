//! Lessons, simulated chats, questions and a class: what they are, how they are played, and what is wrong with them.
//!
//! Words of this crate: a **chat** is a simulated conversation of **scenes**; from each scene **choices** and, in her own
//! words, **roads** lead on, until an **ending**. A **lesson** is a row of **steps** that are done; a **module** is the
//! same for teachers, parents or responders. An **item** is a question with explanations; the items of form a and form b
//! of an age are **twins**. All of it is data that educators read and change ([`content`]).
//!
//! 1. [`content`] holds the files as types, in both languages or in one.
//! 2. [`check`] says what is wrong with them: place, reason, remedy, in Vietnamese and English.
//! 3. [`play`] goes through a chat, [`lesson`] through a lesson; [`boxes`] says when she meets again what she missed.
//! 4. [`class`] counts for the teacher without telling who; [`forms`] compares groups before and after.
//!
//! ```
//! use learn::{content::Chat, play::Play};
//! let chat: Chat<String> = serde_json::from_str(
//!     r#"{"id":"hi","title":"Hi","ages":"9-11","minutes":5,"harms":[],"competences":["2.1"],"place":"a game","with":"Bin",
//!         "opening":"Somebody writes.","start":"a","scene":[
//!         {"id":"a","says":[{"text":"Where do you live?"}],
//!          "choices":[{"text":"I don't say","move":"refuse","to":"b"},{"text":"Ask why","move":"ask","to":"b"}]},
//!         {"id":"b","ending":"better","title":"Yours","text":"It stays yours."}]}"#,
//! )?;
//! let mut play = Play::begin(&chat);
//! play.choose(&chat, 0).unwrap();
//! assert_eq!(play.ending(&chat), Some(learn::Ending::Better));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Deliberately absent: any I/O, any clock (the day is handed in), any randomness (ids are handed in), the recogniser (what
//! it found is handed in), and anything that knows one pupil from another.

pub mod boxes;
#[cfg(feature = "author")]
pub mod check;
pub mod class;
mod code;
pub mod content;
pub mod forms;
mod gives;
pub mod lesson;
pub mod play;
mod roads;

pub use code::*;
pub use gives::gives;
pub use roads::taken;
