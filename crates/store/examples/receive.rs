//! How many sealed reports a second the store receives, and how fast it answers among a million cases.
//!
//! `cargo run --release -p store --example receive -- reports FOLDER` sends reports of 10 entries and 100 KB from 64
//! tasks: first as fast as they are answered (how many a second), then 300 a second (how long each waits); `… -- inbox FOLDER CASES` fills a database and reads inbox and case pages. One line of JSON each. The
//! disk's own rate of syncs stands beside: no store that keeps its word is faster than that times what one commit holds.

use casework::{CaseId, Facts, Organisation, Texts};
use neighbours::{KEY, Postgres, S3};
use sqlx::{AnyConnection, Connection, Executor};
use std::{
    fs::File,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};
use store::{
    Bucket, Grant, Invitation, NewEntry, NewMember, NewReport, NoticeWays, OrganisationRecord, Place, ReceiptRecord,
    Secret, Store, StoreError, View,
};
use vocabulary::{EntryKind, OrganisationKind, Role};

const TASKS: u64 = 64;
const ENTRIES: u64 = 10;
const ENTRY_BYTES: usize = 10_000;
const FOR: Duration = Duration::from_secs(10);
/// The rate of the aim, at which waiting is measured: in a flood everybody waits for everybody before.
const PER_S: u32 = 300;
const NOW: i64 = 1_795_582_800;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Started once more, it is the storage that the store stands on.
    S3::serve_if_told();
    measure()
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "this is its answer")]
async fn measure() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let answer = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "reports", folder] => reports(Path::new(folder), Place::folder(folder)).await?,
        [_, "servers", folder] => on_servers(Path::new(folder)).await?,
        [_, "inbox", folder, cases] => inbox(Path::new(folder), cases.parse()?).await?,
        _ => return Err("reports FOLDER, servers FOLDER, or inbox FOLDER CASES".into()),
    };
    println!("{answer}");
    Ok(())
}

/// On a PostgreSQL server that waits for the disk and an S3 server, both on this machine.
async fn on_servers(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let (postgres, storage) = (Postgres::durable()?, S3::start("storage")?);
    let mut place = Place::folder(folder);
    place.database = Some(postgres.address(&postgres.database(None)?).parse()?);
    place.files = Some(Bucket {
        address: format!("s3://{}", storage.bucket()?),
        endpoint: Some(storage.endpoint()),
        region: "us-east-1".into(),
        key_id: KEY.0.into(),
        secret: Secret::Text(KEY.1.into()),
        authority: None,
    });
    reports(folder, place).await
}

async fn house(place: impl Into<Place>) -> Result<Store, StoreError> {
    let store = Store::open(place, &[7; 64]).await?;
    if store.organisation("111").await.is_ok() {
        return Ok(store);
    }
    let card = Organisation {
        id: "111".into(),
        kind: OrganisationKind::Helpline,
        name: Texts::default(),
        about: Texts::default(),
        told_by_law: Texts::default(),
        hours: "always".into(),
        provinces: Vec::new(),
        recipient: None,
    };
    let notices = NoticeWays::default();
    store
        .add_organisation(OrganisationRecord {
            card,
            questions: String::new(),
            retention_days: None,
            notices,
            added_at: NOW,
            closed_at: None,
        })
        .await?;
    let invitation = Invitation { hash: [1; 32], organisation: "111".into(), role: Role::Intake, expires_at: NOW + 1 };
    store.invite(invitation).await?;
    let founder = NewMember {
        id: casework::MemberId([1; 16]),
        name: "an".into(),
        recipient: "age1".into(),
        wrapped_key: vec![1; 300],
        salt: vec![1; 16],
        sign_in: [1; 32],
        totp: None,
        founds: Some(("age1".into(), vec![1; 300])),
    };
    store.join([1; 32], founder, NOW).await?;
    Ok(store)
}

