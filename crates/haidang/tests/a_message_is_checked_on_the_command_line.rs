//! She, or a friend of hers, runs `haidang check`: what it says, and the number that a script reads.

mod common;
use common::{code, finish, haidang, json_lines, run, text};

const EXTORTION: &str = "Chuyển ngay 20 triệu vào tài khoản này, nếu không tao tung ảnh nóng của mày cho cả trường xem";
const SUPPER: &str = "Con ăn cơm chưa? Mẹ để phần trong nồi nhé";

#[test]
fn the_number_tells_a_harm_from_nothing_known() {
    assert_eq!(code(&run(&["check", EXTORTION], b"")), 10);
    assert_eq!(code(&run(&["check", SUPPER], b"")), 0);
    assert_eq!(code(&run(&["check"], EXTORTION.as_bytes())), 10);
    assert_eq!(code(&run(&["check", "-"], SUPPER.as_bytes())), 0);
}

#[test]
fn several_words_are_one_text() {
    let words: Vec<&str> = ["check", "--json"].into_iter().chain(EXTORTION.split(' ')).collect();
    let one = run(&["check", "--json", EXTORTION], b"");
    assert_eq!(run(&words, b"").stdout, one.stdout);
}

#[test]
fn a_file_is_read_and_named_when_it_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let chat = folder.path().join("chat.txt");
    std::fs::write(&chat, EXTORTION).unwrap();
    assert_eq!(code(&run(&["check", "--file", chat.to_str().unwrap()], b"")), 10);
    for path in ["/there/is/no/such/file", folder.path().to_str().unwrap()] {
        let output = run(&["check", "--file", path], b"");
        assert_eq!(code(&output), 3);
        let said = text(&output.stderr);
        assert!(said.starts_with(&format!("haidang: {path}: ")) && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn the_answer_is_in_her_language() {
    let vi = text(&run(&["check", "--lang", "vi", EXTORTION], b"").stdout);
    let en = text(&run(&["check", "--lang", "en", EXTORTION], b"").stdout);
    assert!(vi.contains("Nên làm:") && vi.contains("Đừng làm:") && vi.contains("Ai giúp được bạn:"), "{vi}");
    assert!(en.contains("Do:") && en.contains("Don't:") && en.contains("Who can help:"), "{en}");
    let by_system = finish(haidang(&["check", EXTORTION]).env_remove("HAIDANG_LANG").env("LANG", "en_US.UTF-8"), b"");
    assert_eq!(text(&by_system.stdout), en);
    let by_default = finish(haidang(&["check", EXTORTION]).env_remove("HAIDANG_LANG"), b"");
    assert_eq!(text(&by_default.stdout), vi);
}

#[test]
fn who_asks_and_about_whom_changes_the_advice() {
    let own = json_lines(&run(&["check", "--json", EXTORTION], b"").stdout);
    let parent = run(&["check", "--json", "--audience", "parent_or_carer", "--age", "12_15", EXTORTION], b"");
    let parent = json_lines(&parent.stdout);
    assert_ne!(own[0]["advice"], parent[0]["advice"]);
    assert_eq!(own[0]["harms"], parent[0]["harms"]);
}

#[test]
fn a_wrong_command_line_is_explained() {
    for (args, hint) in [
        (&["check", "--age", "13"][..], "under_7"),
        (&["check", "--province", "Atlantis", "x"], "01"),
        (&["chek", "x"], "check"),
        (&["check", "--json", "--jsonl"], "--jsonl"),
        (&["check", "--fail-on", "harm", "x"], "--jsonl"),
    ] {
        let output = run(args, b"");
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(text(&output.stderr).contains(hint), "{args:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn explain_colours_only_where_wanted() {
    let explain = |more: &[&str]| {
        let args: Vec<&str> = ["check", "--explain"].iter().chain(more).copied().chain([EXTORTION]).collect();
        text(&run(&args, b"").stdout)
    };
    let plain = explain(&[]);
    assert!(plain.starts_with("Chuyển ngay") && plain.contains("Don't:") && !plain.contains('\u{1b}'), "{plain}");
    assert_eq!(anstream::adapter::strip_str(&explain(&["--color", "always"])).to_string(), plain);
    let no_color = finish(haidang(&["check", "--explain", EXTORTION]).env("NO_COLOR", "1"), b"");
    assert_eq!(text(&no_color.stdout), plain);
}

#[test]
fn a_text_cannot_command_the_terminal() {
    let wicked = format!("{EXTORTION}\u{1b}]0;owned\u{7}\u{1b}[2J");
    for colour in ["always", "never"] {
        let shown = text(&run(&["check", "--explain", "--color", colour], wicked.as_bytes()).stdout);
        assert!(!shown.contains("\u{1b}]") && !shown.contains("\u{1b}[2J") && !shown.contains('\u{7}'), "{shown}");
    }
}

#[test]
fn what_is_no_text_is_said_so() {
    let binary: Vec<u8> = (0..=255_u8).cycle().take(100_000).collect();
    for (input, hint) in [
        (&b""[..], "no words"),
        (b" \n\t\xE2\x80\x8B", "no words"),
        (&binary, "not UTF-8"),
        ("Chuyển tiền đi".as_bytes().split_last().unwrap().1, ""),
        (b"tung \xFF\xFE anh", "not UTF-8"),
    ] {
        let output = run(&["check"], input);
        let said = text(&output.stderr);
        assert!(hint.is_empty() || code(&output) == 3 && said.contains(hint), "{said}");
        assert!(!said.contains("panic"), "{said}");
    }
}

#[test]
fn ten_megabytes_are_refused_and_eight_are_read() {
    let line = format!("{EXTORTION}\n");
    let limit = 8 * 1024 * 1024;
    let too_long = line.repeat(10 * 1024 * 1024 / line.len());
    let output = run(&["check"], too_long.as_bytes());
    assert_eq!(code(&output), 3);
    assert!(text(&output.stderr).contains("longer than 8 MiB"));
    let just = line.repeat(limit / line.len());
    assert!(matches!(code(&run(&["check", "--json"], just.as_bytes())), 0 | 10 | 11));
}

#[test]
fn completions_and_the_manual_are_there() {
    assert!(text(&run(&["completions", "bash"], b"").stdout).contains("haidang"));
    assert!(text(&run(&["man"], b"").stdout).contains(".TH haidang"));
}
