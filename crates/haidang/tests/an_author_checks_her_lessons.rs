//! An author runs `haidang learn check` after each save, and a script reads its number.

mod common;
use common::{code, run, text};
use serde_json::Value;
use std::{fs, path::Path};

/// A copy of one shipped chat, to break.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let chats = Path::new(env!("CARGO_MANIFEST_DIR")).join("../learn/content/chats");
    let first = fs::read_dir(chats).unwrap().map(|entry| entry.unwrap().path()).min().unwrap();
    fs::create_dir(folder.path().join("chats")).unwrap();
    fs::copy(&first, folder.path().join("chats").join(first.file_name().unwrap())).unwrap();
    folder
}

fn only(folder: &Path) -> std::path::PathBuf {
    fs::read_dir(folder.join("chats")).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn what_is_built_in_is_fine_and_can_be_listed() {
    let checked = run(&["learn", "check", "--lang", "en"], b"");
    assert_eq!(code(&checked), 0, "{}", text(&checked.stdout));
    assert!(text(&checked.stdout).starts_with("Nothing to mend: "));
    let listed = run(&["learn", "list", "--json", "--lang", "vi"], b"");
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let rows = listed["content"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["kind"] == "chat") && rows.iter().any(|row| row["kind"] == "lesson"));
    assert!(text(&run(&["learn", "list"], b"").stdout).lines().count() >= rows.len());
}

#[test]
fn a_mistake_is_told_with_file_and_place_in_her_language() {
    let folder = folder();
    let (here, file) = (folder.path().to_str().unwrap(), only(folder.path()));
    assert_eq!(code(&run(&["learn", "check", here], b"")), 0);
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replacen("ending = \"better\"\n", "", 1)).unwrap();
    let vi = run(&["learn", "check", here, "--lang", "vi"], b"");
    assert_eq!(code(&vi), 14);
    let said = text(&vi.stdout);
    assert!(said.contains(file.to_str().unwrap()) && said.contains("ngõ cụt"), "{said}");
    let json = run(&["learn", "check", "--json", file.to_str().unwrap()], b"");
    assert_eq!(code(&json), 14);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let found = json["findings"].as_array().unwrap();
    let dead = found.iter().find(|finding| finding["what"] == "dead_end").unwrap();
    assert!(dead["line"].as_u64().unwrap() > 1 && dead["place"]["en"].as_str().unwrap().starts_with("scene "));
}

#[test]
fn files_that_are_none_are_told_and_never_stop_the_rest() {
    let folder = folder();
    let here = folder.path().to_str().unwrap();
    fs::write(folder.path().join("chats/bytes.toml"), [0xff, 0xfe]).unwrap();
    fs::write(folder.path().join("chats/half.toml"), "id = \"half\"\ntitle = {").unwrap();
    fs::write(folder.path().join("stray.toml"), "").unwrap();
    let output = run(&["learn", "check", here, "--json"], b"");
    assert_eq!(code(&output), 14);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<_> = json["findings"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unread", "unread", "folder"]);
    assert_eq!(json["counts"]["chats"], 1);
}

#[test]
fn a_folder_without_lessons_is_said_to_be_one() {
    let empty = tempfile::tempdir().unwrap();
    for path in ["/there/is/no/such/folder", empty.path().to_str().unwrap()] {
        let output = run(&["learn", "check", path], b"");
        assert_eq!(code(&output), 3);
        assert!(text(&output.stderr).starts_with("haidang: "));
    }
}
