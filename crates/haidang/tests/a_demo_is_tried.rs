//! `haidang demo`: whoever tries it signs in within a minute, and nothing of it is left afterwards.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
};

#[test]
fn an_invented_house_is_served_and_gone_again() {
    let folder = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let mut demo = Command::new(env!("CARGO_BIN_EXE_haidang"));
    demo.args(["demo", "--cases", "20", "--listen", &address, "--lang", "vi"]).current_dir(folder.path());
    let mut demo = demo.env("TMPDIR", folder.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    // The last line says that it listens.
    while !said.ends_with(&format!("Hải Đăng: http://{address}\n")) {
        said += &(lines.next().expect("it goes on until it listens").unwrap() + "\n");
    }
    for told in ["đi cùng nhau từng bước nhỏ", "Đường dây Hoa Sen", "trang, ngọc, bích", "/vi/back"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let mut answer = String::new();
    let mut page = TcpStream::connect(&address).unwrap();
    write!(page, "GET /vi/desk HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    page.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Nhà Mái Ấm"), "{answer:.200}");
    let stop = Command::new("kill").args(["-TERM", &demo.id().to_string()]).status().unwrap();
    assert!(stop.success() && demo.wait().unwrap().success());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}
