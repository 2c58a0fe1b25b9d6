//! What one change may do to the others, and what not.

use crate::{Store, StoreError};
use sqlx::{Acquire, AnyConnection, Row};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

async fn house() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &[7; 64]).await.unwrap();
    (folder, store)
}

async fn put(c: &mut AnyConnection, name: &str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO house (name, value) VALUES ($1, $2)")
        .bind(name.to_owned())
        .bind(&[1_u8][..])
        .execute(c)
        .await?;
    Ok(())
}

async fn names(store: &Store) -> Vec<String> {
    let sql = "SELECT name FROM house WHERE name NOT IN ('receipt_salt', 'signing_seed', 'files') ORDER BY name";
    let rows = sqlx::query(sql).fetch_all(&store.reader).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Holds the writer up, so that whatever is asked meanwhile shares one transaction.
async fn held_up(store: &Store) -> (oneshot::Sender<()>, JoinHandle<Result<(), StoreError>>) {
    let (go, gone) = oneshot::channel();
    let (begun, has_begun) = oneshot::channel();
    let store = store.clone();
    let holding = tokio::spawn(async move {
        store
            .write(move |_| {
                Box::pin(async move {
                    begun.send(()).unwrap();
                    gone.await.unwrap();
                    Ok(())
                })
            })
            .await
    });
    has_begun.await.unwrap();
    (go, holding)
}

#[derive(Clone, Copy)]
enum Does {
    Well,
    FailingSql,
    NestedAndFails,
    PanicsAtOnce,
    PanicsHalfWay,
    BreaksTheTransaction,
}

fn change(store: &Store, name: &'static str, does: Does) -> JoinHandle<Result<(), StoreError>> {
    let store = store.clone();
    tokio::spawn(async move {
        store
            .write(move |c| {
                assert!(!matches!(does, Does::PanicsAtOnce), "a bug");
                Box::pin(async move {
                    put(c, name).await?;
                    match does {
                        Does::Well => Ok(()),
                        // The same name again: SQL that fails.
                        Does::FailingSql => put(c, name).await,
                        Does::NestedAndFails => {
                            let mut inner = c.begin().await?;
                            put(&mut inner, "inner").await?;
                            Err(StoreError::Absent("reason"))
                        }
                        Does::PanicsAtOnce | Does::PanicsHalfWay => panic!("a bug"),
                        // As SQLite does by itself where the disk fails.
                        Does::BreaksTheTransaction => {
                            sqlx::query("ROLLBACK").execute(c).await?;
                            Err(StoreError::Absent("disk"))
                        }
                    }
                })
            })
            .await
    })
}

#[tokio::test]
async fn a_change_that_fails_or_panics_takes_nothing_with_it() {
    let (_folder, store) = house().await;
    let (go, holding) = held_up(&store).await;
    let before = change(&store, "before", Does::Well);
    let sql = change(&store, "sql", Does::FailingSql);
    let nested = change(&store, "nested", Does::NestedAndFails);
    let at_once = change(&store, "at once", Does::PanicsAtOnce);
    let half_way = change(&store, "half way", Does::PanicsHalfWay);
    let after = change(&store, "after", Does::Well);
    tokio::task::yield_now().await;
    go.send(()).unwrap();
    holding.await.unwrap().unwrap();
    before.await.unwrap().unwrap();
    after.await.unwrap().unwrap();
    assert!(matches!(sql.await.unwrap(), Err(StoreError::Database(_))));
    assert!(matches!(nested.await.unwrap(), Err(StoreError::Absent("reason"))));
    assert!(matches!(at_once.await.unwrap(), Err(StoreError::Bug)));
    assert!(matches!(half_way.await.unwrap(), Err(StoreError::Bug)));
    assert_eq!(names(&store).await, ["after", "before"]);
}

#[tokio::test]
async fn a_broken_transaction_is_told_to_all_in_it_and_the_next_one_works() {
    let (_folder, store) = house().await;
    let (go, holding) = held_up(&store).await;
    let before = change(&store, "before", Does::Well);
    let breaks = change(&store, "breaks", Does::BreaksTheTransaction);
    let after = change(&store, "after", Does::Well);
    tokio::task::yield_now().await;
    go.send(()).unwrap();
    holding.await.unwrap().unwrap();
    assert!(
        matches!(before.await.unwrap(), Err(StoreError::Database(_))),
        "it was rolled back, so it is not acknowledged"
    );
    assert!(matches!(breaks.await.unwrap(), Err(StoreError::Database(_))));
    after.await.unwrap().unwrap();
    change(&store, "before", Does::Well).await.unwrap().unwrap();
    assert_eq!(names(&store).await, ["after", "before"]);
    store.forget_erased().await.unwrap();
}

#[tokio::test]
async fn a_change_is_done_when_its_caller_has_gone() {
    let (_folder, store) = house().await;
    let (go, holding) = held_up(&store).await;
    let gone = change(&store, "gone", Does::Well);
    tokio::task::yield_now().await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    go.send(()).unwrap();
    holding.await.unwrap().unwrap();
    change(&store, "later", Does::Well).await.unwrap().unwrap();
    assert_eq!(names(&store).await, ["gone", "later"]);
}

#[tokio::test]
async fn readers_can_not_write() {
    let (_folder, store) = house().await;
    let refused = sqlx::query("DELETE FROM house").execute(&store.reader).await;
    assert!(refused.unwrap_err().to_string().contains("readonly"));
}
