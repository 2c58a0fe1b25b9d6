//! The webhook against a server that checks what it hears, and against one that leads elsewhere.

use notices::webhook::{SIGNATURE, signature, tell};
use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

/// Answers one request with `status` and gives what it heard.
fn server(status: &'static str) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let heard = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut heard = Vec::new();
        let mut piece = [0; 4096];
        while !heard.ends_with(b"}") {
            let read = stream.read(&mut piece).unwrap();
            heard.extend_from_slice(&piece[..read]);
        }
        write!(stream, "HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n").unwrap();
        String::from_utf8(heard).unwrap()
    });
    (url, heard)
}

#[test]
fn whoever_has_the_key_can_check_the_call_and_learns_nothing_of_a_case() {
    let (url, call) = server("204 No Content");
    tell(&url, b"key", "person_wrote", "tong-dai", 1_764_100_000).unwrap();
    let call = call.join().unwrap();
    let (head, body) = call.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, r#"{"event":"person_wrote","organisation":"tong-dai","at":1764100000}"#);
    let sent =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix(&format!("{SIGNATURE}: ")).map(str::to_owned));
    assert_eq!(sent, Some(signature(b"key", 1_764_100_000, body)));
    assert_ne!(sent, Some(signature(b"other", 1_764_100_000, body)));
}

#[test]
fn a_refusal_and_a_redirect_are_no_hearing() {
    for status in ["500 Internal Server Error", "302 Found"] {
        let (url, heard) = server(status);
        let error = tell(&url, b"key", "news", "tong-dai", 1).unwrap_err();
        assert!(!error.to_string().contains("127.0.0.1"), "no address in the log: {error}");
        heard.join().unwrap();
    }
}
