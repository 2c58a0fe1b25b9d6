//! PostgreSQL: several servers side by side on one database.

use super::{CONNECTING, Ends, Engine, Tellers, connect, in_time};
use crate::{News, StoreError};
use sqlx::{
    AnyConnection, AnyPool, ConnectOptions, Executor, Row,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use std::{sync::atomic::Ordering, time::Duration};
use tokio::time::sleep;

/// Forward only, each kept as it was released; of the same number it is the same layout as SQLite's.
pub(super) const MIGRATIONS: &[(i64, &str, &str)] = &[
    (2, "first", include_str!("../../migrations/postgres/0002_first.sql")),
    (3, "stamps", include_str!("../../migrations/postgres/0003_stamps.sql")),
    (4, "retention", include_str!("../../migrations/postgres/0004_retention.sql")),
    (5, "pieces", include_str!("../../migrations/postgres/0005_pieces.sql")),
    (6, "forgotten", include_str!("../../migrations/postgres/0006_forgotten.sql")),
    (7, "work", include_str!("../../migrations/postgres/0007_work.sql")),
    (8, "replaced", include_str!("../../migrations/postgres/0008_replaced.sql")),
    (9, "ways in", include_str!("../../migrations/postgres/0009_ways_in.sql")),
    (10, "sharing", include_str!("../../migrations/postgres/0010_sharing.sql")),
    (11, "office", include_str!("../../migrations/postgres/0011_office.sql")),
    (12, "found", include_str!("../../migrations/postgres/0012_found.sql")),
];

/// What is acknowledged is on the server's disk, also where its settings would put it off. Who waits for the turn to
/// write waits as long as on SQLite; a server that was frozen in the middle of a transaction loses it, or all would wait.
pub(super) const SESSION: &str = "SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') = 'off'; \
    SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; SET client_min_messages = 'warning';";
/// Whoever reads can't write by mistake.
pub(super) const READERS: &str = "SET default_transaction_read_only = on;";

/// One writes at a time, whatever process it is in: each statement behind this sees all that was committed before, and
/// nothing changes under it. The number is ours alone; it is let go with the transaction.
pub(super) const BEGIN: &str = "BEGIN; SELECT pg_advisory_xact_lock(5209733112016);";
/// The same view for as long as it takes, which may be hours.
pub(super) const BEGIN_TO_READ: &str =
    "SET idle_in_transaction_session_timeout = 0; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;";
/// Held by everybody who has the store open, and by whoever moves it alone.
const HOUSE: i64 = 5_209_733_112_017;
/// Longer than any commit of ours; what takes longer hangs.
pub(super) const TRANSACTION: Duration = Duration::from_mins(1);

/// Where servers tell each other which organisation has news.
const CHANNEL: &str = "haidang_news";
const BETWEEN_TRIES: Duration = Duration::from_secs(1);
/// Parameters of an address that name a file.
const CERTIFICATES: [&str; 3] = ["sslrootcert", "sslcert", "sslkey"];
const TRIES: u32 = 30;

/// Who opens them later doesn't say which one is missing.
pub(super) fn certificates_are_there(engine: &Engine) -> Result<(), StoreError> {
    let named = engine.options.database_url.query_pairs().filter(|(name, _)| CERTIFICATES.contains(&&**name));
    for (_, path) in named.filter(|(_, path)| !path.starts_with("-----BEGIN")) {
        std::fs::File::open(&*path).map_err(|error| StoreError::Tls(format!("{path}: {error}")))?;
    }
    Ok(())
}

/// A connection to a database that can hold our texts.
pub(super) async fn connect_checked(engine: &Engine) -> Result<AnyConnection, StoreError> {
    let mut connection = connect(engine).await?;
    let encoding: String = connection.fetch_one("SELECT current_setting('server_encoding')").await?.try_get(0)?;
    if encoding == "UTF8" { Ok(connection) } else { Err(StoreError::Encoding(encoding)) }
}

/// Whether nothing of ours was made in it yet.
pub(super) async fn is_empty(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    let sql = "SELECT CAST(to_regclass('_sqlx_migrations') AS TEXT)";
    Ok(connection.fetch_one(sql).await?.try_get::<Option<String>, _>(0)?.is_none())
}

/// Tells the others that this house is open here, for as long as the connection lives. A connection that was just closed
/// takes a moment to go.
pub(super) async fn enter(connection: &mut AnyConnection, alone: bool) -> Result<(), StoreError> {
    let sql = if alone { "SELECT pg_try_advisory_lock($1)" } else { "SELECT pg_try_advisory_lock_shared($1)" };
    for _ in 0..TRIES {
        if sqlx::query(sql).bind(HOUSE).fetch_one(&mut *connection).await?.try_get(0)? {
            return Ok(());
        }
        sleep(BETWEEN_TRIES / 10).await;
    }
    Err(StoreError::InUse)
}

/// By which the server knows this connection.
pub(super) async fn number(connection: &mut AnyConnection) -> Result<u32, sqlx::Error> {
    let number: i32 = connection.fetch_one("SELECT pg_backend_pid()").await?.try_get(0)?;
    Ok(number.cast_unsigned())
}

pub(super) async fn tell_others(c: &mut AnyConnection, news: &[News]) -> Result<(), sqlx::Error> {
    for News { organisation, .. } in news {
        let sql = "SELECT 1 FROM pg_notify('haidang_news', $1)";
        sqlx::query(sql).bind(organisation.clone()).execute(&mut *c).await?;
    }
    Ok(())
}

/// Clears deleted keys out of their tables' pages, as far as PostgreSQL does that: docs/operate.md says what it leaves.
/// Looks only at pages that changed; where another server is at it already, it does it for both.
pub(super) async fn vacuum(connection: &mut AnyConnection) -> Result<(), StoreError> {
    connection.execute("VACUUM (SKIP_LOCKED) grants, member_keys").await?;
    Ok(())
}

/// Passes on what other servers tell, for as long as what comes back is kept.
pub(super) async fn hear(engine: &Engine, news: &Tellers, reader: AnyPool) -> Result<Ends, StoreError> {
    let mut listener = Some(listen(engine).await?);
    let (engine, news) = (engine.clone(), news.clone());
    let hearing = async move {
        loop {
            let Some(hears) = &mut listener else {
                sleep(BETWEEN_TRIES).await;
                listener = listen(&engine).await.ok();
                if listener.is_some() {
                    tell_all(&news, &reader).await;
                }
                continue;
            };
            match hears.try_recv().await {
                Ok(Some(told)) if told.process_id() == engine.own.load(Ordering::Relaxed) => {}
                Ok(Some(told)) => news.pass_on(told.payload()),
                Ok(None) | Err(_) => listener = None,
            }
        }
    };
    Ok(Ends(tokio::spawn(hearing).abort_handle()))
}

async fn listen(engine: &Engine) -> Result<PgListener, StoreError> {
    let options = PgConnectOptions::from_url(&engine.options.database_url)?;
    let one = PgPoolOptions::new().max_connections(1).acquire_timeout(CONNECTING).idle_timeout(None).max_lifetime(None);
    in_time(async {
        let mut listener = PgListener::connect_with(&one.connect_with(options).await?).await?;
        listener.listen(CHANNEL).await?;
        Ok(listener)
    })
    .await
}

/// Whatever was told while nobody listened: an inbox that is read once too often does no harm.
async fn tell_all(news: &Tellers, reader: &AnyPool) {
    let rows = sqlx::query("SELECT id FROM organisations WHERE closed_at IS NULL").fetch_all(reader).await;
    for id in rows.unwrap_or_default().iter().filter_map(|row| row.try_get::<String, _>(0).ok()) {
        news.pass_on(&id);
    }
}
