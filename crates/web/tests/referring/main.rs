//! One case, two organisations, over a real socket: sealed and opened outside the server.

mod bad_input;
#[path = "../http/mod.rs"]
mod http;
mod standing;
mod stories;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{CaseId, ItemId, MemberId, Organisation, Texts, consent};
use http::{Answer, Server};
use seal::{Identity, Receipt, grant, passphrase::Derived, receipt::Keys, sign::Purpose};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Invitation, NewMember, NoticeWays, OrganisationRecord, Store};
use vocabulary::{OrganisationKind, Role};

const TOKEN: [u8; 32] = [8; 32];
const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");
const JSON: (&str, &str) = ("content-type", "application/json");
const CONSENT: ItemId = ItemId([1; 16]);
const REFERRAL: ItemId = ItemId([2; 16]);
const CHILD: CaseId = CaseId([3; 16]);

fn text(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(value: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap()
}

fn rng() -> impl seal::CryptoRng {
    getrandom::rand_core::UnwrapErr(getrandom::SysRng)
}

fn sealed(content: &Value, to: &Identity) -> (Value, [u8; 32]) {
    let entry = seal::entry::seal(content.to_string().as_bytes(), &to.recipient(), &mut rng());
    (json!({"kind": "message", "sealed": text(entry.bytes), "leaf": text(entry.leaf)}), entry.leaf)
}

/// Two organisations, each with a member who is signed in, and her case at the first.
struct World {
    server: Server,
    store: Store,
    _folder: tempfile::TempDir,
    organisations: [Identity; 2],
    cookies: [String; 2],
    id: CaseId,
    case: Identity,
    keys: Keys,
}

const IDS: [&str; 2] = ["helpline", "shelter"];

async fn join(store: &Store, at: usize, identity: &Identity) {
    let card = Organisation {
        id: IDS[at].into(),
        kind: OrganisationKind::Helpline,
        name: Texts { vi: format!("Nơi {}", IDS[at]), en: IDS[at].into() },
        about: Texts::default(),
        told_by_law: Texts::default(),
        hours: "always".into(),
        provinces: vec![],
        recipient: None,
    };
    let notices = NoticeWays::default();
    let record = OrganisationRecord {
        card,
        questions: String::new(),
        retention_days: None,
        notices,
        added_at: 0,
        closed_at: None,
    };
    store.add_organisation(record).await.unwrap();
    let hash = [at as u8; 32];
    let invited = Invitation { hash, organisation: IDS[at].into(), role: Role::Caseworker, expires_at: i64::MAX };
    store.invite(invited).await.unwrap();
    let recipient = identity.recipient().to_string();
    let new = NewMember {
        id: MemberId([at as u8; 16]),
        name: "Hoa".into(),
        recipient: recipient.clone(),
        wrapped_key: vec![1],
        salt: vec![3; 16],
        sign_in: Derived::verifier(&TOKEN),
        totp: None,
        founds: Some((recipient, vec![1])),
    };
    store.join(hash, new, 0).await.unwrap();
}

async fn sign_in(server: &Server, id: &str, name: &str) -> String {
    let body = json!({"organisation": id, "name": name, "token": text(TOKEN)}).to_string();
    let answer = server.send("POST", "/api/v1/desk/sign-in", &[OWN, JSON], body.as_bytes()).await;
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn world() -> World {
    world_by(now).await
}

/// The same by a clock of the story's own.
async fn world_by(clock: fn() -> i64) -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[9; 64]).await.unwrap();
    let organisations = [Identity::generate(), Identity::generate()];
    for (at, identity) in organisations.iter().enumerate() {
        join(&store, at, identity).await;
    }
    let server = Server::receiving_by(store.clone(), clock).await;
    let cookies = [sign_in(&server, IDS[0], "Hoa").await, sign_in(&server, IDS[1], "Hoa").await];
    let terms = server.get("/api/v1/report/terms").await.json();
    let salt: [u8; 16] = bytes(&terms["salt"]).try_into().unwrap();
    let keys = Receipt::generate(&mut rng()).derive(&salt);
    let (id, case) = (CaseId([7; 16]), Identity::generate());
    let world = World { server, store, _folder: folder, organisations, cookies, id, case, keys };
    world.reports(&terms).await;
    world
}

impl World {
    fn receipt(keys: &Keys) -> Value {
        json!({
            "version": 0, "locator": text(keys.locator), "verifier": text(Sha256::digest(keys.authenticator())),
            "recipient": keys.recipient().to_string(), "verify_key": text(keys.signing().verifier().to_bytes()),
        })
    }

