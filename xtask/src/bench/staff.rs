//! 200 members of one organisation at work at the same time: each looks at the queue, opens a report, reads what was done,
//! takes it on, notes, sets a task, answers, now and then records a consent and refers, and does the task, a click every
//! two seconds. Each has the queue open beside it and reads it anew whenever the server says that something is new, as
//! the page does.

use super::client::{Client, percentile};
use anyhow::{Context, Result, anyhow, ensure};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use visitor::House;

/// From one click to the next, on average.
const CLICK: Duration = Duration::from_secs(2);
/// One case in so many is referred.
const REFERRED: usize = 4;

/// The 99th of a hundred waits, in ms.
pub fn at_work(house: &House, filled: &Value, minutes: f64) -> Result<f64> {
    let (server, is_over) = (house.address(), AtomicBool::new(false));
    let members = filled["members"].as_array().context("members")?;
    let recipient = filled["recipient"].as_str().context("a recipient")?;
    let until = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    let waits = thread::scope(|scope| {
        let watching: Vec<_> = members.iter().map(|member| scope.spawn(|| watch(server, member, &is_over))).collect();
        let working: Vec<_> = members
            .iter()
            .enumerate()
            .map(|(number, member)| {
                let worker = Worker { server, member, number, of: members.len(), recipient, until };
                scope.spawn(move || worker.work())
            })
            .collect();
        let done: Vec<_> = working.into_iter().map(thread::ScopedJoinHandle::join).collect();
        is_over.store(true, Ordering::Relaxed);
        let seen: Vec<_> = watching.into_iter().map(thread::ScopedJoinHandle::join).collect();
        let all = done.into_iter().chain(seen).map(|one| one.map_err(|_| anyhow!("a member broke down"))?);
        all.collect::<Result<Vec<_>>>()
    })?;
    let waits: Vec<_> = waits.into_iter().flatten().collect();
    let mut kinds: Vec<_> = waits.iter().map(|(what, _)| *what).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let of_kind = || waits.iter().filter(|(what, _)| *what == kind).map(|(_, wait)| *wait);
        println!(
            "{kind}: {} times, p50 {:.1} ms, p99 {:.1} ms",
            of_kind().count(),
            percentile(of_kind(), 50),
            percentile(of_kind(), 99)
        );
    }
    Ok(percentile(waits.iter().map(|(_, wait)| *wait), 99))
}

type Waits = Vec<(&'static str, Duration)>;

fn token(member: &Value) -> Result<&str> {
    member["token"].as_str().context("a token")
}

/// The page of the queue that lies open: at each word of the server it is read anew.
fn watch(server: SocketAddr, member: &Value, is_over: &AtomicBool) -> Result<Waits> {
    let mut client = Client::signed_in(server, token(member)?)?;
    let mut stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.write_all(
        format!("GET /api/v1/desk/live HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\n\r\n", client.cookie()).as_bytes(),
    )?;
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().context("an answer")??;
    ensure!(first.starts_with("HTTP/1.1 200"), "the stream answers {first}");
    while !is_over.load(Ordering::Relaxed) {
        let line = lines.next().context("the stream ended")??;
        if line.starts_with("event: news") {
            client.done("queue anew", "inbox?view=all", None)?;
        }
    }
    Ok(client.waits)
}

struct Worker<'a> {
    server: SocketAddr,
    member: &'a Value,
    number: usize,
    of: usize,
    recipient: &'a str,
    until: Instant,
}

