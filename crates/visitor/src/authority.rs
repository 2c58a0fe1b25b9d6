//! A real time-stamp authority: openssl behind a small HTTP server.

use anyhow::{Context, Result, ensure};
use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};
use tempfile::TempDir;

/// The keys of an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// RSA of 2048 bits.
    Rsa,
    /// P-256.
    P256,
}

/// An authority with a root certificate and one for time-stamps. It stops when this is dropped.
#[derive(Debug)]
pub struct TimeAuthority {
    folder: Arc<TempDir>,
    port: u16,
    shut: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
    over: Arc<AtomicBool>,
}

const SETTINGS: &str = "[tsa]\ndefault_tsa = one\n[one]\nserial = ./serial\nsigner_cert = ./tsa.pem\ncerts = ./ca.pem\n\
    signer_key = ./tsa.key\nsigner_digest = sha256\ndefault_policy = 1.3.6.1.4.1.1\ndigests = sha256\naccuracy = secs:1\n\
    clock_precision_digits = 3\nordering = no\ntsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n";
const FOR_STAMPS: &str =
    "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n";

impl TimeAuthority {
    /// Makes the keys and serves.
    pub fn open(keys: Keys) -> Result<Self> {
        Self::open_with(keys, FOR_STAMPS, 30)
    }

    /// One whose certificate is for signing programs, not time-stamps.
    pub fn of_other_use(keys: Keys) -> Result<Self> {
        Self::open_with(keys, "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=critical,codeSigning\n", 30)
    }

    /// One whose certificate ran out the moment it was made; openssl stamps all the same.
    pub fn run_out(keys: Keys) -> Result<Self> {
        let authority = Self::open_with(keys, FOR_STAMPS, 0)?;
        thread::sleep(std::time::Duration::from_millis(2100));
        Ok(authority)
    }

    fn open_with(keys: Keys, extensions: &str, days: u32) -> Result<Self> {
        let folder = TempDir::new()?;
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text);
        write("tsa.cnf", SETTINGS)?;
        write("tsa.ext", extensions)?;
        write("serial", "01\n")?;
        let new = match keys {
            Keys::Rsa => "-newkey rsa:2048",
            Keys::P256 => "-newkey ec -pkeyopt ec_paramgen_curve:P-256",
        };
        for line in [
            format!(
                "req -x509 {new} -nodes -sha256 -days 60 -subj /CN=Goc -keyout ca.key -out ca.pem -addext keyUsage=critical,keyCertSign"
            ),
            format!("req -new {new} -nodes -sha256 -subj /CN=Gio -keyout tsa.key -out tsa.csr"),
            format!(
                "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 7 -sha256 -days {days} -extfile tsa.ext -out tsa.pem"
            ),
        ] {
            openssl(folder.path(), &line, &[])?;
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let authority =
            Self { folder: Arc::new(folder), port, shut: Arc::default(), asked: Arc::default(), over: Arc::default() };
        let (folder, shut, asked, over) =
            (authority.folder.clone(), authority.shut.clone(), authority.asked.clone(), authority.over.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                asked.fetch_add(1, Ordering::SeqCst);
                // Who asked gives up by itself.
                let _ = answer(stream, folder.path(), shut.load(Ordering::SeqCst));
            }
        });
        Ok(authority)
    }

    /// Where it is asked.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/tsa", self.port)
    }

    /// Its root certificate.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Answers 503 from now on, or no longer.
    pub fn shut(&self, shut: bool) {
        self.shut.store(shut, Ordering::SeqCst);
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Its answer to a question, without the network.
    pub fn reply(&self, question: &[u8]) -> Result<Vec<u8>> {
        reply(self.folder.path(), question)
    }
}

impl Drop for TimeAuthority {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Wakes the thread, which then ends.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

fn reply(folder: &Path, question: &[u8]) -> Result<Vec<u8>> {
    openssl(folder, "ts -reply -config tsa.cnf -queryfile /dev/stdin", question)
}

fn openssl(folder: &Path, line: &str, input: &[u8]) -> Result<Vec<u8>> {
    let mut child = Command::new("openssl")
        .args(line.split(' '))
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("openssl can't be started; what to do: apt-get install openssl")?;
    child.stdin.take().context("piped")?.write_all(input)?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "openssl {line}:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

fn answer(mut stream: TcpStream, folder: &Path, shut: bool) -> Result<()> {
    let mut seen = Vec::new();
    let mut piece = [0; 4096];
    let body = loop {
        let text = String::from_utf8_lossy(&seen).to_ascii_lowercase();
        if let Some(end) = seen.windows(4).position(|w| w == b"\r\n\r\n") {
            let length =
                text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
            if seen.len() >= end + 4 + length.unwrap_or(0) {
                break seen[end + 4..].to_vec();
            }
        }
        let more = stream.read(&mut piece)?;
        ensure!(more > 0, "it broke off");
        seen.extend_from_slice(&piece[..more]);
    };
    if shut {
        return Ok(
            stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?
        );
    }
    let reply = reply(folder, &body)?;
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        reply.len()
    );
    stream.write_all(head.as_bytes())?;
    Ok(stream.write_all(&reply)?)
}
