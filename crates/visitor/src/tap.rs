//! A listener on the way between browser and server: passes everything on and keeps a copy.

use crate::house::House;
use anyhow::Result;
use std::{
    io::{Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

/// What was said so far, one string of bytes for each connection and direction.
type Said = Arc<Mutex<Vec<Arc<Mutex<Vec<u8>>>>>>;

/// Listens in front of a server. Goes on until the test's process ends.
#[derive(Debug)]
pub struct Tap {
    port: u16,
    asked: Said,
    answered: Said,
}

impl Tap {
    /// Opens a port that leads to this server.
    pub fn before(house: &House) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let tap = Self { port: listener.local_addr()?.port(), asked: Said::default(), answered: Said::default() };
        let (server, asked, answered) = (house.address(), Arc::clone(&tap.asked), Arc::clone(&tap.answered));
        thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                // Who can't be passed on is hung up on.
                let _ = connect(browser, server, &asked, &answered);
            }
        });
        Ok(tap)
    }

    /// The address of a page by way of this listener.
    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// All that went to the server, one item for each connection.
    pub fn asked(&self) -> Vec<Vec<u8>> {
        copies(&self.asked)
    }

    /// All that came from the server.
    pub fn answered(&self) -> Vec<Vec<u8>> {
        copies(&self.answered)
    }
}

fn copies(said: &Said) -> Vec<Vec<u8>> {
    let said = said.lock().unwrap_or_else(PoisonError::into_inner);
    said.iter().map(|one| one.lock().unwrap_or_else(PoisonError::into_inner).clone()).collect()
}

fn connect(browser: TcpStream, server: SocketAddr, asked: &Said, answered: &Said) -> Result<()> {
    let server = TcpStream::connect(server)?;
    pass(browser.try_clone()?, server.try_clone()?, asked, true);
    pass(server, browser, answered, false);
    Ok(())
}

fn pass(mut from: TcpStream, mut to: TcpStream, said: &Said, asks: bool) {
    let copy = Arc::new(Mutex::new(Vec::new()));
    said.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&copy));
    thread::spawn(move || {
        let mut piece = vec![0; 1 << 16];
        while let Ok(read @ 1..) = from.read(&mut piece) {
            if asks {
                take_nothing_squeezed(&mut piece[..read]);
            }
            copy.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&piece[..read]);
            if to.write_all(&piece[..read]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
        let _ = from.shutdown(Shutdown::Read);
    });
}

/// Makes the header unknown in which a browser says that it takes squeezed bytes: what is squeezed can't be searched.
fn take_nothing_squeezed(request: &mut [u8]) {
    const HEADER: &[u8] = b"accept-encoding:";
    let found = request.windows(HEADER.len()).position(|at| at.eq_ignore_ascii_case(HEADER));
    if let Some(at) = found {
        request[at..at + HEADER.len()].copy_from_slice(b"accept-nothing-:");
    }
}
