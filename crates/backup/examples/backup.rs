//! How long a backup of a large house takes, and bringing it back.
//!
//! `cargo run --release -p backup --example backup -- FOLDER CASES BYTES` fills a house with so many cases and so many
//! bytes of files of 1 MiB, takes a first backup, a second one after 1,000 cases more, and brings the second one back once
//! the house is gone, as after a fire (so that the disk never holds more than two of the three). One line of JSON. Beside it stands what the disk alone takes to write as many bytes (copied in
//! pieces of 1 MiB, each file synced): no backup on this disk is faster.

use backup::{Identity, Wish};
use sqlx::{AnyConnection, Connection, Executor};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
    time::Instant,
};
use store::{Place, Store};

const NOW: i64 = 1_795_582_800;
const FILE: u64 = 1024 * 1024;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "this is its answer")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, folder, cases, bytes] = &args[..] else { return Err("FOLDER CASES BYTES".into()) };
    let (folder, files) = (Path::new(folder), bytes.parse::<u64>()?.div_ceil(FILE));
    let (house, backups, again) = (folder.join("house"), folder.join("backups"), folder.join("again"));
    for left in [&house, &backups, &again] {
        if left.exists() {
            fs::remove_dir_all(left)?;
        }
    }
    fill(&house, cases.parse()?, files).await?;
    let key = Identity::generate();
    let store = Store::open(house.as_path(), &[7; 64]).await?;
    let wish = |now| Wish { folder: &backups, to: TO.get_or_init(|| key.recipient()), days: 30, now };
    let begun = Instant::now();
    let first = backup::take(&store, &wish(NOW), &mut |_| ()).await?;
    let first_s = begun.elapsed().as_secs_f64();
    more(&house, 1000).await?;
    let begun = Instant::now();
    let second = backup::take(&store, &wish(NOW + 1), &mut |_| ()).await?;
    let second_s = begun.elapsed().as_secs_f64();
    store.close().await;
    fs::remove_dir_all(&house)?;
    let disk_s = write_alone(folder, first.bytes)?;
    let begun = Instant::now();
    let place = Place::folder(&again);
    let restored = backup::restore(&backups, second.at, &key, &place, &mut |_| ()).await?;
    let restore_s = begun.elapsed().as_secs_f64();
    println!(
        r#"{{"cases":{},"bytes":{},"backup_s":{first_s:.2},"next_backup_s":{second_s:.2},"next_backup_bytes":{},"restore_s":{restore_s:.2},"disk_s":{disk_s:.2}}}"#,
        restored.cases, first.bytes, second.new_bytes
    );
    Ok(())
}

static TO: std::sync::OnceLock<backup::Recipient> = std::sync::OnceLock::new();

/// Cases as they are after years: a receipt's and an organisation's key, three short entries, somebody who looked.
const FILL: &str = "
    CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
        SELECT randomblob(16) AS id FROM n;
    INSERT INTO cases (id, locator, verifier, receipt_version, receipt_recipient, receipt_verify_key, recipient, epoch,
        harm, urgency, language, received_at)
    SELECT id, randomblob(16), randomblob(32), 1, hex(randomblob(31)), randomblob(32), hex(randomblob(31)), 0,
        'grooming', 'today', 'vi', 1795000000 FROM n ORDER BY id;
    INSERT INTO access (organisation, case_id, place, state, granted_at, news, touched_at)
    SELECT '111', id, 1, 'received', 1795000000, 0, 1795000000 FROM n ORDER BY id;
    INSERT INTO grants (case_id, holder, epoch, sealed)
    SELECT id, h.holder, 0, CAST(zeroblob(512) || randomblob(400) || zeroblob(3588) AS BLOB)
        FROM n, (SELECT 'receipt' AS holder UNION SELECT '111') h ORDER BY id;
    INSERT INTO entries (case_id, number, epoch, kind, author, at, leaf, sealed)
    SELECT id, e.i, 0, 'message', 'person', 1795000000, randomblob(32), randomblob(900)
        FROM n, (SELECT 0 AS i UNION SELECT 1 UNION SELECT 2) e ORDER BY id;
    INSERT INTO openings (case_id, at, organisation, role, what) SELECT id, 1795000001, '111', 'intake', 'case' FROM n;
    DROP TABLE n;
";

async fn fill(house: &Path, cases: u64, files: u64) -> Result<(), Box<dyn std::error::Error>> {
    let store = Store::open(house, &[7; 64]).await?;
    store.close().await;
    let mut connection = connect(house).await?;
    let organisation = "INSERT INTO organisations (id, kind, name_vi, name_en, about_vi, about_en, law_vi, law_en, hours, \
                        provinces, questions, recipient, added_at) \
                        VALUES ('111', 'helpline', '', '', '', '', '', '', 'always', '', '', 'age1', 0)";
    connection.execute(organisation).await?;
    insert(&mut connection, cases).await?;
    let named = "INSERT INTO files (id, case_id, entry, size, received, touched_at) \
                 VALUES (unhex(printf('%032x', $1)), (SELECT id FROM cases LIMIT 1), 0, $2, $2, 0)";
    let mut state: u64 = 1;
    connection.execute("BEGIN").await?;
    for number in 0..files {
        let bytes: Vec<u8> = (0..FILE / 8)
            .flat_map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()
            })
            .collect();
        // Names as ids are: spread over the folders.
        let id = format!("{:032x}", u128::from(number) << 96 | u128::from(number));
        let path = house.join("files").join(&id[..2]);
        fs::create_dir_all(&path)?;
        fs::write(path.join(&id), bytes)?;
        let sql = named.replace("printf('%032x', $1)", &format!("'{id}'")).replace("$2", &FILE.to_string());
        connection.execute(sqlx::AssertSqlSafe(sql)).await?;
    }
    connection.execute("COMMIT").await?;
    connection.close().await?;
    Ok(())
}

async fn more(house: &Path, cases: u64) -> Result<(), Box<dyn std::error::Error>> {
    let mut connection = connect(house).await?;
    insert(&mut connection, cases).await?;
    connection.close().await?;
    Ok(())
}

async fn insert(connection: &mut AnyConnection, cases: u64) -> Result<(), sqlx::Error> {
    for statement in FILL.split(';').filter(|statement| !statement.trim().is_empty()) {
        let sql = statement.replace("$1", &cases.to_string());
        connection.execute(sqlx::AssertSqlSafe(sql)).await?;
    }
    Ok(())
}

async fn connect(house: &Path) -> Result<AnyConnection, sqlx::Error> {
    let path = house.join("haidang.sqlite");
    AnyConnection::connect(&format!("sqlite://{}?mode=rw", path.display())).await
}

/// What the disk itself takes.
fn write_alone(folder: &Path, bytes: u64) -> io::Result<f64> {
    let alone = folder.join("alone");
    fs::create_dir_all(&alone)?;
    let piece = vec![0x5a; FILE as usize];
    let begun = Instant::now();
    for number in 0..bytes.div_ceil(FILE) {
        let mut file = File::create(alone.join(number.to_string()))?;
        file.write_all(&piece)?;
        file.sync_all()?;
    }
    let seconds = begun.elapsed().as_secs_f64();
    fs::remove_dir_all(alone)?;
    Ok(seconds)
}
