//! What a visit left on the disk.

use std::{fs, path::Path, path::PathBuf};

/// The files under `folder` that hold `words`, in UTF-8 or in UTF-16 as Chromium's databases write it, with or without
/// percent-encoding. Compressed files would hide them: a test plants words that don't compress and looks at what it
/// can.
pub fn traces(folder: &Path, words: &str) -> Vec<PathBuf> {
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encoded: String = words
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    let needles = [words.as_bytes().to_vec(), wide, encoded.replace("%20", "+").into_bytes(), encoded.into_bytes()];
    let mut found = Vec::new();
    search(folder, &needles, &mut found);
    found
}

fn search(folder: &Path, needles: &[Vec<u8>], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() && !path.is_symlink() {
            search(&path, needles, found);
        } else if let Ok(bytes) = fs::read(&path)
            && needles.iter().any(|n| holds(&bytes, n))
        {
            found.push(path);
        }
    }
}

/// Looks for the first byte, then compares: profiles are some ten megabytes.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == needle[0]) {
        if rest[at..].starts_with(needle) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::traces;

    #[test]
    fn words_are_found_in_every_writing() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        write("plain", "x Đừng nói ai y".as_bytes());
        write("wide", &"x Đừng nói ai".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        write("form", b"q=%C4%90%E1%BB%ABng+n%C3%B3i+ai");
        write("other", b"nothing");
        assert_eq!(traces(folder.path(), "Đừng nói ai").len(), 3);
    }
}
