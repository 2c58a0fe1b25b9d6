//! Chats, as people paste them.
//!
//! What is read:
//!
//! | shape | looks like | comes from |
//! | --- | --- | --- |
//! | stamp first | `[24/11/2026, 10:02:33] Lan: chào em` · `24/11/2026, 10:02 - Lan: chào em` · `[10:02, 24/11/2026] Lan: …` · `10:02 Lan: …` | `WhatsApp` (export of both phones, web copy), Zalo for desktop, SMS backups |
//! | stamp last | `Lan, [24.11.2026 10:02]` or `Lan — Hôm nay lúc 10:02`, the words below | Telegram (desktop, macOS), Discord |
//! | names on lines | `Lan`, below it the words, below them `10:02` · `You sent`, `Bạn đã gửi`, `Enter` | Messenger (web copy), Zalo (web and phone, select and copy) |
//! | colons | `Mẹ: con đâu rồi` line by line, or `Lan:` and the words below | typed by hand, SMS, Telegram on phones |
//!
//! Words may run over several lines. Dates with `/`, `.`, `-`, months by name in Vietnamese and English, weekdays, `Hôm
//! nay`, 12 hours (`SA`, `CH`, `AM`, `PM`) and 24. Lines of the app itself (`Đã xem`, calls, encryption notices) belong to
//! nobody; words before the first turn belong to whoever pasted.
//!
//! What is **no chat**: one message, a form (`Họ tên: … SĐT: …`), a notice (`Lưu ý: …`), a list, a timetable, a poem.

mod names;
mod shapes;
mod stamp;
#[cfg(test)]
mod tests;

use shapes::{Head, Line};
use std::collections::HashMap;
use std::ops::Range;

/// A chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    /// Who speaks, in the order of their first words.
    pub people: Vec<Person>,
    /// What they say, in order.
    pub turns: Vec<Turn>,
}

/// Somebody in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name as it stands there.
    pub name: String,
    /// Whether the app or the name says that this is the person who pasted (`You sent`, `Bạn`).
    pub own: bool,
}

/// What somebody says at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Place in [`Chat::people`]; none for words before the first name.
    pub who: Option<usize>,
    /// Where the words stand in the original, in bytes; without name, date and blanks around.
    pub bytes: Range<usize>,
    /// The first code point of the words in the original.
    pub first_point: u32,
    /// A picture, a voice or a file stands there and no words.
    pub media: bool,
}

/// Reads a pasted chat; none where the text is something else. Linear in the text.
pub fn parse_chat(text: &str) -> Option<Chat> {
    let lines = shapes::lines(text);
    let heads = shapes::heads(text, &lines)?;
    let mut chat = Reader::new(text).read(&lines, &heads);
    add_points(text, &mut chat.turns);
    let spoken = chat.turns.iter().filter(|t| t.who.is_some()).count();
    (spoken >= 2).then_some(chat)
}

/// Puts lines together to turns.
struct Reader<'a> {
    text: &'a str,
    chat: Chat,
    known: HashMap<&'a str, usize>,
    who: Option<usize>,
    open: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let chat = Chat { people: Vec::new(), turns: Vec::new() };
        Self { text, chat, known: HashMap::new(), who: None, open: None }
    }

    fn read(mut self, lines: &[Line], heads: &[Option<Head>]) -> Chat {
        for (line, head) in lines.iter().zip(heads) {
            match head {
                Some(Head::Turn { name, words }) => {
                    self.close();
                    self.who = Some(self.person(name.clone()));
                    self.add(words.clone());
                }
                // Nobody's line ends the words, but not the turn of who speaks.
                Some(Head::Nobody) => self.close(),
                None => self.add(line.bytes.clone()),
            }
        }
        self.close();
        self.chat
    }

    fn add(&mut self, words: Range<usize>) {
        if words.is_empty() {
            return;
        }
        match &mut self.open {
            Some(open) => open.end = words.end,
            None => self.open = Some(words),
        }
    }

    fn close(&mut self) {
        if let Some(bytes) = self.open.take() {
            let media = names::is_media(&self.text[bytes.clone()]);
            self.chat.turns.push(Turn { who: self.who, bytes, first_point: 0, media });
        }
    }

    fn person(&mut self, name: Range<usize>) -> usize {
        let name = &self.text[name];
        *self.known.entry(name).or_insert_with(|| {
            self.chat.people.push(Person { name: name.to_owned(), own: names::is_own(name) });
            self.chat.people.len() - 1
        })
    }
}

fn add_points(text: &str, turns: &mut [Turn]) {
    let (mut at, mut points) = (0, 0);
    for turn in turns {
        points += text[at..turn.bytes.start].chars().count() as u32;
        (at, turn.first_point) = (turn.bytes.start, points);
    }
}
