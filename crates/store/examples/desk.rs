//! A house whose desk has been worked at for years, for measuring it.
//!
//! - `… --example desk -- fill FOLDER CASES EVENTS REPORTS [POSTGRES]` fills an organisation `111` with so many cases, a
//!   tenth of them open, so many events a case (at most 10), and reports that just came; 200 members, each signed in. One
//!   line of JSON says who: `members`, each with the token of her session.
//! - `… -- rebuild FOLDER` takes away all that is read of the work on them, makes it anew out of the events, and says how
//!   long that took and how much memory.

use casework::{
    CaseId, Facts, ItemId, MemberId, Organisation, Texts,
    clock::{ANSWERED, OVER},
    work::{Actor, Change, NewTask, Now, Reading, Work},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Connection, Executor};
use std::{path::Path, time::Instant};
use store::{
    Grant, Invitation, NewEntry, NewMember, NewReport, NoticeWays, OrganisationRecord, Place, ReceiptRecord, Store,
};
use vocabulary::{
    AgeBand, Closing, EntryKind, FollowUp, Ground, Harm, NoteKind, OrganisationKind, Outcome, Risk, Role, ServiceKind,
    TaskKind, Urgency,
};

const ORGANISATION: &str = "111";
/// Another, to refer to.
const OTHER: &str = "shelter";
const STAFF: usize = 200;
const HOUR: i64 = 3600;

type Answer = Result<String, Box<dyn std::error::Error>>;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "this is its answer")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    sqlx::any::install_default_drivers();
    let args: Vec<String> = std::env::args().collect();
    let answer = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "fill", folder, cases, events, reports] => {
            fill(Path::new(folder), None, [cases.parse()?, events.parse()?, reports.parse()?]).await?
        }
        [_, "fill", folder, cases, events, reports, postgres] => {
            fill(Path::new(folder), Some(postgres), [cases.parse()?, events.parse()?, reports.parse()?]).await?
        }
        [_, "rebuild", folder] => rebuild(Path::new(folder)).await?,
        _ => return Err("fill FOLDER CASES EVENTS REPORTS [POSTGRES], or rebuild FOLDER".into()),
    };
    println!("{answer}");
    Ok(())
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs().cast_signed())
}

fn bytes<const N: usize>(seed: &str) -> [u8; N] {
    Sha256::digest(seed)[..N].try_into().expect("at most 32")
}

