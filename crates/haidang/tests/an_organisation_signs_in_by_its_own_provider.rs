//! An organisation has accounts of its own. Its people come in by them, and open their keys by what only they know.
//!
//! The provider is a real one, a process of its own (`provider/provider.mjs`), which refuses whoever asks without PKCE.
//! `HAIDANG_NO_OIDC=1` leaves this out.

mod common;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{MemberId, Organisation, Texts};
use common::{Server, free_port, haidang, send};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};
use store::{Invitation, NewMember, NoticeWays, OrganisationRecord, Store};
use vocabulary::{OrganisationKind, Role};

struct World {
    server: Server,
    provider: Child,
    ports: [u16; 2],
    folder: tempfile::TempDir,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.provider.kill();
        let _ = self.provider.wait();
    }
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed()
}

/// Where `cargo xtask test` puts the provider; none where it is left out.
fn modules() -> Option<PathBuf> {
    if env::var_os("HAIDANG_NO_OIDC").is_some() {
        return None;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let modules = root.join(".cache/oidc-provider-8.8.1/node_modules");
    assert!(modules.exists(), "run `cargo xtask test` once, which installs it, or set HAIDANG_NO_OIDC=1");
    Some(modules)
}

async fn world() -> Option<World> {
    let modules = modules()?;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[7; 64]).await.unwrap();
    found(&store).await;
    store.close().await;
    let ports = [free_port(), free_port()];
    let file = folder.path().join("oidc.toml");
    let rows = format!(
        "[[provider]]\norganisation = \"tong-dai\"\nissuer = \"http://127.0.0.1:{}\"\nclient_id = \"haidang\"\n\
         client_secret_file = \"secret\"\nclaim = \"groups\"\n\
         roles = [{{ group = \"leads\", role = \"supervisor\" }}, {{ group = \"staff\", role = \"caseworker\" }}]\n",
        ports[1]
    );
    fs::write(&file, rows).unwrap();
    fs::write(folder.path().join("secret"), "a secret of this story\n").unwrap();
    people(folder.path(), &json!({"hoa": ["leads", "staff"], "mai": ["staff"], "guest": ["visitors"]}));
    let back = format!("http://127.0.0.1:{}/api/v1/desk/account/back", ports[0]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/provider/provider.mjs");
    let mut provider = Command::new("node")
        .args([script.as_path(), &modules])
        .args([&ports[1].to_string(), &back])
        .arg(folder.path().join("people.json"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("node is there");
    let mut ready = String::new();
    BufReader::new(provider.stdout.as_mut().unwrap()).read_line(&mut ready).unwrap();
    assert_eq!(ready, "ready\n");
    let (listen, base) = (format!("127.0.0.1:{}", ports[0]), format!("http://127.0.0.1:{}", ports[0]));
    let server =
        Server::spawn(haidang(&["serve", "--metrics", "off", "--listen", &listen, "--base-url", &base]).args([
            "--data",
            folder.path().to_str().unwrap(),
            "--oidc-file",
            file.to_str().unwrap(),
        ]));
    Some(World { server, provider, ports, folder })
}

fn people(folder: &Path, all: &Value) {
    fs::write(folder.join("people.json"), all.to_string()).unwrap();
}

/// An organisation and its administrator, who is signed in.
async fn found(store: &Store) {
    let card = Organisation {
        id: "tong-dai".into(),
        kind: OrganisationKind::Helpline,
        name: Texts { vi: "Tổng đài".into(), en: "Helpline".into() },
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
    let (organisation, role) = ("tong-dai".to_owned(), Role::OrganisationAdmin);
    store.invite(Invitation { hash: [1; 32], organisation, role, expires_at: i64::MAX }).await.unwrap();
    let recipient = seal::Identity::generate().recipient().to_string();
    let admin = NewMember {
        id: MemberId([1; 16]),
        name: "lan".into(),
        recipient: recipient.clone(),
        wrapped_key: vec![1; 60],
        salt: vec![2; 16],
        sign_in: [3; 32],
        totp: None,
        founds: Some((recipient, vec![4; 60])),
    };
    store.join([1; 32], admin, now()).await.unwrap();
    store.open_session(Sha256::digest([9; 32]).into(), MemberId([1; 16]), now()).await.unwrap();
}

/// A browser as far as this goes: cookies by port, and where it was sent.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<(u16, String), String>,
}

struct Page {
    status: u16,
    head: String,
    body: String,
}

impl Page {
    fn location(&self) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("location")))
            .map(|(_, value)| value)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

impl Browser {
    fn ask(&mut self, port: u16, method: &str, path: &str, kind: &str, body: &str) -> Page {
        let mine = self.cookies.iter().filter(|((of, _), _)| *of == port);
        let cookies: Vec<_> = mine.map(|((_, name), value)| format!("{name}={value}")).collect();
        let answer = send(
            ([127, 0, 0, 1], port).into(),
            &format!(
                "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
                 Cookie: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
                cookies.join("; "),
                body.len()
            ),
        );
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            if name.eq_ignore_ascii_case("set-cookie") {
                let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.insert((port, name.to_owned()), value.to_owned());
            }
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
        Page { status, head: head.to_owned(), body: body.to_owned() }
    }
}

impl World {
    fn desk(&self, browser: &mut Browser, method: &str, path: &str, body: &Value) -> Page {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        browser.ask(self.ports[0], method, &format!("/api/v1/desk/{path}"), "application/json", &body)
    }

    /// From the desk to the provider, past its pages, and to the address that leads back.
    fn go(&self, browser: &mut Browser, path: &str, account: &str) -> String {
        let wish = if path == "account/tie" {
            json!({"lang": "en"})
        } else {
            json!({"organisation": "tong-dai", "lang": "en"})
        };
        let asked = self.desk(browser, "POST", path, &wish);
        assert_eq!(asked.status, 200, "{}", asked.body);
        let here = format!("http://127.0.0.1:{}", self.ports[1]);
        let mut next = asked.json()["address"].as_str().unwrap().to_owned();
        assert!(
            next.contains("code_challenge_method=S256") && next.contains("nonce=") && next.contains("state="),
            "{next}"
        );
        for _ in 0..12 {
            let path = next.strip_prefix(&here).unwrap_or(&next).to_owned();
            if path.starts_with("http") {
                return path.split_once("/api/v1/desk/").expect("back to the desk").1.to_owned();
            }
            let mut page = browser.ask(self.ports[1], "GET", &path, "text/plain", "");
            if page.status == 200 {
                let form = if page.body.contains("name=\"login\"") {
                    format!("prompt=login&login={account}&password=x")
                } else {
                    "prompt=consent".into()
                };
                page = browser.ask(self.ports[1], "POST", &path, "application/x-www-form-urlencoded", &form);
            }
            next = page.location().unwrap_or_else(|| panic!("{path}: {} {}", page.status, page.body)).to_owned();
        }
        panic!("the provider leads nowhere");
    }

    /// Signs in by account and says where the desk sends the browser.
    fn sign_in(&self, browser: &mut Browser, account: &str) -> String {
        let back = self.go(browser, "account/start", account);
        self.back(browser, &back)
    }

    fn back(&self, browser: &mut Browser, back: &str) -> String {
        let page = self.desk(browser, "GET", back, &Value::Null);
        assert_eq!(page.status, 303, "{}", page.body);
        page.location().unwrap().to_owned()
    }

    /// Takes the invitation up that she came back with.
    fn joins(&self, browser: &mut Browser, invitation: &str, name: &str) -> Page {
        let code = self.desk(browser, "POST", "code", &json!({"invitation": invitation})).json();
        let secret = URL_SAFE_NO_PAD.decode(code["secret"].as_str().unwrap()).unwrap();
        let totp = totp_rs::TOTP::new_unchecked(totp_rs::Algorithm::SHA1, 6, 0, 30, secret);
        let bytes = |n: usize| URL_SAFE_NO_PAD.encode(vec![1; n]);
        let join = json!({
            "invitation": invitation, "name": name, "recipient": seal::Identity::generate().recipient().to_string(),
            "wrapped_key": bytes(60), "salt": bytes(16), "token": bytes(32),
            "totp": {"secret": code["secret"], "code": totp.generate_current().unwrap()},
        });
        self.desk(browser, "POST", "join", &join)
    }
}

#[tokio::test]
async fn who_is_new_makes_her_keys_and_comes_back_by_her_account_alone() {
    let Some(world) = world().await else { return };
    let mut hoa = Browser::default();
    let to = world.sign_in(&mut hoa, "hoa");
    let invitation = to.strip_prefix("/en/desk/join#").unwrap_or_else(|| panic!("{to}"));
    let invited = world.desk(&mut hoa, "POST", "invitation", &json!({"invitation": invitation})).json();
    assert_eq!((&invited["organisation"], &invited["role"]), (&json!("tong-dai"), &json!("supervisor")));
    let joined = world.joins(&mut hoa, invitation, "hoa");
    assert_eq!(joined.status, 200, "{}", joined.body);

    // Another day, another browser.
    let mut hoa = Browser::default();
    assert_eq!(world.sign_in(&mut hoa, "hoa"), "/en/desk#account");
    let me = world.desk(&mut hoa, "GET", "me", &Value::Null).json();
    assert_eq!((&me["member"]["name"], &me["account"]), (&json!("hoa"), &json!("tied")));
    assert!(me["member"]["wrapped_key"].is_string(), "her passphrase opens it in her browser, nothing here does");

    // What she may do is said by her groups, each time.
    people(world.folder.path(), &json!({"hoa": ["staff"]}));
    assert_eq!(world.sign_in(&mut Browser::default(), "hoa"), "/en/desk#account");
    assert_eq!(world.desk(&mut hoa, "GET", "me", &Value::Null).json()["member"]["role"], "caseworker");
    people(world.folder.path(), &json!({"hoa": ["visitors"]}));
    assert_eq!(world.sign_in(&mut Browser::default(), "hoa"), "/en/desk#account-no-role");
}

#[tokio::test]
async fn a_member_ties_her_account_and_nobody_else_takes_it() {
    let Some(world) = world().await else { return };
    let mut lan = Browser::default();
    lan.cookies.insert((world.ports[0], "desk".into()), URL_SAFE_NO_PAD.encode([9; 32]));
    assert_eq!(world.desk(&mut lan, "GET", "me", &Value::Null).json()["account"], "open");
    let back = world.go(&mut lan, "account/tie", "mai");
    assert_eq!(world.back(&mut lan, &back), "/en/desk#account-tied");
    let mut anywhere = Browser::default();
    assert_eq!(world.sign_in(&mut anywhere, "mai"), "/en/desk#account");
    let me = world.desk(&mut anywhere, "GET", "me", &Value::Null).json();
    assert_eq!((&me["member"]["name"], &me["member"]["role"]), (&json!("lan"), &json!("caseworker")));
    let back = world.go(&mut lan, "account/tie", "mai");
    assert_eq!(world.back(&mut lan, &back), "/en/desk#account-taken");
}

#[tokio::test]
async fn what_comes_back_serves_once_in_the_browser_that_asked() {
    let Some(world) = world().await else { return };
    let mut hoa = Browser::default();
    let back = world.go(&mut hoa, "account/start", "hoa");
    // Somebody sends her link to another browser, or another browser's link to her.
    assert_eq!(world.back(&mut Browser::default(), &back), "/vi/desk#account-stale");
    let mut thief = Browser::default();
    let own = world.go(&mut thief, "account/start", "mai");
    assert_eq!(world.back(&mut thief, &back), "/en/desk#account-stale", "another state");
    assert_eq!(world.back(&mut thief, &own), "/vi/desk#account-stale", "that question is used up");

    // A code that was asked for by one browser is worth nothing in another: PKCE.
    let own = world.go(&mut thief, "account/start", "mai");
    let part = |of: &str, name: &str| {
        let query = of.split_once('?').unwrap().1.to_owned();
        query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")).map(str::to_owned)).unwrap()
    };
    let mixed = format!("account/back?code={}&state={}", part(&back, "code"), part(&own, "state"));
    assert_eq!(world.back(&mut thief, &mixed), "/en/desk#account-failed");
    assert!(!thief.cookies.keys().any(|(_, name)| name == "desk"), "nobody is signed in by it");

    let mut guest = Browser::default();
    assert_eq!(world.sign_in(&mut guest, "guest"), "/en/desk#account-no-role");
    assert!(!guest.cookies.keys().any(|(_, name)| name == "desk"));
    // An organisation without a provider, and one that isn't there.
    let asked = world.desk(&mut guest, "POST", "account/start", &json!({"organisation": "nobody", "lang": "en"}));
    assert_eq!(asked.status, 404);
    world.server.signal("TERM");
}
