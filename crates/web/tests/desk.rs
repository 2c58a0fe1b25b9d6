//! The door of the desk over a real socket: what a stranger learns (nothing), what ends a session, what the frame for
//! files may do.

mod http;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{MemberId, Organisation, Texts};
use http::{Answer, Server};
use seal::passphrase::Derived;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Invitation, NewMember, NoticeWays, OrganisationRecord, Store};
use vocabulary::{OrganisationKind, Role};

const TOKEN: [u8; 32] = [8; 32];

struct World {
    server: Server,
    store: Store,
    _folder: tempfile::TempDir,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[9; 64]).await.unwrap();
    let card = Organisation {
        id: "helpline".into(),
        kind: OrganisationKind::Helpline,
        name: Texts { vi: "Tổng đài".into(), en: "Helpline".into() },
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
    let invited = Invitation {
        hash: [5; 32],
        organisation: "helpline".into(),
        role: Role::OrganisationAdmin,
        expires_at: i64::MAX,
    };
    store.invite(invited).await.unwrap();
    let recipient = seal::Identity::generate().recipient().to_string();
    let new = NewMember {
        id: MemberId([1; 16]),
        name: "Hoa".into(),
        recipient: recipient.clone(),
        wrapped_key: vec![1],
        salt: vec![3; 16],
        sign_in: Derived::verifier(&TOKEN),
        totp: None,
        founds: Some((recipient, vec![1])),
    };
    store.join([5; 32], new, 0).await.unwrap();
    World { server: Server::receiving(store.clone()).await, store, _folder: folder }
}

const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");
const JSON: (&str, &str) = ("content-type", "application/json");

impl World {
    async fn post(&self, path: &str, cookie: &str, body: &Value) -> Answer {
        let headers = [OWN, JSON, ("cookie", cookie)];
        self.server.send("POST", &format!("/api/v1/desk/{path}"), &headers, body.to_string().as_bytes()).await
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.server.send("GET", &format!("/api/v1/desk/{path}"), &[("cookie", cookie)], b"").await
    }

