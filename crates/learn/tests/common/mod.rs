//! A whole chat, lesson and file of items in which nothing is wrong, and ways to break them.

#![allow(dead_code, reason = "each test uses a part")]

use learn::{
    check::{Finding, What, check},
    content::Library,
};

/// A good chat with 12 scenes.
pub fn chat() -> String {
    let mut text = String::from(
        r#"id = "good"
title = { vi = "Tin lạ", en = "A strange message" }
ages = "9-11"
minutes = 6
harms = ["prize_scam"]
competences = ["4.2"]
place = { vi = "nhóm chat", en = "a group" }
with = { vi = "Bin", en = "Bin" }
opening = { vi = "Có người nhắn cho bạn.", en = "Somebody writes to you." }
start = "s1"
"#,
    );
    for at in 1..=9 {
        let next = if at == 9 { "end-good".to_owned() } else { format!("s{}", at + 1) };
        let other = if at % 2 == 0 { "end-bad" } else { "end-mixed" };
        let own = if at < 3 {
            format!(
                "own = {{ ask = {{ vi = \"Bạn viết gì?\", en = \"What do you write?\" }}, roads = [\n  {{ words = {{ vi = [\"không\"], en = [\"no\"] }}, to = \"{next}\" }},\n  {{ gives = [\"phone\"], to = \"end-bad\" }},\n], otherwise = \"{next}\" }}\n"
            )
        } else {
            String::new()
        };
        text += &format!(
            "\n[[scene]]\nid = \"s{at}\"\nsays = [ {{ vi = \"Quà số {at} nè.\", en = \"Gift number {at}.\" }} ]\nchoices = [\n  {{ text = {{ vi = \"Thôi\", en = \"No\" }}, move = \"refuse\", to = \"{next}\" }},\n  {{ text = {{ vi = \"Cho xem\", en = \"Show me\" }}, move = \"ask\", to = \"{other}\" }},\n]\n{own}"
        );
    }
    for (id, kind) in [("end-good", "better"), ("end-mixed", "mixed"), ("end-bad", "worse")] {
        text += &format!(
            "\n[[scene]]\nid = \"{id}\"\nending = \"{kind}\"\ntitle = {{ vi = \"Kết {id}\", en = \"End {id}\" }}\ntext = {{ vi = \"Bạn kể với mẹ.\", en = \"You tell Mum.\" }}\n"
        );
    }
    text
}

/// A good lesson with every kind of step.
pub const LESSON: &str = r#"id = "good"
title = { vi = "Bài thử", en = "A trial" }
ages = "9-11"
minutes = 6
harms = ["prize_scam"]
competences = ["4.2"]
aim = { vi = "Mình biết hỏi lại.", en = "I can ask back." }
picture = "lantern"

[[step]]
kind = "tell"
text = { vi = "Ai cũng có thể bị lừa.", en = "Anyone can be tricked." }

[[step]]
kind = "choose"
text = { vi = "Bạn làm gì?", en = "What do you do?" }
answers = [
  { text = { vi = "Hỏi mẹ", en = "Ask Mum" }, good = true, why = { vi = "Mẹ giúp được.", en = "She can help." } },
  { text = { vi = "Bấm ngay", en = "Tap at once" }, good = false, why = { vi = "Họ chờ vậy đó.", en = "They wait for that." } },
]

[[step]]
kind = "spot"
from = { vi = "Quà Vui", en = "Fun Gifts" }
text = { vi = "Bạn {prize_claim|trúng quà}! Nhận {deadline|trong 5 phút}.", en = "You {prize_claim|won}! Take it {deadline|in 5 minutes}." }
why = { prize_claim = { vi = "Bạn đâu có chơi.", en = "You didn't play." }, deadline = { vi = "Để bạn vội.", en = "To make you rush." } }

[[step]]
kind = "sort"
text = { vi = "Xếp nhé.", en = "Sort them." }
baskets = [ { vi = "Kể", en = "Tell" }, { vi = "Giữ", en = "Keep" } ]
things = [
  { text = { vi = "Bí mật vui", en = "A fun secret" }, basket = 1, why = { vi = "Vui mà.", en = "It's fun." } },
  { text = { vi = "Bí mật sợ", en = "A scary secret" }, basket = 0, why = { vi = "Nặng lắm.", en = "It's heavy." } },
  { text = { vi = "Quà sinh nhật", en = "A birthday gift" }, basket = 1, why = { vi = "Sắp mở rồi.", en = "Soon opened." } },
  { text = { vi = "Tin doạ", en = "A threat" }, basket = 0, why = { vi = "Cần người lớn.", en = "A grown-up helps." } },
]