impl Worker<'_> {
    fn work(&self) -> Result<Waits> {
        let mut client = Client::signed_in(self.server, token(self.member)?)?;
        // Nobody begins at the same moment.
        thread::sleep(CLICK * u32::try_from(self.number)? / u32::try_from(self.of)?);
        for round in 0.. {
            let report = round * self.of + self.number;
            if !self.one_case(&mut client, report, round)? {
                break;
            }
        }
        Ok(client.waits)
    }

    /// One report from the queue to the end of its task; false once the time is over.
    fn one_case(&self, client: &mut Client, report: usize, round: usize) -> Result<bool> {
        let case = hex(&bytes(&format!("report {report}"))[..16]);
        let me = &self.member["id"];
        let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
        let mut seen = 0;
        let mut next = |client: &mut Client, what, path: String, body: Option<Value>| -> Result<Option<Value>> {
            // As people do: now sooner, now later.
            let spread = u32::from(bytes(&format!("{what} {report}"))[0]);
            thread::sleep(CLICK / 2 + CLICK * spread / 255);
            if Instant::now() >= self.until {
                return Ok(None);
            }
            let body = body.map(|mut body| {
                if body.get("seen").is_some() {
                    body["seen"] = json!(seen);
                }
                body
            });
            let answer = client.done(what, &path, body.as_ref())?;
            if let Some(version) = answer["work"]["version"].as_u64() {
                seen = version;
            }
            Ok(Some(answer))
        };
        let work = format!("cases/{case}/work");
        let change = |change: Value| Some(json!({"seen": 0, "change": change}));
        let task = hex(&bytes(&format!("task {report}"))[..16]);
        let sealed = |length: usize| BASE64_URL_SAFE_NO_PAD.encode(sealed(length));
        let set = json!({"task": task, "what": "call", "due": now + 86_400});
        let clicks = [
            ("queue", "inbox?view=new".to_owned(), None),
            ("open", format!("cases/{case}"), None),
            ("read", work.clone(), None),
            ("take on", work.clone(), change(json!({"kind": "accepted", "owner": me}))),
            (
                "note",
                work.clone(),
                Some(json!({"seen": 0, "change": {"kind": "noted", "about": "note"}, "sealed": sealed(1500)})),
            ),
            ("task", work.clone(), change(json!({"kind": "task_set", "set": set}))),
            ("answer", format!("cases/{case}/entries"), Some(json!({"epoch": 0, "entries": [entry(report, 0)]}))),
            ("open again", format!("cases/{case}"), None),
        ];
        for (what, path, body) in clicks {
            if next(client, what, path, body)?.is_none() {
                return Ok(false);
            }
        }
        if round.is_multiple_of(REFERRED) {
            let consent = hex(&bytes(&format!("consent {report}"))[..16]);
            let until = now + 30 * 86_400;
            let recorded = json!({
                "seen": 0, "told": {"epoch": 0, "entry": entry(report, 1)},
                "change": {"kind": "consent_recorded", "consent": consent, "to": "shelter", "until": until, "way": "by_phone"},
            });
            let referred = json!({
                "seen": 0, "referral": hex(&bytes(&format!("referral {report}"))[..16]), "to": "shelter",
                "consent": consent, "until": until, "transfer": false,
                "child": {
                    "id": hex(&bytes(&format!("child {report}"))[..16]), "recipient": self.recipient,
                    "origin": sealed(400), "organisation": sealed(400),
                    "entries": (2..6).map(|index| entry(report, index)).collect::<Vec<_>>(),
                },
            });
            for (what, path, body) in [("consent", "consents", recorded), ("refer", "referrals", referred)] {
                if next(client, what, format!("cases/{case}/{path}"), Some(body))?.is_none() {
                    return Ok(false);
                }
            }
        }
        let done = change(json!({"kind": "task_done", "task": task}));
        Ok(next(client, "task done", work, done)?.is_some())
    }
}

fn bytes(seed: &str) -> [u8; 32] {
    Sha256::digest(seed).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the server takes for sealed; it can't look inside.
fn sealed(length: usize) -> Vec<u8> {
    let mut sealed = b"age-encryption.org/v1\n".to_vec();
    sealed.extend((0..length).map(|at| (at * 31 % 251) as u8));
    sealed
}

fn entry(report: usize, index: usize) -> Value {
    let leaf = BASE64_URL_SAFE_NO_PAD.encode(bytes(&format!("answer {report} {index}")));
    json!({"kind": "message", "leaf": leaf, "sealed": BASE64_URL_SAFE_NO_PAD.encode(sealed(2000))})
}
