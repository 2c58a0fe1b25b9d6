//! A report arrives, the organisation's duty desk gets a letter by a real mail server, and the letter tells nothing.
//! Needs Debian's python3-aiosmtpd (`cargo xtask test` installs it).

use casework::work::Actor;
use casework::{CaseId, Facts, Organisation, Texts};
use notices::{
    Mail, MailError, Security,
    alarm::{To, UNOPENED_SECONDS, Untold, alarm},
    keep_telling,
};
use std::{
    io::{BufRead, BufReader, Lines},
    net::TcpListener,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
};
use store::{Grant, NewEntry, NewEvent, NewReport, NoticeWays, OrganisationRecord, ReceiptRecord, Store};
use tempfile::TempDir;
use vocabulary::{EntryKind, Harm, OrganisationKind, Urgency};

struct MailServer {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
    authority: Vec<u8>,
    _folder: TempDir,
}

impl MailServer {
    fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail_server.py");
        let mut child = Command::new("/usr/bin/python3")
            .arg(script)
            .arg(port.to_string())
            .args([&certificate, &key])
            .stdout(Stdio::piped())
            .spawn()
            .expect("Debian has python3 there");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().and_then(Result::ok);
        assert_eq!(first.as_deref(), Some("ready"), "what to do: apt-get install python3-aiosmtpd");
        Self { child, lines, port, authority: made.cert.pem().into_bytes(), _folder: folder }
    }

    fn mail(&self, password: &str, authority: Option<&[u8]>) -> Mail {
        let login = Some(("haidang".to_owned(), password.to_owned()));
        Mail::new("localhost", self.port, Security::StartTls, login, "haidang@haidang.example", authority).unwrap()
    }

    fn letter(&mut self) -> String {
        self.lines.next().expect("it runs").expect("a line")
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn organisation() -> OrganisationRecord {
    OrganisationRecord {
        card: Organisation {
            id: "tong-dai".into(),
            kind: OrganisationKind::Helpline,
            name: Texts { vi: "Tổng đài".into(), en: String::new() },
            about: Texts::default(),
            told_by_law: Texts::default(),
            hours: "always".into(),
            provinces: vec![],
            recipient: None,
        },
        questions: String::new(),
        retention_days: None,
        notices: NoticeWays { email: Some("truc@haidang.example".into()), ..NoticeWays::default() },
        added_at: 1,
        closed_at: None,
    }
}

fn report() -> NewReport {
    NewReport {
        id: CaseId([7; 16]),
        receipt: ReceiptRecord {
            locator: [1; 16],
            verifier: [2; 32],
            version: 1,
            recipient: "age1receipt".into(),
            verify_key: [3; 32],
        },
        recipient: "age1case".into(),
        audience: None,
        facts: Facts { harm: Some(Harm::Sextortion), urgency: Some(Urgency::Now), ..Facts::default() },
        grants: [None, Some("tong-dai".to_owned())]
            .map(|organisation| Grant { organisation, epoch: 0, sealed: vec![1] })
            .to_vec(),
        entries: vec![NewEntry { kind: EntryKind::Story, sealed: vec![1], leaf: [9; 32], files: vec![] }],
    }
}

/// The store's own way of joining, by which an organisation gets its key.
async fn found(store: &Store) {
    let invitation = store::Invitation {
        hash: [5; 32],
        organisation: "tong-dai".into(),
        role: vocabulary::Role::Intake,
        expires_at: 100,
    };
    store.invite(invitation).await.unwrap();
    let member = store::NewMember {
        id: casework::MemberId([4; 16]),
        name: "lan".into(),
        recipient: "age1lan".into(),
        wrapped_key: vec![1],
        salt: vec![1; 16],
        sign_in: [1; 32],
        totp: None,
        founds: Some(("age1ours".into(), vec![1])),
    };
    store.join([5; 32], member, 2).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_arrives_and_the_letter_tells_nothing() {
    let mut server = MailServer::start();
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path(), &[0; 64]).await.unwrap();
    store.add_organisation(organisation()).await.unwrap();
    found(&store).await;
    let mail = server.mail("pass word", Some(&server.authority.clone()));
    let telling = tokio::spawn(keep_telling(store.clone(), Some(mail), "https://haidang.example/vi/desk".into()));
    store.receive(report(), 10).await.unwrap();
    let letter = tokio::task::spawn_blocking(move || server.letter()).await.unwrap();
    telling.abort();
    assert!(letter.contains("\"tls\": true") && letter.contains("truc@haidang.example"), "{letter}");
    assert!(letter.contains("haidang.example/vi/desk"));
    let told = letter.to_lowercase();
    for word in ["sextortion", "tong-dai", "now", "0707", "lan", "báo cáo", "report", "case"] {
        assert!(!told.contains(&format!(" {word}")), "the letter says `{word}`: {letter}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_danger_that_nobody_opens_tells_every_duty_contact_once() {
    const ARRIVED: i64 = 1_795_582_800;
    let mut server = MailServer::start();
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path(), &[0; 64]).await.unwrap();
    store.add_organisation(organisation()).await.unwrap();
    found(&store).await;
    let contacts = vec!["an@a.example".to_owned(), "binh@a.example".to_owned()];
    store.change_office("tong-dai".into(), casework::Clocks::DEFAULT, contacts).await.unwrap();
    store.receive(report(), ARRIVED).await.unwrap();
    let mail = Arc::new(server.mail("pass word", Some(&server.authority.clone())));
    let (desk, mut untold) = (Arc::<str>::from("https://haidang.example/vi/desk"), Untold::new());
    // Clocks that moved: before the half hour nobody is told, at it everybody is, later nobody again.
    for after in [0, UNOPENED_SECONDS - 1, UNOPENED_SECONDS, UNOPENED_SECONDS + 60, 2 * UNOPENED_SECONDS] {
        alarm(&store, Some(&mail), &desk, ARRIVED + after, &mut untold).await.unwrap();
        assert!(untold.is_empty());
    }
    // Something else behind them, to be sure that these two were all.
    let last = Arc::clone(&mail);
    tokio::task::spawn_blocking(move || last.tell("last@a.example", "https://x").unwrap()).await.unwrap();
    let letters =
        tokio::task::spawn_blocking(move || [server.letter(), server.letter(), server.letter()]).await.unwrap();
    for (letter, to) in letters.iter().zip(["an@a.example", "binh@a.example", "last@a.example"]) {
        assert!(letter.contains(to), "{letter}");
    }
    // 05:00 UTC is noon in Vietnam.
    assert!(letters[0].contains("12:00"), "{}", letters[0]);
    let told = letters[0].to_lowercase();
    for word in ["sextortion", "tong-dai", "0707", "lan", "case"] {
        assert!(!told.contains(&format!(" {word}")), "the letter says `{word}`: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_that_no_mail_server_takes_is_kept_for_the_next_look() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path(), &[0; 64]).await.unwrap();
    store.add_organisation(organisation()).await.unwrap();
    found(&store).await;
    let contacts = vec!["an@a.example".to_owned()];
    store.change_office("tong-dai".into(), casework::Clocks::DEFAULT, contacts).await.unwrap();
    store.receive(report(), 10).await.unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = Arc::new(Mail::new("localhost", port, Security::Off, None, "h@h.example", None).unwrap());
    let (desk, mut untold) = (Arc::<str>::from("https://x"), Untold::new());
    for tries in 1..=2 {
        alarm(&store, Some(&nobody), &desk, 10 + UNOPENED_SECONDS, &mut untold).await.unwrap();
        assert_eq!(untold, Untold::from([((To::Contact("an@a.example".into()), 10), tries)]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_whose_time_runs_out_brings_the_same_letter() {
    const DAY: i64 = 24 * 3600;
    let mut server = MailServer::start();
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path(), &[0; 64]).await.unwrap();
    store.add_organisation(OrganisationRecord { retention_days: Some(60), ..organisation() }).await.unwrap();
    found(&store).await;
    store.receive(report(), 10).await.unwrap();
    let (organisation, role) = ("tong-dai".to_owned(), vocabulary::Role::Intake);
    let opening = store::Opening { at: 20, organisation, role, what: store::Opened::Case };
    let by = Actor::Member(casework::MemberId([1; 16]), opening.role);
    let event = NewEvent { by, at: opening.at, nonce: [9; 32], sealed: None };
    store.note_opening(report().id, opening, event).await.unwrap();
    for day in 0..30 {
        store.tidy(10 + day * DAY).await.unwrap();
    }
    let mail = server.mail("pass word", Some(&server.authority.clone()));
    let telling = tokio::spawn(keep_telling(store.clone(), Some(mail), "https://haidang.example/vi/desk".into()));
    store.tidy(10 + 30 * DAY).await.unwrap();
    let letter = tokio::task::spawn_blocking(move || server.letter()).await.unwrap();
    telling.abort();
    let told = letter.to_lowercase();
    assert!(told.contains("truc@haidang.example") && told.contains("haidang.example/vi/desk"), "{letter}");
    for word in ["sextortion", "tong-dai", "hạn", "60", "0707", "lan", "báo cáo", "report", "case", "month", "delete"]
    {
        assert!(!told.contains(&format!(" {word}")), "the letter says `{word}`: {letter}");
    }
}

#[test]
fn a_mail_server_that_is_not_who_it_says_gets_nothing() {
    let server = MailServer::start();
    let stranger = server.mail("pass word", None).tell("truc@haidang.example", "https://x");
    assert!(matches!(stranger, Err(MailError::Refused(_))), "{stranger:?}");
    // Another server: this one is still puzzled by a caller who hung up on its certificate.
    let server = MailServer::start();
    let refused = server.mail("wrong", Some(&server.authority)).tell("truc@haidang.example", "https://x").unwrap_err();
    let said = refused.to_string();
    assert!(said.contains("535") && !said.contains("truc"), "{said}");
}
