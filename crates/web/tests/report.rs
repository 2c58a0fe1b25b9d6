//! A report from her device to a desk and back, over a real socket, sealed and opened outside the server.

mod http;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{CaseId, MemberId, Organisation, Texts};
use http::{Answer, Server};
use seal::{Identity, Receipt, grant, passphrase::Derived};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Invitation, NewMember, NoticeWays, OrganisationRecord, Store};
use vocabulary::{OrganisationKind, Role};

const STORY: &str = "Nó doạ đăng ảnh của em";
const PASSPHRASE: &str = "bốn từ không ai đoán";

/// A server with one organisation, its identity, and a signed-in member's cookie.
struct World {
    server: Server,
    store: Store,
    _folder: tempfile::TempDir,
    organisation: Identity,
    cookie: String,
}

fn text(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(value: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap()
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[9; 64]).await.unwrap();
    for id in ["helpline", "school"] {
        let card = Organisation {
            id: id.into(),
            kind: OrganisationKind::Helpline,
            name: Texts { vi: id.into(), en: id.into() },
            about: Texts::default(),
            told_by_law: Texts::default(),
            hours: "always".into(),
            provinces: vec![],
            recipient: None,
        };
        let (questions, notices) = (String::new(), NoticeWays::default());
        let record =
            OrganisationRecord { card, questions, retention_days: None, notices, added_at: 0, closed_at: None };
        store.add_organisation(record).await.unwrap();
    }
    let organisation = Identity::generate();
    let salt = [3; 16];
    let derived = Derived::new(PASSPHRASE, &salt);
    for (at, (id, identity)) in [("helpline", &organisation), ("school", &Identity::generate())].into_iter().enumerate()
    {
        let member = Identity::generate();
        let hash = Sha256::digest(id).into();
        let invited = Invitation { hash, organisation: id.into(), role: Role::Caseworker, expires_at: i64::MAX };
        store.invite(invited).await.unwrap();
        let new = NewMember {
            id: MemberId([at as u8; 16]),
            name: "Hoa".into(),
            recipient: member.recipient().to_string(),
            wrapped_key: derived.wrap(member.to_key().expose()),
            salt: salt.to_vec(),
            sign_in: Derived::verifier(derived.sign_in_token()),
            totp: None,
            founds: Some((
                identity.recipient().to_string(),
                grant::seal(grant::Kind::Organisation, identity, &member.recipient()),
            )),
        };
        store.join(hash, new, 0).await.unwrap();
    }
    let server = Server::receiving(store.clone()).await;
    let cookie = sign_in(&server, "helpline", PASSPHRASE).await.expect("the right passphrase signs in");
    World { server, store, _folder: folder, organisation, cookie }
}

const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");

async fn sign_in(server: &Server, organisation: &str, passphrase: &str) -> Option<String> {
    let json = ("content-type", "application/json");
    let who = json!({"organisation": organisation, "name": "Hoa"}).to_string();
    let started = server.send("POST", "/api/v1/desk/sign-in/start", &[OWN, json], who.as_bytes()).await;
    let salt: [u8; 16] = bytes(&started.json()["salt"]).try_into().unwrap();
    let token = text(Derived::new(passphrase, &salt).sign_in_token());
    let body = json!({"organisation": organisation, "name": "Hoa", "token": token}).to_string();
    let answer = server.send("POST", "/api/v1/desk/sign-in", &[OWN, json], body.as_bytes()).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.is_empty() || cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    (answer.status == 200).then(|| cookie.split(';').next().unwrap().to_owned())
}

/// Her device.
struct Device {
    id: CaseId,
    case: Identity,
    keys: seal::receipt::Keys,
}

impl Device {
    async fn new(server: &Server) -> Self {
        let terms = server.get("/api/v1/report/terms").await.json();
        let salt: [u8; 16] = bytes(&terms["salt"]).try_into().unwrap();
        let mut id = [0; 16];
        getrandom::fill(&mut id).unwrap();
        let keys = Receipt::generate(&mut rng()).derive(&salt);
        Self { id: CaseId(id), case: Identity::generate(), keys }
    }

    fn entry(&self, kind: &str, content: &str) -> Value {
        let sealed = seal::entry::seal(content.as_bytes(), &self.case.recipient(), &mut rng());
        json!({"kind": kind, "sealed": text(sealed.bytes), "leaf": text(sealed.leaf)})
    }

