//! One check a request over HTTP on loopback, against the release binary without its rate limit.
//!
//! - Requests a second: wrk, one thread and eight connections that stay open, five seconds a turn; wrk takes its share
//!   of the same cores, so the server alone could do more.
//! - CPU of a request: requests one after another over one connection; between two of them the time on CPU of all the
//!   server's threads is read (`/proc/PID/task/*/schedstat`, nanoseconds). This counts the kernel's work for the
//!   server too, and leaves out what the client costs.

use super::{TURNS, median, messages};
use crate::{
    corpus::Record,
    figures::Measured,
    shell::{answers, command, output, target_dir},
    test::tools,
};
use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    thread::sleep,
    time::Duration,
};
use visitor::House;

/// For how many seconds wrk asks.
const SECONDS: u32 = 5;
/// How many requests a turn are measured one by one.
const REQUESTS: usize = 2_000;

pub fn measure(binary: &Path, messages: &[Record]) -> Result<Vec<Measured>> {
    if !answers("wrk --version") && !Path::new("/usr/bin/wrk").exists() {
        tools::apt("wrk")?;
    }
    let house = House::open_with(binary, &["--rate-burst", "0"])?;
    let script = script(messages)?;
    let (mut per_s, mut p99) = (Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        per_s.push(load(&house, &script)?);
        p99.push(cpu_p99(&house, messages)?);
        println!("turn {turn}: {:.0} requests/s, p99 {:.3} ms of CPU", per_s[turn - 1], p99[turn - 1]);
    }
    Ok(vec![
        Measured::new("check_http_per_s", median(per_s), "requests/s"),
        Measured::new("check_http_p99_cpu_ms", median(p99), "ms of CPU"),
    ])
}

/// What wrk runs: each request posts the next message.
fn script(messages: &[Record]) -> Result<std::path::PathBuf> {
    let bodies = target_dir().join("bench/bodies.jsonl");
    fs::create_dir_all(bodies.parent().context("a folder")?)?;
    fs::write(&bodies, messages::lines(messages).lines().map(|t| body(t) + "\n").collect::<String>())?;
    let script = bodies.with_file_name("post.lua");
    let lua = format!(
        "local bodies, at = {{}}, 0\n\
         for line in io.lines(\"{}\") do bodies[#bodies + 1] = line end\n\
         wrk.method = \"POST\"\n\
         wrk.headers[\"Content-Type\"] = \"application/json\"\n\
         function request() at = at % #bodies + 1; return wrk.format(nil, nil, nil, bodies[at]) end\n",
        bodies.display()
    );
    fs::write(&script, lua)?;
    Ok(script)
}

fn body(text: &str) -> String {
    json!({ "text": text }).to_string()
}

fn load(house: &House, script: &Path) -> Result<f64> {
    let address = format!("http://{}/api/v1/check", house.address());
    let said = output(command(&format!("wrk -t1 -c8 -d{SECONDS}s -s {} {address}", script.display())))?;
    ensure!(!said.contains("Non-2xx") && !said.contains("Socket errors"), "not every request was answered:\n{said}");
    let line = said.lines().find_map(|l| l.trim().strip_prefix("Requests/sec:")).context("wrk says no rate")?;
    line.trim().parse().context("requests a second")
}

fn cpu_p99(house: &House, messages: &[Record]) -> Result<f64> {
    let stream = TcpStream::connect(house.address())?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut spent = Vec::with_capacity(REQUESTS);
    for (at, message) in messages.iter().cycle().take(REQUESTS + 100).enumerate() {
        let before = on_cpu_ns(house.pid())?;
        ask(&stream, &mut reader, &body(&message.text))?;
        // The answer is here a little before the server's thread sleeps again and its time is written down.
        sleep(Duration::from_micros(200));
        // The first hundred warm it up.
        if at >= 100 {
            spent.push((on_cpu_ns(house.pid())? - before) as f64 / 1e6);
        }
    }
    spent.sort_by(f64::total_cmp);
    Ok(spent[spent.len() * 99 / 100])
}

fn ask(mut stream: &TcpStream, reader: &mut BufReader<TcpStream>, body: &str) -> Result<()> {
    let head = "POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    stream.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
    let (mut line, mut length) = (String::new(), 0);
    reader.read_line(&mut line)?;
    ensure!(line.starts_with("HTTP/1.1 200"), "the server answers {line}");
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            bail!("the server hung up");
        }
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
    }
    ensure!(length > 0, "an answer without its length");
    reader.read_exact(&mut vec![0; length])?;
    Ok(())
}

/// Time on CPU of all threads of a process so far.
fn on_cpu_ns(pid: u32) -> Result<u64> {
    let mut sum = 0;
    for thread in fs::read_dir(format!("/proc/{pid}/task"))? {
        let text = fs::read_to_string(thread?.path().join("schedstat")).unwrap_or_default();
        sum += text.split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(sum)
}
