//! Everybody who has no business with a case walks along every address of the desk, as the router has them, against a
//! real server: nobody signed in, every role of an organisation that never had the case, of one that she shut out, of one
//! that helps too in a case made out of it, of a platform, and a member who left. None of them sees a sealed byte or an id of it, and none of them changes anything.
//!
//! An address that is new makes this fail until it is told here what to put into it.

mod common;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{
    CaseId, Facts, FileId, ItemId, MemberId, Organisation, Texts,
    work::{Actor, Change},
};
use common::{Server, send};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    time::{SystemTime, UNIX_EPOCH},
};
use store::{
    Grant, Invitation, Moved, NewChild, NewEntry, NewEvent, NewMember, NewReferral, NewReport, NoticeWays,
    OrganisationRecord, ReceiptRecord, Store, Told,
};
use vocabulary::{ConsentWay, EntryKind, OrganisationKind, ReferralState, Role};
use web::{Address, Door, desk_addresses};

const CASE: CaseId = CaseId([0xc5; 16]);
const FILE: FileId = FileId([0xf1; 16]);
/// A token of the owner, of which outsiders know the hash.
const TOKEN: &str = "haidang_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const SEALED: &[u8] = b"age-encryption.org/v1\n-> planted words that nobody else may see";
const OWNER: &str = "owner";
/// The administrator of the owner, whom outsiders would like to send away.
const ADMIN: &str = "owner-organisation_admin";

struct World {
    server: Server,
    _folder: tempfile::TempDir,
}

/// Somebody, and how she is signed in.
#[derive(Debug)]
struct Somebody {
    name: String,
    cookie: Option<String>,
    at: &'static str,
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed()
}

fn bytes<const N: usize>(seed: &str) -> [u8; N] {
    Sha256::digest(seed)[..N].try_into().unwrap()
}

fn somebody(at: &'static str, role: &str) -> Somebody {
    let name = format!("{at}-{role}");
    Somebody { cookie: Some(format!("desk={}", URL_SAFE_NO_PAD.encode(bytes::<32>(&name)))), name, at }
}

/// Everybody of an organisation.
fn staff(at: &'static str) -> impl Iterator<Item = Somebody> {
    Role::ALL.iter().map(move |role| somebody(at, role.code()))
}

const OUTSIDERS: [&str; 4] = ["foreign", "shut-out", "helper", "platform"];

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[7; 64]).await.unwrap();
    settle(&store, OWNER, OrganisationKind::Helpline).await;
    settle(&store, "foreign", OrganisationKind::School).await;
    settle(&store, "shut-out", OrganisationKind::Shelter).await;
    settle(&store, "helper", OrganisationKind::Shelter).await;
    settle(&store, "platform", OrganisationKind::Platform).await;
    report(&store).await;
    refer(&store).await;
    let token = store::Token {
        hash: Sha256::digest(TOKEN).into(),
        organisation: OWNER.into(),
        name: "statistics".into(),
        scopes: store::Scope::ALL.iter().copied().collect(),
        made_at: now(),
        expires_at: i64::MAX,
        used_at: None,
    };
    store.add_token(token).await.unwrap();
    // She had a session when she left.
    let left = join(&store, OWNER, Role::Caseworker, "owner-left", None).await;
    store.leave(left, [5; 32], now()).await.unwrap();
    store.close().await;
    let server = Server::start(&["--data", folder.path().to_str().unwrap()]);
    World { server, _folder: folder }
}

async fn settle(store: &Store, id: &'static str, kind: OrganisationKind) {
    let card = Organisation {
        id: id.into(),
        kind,
        name: Texts { vi: id.into(), en: id.into() },
        about: Texts::default(),
        told_by_law: Texts::default(),
        hours: "always".into(),
        provinces: vec![],
        recipient: None,
    };
    let notices = NoticeWays::default();
    let (questions, retention_days, closed_at) = (String::new(), None, None);
    let record = OrganisationRecord { card, questions, retention_days, notices, added_at: 0, closed_at };
    store.add_organisation(record).await.unwrap();
    for (at, &role) in Role::ALL.iter().enumerate() {
        let name = format!("{id}-{}", role.code());
        let founds = (at == 0).then(|| (seal::Identity::generate().recipient().to_string(), vec![3; 60]));
        join(store, id, role, &name, founds).await;
    }
}

