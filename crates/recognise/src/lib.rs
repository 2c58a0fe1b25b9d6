//! Reads a message, a chat or a link and says which harm it looks like, by which words, and how urgent it is.
mod assessment;
mod chat;
mod course;
mod features;
mod links;
mod model;
mod phrase;
mod recogniser;
mod rules;
mod text;
pub mod training;
mod verdict;

pub use assessment::{Assessment, HarmFinding, LinkFinding, LinkReason, LinkVerdict, TacticSpan};
pub use chat::{Chat, Turn, parse_chat};
pub use links::HostList;
pub use model::{Model, ModelError};
pub use recogniser::{InputError, MAX_INPUT_BYTES, MAX_LINKS, MAX_TACTICS, Recogniser, Scratch};
pub use text::Normalised;
