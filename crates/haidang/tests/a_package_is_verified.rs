//! Police, a lawyer, a court: they hold a package, have no network and trust nobody. `haidang verify` tells them, and so
//! do bagit.py, sha256sum and openssl alone.

mod common;

use anyhow::{Context, Result};
use common::{code, run, text};
use evidence::{Draft, Handing, NewItem, Piece, Proven, Stamp, Statement};
use seal::{Key, locked::Locker, sign::Signer};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use system_random::{SysRng, rand_core::UnwrapErr};
use tempfile::TempDir;
use visitor::{Keys, TimeAuthority};

const MESSAGE: &str = "Gửi 2 triệu ngay, không thì tao tung ảnh.";

fn now() -> u64 {
    std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs()
}

fn server() -> Signer {
    Signer::from_seed(&Key::from_bytes([7; 32]))
}

fn key() -> String {
    server().verifier().to_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A package of a message and `more` bytes, stamped by this authority.
fn package(authority: Option<&TimeAuthority>, more: usize) -> Result<Vec<u8>> {
    let contents = [MESSAGE.as_bytes().to_vec(), vec![b'x'; more]];
    let mut draft = Draft::new(now());
    for (name, content) in ["tin nhắn.txt", "ảnh.jpg"].iter().zip(&contents) {
        let mut item = NewItem::default();
        (*name).clone_into(&mut item.name);
        draft.begin(item)?;
        draft.content(content)?;
        draft.end()?;
    }
    draft.hand(&Handing { at: now(), from: "điện thoại".into(), to: "gói".into(), what: "giữ lại".into() });
    let unproved = draft.seal(&mut UnwrapErr(SysRng))?;
    let statement = Statement { time: now(), root: *unproved.root() };
    let signature = statement.sign(&server());
    let stamp = authority.map(|authority| {
        let hash = Sha256::digest(statement.signed(&signature)).into();
        let response = authority.reply(&timestamp::request(&hash, &[5; 8]))?;
        anyhow::Ok(Stamp { response, authority: fs::read_to_string(authority.root())? })
    });
    let server_key = server().verifier().to_bytes();
    let proven = Proven { time: statement.time, signature, server_key, stamp: stamp.transpose()?, log: None };
    let mut packing = unproved.prove(proven)?;
    let mut zip = Vec::new();
    loop {
        match packing.next()? {
            Piece::Bytes(bytes) => zip.extend(bytes),
            Piece::Item(number) => {
                packing.content(&contents[number])?;
                zip.extend(&contents[number]);
            }
            Piece::End => return Ok(zip),
        }
    }
}

struct Kept {
    folder: TempDir,
}

impl Kept {
    fn new(name: &str, bytes: &[u8]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join(name), bytes)?;
        Ok(Self { folder })
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

#[test]
fn it_says_in_plain_words_what_holds_in_both_languages() -> Result<()> {
    let kept = Kept::new("a.zip", &package(None, 1000)?)?;
    let output = run(&["verify", &kept.path("a.zip"), "--key", &key()], b"");
    let said = text(&output.stdout);
    assert_eq!(code(&output), 0, "{said}");
    assert!(
        said.starts_with("THIS PACKAGE HOLDS")
            && said.contains("Every byte of the 2 files")
            && said.contains("[OPEN] There is no time-stamp"),
        "{said}"
    );
    let output = run(&["verify", "--lang", "vi", &kept.path("a.zip")], b"");
    let said = text(&output.stdout);
    assert!(
        said.starts_with("GÓI NÀY KHỚP")
            && said.contains("[CHƯA RÕ] Chưa so khoá")
            && said.contains("không cho biết ai đã viết"),
        "{said}"
    );
    Ok(())
}

#[test]
fn scripts_get_numbers_and_json() -> Result<()> {
    let zip = package(None, 1000)?;
    let kept = Kept::new("a.zip", &zip)?;
    let json = |words: &[&str]| {
        let output = run(&[&["verify", "--json"], words].concat(), b"");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (code(&output), json)
    };
    let (number, said) = json(&[&kept.path("a.zip"), "--key", &key()]);
    assert_eq!((number, &said["holds"], &said["facts"]["files"]), (0, &true.into(), &2.into()), "{said}");
    assert_eq!(json(&[&kept.path("a.zip"), "--key", &"00".repeat(32)]).0, 12, "another key");
    let at = zip.windows(7).position(|w| w == "Gửi 2".as_bytes()).context("the message")?;
    let mut altered = zip.clone();
    altered[at] = b'X';
    fs::write(kept.path("b.zip"), &altered)?;
    let (number, said) = json(&[&kept.path("b.zip")]);
    assert_eq!((number, &said["holds"]), (12, &false.into()));
    assert!(said["findings"].to_string().contains("data/0001.txt"), "{said}");
    fs::write(kept.path("c.zip"), &zip[..zip.len() / 2])?;
    assert_eq!(json(&[&kept.path("c.zip")]).0, 12);
    fs::write(kept.path("d.zip"), b"")?;
    assert_eq!(json(&[&kept.path("d.zip")]).0, 12);
    assert_eq!(json(&["/there/is/no/such.zip"]).0, 3);
    assert_eq!(json(&[&kept.path("a.zip"), "--key", "abc"]).0, 2);
    assert_eq!(json(&[&kept.path("a.zip"), "--tsa-ca", &kept.path("a.zip")]).0, 3, "no certificate");
    Ok(())
}

#[test]
fn a_locked_package_opens_with_its_passphrase_from_a_file_alone() -> Result<()> {
    let zip = package(None, 200_000)?;
    let mut lock = Locker::new("mua xanh cau tre la cay");
    let mut locked = lock.push(&zip);
    locked.extend(lock.finish());
    let kept = Kept::new("a.zip.age", &locked)?;
    fs::write(kept.path("words"), "mua xanh cau tre la cay\n")?;
    fs::write(kept.path("wrong"), "mua xanh cau tre la co\n")?;
    let with =
        |file: &str, words: &str| run(&["verify", &kept.path(file), "--passphrase-file", &kept.path(words)], b"");
    let output = with("a.zip.age", "words");
    assert_eq!(code(&output), 0, "{}{}", text(&output.stdout), text(&output.stderr));
    let output = with("a.zip.age", "wrong");
    assert_eq!(code(&output), 3);
    assert!(text(&output.stderr).contains("the passphrase is wrong"));
    let output = run(&["verify", &kept.path("a.zip.age")], b"");
    assert!(code(&output) == 2 && text(&output.stderr).contains("--passphrase-file"), "nobody is there to be asked");
    for at in [locked.len() - 1, locked.len() / 2] {
        let mut altered = locked.clone();
        altered[at] ^= 1;
        fs::write(kept.path("b.age"), &altered)?;
        assert_eq!(code(&with("b.age", "words")), 12, "byte {at}");
    }
    fs::write(kept.path("c.age"), &locked[..locked.len() / 2])?;
    assert_eq!(code(&with("c.age", "words")), 12);
    Ok(())
}

#[test]
fn a_time_stamp_is_judged_by_the_authority_that_was_named() -> Result<()> {
    for keys in [Keys::Rsa, Keys::P256] {
        let (authority, other) = (TimeAuthority::open(keys)?, TimeAuthority::open(keys)?);
        let kept = Kept::new("a.zip", &package(Some(&authority), 10)?)?;
        let with = |root: PathBuf| run(&["verify", &kept.path("a.zip"), "--tsa-ca", &root.display().to_string()], b"");
        let output = with(authority.root());
        let said = text(&output.stdout);
        assert!(code(&output) == 0 && said.contains("“Gio” states that this package was there"), "{said}");
        let output = with(other.root());
        assert!(
            code(&output) == 12
                && text(&output.stdout).contains("[FAILS] The time-stamp comes from an authority that isn't believed")
        );
        let output = run(&["verify", &kept.path("a.zip")], b"");
        assert!(code(&output) == 0 && text(&output.stdout).contains("[OPEN] The authority was not compared"));
        let bare = Kept::new("b.zip", &package(None, 10)?)?;
        let output = run(&["verify", &bare.path("b.zip"), "--tsa-ca", &authority.root().display().to_string()], b"");
        assert_eq!(code(&output), 12, "a time-stamp that was asked for and is not there");
    }
    let old = TimeAuthority::run_out(Keys::P256)?;
    let kept = Kept::new("a.zip", &package(Some(&old), 10)?)?;
    let output = run(&["verify", &kept.path("a.zip")], b"");
    assert!(code(&output) == 12 && text(&output.stdout).contains("was not in force"), "{}", text(&output.stdout));
    Ok(())
}

/// Runs a program of others and gives what it said, if it is content.
fn other(line: &str, folder: &Path) -> Result<String> {
    let mut words = line.split(' ');
    let program = words.next().context("a program")?;
    let output = Command::new(program)
        .args(words)
        .current_dir(folder)
        .output()
        .with_context(|| format!("{program} is not here; what to do: cargo xtask test, once"))?;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    anyhow::ensure!(output.status.success(), "{line}: {said}");
    Ok(said)
}

fn bagit() -> String {
    std::env::var("HAIDANG_BAGIT")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../.cache/bagit-1.9.0/bin/bagit.py").into())
}

#[test]
fn programs_of_others_say_the_same() -> Result<()> {
    let authority = TimeAuthority::open(Keys::P256)?;
    let kept = Kept::new("a.zip", &package(Some(&authority), 100_000)?)?;
    let here = kept.folder.path();
    other("python3 -m zipfile -t a.zip", here)?;
    other("python3 -m zipfile -e a.zip .", here)?;
    let bag = fs::read_dir(here)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.is_dir())
        .context("one folder")?;
    assert!(bag.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("tai-lieu-")));
    let openssl = format!(
        "openssl ts -verify -data proof/statement.bin -in proof/time-stamp.tsr -CAfile {} -untrusted proof/authority.pem",
        authority.root().display()
    );
    let all = [
        format!("{} --validate .", bagit()),
        "sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt".into(),
        openssl,
    ];
    for line in &all {
        other(line, &bag)?;
    }
    let read_me = fs::read_to_string(bag.join("DOC-TRUOC-READ-ME.txt"))?;
    for line in [
        "bagit.py --validate .",
        "sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt",
        "openssl ts -verify -data proof/statement.bin -in proof/time-stamp.tsr -CAfile CA.pem -untrusted proof/authority.pem",
    ] {
        assert_eq!(read_me.matches(line).count(), 2, "what the note says is what was run: {line}");
    }
    // And where something was altered, they say so as well.
    let message = bag.join("data/0001.txt");
    fs::write(&message, fs::read_to_string(&message)?.replace("2 triệu", "9 triệu"))?;
    assert!(other(&all[0], &bag).is_err() && other(&all[1], &bag).is_err());
    fs::write(bag.join("proof/statement.bin"), [0; 104])?;
    assert!(other(&all[2], &bag).is_err());
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn a_large_package_takes_little_memory() -> Result<()> {
    let kept = Kept::new("a.zip", &package(None, 100 << 20)?)?;
    // A limit on what the program may have at all: it would be ended if it took the package in.
    let program = env!("CARGO_BIN_EXE_haidang");
    let line = format!("ulimit -d 65536; exec {program} verify {}", kept.path("a.zip"));
    let output = Command::new("sh").args(["-c", &line]).env_clear().output()?;
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
