//! `docs/benchmarks.md`, drawn from `docs/figures.json` and from nothing else.

use crate::figures::Figure;

pub const PATH: &str = "docs/benchmarks.md";

/// What a figure should reach.
enum Reach {
    AtLeast(f64),
    Under(f64),
}

/// (id, what it is in plain words, what it should reach), in the order of the page.
const FIGURES: &[(&str, &str, Reach)] = &[
    (
        "check_native_per_s",
        "short messages a second: native, one core, all harms, tactics and spans",
        Reach::AtLeast(200_000.0),
    ),
    ("check_vs_fasttext_ratio", "times fastText with character n-grams, same messages, same run", Reach::AtLeast(5.0)),
    ("check_wasm_per_s", "the same messages a second: WASM in Chromium, one core", Reach::AtLeast(50_000.0)),
    ("check_http_per_s", "checks a second over HTTP, 2 cores shared with the load itself", Reach::AtLeast(10_000.0)),
    ("check_http_p99_cpu_ms", "CPU of one check over HTTP, 99th of 100", Reach::Under(1.0)),
    ("first_page_bytes", "the first page, usable before the model arrives, on the wire", Reach::Under(60_000.0)),
    ("first_check_bytes", "everything up to the first check, on the wire", Reach::Under(1_500_000.0)),
    ("serve_first_answer_ms", "server: start to first answer", Reach::Under(200.0)),
    ("serve_idle_mb", "server: memory when idle", Reach::Under(60.0)),
    ("report_page_bytes", "the page of a report before any script, on the wire", Reach::Under(40_000.0)),
    ("report_total_bytes", "a whole sealed report with a picture, all downloads", Reach::Under(450_000.0)),
    ("seal_wasm_mb_per_s", "sealing and hashing a file in WASM, one core", Reach::AtLeast(80.0)),
    ("seal_wasm_memory_mib", "the memory of that WASM, whatever the size of the file", Reach::Under(64.0)),
    (
        "case_first_words_ms",
        "the first words of a case of 100 entries and 20 files in the staff browser",
        Reach::Under(300.0),
    ),
    ("open_case_ms", "a case of 100 entries and 20 files opened in the staff browser", Reach::Under(1000.0)),
    (
        "referral_clicks",
        "clicks from the queue to a sent referral, what consent asks not counted, nothing ticked beforehand",
        Reach::Under(9.0),
    ),
    ("reports_sqlite_per_s", "sealed reports (10 entries, 100 KB) a second, durable, 2 cores", Reach::AtLeast(300.0)),
    (
        "reports_postgres_per_s",
        "the same on PostgreSQL, which waits for the disk, and S3, both on these 2 cores",
        Reach::AtLeast(200.0),
    ),
    ("reports_p99_ms", "their answer when 300 come a second, 99th of 100", Reach::Under(100.0)),
    ("inbox_1m_p99_ms", "inbox and case pages among 1,000,000 cases, 99th of 100, on the server", Reach::Under(30.0)),
    (
        "queue_1m_p99_ms",
        "a page of the queue at 100,000 open of 1,000,000 cases, over HTTP, 99th of 100",
        Reach::Under(30.0),
    ),
    ("queue_1m_postgres_p99_ms", "the same on PostgreSQL", Reach::Under(30.0)),
    (
        "staff_200_p99_ms",
        "200 staff at work for ten minutes, a click every two seconds each, 99th of 100",
        Reach::Under(150.0),
    ),
    ("rebuild_10m_min", "all that is read of the work made anew out of 10,000,000 events", Reach::Under(5.0)),
    ("rebuild_10m_mib", "memory meanwhile", Reach::Under(500.0)),
    ("backup_1m_min", "a first backup of 1,000,000 cases and 20 GB of files", Reach::Under(10.0)),
    ("restore_1m_min", "bringing it back, every hash compared", Reach::Under(15.0)),
    ("tamper_missed", "altered evidence packages that were held for whole, of more than 5,000", Reach::Under(1.0)),
    ("verify_mb_per_s", "MB of a package verified a second, one core, within 64 MB of memory", Reach::AtLeast(300.0)),
    ("keep_bytes", "the page that keeps evidence with all that it fetches, on the wire", Reach::Under(300_000.0)),
    (
        "lesson_bytes",
        "the heaviest lesson at a first visit, with all that it fetches, on the wire",
        Reach::Under(120_000.0),
    ),
    (
        "lesson_3g_s",
        "from a first visit on slow 3G (400 kbit/s, 400 ms) until that lesson can be begun",
        Reach::Under(4.0),
    ),
    ("acknowledged_lost", "reports acknowledged under faults, then lost, double or half", Reach::Under(1.0)),
    ("policy_cells_untested", "cells of the policy of rights that no test compares with its page", Reach::Under(1.0)),
    ("clean_build_test_min", "a clean clone built and tested", Reach::Under(15.0)),
    ("acute_recall_pct", "acute harms told as harm", Reach::AtLeast(85.0)),
    ("benign_worst_group_pct", "false alarms in the worst innocent group", Reach::Under(5.0)),
];