async fn reports(folder: &Path, place: Place) -> Result<String, Box<dyn std::error::Error>> {
    let syncs = syncs_per_s(folder)?;
    let store = house(place).await?;
    let begun = Instant::now();
    let mut flood = send(&store, 0, None).await?;
    let per_s = flood.len() as f64 / begun.elapsed().as_secs_f64();
    let mut stream = send(&store, 1, Some(Duration::from_secs(TASKS) / PER_S)).await?;
    let [flood, p99] = [&mut flood, &mut stream].map(|waits| percentile(waits, 99));
    let p50 = percentile(&mut stream, 50);
    store.close().await;
    Ok(format!(
        r#"{{"reports_per_s":{per_s:.1},"p99_at_that_rate_ms":{flood:.2},"p50_ms":{p50:.2},"p99_ms":{p99:.2},"disk_syncs_per_s":{syncs:.1}}}"#
    ))
}

/// Every task sends one report after the other, or one each time this long, whatever became of the one before: how long
/// each waited, from when it should have been sent.
async fn send(store: &Store, round: u64, every: Option<Duration>) -> Result<Vec<Duration>, StoreError> {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut waits = Vec::new();
                for i in 0_u32.. {
                    let mut asked = Instant::now();
                    if let Some(every) = every {
                        asked = begun + every * i + every / TASKS as u32 * task as u32;
                        tokio::time::sleep_until(asked.into()).await;
                    }
                    if asked.duration_since(begun) >= FOR {
                        break;
                    }
                    store.receive(report(round << 60 | task << 32 | u64::from(i)), NOW).await?;
                    waits.push(asked.elapsed());
                }
                Ok::<_, StoreError>(waits)
            })
        })
        .collect();
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await.map_err(std::io::Error::other)??);
    }
    Ok(waits)
}

/// How often a second this disk confirms 128 KiB appended to a file.
fn syncs_per_s(folder: &Path) -> std::io::Result<f64> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join("syncs");
    let mut file = File::create(&path)?;
    let piece = vec![0x5a; 128 * 1024];
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < Duration::from_secs(2) {
        file.write_all(&piece)?;
        file.sync_data()?;
        count += 1;
    }
    let per_s = f64::from(count) / begun.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(per_s)
}

