//! The desk of the release build, over HTTP: pages of the queue at 100,000 open of 1,000,000 cases, on SQLite and on
//! PostgreSQL; 200 members at work for ten minutes ([`super::staff`]); and all that is read of the work made anew out of
//! ten million events.

use super::{
    client::{Client, percentile},
    program::{empty, number, said},
    release, staff,
};
use crate::{figures::Measured, shell::target_dir};
use anyhow::{Context, Result, ensure};
use neighbours::Postgres;
use serde_json::Value;
use std::{
    fs,
    path::{PathBuf, absolute},
};
use visitor::House;

pub const CASES: u64 = 1_000_000;
const EVENTS: u64 = 10;
/// Reports that just came, for the members to work on.
const REPORTS: u64 = 8_000;
/// Pages that are measured on each database.
const PAGES: usize = 3_000;
/// Rebuilding may hold so much, in MiB.
const MOST_MIB: f64 = 500.0;

fn program() -> Result<PathBuf> {
    release("--package store --example desk", "examples/desk")
}

/// The house; the server that opens it runs elsewhere.
fn house() -> Result<PathBuf> {
    Ok(absolute(target_dir().join("bench").join("desk"))?)
}

/// Everything on SQLite, in one house that is filled once.
pub fn measure(binary: &std::path::Path, cases: u64, minutes: f64) -> Result<Vec<Measured>> {
    let (program, house) = (program()?, house()?);
    let path = house.to_str().context("a folder of UTF-8")?;
    let words = [cases, EVENTS, REPORTS].map(|number| number.to_string());
    let filled = said(&program, &["fill"], empty(&house)?, &words.each_ref().map(String::as_str))?;
    println!("filled");
    let server = House::open_with(binary, &["--data", path, "--rate-burst", "0"])?;
    let on_sqlite = queue(&server, &filled)?;
    println!("queue on SQLite: p99 {on_sqlite:.2} ms");
    let at_work = staff::at_work(&server, &filled, minutes)?;
    drop(server);
    let rebuilt = said(&program, &["rebuild"], &house, &[])?;
    println!("rebuild: {rebuilt}");
    fs::remove_dir_all(&house)?;
    ensure!(number(&rebuilt, "differing_afterwards")? == 0.0, "what was made anew differs: {rebuilt}");
    ensure!(number(&rebuilt, "peak_mib")? < MOST_MIB, "rebuilding holds {rebuilt}");

    if cases != CASES {
        println!("not the whole size: nothing is written down");
        return Ok(Vec::new());
    }
    let mut figures = vec![
        Measured::new("queue_1m_p99_ms", on_sqlite, "ms"),
        Measured::new("rebuild_10m_min", number(&rebuilt, "lost_s")? / 60.0, "min"),
        Measured::new("rebuild_10m_mib", number(&rebuilt, "peak_mib")?, "MiB"),
    ];
    if minutes >= 10.0 {
        figures.push(Measured::new("staff_200_p99_ms", at_work, "ms"));
    }
    Ok(figures)
}

/// The queue on PostgreSQL.
pub fn on_postgres(binary: &std::path::Path, cases: u64) -> Result<Vec<Measured>> {
    let (program, house) = (program()?, house()?);
    let path = house.to_str().context("a folder of UTF-8")?;
    let postgres = Postgres::durable()?;
    let address = postgres.address(&postgres.database(None)?);
    let filled = said(&program, &["fill"], empty(&house)?, &[&cases.to_string(), "0", "0", &address])?;
    let settings = house.join("haidang.toml");
    fs::write(&settings, format!("data = {path:?}\nrate_burst = 0\ndatabase = {address:?}\n"))?;
    let server = House::open_with(binary, &["--config", settings.to_str().context("a path of UTF-8")?])?;
    let p99 = queue(&server, &filled)?;
    println!("queue on PostgreSQL: p99 {p99:.2} ms");
    drop(server);
    fs::remove_dir_all(&house)?;
    Ok(if cases == CASES { vec![Measured::new("queue_1m_postgres_p99_ms", p99, "ms")] } else { Vec::new() })
}

/// Pages of the queue, as a member's browser asks for them: every view from its beginning, and on from page to page.
fn queue(server: &House, filled: &Value) -> Result<f64> {
    let members = filled["members"].as_array().context("members")?;
    let mut waits = Vec::new();
    for (turn, member) in members.iter().enumerate() {
        let token = member["token"].as_str().context("a token")?;
        let mut client = Client::signed_in(server.address(), token)?;
        let view = ["all", "new", "mine", "due", "over"][turn % 5];
        let mut behind = String::new();
        for _ in 0..PAGES / members.len() {
            let page = client.done("a page of the queue", &format!("inbox?view={view}{behind}"), None)?;
            // Behind the last full page there may be none.
            let is_empty = page["rows"].as_array().context("rows")?.is_empty();
            ensure!(!is_empty || !behind.is_empty(), "an empty page of {view}: {page}");
            behind = page["next"].as_str().map_or_else(String::new, |next| format!("&behind={next}"));
        }
        waits.append(&mut client.waits);
    }
    Ok(percentile(waits.into_iter().map(|(_, wait)| wait), 99))
}
