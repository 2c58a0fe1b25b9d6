//! PostgreSQL and S3 on another machine are reached by TLS, with the certificate of whom the operator named, and by no
//! other way.

use neighbours::{KEY, Postgres, S3};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

#[test]
#[ignore = "the storage of the other stories"]
fn serves_s3() {
    S3::serve_if_told();
}

fn haidang(folder: &Path, lang: &str, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_haidang"));
    command.args(["--lang", lang]).args(words).current_dir(folder).env_clear();
    command.output().expect("it starts")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Somebody who vouches for servers; its certificate lies in a file of this name.
fn authority(folder: &Path, name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    fs::write(folder.join(name), authority.pem()).unwrap();
    authority
}

/// A certificate for this machine, and its key.
fn vouched(by: &CertifiedIssuer<'_, KeyPair>) -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    (CertificateParams::new(names).unwrap().signed_by(&key, by).unwrap().pem(), key.serialize_pem())
}

const ADD: [&str; 8] = ["org", "add", "--id", "tong-dai", "--kind", "helpline", "--name-vi", "Tổng đài thử"];

#[test]
fn a_database_is_reached_by_tls_and_only_where_the_named_authority_vouches_for_it() {
    if std::env::var_os("HAIDANG_NO_POSTGRES").is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let ours = authority(at, "ours.pem");
    authority(at, "other.pem");
    let (certificate, key) = vouched(&ours);
    let postgres = Postgres::with_tls(&certificate, &key).unwrap();
    let database = postgres.database(None).unwrap();
    // Nobody is let in by TCP without TLS.
    let rules = postgres.sql("postgres", "SHOW hba_file").unwrap();
    fs::write(rules.trim(), "local all all trust\nhostssl all all 127.0.0.1/32 trust\n").unwrap();
    postgres.sql("postgres", "SELECT pg_reload_conf()").unwrap();
    let near = |host: &str, more: &str| format!("postgres://postgres@{host}:{}/{database}?{more}", postgres.port());
    let by = |address: &str, lang: &str| {
        haidang(at, lang, &[&ADD[..], &["--hours", "always", "--database", address]].concat())
    };

    for (more, vi, en) in [
        ("sslmode=verify-full&sslrootcert=other.pem", "không có đường an toàn tới máy chủ PostgreSQL", "UnknownIssuer"),
        ("sslmode=verify-full", "sslrootcert phải nêu chứng chỉ", "sslrootcert must name the certificate"),
        ("sslmode=verify-full&sslrootcert=none.pem", "none.pem", "none.pem"),
        ("sslmode=disable", "no pg_hba.conf entry", "no encryption"),
    ] {
        for (lang, why) in [("vi", vi), ("en", en)] {
            let refused = by(&near("localhost", more), lang);
            assert_eq!(refused.status.code(), Some(3), "{more}: {}", said(&refused));
            assert!(said(&refused).contains(why), "{more}: {}", said(&refused));
        }
    }
    let added = by(&near("localhost", "sslmode=verify-full&sslrootcert=ours.pem"), "en");
    assert_eq!(added.status.code(), Some(0), "{}", said(&added));
    assert_eq!(postgres.sql(&database, "SELECT id FROM organisations").unwrap().trim(), "tong-dai");

    // A plain way to another machine isn't even tried.
    for more in ["", "sslmode=disable", "sslmode=allow", "sslmode=prefer"] {
        for (lang, why) in [("vi", "sslmode=verify-full"), ("en", "sslmode=verify-full")] {
            let refused = by(&near("db.haidang.example", more), lang);
            assert_eq!(refused.status.code(), Some(2), "{more}: {}", said(&refused));
            assert!(said(&refused).contains(why), "{more}: {}", said(&refused));
        }
    }
}

#[test]
fn a_storage_is_reached_by_tls_and_only_where_the_named_authority_vouches_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let ours = authority(at, "ours.pem");
    authority(at, "other.pem");
    fs::write(at.join("empty.pem"), "nothing").unwrap();
    let (certificate, key) = vouched(&ours);
    let storage = S3::with_tls("serves_s3", &certificate, &key).unwrap();
    let (files, endpoint) = (format!("s3://{}", storage.bucket().unwrap()), storage.endpoint());
    assert!(endpoint.starts_with("https://"));
    fs::write(at.join("secret"), KEY.1).unwrap();
    fs::set_permissions(at.join("secret"), fs::Permissions::from_mode(0o600)).unwrap();
    let by = |authority: &str, lang: &str| {
        let words = ["--hours", "always", "--files", &files, "--s3-endpoint", &endpoint, "--s3-key-id", KEY.0];
        let more = ["--s3-secret-file", "secret", "--s3-authority", authority];
        haidang(at, lang, &[&ADD[..], &words, &more].concat())
    };
    for (authority, lang, why) in [
        ("other.pem", "vi", "không dùng được kho tệp (invalid peer certificate: UnknownIssuer)"),
        ("empty.pem", "en", "s3_authority holds no certificate in PEM"),
    ] {
        let refused = by(authority, lang);
        assert_eq!(refused.status.code(), Some(3), "{}", said(&refused));
        assert!(said(&refused).contains(why), "{}", said(&refused));
    }
    let added = by("ours.pem", "en");
    assert_eq!(added.status.code(), Some(0), "{}", said(&added));
}
