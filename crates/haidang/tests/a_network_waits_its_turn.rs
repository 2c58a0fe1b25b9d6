//! One network asks too often: it waits, others do not, and nobody can pretend to be another one.

mod common;
use common::Server;

const FROM_ONE: &str = "X-Forwarded-For: 203.0.113.7\r\n";
const FROM_ITS_NEIGHBOUR: &str = "X-Forwarded-For: 203.0.113.8\r\n";
const FROM_ANOTHER: &str = "X-Forwarded-For: 198.51.100.1\r\n";

fn limited(more: &[&str]) -> Server {
    let limits = ["--rate-burst", "1", "--rate-per-second", "1", "--lang", "en"];
    Server::start(&limits.iter().chain(more).copied().collect::<Vec<_>>())
}

/// Whether each is answered, asked in one breath. The bucket refills within a second: of many askings some are refused.
fn refused(server: &Server, headers: &str) -> bool {
    (0..20).any(|_| server.check("Con ăn cơm chưa", headers).starts_with("HTTP/1.1 429"))
}

#[test]
fn behind_a_named_proxy_each_network_has_its_own_turn() {
    let server = limited(&["--trusted-proxies", "127.0.0.1"]);
    assert!(refused(&server, FROM_ONE));
    assert!(server.check("Con ăn cơm chưa", FROM_ANOTHER).starts_with("HTTP/1.1 200"));
    assert!(refused(&server, FROM_ITS_NEIGHBOUR));
    server.stop();
}

#[test]
fn without_a_named_proxy_a_claim_changes_nothing() {
    let server = limited(&[]);
    let mut askers = (0..20).map(|n| server.check("Con ăn cơm chưa", &format!("X-Forwarded-For: 198.51.{n}.1\r\n")));
    assert!(askers.any(|answer| answer.starts_with("HTTP/1.1 429")));
    drop(askers);
    server.stop();
}