fn report(number: u64) -> NewReport {
    let mut random = Random(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let grant = |organisation: Option<&str>, random: &mut Random| Grant {
        organisation: organisation.map(str::to_owned),
        epoch: 0,
        sealed: random.bytes(350),
    };
    NewReport {
        id: CaseId(random.array()),
        receipt: ReceiptRecord {
            locator: random.array(),
            verifier: random.array(),
            version: 1,
            recipient: "age1".into(),
            verify_key: random.array(),
        },
        recipient: "age1".into(),
        audience: None,
        facts: Facts::default(),
        grants: vec![grant(None, &mut random), grant(Some("111"), &mut random)],
        entries: (0..ENTRIES)
            .map(|_| NewEntry {
                kind: EntryKind::Message,
                sealed: random.bytes(ENTRY_BYTES),
                leaf: random.array(),
                files: Vec::new(),
            })
            .collect(),
    }
}

/// Cases as they would be after years: a tenth waits, the rest was answered; entries are short, or the disk would be
/// measured and not the index. Ids come in order, which fills fast, and times are scattered over them, so that a page of
/// an inbox still lies all over the file.
const FILL: &str = "
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
    INSERT INTO cases (id, locator, verifier, receipt_version, receipt_recipient, receipt_verify_key, recipient, epoch,
        audience, harm, urgency, age, sex, province, language, received_at)
    SELECT unhex(printf('%016x%016x', i * 1099511627776, i)), unhex(printf('%016x%016x', i * 1099511627776, 7)),
        randomblob(32), 1, hex(randomblob(31)), randomblob(32), hex(randomblob(31)),
        0, NULL, 'grooming', 'today', '12_15', NULL, '01', 'vi', 1700000000 + i * 7919 % 1000003 FROM n;
    INSERT INTO access (organisation, case_id, place, state, granted_at, opened_at, answered_at, news)
    SELECT '111', id, CASE rowid % 10 WHEN 0 THEN 1099511627776 + received_at ELSE 5497558138879 - received_at END,
        CASE rowid % 10 WHEN 0 THEN 'received' ELSE 'accepted' END, received_at, NULL,
        CASE rowid % 10 WHEN 0 THEN NULL ELSE received_at + 3600 END, 0 FROM cases;
    INSERT INTO grants (case_id, holder, epoch, sealed) SELECT id, '111', 0, zeroblob(4500)
        FROM cases WHERE rowid % 100 = 0;
    INSERT INTO entries (case_id, number, epoch, kind, author, at, leaf, sealed)
    SELECT c.id, e.i, 0, 'message', 'person', c.received_at, randomblob(32), randomblob(400)
        FROM cases c, (SELECT 0 AS i UNION SELECT 1 UNION SELECT 2) e;
    INSERT INTO openings (case_id, at, organisation, role, what)
    SELECT id, received_at, '111', 'intake', 'case' FROM cases WHERE rowid % 10 <> 0;
    ANALYZE;
    PRAGMA wal_checkpoint(TRUNCATE);";

async fn inbox(folder: &Path, cases: u32) -> Result<String, Box<dyn std::error::Error>> {
    let store = house(folder).await?;
    if store.inbox("111", View::All, None, 1).await?.is_empty() {
        let path = folder.join("haidang.sqlite");
        let mut filling = AnyConnection::connect(&format!("sqlite://{}", path.display())).await?;
        filling.execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;").await?;
        let sql = FILL.replace("$1", &cases.to_string());
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut filling).await?;
        filling.close().await?;
    }
    let (mut pages, mut opened, mut cards) = (Vec::new(), Vec::new(), Vec::new());
    let mut random = Random(42);
    let (first, mut behind) = (1_i64 << 40, None);
    for turn in 0..1500 {
        // From the beginning, from anywhere among who waits, from anywhere among the answered.
        let somewhere = (random.next() % 1_000_000).cast_signed();
        behind = match turn % 4 {
            0 => None,
            1 => Some((first + 1_700_000_000 + somewhere, CaseId([0; 16]))),
            2 => Some((first * 5 - 1 - 1_701_000_000 + somewhere, CaseId([0; 16]))),
            _ => behind,
        };
        let asked = Instant::now();
        let rows = store.inbox("111", View::All, behind, 50).await?;
        pages.push(asked.elapsed());
        let Some(row) = rows.get(usize::try_from(random.next() % 50)?) else { continue };
        behind = rows.last().map(|row| (row.place, row.id));
        let asked = Instant::now();
        store.access(row.id, "111").await?;
        store.case(row.id).await?;
        store.grants(row.id, Some("111")).await?;
        store.entries(row.id, 0).await?;
        store.accesses(row.id).await?;
        store.openings(row.id).await?;
        opened.push(asked.elapsed());
        let asked = Instant::now();
        store.answers_within("111").await?;
        cards.push(asked.elapsed());
    }
    let mut both: Vec<_> = pages.iter().chain(&opened).copied().collect();
    let [p99, inbox, case, card] = [&mut both, &mut pages, &mut opened, &mut cards].map(|w| percentile(w, 99));
    store.close().await;
    Ok(format!(
        r#"{{"cases":{cases},"p99_ms":{p99:.2},"inbox_p99_ms":{inbox:.2},"case_p99_ms":{case:.2},"card_p99_ms":{card:.2}}}"#
    ))
}

fn percentile(waits: &mut [Duration], percent: usize) -> f64 {
    waits.sort_unstable();
    let at = (waits.len() * percent / 100).min(waits.len().saturating_sub(1));
    waits.get(at).map_or(f64::NAN, |wait| wait.as_secs_f64() * 1000.0)
}

/// Xorshift: no two runs differ.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..length.div_ceil(8)).flat_map(|_| self.next().to_le_bytes()).collect();
        bytes.truncate(length);
        bytes
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        self.bytes(N).try_into().expect("as many as asked for")
    }
}
