//! Referral over a real socket: her signature, both desks, both logs; sealed and opened outside the server.

mod http;

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

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[9; 64]).await.unwrap();
    let organisations = [Identity::generate(), Identity::generate()];
    for (at, identity) in organisations.iter().enumerate() {
        join(&store, at, identity).await;
    }
    let server = Server::receiving(store.clone()).await;
    let mut cookies = [String::new(), String::new()];
    for (cookie, id) in cookies.iter_mut().zip(IDS) {
        let body = json!({"organisation": id, "name": "Hoa", "token": text(TOKEN)}).to_string();
        let answer = server.send("POST", "/api/v1/desk/sign-in", &[OWN, JSON], body.as_bytes()).await;
        answer.header("set-cookie").split(';').next().unwrap().clone_into(cookie);
    }
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

fn in_a_month() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    now.as_secs().cast_signed() + 30 * 24 * 3600
}

#[tokio::test]
async fn she_signs_the_shelter_reads_she_takes_it_back() {
    let world = world().await;
    let until = in_a_month();
    let leaf = world.asks(until).await;
    let seen = world.back("", None).await.json();
    let asked = &seen["helpers"]["consents"][0];
    assert_eq!((asked["state"].as_str(), asked["to_name"].as_str()), (Some("asked"), Some("Nơi shelter")));
    // Another recipient, another day, another entry: not what she read.
    for wrong in [
        world.agrees("police", until, &leaf),
        world.agrees("shelter", until + 1, &leaf),
        json!({"case": world.id, "organisation": "helpline", "consent": CONSENT, "answer": "agrees"}),
    ] {
        let answer = world.back("/consents", Some(&wrong)).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (422, Some("not_hers")), "{wrong}");
    }
    assert_eq!(world.back("/consents", Some(&world.agrees("shelter", until, &leaf))).await.status, 200);
    let (body, child) = world.referral(4, until);
    let sent = world.desk(0, &format!("cases/{}/referrals", world.id), &body).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    // There.
    let opened = world.opens(1, CHILD).await.json();
    let key = grant::open(grant::Kind::Case, &bytes(&opened["grants"][0]["sealed"]), &world.organisations[1]).unwrap();
    assert_eq!(key.recipient(), child.recipient());
    assert_eq!(world.opens(0, CHILD).await.status, 404, "who refers never reads there");
    assert_eq!(world.opens(1, world.id).await.status, 404, "who helps there never here");
    let accept = json!({"seen": opened["work"]["version"], "state": "accepted"});
    let step = format!("cases/{CHILD}/referrals/{REFERRAL}");
    assert_eq!(world.desk(1, &step, &accept).await.status, 200);
    // She sees it, opens it with her own case, and never a name of staff.
    let answer = world.back("", None).await;
    assert!(!answer.text().contains("Hoa"));
    let seen = answer.json();
    let helper = &seen["helpers"]["cases"][0];
    assert_eq!((helper["state"].as_str(), helper["readers"][0]["id"].as_str()), (Some("accepted"), Some("shelter")));
    let hers = grant::open(grant::Kind::Case, &bytes(&helper["grants"][0]["sealed"]), &world.case).unwrap();
    let letter = seal::entry::open(&bytes(&helper["entries"][0]["sealed"]), &hers).unwrap();
    assert!(String::from_utf8(letter.content.to_vec()).unwrap().contains("Em cần chỗ ở"));
    let done: Vec<_> =
        seen["helpers"]["done"].as_array().unwrap().iter().map(|d| d["said"].as_str().unwrap()).collect();
    assert!(done.contains(&"Nơi shelter nhận lời giúp bạn."), "{done:?}");
    let (words, _) = sealed(&json!({"text": "em cảm ơn"}), &hers);
    let path = format!("/helpers/{CHILD}/entries");
    assert_eq!(world.back(&path, Some(&json!({"entries": [words]}))).await.status, 200);
    // She takes it back.
    let back = json!({"case": world.id, "organisation": "helpline", "consent": CONSENT, "answer": "takes_back"});
    assert_eq!(world.back("/consents", Some(&back)).await.status, 200);
    assert_eq!(world.opens(1, CHILD).await.status, 404);
    assert_eq!(world.desk(1, &step, &json!({"seen": 9, "state": "done"})).await.status, 404);
    let again = world.back("/consents", Some(&back)).await;
    assert_eq!((again.status, again.json()["code"].as_str()), (409, Some("already")));
}

