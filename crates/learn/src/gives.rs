//! What somebody gives away in her own words, as far as plain rules see it. Practice, not protection: in a simulated chat
//! it decides which scene comes next, and a wrong guess is rewound.

use crate::{Gives, roads::cut};
use recognise::{Ended, SpelledWord, spelled};
use std::collections::BTreeSet;

const ME: &[&str] = &["em", "mình", "tớ", "con", "cháu", "tôi", "tui"];
const SELF: &[&str] = &["em", "mình", "tớ", "con", "cháu", "tôi", "tui", "tao", "i", "ill", "im", "my", "me"];
const OTHERS: &[&str] = &["anh", "chị", "bạn", "cậu", "chú", "bác", "mày", "nó", "họ", "you", "they", "he", "she"];
const NOT: &[&str] =
    &["không", "chưa", "đừng", "chẳng", "chả", "khỏi", "never", "not", "no", "dont", "wont", "cant", "didnt", "havent"];
const GIVE: &[&str] =
    &["gửi", "chuyển", "đưa", "nạp", "trả", "cọc", "đóng", "send", "sending", "sent", "transfer", "pay", "paid"];
const SHOW: &[&str] = &["gửi", "chụp", "quay", "send", "sending", "sent", "take", "taking", "share"];
const HERE: &[&str] = &["đây", "nè", "này", "nek", "here", "heres"];
const PICTURES: &[&str] = &["ảnh", "hình", "clip", "video", "selfie", "photo", "photos", "picture", "pictures"];
const SCREENS: &[&str] = &["màn hình", "screenshot", "screenshots", "screen"];
const MONEY: &[&str] = &["tiền", "thẻ cào", "money", "cash"];
/// `k` and `tr` are spelled out before they come here.
const UNITS: &[&str] = &["không", "nghìn", "ngàn", "triệu", "trước", "củ", "đ", "đồng", "vnd", "usd", "dong"];
const CODES: &[&str] = &["mã", "otp", "code", "pin"];
/// `cmnd` is spelled out before it comes here, and of `cccd` repeated letters leave `cd`.
const PAPERS: &[&str] = &["căn cước", "cd", "chứng minh", "hộ chiếu", "passport", "id card"];
const SECRETS: &[&str] = &["mật khẩu", "pass", "password", "mk", "passcode"];
const IS: &[&str] = &["là", "is", "its"];
const SCHOOLS: &[&str] = &["trường", "thcs", "thpt"];
const PLACES: &[&str] = &[
    "ngõ",
    "hẻm",
    "kiệt",
    "đường",
    "phố",
    "phường",
    "xã",
    "thôn",
    "xóm",
    "ấp",
    "bản",
    "buôn",
    "tổ",
    "quận",
    "số nhà",
    "chung cư",
    "street",
    "road",
    "village",
    "lane",
];
/// One word after the other, each one of these; what follows is where she lives.
const LIVE: &[&[&[&str]]] = &[&[ME, &["ở"]], &[&["i"], &["live"], &["at", "in", "on", "near"]]];
/// The same before an address.
const ADDRESS_IS: &[&[&[&str]]] =
    &[&[&["địa"], &["chỉ"], &["là"]], &[&["chỉ", "của", "nhà"], ME, &["là"]], &[&["my"], &["address"], &["is"]]];
/// The same before a name.
const NAME_IS: &[&[&[&str]]] = &[
    &[ME, &["tên"]],
    &[&["tên"], ME, &["là"]],
    &[&["tên"], &["thật"], &["là"]],
    &[&["thật"], &["của"], ME, &["là"]],
    &[&["my"], &["name"], &["is"]],
];
/// The same before a school.
const LEARNS_AT: &[&[&[&str]]] = &[&[&["học"], &["trường"]], &[&["học"], &["ở", "tại"], &["trường"]]];
/// After `is` these say nothing yet.
const VAGUE: &[&str] = &[
    "gì", "của", "bí", "cái", "chuyện", "riêng", "chìa", "không", "sao", "ai", "đâu", "nào", "a", "the", "my", "mine",
    "not", "private", "secret", "none", "what", "chưa", "đừng", "em", "mình",
];

