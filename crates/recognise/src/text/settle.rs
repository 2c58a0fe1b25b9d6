//! The second look at tokens: shorthand spelled out, letters that were spaced apart joined, numbers by their kind.

use super::fold::bare_letter;
use super::lexicon::Lexicon;
use super::normalise::Shorthand;
use super::tokens::{Gap, Kind, Token, Tokens, class_hash, hashes};

impl Tokens {
    /// Second look: shorthand spelled out, letters that were spaced apart joined, numbers by their kind, and every
    /// word looked up.
    pub(super) fn settle(&mut self, lexicon: &Lexicon, shorthand: &Shorthand) {
        let mut list = std::mem::take(&mut self.spare);
        list.clear();
        std::mem::swap(&mut list, &mut self.list);
        let mut at = 0;
        while at < list.len() {
            let token = list[at];
            match token.kind {
                Kind::Number => {
                    let after = list.get(at + 1).filter(|t| t.kind == Kind::Word && t.gap == Gap::None);
                    let class = self.number_class(&token, after.map(|t| self.codes(t)));
                    let hash = class_hash(class);
                    self.list.push(Token { full: hash, bare: hash, ..token });
                }
                Kind::Word if token.codes.1 <= 4 && self.join_spaced(&list, &mut at, lexicon) => continue,
                Kind::Word => match shorthand.find(token.full) {
                    Some(words) => self.spell_out(&token, words),
                    None => self.list.push(token),
                },
                Kind::Link => self.list.push(token),
            }
            at += 1;
        }
        for token in &mut self.list {
            token.word = lexicon.find(token.full);
            token.bare_word = if token.bare == token.full { token.word } else { lexicon.find(token.bare) };
        }
        self.spare = list;
    }

    fn spell_out(&mut self, token: &Token, words: &[(Box<[u8]>, u8)]) {
        for (nth, (codes, tone)) in words.iter().enumerate() {
            let at = self.codes.len() as u32;
            self.codes.extend_from_slice(codes);
            let (full, bare) = hashes(codes, *tone, true);
            let gap = if nth == 0 { token.gap } else { Gap::None };
            self.list.push(Token {
                full,
                bare,
                gap,
                tone: *tone,
                marked: true,
                codes: (at, codes.len() as u16),
                ..*token
            });
        }
    }

    /// `c h ế t`, `g.i.ế.t`, `ch.ết`: pieces that are no words alone, set close together, and a known word when joined.
    fn join_spaced(&mut self, list: &[Token], at: &mut usize, lexicon: &Lexicon) -> bool {
        const LONGEST: usize = 12;
        let single = list[*at].codes.1 == 1;
        // Pieces apart by a blank are words unless each is a single letter; by a dot or star they may be one word.
        let dotted = list.get(*at + 1).is_some_and(|next| next.gap != Gap::None);
        if !single && !dotted {
            return false;
        }
        let near = |a: &Token, b: &Token| b.kind == Kind::Word && b.start - a.end == 1 && b.codes.1 <= 4;
        let mut end = *at + 1;
        while end < list.len()
            && end - *at < LONGEST
            && near(&list[end - 1], &list[end])
            && (!single || list[end].codes.1 == 1)
        {
            end += 1;
        }
        let least = if single { 3 } else { 2 };
        if end - *at < least {
            return false;
        }
        while end - *at >= least {
            let pieces = &list[*at..end];
            let tone = pieces.iter().map(|t| t.tone).find(|t| *t != 0).unwrap_or(0);
            let start = self.codes.len();
            for piece in pieces {
                let (from, len) = (piece.codes.0 as usize, piece.codes.1 as usize);
                self.codes.extend_from_within(from..from + len);
            }
            let (full, bare) = hashes(&self.codes[start..], tone, true);
            if self.codes.len() - start >= 3 && lexicon.find(full) != 0 {
                let codes = (start as u32, (self.codes.len() - start) as u16);
                let marked = pieces.iter().any(|t| t.marked);
                self.list.push(Token {
                    end: pieces[pieces.len() - 1].end,
                    tone,
                    full,
                    bare,
                    marked,
                    codes,
                    ..pieces[0]
                });
                *at = end;
                return true;
            }
            self.codes.truncate(start);
            end -= 1;
        }
        false
    }

    fn number_class(&self, token: &Token, unit: Option<&[u8]>) -> &'static str {
        let digits = self.codes(token);
        let written = (token.end - token.start) as usize;
        let unit: Option<[u8; 5]> = unit.filter(|u| u.len() <= 5).map(|u| {
            let mut bare = [0; 5];
            bare.iter_mut().zip(u).for_each(|(b, code)| *b = bare_letter(*code));
            bare
        });
        let is = |names: &[&str]| {
            unit.is_some_and(|u| names.iter().any(|n| u.iter().take_while(|b| **b != 0).eq(n.as_bytes())))
        };
        if is(&[
            "k", "tr", "trieu", "d", "dong", "vnd", "vnđ", "nghin", "ngan", "ty", "usd", "do", "cu", "lit", "usdt",
            "xu",
        ]) {
            "money"
        } else if is(&[
            "h", "gio", "phut", "p", "ngay", "tieng", "hours", "hour", "mins", "min", "am", "pm", "days", "day",
        ]) {
            "time"
        } else if is(&["tuoi", "t", "yrs", "yo", "years"]) {
            "age"
        } else if digits.len() >= 9 && digits.len() <= 12 && (digits[0] == b'0' || digits.starts_with(b"84")) {
            "phone"
        } else if written > digits.len() && digits.len() >= 4 {
            "money"
        } else if (4..=8).contains(&digits.len()) {
            "code"
        } else {
            "num"
        }
    }
}