[[step]]
kind = "order"
text = { vi = "Làm gì trước?", en = "What first?" }
things = [ { vi = "Dừng", en = "Stop" }, { vi = "Chụp lại", en = "Keep it" }, { vi = "Kể", en = "Tell" } ]
why = { vi = "Dừng rồi mới nghĩ.", en = "Stop, then think." }

[[step]]
kind = "chat"
chat = "good"

[[step]]
kind = "settings"
text = { vi = "Bật gì?", en = "What do you switch on?" }
switches = [
  { text = { vi = "Khoá", en = "Lock" }, on = { vi = "Kín hơn.", en = "More private." }, off = { vi = "Nhanh hơn.", en = "Quicker." } },
  { text = { vi = "Ẩn", en = "Hide" }, on = { vi = "Ít người thấy.", en = "Fewer see." }, off = { vi = "Bạn bè tìm ra.", en = "Friends find you." } },
  { text = { vi = "Tắt tin lạ", en = "No strangers" }, on = { vi = "Yên hơn.", en = "Quieter." }, off = { vi = "Ai cũng nhắn được.", en = "Anyone can write." } },
]

[[step]]
kind = "write"
text = { vi = "Bạn viết gì?", en = "What do you write?" }
roads = [
  { gives = ["phone"], say = { vi = "Số bay rồi!", en = "There goes the number!" } },
  { words = { vi = ["không"], en = ["no"] }, say = { vi = "Rõ ràng.", en = "Clear." } },
]
otherwise = { vi = "Cũng được.", en = "Fine too." }

[[step]]
kind = "reflect"
text = { vi = "Bạn kể với ai?", en = "Whom do you tell?" }
"#;

/// Good items: six in each form.
pub fn items() -> String {
    let mut text = String::new();
    for at in 1..=6 {
        for (form, other) in [("a", "b"), ("b", "a")] {
            text += &format!(
                "[[item]]\nid = \"q{at}-{form}\"\nform = \"{form}\"\ntwin = \"q{at}-{other}\"\nharms = [\"prize_scam\"]\ncompetences = [\"4.2\"]\ntext = {{ vi = \"Câu {at} bộ {form}?\", en = \"Question {at} of {form}?\" }}\nanswers = [\n  {{ text = {{ vi = \"Hỏi mẹ\", en = \"Ask Mum\" }}, good = true, why = {{ vi = \"Hay.\", en = \"Good.\" }} }},\n  {{ text = {{ vi = \"Bấm ngay\", en = \"Tap at once\" }}, good = false, why = {{ vi = \"Khoan.\", en = \"Wait.\" }} }},\n  {{ text = {{ vi = \"Gửi bạn bè\", en = \"Send it on\" }}, good = false, why = {{ vi = \"Khoan đã.\", en = \"Wait a bit.\" }} }},\n]\n\n"
            );
        }
    }
    text
}

/// What is wrong with these files.
pub fn wrong(files: &[(&str, &str)]) -> Vec<Finding> {
    let (library, mut findings) = Library::read(files.iter().copied());
    findings.extend(check(&library));
    findings
}

/// The good chat, broken by putting one text for another; must bring this finding, in both languages.
pub fn broken_chat(from: &str, to: &str, what: What) -> Finding {
    broken("chats/good.toml", &chat(), from, to, what)
}

/// The good lesson, broken.
pub fn broken_lesson(from: &str, to: &str, what: What) -> Finding {
    broken("lessons/good.toml", LESSON, from, to, what)
}

/// The good items, broken.
pub fn broken_items(from: &str, to: &str, what: What) -> Finding {
    broken("items/9-11.toml", &items(), from, to, what)
}

fn broken(file: &str, good: &str, from: &str, to: &str, what: What) -> Finding {
    assert!(good.contains(from), "the good file has `{from}`");
    let bad = good.replacen(from, to, 1);
    let chat = chat();
    let mut files = vec![(file, bad.as_str())];
    if file != "chats/good.toml" {
        files.push(("chats/good.toml", &chat));
    }
    let found = wrong(&files);
    let one = found.iter().find(|finding| finding.what == what && finding.file == file);
    let one = one.unwrap_or_else(|| panic!("no {what:?} in {found:#?}")).clone();
    assert!(!one.vi.is_empty() && !one.en.is_empty() && one.vi != one.en);
    one
}