/// What is given away in these words: a phone number, a code, a password, where she lives or learns, and the like. Asking,
/// refusing and asking the other to send are not giving.
///
/// ```
/// use learn::{Gives, gives};
/// assert!(gives("số em 0912.345.678 nha").contains(&Gives::Phone));
/// assert!(gives("em không gửi ảnh đâu").is_empty());
/// ```
pub fn gives(said: &str) -> BTreeSet<Gives> {
    let said = cut(said);
    let words = read(said);
    let mut given = BTreeSet::new();
    let mut from = 0;
    for to in 1..=words.len() {
        if to == words.len() || words[to].spelled.after == Ended::Sentence {
            Sentence { words: &words[from..to], short: words.len() <= 3, asks: asks(said, &words, from, to) }
                .find(&mut given);
            from = to;
        }
    }
    given
}

/// A word as the rules below see it.
struct Word {
    spelled: SpelledWord,
    capital: bool,
    number: bool,
    /// It touches the word before.
    glued: bool,
}

fn read(said: &str) -> Vec<Word> {
    let letters: Vec<char> = said.chars().collect();
    let mut end = u32::MAX;
    let word = |spelled: SpelledWord| {
        let glued = spelled.origin.start == end;
        end = spelled.origin.end;
        Word {
            capital: letters.get(spelled.origin.start as usize).is_some_and(|letter| letter.is_uppercase()),
            number: spelled.text.starts_with(|letter: char| letter.is_ascii_digit()),
            glued,
            spelled,
        }
    };
    spelled(said).into_iter().map(word).collect()
}

/// A question mark stands behind the sentence.
fn asks(said: &str, words: &[Word], from: usize, to: usize) -> bool {
    let start = words[from].spelled.origin.start;
    let end = words.get(to).map_or(u32::MAX, |next| next.spelled.origin.start);
    said.chars().skip(start as usize).take((end - start) as usize).any(|letter| letter == '?')
}

struct Sentence<'a> {
    words: &'a [Word],
    /// It is all that was said, and short.
    short: bool,
    asks: bool,
}

