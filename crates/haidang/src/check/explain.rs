//! Her own words with the signs in colour, each explained.

use anstyle::{AnsiColor, Style};
use guidance::{Guidance, Piece, plain};
use std::fmt::Write;

/// Told apart from each other on dark and on light ground; the number beside it says the same without colour.
const COLOURS: [AnsiColor; 6] =
    [AnsiColor::Red, AnsiColor::Magenta, AnsiColor::Blue, AnsiColor::Green, AnsiColor::Cyan, AnsiColor::Yellow];

/// The marked words, then the result as everywhere else. Colours are taken out again where nobody wants them.
pub fn result(guidance: &Guidance<'_>) -> String {
    let mut out = String::new();
    for piece in &guidance.pieces {
        match piece {
            Piece::Plain(words) => out.extend(words.chars().filter(|c| is_harmless(*c))),
            Piece::Marked(words, signs) => mark(words, signs, &mut out),
            Piece::Skipped => out.push_str("\n[…]\n"),
        }
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n\n");
    for sign in &guidance.signs {
        let style = style(sign.number);
        writeln!(out, "{style}[{}] {}{style:#}\n    {}\n    {}", sign.number, sign.name, sign.why, sign.act)
            .expect("a String takes every line");
    }
    if !guidance.signs.is_empty() {
        out.push('\n');
    }
    // The signs have been explained; the rest follows as everywhere else.
    out.push_str(&plain::result(&Guidance { signs: Vec::new(), ..guidance.clone() }));
    out
}

fn mark(words: &str, signs: &[usize], out: &mut String) {
    let style = style(signs.first().copied().unwrap_or(1)).underline();
    write!(out, "{style}").expect("a String takes every line");
    out.extend(words.chars().filter(|c| is_harmless(*c)));
    let numbers: Vec<String> = signs.iter().map(usize::to_string).collect();
    write!(out, "{style:#}[{}]", numbers.join(",")).expect("a String takes every line");
}

fn style(number: usize) -> Style {
    Style::new().bold().fg_color(Some(COLOURS[(number - 1) % COLOURS.len()].into()))
}

/// Control characters in a text could command the terminal that shows it.
fn is_harmless(c: char) -> bool {
    matches!(c, '\n' | '\t') || !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use guidance::Reader;
    use vocabulary::directory::{Directory, Moment};

    #[test]
    fn a_sign_is_numbered_coloured_and_explained_once() {
        let assessment = serde_json::from_value(serde_json::json!({
            "result": "harm", "harms": [{"code": "sextortion", "probability": 0.9}], "benign_kind": null,
            "urgency": "today", "speaker": "offender", "links": [], "turn": null, "language": "vi", "advice": [],
            "model": "test", "tactics": [
                {"code": "secrecy", "start": 0, "end": 15},
                {"code": "deadline", "start": 17, "end": 25},
                {"code": "secrecy", "start": 27, "end": 33},
            ],
        }));
        let text = "Đừng nói với ai, trong 1h, bí mật \u{1b}[2J";
        let directory = Directory::empty();
        let reader = Reader::new(Moment::from_unix_seconds(0));
        let shown = result(&Guidance::new(text, &assessment.unwrap(), &reader, &directory));
        assert!(shown.contains('\u{1b}') && !shown.contains("\u{1b}[2J"));
        let plain = anstream::adapter::strip_str(&shown).to_string();
        assert!(plain.starts_with("Đừng nói với ai[1], trong 1h[2], bí mật[1] [2J\n\n[1] "), "{plain}");
        assert_eq!((plain.matches("\n[1]").count(), plain.matches("\n[2]").count()), (1, 1));
    }
}
