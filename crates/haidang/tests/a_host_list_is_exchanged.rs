//! A new list of reported sites arrives; only a whole one, signed and not older, comes into force.

mod common;
use common::{Server, replace, wait_until};
use recognise::links::{
    Category, HostListBuilder,
    feed::{SigningKey, seal},
};
use std::{thread, time::Duration};

const YEAR_3000: u32 = 30_001_231;

fn feed(version: u32, host: &str, key: &SigningKey) -> Vec<u8> {
    seal(&HostListBuilder::new(version).bad(Category::Scam, [host]).build(), key)
}

#[test]
fn only_a_signed_and_newer_list_comes_into_force() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = key.verifying_key().to_bytes().map(|byte| format!("{byte:02x}")).concat();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hosts.feed");
    std::fs::write(&file, feed(YEAR_3000, "mot-trang-xau.example", &key)).unwrap();
    let path = file.to_str().unwrap();
    let server = Server::start(&["--hosts-feed", path, "--hosts-feed-key", &public, "--reload-seconds", "1"]);
    let reported = |host: &str| server.check(&format!("Xem https://{host}/ nhé"), "").contains("known_bad");
    assert!(reported("mot-trang-xau.example") && !reported("hai-trang-xau.example"));

    replace(&file, feed(YEAR_3000 + 1, "hai-trang-xau.example", &key));
    wait_until("the second list is in force", || reported("hai-trang-xau.example"));

    let mut damaged = feed(YEAR_3000 + 2, "ba-trang-xau.example", &key);
    *damaged.last_mut().unwrap() ^= 1;
    let by_somebody_else = feed(YEAR_3000 + 3, "ba-trang-xau.example", &SigningKey::from_bytes(&[8; 32]));
    let older = feed(YEAR_3000, "ba-trang-xau.example", &key);
    for bad in [damaged, by_somebody_else, older, b"rubbish".to_vec(), Vec::new()] {
        replace(&file, bad);
        server.signal("HUP");
        thread::sleep(Duration::from_millis(1500));
        assert!(reported("hai-trang-xau.example") && !reported("ba-trang-xau.example"));
    }
    let (_, log) = server.stop();
    for why in ["signature", "older than the one in force", "not a signed host list"] {
        assert!(
            log.lines().any(|line| line.contains("earlier one stays in force") && line.contains(why)),
            "{why}: {log}"
        );
    }
}