async fn join(store: &Store, at: &str, role: Role, name: &str, founds: Option<(String, Vec<u8>)>) -> MemberId {
    let hash = bytes(&format!("invitation of {name}"));
    let invitation = Invitation { hash, organisation: at.into(), role, expires_at: i64::MAX };
    store.invite(invitation).await.unwrap();
    let member = NewMember {
        id: MemberId(bytes(&format!("id of {name}"))),
        name: name.into(),
        recipient: seal::Identity::generate().recipient().to_string(),
        wrapped_key: vec![1; 60],
        salt: vec![2; 16],
        sign_in: bytes("sign in"),
        totp: None,
        founds,
    };
    let id = store.join(hash, member, now()).await.unwrap().id;
    store.open_session(Sha256::digest(bytes::<32>(name)).into(), id, now()).await.unwrap();
    id
}

/// A report to the owner and to the organisation that is shut out again, with words and a file.
async fn report(store: &Store) {
    let size = SEALED.len() as u64;
    store.begin_file(FILE, CASE, size, casework::limits::FILES_BYTES, now()).await.unwrap();
    store.add_piece(FILE, 0, SEALED.to_vec(), now()).await.unwrap();
    let grant = |organisation: Option<&str>, epoch| {
        let sealed = [SEALED, organisation.unwrap_or("her").as_bytes()].concat();
        Grant { organisation: organisation.map(str::to_owned), epoch, sealed }
    };
    let entry = |kind, seed: &str, files| {
        let sealed = [SEALED, seed.as_bytes()].concat();
        NewEntry { kind, sealed, leaf: bytes(seed), files }
    };
    let receipt = ReceiptRecord {
        locator: bytes("locator"),
        verifier: bytes("verifier"),
        version: 1,
        recipient: "age1receipt".into(),
        verify_key: bytes("verify key"),
    };
    let report = NewReport {
        id: CASE,
        receipt,
        recipient: "age1case".into(),
        audience: None,
        facts: Facts::default(),
        grants: vec![grant(None, 0), grant(Some(OWNER), 0), grant(Some("shut-out"), 0)],
        entries: vec![entry(EntryKind::Story, "story", vec![]), entry(EntryKind::File, "file", vec![FILE])],
    };
    store.receive(report, now()).await.unwrap();
    let stay = vec![grant(None, 1), grant(Some(OWNER), 1)];
    store.withdraw(CASE, "shut-out".into(), "age1fresh".into(), stay, now()).await.unwrap();
}

/// The owner asks the helper, which takes its own part on.
async fn refer(store: &Store) {
    let by = |at: &str, nonce| {
        let member = MemberId(bytes(&format!("id of {at}-caseworker")));
        NewEvent { by: Actor::Member(member, Role::Caseworker), at: now(), nonce: [nonce; 32], sealed: None }
    };
    let entry = |seed: &str| {
        let sealed = [&b"age-encryption.org/v1\n-> words for the helper: "[..], seed.as_bytes()].concat();
        NewEntry { kind: EntryKind::Message, sealed, leaf: bytes(seed), files: vec![] }
    };
    let until = now() + 30 * 24 * 3600;
    let (consent, referral) = (ItemId([0xc0; 16]), ItemId([0xe0; 16]));
    let owner = MemberId(bytes("id of owner-caseworker"));
    let accepted = Change::Accepted { owner, next: None };
    store.change(CASE, OWNER.into(), accepted, None, by(OWNER, 1)).await.unwrap();
    let recorded = Change::ConsentRecorded {
        consent,
        to: "helper".into(),
        until,
        way: Some(ConsentWay::ByPhone),
        assent: false,
        representative: None,
        duty: None,
    };
    let told = Told { epoch: 1, entry: entry("told") };
    store.consent(CASE, OWNER.into(), recorded, Some(told), None, by(OWNER, 2)).await.unwrap();
    let child = NewChild {
        id: CaseId([0xcc; 16]),
        recipient: "age1child".into(),
        origin: b"for her".to_vec(),
        organisation: Some(b"for the helper".to_vec()),
        members: vec![],
        entries: vec![entry("letter")],
    };
    let (to, transfer) = ("helper".into(), false);
    let new = NewReferral { referral, to, consent, until, transfer, child: Some(child) };
    store.refer(CASE, OWNER.into(), new, None, by(OWNER, 3)).await.unwrap();
    let moved = Moved { state: ReferralState::Accepted, reason: None };
    store.move_referral(CaseId([0xcc; 16]), "helper".into(), referral, moved, None, by("helper", 4)).await.unwrap();
}

