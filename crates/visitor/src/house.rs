//! The binary under test, serving on a free port of this machine.

use anyhow::{Context, Result, bail};
use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long the server may take to answer before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server. It stops when this is dropped.
#[derive(Debug)]
pub struct House {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
}

/// A port of the loopback address that nobody listens on at this moment.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

impl House {
    /// Starts `binary serve` in an empty folder of its own and waits until it answers.
    pub fn open(binary: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(binary, &[])
    }

    /// The same with more words behind `serve`.
    pub fn open_with(binary: impl AsRef<Path>, more: &[&str]) -> Result<Self> {
        let house = Self::start(binary, more)?;
        house.wait("/healthz")?;
        Ok(house)
    }

    /// Starts it without waiting: for measuring how long it takes.
    pub fn start(binary: impl AsRef<Path>, more: &[&str]) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
        let folder = TempDir::new()?;
        let log = std::fs::File::create(folder.path().join("server.log"))?;
        let child = Command::new(binary.as_ref())
            // Several stand side by side: each has its own port, and none listens for metrics.
            .args(["serve", "--metrics", "off", "--listen", &address.to_string()])
            .args(more)
            .current_dir(folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} can't be started", binary.as_ref().display()))?;
        Ok(Self { child, address, folder })
    }

    /// Waits for the first good answer to a GET.
    pub fn wait(&self, path: &str) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.get(path).is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return Ok(());
            }
            if self.has_ended() {
                break;
            }
            sleep(Duration::from_millis(1));
        }
        bail!("the server doesn't answer:\n{}", self.log())
    }

    /// Whether its process came to an end by itself (it is a zombie until it is waited for).
    fn has_ended(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap_or_default();
        stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z'))
    }

    /// The whole answer to a GET, as text.
    pub fn get(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// The address of a page. `localhost` and not the number, since only a name can be the origin of a service worker
    /// in every browser.
    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.address.port())
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder that it runs in, where it keeps its data.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// All it has said so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    /// Stops it at once, as a cut network would, and gives its log.
    pub fn close(mut self) -> String {
        self.stop();
        self.log()
    }

    fn stop(&mut self) {
        // Both fail only for a child that is already gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
    }
}
