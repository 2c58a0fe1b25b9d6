//! Letters of complaint that a person fills in on her device and prints. They are data (`data/letters.toml`); what she
//! writes into them is not known here.

use crate::questions::Words;
use vocabulary::Lang;

/// Something to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The stable code.
    pub code: &'static str,
    /// What belongs there.
    pub name: Words,
    /// Ruled lines on paper; 0 is a short one within a line.
    pub lines: u8,
}

/// A letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The stable code.
    pub code: &'static str,
    /// Whether the national heading of Vietnam stands above it.
    pub national: bool,
    /// What it is called in a list.
    pub name: Words,
    /// What to know before handing it in.
    pub hint: Words,
    /// Its title.
    pub title: Words,
    /// The line below the title.
    pub about: Words,
    /// Whom it is addressed to.
    pub to: Words,
    /// Lines: `## ` begins a heading, `- ` an item, all else is a paragraph.
    pub body: Words,
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the letter.
    Text(&'static str),
    /// Hers.
    Blank(&'static Blank),
}

include!(concat!(env!("OUT_DIR"), "/letters.rs"));

/// A line in its pieces.
pub fn pieces(line: &'static str) -> impl Iterator<Item = Piece> {
    line.split('{').enumerate().flat_map(|(at, part)| {
        let (code, text) = if at == 0 { ("", part) } else { part.split_once('}').unwrap_or(("", part)) };
        let blank = BLANKS.iter().find(|blank| blank.code == code).map(Piece::Blank);
        let text = (!text.is_empty()).then_some(Piece::Text(text));
        blank.into_iter().chain(text)
    })
}

impl Letter {
    /// What there is to fill in, in the order in which it stands in the letter.
    pub fn blanks(&self, lang: Lang) -> Vec<&'static Blank> {
        let mut blanks: Vec<&'static Blank> = Vec::new();
        let lines = [self.to.get(lang), self.about.get(lang)].into_iter().chain(self.body.get(lang).lines());
        for piece in lines.flat_map(pieces) {
            if let Piece::Blank(blank) = piece
                && !blanks.contains(&blank)
            {
                blanks.push(blank);
            }
        }
        blanks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_falls_into_words_and_blanks() {
        let of: Vec<Piece> = pieces("Tôi là: {name}. Lớp: {class}").collect();
        let blank = |code| Piece::Blank(BLANKS.iter().find(|blank| blank.code == code).unwrap());
        assert_eq!(of, [Piece::Text("Tôi là: "), blank("name"), Piece::Text(". Lớp: "), blank("class")]);
        assert_eq!(pieces("").next(), None);
    }

    #[test]
    fn letters_go_to_police_bank_platform_and_school_and_none_asks_for_a_picture() {
        assert_eq!(LETTERS.iter().map(|l| l.code).collect::<Vec<_>>(), ["police", "bank", "platform", "school"]);
        for letter in LETTERS {
            assert!(letter.blanks(Lang::Vi).iter().any(|blank| blank.code == "facts"), "{}", letter.code);
            for lang in Lang::ALL {
                let body = letter.body.get(*lang);
                let warned = [body, letter.hint.get(*lang)].concat().to_lowercase();
                let about_pictures = warned.contains("ảnh") || warned.contains("picture");
                assert!(about_pictures || letter.code == "bank", "{} says nothing about pictures", letter.code);
            }
        }
        let police = LETTERS[0].body.get(Lang::Vi);
        assert!(police.contains("cam đoan") && police.contains("đề nghị"));
    }
}