/// The page for these figures.
pub fn draw(figures: &[Figure]) -> String {
    let mut page = String::from(
        "# Benchmarks\n\n\
         Drawn from `figures.json` by `cargo xtask bench`; each figure was written by the command that measured it.\n\
         Do not edit. How each is measured stands at the head of its module in `xtask/src/bench/`.\n\n\
         A figure beside a peer's counts as a ratio only: both were run in turn, on one machine, and medians of at\n\
         least five turns compared. Bare figures move by 30 % with what else the machine does.\n\n\
         | figure | what | measured | reach | |\n| --- | --- | --- | --- | --- |\n",
    );
    let known = |id: &str| figures.iter().find(|f| f.id == id);
    for (id, what, reach) in FIGURES {
        let (goal, reached) = match reach {
            Reach::AtLeast(least) => (format!("{} or more", grouped(*least)), known(id).map(|f| f.value >= *least)),
            Reach::Under(most) => (format!("under {}", grouped(*most)), known(id).map(|f| f.value < *most)),
        };
        let value = known(id).map_or("not measured yet".into(), |f| format!("{} {}", grouped(f.value), f.unit));
        let mark = reached.map_or("", |yes| if yes { "reached" } else { "**not reached**" });
        page += &format!("| `{id}` | {what} | {value} | {goal} | {mark} |\n");
    }
    page += "\n## Ours beside others\n\n| figure | peer | ours by theirs |\n| --- | --- | --- |\n";
    for figure in figures {
        if let (Some(peer), Some(ratio)) = (&figure.peer, figure.ratio) {
            page += &format!("| `{}` | {peer} | {} |\n", figure.id, grouped(ratio));
        }
    }
    page += "\n## Where and when\n\n| figure | command | machine | commit | date |\n| --- | --- | --- | --- | --- |\n";
    for f in figures {
        page += &format!("| `{}` | `{}` | {} | {} | {} |\n", f.id, f.command, f.machine, f.commit, f.date);
    }
    page
}

/// `200000` as `200,000`; a fraction keeps its digits.
fn grouped(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && digit != '-' && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |f| format!("{out}.{f}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(1_234_567.0), "1,234,567");
        assert_eq!(grouped(999.5), "999.5");
        assert_eq!(grouped(60_000.0), "60,000");
    }

    #[test]
    fn a_page_says_what_is_reached_and_what_is_not_measured() {
        let figure = Figure {
            id: "check_wasm_per_s".into(),
            value: 49_000.0,
            unit: "messages/s".into(),
            peer: None,
            ratio: None,
            command: "cargo xtask bench".into(),
            machine: "here".into(),
            commit: "abc".into(),
            date: "2026-11-24".into(),
        };
        let page = draw(&[figure]);
        assert!(page.contains("49,000 messages/s | 50,000 or more | **not reached** |"));
        assert!(page.contains("| not measured yet | under 60 |"));
    }
}