    fn authorisation(&self) -> String {
        format!("Receipt {}.{}", text(self.keys.locator), text(self.keys.authenticator()))
    }

    async fn report(&self, server: &Server, to: &[&str]) -> Value {
        let terms = server.get("/api/v1/report/terms").await.json();
        let challenge = bytes(&terms["work"]["challenge"]);
        let bits = terms["work"]["bits"].as_u64().unwrap() as u8;
        let answer = seal::work::solve(&challenge, bits, 0, u64::MAX).unwrap();
        let recipient = |id: &str| {
            let all = terms["organisations"].as_array().unwrap();
            all.iter().find(|o| o["id"] == id).unwrap()["recipient"].as_str().unwrap().parse().unwrap()
        };
        let own = text(grant::seal(grant::Kind::Case, &self.case, &self.keys.recipient()));
        let mut grants = vec![json!({"epoch": 0, "sealed": own})];
        for id in to {
            let sealed = text(grant::seal(grant::Kind::Case, &self.case, &recipient(id)));
            grants.push(json!({"organisation": id, "epoch": 0, "sealed": sealed}));
        }
        json!({
            "id": self.id, "work": {"challenge": text(&challenge), "answer": answer},
            "receipt": {
                "version": 0, "locator": text(self.keys.locator),
                "verifier": text(Sha256::digest(self.keys.authenticator())),
                "recipient": self.keys.recipient().to_string(),
                "verify_key": text(self.keys.signing().verifier().to_bytes()),
            },
            "recipient": self.case.recipient().to_string(), "audience": "self",
            "facts": {"harm": "sextortion", "age": "12_15", "language": "vi"},
            "grants": grants, "entries": [self.entry("story", STORY)],
        })
    }

    async fn back(&self, server: &Server) -> Answer {
        server.send("GET", "/api/v1/back", &[("authorization", &self.authorisation())], b"").await
    }

    async fn does(&self, server: &Server, what: &str, body: Value) -> Answer {
        let head = [("authorization", self.authorisation()), ("content-type", "application/json".into())];
        let head = head.each_ref().map(|(name, value)| (*name, value.as_str()));
        server.send("POST", &format!("/api/v1/back/{what}"), &head, body.to_string().as_bytes()).await
    }
}

fn rng() -> impl seal::CryptoRng {
    getrandom::rand_core::UnwrapErr(getrandom::SysRng)
}

impl World {
    async fn staff(&self, path: &str) -> Answer {
        self.server.send("GET", &format!("/api/v1/desk/{path}"), &[("cookie", &self.cookie)], b"").await
    }

    async fn staff_does(&self, path: &str, body: Value) -> Answer {
        let head = [("cookie", self.cookie.as_str()), ("content-type", "application/json"), OWN];
        self.server.send("POST", &format!("/api/v1/desk/{path}"), &head, body.to_string().as_bytes()).await
    }
}

