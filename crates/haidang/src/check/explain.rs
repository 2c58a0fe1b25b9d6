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
