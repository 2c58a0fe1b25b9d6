//! Programs of two organisations hear by signed calls what happens, at a real HTTP server, and never of which case.

use casework::{CaseId, Clocks, Facts, ItemId, MemberId, Organisation, Texts, work::Actor, work::Change};
use notices::{
    alarm::{UNOPENED_SECONDS, Untold, alarm},
    keep_telling,
    webhook::{NEWS, SIGNATURE, signature},
};
use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{
    Grant, HerAnswer, Invitation, Moved, NewChild, NewEntry, NewEvent, NewMember, NewReferral, NewReport, NoticeWays,
    OfHers, OrganisationRecord, ReceiptRecord, Store, Told,
};
use vocabulary::{DeclineReason, EntryKind, OrganisationKind, ReferralState, Role, Urgency};

const KEY: &[u8] = b"the webhook's key";
const CASE: CaseId = CaseId([0xc5; 16]);
const CONSENT: ItemId = ItemId([1; 16]);

/// A program: takes every call whose signature is right, and gives event and organisation.
struct Program {
    url: String,
    heard: Receiver<String>,
}

impl Program {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let (tells, heard) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let (mut call, mut piece) = (Vec::new(), [0; 4096]);
                while !call.ends_with(b"}") {
                    let read = stream.read(&mut piece).unwrap();
                    call.extend_from_slice(&piece[..read]);
                }
                write!(stream, "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
                if tells.send(String::from_utf8(call).unwrap()).is_err() {
                    return;
                }
            }
        });
        Self { url, heard }
    }

    /// The next event that has a name of its own.
    fn hears(&self, organisation: &str) -> String {
        loop {
            let event = self.hears_any(organisation);
            if event != NEWS {
                return event;
            }
        }
    }

    /// The next event, of a call that is right to the byte.
    fn hears_any(&self, organisation: &str) -> String {
        let call = self.heard.recv_timeout(Duration::from_secs(20)).expect("a call comes");
        let (head, body) = call.split_once("\r\n\r\n").unwrap();
        let event = body.split('"').nth(3).unwrap().to_owned();
        let at: i64 = body.rsplit(':').next().unwrap().trim_end_matches('}').parse().unwrap();
        let whole = format!(r#"{{"event":"{event}","organisation":"{organisation}","at":{at}}}"#);
        assert_eq!(body, whole, "nothing else stands in it");
        let signed = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case(SIGNATURE).then(|| value.to_owned())
        });
        assert_eq!(signed, Some(signature(KEY, at, body)));
        event
    }
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed()
}

fn by(member: u8, nonce: u8) -> NewEvent {
    let by = Actor::Member(MemberId([member; 16]), Role::Caseworker);
    NewEvent { by, at: now(), nonce: [nonce; 32], sealed: None }
}

fn entry(seed: u8) -> NewEntry {
    NewEntry { kind: EntryKind::Message, sealed: vec![1], leaf: [seed; 32], files: vec![] }
}

async fn settle(store: &Store, id: &str, number: u8, url: &str) {
    let record = OrganisationRecord {
        card: Organisation {
            id: id.into(),
            kind: OrganisationKind::Helpline,
            name: Texts::default(),
            about: Texts::default(),
            told_by_law: Texts::default(),
            hours: "always".into(),
            provinces: vec![],
            recipient: None,
        },
        questions: String::new(),
        retention_days: None,
        notices: NoticeWays { webhook_url: Some(url.into()), webhook_key: Some(KEY.into()), email: None },
        added_at: 1,
        closed_at: None,
    };
    store.add_organisation(record).await.unwrap();
    let invitation =
        Invitation { hash: [number; 32], organisation: id.into(), role: Role::Caseworker, expires_at: i64::MAX };
    store.invite(invitation).await.unwrap();
    let member = NewMember {
        id: MemberId([number; 16]),
        name: "lan".into(),
        recipient: "age1lan".into(),
        wrapped_key: vec![1],
        salt: vec![1; 16],
        sign_in: [1; 32],
        totp: None,
        founds: Some((format!("age1{id}"), vec![1])),
    };
    store.join([number; 32], member, 2).await.unwrap();
}

fn report(id: CaseId, urgency: Urgency) -> NewReport {
    let receipt = ReceiptRecord {
        locator: id.0,
        verifier: [2; 32],
        version: 1,
        recipient: "age1receipt".into(),
        verify_key: [3; 32],
    };
    let grant =
        |organisation: Option<&str>| Grant { organisation: organisation.map(str::to_owned), epoch: 0, sealed: vec![1] };
    NewReport {
        id,
        receipt,
        recipient: "age1case".into(),
        audience: None,
        facts: Facts { urgency: Some(urgency), ..Facts::default() },
        grants: vec![grant(None), grant(Some("helpline"))],
        entries: vec![entry(9)],
    }
}

