//! Telling and coming back without scripts, over a real socket: forms that are posted, a cookie, pages that say where
//! she is. What is kept is searched for her words.

#[path = "../http/mod.rs"]
mod http;
mod returning;
mod telling;

use casework::{CaseId, MemberId, Organisation, Texts, work::Actor};
use getrandom::{SysRng, rand_core::UnwrapErr};
use http::{Answer, Server, encoded};
use seal::{Identity, entry, grant};
use serde_json::{Value, json};
use std::{cell::Cell, collections::HashMap, fs, path::Path};
use store::{Invitation, NewEntry, NewEvent, NewMember, NoticeWays, OrganisationRecord, Store, View};
use tempfile::TempDir;
use vocabulary::{EntryKind, OrganisationKind, Role};

/// Stands nowhere in our pages.
const STORY: &str = "Nó doạ tung ảnh của em, Bằng lăng 7241";
const ASK: &str = "/vi/ask/plain";
const BACK: &str = "/vi/back/plain";

thread_local! { static NOW: Cell<i64> = const { Cell::new(1_800_000_000) }; }

fn clock() -> i64 {
    NOW.get()
}

fn later(seconds: i64) {
    NOW.set(NOW.get() + seconds);
}

/// A server with organisations that have joined.
struct World {
    server: Server,
    store: Store,
    folder: TempDir,
    keys: HashMap<&'static str, Identity>,
}

/// What the school asks by itself.
const OWN_QUESTIONS: &str = r#"[
    {"code": "grade", "kind": "choice", "text": {"vi": "Bạn học khối nào?", "en": "Which grade are you in?"},
     "choices": [{"code": "6", "vi": "Khối 6", "en": "Grade 6"}, {"code": "7", "vi": "Khối 7", "en": "Grade 7"}]},
    {"code": "safe_place", "kind": "text", "ages": ["12_15"],
     "text": {"vi": "Ở trường, chỗ nào bạn thấy yên tâm?", "en": "Where at school are you at ease?"}},
    {"code": "grown", "kind": "text", "ages": ["25_59"], "text": {"vi": "Con bạn học lớp nào?", "en": "Whose class?"}}
]"#;

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[9; 64]).await.unwrap();
    let mut keys = HashMap::new();
    for (at, (id, kind, hours)) in [
        ("line", OrganisationKind::Helpline, "always"),
        ("school", OrganisationKind::School, "always"),
        ("union", OrganisationKind::WomensUnion, ""),
    ]
    .into_iter()
    .enumerate()
    {
        keys.insert(id, joins(&store, at as u8, id, kind, hours).await);
    }
    let server = Server::receiving_by(store.clone(), clock).await;
    World { server, store, folder, keys }
}

async fn joins(store: &Store, at: u8, id: &str, kind: OrganisationKind, hours: &str) -> Identity {
    let name = Texts { vi: format!("Nơi {id}"), en: format!("The {id}") };
    let law = Texts { vi: "Báo 111 khi trẻ em bị hại.".into(), en: "Tells 111 when a child is harmed.".into() };
    let card = Organisation {
        id: id.into(),
        kind,
        name,
        about: Texts::default(),
        told_by_law: law,
        hours: hours.into(),
        provinces: vec![],
        recipient: None,
    };
    let questions = if id == "school" { OWN_QUESTIONS.into() } else { String::new() };
    let notices = NoticeWays::default();
    store
        .add_organisation(OrganisationRecord {
            card,
            questions,
            retention_days: None,
            notices,
            added_at: 0,
            closed_at: None,
        })
        .await
        .unwrap();
    let invited = Invitation { hash: [at; 32], organisation: id.into(), role: Role::Caseworker, expires_at: i64::MAX };
    store.invite(invited).await.unwrap();
    let (member, key) = (Identity::generate(), Identity::generate());
    let sealed = grant::seal(grant::Kind::Organisation, &key, &member.recipient());
    let new = NewMember {
        id: MemberId([at; 16]),
        name: "Hoa".into(),
        recipient: member.recipient().to_string(),
        wrapped_key: vec![0; 60],
        salt: vec![0; 16],
        sign_in: [at; 32],
        totp: None,
        founds: Some((key.recipient().to_string(), sealed)),
    };
    store.join([at; 32], new, 0).await.unwrap();
    key
}

impl World {
    async fn inbox(&self, organisation: &str) -> Vec<CaseId> {
        self.store.inbox(organisation, View::All, None, 10).await.unwrap().into_iter().map(|row| row.id).collect()
    }

    async fn identities(&self, organisation: &str, id: CaseId) -> HashMap<i64, Identity> {
        let grants = self.store.grants(id, Some(organisation)).await.unwrap();
        let open =
            |g: store::Grant| (g.epoch, grant::open(grant::Kind::Case, &g.sealed, &self.keys[organisation]).unwrap());
        grants.into_iter().map(open).collect()
    }

    /// What an organisation can read.
    async fn reads(&self, organisation: &str, id: CaseId) -> Vec<(EntryKind, Value)> {
        let identities = self.identities(organisation, id).await;
        let entries = self.store.entries(id, 0).await.unwrap();
        let read = |entry: store::Entry| {
            let opened = entry::open(&entry.sealed, identities.get(&entry.epoch)?).ok()?;
            Some((entry.kind, serde_json::from_slice(&opened.content).unwrap()))
        };
        entries.into_iter().filter_map(read).collect()
    }

