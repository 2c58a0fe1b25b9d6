//! The browser's own `DevTools` socket, for what chromedriver doesn't pass on: the workers of a page.

use crate::Visitor;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// What a page or one of its workers holds, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Of all its WebAssembly, in use or not.
    pub wasm: u64,
    /// Objects of JavaScript.
    pub heap: u64,
    /// Buffers of bytes, the WebAssembly's among them where the browser counts it there.
    pub buffers: u64,
}

/// A second client beside chromedriver.
#[derive(Debug)]
pub struct Inspector {
    stream: TcpStream,
    last: u64,
    events: Vec<Value>,
}

impl Inspector {
    /// Connects to a visitor's browser, which says in its profile where it listens.
    pub fn of(visitor: &Visitor) -> Result<Self> {
        let said = fs::read_to_string(visitor.profile().join("DevToolsActivePort"))?;
        let (port, path) = said.split_once('\n').context("a port and a path")?;
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port.trim().parse()?))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        // RFC 6455, 4.1; any key will do.
        write!(
            stream,
            "GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
            path.trim()
        )?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        ensure!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
        Ok(Self { stream, last: 0, events: Vec::new() })
    }

    /// What the page holds, and what each of its workers does.
    pub fn memory(&mut self) -> Result<(Memory, Vec<Memory>)> {
        let targets = self.call(None, "Target.getTargets", &json!({}))?;
        let targets = targets["targetInfos"].as_array().context("targets")?;
        let page = targets.iter().find(|target| target["type"] == "page").context("a page")?["targetId"].clone();
        let attached = self.call(None, "Target.attachToTarget", &json!({"targetId": page, "flatten": true}))?;
        let page = attached["sessionId"].as_str().context("a session")?.to_owned();
        self.events.clear();
        let all = json!({"autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true});
        self.call(Some(&page), "Target.setAutoAttach", &all)?;
        let workers: Vec<_> = self
            .events
            .iter()
            .filter(|event| {
                event["method"] == "Target.attachedToTarget" && event["params"]["targetInfo"]["type"] == "worker"
            })
            .filter_map(|event| event["params"]["sessionId"].as_str().map(str::to_owned))
            .collect();
        let of_page = self.of_one(&page)?;
        // A worker that ended meanwhile holds nothing.
        let of_workers = workers.iter().filter_map(|worker| self.of_one(worker).ok()).collect();
        self.call(None, "Target.detachFromTarget", &json!({"sessionId": page}))?;
        Ok((of_page, of_workers))
    }

    fn of_one(&mut self, session: &str) -> Result<Memory> {
        let session = Some(session);
        let kind = self.call(session, "Runtime.evaluate", &json!({"expression": "WebAssembly.Memory.prototype"}))?;
        let kind = json!({"prototypeObjectId": kind["result"]["objectId"]});
        let all = self.call(session, "Runtime.queryObjects", &kind)?;
        let sum = json!({
            "objectId": all["objects"]["objectId"], "returnByValue": true,
            "functionDeclaration": "function () { return this.reduce((sum, one) => sum + one.buffer.byteLength, 0); }",
        });
        let wasm = self.call(session, "Runtime.callFunctionOn", &sum)?;
        let heap = self.call(session, "Runtime.getHeapUsage", &json!({}))?;
        let bytes = |value: &Value| value.as_f64().unwrap_or_default() as u64;
        Ok(Memory {
            wasm: wasm["result"]["value"].as_u64().context("a sum")?,
            heap: bytes(&heap["usedSize"]),
            buffers: bytes(&heap["backingStorageSize"]),
        })
    }

    /// One command and its answer; what happens meanwhile is kept.
    fn call(&mut self, session: Option<&str>, method: &str, params: &Value) -> Result<Value> {
        self.last += 1;
        let mut command = json!({"id": self.last, "method": method, "params": params});
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        self.send(command.to_string().as_bytes())?;
        loop {
            let mut answer: Value = serde_json::from_slice(&self.receive()?)?;
            if answer["id"] == self.last {
                if !answer["error"].is_null() {
                    bail!("{method}: {}", answer["error"]);
                }
                return Ok(answer["result"].take());
            }
            self.events.push(answer);
        }
    }

    /// A text in one frame (RFC 6455, 5.2). A client masks; nothing here needs hiding, so the mask is zero.
    fn send(&mut self, text: &[u8]) -> Result<()> {
        let mut frame = vec![0x81, 0x80 | 127];
        frame.extend((text.len() as u64).to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text);
        Ok(self.stream.write_all(&frame)?)
    }

    /// The next text, out of as many frames as it takes.
    fn receive(&mut self) -> Result<Vec<u8>> {
        let mut text = Vec::new();
        loop {
            let mut head = [0; 2];
            self.stream.read_exact(&mut head)?;
            let mut length = [0; 8];
            let bytes = match head[1] & 0x7f {
                126 => 2,
                127 => 8,
                short => {
                    length[7] = short;
                    0
                }
            };
            self.stream.read_exact(&mut length[8 - bytes..])?;
            let start = text.len();
            text.resize(start + u64::from_be_bytes(length) as usize, 0);
            self.stream.read_exact(&mut text[start..])?;
            match head[0] & 0x0f {
                0 | 1 if head[0] & 0x80 != 0 => return Ok(text),
                0 | 1 => {}
                8 => bail!("the browser ended the conversation"),
                // A ping.
                _ => text.truncate(start),
            }
        }
    }
}
