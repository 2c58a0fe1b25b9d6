//! Somebody runs `haidang serve`, people ask, and one day it is told to stop.

mod common;
use common::{PATIENCE, Server, code, finish, free_port, get, haidang, run, send, text, wait_until};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
};

#[test]
fn it_says_where_and_answers() {
    let server = Server::start(&[]);
    assert_eq!(server.said, format!("Hải Đăng: http://{}\n", server.address));
    for path in ["/healthz", "/readyz"] {
        assert!(server.get(path).starts_with("HTTP/1.1 200"), "{path}");
    }
    assert!(server.check("Con ăn cơm chưa", "").starts_with("HTTP/1.1 200"));
    let (code, log) = server.stop();
    assert_eq!(code, 0, "{log}");
    assert!(log.contains("every answer was finished"), "{log}");
}

#[test]
fn without_a_command_it_serves() {
    let port = free_port();
    let mut command = haidang(&[]);
    command.env("HAIDANG_LISTEN", format!("127.0.0.1:{port}")).env("HAIDANG_METRICS", "off");
    let server = Server::spawn(&mut command);
    assert_eq!(server.address.port(), port);
    server.signal("INT");
    assert_eq!(server.ended().0, 0);
}

#[test]
fn an_answer_on_its_way_is_finished_before_it_stops() {
    let server = Server::start(&[]);
    let mut asking = TcpStream::connect(server.address).unwrap();
    let body = r#"{"text":"Con ăn cơm chưa"}"#;
    let head = format!(
        "POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let (first, rest) = body.split_at(5);
    asking.write_all((head + first).as_bytes()).unwrap();
    // The server has begun with it once another connection is answered.
    assert!(server.get("/healthz").contains("200"));
    server.signal("TERM");
    wait_until("nobody new is let in", || TcpStream::connect(server.address).is_err());
    asking.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    asking.set_read_timeout(Some(PATIENCE)).unwrap();
    asking.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let (code, log) = server.ended();
    assert_eq!(code, 0);
    assert!(log.contains("every answer was finished"), "{log}");
}

#[test]
fn one_who_never_finishes_does_not_keep_it_from_stopping() {
    let server = Server::start(&["--drain-seconds", "1"]);
    let mut asking = TcpStream::connect(server.address).unwrap();
    let head =
        "POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n";
    asking.write_all(head.as_bytes()).unwrap();
    assert!(server.get("/healthz").contains("200"));
    let (code, log) = server.stop();
    assert_eq!(code, 0);
    assert!(log.contains("connections were cut"), "{log}");
}

#[test]
fn who_says_nothing_or_too_slowly_is_let_go() {
    let server = Server::start(&["--header-seconds", "1", "--body-seconds", "1"]);
    let head = "POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\nContent-Type: application/json\r\n\r\n{";
    for begun in ["", "GET / HTTP/1.1\r\nHost:", head] {
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(begun.as_bytes()).unwrap();
        let mut answer = String::new();
        assert!(stream.read_to_string(&mut answer).is_ok(), "still open after {begun:?}");
        assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let (_, log) = server.stop();
    assert!(!log.contains("panic"), "{log}");
}

#[test]
fn a_taken_port_is_said_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for flag in ["--listen", "--metrics"] {
        let other = if flag == "--listen" { ["--metrics", "off"] } else { ["--listen", "127.0.0.1:0"] };
        let output = run(&["serve", flag, &address, other[0], other[1]], b"");
        assert_eq!(code(&output), 3);
        let said = text(&output.stderr);
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(&address) && said.contains("already in use") && said.contains("--listen"), "{said}");
    }
}

#[test]
fn plain_http_is_refused_where_a_network_could_read_along() {
    for lang in ["vi", "en"] {
        let output = run(&["serve", "--lang", lang, "--listen", "0.0.0.0:0"], b"");
        assert_eq!(code(&output), 2);
        let said = text(&output.stderr);
        assert!(said.contains("tls_certificate") && said.contains("trusted_proxies"), "{said}");
    }
    let server = Server::spawn(&mut haidang(&[
        "serve",
        "--listen",
        "0.0.0.0:0",
        "--metrics",
        "off",
        "--trusted-proxies",
        "10.0.0.0/8",
    ]));
    let here = SocketAddr::from(([127, 0, 0, 1], server.address.port()));
    assert!(get(here, "/healthz").starts_with("HTTP/1.1 200"));
    assert_eq!(server.stop().0, 0);
}

