//! One character at a time: lower case, one alphabet, tone taken off.
//!
//! A Vietnamese letter is folded into a *letter code* (ASCII for plain letters, 128 and up for ă â đ ê ô ơ ư) and a
//! *tone*. Because the tone belongs to the syllable, `hoà` and `hòa`, NFC and NFD all fold alike. Letters of other
//! scripts that look Latin fold to what they look like (Unicode TR 39, the part deceivers use).

/// What one character means for reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folded {
    /// A letter code and the tone it carries (0 to 5).
    Letter(u8, u8),
    /// A digit.
    Digit(u8),
    /// A combining tone (1 to 5) for the syllable.
    Tone(u8),
    /// A combining hat, breve or horn for the letter before.
    Mark(Mark),
    /// Invisible, or decoration that carries nothing.
    Skip,
    /// Blank.
    Space,
    /// Anything else: punctuation, emoji, other scripts.
    Other(char),
}

/// Combining marks that make another letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Circumflex,
    Breve,
    Horn,
}

const A_BREVE: u8 = 128;
const A_HAT: u8 = 129;
const D_BAR: u8 = 130;
const E_HAT: u8 = 131;
const O_HAT: u8 = 132;
const O_HORN: u8 = 133;
const U_HORN: u8 = 134;

/// Tones: 0 ngang, 1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng.
const VOWELS: [(u8, [char; 6]); 12] = [
    (b'a', ['a', 'à', 'á', 'ả', 'ã', 'ạ']),
    (A_BREVE, ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ']),
    (A_HAT, ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ']),
    (b'e', ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ']),
    (E_HAT, ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ']),
    (b'i', ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị']),
    (b'o', ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ']),
    (O_HAT, ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ']),
    (O_HORN, ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ']),
    (b'u', ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ']),
    (U_HORN, ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự']),
    (b'y', ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ']),
];

/// The letter without its marks, as ASCII.
pub(crate) const fn bare_letter(code: u8) -> u8 {
    match code {
        A_BREVE | A_HAT => b'a',
        D_BAR => b'd',
        E_HAT => b'e',
        O_HAT | O_HORN => b'o',
        U_HORN => b'u',
        plain => plain,
    }
}

/// A letter without its Vietnamese marks, upper case kept; anything else as it is.
pub(crate) fn plain_letter(c: char) -> char {
    match fold(c) {
        Folded::Letter(code, _) if !c.is_ascii() => {
            let plain = bare_letter(code) as char;
            if c.is_uppercase() { plain.to_ascii_uppercase() } else { plain }
        }
        _ => c,
    }
}

/// The character for a letter code and a tone; tones on consonants are dropped.
pub(crate) fn letter_char(code: u8, tone: u8) -> char {
    match VOWELS.iter().find(|(c, _)| *c == code) {
        Some((_, forms)) => forms[tone as usize],
        None if code == D_BAR => 'đ',
        None => code as char,
    }
}

/// Whether a tone can sit on this letter.
pub(crate) fn is_vowel(code: u8) -> bool {
    matches!(bare_letter(code), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// The letter that a mark makes of another.
pub(crate) const fn with_mark(code: u8, mark: Mark) -> u8 {
    match (code, mark) {
        (b'a', Mark::Circumflex) => A_HAT,
        (b'a', Mark::Breve) => A_BREVE,
        (b'e', Mark::Circumflex) => E_HAT,
        (b'o', Mark::Circumflex) => O_HAT,
        (b'o', Mark::Horn) => O_HORN,
        (b'u', Mark::Horn) => U_HORN,
        (other, _) => other,
    }
}

const TABLE_START: u32 = 0xC0;
const TABLE_END: u32 = 0x1B1;
const HIGH_START: u32 = 0x1EA0;
const HIGH_END: u32 = 0x1EFA;

/// `(letter code, tone)` of the precomposed Vietnamese letters, upper and lower case; code 0 where there is none.
static LOW: [(u8, u8); (TABLE_END - TABLE_START) as usize] =
    table::<{ (TABLE_END - TABLE_START) as usize }>(TABLE_START);
static HIGH: [(u8, u8); (HIGH_END - HIGH_START) as usize] = table::<{ (HIGH_END - HIGH_START) as usize }>(HIGH_START);

const fn table<const N: usize>(start: u32) -> [(u8, u8); N] {
    let mut table = [(0, 0); N];
    let mut row = 0;
    while row < VOWELS.len() {
        let (code, forms) = VOWELS[row];
        let mut tone = 0;
        while tone < 6 {
            let lower = forms[tone] as u32;
            if lower >= start && lower < start + N as u32 {
                table[(lower - start) as usize] = (code, tone as u8);
                // Below U+0100 capitals stand 32 earlier, above it one earlier.
                let upper = if lower < 0x100 { lower - 32 } else { lower - 1 };
                table[(upper - start) as usize] = (code, tone as u8);
            }
            tone += 1;
        }
        row += 1;
    }
    if start == TABLE_START {
        table[(0x111 - start) as usize] = (D_BAR, 0);
        table[(0x110 - start) as usize] = (D_BAR, 0);
        // Đ as Icelandic eth: seen on phones with other keyboards.
        table[(0xD0 - start) as usize] = (D_BAR, 0);
    }
    table
}

/// Folds one character.
#[inline]
pub(crate) fn fold(c: char) -> Folded {
    if c.is_ascii() {
        return match c as u8 {
            letter @ b'a'..=b'z' => Folded::Letter(letter, 0),
            letter @ b'A'..=b'Z' => Folded::Letter(letter | 32, 0),
            digit @ b'0'..=b'9' => Folded::Digit(digit - b'0'),
            b' ' | b'\t' | b'\n' | b'\r' => Folded::Space,
            control if control < 32 || control == 127 => Folded::Skip,
            _ => Folded::Other(c),
        };
    }
    let u = c as u32;
    let seen = match u {
        TABLE_START..TABLE_END => LOW[(u - TABLE_START) as usize],
        HIGH_START..HIGH_END => HIGH[(u - HIGH_START) as usize],
        _ => (0, 0),
    };
    if seen.0 != 0 { Folded::Letter(seen.0, seen.1) } else { fold_rare(c, u) }
}

#[cold]
fn fold_rare(c: char, u: u32) -> Folded {
    match u {
        0x300 | 0x340 => Folded::Tone(1),
        0x301 | 0x341 => Folded::Tone(2),
        0x309 => Folded::Tone(3),
        0x303 => Folded::Tone(4),
        0x323 => Folded::Tone(5),
        0x302 => Folded::Mark(Mark::Circumflex),
        0x306 => Folded::Mark(Mark::Breve),
        0x31B => Folded::Mark(Mark::Horn),
        // Other combining marks, variation selectors, zero-width and direction signs, soft hyphen, tags.
        0x304..=0x36F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F => Folded::Skip,
        0xAD
        | 0x61C
        | 0x180E
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x206F
        | 0xFE00..=0xFE0F
        | 0xFEFF
        | 0xE0000..=0xE01EF => Folded::Skip,
        0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000 => Folded::Space,
        _ => look_alike(u).unwrap_or(Folded::Other(c)),
    }
}

/// Letters and digits of other scripts and styles that look Latin.
fn look_alike(u: u32) -> Option<Folded> {
    let latin = |offset: u32| Some(Folded::Letter(b'a' + (offset % 26) as u8, 0));
    match u {
        0xFF21..=0xFF3A => return latin(u - 0xFF21),
        0xFF41..=0xFF5A => return latin(u - 0xFF41),
        0xFF10..=0xFF19 => return Some(Folded::Digit((u - 0xFF10) as u8)),
        0x24B6..=0x24CF => return latin(u - 0x24B6),
        0x24D0..=0x24E9 => return latin(u - 0x24D0),
        0x1F130..=0x1F149 => return latin(u - 0x1F130),
        0x1F150..=0x1F169 => return latin(u - 0x1F150),
        0x1F170..=0x1F189 => return latin(u - 0x1F170),
        // Mathematical alphabets: 13 styles of 52 letters, 5 of 10 digits.
        0x1D400..=0x1D6A3 => return latin((u - 0x1D400) % 52),
        0x1D7CE..=0x1D7FF => return Some(Folded::Digit(((u - 0x1D7CE) % 10) as u8)),
        _ => {}
    }
    let letter = match char::from_u32(u)? {
        'а' | 'А' | 'α' | 'Α' | 'ɑ' | 'ä' | 'å' | 'ā' => b'a',
        'в' | 'В' | 'Β' | 'ь' | 'ß' => b'b',
        'с' | 'С' | 'ϲ' | 'ç' | 'ᴄ' => b'c',
        'ԁ' | 'ɗ' => b'd',
        'е' | 'Е' | 'ё' | 'Ё' | 'Ε' | 'ε' | 'ë' | 'ē' | 'є' => b'e',
        'ғ' | 'ƒ' => b'f',
        'ɡ' | 'ց' => b'g',
        'н' | 'Н' | 'Η' | 'һ' => b'h',
        'і' | 'І' | 'ι' | 'Ι' | 'ı' | 'ï' | 'î' => b'i',
        'ј' | 'Ј' => b'j',
        'к' | 'К' | 'κ' | 'Κ' => b'k',
        'ӏ' | 'Ӏ' | 'ⅼ' => b'l',
        'м' | 'М' | 'Μ' => b'm',
        'п' | 'Ν' | 'ո' | 'ñ' => b'n',
        'о' | 'О' | 'ο' | 'Ο' | 'օ' | 'ö' | 'ø' | 'ō' => b'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => b'p',
        'ԛ' => b'q',
        'г' => b'r',
        'ѕ' | 'Ѕ' | 'ꜱ' => b's',
        'т' | 'Т' | 'τ' | 'Τ' => b't',
        'υ' | 'ս' | 'ü' | 'û' => b'u',
        'ν' | 'ѵ' => b'v',
        'ԝ' | 'ѡ' | 'ω' => b'w',
        'х' | 'Х' | 'χ' | 'Χ' => b'x',
        'у' | 'У' | 'Υ' | 'γ' | 'ÿ' => b'y',
        'ᴢ' | 'Ζ' => b'z',
        _ => return None,
    };
    Some(Folded::Letter(letter, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_to_its_code_and_tone() {
        for (code, forms) in VOWELS {
            for (tone, c) in forms.into_iter().enumerate() {
                assert_eq!(fold(c), Folded::Letter(code, tone as u8), "{c}");
                let upper = c.to_uppercase().next().unwrap();
                assert_eq!(fold(upper), Folded::Letter(code, tone as u8), "{upper}");
                assert_eq!(letter_char(code, tone as u8), c);
            }
        }
        assert_eq!(fold('Đ'), Folded::Letter(D_BAR, 0));
    }

    #[test]
    fn look_alikes_fold_to_what_they_look_like() {
        for (c, latin) in [('а', b'a'), ('Ｏ', b'o'), ('𝐭', b't'), ('ⓟ', b'p'), ('ο', b'o')] {
            assert_eq!(fold(c), Folded::Letter(latin, 0), "{c}");
        }
    }
}