async fn fill(folder: &Path, postgres: Option<&str>, [cases, events, reports]: [i64; 3]) -> Answer {
    let mut place = Place::folder(folder);
    place.database = postgres.map(str::parse).transpose().map_err(|_| "the address of a database")?;
    let store = Store::open(place, &[7; 64]).await?;
    for id in [ORGANISATION, OTHER] {
        store.add_organisation(organisation(id)).await?;
    }
    let key = seal::Identity::generate();
    let mut members = Vec::new();
    for number in 0..=STAFF {
        // The last one works at the other organisation.
        let at = if number < STAFF { ORGANISATION } else { OTHER };
        let founds = (number == 0 || at == OTHER).then(|| (key.recipient().to_string(), vec![1; 300]));
        members.push(join(&store, at, number, founds).await?);
    }
    for number in 0..reports {
        store.receive(report(number, &key), now()).await?;
    }
    store.close().await;
    let address =
        postgres.map_or_else(|| format!("sqlite://{}", folder.join("haidang.sqlite").display()), str::to_owned);
    let mut filling = AnyConnection::connect(&address).await?;
    if postgres.is_none() {
        filling.execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;").await?;
    }
    for sql in statements(postgres.is_some(), cases, events, &members) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut filling).await?;
    }
    filling.close().await?;
    let members: Vec<_> =
        (0..STAFF).map(|number| json!({"id": members[number], "token": hex(&token(number))})).collect();
    Ok(json!({"members": members, "recipient": key.recipient().to_string()}).to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn token(number: usize) -> [u8; 32] {
    bytes(&format!("session {number}"))
}

fn organisation(id: &str) -> OrganisationRecord {
    let card = Organisation {
        id: id.into(),
        kind: OrganisationKind::Helpline,
        name: Texts::default(),
        about: Texts::default(),
        told_by_law: Texts::default(),
        hours: "always".into(),
        provinces: Vec::new(),
        recipient: None,
    };
    let (questions, notices) = (String::new(), NoticeWays::default());
    OrganisationRecord { card, questions, retention_days: None, notices, added_at: 0, closed_at: None }
}

async fn join(
    store: &Store,
    at: &str,
    number: usize,
    founds: Option<(String, Vec<u8>)>,
) -> Result<MemberId, Box<dyn std::error::Error>> {
    let hash = bytes(&format!("invitation {number}"));
    let role = if number.is_multiple_of(20) { Role::Supervisor } else { Role::Caseworker };
    store.invite(Invitation { hash, organisation: at.into(), role, expires_at: i64::MAX }).await?;
    let member = NewMember {
        id: MemberId(bytes(&format!("member {number}"))),
        name: format!("member {number}"),
        recipient: "age1".into(),
        wrapped_key: vec![1; 300],
        salt: vec![1; 16],
        sign_in: [1; 32],
        totp: None,
        founds,
    };
    let id = store.join(hash, member, now()).await?.id;
    store.open_session(Sha256::digest(token(number)).into(), id, now()).await?;
    Ok(id)
}

/// Ten entries of 4 KB, as a report with a few screenshots' descriptions has.
fn report(number: i64, organisation: &seal::Identity) -> NewReport {
    let case = seal::Identity::generate();
    let recipient = case.recipient();
    let entry = |index: i64| {
        let mut sealed = b"age-encryption.org/v1\n".to_vec();
        sealed.extend((0..4000).map(|at: i64| (at * 31 + index) as u8));
        NewEntry { kind: EntryKind::Message, sealed, leaf: bytes(&format!("leaf {number} {index}")), files: Vec::new() }
    };
    let grant = |holder: Option<&str>| Grant {
        organisation: holder.map(str::to_owned),
        epoch: 0,
        sealed: seal::grant::seal(seal::grant::Kind::Case, &case, &organisation.recipient()),
    };
    NewReport {
        id: CaseId(bytes(&format!("report {number}"))),
        receipt: ReceiptRecord {
            locator: bytes(&format!("locator {number}")),
            verifier: [1; 32],
            version: 1,
            recipient: recipient.to_string(),
            verify_key: [1; 32],
        },
        recipient: recipient.to_string(),
        audience: None,
        // No child's: her consent alone allows a referral.
        facts: Facts { harm: Some(Harm::Harassment), age: Some(AgeBand::From25To59), ..facts() },
        grants: vec![grant(None), grant(Some(ORGANISATION))],
        entries: (0..10).map(entry).collect(),
    }
}

fn facts() -> Facts {
    Facts {
        harm: Some(Harm::Grooming),
        urgency: Some(Urgency::Today),
        age: Some(AgeBand::From12To15),
        ..Facts::default()
    }
}

/// What happens to a case, and when: the same in each, by whoever answers for it.
fn life(owner: MemberId) -> [(i64, Change); 10] {
    let task = ItemId([9; 16]);
    let at = 1_790_000_000;
    let set = NewTask { task, what: TaskKind::Call, due: at + 100 * HOUR, owner: None };
    [
        (at, Change::Read { what: Reading::Case }),
        (at + 60, Change::Accepted { owner, next: None }),
        (at + 90, Change::Answered),
        (at + 600, Change::Assessed { risk: Risk::Medium, urgency: None }),
        (at + 700, Change::TaskSet { set }),
        (at + 800, Change::Noted { about: NoteKind::Note }),
        (at + 20 * HOUR, Change::TaskDone { task, next: None }),
        (at + 21 * HOUR, Change::Served { what: ServiceKind::Psychological }),
        (at + 24 * HOUR, Change::FollowedUp { which: FollowUp::Day1, reached: true, next: None }),
        (at + 30 * HOUR, Change::Closed { reason: Closing::GoalsMet, outcome: Outcome::Stopped }),
    ]
}

/// The work after the first of these.
fn work(owner: MemberId, events: usize) -> Work {
    let mut work = Work::new(Ground::PersonLetIn);
    let by = Actor::Member(owner, Role::Caseworker);
    for (at, change) in life(owner).into_iter().take(events) {
        work.apply(&change, &Now { facts: &facts(), at, by: &by });
    }
    work
}

/// What differs between the two databases, then the same statements for both. Ids are scattered as random ones are, so
/// that a page lies all over the file.
fn statements(postgres: bool, cases: i64, events: i64, members: &[MemberId]) -> Vec<String> {
    let [series, id, random, blob] = if postgres {
        [
            "WITH n (i) AS (SELECT generate_series(1::bigint, @cases))",
            "decode(lpad(to_hex(i * 7919 % 1000003), 8, '0') || lpad(to_hex(i), 24, '0'), 'hex')",
            "decode(md5(random()::text) || md5(random()::text), 'hex')",
            "decode('@hex', 'hex')",
        ]
    } else {
        [
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @cases)",
            "unhex(printf('%08x%024x', i * 7919 % 1000003, i))",
            "randomblob(32)",
            "x'@hex'",
        ]
    };
    let series = series.replace("@cases", &cases.to_string());
    // In a text that any id may stand in for.
    let nobody = MemberId([0xee; 16]);
    let for_owner = |text: String| text.replace('\'', "''").replace(&nobody.to_string(), "@owner");
    let mut all = vec![
        "CREATE TEMP TABLE owners (j BIGINT, id TEXT, raw BYTEA)"
            .replace("BYTEA", if postgres { "BYTEA" } else { "BLOB" }),
        "CREATE TEMP TABLE life (k BIGINT, at BIGINT, body TEXT)".into(),
    ];
    for (number, member) in members.iter().take(STAFF).enumerate() {
        let raw = blob.replace("@hex", &member.to_string());
        all.push(format!("INSERT INTO owners VALUES ({number}, '{member}', {raw})"));
    }
    let events = usize::try_from(events).unwrap_or(0);
    for (number, (at, change)) in life(nobody).into_iter().take(events).enumerate() {
        let body = for_owner(serde_json::to_string(&change).expect("a change is JSON"));
        all.push(format!("INSERT INTO life VALUES ({number}, {at}, '{body}')"));
    }
    let stands = |events| for_owner(serde_json::to_string(&work(nobody, events)).expect("a work is JSON"));
    let (open, closed) = (stands(events.min(9)), stands(events));
    let (now, last) = (now(), (1_i64 << 40) - 1);
    // A fiftieth waits unopened, a tenth is open in all.
    let kind = "CASE WHEN i % 50 = 0 THEN 0 WHEN i % 10 = 0 THEN 1 ELSE 2 END";
    all.push(format!(
        "CREATE TEMP TABLE all_cases AS {series} SELECT i, {id} AS id, {kind} AS kind, i / 10 % {STAFF} AS j, \
         1700000000 + i * 6101 % 90000049 AS at, {now} - 400000 + i * 7919 % 1000003 AS due FROM n"
    ));
    all.push(format!(
        "INSERT INTO cases (id, locator, verifier, receipt_version, receipt_recipient, receipt_verify_key, recipient, epoch, \
         harm, urgency, age, province, language, received_at) \
         SELECT id, id, {random}, 1, 'age1', {random}, 'age1', 0, 'grooming', 'today', '12_15', '01', 'vi', at \
         FROM all_cases ORDER BY id"
    ));
    let urgency = "(i / 10 % 4) * 1099511627776";
    all.push(format!(
        "INSERT INTO access (organisation, case_id, place, state, granted_at, opened_at, answered_at, news, touched_at, \
         status, owner, next_due, waits_since) \
         SELECT '{ORGANISATION}', a.id, CASE kind WHEN 0 THEN {urgency} + due WHEN 1 THEN {ANSWERED} + due \
         ELSE {OVER} + {last} - at END, CASE kind WHEN 0 THEN 'received' ELSE 'accepted' END, at, \
         CASE kind WHEN 0 THEN NULL ELSE at + 60 END, CASE kind WHEN 0 THEN NULL ELSE at + 90 END, 0, at, \
         CASE kind WHEN 0 THEN 'new' WHEN 1 THEN 'open' ELSE 'closed' END, CASE kind WHEN 0 THEN NULL ELSE o.raw END, \
         CASE kind WHEN 1 THEN due ELSE NULL END, CASE kind WHEN 0 THEN due - 86400 ELSE NULL END \
         FROM all_cases a JOIN owners o ON o.j = a.j ORDER BY a.id"
    ));
    all.push(format!(
        "INSERT INTO hands (case_id, organisation, member, place) SELECT a.id, '{ORGANISATION}', o.raw, {ANSWERED} + due \
         FROM all_cases a JOIN owners o ON o.j = a.j WHERE kind = 1 ORDER BY a.id"
    ));
    if events > 0 {
        all.push(format!(
            "INSERT INTO work (case_id, organisation, state) SELECT a.id, '{ORGANISATION}', \
             replace(CASE kind WHEN 2 THEN '{closed}' ELSE '{open}' END, '@owner', o.id) \
             FROM all_cases a JOIN owners o ON o.j = a.j WHERE kind > 0 ORDER BY a.id"
        ));
        // An open one lacks the closing; what nobody has opened has no event.
        all.push(format!(
            "INSERT INTO events (organisation, number, case_id, at, actor, body, nonce, leaf, chain) \
             SELECT '{ORGANISATION}', 1000000 + i * 10 + k, a.id, l.at, 'member:' || o.id || ':caseworker', \
             replace(l.body, '@owner', o.id), {random}, {random}, {random} \
             FROM all_cases a JOIN owners o ON o.j = a.j JOIN life l ON k < CASE kind WHEN 2 THEN 10 ELSE 9 END \
             WHERE kind > 0 ORDER BY i, k"
        ));
    }
    all.push("ANALYZE".into());
    if !postgres {
        all.push("PRAGMA wal_checkpoint(TRUNCATE)".into());
    }
    all
}

async fn rebuild(folder: &Path) -> Answer {
    let mut emptying = AnyConnection::connect(&format!("sqlite://{}", folder.join("haidang.sqlite").display())).await?;
    emptying.execute("DELETE FROM work; DELETE FROM hands; PRAGMA wal_checkpoint(TRUNCATE);").await?;
    emptying.close().await?;
    let store = Store::open(folder, &[7; 64]).await?;
    let begun = Instant::now();
    let rebuilt = store.rebuild().await?;
    let lost_s = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let again = store.rebuild().await?;
    let stands_s = begun.elapsed().as_secs_f64();
    store.close().await;
    let peak = std::fs::read_to_string("/proc/self/status")?;
    let peak = peak.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("VmHWM")?;
    let peak: f64 = peak.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(json!({
        "events": rebuilt.events, "cases": rebuilt.cases, "mended": rebuilt.mended, "lost_s": lost_s,
        "differing_afterwards": again.mended, "stands_s": stands_s, "peak_mib": peak / 1024.0,
    })
    .to_string())
}
