//! Whoever installs asks what is in force, and what to mend.

mod common;
use common::{code, finish, haidang, run, text};

#[test]
fn every_setting_is_said_with_where_it_comes_from() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("haidang.toml"), "# mine\nbody_seconds = 20\n").unwrap();
    let mut command = haidang(&["config", "check", "--listen", "127.0.0.1:9999"]);
    let output = finish(command.current_dir(&folder).env("HAIDANG_DRAIN_SECONDS", "3"), b"");
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let report = text(&output.stdout);
    for line in [
        "listen = 127.0.0.1:9999  [--listen]",
        "drain_seconds = 3  [HAIDANG_DRAIN_SECONDS]",
        "body_seconds = 20  [haidang.toml:2]",
        "log_format = text  [default]",
        "tls_key = (not set)  [default]",
        "Range: a number from 1 to 120",
    ] {
        assert!(report.contains(line), "{line} in {report}");
    }
}

#[test]
fn the_example_is_right_as_it_stands_and_uncommented() {
    for lang in ["vi", "en"] {
        let example = text(&run(&["config", "example", "--lang", lang], b"").stdout);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("example.toml");
        let is_setting = |line: &str| {
            line.strip_prefix("# ").is_some_and(|l| l.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')))
        };
        let uncommented: String =
            example.lines().map(|l| if is_setting(l) { l[2..].to_owned() } else { l.to_owned() } + "\n").collect();
        for content in [&example, &uncommented] {
            std::fs::write(&file, content).unwrap();
            let output = run(&["config", "check", "--config", file.to_str().unwrap()], b"");
            assert_eq!(code(&output), 0, "{}\n{content}", text(&output.stderr));
        }
        assert!(uncommented.contains("\nlisten = "));
    }
}

#[test]
fn each_mistake_says_how_to_mend_it() {
    for (args, variable, hints) in [
        (&["--listen", "localhost"][..], None, &["127.0.0.1:8080"][..]),
        (&["--tls-key", "/k.pem"], None, &["tls_certificate", "both"]),
        (&["--hosts-feed", "/f"], None, &["hosts_feed_key"]),
        (&["--metrics", "10.0.0.1:1"], None, &["this very machine"]),
        (&["--trusted-proxies", "10.0.0.0/99"], None, &["10.0.0.0/8"]),
        (&["--config", "/there/is/none.toml"], None, &["/there/is/none.toml", "path"]),
        (&["--log-level", "loud"], None, &["error | warn | info | debug"]),
        (&[], Some(("HAIDANG_LISTN", "x")), &["HAIDANG_LISTEN"]),
        (&[], Some(("HAIDANG_MAX_CONNECTIONS", "-1")), &["HAIDANG_MAX_CONNECTIONS", "1000000"]),
    ] {
        let args: Vec<&str> = ["config", "check"].iter().chain(args).copied().collect();
        let output = finish(haidang(&args).envs(variable), b"");
        assert_eq!(code(&output), 2, "{args:?}");
        let said = text(&output.stderr);
        assert!(hints.iter().all(|hint| said.contains(hint)), "{args:?}: {said}");
    }
}

#[test]
fn a_pasted_key_is_never_printed() {
    let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIPLANTED\n-----END PRIVATE KEY-----";
    for key in ["HAIDANG_TLS_KEY", "HAIDANG_LISTEN", "HAIDANG_OPERATOR"] {
        let output = finish(haidang(&["config", "check"]).env(key, pem), b"");
        assert!(!text(&output.stdout).contains("PLANTED") && !text(&output.stderr).contains("PLANTED"), "{key}");
    }
}