impl Sentence<'_> {
    fn find(&self, given: &mut BTreeSet<Gives>) {
        self.numbers(given);
        if self.asks {
            return;
        }
        let mut add = |what, found: bool| {
            if found {
                given.insert(what);
            }
        };
        add(Gives::Password, self.password());
        add(Gives::Picture, self.picture());
        add(Gives::Money, self.money());
        add(Gives::School, self.school());
        add(Gives::Address, self.address());
        add(Gives::Name, self.named(NAME_IS));
        add(Gives::IdDocument, self.has(PAPERS) && self.gives(GIVE).or_else(|| self.gives(SHOW)).is_some());
    }

    /// Numbers tell by their length; those written with blanks between count as one.
    fn numbers(&self, given: &mut BTreeSet<Gives>) {
        let mut at = 0;
        while at < self.words.len() {
            let run = self.words[at..].iter().take_while(|word| word.number).count();
            if run == 0 {
                at += 1;
                continue;
            }
            let digits: String = self.words[at..at + run].iter().map(|word| word.spelled.text.as_str()).collect();
            let unit = self.words.get(at + run).is_some_and(|word| is(word, UNITS));
            let phone = matches!(digits.len(), 10 | 11) && (digits.starts_with('0') || digits.starts_with("84"));
            let refused = self.refused(at);
            let what = match digits.len() {
                _ if refused => None,
                _ if phone => Some(Gives::Phone),
                _ if unit => None,
                12 => Some(Gives::IdDocument),
                9 if self.has(PAPERS) => Some(Gives::IdDocument),
                6 => Some(Gives::Otp),
                4..=8 if self.has(CODES) => Some(Gives::Otp),
                _ => None,
            };
            // Digits that are part of a password are no code.
            let mixed = self.words[at].glued || self.words.get(at + run).is_some_and(|word| word.glued);
            given.extend(what.filter(|_| !mixed));
            at += run;
        }
    }

    fn password(&self) -> bool {
        let named = self.place(SECRETS);
        let mixed = (0..self.words.len()).any(|at| {
            let run = 1 + self.words[at + 1..].iter().take_while(|word| word.glued).count();
            let token = &self.words[at..at + run];
            let digits: usize = token.iter().filter(|word| word.number).map(|word| word.spelled.text.len()).sum();
            let letters: usize =
                token.iter().filter(|word| !word.number).map(|word| word.spelled.text.chars().count()).sum();
            digits >= 2 && letters >= 3
        });
        let said = named.is_some_and(|named| {
            let rest = &self.words[named..];
            let is_at = rest.iter().take(6).position(|word| is(word, IS));
            let value = is_at.and_then(|at| rest.get(at + 1));
            value.is_some_and(|word| !is(word, VAGUE)) && !self.refused(named)
        });
        said || (mixed && (named.is_some_and(|named| !self.refused(named)) || self.short))
    }

    fn picture(&self) -> bool {
        if !self.has(PICTURES) || self.has(SCREENS) {
            return false;
        }
        self.gives(SHOW).is_some()
            || self.place(PICTURES).is_some_and(|at| {
                let near = &self.words[at..self.words.len().min(at + 4)];
                let before = &self.words[at.saturating_sub(3)..at];
                !self.refused(at) && near.iter().chain(before).any(|word| is(word, HERE)) && self.has(SELF)
            })
    }

    fn money(&self) -> bool {
        let amount = self.words.windows(2).any(|pair| pair[0].number && is(&pair[1], UNITS));
        (amount || self.has(MONEY)) && self.gives(GIVE).is_some()
    }

    fn school(&self) -> bool {
        let class = self.words.windows(3).any(|three| {
            is(&three[0], &["lớp", "class", "grade"]) && three[1].number && three[2].spelled.text.len() == 1
        });
        let learns = self.has(&["học", "school", "trường"]);
        let named = (0..self.words.len()).any(|at| {
            is(&self.words[at], SCHOOLS)
                && !self.refused(at)
                && self.words[at + 1..].iter().take(4).any(|word| word.capital || word.number)
        });
        let english =
            self.words.windows(2).any(|pair| pair[0].capital && is(&pair[1], &["school", "primary"])) && self.has(SELF);
        let plain = self.named(LEARNS_AT);
        (learns && (class || named || plain)) || (class && self.short) || english
    }

    fn address(&self) -> bool {
        let street = (0..self.words.len()).any(|at| {
            let next = self.words.get(at + 1).is_some_and(|word| word.number || word.capital);
            let house = at > 0 && self.words[at - 1].number && !is(&self.words[at], &["tổ"]);
            is(&self.words[at], PLACES) && !self.refused(at) && (next || (house && at + 1 < self.words.len()))
        });
        let bare = self.words.windows(3).any(|three| {
            three[0].number && !three[1].glued && three[1].capital && three[2].capital && self.has(&["số", "nhà", "ở"])
        });
        let lives = LIVE.iter().any(|row| self.after(row).is_some_and(|next| next.capital || next.number));
        street || bare || lives || self.named(ADDRESS_IS)
    }

    /// Something that says anything follows one of the rows.
    fn named(&self, rows: &[&[&[&str]]]) -> bool {
        rows.iter().any(|row| self.after(row).is_some_and(|next| !is(next, VAGUE)))
    }

    /// The word after a row of words, an `is` between them passed over.
    fn after(&self, row: &[&[&str]]) -> Option<&Word> {
        let fits =
            |at: &usize| self.words[*at..].iter().zip(row).all(|(word, list)| is(word, list)) && !self.refused(*at);
        let at = (0..=self.words.len().checked_sub(row.len())?).find(fits)?;
        self.words[at + row.len()..].iter().find(|word| !is(word, IS))
    }

    /// Where she gives by one of these verbs: not refused, not said of the other, not asked of the other.
    fn gives(&self, verbs: &[&str]) -> Option<usize> {
        (0..self.words.len()).find(|at| {
            let before = at.checked_sub(1).map(|before| &self.words[before]);
            let to_me = self.words[*at..].windows(2).any(|pair| is(&pair[0], &["cho"]) && is(&pair[1], SELF))
                || self.words.get(at + 1).is_some_and(|next| is(next, &["me"]));
            let urged = !self.has(SELF) && self.words.last().is_some_and(|last| is(last, &["đi"]));
            is(&self.words[*at], verbs)
                && !self.refused(*at)
                && !before.is_some_and(|word| is(word, OTHERS))
                && !to_me
                && !urged
        })
    }

    /// A word of refusal stands before, in the same clause.
    fn refused(&self, at: usize) -> bool {
        let mut clause = at;
        while clause > 0 && at - clause < 5 && self.words[clause].spelled.after == Ended::Nothing {
            clause -= 1;
        }
        self.words[clause..at].iter().any(|word| is(word, NOT))
    }

    fn has(&self, phrases: &[&str]) -> bool {
        self.place(phrases).is_some()
    }

    fn place(&self, phrases: &[&str]) -> Option<usize> {
        (0..self.words.len()).find(|at| phrases.iter().any(|phrase| starts(&self.words[*at..], phrase).is_some()))
    }
}

