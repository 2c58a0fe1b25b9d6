//! Chats: turns in order and inside the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recognise::chat::parse_chat;

fuzz_target!(|text: &str| {
    let Some(chat) = parse_chat(text) else { return };
    let mut at = 0;
    for turn in &chat.turns {
        assert!(turn.bytes.start >= at && !text[turn.bytes.clone()].is_empty());
        assert!(turn.who.is_none_or(|who| who < chat.people.len()));
        assert_eq!(turn.first_point as usize, text[..turn.bytes.start].chars().count());
        at = turn.bytes.end;
    }
});
