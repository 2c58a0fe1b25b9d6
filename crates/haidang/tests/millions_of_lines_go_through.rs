//! A program pipes lines through `haidang check --jsonl`: in order, one answer a line, in bounded memory, whatever
//! stands in a line.

mod common;
use common::{code, finish, haidang, json_lines, most_memory_mib, run, text};
use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write},
    process::Stdio,
    thread,
};

const EXTORTION: &str = "Chuyển ngay 20 triệu vào tài khoản này, nếu không tao tung ảnh nóng của mày cho cả trường xem";

#[test]
fn two_hundred_thousand_lines_in_order_and_in_little_memory() {
    const LINES: usize = 200_000;
    let mut child =
        haidang(&["check", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::with_capacity(1 << 20, child.stdout.take().unwrap()).lines();
    let writer = thread::spawn(move || {
        for n in 0..LINES {
            writeln!(stdin, r#"{{"id":{n},"text":"Mã OTP của bạn là {n}, đọc cho anh nhân viên ngân hàng nhé"}}"#)
                .unwrap();
        }
        stdin
    });
    for n in 0..LINES {
        let line = answers.next().unwrap().unwrap();
        assert!(line.starts_with(&format!("{{\"id\":{n},\"result\":")), "line {n}: {line}");
    }
    // All is answered and it still lives: now it can be measured.
    let used = most_memory_mib(child.id());
    drop(writer.join().unwrap());
    assert!(answers.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(used < 200, "{used} MiB");
}

#[test]
fn a_slow_pipe_is_answered_line_by_line() {
    let mut child =
        haidang(&["check", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for _ in 0..3 {
        writeln!(stdin, "{EXTORTION}").unwrap();
        assert!(answers.next().unwrap().unwrap().contains("\"result\":\"harm\""));
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn rubbish_is_answered_on_its_place_and_counted() {
    let mut input = Vec::new();
    let lines: &[(&[u8], &str)] = &[
        (EXTORTION.as_bytes(), ""),
        (b"{\"id\":\"a\",\"text\":\"ch\\u00e0o em\"}", ""),
        (b"{\"id\":\"b\",\"text\":", "bad_json"),
        (b"{\"id\":\"c\"}", "no_text"),
        (b"{\"id\":\"d\",\"text\":7}", "bad_json"),
        (b"\xFF\xFE\x00x", "not_text"),
        (b"", "empty"),
        (b"{\"id\":\"e\",\"text\":\"  \"}", "empty"),
        (b"{\"id\":[1,{\"x\":null}],\"text\":\"ok\",\"other\":true}", ""),
        (b"last line without an end", ""),
    ];
    for (line, _) in lines {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    input.pop();
    let output = run(&["check", "--jsonl"], &input);
    assert_eq!(code(&output), 0);
    let answers = json_lines(&output.stdout);
    assert_eq!(answers.len(), lines.len());
    for (answer, (line, error)) in answers.iter().zip(lines) {
        let line = String::from_utf8_lossy(line);
        assert_eq!(answer["error"]["code"].as_str().unwrap_or(""), *error, "{line}");
        assert_eq!(answer["result"].is_string(), error.is_empty(), "{line}");
        assert_eq!(answer["error"]["title"].is_string(), !error.is_empty(), "{line}");
    }
    let ids: Vec<_> = answers.iter().map(|a| a["id"].to_string()).collect();
    assert_eq!(ids, ["null", "\"a\"", "null", "\"c\"", "null", "null", "null", "\"e\"", "[1,{\"x\":null}]", "null"]);
    assert!(text(&output.stderr).contains("6 of 10 lines"), "{}", text(&output.stderr));
}

#[test]
fn a_line_of_a_hundred_megabytes_is_not_kept_in_memory() {
    let mut child = haidang(&["check", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..100 {
        stdin.write_all(&piece).unwrap();
    }
    writeln!(stdin, "\n{EXTORTION}").unwrap();
    assert!(answers.next().unwrap().unwrap().contains("\"line_too_long\""));
    assert!(answers.next().unwrap().unwrap().contains("\"result\":\"harm\""));
    let used = most_memory_mib(child.id());
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(used < 100, "{used} MiB");
}

#[test]
fn the_same_lines_give_the_same_bytes() {
    let mut lines = String::new();
    for n in 0..3_000 {
        writeln!(lines, "{{\"id\":{n},\"text\":\"{EXTORTION} {n}\"}}").unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lines.jsonl");
    std::fs::write(&file, &lines).unwrap();
    let piped = run(&["check", "--jsonl"], lines.as_bytes());
    let from_file = run(&["check", "--jsonl", "--file", file.to_str().unwrap()], b"");
    assert_eq!(piped.stdout, from_file.stdout);
    let alone = json_lines(&run(&["check", "--json", &format!("{EXTORTION} 7")], b"").stdout).remove(0);
    let mut seventh = json_lines(&piped.stdout).remove(7);
    assert_eq!(seventh.as_object_mut().unwrap().remove("id"), Some(7.into()));
    assert_eq!(seventh, alone);
}

#[test]
fn a_script_can_ask_to_fail() {
    let lines = format!("con ăn cơm chưa\n{EXTORTION}\n");
    assert_eq!(code(&run(&["check", "--jsonl"], lines.as_bytes())), 0);
    assert_eq!(code(&run(&["check", "--jsonl", "--fail-on", "harm"], lines.as_bytes())), 10);
    assert_eq!(code(&run(&["check", "--jsonl", "--fail-on", "harm"], "con ăn cơm chưa\n".as_bytes())), 0);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut child = haidang(&["check", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = thread::spawn(move || while writeln!(stdin, "{EXTORTION}").is_ok() {});
    let mut some = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!((code(&output), text(&output.stderr)), (0, String::new()));
}

#[test]
fn a_full_disk_is_said() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = haidang(&["check", "--jsonl"]);
    let mut child = command.stdin(Stdio::piped()).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"one\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 3);
    assert!(text(&output.stderr).contains("can't be written"));
    let nothing = finish(haidang(&["check", "--jsonl"]).env("LC_ALL", "vi_VN"), b"");
    assert_eq!((code(&nothing), nothing.stdout.len()), (0, 0));
}