fn code(answer: &Answer) -> String {
    answer.json()["code"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_report_is_read_answered_and_the_answer_is_read() {
    let world = world().await;
    let device = Device::new(&world.server).await;
    let report = device.report(&world.server, &["helpline"]).await;
    let first = world.server.post_json("/api/v1/report", &report).await;
    assert_eq!(first.status, 201, "{}", first.text());
    // The acknowledgement was lost; the same report again arrives once.
    let again = world.server.post_json("/api/v1/report", &report).await;
    assert_eq!((again.status, &again.json()["leaves"]), (200, &first.json()["leaves"]));
    let inbox = world.staff("inbox").await.json();
    assert_eq!(inbox["rows"].as_array().unwrap().len(), 1);
    assert_eq!(inbox["rows"][0]["urgency"], "today");
    let path = format!("cases/{}", device.id);
    let case = world.staff(&path).await.json();
    assert!(!case.to_string().contains(STORY));
    let identity = grant::open(grant::Kind::Case, &bytes(&case["grants"][0]["sealed"]), &world.organisation).unwrap();
    let opened = seal::entry::open(&bytes(&case["entries"][0]["sealed"]), &identity).unwrap();
    assert_eq!(opened.content.as_slice(), STORY.as_bytes());
    let answer = device.entry("message", "Cảm ơn em đã kể");
    let answered = world.staff_does(&format!("{path}/entries"), json!({"epoch": 0, "entries": [answer]})).await;
    assert_eq!(answered.status, 200, "{}", answered.text());
    let back = device.back(&world.server).await.json();
    let message = seal::entry::open(&bytes(&back["entries"][1]["sealed"]), &device.case).unwrap();
    assert_eq!(message.content.as_slice(), "Cảm ơn em đã kể".as_bytes());
    assert_eq!(back["entries"][1]["author"], "helpline");
    assert_eq!(back["organisations"][0]["state"], "accepted");
    assert_eq!(back["openings"][0]["role"], "caseworker");
    assert!(!back.to_string().contains("Hoa"), "never a name of staff");
}

#[tokio::test]
async fn what_is_not_paid_for_or_not_sealed_is_refused() {
    let world = world().await;
    let device = Device::new(&world.server).await;
    let report = device.report(&world.server, &["helpline"]).await;
    let refused = async |change: fn(&mut Value)| {
        let mut report = report.clone();
        change(&mut report);
        code(&world.server.post_json("/api/v1/report", &report).await)
    };
    assert_eq!(refused(|r| r["work"] = Value::Null).await, "work_needed");
    assert_eq!(refused(|r| r["entries"][0]["sealed"] = json!(text(STORY))).await, "bad_seal");
    assert_eq!(refused(|r| r["entries"] = json!([])).await, "bad_json");
    assert_eq!(refused(|r| r["recipient"] = json!("age1nobody")).await, "bad_seal");
    assert_eq!(refused(|r| r["grants"] = json!([r["grants"][1]])).await, "bad_seal");
    assert_eq!(refused(|r| r["grants"] = json!([r["grants"][0]])).await, "bad_seal");
    assert_eq!(refused(|r| r["facts"]["name"] = json!("Lan")).await, "bad_json");
    assert_eq!(refused(|r| r["grants"][1]["organisation"] = json!("nobody")).await, "not_found");
}

#[tokio::test]
async fn who_is_shut_out_opens_nothing_more() {
    let world = world().await;
    let device = Device::new(&world.server).await;
    let report = device.report(&world.server, &["helpline", "school"]).await;
    assert_eq!(world.server.post_json("/api/v1/report", &report).await.status, 201);
    let fresh = Identity::generate();
    let own = text(grant::seal(grant::Kind::Case, &fresh, &device.keys.recipient()));
    let body = |grants: Value| json!({"organisation": "helpline", "recipient": fresh.recipient().to_string(), "grants": grants});
    // The school stays and must be given the fresh key too.
    let without_school = device.does(&world.server, "withdraw", body(json!([{"epoch": 1, "sealed": own}]))).await;
    assert_eq!(code(&without_school), "changed_meanwhile");
    let school = json!({"organisation": "school", "epoch": 1, "sealed": own});
    let done = device.does(&world.server, "withdraw", body(json!([{"epoch": 1, "sealed": own}, school]))).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(code(&world.staff(&format!("cases/{}", device.id)).await), "not_found");
    assert_eq!(world.staff("inbox").await.json()["rows"], json!([]));
    assert!(world.store.grants(device.id, Some("helpline")).await.unwrap().is_empty());
    // Sealed under the old identity, an entry is not taken any more.
    let late =
        device.does(&world.server, "entries", json!({"epoch": 0, "entries": [device.entry("message", "…")]})).await;
    assert_eq!(code(&late), "changed_meanwhile");
}

#[tokio::test]
async fn an_erased_case_is_hidden_at_once_and_can_be_saved() {
    let world = world().await;
    let device = Device::new(&world.server).await;
    let report = device.report(&world.server, &["helpline"]).await;
    world.server.post_json("/api/v1/report", &report).await;
    assert_eq!(device.does(&world.server, "erase", json!({"erase": true})).await.status, 200);
    let hidden = device.back(&world.server).await.json();
    assert!(hidden["erase_due"].is_i64() && hidden.get("entries").is_none(), "{hidden}");
    let add = json!({"epoch": 0, "entries": [device.entry("message", "…")]});
    assert_eq!(code(&device.does(&world.server, "entries", add).await), "no_such_receipt");
    assert_eq!(device.does(&world.server, "erase", json!({"erase": false})).await.status, 200);
    assert_eq!(device.back(&world.server).await.json()["entries"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_wrong_receipt_and_a_wrong_passphrase_open_nothing() {
    let world = world().await;
    let device = Device::new(&world.server).await;
    let report = device.report(&world.server, &["helpline"]).await;
    world.server.post_json("/api/v1/report", &report).await;
    let show = async |authorisation: String| {
        code(&world.server.send("GET", "/api/v1/back", &[("authorization", &authorisation)], b"").await)
    };
    let right = text(device.keys.locator);
    assert_eq!(show(format!("Receipt {right}.{}", text([0; 32]))).await, "no_such_receipt");
    assert_eq!(
        show(format!("Receipt {}.{}", text([0; 16]), text(device.keys.authenticator()))).await,
        "no_such_receipt"
    );
    assert_eq!(show("Receipt x".into()).await, "no_such_receipt");
    assert!(sign_in(&world.server, "helpline", "another").await.is_none());
    assert!(sign_in(&world.server, "nowhere", PASSPHRASE).await.is_none());
    let foreign = [("cookie", world.cookie.as_str()), ("content-type", "application/json"), ("origin", "https://evil")];
    let lock = format!("/api/v1/desk/cases/{}/lock", device.id);
    assert_eq!(code(&world.server.send("POST", &lock, &foreign, b"").await), "foreign_page");
}

#[tokio::test]
async fn a_file_goes_on_where_it_broke_off_and_is_read_at_the_desk_until_it_is_locked() {
    let world = world().await;
    let device = Device::new(&world.server).await;
    let file = "ab".repeat(16);
    let sealed = seal::entry::seal(&vec![7; 300_000], &device.case.recipient(), &mut rng()).bytes;
    let begin = json!({"case": device.id, "size": sealed.len()});
    let path = format!("/api/v1/report/files/{file}");
    assert_eq!(world.server.post_json(&path, &begin).await.json()["received"], 0);
    let case = device.id.to_string();
    let put = async |from: usize, piece: &[u8]| {
        let head = [("x-case", case.as_str())];
        world.server.send("PUT", &format!("{path}/from/{from}"), &head, piece).await
    };
    assert_eq!(put(0, &sealed[..100_000]).await.json()["received"], 100_000);
    let gap = put(200_000, &sealed[200_000..]).await;
    assert_eq!((gap.status, gap.json()["received"].as_u64()), (409, Some(100_000)));
    assert_eq!(put(0, &sealed[..100_000]).await.json()["received"], 100_000);
    assert_eq!(put(100_000, &sealed[100_000..]).await.json()["received"], sealed.len());
    let mut report = device.report(&world.server, &["helpline"]).await;
    let mut entry = device.entry("file", "{}");
    entry["files"] = json!([file]);
    report["entries"].as_array_mut().unwrap().push(entry);
    assert_eq!(world.server.post_json("/api/v1/report", &report).await.status, 201);
    let read = format!("cases/{case}/files/{file}/from/0");
    let piece = world.staff(&read).await;
    assert_eq!((piece.header("x-size"), piece.body == sealed), (sealed.len().to_string(), true));
    assert_eq!(world.staff_does(&format!("cases/{case}/lock"), json!({})).await.status, 200);
    assert_eq!(code(&world.staff(&read).await), "locked");
}

#[tokio::test]
async fn how_long_it_is_kept_is_told_before_and_after_and_only_who_may_holds_it() {
    let world = world().await;
    let mut record = world.store.organisation("helpline").await.unwrap();
    record.retention_days = Some(60);
    world.store.change_organisation(record).await.unwrap();
    let terms = world.server.get("/api/v1/report/terms").await.json();
    assert_eq!(terms["organisations"][0]["keeps_days"], 60);
    let device = Device::new(&world.server).await;
    let report = device.report(&world.server, &["helpline"]).await;
    let at = world.server.post_json("/api/v1/report", &report).await.json()["at"].as_i64().unwrap();
    let back = device.back(&world.server).await.json();
    assert_eq!(back["organisations"][0]["runs_out_at"], at + 60 * 24 * 3600);
    let hold = format!("cases/{}/hold", device.id);
    // She who is signed in is a caseworker.
    assert_eq!(code(&world.staff_does(&hold, json!({"ground": "court"})).await), "not_allowed");
    world.store.hold(device.id, "helpline".into(), Some(vocabulary::HoldGround::Court), at).await.unwrap();
    let back = device.back(&world.server).await.json();
    assert_eq!(
        (&back["organisations"][0]["hold"], &back["organisations"][0]["runs_out_at"]),
        (&json!("court"), &Value::Null)
    );
    assert_eq!(world.staff("keeping").await.json()["held"][0]["id"], json!(device.id));
    assert_eq!(world.staff(&format!("cases/{}", device.id)).await.json()["hold"], "court");
}
