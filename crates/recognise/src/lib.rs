//! Reads a message, a chat or a link and says which harm it looks like, by which words, and how urgent it is.
mod assessment;
pub mod chat;
pub mod links;
mod phrase;
mod recogniser;
mod rules;
mod text;
pub use assessment::{Assessment, HarmFinding, LinkFinding, LinkReason, LinkVerdict, TacticSpan};
pub use recogniser::{InputError, MAX_INPUT_BYTES, Recogniser};
pub use text::Normalised;
