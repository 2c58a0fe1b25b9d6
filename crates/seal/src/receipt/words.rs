//! The two lists of 1,024 words, and reading what somebody typed.

use std::{collections::HashMap, sync::LazyLock};
use vocabulary::Lang;

/// Words of one language; no two are alike once marks and capitals are off, and none is in the other list.
pub struct WordList {
    words: Vec<&'static str>,
    by_folded: HashMap<String, usize>,
}

static VI: LazyLock<WordList> = LazyLock::new(|| WordList::read(include_str!("../../data/words.vi.txt")));
static EN: LazyLock<WordList> = LazyLock::new(|| WordList::read(include_str!("../../data/words.en.txt")));

/// One word as it was typed.
pub(super) struct Typed {
    pub(super) typed: String,
    pub(super) folded: String,
}

impl WordList {
    fn read(text: &'static str) -> Self {
        let words: Vec<_> = text.lines().collect();
        let by_folded = words.iter().enumerate().map(|(at, word)| (fold(word), at)).collect();
        Self { words, by_folded }
    }

    /// The list of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Vi => &VI,
            Lang::En => &EN,
        }
    }

    /// All words, in their order.
    pub fn words(&self) -> &[&'static str] {
        &self.words
    }

    /// The same in small letters and without marks, as they can be typed on any keyboard.
    pub fn plain(&self) -> Vec<String> {
        self.words.iter().map(|word| fold(word)).collect()
    }

    /// The language of most of these words; Vietnamese if they are even.
    pub(super) fn language(typed: &[Typed]) -> Lang {
        let known = |lang| typed.iter().filter(|word| Self::of(lang).find(&word.folded).is_some()).count();
        if known(Lang::En) > known(Lang::Vi) { Lang::En } else { Lang::Vi }
    }

    pub(super) fn word(&self, index: usize) -> &'static str {
        self.words[index]
    }

    pub(super) fn find(&self, folded: &str) -> Option<usize> {
        self.by_folded.get(folded).copied()
    }

    /// The word that takes the fewest changes of a letter, two at most.
    pub(super) fn nearest(&self, folded: &str) -> Option<&'static str> {
        let distances = self.words.iter().map(|word| (distance(&fold(word), folded), *word));
        distances.min_by_key(|(distance, _)| *distance).filter(|(distance, _)| *distance <= 2).map(|(_, word)| word)
    }
}

/// Splits at whatever is no letter.
pub(super) fn typed(text: &str) -> Vec<Typed> {
    let letter = |c: char| c.is_alphabetic() || is_mark(c);
    let words = text.split(|c| !letter(c)).filter(|word| !word.is_empty());
    words.map(|word| Typed { typed: word.to_owned(), folded: fold(word) }).collect()
}

/// Marks that follow their letter, as some keyboards write them.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Small Latin letters without marks; other scripts stay as they are.
fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).filter(|c| !is_mark(*c)).map(plain).collect()
}

const fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ' | 'ậ' => {
            'a'
        }
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' => {
            'o'
        }
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' => 'd',
        other => other,
    }
}

/// Letters that must be changed, added or left out to make one word of the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(32).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (j, other) in b.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