#[test]
fn metrics_are_on_loopback_only_and_can_be_off() {
    let address = format!("127.0.0.1:{}", free_port());
    let server = Server::start(&["--metrics", &address]);
    assert!(server.get("/healthz").contains("200"));
    server.check("Con ăn cơm chưa", "");
    server.get("/no/such/page?named=Lan");
    let page = get(address.parse().unwrap(), "/metrics");
    assert!(page.contains("text/plain; version=0.0.4"), "{page}");
    for line in [
        "haidang_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1",
        "haidang_http_request_duration_seconds_bucket{route=\"/api/v1/check\"",
        "haidang_build_info{version=",
    ] {
        assert!(page.contains(line), "{line} in {page}");
    }
    assert!(!page.contains("such/page") && !page.contains("Lan"), "{page}");
    // The site itself has no such page.
    assert!(!server.get("/metrics").contains("haidang_http"));
    server.stop();
    let output = run(&["serve", "--listen", "127.0.0.1:0", "--metrics", "0.0.0.0:9464"], b"");
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("metrics"), "{}", text(&output.stderr));
}

#[test]
fn the_log_holds_no_words_and_no_addresses() {
    let planted = "Hoa-anh-đào-bí-mật";
    for format in ["text", "json"] {
        let server = Server::spawn(
            haidang(&[
                "serve",
                "--listen",
                "127.0.0.2:0",
                "--metrics",
                "off",
                "--log-level",
                "debug",
                "--log-format",
                format,
            ])
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "1"),
        );
        server.check(
            planted,
            &format!("X-Forwarded-For: 203.0.113.77\r\nReferer: https://x/{planted}\r\nX-{}: y\r\n", "Lan"),
        );
        server.get("/vi/check?text=Hoa-anh-dao");
        server.get("/help/Hoa-anh-dao");
        server.send(&format!("{planted} rubbish, no HTTP\r\n\r\n"));
        server.send(&format!("POST /api/v1/check HTTP/1.1\r\nHost: {planted}\r\nContent-Length: 4\r\n\r\n{planted}"));
        send(
            server.address,
            &format!(
                "POST /vi/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\nContent-Length: {}\r\n\r\ntext={planted}",
                planted.len() + 5
            ),
        );
        let port = server.address.port();
        let (_, log) = server.stop();
        assert!(log.contains("/api/v1/check") && log.contains("200"), "answers are logged: {log}");
        for word in ["Hoa", "bí-mật", "Lan", "203.0.113", "127.0.0.1", "rubbish"] {
            assert!(!log.contains(word), "{word} in {log}");
        }
        // Only where the server itself listens.
        assert_eq!(log.matches("127.0.0.2").count(), 1, "{log}");
        assert!(log.contains(&port.to_string()));
        if format == "json" {
            for line in log.lines() {
                assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
            }
        }
    }
}

#[test]
fn a_directory_is_exchanged_and_a_damaged_one_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("directory.json");
    let shipped = include_str!("../../vocabulary/data/directory.json");
    let mut rows: serde_json::Value = serde_json::from_str(shipped).unwrap();
    std::fs::write(&file, shipped).unwrap();
    let server = Server::start(&["--directory-file", file.to_str().unwrap(), "--reload-seconds", "1"]);
    let is_served = |words: &str| server.get("/directory.json").contains(words);
    assert!(is_served("111"));

    rows["services"][0]["alternate_name"] = "A planted name".into();
    common::replace(&file, rows.to_string());
    wait_until("the new directory is in force", || is_served("A planted name"));

    let id = rows["services"][0]["id"].as_str().unwrap().to_owned();
    rows["services"][0]["alternate_name"] = "Another name".into();
    rows["services"][0]["service_areas"][0]["extent"] = "VN-Atlantis".into();
    common::replace(&file, rows.to_string());
    server.signal("HUP");
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert!(is_served("A planted name") && !is_served("Another name"));
    let (_, log) = server.stop();
    let line = log.lines().find(|l| l.contains("not taken")).expect("it says so");
    assert!(line.contains(&id) && line.contains("service_areas") && line.contains("directory.json"), "{line}");
}

#[test]
fn a_damaged_directory_at_the_start_leaves_the_built_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("directory.json");
    std::fs::write(&file, "{\"services\": [{}]}").unwrap();
    for file in [file.to_str().unwrap(), "/there/is/none"] {
        let server = Server::start(&["--directory-file", file]);
        assert!(server.get("/directory.json").contains("111"));
        let (_, log) = server.stop();
        assert!(log.contains("the built-in one stays in force") && log.contains(file), "{log}");
    }
}

#[test]
fn more_askers_than_places_wait_and_are_answered() {
    let server = Server::start(&["--max-connections", "2", "--header-seconds", "1"]);
    let held: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    drop(held);
    server.stop();
}

#[test]
fn a_bad_settings_file_stops_it_with_every_mistake() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("haidang.toml"), "lisen = \"127.0.0.1:0\"\nheader_seconds = 0\n").unwrap();
    let output = finish(haidang(&["serve"]).current_dir(&folder), b"");
    assert_eq!(code(&output), 2);
    let said = text(&output.stderr);
    assert!(said.contains("did you mean \"listen\"") && said.contains("haidang.toml:2"), "{said}");
}
