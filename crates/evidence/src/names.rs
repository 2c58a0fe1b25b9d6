//! Names from strangers, made harmless: on a disk, and before a reader's eyes.

/// Endings that open with a viewer and run nothing; all else gets `.bin` behind it, or a double click could run it.
const HARMLESS: &[&str] = &[
    "3gp", "aac", "amr", "avif", "bmp", "csv", "docx", "eml", "flac", "gif", "heic", "heif", "jpeg", "jpg", "json",
    "m4a", "mkv", "mov", "mp3", "mp4", "mpg", "oga", "ogg", "opus", "pdf", "png", "rtf", "tif", "tiff", "txt", "vcf",
    "wav", "webm", "webp", "xlsx", "zip",
];

/// Where the item of this number (from 1) lies: a number and an ending, whatever its name claims. Names with paths, that
/// write from right to left, that are taken twice or reserved by a system can't do anything here.
pub fn data(number: usize, name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let ending = if HARMLESS.contains(&ending.as_str()) { &ending } else { "bin" };
    format!("data/{number:04}.{ending}")
}

/// A text as it can be shown: what turns the writing around, hides or has no picture stands there by its number.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\t' => shown.push(letter),
            '\r' => {}
            '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{61c}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}' => shown += &format!("‹U+{:04X}›", letter as u32),
            _ if letter.is_control() => shown += &format!("‹U+{:04X}›", letter as u32),
            _ => shown.push(letter),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_do_nothing_on_a_disk() {
        assert_eq!(data(1, "Ảnh chụp.JPG"), "data/0001.jpg");
        for name in [
            "../../etc/passwd",
            "C:\\CON",
            "a/b",
            "run.html",
            "x.exe",
            "anh\u{202e}gpj.exe",
            "",
            ".",
            "a.jpg/..",
            "x.jpg\0.exe",
        ] {
            assert_eq!(data(12, name), "data/0012.bin", "{name:?}");
        }
    }

    #[test]
    fn a_name_that_turns_around_is_shown_as_what_it_is() {
        assert_eq!(visible("anh\u{202e}gpj.exe"), "anh‹U+202E›gpj.exe");
        assert_eq!(visible("Tối nay\r\n👩‍👧 ở đâu?"), "Tối nay\n👩‍👧 ở đâu?");
    }
}