/// She agrees that the shelter is told; the helpline refers. Gives the case there.
async fn refers(store: &Store, number: u8) -> (ItemId, CaseId) {
    let (referral, child) = (ItemId([number; 16]), CaseId([number; 16]));
    let new = NewReferral {
        referral,
        to: "shelter".into(),
        consent: CONSENT,
        until: now() + 3600,
        transfer: false,
        child: Some(NewChild {
            id: child,
            recipient: "age1child".into(),
            origin: vec![1],
            organisation: Some(vec![1]),
            members: vec![],
            entries: vec![entry(number)],
        }),
    };
    store.refer(CASE, "helpline".into(), new, None, by(1, number)).await.unwrap();
    (referral, child)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_that_happens_is_one_signed_call_to_whom_it_concerns() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[0; 64]).await.unwrap();
    let (helpline, shelter) = (Program::start(), Program::start());
    settle(&store, "helpline", 1, &helpline.url).await;
    settle(&store, "shelter", 2, &shelter.url).await;
    let telling =
        |store: &Store| tokio::spawn(keep_telling(store.clone(), None, "https://haidang.example/vi/desk".into()));
    let first = telling(&store);
    tokio::time::sleep(Duration::from_millis(200)).await;
    store.receive(report(CASE, Urgency::Soon), now()).await.unwrap();
    assert_eq!(helpline.hears("helpline"), "report_received");
    store.add_by_person(CASE, 0, vec![entry(10)], [4; 32], now()).await.unwrap();
    assert_eq!(helpline.hears("helpline"), "person_wrote");

    let asked = Change::ConsentAsked { consent: CONSENT, to: "shelter".into(), until: now() + 7200 };
    let told = Told { epoch: 0, entry: entry(11) };
    store.consent(CASE, "helpline".into(), asked, Some(told), None, by(1, 5)).await.unwrap();
    let about = || OfHers { case: CASE, organisation: "helpline".into(), consent: CONSENT };
    let agrees = HerAnswer::Agrees { asked: [11; 32], signature: "signed".into(), known: false };
    store.answer_consent(CASE, about(), agrees, now(), [6; 32]).await.unwrap();
    let (referral, child) = refers(&store, 20).await;
    assert_eq!(shelter.hears("shelter"), "referral_received");
    let moves = async |referral, child, state, reason| {
        let moved = Moved { state, reason };
        store.move_referral(child, "shelter".into(), referral, moved, None, by(2, 7)).await.unwrap();
    };
    moves(referral, child, ReferralState::Accepted, None).await;
    assert_eq!(shelter.hears("shelter"), "referral_accepted");
    moves(referral, child, ReferralState::Declined, Some(DeclineReason::NoCapacity)).await;
    assert_eq!(shelter.hears("shelter"), "referral_declined");
    // The other side too.
    assert_eq!([helpline.hears("helpline"), helpline.hears("helpline")], ["referral_accepted", "referral_declined"]);
    refers(&store, 21).await;
    store.answer_consent(CASE, about(), HerAnswer::TakesBack, now(), [8; 32]).await.unwrap();
    assert_eq!(shelter.hears("shelter"), "referral_revoked", "that it was offered again stays quiet for five minutes");
    assert_eq!(helpline.hears("helpline"), "referral_revoked");
    first.abort();
    // A server that starts tells whoever has something unopened to look.
    let again = telling(&store);
    assert_eq!(helpline.hears_any("helpline"), NEWS);
    again.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_danger_that_nobody_opens_is_told_to_programs_once_without_a_mail_server() {
    const ARRIVED: i64 = 1_795_582_800;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[0; 64]).await.unwrap();
    let (helpline, shelter) = (Program::start(), Program::start());
    settle(&store, "helpline", 1, &helpline.url).await;
    settle(&store, "shelter", 2, &shelter.url).await;
    let contacts = vec!["an@a.example".to_owned()];
    store.change_office("helpline".into(), Clocks::DEFAULT, contacts).await.unwrap();
    store.receive(report(CASE, Urgency::Now), ARRIVED).await.unwrap();
    let (desk, mut untold) = ("https://x".into(), Untold::new());
    for after in [0, UNOPENED_SECONDS - 1, UNOPENED_SECONDS, UNOPENED_SECONDS + 60] {
        alarm(&store, None, &desk, ARRIVED + after, &mut untold).await.unwrap();
        assert!(untold.is_empty(), "{untold:?}");
    }
    assert_eq!(helpline.hears("helpline"), "unopened");
    assert!(helpline.heard.try_recv().is_err() && shelter.heard.try_recv().is_err());
}