    async fn sign_in(&self) -> String {
        let token = URL_SAFE_NO_PAD.encode(TOKEN);
        let answer =
            self.post("sign-in", "", &json!({"organisation": "helpline", "name": "Hoa", "token": token})).await;
        answer.header("set-cookie").split(';').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_stranger_learns_by_asking_for_a_passkey_neither_who_works_here_nor_who_has_one() {
    let world = world().await;
    let mut seen = Vec::new();
    for name in ["Hoa", "Nobody"] {
        let who = json!({"organisation": "helpline", "name": name});
        let [one, again] =
            [world.post("sign-in/passkey/start", "", &who).await, world.post("sign-in/passkey/start", "", &who).await];
        assert_eq!(one.status, 200);
        let [one, again] = [one.json(), again.json()];
        // Made up, but the same each time, as a real one would be.
        assert_eq!(one["options"]["allowCredentials"], again["options"]["allowCredentials"]);
        assert_ne!(one["options"]["challenge"], again["options"]["challenge"]);
        seen.push(one["options"]["allowCredentials"].as_array().unwrap().len());
    }
    assert_eq!(seen, [1, 1]);
}

#[tokio::test]
async fn sessions_are_seen_and_ended() {
    let world = world().await;
    let (office, home) = (world.sign_in().await, world.sign_in().await);
    let listed = world.get("sessions", &office).await.json();
    let sessions = listed["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["here"] == false).unwrap()["id"].as_str().unwrap();
    assert_eq!(world.post(&format!("sessions/{other}/end"), &office, &json!({})).await.status, 200);
    assert_eq!(world.get("me", &home).await.status, 401);
    assert_eq!(world.get("me", &office).await.status, 200);
    assert_eq!(world.post("sessions/ffffffffffffffff/end", &office, &json!({})).await.status, 404);
    assert_eq!(world.post("sessions/end", &office, &json!({})).await.status, 200);
    assert_eq!(world.get("me", &office).await.status, 401);
}

#[tokio::test]
async fn who_joins_shows_a_code_first_and_is_in() {
    let world = world().await;
    let secret = [6; 32];
    let invitation = Invitation {
        hash: Sha256::digest(secret).into(),
        organisation: "helpline".into(),
        role: Role::Intake,
        expires_at: i64::MAX,
    };
    world.store.invite(invitation).await.unwrap();
    let invitation = URL_SAFE_NO_PAD.encode(secret);
    let wrong = world.post("code", "", &json!({"invitation": "AAAA"})).await;
    assert_eq!(wrong.status, 404);
    let code = world.post("code", "", &json!({"invitation": invitation})).await.json();
    assert_eq!(code["dots"].as_str().unwrap().len() as u64, code["width"].as_u64().unwrap().pow(2));
    let bytes = URL_SAFE_NO_PAD.decode(code["secret"].as_str().unwrap()).unwrap();
    let totp = totp_rs::TOTP::new_unchecked(totp_rs::Algorithm::SHA1, 6, 0, 30, bytes);
    let join = |shown: &str| {
        json!({
            "invitation": invitation, "name": "Lan", "recipient": seal::Identity::generate().recipient().to_string(),
            "wrapped_key": "AQ", "salt": URL_SAFE_NO_PAD.encode([1; 16]), "token": URL_SAFE_NO_PAD.encode([2; 32]),
            "totp": {"secret": code["secret"], "code": shown},
        })
    };
    assert_eq!(world.post("join", "", &join("000")).await.json()["code"], "wrong_code");
    let joined = world.post("join", "", &join(&totp.generate_current().unwrap())).await;
    assert_eq!(joined.status, 200, "{}", joined.text());
    let cookie = joined.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(world.get("me", &cookie).await.json()["member"]["name"], "Lan");
    // She may open her own door with shares, nobody else's, and invite nobody.
    let me = joined.json()["id"].as_str().unwrap().to_owned();
    let key = json!({"key": "AQ"});
    let of = |id: &str| format!("colleagues/{id}/key");
    assert_eq!(world.post(&of(&"01".repeat(16)), &cookie, &key).await.status, 403);
    assert_eq!(world.post(&of(&me), &cookie, &key).await.status, 200);
    assert_eq!(world.post(&of(&me), &cookie, &key).await.status, 403, "once");
    assert_eq!(world.post("colleagues/invite", &cookie, &json!({"role": "intake"})).await.status, 403);
}

#[tokio::test]
async fn the_frame_for_files_has_no_rights() {
    let world = world().await;
    let frame = world.server.get("/desk/viewer").await;
    let policy = frame.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox allow-scripts; default-src 'none'") && !policy.contains("connect-src"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'self'"));
    assert_eq!(frame.header("x-frame-options"), "SAMEORIGIN");
    let page = world.server.get("/vi/desk").await;
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.text().contains("Tổng đài"));
    // Of all assets only those two are handed to it.
    let script = frame.text().split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert_eq!(world.server.get(&script).await.header("cross-origin-resource-policy"), "cross-origin");
    let script = page.text().split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert_eq!(world.server.get(&script).await.header("cross-origin-resource-policy"), "same-origin");
}

#[tokio::test]
async fn an_unknown_ground_holds_nothing_and_a_foreign_case_is_not_there() {
    let world = world().await;
    let admin = world.sign_in().await;
    let nobodys = format!("cases/{}/hold", "ab".repeat(16));
    assert_eq!(world.post(&nobodys, &admin, &json!({"ground": "court"})).await.status, 404);
    assert_eq!(world.post(&nobodys, "", &json!({"ground": "court"})).await.status, 401);
    assert_eq!(world.get("keeping", &admin).await.json()["running_out"], json!([]));
}

#[tokio::test]
async fn each_role_enters_its_own_rooms_and_no_other() {
    let world = world().await;
    let cookie = world.sign_in().await;
    let rooms = ["office", "log", "overview?from=0&until=1", "figures", "keys/grants", "templates", "inbox", "keys"];
    for (role, may) in [
        (Role::OrganisationAdmin, [true, true, true, true, true, true, true, true]),
        (Role::Supervisor, [false, false, true, true, false, true, true, true]),
        (Role::Caseworker, [false, false, false, false, false, true, true, true]),
        (Role::Intake, [false, false, false, false, false, true, true, true]),
        (Role::Auditor, [false, true, false, true, false, false, false, true]),
    ] {
        world.store.change_role(MemberId([1; 16]), role, 0).await.unwrap();
        for (room, may) in rooms.iter().zip(may) {
            let answer = world.get(room, &cookie).await;
            assert_eq!(answer.status, if may { 200 } else { 403 }, "{role} {room}: {}", answer.text());
        }
        assert_eq!(world.get("office", "").await.status, 401);
    }
}

