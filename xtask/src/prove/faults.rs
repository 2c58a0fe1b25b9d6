//! What goes wrong in real life, done to the release server: killed in the middle of work, asked half a request, sent
//! garbage, many connections that say nothing. It comes back at once and answers the next person.

use crate::bench;
use anyhow::{Result, ensure};
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};
use visitor::House;

/// Connections that say nothing, at once.
const SILENT: usize = 200;

pub fn run() -> Result<()> {
    let binary = bench::release("--package haidang", "haidang")?;
    for round in 0..5 {
        let house = House::open(&binary)?;
        // Cut in the middle of a body, then killed: nothing is kept, so nothing can be left broken.
        let mut half = TcpStream::connect(house.address())?;
        half.write_all(b"POST /api/v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"te")?;
        drop(house);
        println!("killed in the middle of a request, round {round}: started again");
    }
    let house = House::open(&binary)?;
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n\r\n\r\n",
        &[0xff; 4096],
        &b"A".repeat(100_000)[..],
    ] {
        let mut stream = TcpStream::connect(house.address())?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        // The server may hang up before all is sent.
        let _ = stream.write_all(garbage);
        let _ = stream.read(&mut [0; 512]);
        ensure!(house.get("/healthz")?.starts_with("HTTP/1.1 200"), "after garbage the server no longer answers");
    }
    let silent: Vec<TcpStream> = (0..SILENT).map(|_| TcpStream::connect(house.address())).collect::<Result<_, _>>()?;
    ensure!(house.get("/vi/")?.starts_with("HTTP/1.1 200"), "silent connections keep others out");
    println!("{} silent connections: others are answered", silent.len());
    Ok(())
}
