//! The operator's part on the command line: organisations, invitations, and every wrong word named.

use std::{
    path::Path,
    process::{Command, Output},
};

fn haidang(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_haidang"));
    command.args(["--lang", "en"]).args(words).current_dir(folder).env_clear();
    command.output().expect("it starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const ADD: &[&str] = &[
    "org",
    "add",
    "--id",
    "tong-dai",
    "--kind",
    "helpline",
    "--name-vi",
    "Tổng đài thử",
    "--hours",
    "mon-fri 08:00-17:00",
    "--provinces",
    "01, 79",
    "--webhook-url",
    "https://hook.example/x",
];

#[test]
fn an_organisation_is_added_and_its_first_member_invited() {
    let folder = tempfile::tempdir().unwrap();
    let added = haidang(folder.path(), ADD);
    assert_eq!(added.status.code(), Some(0), "{}", complained(&added));
    assert!(said(&added).contains("haidang staff invite tong-dai"), "{}", said(&added));
    // The webhook's key is shown once.
    let key = said(&added).lines().last().unwrap().trim().to_owned();
    assert_eq!(key.len(), 64);

    let invited =
        haidang(folder.path(), &["staff", "invite", "tong-dai", "--role", "intake", "--base-url", "https://a.example"]);
    let link = said(&invited).lines().next().unwrap().to_owned();
    let secret = link.strip_prefix("https://a.example/en/desk/join#").expect("the secret stands in the fragment only");
    assert_eq!(secret.len(), 43);
    let database = std::fs::read(folder.path().join("haidang-data/haidang.sqlite")).unwrap();
    assert!(!database.windows(secret.len()).any(|w| w == secret.as_bytes()), "the secret itself is kept nowhere");

    let listed = said(&haidang(folder.path(), &["org", "list"]));
    assert!(listed.contains("tong-dai") && listed.contains("no key yet"), "{listed}");
    assert!(!listed.contains(&key), "a key is not listed");
    assert_eq!(said(&haidang(folder.path(), &["staff", "list", "tong-dai"])), "Nobody yet.\n");

    let changed =
        haidang(folder.path(), &["org", "change", "tong-dai", "--hours", "always", "--name-en", "Trial line"]);
    assert_eq!(changed.status.code(), Some(0), "{}", complained(&changed));
    assert!(said(&haidang(folder.path(), &["org", "list"])).contains("Trial line"));
    assert_eq!(haidang(folder.path(), &["org", "close", "tong-dai"]).status.code(), Some(0));
    assert!(said(&haidang(folder.path(), &["org", "list"])).contains("No organisation yet"));
    let closed = haidang(folder.path(), &["staff", "invite", "tong-dai", "--role", "intake"]);
    assert_eq!(closed.status.code(), Some(2));
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = haidang(
        folder.path(),
        &[
            "org",
            "add",
            "--id",
            "Tổng đài",
            "--kind",
            "hotline",
            "--name-vi",
            " ",
            "--hours",
            "monday",
            "--provinces",
            "01,1",
            "--notice-email",
            "truc",
            "--webhook-url",
            "http://a.example",
        ],
    );
    assert_eq!(wrong.status.code(), Some(2));
    let complaint = complained(&wrong);
    for part in [
        "--id: `Tổng đài`",
        "--kind: there is no kind `hotline`",
        "--name-vi:",
        "--hours:",
        "the code 1;",
        "`truc`",
        "http://a.example",
    ] {
        assert!(complaint.contains(part), "{part} is not named:\n{complaint}");
    }
    assert!(!folder.path().join("haidang-data").exists(), "nothing was made");

    // A mistyped folder does not become a new house.
    let elsewhere = haidang(folder.path(), &["org", "list", "--data", "/no/such/folder"]);
    assert_eq!(elsewhere.status.code(), Some(3));
    assert!(complained(&elsewhere).contains("--data"));

    assert_eq!(haidang(folder.path(), ADD).status.code(), Some(0));
    let twice = haidang(folder.path(), ADD);
    assert_eq!(twice.status.code(), Some(2));
    assert!(complained(&twice).contains("already"));
    let role = haidang(folder.path(), &["staff", "invite", "tong-dai", "--role", "boss"]);
    assert!(complained(&role).contains("organisation_admin"), "{}", complained(&role));
    let unknown = haidang(folder.path(), &["staff", "list", "tong"]);
    assert!(complained(&unknown).contains("there are: tong-dai"));
    let nobody = haidang(folder.path(), &["staff", "leave", "tong-dai", "lan"]);
    assert!(complained(&nobody).contains("has no \"lan\""));
}
