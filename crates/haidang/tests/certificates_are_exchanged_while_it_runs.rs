//! The certificate runs out, a tool writes a new pair, and nobody is turned away meanwhile.

mod common;
use common::{PATIENCE, Server, code, get, haidang, replace, run, text, wait_until};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName},
};

fn new_pair() -> CertifiedKey<KeyPair> {
    generate_simple_self_signed(["localhost".to_owned()]).unwrap()
}

/// A folder with a pair in it.
struct Pair {
    certificate: PathBuf,
    key: PathBuf,
}

impl Pair {
    fn write(folder: &Path, pair: &CertifiedKey<KeyPair>) -> Self {
        let it = Self { certificate: folder.join("cert.pem"), key: folder.join("key.pem") };
        it.replace(pair);
        it
    }

    fn replace(&self, pair: &CertifiedKey<KeyPair>) {
        replace(&self.certificate, pair.cert.pem());
        replace(&self.key, pair.signing_key.serialize_pem());
    }

    fn serve(&self, more: &[&str]) -> Server {
        let (certificate, key) = (self.certificate.to_str().unwrap(), self.key.to_str().unwrap());
        let tls = ["--tls-certificate", certificate, "--tls-key", key];
        Server::start(&tls.iter().chain(more).copied().collect::<Vec<_>>())
    }
}

/// The answer over TLS, if the server shows this very certificate.
fn get_over_tls(address: SocketAddr, trusted: &CertificateDer<'static>) -> Option<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut tls = StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), stream);
    tls.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = Vec::new();
    let _ = tls.read_to_end(&mut answer);
    Some(String::from_utf8(answer).unwrap())
}

fn shows(server: &Server, pair: &CertifiedKey<KeyPair>) -> bool {
    get_over_tls(server.address, pair.cert.der()).is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

#[test]
fn a_new_pair_comes_into_force_and_a_bad_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, third] = [new_pair(), new_pair(), new_pair()];
    let files = Pair::write(folder.path(), &first);
    let server = files.serve(&["--reload-seconds", "1"]);
    assert!(server.said.contains("https://"));
    assert!(shows(&server, &first) && !shows(&server, &second));

    files.replace(&second);
    wait_until("the second pair is in force", || shows(&server, &second));

    // The certificate of the third with the key of the second: half of an exchange, or a mistake.
    replace(&files.certificate, third.cert.pem());
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert!(shows(&server, &second) && !shows(&server, &third));
    std::fs::write(&files.certificate, "rubbish").unwrap();
    server.signal("HUP");
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(shows(&server, &second));

    files.replace(&third);
    server.signal("HUP");
    wait_until("the third pair is in force", || shows(&server, &third));
    let (code, log) = server.stop();
    assert_eq!(code, 0);
    assert!(log.contains("earlier one stays in force") && log.contains("belongs to another certificate"), "{log}");
    assert!(log.contains("holds no PEM certificate"), "{log}");
    assert!(!log.contains("PRIVATE"), "{log}");
}

#[test]
fn tls_may_be_served_beyond_this_machine_and_nothing_plain_comes_through() {
    let folder = tempfile::tempdir().unwrap();
    let pair = new_pair();
    let files = Pair::write(folder.path(), &pair);
    let (certificate, key) = (files.certificate.to_str().unwrap(), files.key.to_str().unwrap());
    let server = Server::spawn(&mut haidang(&[
        "serve",
        "--listen",
        "0.0.0.0:0",
        "--metrics",
        "off",
        "--tls-certificate",
        certificate,
        "--tls-key",
        key,
    ]));
    let here = SocketAddr::from(([127, 0, 0, 1], server.address.port()));
    assert!(get_over_tls(here, pair.cert.der()).unwrap().starts_with("HTTP/1.1 200"));
    assert!(!get(here, "/healthz").contains("200"));
    server.stop();
}

#[test]
fn a_pair_that_cannot_be_used_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (new_pair(), new_pair());
    let files = Pair::write(folder.path(), &one);
    let start = || {
        let (certificate, key) = (files.certificate.to_str().unwrap(), files.key.to_str().unwrap());
        let output =
            run(&["serve", "--listen", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", key], b"");
        let said = text(&output.stderr);
        assert_eq!((code(&output), said.lines().count()), (3, 1), "{said}");
        said
    };
    replace(&files.key, other.signing_key.serialize_pem());
    assert!(start().contains("belongs to another certificate"));
    replace(&files.key, "");
    assert!(start().contains("unencrypted PEM private key"));
    replace(&files.key, [0xFF, 0, 0xFE, 1]);
    start();
    replace(&files.certificate, one.signing_key.serialize_pem());
    assert!(start().contains("holds no PEM certificate"));
    std::fs::remove_file(&files.certificate).unwrap();
    assert!(start().contains("can't read"));
}
