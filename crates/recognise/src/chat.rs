//! Chats as people paste them. (The whole of it arrives with the chat shapes.)

use std::ops::Range;

/// One message of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The name before it, as pasted.
    pub who: String,
    /// Its bytes in the pasted text.
    pub bytes: Range<usize>,
    /// Its first code point in the pasted text.
    pub start: u32,
}

/// A chat: its turns in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chat {
    /// The turns.
    pub turns: Vec<Turn>,
}

/// Reads a pasted chat; none where the text is a single message.
pub fn parse_chat(_text: &str) -> Option<Chat> {
    None
}
