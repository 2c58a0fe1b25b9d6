//! `haidang move`, as an operator types it. What it does with databases and storages is told in the store's stories.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn haidang(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_haidang"));
    command.args(["--lang", "en"]).args(words).current_dir(folder).env_clear();
    command.output().expect("it starts")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const ADD: &[&str] =
    &["org", "add", "--id", "tong-dai", "--kind", "helpline", "--name-vi", "Tổng đài thử", "--hours", "always"];

#[test]
fn it_moves_says_what_comes_next_and_harms_nothing_when_it_can_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let added = haidang(at, ADD);
    assert_eq!(added.status.code(), Some(0), "{}", said(&added));
    fs::write(at.join("new.toml"), "data = \"elsewhere\"\n").unwrap();

    let moved = haidang(at, &["move", "--to", "new.toml"]);
    assert_eq!(moved.status.code(), Some(0), "{}", said(&moved));
    assert!(said(&moved).contains("compared") && said(&moved).contains("of new.toml"), "{}", said(&moved));
    let listed = haidang(at, &["org", "list", "--config", "new.toml"]);
    assert!(said(&listed).contains("tong-dai"), "{}", said(&listed));
    assert!(said(&haidang(at, &["org", "list"])).contains("tong-dai"), "the old place is as it was");

    for (words, code, why) in [
        (&["move", "--to", "new.toml"][..], 3, "something else lies there already"),
        (&["move", "--to", "new.toml", "--data", "elsewhere"], 3, "both places are the same"),
        (&["move", "--to", "no-such.toml"], 2, "no-such.toml"),
        (&["move"], 2, "--to"),
        (&["move", "--to", "new.toml", "--database", "postgres://a:HUSH@far.example/x"], 2, "sslmode=verify-full"),
        (&["move", "--to", "new.toml", "--database", "postgres://a:HUSH@127.0.0.1:1/x"], 3, "127.0.0.1:1/x"),
        (&["move", "--to", "new.toml", "--files", "s3://sealed"], 2, "s3_key_id"),
    ] {
        let refused = haidang(at, words);
        assert_eq!(refused.status.code(), Some(code), "{words:?}: {}", said(&refused));
        assert!(said(&refused).contains(why) && !said(&refused).contains("HUSH"), "{words:?}: {}", said(&refused));
    }
    let checked = haidang(at, &["config", "check", "--database", "postgres://a:HUSH@localhost/x"]);
    assert!(said(&checked).contains("postgres://localhost/x") && !said(&checked).contains("HUSH"));
}