    /// Her case, for her and for the helpline.
    fn report(&self) -> Value {
        let grant = |to| text(grant::seal(grant::Kind::Case, &self.case, &to));
        json!({
            "id": self.id, "receipt": Self::receipt(&self.keys), "recipient": self.case.recipient().to_string(),
            "facts": {"age": "16_17"}, "entries": [sealed(&json!({"text": "chuyện của em"}), &self.case).0],
            "grants": [
                {"epoch": 0, "sealed": grant(self.keys.recipient())},
                {"organisation": "helpline", "epoch": 0, "sealed": grant(self.organisations[0].recipient())},
            ],
        })
    }

    async fn reports(&self, terms: &Value) {
        let challenge = bytes(&terms["work"]["challenge"]);
        let bits = terms["work"]["bits"].as_u64().unwrap() as u8;
        let mut report = self.report();
        report["work"] = json!({
            "challenge": text(&challenge), "answer": seal::work::solve(&challenge, bits, 0, u64::MAX).unwrap(),
        });
        assert_eq!(self.server.post_json("/api/v1/report", &report).await.status, 201);
    }

    async fn desk(&self, at: usize, path: &str, body: &Value) -> Answer {
        let headers = [OWN, JSON, ("cookie", &*self.cookies[at])];
        self.server.send("POST", &format!("/api/v1/desk/{path}"), &headers, body.to_string().as_bytes()).await
    }

    /// Asked, agreed, referred to the shelter: not accepted yet.
    async fn refers(&self, until: i64) -> Identity {
        let leaf = self.asks(until).await;
        assert_eq!(self.back("/consents", Some(&self.agrees("shelter", until, &leaf))).await.status, 200);
        let (body, child) = self.referral(4, until);
        let sent = self.desk(0, &format!("cases/{}/referrals", self.id), &body).await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        child
    }

    async fn opens(&self, at: usize, case: CaseId) -> Answer {
        let headers = [("cookie", &*self.cookies[at])];
        self.server.send("GET", &format!("/api/v1/desk/cases/{case}"), &headers, b"").await
    }

    async fn back(&self, path: &str, body: Option<&Value>) -> Answer {
        let right = format!("Receipt {}.{}", text(self.keys.locator), text(self.keys.authenticator()));
        let headers = [JSON, ("authorization", &*right), ("accept-language", "vi")];
        let (method, body) = body.map_or(("GET", String::new()), |body| ("POST", body.to_string()));
        self.server.send(method, &format!("/api/v1/back{path}"), &headers, body.as_bytes()).await
    }

    /// The helpline asks her; gives the leaf of the entry.
    async fn asks(&self, until: i64) -> [u8; 32] {
        let (entry, leaf) = sealed(&json!({"text": "Cho nơi lánh biết nhé?"}), &self.case);
        let body = json!({
            "seen": 0, "told": {"epoch": 0, "entry": entry},
            "change": {"kind": "consent_asked", "consent": CONSENT, "to": "shelter", "until": until},
        });
        let answer = self.desk(0, &format!("cases/{}/consents", self.id), &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        leaf
    }

    fn agrees(&self, to: &str, until: i64, leaf: &[u8; 32]) -> Value {
        let words = consent::signed(self.id, CONSENT, to, until, leaf);
        let signature = self.keys.signing().sign(Purpose::Consent, words.as_bytes());
        json!({
            "case": self.id, "organisation": "helpline", "consent": CONSENT, "answer": "agrees",
            "asked": text(leaf), "signature": text(signature),
        })
    }

    /// The case for the shelter, as the helpline's browser makes it.
    fn referral(&self, seen: u64, until: i64) -> (Value, Identity) {
        let child = Identity::generate();
        let grant = |to: &seal::Recipient| text(grant::seal(grant::Kind::Case, &child, to));
        let letter = sealed(&json!({"text": "Em cần chỗ ở"}), &child).0;
        let body = json!({
            "seen": seen, "referral": REFERRAL, "to": "shelter", "consent": CONSENT, "until": until, "transfer": false,
            "child": {
                "id": CHILD, "recipient": child.recipient().to_string(), "origin": grant(&self.case.recipient()),
                "organisation": grant(&self.organisations[1].recipient()), "entries": [letter],
            },
        });
        (body, child)
    }
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    since.as_secs().cast_signed()
}

fn in_a_month() -> i64 {
    now() + 30 * 24 * 3600
}
