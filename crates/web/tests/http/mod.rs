//! A server on a port of its own and the plainest of HTTP clients: what is tested is what goes over the wire.

#![allow(dead_code, reason = "each story uses its own part")]

use recognise::Recogniser;
use serde_json::Value;
use std::{fmt::Write as _, net::SocketAddr, num::NonZeroU32, sync::OnceLock};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use vocabulary::directory::Directory;
use web::{
    RateLimit, Settings, Site,
    listen::{Limits, Listening, serve},
};

pub struct Server {
    address: SocketAddr,
}

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> String {
        self.headers(name).into_iter().next().unwrap_or_default()
    }

    pub fn headers(&self, name: &str) -> Vec<String> {
        let fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).collect()
    }
}

impl Server {
    pub async fn start() -> Self {
        Self::with(RateLimit::unlimited()).await
    }

    pub async fn with_rate(burst: u32, per_second: u32) -> Self {
        let per_second = NonZeroU32::new(per_second).unwrap();
        Self::with(RateLimit { burst: NonZeroU32::new(burst), per_second }).await
    }

    /// One that keeps reports in this folder.
    pub async fn receiving(store: store::Store) -> Self {
        let site = Site::new(Settings::default(), Recogniser::shipped(), Directory::shipped());
        site.receive_into(store, casework::limits::FILES_BYTES).await.unwrap();
        Self::serving(site, Limits::default()).await.0
    }

    /// The same with settings of its own.
    #[allow(dead_code, reason = "not every program of tests has some")]
    pub async fn receiving_with(store: store::Store, settings: Settings) -> Self {
        let site = Site::new(settings, Recogniser::shipped(), Directory::shipped());
        site.receive_into(store, casework::limits::FILES_BYTES).await.unwrap();
        Self::serving(site, Limits::default()).await.0
    }

    pub async fn with_limits(limits: Limits) -> Self {
        Self::of(RateLimit::unlimited(), limits).await.0
    }

    /// With the site that it shows, for changing it while it runs.
    pub async fn with_site() -> (Self, Site) {
        Self::of(RateLimit::unlimited(), Limits::default()).await
    }

    /// The same by a clock of the test's own.
    #[allow(dead_code, reason = "not every program of tests turns the clock")]
    pub async fn receiving_by(store: store::Store, clock: fn() -> i64) -> Self {
        let site = Site::with_clock(Settings::default(), Recogniser::shipped(), Directory::shipped(), clock);
        site.receive_into(store, casework::limits::FILES_BYTES).await.unwrap();
        Self::serving(site, Limits::default()).await.0
    }

    async fn with(rate: RateLimit) -> Self {
        Self::of(rate, Limits::default()).await.0
    }

    async fn of(rate: RateLimit, limits: Limits) -> (Self, Site) {
        static WARM: OnceLock<()> = OnceLock::new();
        WARM.get_or_init(|| drop(Recogniser::shipped().assess("warm")));
        let settings = Settings { rate, ..Settings::default() };
        Self::serving(Site::new(settings, Recogniser::shipped(), Directory::shipped()), limits).await
    }

    async fn serving(site: Site, limits: Limits) -> (Self, Site) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let listening = Listening { limits, ..Listening::default() };
        tokio::spawn(serve(listener, web::router(site.clone()), listening, std::future::pending()));
        (Self { address }, site)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"").await
    }

    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &[("content-type", "application/json")], body.to_string().as_bytes()).await
    }

    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let head = [("content-type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &head, body.join("&").as_bytes()).await
    }

    pub async fn send(&self, method: &str, path: &str, head: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        for (name, value) in head {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        if !head.iter().any(|(name, _)| *name == "content-length") {
            write!(request, "content-length: {}\r\n", body.len()).unwrap();
        }
        request.push_str("\r\n");
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        // A server that refuses a body hangs up before it is all written; its answer is what counts.
        let _ = stream.write_all(body).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        read(&answer)
    }
}

fn read(answer: &[u8]) -> Answer {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("an answer has a status");
    let body = &answer[end + 4..];
    let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
    Answer { status, head, body: if chunked { joined(body) } else { body.to_vec() } }
}

fn joined(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
    whole
}

pub fn encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            out.push(byte as char);
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
        out
    })
}