#[tokio::test]
async fn an_administrator_decides_and_each_decision_is_a_line_of_the_log() {
    let world = world().await;
    let admin = world.sign_in().await;
    let post = async |body: Value| world.post("office", &admin, &body).await;
    let hour = 3600;
    let clocks = json!({"now": hour / 2, "today": 24 * hour, "today_child": 12 * hour, "soon": 72 * hour, "when_ready": 168 * hour});
    assert_eq!(post(json!({"hours": "mon-fri 08:00-17:00", "clocks": clocks})).await.status, 200);
    assert_eq!(post(json!({"duty_contacts": ["an@a.example"], "retention": {"days": 365}})).await.status, 200);
    let question = json!({"code": "grade", "kind": "text", "text": {"vi": "Bạn học khối nào?", "en": "Which grade?"}});
    assert_eq!(post(json!({"questions": [question]})).await.status, 200);
    for (wrong, code) in [
        (json!({"hours": "thứ hai"}), "bad_hours"),
        (json!({"clocks": {"now": 2 * hour}}), "bad_clocks"),
        (json!({"duty_contacts": ["nobody"]}), "bad_duty_contacts"),
        (json!({"retention": {"days": 3}}), "bad_retention"),
        (json!({"name": {"vi": " ", "en": ""}}), "bad_card"),
        (json!({"questions": [{"code": "a", "kind": "choice", "text": {"vi": "a", "en": "b"}}]}), "bad_questions"),
    ] {
        let answer = post(wrong).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (422, Some(code)));
    }
    let shown = world.get("office", &admin).await.json();
    assert_eq!((&shown["card"]["hours"], &shown["clocks"]["now"]), (&json!("mon-fri 08:00-17:00"), &json!(1800)));
    assert_eq!((&shown["retention_days"], &shown["questions"][0]["code"]), (&json!(365), &json!("grade")));
    let (team, template) = ("01".repeat(16), "02".repeat(16));
    let member = MemberId([1; 16]).to_string();
    let kept = json!({"id": team, "name": "Ca đêm", "members": [member, member]});
    assert_eq!(world.post("teams", &admin, &kept).await.status, 200);
    let foreign = json!({"id": team, "name": "Ca đêm", "members": ["ff".repeat(16)]});
    assert_eq!(world.post("teams", &admin, &foreign).await.json()["code"], "bad_team");
    let kept = json!({"id": template, "title": "Chào", "text": {"vi": "Chào bạn.", "en": ""}});
    assert_eq!(world.post("templates", &admin, &kept).await.status, 200);
    assert_eq!(world.post(&format!("teams/{team}/remove"), &admin, &json!({})).await.status, 200);
    assert_eq!(world.post(&format!("templates/{template}/remove"), &admin, &json!({})).await.status, 200);
    let log = world.get("log", &admin).await.json();
    let kinds: Vec<_> =
        log["lines"].as_array().unwrap().iter().map(|line| line["change"]["kind"].as_str().unwrap()).collect();
    let whole = [
        "template_dropped",
        "team_dropped",
        "template_kept",
        "team_kept",
        "office_changed",
        "office_changed",
        "office_changed",
    ];
    assert_eq!(kinds, whole);
    assert_eq!(log["lines"][6]["change"]["parts"], json!(["hours", "clocks"]));
    let check = world.get("log/check", &admin).await.json();
    assert_eq!((&check["lines"], &check["broken"]), (&json!(7), &Value::Null));
    let narrow = world.get("log?kind=team_kept", &admin).await.json();
    assert_eq!(narrow["lines"].as_array().unwrap().len(), 1);
    assert_eq!(world.get("log?kind=x%27--", &admin).await.status, 400);
}

