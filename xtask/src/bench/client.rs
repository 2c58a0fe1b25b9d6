//! One connection that stays open, as a page's does, with the session of whoever is signed in.

use anyhow::{Context, Result, ensure};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

pub struct Client {
    server: SocketAddr,
    reader: BufReader<TcpStream>,
    cookie: String,
    /// How long each answer took, from the first byte sent to the last one read, with what was asked.
    pub waits: Vec<(&'static str, Duration)>,
}

fn connect(server: SocketAddr) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(server)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    Ok(BufReader::new(stream))
}

impl Client {
    /// `token`: of the session, in hexadecimal.
    pub fn signed_in(server: SocketAddr, token: &str) -> Result<Self> {
        let token = (0..token.len()).step_by(2).map(|at| u8::from_str_radix(&token[at..at + 2], 16));
        let token = token.collect::<Result<Vec<_>, _>>().context("a token in hexadecimal")?;
        let cookie = format!("desk={}", BASE64_URL_SAFE_NO_PAD.encode(token));
        Ok(Self { server, reader: connect(server)?, cookie, waits: Vec::new() })
    }

    /// As the header has it.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// The status and the answer; `what` names it among the waits.
    pub fn call(&mut self, what: &'static str, path: &str, body: Option<&Value>) -> Result<(u16, Value)> {
        let (method, body) = body.map_or(("GET", String::new()), |body| ("POST", body.to_string()));
        let request = format!(
            "{method} /api/v1/desk/{path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        let asked = Instant::now();
        let mut line = self.begin(&request)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("{what}: the server answers {line:?}"))?;
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            ensure!(self.reader.read_line(&mut line)? > 0, "{what}: the server hung up");
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
        }
        let mut answer = vec![0; length];
        self.reader.read_exact(&mut answer)?;
        self.waits.push((what, asked.elapsed()));
        Ok((status, serde_json::from_slice(&answer).unwrap_or(Value::Null)))
    }

    /// Sends it, and reads the first line of the answer. Where the server has closed the connection meanwhile, as it does
    /// with one that lies idle, another is opened, as a browser does; what that takes counts.
    fn begin(&mut self, request: &str) -> Result<String> {
        let mut line = String::new();
        if self.reader.get_mut().write_all(request.as_bytes()).is_ok()
            && self.reader.read_line(&mut line).is_ok_and(|n| n > 0)
        {
            return Ok(line);
        }
        self.reader = connect(self.server)?;
        self.reader.get_mut().write_all(request.as_bytes())?;
        self.reader.read_line(&mut line)?;
        Ok(line)
    }

    /// The same where anything but success is a failure of the measurement.
    pub fn done(&mut self, what: &'static str, path: &str, body: Option<&Value>) -> Result<Value> {
        let (status, answer) = self.call(what, path, body)?;
        ensure!(status == 200, "{what}: {status} {answer}");
        Ok(answer)
    }
}

/// So many of a hundred waited no longer, in ms.
pub fn percentile(waits: impl Iterator<Item = Duration>, percent: usize) -> f64 {
    let mut waits: Vec<_> = waits.collect();
    waits.sort_unstable();
    let at = (waits.len() * percent / 100).min(waits.len().saturating_sub(1));
    waits.get(at).map_or(f64::NAN, |wait| wait.as_secs_f64() * 1000.0)
}
