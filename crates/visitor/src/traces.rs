//! What a visit left on the disk.

use crate::Sought;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The files under `folder` that hold `words`, in any writing that [`Sought`] knows.
pub fn traces(folder: &Path, words: &str) -> Vec<PathBuf> {
    let mut sought = Sought::default();
    sought.words("the words", words);
    traces_of(folder, &sought).into_iter().map(|(path, _)| path).collect()
}

/// The files under `folder` that hold something of what is sought, and what.
pub fn traces_of(folder: &Path, sought: &Sought) -> Vec<(PathBuf, BTreeSet<String>)> {
    let mut found = Vec::new();
    search(folder, sought, &mut found);
    found
}

fn search(folder: &Path, sought: &Sought, found: &mut Vec<(PathBuf, BTreeSet<String>)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() && !path.is_symlink() {
            search(&path, sought, found);
        } else if let Ok(bytes) = fs::read(&path) {
            let here = sought.found_in(&bytes);
            if !here.is_empty() {
                found.push((path, here));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::traces;

    #[test]
    fn files_that_hold_the_words_are_found_in_every_folder() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        std::fs::create_dir(folder.path().join("in")).unwrap();
        write("plain", "x Đừng nói ai y".as_bytes());
        write("in/wide", &"x Đừng nói ai".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        write("in/form", b"q=%C4%90%E1%BB%ABng+n%C3%B3i+ai");
        write("other", b"nothing");
        assert_eq!(traces(folder.path(), "Đừng nói ai").len(), 3);
    }
}