#[tokio::test]
async fn a_key_is_replaced_by_whoever_saw_the_present_one_and_everybody() {
    let world = world().await;
    let admin = world.sign_in().await;
    let present = world.get("keys", &admin).await.json()["recipient"].clone();
    let fresh = seal::Identity::generate().recipient().to_string();
    let me = MemberId([1; 16]).to_string();
    let body = |instead: &Value, members: Value| json!({"instead_of": instead, "recipient": fresh, "members": members, "earlier": "AQ", "leaves": null});
    let mine = json!([{"member": me, "key": "AQ"}]);
    assert_eq!(world.post("keys", &admin, &body(&present, json!([]))).await.status, 409);
    assert_eq!(world.post("keys", &admin, &body(&json!("age1other"), mine.clone())).await.status, 409);
    let itself = json!({"instead_of": present, "recipient": fresh, "members": [], "earlier": "AQ", "leaves": me});
    assert_eq!(world.post("keys", &admin, &itself).await.status, 403, "somebody must be able to let others in");
    assert_eq!(world.post("keys", &admin, &body(&present, mine)).await.status, 200);
    let keys = world.get("keys", &admin).await.json();
    assert_eq!((&keys["recipient"], &keys["earlier"][0]["recipient"]), (&json!(fresh), &present));
    let next = world.get("keys/grants", &admin).await.json();
    assert_eq!((&next["grants"], &next["behind"]), (&json!([]), &Value::Null));
    let done = json!({"recipient": fresh, "grants": [], "behind": null});
    assert_eq!(world.post("keys/grants", &admin, &done).await.status, 200);
    assert_eq!(world.get("keys", &admin).await.json()["walked"], true);
}

#[tokio::test]
async fn an_administrator_who_must_come_by_passkey_can_otherwise_only_add_one() {
    let world = world().await;
    let admin = world.sign_in().await;
    world.store.set_admin_passkey("helpline".into(), true).await.unwrap();
    for path in ["inbox", "keeping", "tokens"] {
        let refused = world.get(path, &admin).await;
        assert_eq!((refused.status, &refused.json()["code"]), (403, &json!("passkey_needed")), "{path}");
    }
    let refused = world.post("colleagues/invite", &admin, &json!({"role": "intake"})).await;
    assert_eq!(refused.json()["code"], "passkey_needed");
    for path in ["me", "passkeys", "sessions"] {
        assert_eq!(world.get(path, &admin).await.status, 200, "{path}");
    }
    assert_eq!(world.post("passkeys/start", &admin, &json!({})).await.status, 200);
    let member = world.store.member_named("helpline", "Hoa").await.unwrap().id;
    let token = [6; 32];
    world.store.open_session_by(store::Way::Passkey, Sha256::digest(token).into(), member, now()).await.unwrap();
    let by_passkey = format!("desk={}", URL_SAFE_NO_PAD.encode(token));
    assert_eq!(world.get("inbox", &by_passkey).await.status, 200);
}

#[tokio::test]
async fn a_token_is_made_shown_once_and_ended() {
    let world = world().await;
    let admin = world.sign_in().await;
    let wish = |scopes: &[&str], days: i64| json!({"name": " thống kê ", "scopes": scopes, "days": days});
    for wrong in [wish(&[], 1), wish(&["cases:write"], 1), wish(&["cases:read"], 0), wish(&["cases:read"], 367)] {
        assert_eq!(world.post("tokens", &admin, &wrong).await.status, 400, "{wrong}");
    }
    let made = world.post("tokens", &admin, &wish(&["cases:read"], 90)).await.json();
    let secret = made["token"].as_str().unwrap().to_owned();
    let listed = world.get("tokens", &admin).await;
    assert!(!listed.text().contains(&secret), "once");
    let listed = listed.json()["tokens"][0].clone();
    assert_eq!((&listed["name"], &listed["scopes"]), (&json!("thống kê"), &json!(["cases:read"])));
    let bearer = format!("Bearer {secret}");
    let ask = async |path: &str| world.server.send("GET", path, &[("authorization", &bearer)], b"").await;
    assert_eq!(ask("/api/v1/cases").await.json()["rows"], json!([]));
    assert_eq!(ask("/api/v1/events").await.status, 403, "another scope");
    assert_eq!(ask("/api/v1/desk/inbox").await.status, 401, "a token is no session");
    let ended = world.post(&format!("tokens/{}/end", listed["id"].as_str().unwrap()), &admin, &json!({})).await;
    assert_eq!(ended.status, 200);
    assert_eq!(ask("/api/v1/cases").await.status, 401);
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    since.as_secs().cast_signed()
}
