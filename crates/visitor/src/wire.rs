//! A wire between browser and server that counts what passes, and can hold the model back.
//!
//! Each request goes through on a connection of its own (`Connection: close` on the way in), so that its bytes belong
//! to its path. Counted is what the server sends: head and body, compressed as it is. A proxy sees what a service
//! worker and other workers fetch, which the events of a page don't show.

use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};
use tokio::time::sleep;

#[derive(Debug, Default)]
struct Counted {
    /// Path and bytes of each answer, in the order in which they ended.
    answers: Vec<(String, u64)>,
    open: usize,
    /// Whether the model is held back.
    held: bool,
}

/// A counting proxy; it ends with the process.
#[derive(Debug)]
pub struct Wire {
    port: u16,
    counted: Arc<(Mutex<Counted>, Condvar)>,
}

impl Wire {
    /// Lays a wire to a server and holds every `.wasm` back until [`Wire::release`].
    pub fn lay(server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let counted = Arc::new((Mutex::new(Counted { held: true, ..Counted::default() }), Condvar::new()));
        let shared = Arc::clone(&counted);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                // A browser hangs up on what it no longer wants: that's no fault of ours.
                thread::spawn(move || pass(&client, server, &shared).ok());
            }
        });
        Ok(Self { port, counted })
    }

    /// The address of a page, through this wire.
    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// Lets the model through.
    pub fn release(&self) {
        self.counted.0.lock().expect("no holder panics").held = false;
        self.counted.1.notify_all();
    }

    /// What passed so far.
    pub fn answers(&self) -> Vec<(String, u64)> {
        self.counted.0.lock().expect("no holder panics").answers.clone()
    }

    /// Waits until nothing has passed for a second.
    pub async fn quiet(&self) -> Result<()> {
        let (start, mut last, mut since) = (Instant::now(), 0, Instant::now());
        while start.elapsed() < Duration::from_mins(1) {
            let now = self.answers().len();
            if self.open() > 0 || now != last {
                (last, since) = (now, Instant::now());
            }
            if since.elapsed() > Duration::from_secs(1) {
                return Ok(());
            }
            sleep(Duration::from_millis(20)).await;
        }
        bail!("the page never stops fetching")
    }

    /// Requests under way now.
    pub fn open(&self) -> usize {
        self.counted.0.lock().expect("no holder panics").open
    }
}

fn pass(client: &TcpStream, server: SocketAddr, shared: &(Mutex<Counted>, Condvar)) -> Result<()> {
    let mut reader = BufReader::new(client);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let start = head.len();
        if reader.read_line(&mut head)? == 0 {
            return Ok(()); // a connection opened ahead and never used
        }
        let line = head[start..].to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if line.starts_with("connection:") {
            head.truncate(start);
        }
        if line == "\r\n" {
            head.truncate(start);
            break;
        }
    }
    let path = head.split(' ').nth(1).context("a path")?.to_owned();
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    if Path::new(&path).extension().is_some_and(|end| end == "wasm") {
        let counted = shared.0.lock().expect("no holder panics");
        drop(shared.1.wait_while(counted, |c| c.held).expect("no holder panics"));
    }
    shared.0.lock().expect("no holder panics").open += 1;
    let bytes = exchange(client, server, &head, &body);
    let mut counted = shared.0.lock().expect("no holder panics");
    counted.open -= 1;
    counted.answers.push((path, bytes?));
    Ok(())
}

fn exchange(mut client: &TcpStream, server: SocketAddr, head: &str, body: &[u8]) -> Result<u64> {
    let mut upstream = TcpStream::connect(server)?;
    upstream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
    upstream.write_all(body)?;
    Ok(std::io::copy(&mut upstream, &mut client)?)
}
