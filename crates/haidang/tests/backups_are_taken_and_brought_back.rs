//! `haidang backup`, `restore` and `doctor`, by the program itself, beside a server that runs and under `kill -9`.

mod common;

use casework::{CaseId, FileId, Organisation, Texts};
use common::{Server, code, finish, haidang, json_lines, run, text};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{
    Grant, Invitation, NewEntry, NewMember, NewReport, NoticeWays, OrganisationRecord, ReceiptRecord, Store, View,
};
use tempfile::TempDir;
use vocabulary::{EntryKind, OrganisationKind, Role};

/// A house with reports, where its backups go, and the key.
struct Place {
    folder: TempDir,
    recipient: String,
}

impl Place {
    fn with(reports: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("backup.key");
        let made = run(&["backup", "keygen", key.to_str().unwrap()], b"");
        assert_eq!(code(&made), 0, "{}", text(&made.stderr));
        let said = text(&made.stdout);
        let recipient = said.split('"').nth(1).unwrap().to_owned();
        assert!(recipient.starts_with("age1") && !said.contains("AGE-SECRET"), "{said}");
        let again = run(&["backup", "keygen", key.to_str().unwrap()], b"");
        assert_eq!(code(&again), 3, "a key that is there is never overwritten");
        let place = Self { folder, recipient };
        fs::create_dir(place.path("backups")).unwrap();
        close_to_others(Path::new(&place.path("backups")));
        fill(Path::new(&place.path("data")), reports);
        place
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn settled(&self, command: &[&str]) -> std::process::Command {
        let mut settled = haidang(command);
        settled.args(["--data", &self.path("data")]).env("HAIDANG_BACKUP_FOLDER", self.path("backups"));
        settled.env("HAIDANG_BACKUP_RECIPIENT", &self.recipient);
        settled
    }

    fn backup(&self) -> Output {
        finish(&mut self.settled(&["backup"]), b"")
    }

    fn restore_command(&self, into: &str) -> std::process::Command {
        let mut command =
            haidang(&["restore", "--from", &self.path("backups"), "--identity", &self.path("backup.key")]);
        command.args(["--data", &self.path(into)]);
        command
    }

    fn restore(&self, into: &str) -> Output {
        finish(&mut self.restore_command(into), b"")
    }

    /// What is not well, by check.
    fn ails(&self) -> Vec<String> {
        let said = finish(&mut self.settled(&["doctor", "--json"]), b"");
        let findings = json_lines(&said.stdout).remove(0)["findings"].clone();
        let findings = findings.as_array().unwrap().iter();
        let mut ails: Vec<String> = findings
            .filter(|finding| finding["level"] != "ok")
            .map(|finding| {
                assert!(!finding["what"].as_str().unwrap().is_empty());
                finding["check"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(code(&said), if ails.is_empty() { 0 } else { 13 });
        // How much room this machine has is its own matter.
        ails.retain(|check| !check.ends_with("room"));
        ails
    }

    fn manifests(&self) -> usize {
        let backups = fs::read_dir(Path::new(&self.path("backups")).join("backups"));
        backups.map_or(0, |names| {
            names.filter(|name| name.as_ref().unwrap().path().extension().is_some_and(|e| e == "age")).count()
        })
    }
}

fn close_to_others(folder: &Path) {
    set_rights(folder, 0o700);
}

fn set_rights(folder: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed()
}

fn id(seed: &str) -> [u8; 16] {
    Sha256::digest(seed)[..16].try_into().unwrap()
}

fn photo(number: u32) -> FileId {
    FileId(id(&format!("photo {number}")))
}

fn path_of(data: &str, file: FileId) -> PathBuf {
    let name = file.to_string();
    Path::new(data).join("files").join(&name[..2]).join(name)
}

/// Reports to one organisation, each with a file, and a server's look at the clock.
#[tokio::main(flavor = "current_thread")]
async fn fill(data: &Path, reports: u32) {
    let store = Store::open(data, &[7; 64]).await.unwrap();
    let card = Organisation {
        id: "111".into(),
        kind: OrganisationKind::Helpline,
        name: Texts { vi: "Tổng đài".into(), en: "Helpline".into() },
        about: Texts::default(),
        told_by_law: Texts::default(),
        hours: "always".into(),
        provinces: Vec::new(),
        recipient: None,
    };
    let (notices, questions) = (NoticeWays::default(), String::new());
    let record = OrganisationRecord { card, questions, retention_days: None, notices, added_at: 0, closed_at: None };
    store.add_organisation(record).await.unwrap();
    let invitation = Invitation { hash: [1; 32], organisation: "111".into(), role: Role::Intake, expires_at: i64::MAX };
    store.invite(invitation).await.unwrap();
    let founder = NewMember {
        id: casework::MemberId([1; 16]),
        name: "an".into(),
        recipient: "age1".into(),
        wrapped_key: vec![1; 300],
        salt: vec![1; 16],
        sign_in: [1; 32],
        totp: None,
        founds: Some(("age1".into(), vec![1; 300])),
    };
    store.join([1; 32], founder, now()).await.unwrap();
    for number in 0..reports {
        let of = |what: &str| Sha256::digest(format!("{what} {number}")).into();
        let case = CaseId(id(&format!("case {number}")));
        store.begin_file(photo(number), case, 200_000, 1 << 30, now()).await.unwrap();
        store.add_piece(photo(number), 0, vec![number as u8; 200_000], now()).await.unwrap();
        let grant = |organisation: Option<&str>| Grant {
            organisation: organisation.map(str::to_owned),
            epoch: 0,
            sealed: vec![3; 400],
        };
        let receipt = ReceiptRecord {
            locator: id(&format!("locator {number}")),
            verifier: of("verifier"),
            version: 1,
            recipient: "age1".into(),
            verify_key: of("key"),
        };
        let entry = NewEntry {
            kind: EntryKind::Message,
            sealed: vec![9; 20_000],
            leaf: of("leaf"),
            files: vec![photo(number)],
        };
        let report = NewReport {
            id: case,
            receipt,
            recipient: "age1".into(),
            audience: None,
            facts: casework::Facts::default(),
            grants: vec![grant(None), grant(Some("111"))],
            entries: vec![entry],
        };
        store.receive(report, now()).await.unwrap();
    }
    store.tidy(now()).await.unwrap();
    store.close().await;
}

/// Every case and file that [`fill`] made is there.
#[tokio::main(flavor = "current_thread")]
async fn holds(data: &str, reports: u32) {
    let store = Store::open(Path::new(data), &[8; 64]).await.unwrap();
    assert_eq!(store.inbox("111", View::All, None, 100_000).await.unwrap().len(), reports as usize);
    for number in 0..reports {
        let case = CaseId(id(&format!("case {number}")));
        assert_eq!(store.entries(case, 0).await.unwrap()[0].sealed, vec![9; 20_000]);
        assert_eq!(store.grants(case, Some("111")).await.unwrap()[0].sealed, [3; 400]);
        assert_eq!(fs::read(path_of(data, photo(number))).unwrap(), vec![number as u8; 200_000]);
    }
    store.close().await;
}

#[test]
fn a_backup_is_taken_beside_a_server_and_comes_back() {
    let place = Place::with(30);
    let (data, backups) = (place.path("data"), place.path("backups"));
    let server = Server::start(&["--data", &data, "--backup-folder", &backups]);
    let list = Path::new(&backups).join("forgotten.list");
    assert!(list.exists(), "the server writes the list from its start on");
    let took = place.backup();
    assert_eq!(code(&took), 0, "{}", text(&took.stderr));
    assert!(text(&took.stdout).contains("30 files"), "{}", text(&took.stdout));
    let privacy = server.get("/en/privacy");
    assert!(privacy.contains("Backups live at most 30 days"), "{privacy}");
    assert!(server.get("/vi/privacy").contains("sống nhiều nhất 30 ngày"));
    let again = place.backup();
    assert!(text(&again.stdout).contains("0 B of it newly written"), "{}", text(&again.stdout));
    assert_eq!(place.ails(), Vec::<String>::new());

    // Onto a house that is there, without a key, without the list: refused, each in a sentence.
    let busy = place.restore("data");
    assert!(code(&busy) == 3 && text(&busy.stderr).contains("has this folder open"), "{}", text(&busy.stderr));
    assert_eq!(server.stop().0, 0);
    let occupied = place.restore("data");
    assert!(code(&occupied) == 3 && text(&occupied.stderr).contains("an empty place"), "{}", text(&occupied.stderr));
    let kept = fs::read(&list).unwrap();
    fs::remove_file(&list).unwrap();
    let without = place.restore("again");
    assert!(code(&without) == 3 && text(&without.stderr).contains("forgotten.list"), "{}", text(&without.stderr));
    fs::write(&list, kept).unwrap();
    let mut early = place.restore_command("again");
    let early = finish(early.args(["--at", "2020-01-01"]), b"");
    assert!(code(&early) == 3 && text(&early.stderr).contains("no such backup"), "{}", text(&early.stderr));

    let restored = place.restore("again");
    assert_eq!(code(&restored), 0, "{}", text(&restored.stderr));
    assert!(text(&restored.stdout).contains("30 cases"), "{}", text(&restored.stdout));
    holds(&place.path("again"), 30);
    let server = Server::start(&["--data", &place.path("again"), "--backup-folder", &backups]);
    assert!(server.get("/readyz").contains("200"));
    assert_eq!(server.stop().0, 0);
}

#[test]
fn killed_in_the_middle_a_backup_is_none_and_the_next_one_is_whole() {
    let place = Place::with(60);
    let mut cut = 0;
    for wait in [30, 80, 150, 250, 400, 600] {
        let before = place.manifests();
        let mut child = place.settled(&["backup"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        let is_whole = place.manifests() > before;
        assert!(is_whole || !ended.success(), "what ended well is there");
        cut += u32::from(!ended.success());
    }
    assert!(cut > 0, "some were cut off");
    let took = place.backup();
    assert_eq!(code(&took), 0, "{}", text(&took.stderr));
    assert_eq!(code(&place.restore("again")), 0);
    holds(&place.path("again"), 60);
}

#[test]
fn killed_in_the_middle_a_restore_opens_as_no_house_and_the_next_one_is_whole() {
    let place = Place::with(60);
    assert_eq!(code(&place.backup()), 0);
    let mut cut = 0;
    for wait in [30, 80, 150, 250, 400, 600] {
        let into = format!("again {wait}");
        let mut child = place.restore_command(&into).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        if !ended.success() && Path::new(&place.path(&into)).join("haidang.sqlite").exists() {
            cut += 1;
            let listed = finish(haidang(&["org", "list", "--data", &place.path(&into)]).arg("--lang=en"), b"");
            let said = text(&listed.stderr) + &text(&listed.stdout);
            // Not begun, half, or already a house whose end was not told.
            let half = said.contains("run the same haidang restore again");
            let none = said.contains("No organisation yet");
            assert!(half || none || said.contains("111"), "{said}");
            if said.contains("111") && !half {
                holds(&place.path(&into), 60);
                continue;
            }
            let next = place.restore(&into);
            assert_eq!(code(&next), 0, "{}", text(&next.stderr));
        }
        if ended.success() || Path::new(&place.path(&into)).join("haidang.sqlite").exists() {
            holds(&place.path(&into), 60);
        }
    }
    assert!(cut > 0, "some were cut off");
}

/// The one who knows the organisation's key leaves, and the list beside the backups has it.
#[tokio::main(flavor = "current_thread")]
async fn who_knows_the_key_leaves(place: &Place) {
    let store = Store::open(Path::new(&place.path("data")), &[8; 64]).await.unwrap();
    store.leave(casework::MemberId([1; 16]), [5; 32], now()).await.unwrap();
    backup::list::append(Path::new(&place.path("backups")), &store).await.unwrap();
    store.close().await;
}

#[test]
fn a_key_that_a_restore_brought_back_is_named_by_it_and_by_the_doctor() {
    let place = Place::with(1);
    assert_eq!(code(&place.backup()), 0);
    who_knows_the_key_leaves(&place);
    assert_eq!(place.ails(), ["organisation_keys"]);
    let restored = place.restore("again");
    assert_eq!(code(&restored), 0, "{}", text(&restored.stderr));
    let said = text(&restored.stdout);
    assert!(said.contains("111") && (said.contains("Replace the key") || said.contains("Phải thay khoá")), "{said}");
    let doctor = finish(haidang(&["doctor", "--json"]).args(["--data", &place.path("again")]), b"");
    assert!(
        text(&doctor.stdout).contains(r#""check":"organisation_keys","level":"warning""#),
        "{}",
        text(&doctor.stdout)
    );
}

#[test]
fn the_doctor_finds_what_was_planted() {
    let place = Place::with(8);
    let (data, backups) = (place.path("data"), place.path("backups"));
    assert_eq!(place.ails(), ["backup_age", "forgotten_list"], "no backup yet");
    assert_eq!(code(&place.backup()), 0);
    assert_eq!(place.ails(), Vec::<String>::new());

    let cut = path_of(&data, photo(3));
    let bytes = fs::read(&cut).unwrap();
    fs::write(&cut, &bytes[..1000]).unwrap();
    let strange = path_of(&data, FileId(id("nobody's")));
    fs::create_dir_all(strange.parent().unwrap()).unwrap();
    fs::write(&strange, "x").unwrap();
    assert_eq!(place.ails(), ["missing_files", "unnamed_files"]);
    fs::write(&cut, &bytes).unwrap();
    fs::remove_file(&strange).unwrap();

    let list = Path::new(&backups).join("forgotten.list");
    let kept = fs::read(&list).unwrap();
    fs::write(&list, &kept[..5]).unwrap();
    assert_eq!(place.ails(), ["forgotten_list"]);
    fs::write(&list, kept).unwrap();

    let parts = fs::read_dir(Path::new(&backups).join("parts")).unwrap().next().unwrap().unwrap().path();
    let part = fs::read_dir(parts).unwrap().next().unwrap().unwrap().path();
    let kept = fs::read(&part).unwrap();
    fs::remove_file(&part).unwrap();
    assert_eq!(place.ails(), ["backup_parts"]);
    fs::write(&part, kept).unwrap();

    set_rights(Path::new(&data), 0o755);
    assert_eq!(place.ails(), ["folder"]);
    close_to_others(Path::new(&data));

    look_at_clock(&data, now() + 86_400);
    assert_eq!(place.ails(), ["clock"], "the clock went back a day");
    look_at_clock(&data, now());
    assert_eq!(place.ails(), Vec::<String>::new());

    // A page in the middle of the database is overwritten.
    let database = Path::new(&data).join("haidang.sqlite");
    let whole = fs::read(&database).unwrap();
    let mut damaged = whole.clone();
    let middle = whole.len() / 8192 * 4096;
    damaged[middle..middle + 4096].fill(0x5a);
    fs::write(&database, damaged).unwrap();
    let ails = place.ails();
    assert!(ails.iter().any(|check| ["integrity", "database"].contains(&&check[..])), "{ails:?}");
    fs::write(&database, whole).unwrap();
    assert_eq!(place.ails(), Vec::<String>::new());

    let mut wrong = place.settled(&["doctor", "--json"]);
    let said = finish(wrong.env("HAIDANG_BACKUP_RECIPIENT", "age1wrong"), b"");
    assert_eq!((code(&said), json_lines(&said.stdout)[0]["findings"][0]["check"].as_str().unwrap()), (13, "settings"));
    let said = run(&["doctor", "--json", "--data", &place.path("nowhere")], b"");
    assert_eq!(code(&said), 13);
    assert!(!Path::new(&place.path("nowhere")).exists(), "it makes nothing");
    // In words, in both languages.
    for (lang, well) in [("vi", "✓ đủ mọi tệp\n"), ("en", "✓ every file is there\n")] {
        let said = finish(place.settled(&["doctor", "--lang", lang]).env_remove("HAIDANG_LANG"), b"");
        assert!(text(&said.stdout).contains(well), "{}", text(&said.stdout));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn look_at_clock(data: &str, at: i64) {
    let store = Store::open(Path::new(data), &[8; 64]).await.unwrap();
    store.tidy(at).await.unwrap();
    store.close().await;
}
