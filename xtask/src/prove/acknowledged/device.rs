//! Devices that send reports over HTTP, as fast as they are answered, and remember what was acknowledged. A device that
//! got no answer sends the very same report again.

use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use seal::{Identity, entry, grant};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use system_random::{SysRng, rand_core::UnwrapErr};

/// The organisation that everything goes to.
pub const ORGANISATION: &str = "tong-dai";
/// Entries of each report.
const ENTRIES: usize = 3;
/// One report in so many brings a file.
const WITH_FILE: usize = 4;
const FILE_BYTES: usize = 40_000;
const PIECE: usize = 16_384;

/// A report as a device made it.
#[derive(Clone)]
pub struct Sent {
    pub id: [u8; 16],
    pub leaves: Vec<[u8; 32]>,
    /// Id and sealed bytes.
    pub file: Option<([u8; 16], usize)>,
}

/// What all devices know together.
pub struct Ledger {
    /// Where the server listens now.
    pub server: Mutex<SocketAddr>,
    /// Every report that was ever begun.
    pub begun: Mutex<Vec<Sent>>,
    /// Those that were acknowledged.
    pub kept: Mutex<Vec<Sent>>,
    pub is_over: AtomicBool,
}

impl Ledger {
    pub fn at(server: SocketAddr) -> Self {
        Self {
            server: Mutex::new(server),
            begun: Mutex::default(),
            kept: Mutex::default(),
            is_over: AtomicBool::new(false),
        }
    }

    fn over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    fn server(&self) -> SocketAddr {
        *self.server.lock().expect("no holder panics")
    }

    /// Asks until there is an answer that means something, or all is over.
    fn patiently(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<(u16, Value)> {
        while !self.over() {
            match call(self.server(), method, path, headers, body) {
                Ok((status, answer)) if status < 500 => return Some((status, answer)),
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
        }
        None
    }
}

/// Sends until all is over.
pub fn send(ledger: &Ledger, recipient: &str) -> Result<()> {
    let recipient: seal::Recipient = recipient.parse().ok().context("the organisation's recipient")?;
    for number in 0.. {
        if ledger.over() {
            return Ok(());
        }
        report(ledger, &recipient, number % WITH_FILE == 0)?;
    }
    Ok(())
}

fn report(ledger: &Ledger, recipient: &seal::Recipient, with_file: bool) -> Result<()> {
    let case = Identity::generate();
    let id = hex(&random::<16>());
    let mut sent = Sent { id: raw(&id), leaves: Vec::new(), file: None };
    let mut entries = Vec::new();
    for number in 0..ENTRIES {
        let text = json!({"text": format!("Mục {number}. {}", "bàng ".repeat(150))}).to_string();
        let sealed = entry::seal(text.as_bytes(), &case.recipient(), &mut UnwrapErr(SysRng));
        sent.leaves.push(sealed.leaf);
        entries.push(json!({"kind": "message", "sealed": text_of(&sealed.bytes), "leaf": text_of(sealed.leaf)}));
    }
    if with_file {
        let sealed = entry::seal(&vec![7; FILE_BYTES], &case.recipient(), &mut UnwrapErr(SysRng)).bytes;
        let file = hex(&random::<16>());
        sent.file = Some((raw(&file), sealed.len()));
        if !upload(ledger, &file, &id, &sealed)? {
            return Ok(());
        }
        entries[ENTRIES - 1]["files"] = json!([file]);
    }
    let grant_to = |to: &seal::Recipient| text_of(grant::seal(grant::Kind::Case, &case, to));
    let own = Identity::generate().recipient();
    let mut body = json!({
        "id": id,
        "receipt": {
            "version": 0, "locator": text_of(random::<16>()), "verifier": text_of(random::<32>()),
            "recipient": own.to_string(), "verify_key": text_of(random::<32>()),
        },
        "recipient": case.recipient().to_string(), "facts": {"urgency": "today", "language": "vi"},
        "grants": [
            {"epoch": 0, "sealed": grant_to(&own)},
            {"organisation": ORGANISATION, "epoch": 0, "sealed": grant_to(recipient)},
        ],
        "entries": entries,
    });
    ledger.begun.lock().expect("no holder panics").push(sent.clone());
    // A challenge is good for the server that gave it: one that was started anew wants another.
    loop {
        let Some((_, terms)) = ledger.patiently("GET", "/api/v1/report/terms", &[], b"") else { return Ok(()) };
        let challenge = BASE64_URL_SAFE_NO_PAD.decode(terms["work"]["challenge"].as_str().context("a challenge")?)?;
        let bits = terms["work"]["bits"].as_u64().context("bits")? as u8;
        let answer = seal::work::solve(&challenge, bits, 0, u64::MAX).context("an answer")?;
        body["work"] = json!({"challenge": text_of(&challenge), "answer": answer});
        let headers = [("Content-Type", "application/json")];
        match ledger.patiently("POST", "/api/v1/report", &headers, body.to_string().as_bytes()) {
            None => return Ok(()),
            Some((200 | 201, _)) => {
                ledger.kept.lock().expect("no holder panics").push(sent);
                return Ok(());
            }
            Some((412, _)) => {}
            Some((status, answer)) => bail!("a report was refused: {status} {answer}"),
        }
    }
}

/// In pieces, going on from where the server stands. False where all is over.
fn upload(ledger: &Ledger, file: &str, case: &str, sealed: &[u8]) -> Result<bool> {
    let path = format!("/api/v1/report/files/{file}");
    let begin = json!({"case": case, "size": sealed.len()}).to_string();
    let json = [("Content-Type", "application/json")];
    let Some((status, answer)) = ledger.patiently("POST", &path, &json, begin.as_bytes()) else { return Ok(false) };
    let mut stands = answer["received"].as_u64().with_context(|| format!("{status} {answer}"))? as usize;
    while stands < sealed.len() {
        let end = (stands + PIECE).min(sealed.len());
        let to = format!("{path}/from/{stands}");
        let put = ledger.patiently("PUT", &to, &[("X-Case", case)], &sealed[stands..end]);
        let Some((status, answer)) = put else { return Ok(false) };
        stands = answer["received"].as_u64().with_context(|| format!("{status} {answer}"))? as usize;
    }
    Ok(true)
}

/// One request on a connection of its own.
fn call(server: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<(u16, Value)> {
    let mut stream = TcpStream::connect_timeout(&server, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.set_nodelay(true)?;
    let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}Content-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend(body);
    stream.write_all(&request)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").context("cut off in the head")?;
    let status = head.split(' ').nth(1).context("a status")?.parse()?;
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    // An answer without its end is no answer.
    if length.is_some_and(|length: usize| body.len() < length) || (length.is_none() && !body.ends_with("0\r\n\r\n")) {
        bail!("cut off in the body");
    }
    let (from, to) = (body.find('{').unwrap_or_default(), body.rfind('}').map_or(0, |at| at + 1));
    Ok((status, serde_json::from_str(body.get(from..to).unwrap_or_default()).unwrap_or_default()))
}

fn text_of(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn raw(hex: &str) -> [u8; 16] {
    std::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap_or_default())
}

pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    system_random::fill(&mut bytes).expect("the system gives randomness");
    bytes
}