/// The name of something within a case or an organisation.
const ITEM: &str = "000102030405060708090a0b0c0d0e0f";

/// The path with what outsiders would put into it.
fn path(address: &Address) -> String {
    let member = MemberId(bytes(&format!("id of {ADMIN}"))).to_string();
    let chosen = [
        ("{case}", CASE.to_string()),
        ("{file}", FILE.to_string()),
        ("{from}", "0".to_owned()),
        ("{member}", member),
        ("{passkey}", "AAAA".to_owned()),
        ("{token}", URL_SAFE_NO_PAD.encode(Sha256::digest(TOKEN))),
        ("{session}", "0123456789abcdef".to_owned()),
        ("{team}", ITEM.to_owned()),
        ("{template}", ITEM.to_owned()),
        ("{consent}", ITEM.to_owned()),
        ("{referral}", ITEM.to_owned()),
    ];
    let path = chosen.iter().fold(address.path.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!path.contains('{'), "say above what to put into {}", address.path);
    path
}

/// What outsiders would send: right in its shape, so that nothing but her right is in their way.
fn body(address: &Address) -> Value {
    let key = URL_SAFE_NO_PAD.encode([1; 60]);
    let bytes_16 = URL_SAFE_NO_PAD.encode([1; 16]);
    let bytes_32 = URL_SAFE_NO_PAD.encode([1; 32]);
    let who = json!({"organisation": OWNER, "name": ADMIN});
    let recipient = seal::Identity::generate().recipient().to_string();
    let grant = URL_SAFE_NO_PAD.encode(SEALED);
    let entry = json!({"kind": "message", "leaf": bytes_32, "sealed": grant});
    let until = now() + 30 * 24 * 3600;
    match address.path.trim_start_matches("/api/v1/desk/") {
        "colleagues/{member}/role" => json!({"role": "intake"}),
        "keys" => {
            json!({"instead_of": recipient, "recipient": recipient, "members": [], "earlier": grant, "leaves": null})
        }
        "keys/grants" => json!({"recipient": recipient, "grants": [], "behind": null}),
        "office" => json!({"hours": "always"}),
        "teams" => json!({"id": ITEM, "name": "x", "members": []}),
        "templates" => json!({"id": ITEM, "title": "x", "text": {"vi": "x", "en": "x"}}),
        "teams/{team}/remove" | "templates/{template}/remove" => json!({}),
        "figures/taken" => json!({"year": 2026}),
        "log/export" => json!({"format": "json"}),
        "cases/{case}/consents" => json!({
            "seen": 0, "told": {"epoch": 1, "entry": entry},
            "change": {"kind": "consent_asked", "consent": ITEM, "to": "foreign", "until": until},
        }),
        "cases/{case}/referrals" => json!({
            "seen": 0, "referral": ITEM, "to": "foreign", "consent": ITEM, "until": until, "transfer": false,
        }),
        "cases/{case}/referrals/{referral}" => json!({"seen": 0, "state": "in_progress"}),
        "enter" => json!({
            "id": CASE, "recipient": recipient, "audience": null, "facts": {}, "way": "by_phone", "paper": null,
            "receipt": {
                "locator": bytes_16, "verifier": bytes_32, "version": 0, "recipient": recipient, "verify_key": bytes_32,
            },
            "grants": [{"epoch": 0, "sealed": grant}, {"organisation": OWNER, "epoch": 0, "sealed": grant}],
            "entries": [entry],
        }),
        "tokens" => json!({"name": "x", "scopes": ["cases:read"], "days": 1}),
        "tokens/{token}/end" => json!({}),
        "sign-in/start" | "sign-in/passkey/start" => who,
        "sign-in" => json!({"organisation": OWNER, "name": ADMIN, "token": bytes_32}),
        "sign-in/passkey/finish" => json!({"ceremony": bytes_16, "response": {
            "id": "AAAA", "authenticatorData": "AAAA", "clientDataJSON": "AAAA", "signature": "AAAA",
        }}),
        "invitation" | "code" => json!({"invitation": bytes_32}),
        "join" => json!({
            "invitation": bytes_32, "name": "x", "recipient": seal::Identity::generate().recipient().to_string(),
            "wrapped_key": key, "salt": bytes_16, "token": bytes_32, "totp": {"secret": bytes_32, "code": "000000"},
        }),
        "passphrase" => json!({"wrapped_key": key, "salt": bytes_16, "token": bytes_32}),
        "passkeys/finish" => json!({"ceremony": bytes_16, "wrapped_key": key, "response": {
            "id": "AAAA", "attestationObject": "AAAA", "clientDataJSON": "AAAA",
        }}),
        "account/start" => json!({"organisation": OWNER, "lang": "vi"}),
        "account/tie" => json!({"lang": "vi"}),
        "colleagues/invite" => json!({"role": "organisation_admin"}),
        "colleagues/{member}/key" => json!({"key": key}),
        "views" => json!({"sealed": key}),
        "cases/{case}/entries" => json!({"epoch": 1, "entries": [{
            "kind": "message", "leaf": bytes_32, "sealed": URL_SAFE_NO_PAD.encode(SEALED),
        }]}),
        "cases/{case}/work" => json!({"seen": 0, "change": {"kind": "noted", "about": "note"}}),
        "cases/{case}/hold" => json!({"ground": "court"}),
        "sign-out"
        | "passkeys/start"
        | "passkeys/{passkey}/remove"
        | "sessions/end"
        | "sessions/{session}/end"
        | "colleagues/{member}/leave"
        | "cases/{case}/export"
        | "cases/{case}/lock" => json!({}),
        other => panic!("say above what to send to {other}"),
    }
}

