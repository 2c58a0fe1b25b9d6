//! Runs the real program: commands with their input, and servers with real sockets.

#![allow(dead_code, reason = "each story uses its own part")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Nothing here takes so long; a machine that is very busy may.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The program, speaking English, with nothing of the machine's own settings.
pub fn haidang(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_haidang"));
    command.args(args).env_clear().env("HAIDANG_LANG", "en").current_dir(std::env::temp_dir());
    command
}

/// Runs to the end with this on standard input.
pub fn run(args: &[&str], input: &[u8]) -> Output {
    finish(&mut haidang(args), input)
}

/// As [`run`], with a command that was prepared.
pub fn finish(command: &mut Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    thread::scope(|scope| {
        // It may end without reading all of it.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("it ends")
    })
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it writes UTF-8")
}

/// One JSON a line.
pub fn json_lines(bytes: &[u8]) -> Vec<serde_json::Value> {
    text(bytes).lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port is free").port()
}

/// A server that runs, with what it says on standard error.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    /// The line that says where it serves.
    pub said: String,
    /// Where it keeps what it is given: each server has a folder of its own.
    _data: tempfile::TempDir,
}

impl Server {
    /// Starts with these arguments on a free port, without metrics unless asked for.
    pub fn start(args: &[&str]) -> Self {
        let metrics: &[&str] = if args.contains(&"--metrics") { &[] } else { &["--metrics", "off"] };
        Self::spawn(haidang(&["serve", "--listen", "127.0.0.1:0"]).args(metrics).args(args))
    }

    pub fn spawn(command: &mut Command) -> Self {
        let data = tempfile::tempdir().expect("a folder can be made");
        command.env("HAIDANG_DATA", data.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut said).expect("it says where");
        let address = said.trim().rsplit("//").next().and_then(|a| a.parse().ok());
        let Some(address) = address else {
            let output = child.wait_with_output().expect("it ends");
            panic!("it did not start: {said} {}", text(&output.stderr));
        };
        Self { child, address, said, _data: data }
    }

    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(done.expect("kill is there").success());
    }

    /// Asks it to stop and gives its exit code and log.
    pub fn stop(self) -> (i32, String) {
        self.signal("TERM");
        self.ended()
    }

    /// Waits for its end.
    pub fn ended(self) -> (i32, String) {
        let output = self.child.wait_with_output().expect("it ends");
        (code(&output), text(&output.stderr))
    }

    /// Sends a request as it stands and reads to the end of the connection.
    pub fn send(&self, request: &str) -> String {
        send(self.address, request)
    }

    pub fn get(&self, path: &str) -> String {
        get(self.address, path)
    }

    /// Has a text checked over the API, with further headers.
    pub fn check(&self, message: &str, headers: &str) -> String {
        let body = serde_json::json!({ "text": message }).to_string();
        self.send(&format!(
            "POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }
}

pub fn get(address: SocketAddr, path: &str) -> String {
    send(address, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
}

pub fn send(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Asks again until it is so.
pub fn wait_until(what: &str, mut so: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !so() {
        assert!(Instant::now() < until, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// The most memory a process has used so far, in MiB.
pub fn most_memory_mib(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("Linux tells");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("VmHWM stands there");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).expect("in KiB") / 1024
}

/// Writes a file beside the one that is in force and moves it there, as careful tools do.
pub fn replace(path: &Path, content: impl AsRef<[u8]>) {
    let beside = path.with_extension("new");
    std::fs::write(&beside, content).expect("the folder is ours");
    std::fs::rename(beside, path).expect("the folder is ours");
}