    async fn answers(&self, organisation: &str, id: CaseId, text: &str) {
        let epoch = self.store.case(id).await.unwrap().epoch;
        let identity = &self.identities(organisation, id).await[&epoch];
        let content = json!({ "text": text }).to_string();
        let sealed = entry::seal(content.as_bytes(), &identity.recipient(), &mut UnwrapErr(SysRng));
        let entry = NewEntry { kind: EntryKind::Message, sealed: sealed.bytes, leaf: sealed.leaf, files: vec![] };
        self.store.add_by_organisation(id, organisation.into(), epoch, vec![entry], by(clock())).await.unwrap();
    }

    /// Whether these bytes stand anywhere in what is kept: database, log, free pages, files.
    fn keeps(&self, bytes: &[u8]) -> bool {
        holds(self.folder.path(), bytes)
    }
}

fn holds(folder: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().map(|each| each.unwrap().path()).any(|path| {
        if path.is_dir() {
            holds(&path, bytes)
        } else {
            fs::read(path).unwrap().windows(bytes.len()).any(|w| w == bytes)
        }
    })
}

/// A browser without scripts: it keeps one cookie a page and follows where it is sent.
struct Browser<'a> {
    server: &'a Server,
    cookies: HashMap<String, String>,
}

impl<'a> Browser<'a> {
    fn new(world: &'a World) -> Self {
        Self { server: &world.server, cookies: HashMap::new() }
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "", b"").await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.send("POST", path, "application/x-www-form-urlencoded", body.join("&").as_bytes()).await
    }

    /// Posts a page of the report.
    async fn step(&mut self, step: &str, go: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("step", step), ("go", go)];
        all.extend(fields);
        self.post(ASK, &all).await
    }

    async fn upload(&mut self, path: &str, name: &str, content: &[u8]) -> Answer {
        let mut body = format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n").into_bytes();
        body.extend(content);
        body.extend(b"\r\n--edge--\r\n");
        self.send("POST", &format!("{path}/file"), "multipart/form-data; boundary=edge", &body).await
    }

    async fn send(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> Answer {
        let (mut method, mut path, mut body) = (method, path.to_owned(), body);
        for _ in 0..5 {
            let cookie =
                self.cookies.iter().find(|(of, _)| path.starts_with(of.as_str())).map(|(_, cookie)| cookie.clone());
            let mut head = vec![("sec-fetch-site", "same-origin")];
            if let Some(cookie) = &cookie {
                head.push(("cookie", cookie));
            }
            if method == "POST" {
                head.push(("content-type", kind));
            }
            let answer = self.server.send(method, &path, &head, body).await;
            for set in answer.headers("set-cookie") {
                let (pair, attributes) = set.split_once("; Path=").unwrap();
                let (of, rest) = attributes.split_once(';').unwrap();
                assert!(rest.contains("HttpOnly; SameSite=Strict"), "{set}");
                if rest.contains("Max-Age=0") {
                    self.cookies.remove(of);
                } else {
                    self.cookies.insert(of.to_owned(), pair.to_owned());
                }
            }
            if answer.status != 303 || !answer.header("location").starts_with('/') {
                return answer;
            }
            (method, path, body) = ("GET", answer.header("location"), b"");
        }
        panic!("{path} leads in circles");
    }

    /// Everything up to the page of what stands open, with the least said.
    async fn tell(&mut self, story: &str, organisations: &[&str]) -> Answer {
        self.step("who", "next", &[("audience", "self")]).await;
        self.step("age", "next", &[("age", "12_15"), ("language", "vi")]).await;
        let chosen: Vec<_> = organisations.iter().map(|id| ("organisation", *id)).collect();
        self.step("organisations", "next", &chosen).await;
        self.step("story", "hurry", &[("story", story)]).await
    }

    /// Sends, waits, and gives the ten words.
    async fn sends(&mut self) -> Vec<String> {
        let waiting = self.step("clear", "send", &[("open", ""), ("open", "harm"), ("open", "age")]).await;
        assert!(
            waiting.text().contains("Xin chờ một chút") && !waiting.header("refresh").is_empty(),
            "{}",
            waiting.text()
        );
        later(3);
        let shown = self.get(ASK).await.text();
        let list = shown.split("id=\"receipt-words\"").nth(1).unwrap_or_else(|| panic!("no words: {shown}"));
        let list = list.split("</ol>").next().unwrap();
        let words = list.split("<li>").skip(1).map(|item| item.split('<').next().unwrap().to_owned());
        words.collect()
    }

    /// Shows that the words were kept.
    async fn gives_back(&mut self, words: &[String]) -> Answer {
        let asked = self.post(ASK, &[("go", "kept")]).await.text();
        let numbers: Vec<usize> =
            asked.split("Từ số ").skip(1).map(|rest| rest.split('<').next().unwrap().parse().unwrap()).collect();
        let [one, other] = [&words[numbers[0] - 1], &words[numbers[1] - 1]];
        self.post(ASK, &[("go", "check"), ("word-1", one), ("word-2", other)]).await
    }
}

/// A member does it now.
fn by(at: i64) -> NewEvent {
    NewEvent { by: Actor::Member(MemberId([1; 16]), Role::Caseworker), at, nonce: [9; 32], sealed: None }
}