impl World {
    /// The status, and all that came.
    fn ask(&self, address: &Address, who: &Somebody, own_page: bool) -> (u16, String) {
        let body = if address.method == "POST" { body(address).to_string() } else { String::new() };
        let mut request =
            format!("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", address.method, path(address));
        if own_page {
            request += "Sec-Fetch-Site: same-origin\r\n";
        }
        if let Some(cookie) = &who.cookie {
            request += &format!("Cookie: {cookie}\r\n");
        }
        request += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        let answer = send(self.server.address, &request);
        (answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0), answer)
    }

    /// What the owner's administrator sees of her case, but for what passes by itself.
    fn seen_by_its_own(&self) -> Value {
        let open = desk_addresses().into_iter().find(|a| a.path == "/api/v1/desk/cases/{case}").unwrap();
        // The first look changes where the report stands.
        self.ask(&open, &somebody(OWNER, "organisation_admin"), true);
        let (status, answer) = self.ask(&open, &somebody(OWNER, "organisation_admin"), true);
        assert_eq!(status, 200, "{answer}");
        let mut seen: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        seen["head"] = Value::Null;
        seen
    }
}

/// Whatever of the case could stand in an answer.
fn traces() -> Vec<String> {
    let sealed = URL_SAFE_NO_PAD.encode(SEALED);
    vec![CASE.to_string(), FILE.to_string(), sealed[..60].to_owned(), "planted words".into(), "age1case".into()]
}

/// Addresses that don't end with the one who asks: of her stream nothing is waited for, and whoever ends her sessions
/// asks nothing more.
fn in_order() -> Vec<Address> {
    let ends = |address: &Address| address.path.ends_with("/sign-out") || address.path.ends_with("/sessions/end");
    let (last, first): (Vec<_>, Vec<_>) = desk_addresses().into_iter().partition(ends);
    first.into_iter().chain(last).filter(|address| !address.path.ends_with("/live")).collect()
}

#[tokio::test]
async fn every_address_is_walked_by_everybody_who_has_no_business_there() {
    let world = world().await;
    let before = world.seen_by_its_own();
    let nobody = Somebody { name: "nobody".into(), cookie: None, at: "" };
    let left = somebody(OWNER, "left");
    let outsiders = OUTSIDERS.into_iter().flat_map(staff).chain([nobody, left]);
    let mut walked = BTreeSet::new();
    for who in outsiders {
        let is_in = OUTSIDERS.contains(&who.at);
        for address in in_order() {
            // Once her own sessions are over she is nobody.
            let (status, answer) = world.ask(&address, &who, true);
            let (path, who) = (address.path, &who.name);
            for trace in traces() {
                let echoed = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
                assert!(!echoed.contains(&trace), "{who} sees {trace} at {path}: {answer}");
            }
            let names_the_owners = ["{case}", "{member}", "{token}"].iter().any(|name| path.contains(name));
            let refused = [401, 403, 404].contains(&status);
            assert!(refused || !names_the_owners, "{who} at {path}: {status}");
            if !is_in && address.door != Door::Anyone {
                assert_eq!(status, 401, "{who} at {path}");
            }
            assert!((200..500).contains(&status), "{who} at {path}: {answer}");
            walked.insert((address.method, path));
        }
    }
    let live = ("GET", "/api/v1/desk/live");
    let all: BTreeSet<_> = desk_addresses().iter().map(|address| (address.method, address.path)).collect();
    assert_eq!(all.difference(&walked).collect::<Vec<_>>(), [&live], "told of above");
    // Nobody changed anything, and the administrator was not sent away.
    assert_eq!(world.seen_by_its_own(), before);
    let (code, log) = world.server.stop();
    assert_eq!(code, 0, "{log}");
    for trace in traces() {
        assert!(!log.contains(&trace), "{trace} in the log");
    }
}

