//! The process is killed at any moment, the disk fills up, the folder can't be written. What was acknowledged is there.
//!
//! The children are this very test program, told by the environment what to do.

use crate::support::{FRESH, House, NOON, entry, file, join, report};
use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use store::{Store, StoreError, View};
use vocabulary::Role;

const FOLDER: &str = "HAIDANG_TEST_FOLDER";
const ROUND: &str = "HAIDANG_TEST_ROUND";
const PIECE: usize = 1000;

fn child(story: &str, folder: &Path, round: u32) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--ignored", "--exact", &format!("crash::{story}"), "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).env(ROUND, round.to_string()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// What a child acknowledges is a whole line, or nothing.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\nkept {line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Where the child was told to work; nowhere if somebody ran it by hand.
fn told() -> Option<(std::path::PathBuf, u32)> {
    Some((env::var_os(FOLDER)?.into(), env::var(ROUND).ok()?.parse().ok()?))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a child of the story below"]
async fn writes_until_it_is_killed() {
    let Some((folder, round)) = told() else { return };
    let store = Store::open(&folder, &FRESH).await.unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let store = store.clone();
            tokio::spawn(async move {
                for i in 0.. {
                    let seed = format!("{round}-{task}-{i}");
                    let mut sent = report(&seed, &["111"]);
                    if i % 4 == 0 {
                        let id = file(&seed);
                        store.begin_file(id, sent.id, 2 * PIECE as u64, 1 << 20, NOON).await.unwrap();
                        for piece in 0..2 {
                            store.add_piece(id, (piece * PIECE) as u64, vec![b'x'; PIECE], NOON).await.unwrap();
                            say(&format!("piece {seed} {piece}"));
                        }
                        sent.entries[1].files.push(id);
                    }
                    store.receive(sent.clone(), NOON).await.unwrap();
                    say(&format!("report {seed} 2"));
                    store
                        .add_by_person(sent.id, 0, vec![entry("more"), entry("and more")], [9; 32], NOON)
                        .await
                        .unwrap();
                    say(&format!("report {seed} 4"));
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn killed_at_any_moment_it_keeps_all_that_it_acknowledged_and_nothing_half() {
    let house = House::with(&["111"]).await;
    house.store.close().await;
    for round in 0..8 {
        let mut writer = child("writes_until_it_is_killed", house.folder.path(), round).spawn().unwrap();
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        let mut kept = Vec::new();
        // Begun in earnest; then at another moment each time.
        while kept.len() < 3 {
            kept.extend(lines.next().unwrap().unwrap().strip_prefix("kept ").map(str::to_owned));
        }
        std::thread::sleep(Duration::from_millis(u64::from(round * round * 7)));
        writer.kill().unwrap();
        writer.wait().unwrap();
        kept.extend(lines.map_while(Result::ok).filter_map(|line| Some(line.strip_prefix("kept ")?.to_owned())));
        check(house.folder.path(), &kept).await;
    }
}

async fn check(folder: &Path, kept: &[String]) {
    let store = Store::open(folder, &FRESH).await.unwrap();
    for line in kept {
        let words: Vec<_> = line.split(' ').collect();
        let (seed, count) = (words[1], words[2].parse::<usize>().unwrap());
        if words[0] == "piece" {
            let (state, most) = (store.file(file(seed)).await.unwrap(), (count + 1) * PIECE);
            assert!(state.received >= most as u64, "{line}: {state:?}");
            let name = file(seed).to_string();
            let bytes = std::fs::read(folder.join("files").join(&name[..2]).join(&name)).unwrap();
            assert!(bytes.len() >= most && bytes.iter().all(|b| *b == b'x'), "{line}");
        } else {
            let sent = report(seed, &["111"]);
            assert!(store.by_receipt(sent.receipt.locator, sent.receipt.verifier).await.is_ok(), "{line}");
            assert!(store.entries(sent.id, 0).await.unwrap().len() >= count, "{line}");
        }
    }
    // Whole or not at all, also what nobody heard an answer of.
    for row in store.inbox("111", View::All, None, 1_000_000).await.unwrap() {
        let numbers: Vec<_> = store.entries(row.id, 0).await.unwrap().iter().map(|e| e.number).collect();
        assert!(numbers == [0, 1] || numbers == [0, 1, 2, 3], "{numbers:?}");
        assert_eq!(store.grants(row.id, None).await.unwrap().len(), 1);
        assert_eq!(store.grants(row.id, Some("111")).await.unwrap().len(), 1);
    }
    store.close().await;
}

const REPORTS: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a child of the story below"]
async fn writes_until_all_is_kept() {
    let Some((folder, _)) = told() else { return };
    let store = Store::open(&folder, &FRESH).await.unwrap();
    for i in 0..REPORTS {
        let mut sent = report(&i.to_string(), &["111"]);
        sent.entries[0].sealed = vec![b's'; 100_000];
        while let Err(error) = store.receive(sent.clone(), NOON).await {
            assert!(matches!(error, StoreError::Database(_)), "{error:?}");
            // Reading goes on.
            assert!(store.inbox("111", View::All, None, 1000).await.unwrap().len() >= i.saturating_sub(1));
            say(&format!("nothing: {error}"));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        say(&i.to_string());
    }
    store.close().await;
    say("all");
}

/// No file may grow past a limit, which is then taken away: a disk that is full, and is given room.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_refuses_loses_nothing_and_goes_on_when_there_is_room() {
    let house = House::with(&["111"]).await;
    house.store.close().await;
    let mut plain = child("writes_until_all_is_kept", house.folder.path(), 0);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -S -f 3000; exec \"$0\" \"$@\""]);
    limited.arg(plain.get_program()).args(plain.get_args());
    limited.env(FOLDER, house.folder.path()).env(ROUND, "0").stdout(Stdio::piped()).stderr(Stdio::null());
    let _ = &mut plain;
    let mut writer = limited.spawn().unwrap();
    let pid = writer.id().to_string();
    let (mut refused, mut kept) = (0, Vec::new());
    for line in BufReader::new(writer.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let Some(line) = line.strip_prefix("kept ") else { continue };
        if line.starts_with("nothing") {
            refused += 1;
            if refused == 3 {
                let given = Command::new("prlimit").args(["--fsize=unlimited", "--pid", &pid]).status().unwrap();
                assert!(given.success());
            }
        } else {
            kept.push(line.to_owned());
        }
    }
    assert!(writer.wait().unwrap().success());
    assert!(refused >= 3, "the disk was never full");
    assert_eq!(kept.last().map(String::as_str), Some("all"));
    let store = Store::open(house.folder.path(), &FRESH).await.unwrap();
    for i in 0..REPORTS {
        let sent = report(&i.to_string(), &["111"]);
        let entries = store.entries(sent.id, 0).await.unwrap();
        assert_eq!(entries.iter().map(|e| e.sealed.len()).collect::<Vec<_>>(), [100_000, sent.entries[1].sealed.len()]);
    }
    assert_eq!(store.inbox("111", View::All, None, 1000).await.unwrap().len(), REPORTS);
    join(&store, "women", "an", Role::OrganisationAdmin).await;
}

#[tokio::test]
#[ignore = "a child of the story below"]
async fn says_why_it_can_not_open() {
    let Some((folder, _)) = told() else { return };
    match Store::open(&folder, &FRESH).await {
        Ok(_) => say("open"),
        Err(error) => say(&error.to_string()),
    }
}

/// As somebody whom the folder doesn't belong to; root may write everywhere.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_may_only_be_read_is_named_and_left_as_it_is() {
    use std::os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    };
    let house = House::with(&["111"]).await;
    house.store.close().await;
    let folder = house.folder.path();
    let names = || {
        let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|child| child.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    for path in std::fs::read_dir(folder).unwrap().map(|child| child.unwrap().path()).chain([folder.to_owned()]) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o555)).unwrap();
    }
    let mut command = child("says_why_it_can_not_open", folder, 0);
    if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let line = said.lines().find_map(|line| line.strip_prefix("kept ")).unwrap_or_else(|| panic!("{said}"));
    assert!(line.starts_with("the folder can't be used: ") && line.contains(folder.to_str().unwrap()), "{line}");
    assert!(line.contains("ermission denied"), "{line}");
    assert_eq!(names(), before);
}