#[tokio::test]
async fn a_referral_says_what_is_wrong_with_it() {
    let world = world().await;
    let until = in_a_month();
    let path = format!("cases/{}/referrals", world.id);
    let refers = async |change: &dyn Fn(&mut Value)| {
        let (mut body, _) = world.referral(0, until);
        change(&mut body);
        let answer = world.desk(0, &path, &body).await;
        (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned())
    };
    let told = |status, code: &str| (status, code.to_owned());
    assert_eq!(refers(&|_| {}).await, told(409, "no_consent"));
    assert_eq!(refers(&|body| body["seen"] = json!(9)).await, told(409, "changed_meanwhile"));
    assert_eq!(refers(&|body| body["child"] = Value::Null).await, told(422, "bad_seal"));
    assert_eq!(refers(&|body| body["why"] = json!("in the clear")).await, told(400, "bad_json"));
    let recorded = |way: Value, told: Value| {
        json!({
            "seen": 0, "told": told,
            "change": {"kind": "consent_recorded", "consent": CONSENT, "to": "nowhere", "until": until, "way": way},
        })
    };
    let silent =
        world.desk(0, &format!("cases/{}/consents", world.id), &recorded(json!("by_phone"), Value::Null)).await;
    assert_eq!(silent.status, 422, "she must be able to read it");
    let entry = json!({"epoch": 0, "entry": sealed(&json!({"text": "đã nói chuyện"}), &world.case).0});
    let fine = world.desk(0, &format!("cases/{}/consents", world.id), &recorded(json!("by_phone"), entry)).await;
    assert_eq!(fine.status, 200, "{}", fine.text());
    let version = fine.json()["work"]["version"].clone();
    let elsewhere = |body: &mut Value| {
        body["to"] = json!("nowhere");
        body["seen"] = version.clone();
    };
    assert_eq!(refers(&elsewhere).await, told(409, "not_joined"));
    // What happens by something else is not written down by hand.
    let by_hand = json!({"seen": 0, "change": {"kind": "consent_withdrawn", "consent": CONSENT}});
    assert_eq!(world.desk(0, &format!("cases/{}/work", world.id), &by_hand).await.status, 403);
}

#[tokio::test]
async fn a_call_is_entered_once_and_she_says_how_she_is() {
    let world = world().await;
    let mut call = world.report();
    let keys = Receipt::generate(&mut rng()).derive(&[1; 16]);
    call["id"] = json!(CaseId([8; 16]));
    call["receipt"] = World::receipt(&keys);
    call["way"] = json!("by_phone");
    call["paper"] = json!("row 7");
    assert_eq!(world.desk(0, "enter", &call).await.status, 200);
    assert_eq!(world.desk(0, "enter", &call).await.status, 200, "its answer was lost");
    call["id"] = json!(CaseId([9; 16]));
    call["receipt"] = World::receipt(&Receipt::generate(&mut rng()).derive(&[1; 16]));
    let again = world.desk(0, "enter", &call).await;
    assert_eq!((again.status, again.json()["code"].as_str()), (409, Some("already_there")));
    assert_eq!(world.desk(1, "enter", &call).await.status, 422, "for one's own organisation");
    assert!(world.store.case(CaseId([8; 16])).await.unwrap().receipt_known);
    assert_eq!(world.opens(0, CaseId([8; 16])).await.json()["work"]["ground"], "entered_here");
    let said = json!({"case": world.id, "wellbeing": "better", "helped": "partly"});
    assert_eq!(world.back("/said", Some(&said)).await.status, 200);
    assert_eq!(world.back("/said", Some(&json!({"case": world.id}))).await.status, 400);
    assert_eq!(world.back("/said", Some(&json!({"case": CHILD, "helped": "no"}))).await.status, 404);
}