#[tokio::test]
async fn a_token_reads_what_it_is_for_and_opens_nothing() {
    let world = world().await;
    let ask = |path: &str, token: &str| {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        let answer = send(world.server.address, &head);
        (answer.split(' ').nth(1).unwrap().to_owned(), answer.split("\r\n\r\n").nth(1).unwrap().to_owned())
    };
    for path in ["/api/v1/cases", "/api/v1/events", &format!("/api/v1/cases/{CASE}")] {
        for wrong in ["", "haidang_", "haidang_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE", &TOKEN[8..]] {
            assert_eq!(ask(path, wrong).0, "401", "{path} {wrong}");
        }
        assert_eq!(ask(path, TOKEN).0, "200", "{path}: {}", ask(path, TOKEN).1);
    }
    assert!(ask("/api/v1/cases", TOKEN).1.contains(&CASE.to_string()));
    let case: Value = serde_json::from_str(&ask(&format!("/api/v1/cases/{CASE}"), TOKEN).1).unwrap();
    assert_eq!(
        (&case["state"], case["entries"].as_array().unwrap().len()),
        (&json!("accepted"), 3),
        "a program that fetches it changes nothing of it"
    );
    assert_eq!(ask(&format!("/api/v1/cases/{}", CaseId([1; 16])), TOKEN).0, "404");
    let events: Value = serde_json::from_str(&ask("/api/v1/events", TOKEN).1).unwrap();
    let last = events["events"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["by"], &last["change"]["what"]), (&json!("program"), &json!("program")), "{last}");
    let after = last["number"].as_i64().unwrap();
    let rest: Value = serde_json::from_str(&ask(&format!("/api/v1/events?after={after}"), TOKEN).1).unwrap();
    assert_eq!(rest["events"], json!([]));
    // She sees it, and so does the desk.
    assert!(world.seen_by_its_own()["openings"].to_string().contains("program"));
}

#[tokio::test]
async fn nobody_hears_from_the_stream_who_is_not_signed_in() {
    let world = world().await;
    let live = desk_addresses().into_iter().find(|address| address.path.ends_with("/live")).unwrap();
    for who in [Somebody { name: "nobody".into(), cookie: None, at: "" }, somebody(OWNER, "left")] {
        assert_eq!(world.ask(&live, &who, true).0, 401, "{}", who.name);
    }
}

#[tokio::test]
async fn another_page_does_nothing_with_her_session() {
    let world = world().await;
    let before = world.seen_by_its_own();
    for address in in_order().into_iter().filter(|address| address.method != "GET") {
        let (status, answer) = world.ask(&address, &somebody(OWNER, "organisation_admin"), false);
        assert_eq!(status, 403, "{}: {answer}", address.path);
    }
    assert_eq!(world.seen_by_its_own(), before);
}

#[tokio::test]
async fn whose_case_it_is_goes_as_far_as_her_role() {
    let world = world().await;
    let is_on_it = |address: &Address| address.path.contains("{case}") && matches!(address.door, Door::May(_));
    let on_the_case = || in_order().into_iter().filter(is_on_it);
    for who in staff(OWNER) {
        for address in on_the_case() {
            let Door::May(action) = address.door else { panic!("{}: for which action?", address.path) };
            let role: Role = who.name.rsplit('-').next().unwrap().parse().unwrap();
            let acting = rights::Acting::member(role, OrganisationKind::Helpline);
            let may = acting.may(action, rights::Relation::Own);
            let (status, answer) = world.ask(&address, &who, true);
            // A file of a locked case, and a package of it, nobody gets, whatever her role; a consent that isn't there
            // carries nothing, and what somebody else has changed meanwhile is looked at first.
            let expected: &[u16] = if may { &[200, 404, 409, 422, 423] } else { &[403] };
            assert!(expected.contains(&status), "{} {}: {status} {answer}", who.name, address.path);
        }
    }
}