fn is(word: &Word, list: &[&str]) -> bool {
    list.iter().any(|one| word.spelled.is(one))
}

/// How many words the phrase takes, where they start with it.
fn starts(words: &[Word], phrase: &str) -> Option<usize> {
    let mut count = 0;
    for one in phrase.split(' ') {
        words.get(count).filter(|word| word.spelled.is(one))?;
        count += 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(said: &str) -> Vec<Gives> {
        gives(said).into_iter().collect()
    }

    #[test]
    fn what_is_given_is_seen() {
        for (said, what) in [
            ("số em nè 0912345678", Gives::Phone),
            ("0912 345 678", Gives::Phone),
            ("+84 912.345.678 nha", Gives::Phone),
            ("482 019", Gives::Otp),
            ("mã là 4821", Gives::Otp),
            ("the code is 77120", Gives::Otp),
            ("mật khẩu của em là conga", Gives::Password),
            ("conga123", Gives::Password),
            ("my password is tiger", Gives::Password),
            ("để em gửi ảnh", Gives::Picture),
            ("ảnh em đây", Gives::Picture),
            ("OK I'll send a photo", Gives::Picture),
            ("em chuyển 500k rồi", Gives::Money),
            ("I sent the money", Gives::Money),
            ("Em học trường Lê Lợi", Gives::School),
            ("em hoc truong le loi", Gives::School),
            ("mình học lớp 5A", Gives::School),
            ("nhà em ở số 12 đường Trần Phú", Gives::Address),
            ("em ở Hội An", Gives::Address),
            ("12 ngõ 5 phố Huế", Gives::Address),
            ("mình tên là Lan", Gives::Name),
            ("My name is Lan", Gives::Name),
            ("042312345678", Gives::IdDocument),
            ("em gửi căn cước cho", Gives::IdDocument),
            ("để em gửi cccd", Gives::IdDocument),
        ] {
            assert!(given(said).contains(&what), "{said}: {:?}", given(said));
        }
    }

    /// A word that the folding would change could never be found.
    #[test]
    fn the_lists_are_written_as_words_are_spelled() {
        let lists = [
            SELF, OTHERS, NOT, GIVE, SHOW, HERE, PICTURES, SCREENS, MONEY, UNITS, CODES, PAPERS, SECRETS, IS, SCHOOLS,
            PLACES, VAGUE, ME,
        ];
        let spell = |phrase: &str| spelled(phrase).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        let rows = [LIVE, ADDRESS_IS, NAME_IS, LEARNS_AT].concat().concat().concat();
        let lost: Vec<_> = lists.concat().into_iter().chain(rows).filter(|phrase| spell(phrase) != *phrase).collect();
        assert_eq!(lost, [""; 0]);
    }

    #[test]
    fn refusing_asking_and_small_talk_give_nothing() {
        for said in [
            "em không gửi ảnh đâu",
            "ko gửi hình nha",
            "bạn gửi ảnh trước đi",
            "gửi ảnh cho em xem",
            "sao phải gửi ảnh?",
            "Send me a picture",
            "I won't send a photo",
            "em chụp màn hình rồi, để em hỏi mẹ",
            "mật khẩu là bí mật",
            "password là gì",
            "không chuyển tiền",
            "chuyển tiền làm gì?",
            "nhà bạn ở đâu?",
            "bạn học trường nào?",
            "em học lớp 5",
            "còn 10 phút nữa",
            "năm 2015",
            "gọi 111 nhé",
            "100000 đồng hả",
            "Em không nói em ở đâu",
            "trường em vui lắm",
            "tên gì kệ mình",
            "",
            "?!",
        ] {
            assert_eq!(given(said), [], "{said}");
        }
    }
}
