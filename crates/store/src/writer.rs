//! The one task that writes.
//!
//! A key design decision: writes are closures over a connection, carried out by one task, several in one transaction,
//! each behind its own savepoint. SQLite lets one writer in at a time anyway, and PostgreSQL is asked to do so
//! ([`Engine::begin`]); this way nobody waits for a lock, a write that fails takes nothing with it, and a commit (one wait
//! for the disk) serves all who came while the last one ran.
//!
//! A write goes on when whoever asked for it has gone: it is done wholly or not at all, and who must hear of it is told
//! by this task, after the commit. A disk that is full or failing ends the whole transaction: everybody in it is told
//! so, and the next one begins on a fresh connection. A write that was refused because the disk failed may still be
//! there after a crash; so every write that comes from outside may be sent again.

use crate::{
    News, Store, StoreError,
    database::{self, Ends, Engine, Tellers},
};
use sqlx::{Acquire, Any as Sql, AnyConnection, Connection, Transaction};
use std::{
    any::Any,
    collections::VecDeque,
    fs::File,
    future::{Future, poll_fn},
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    time::Duration,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

#[cfg(test)]
mod tests;

/// Writes that wait; whoever comes then waits to be let in.
pub(crate) const WAITING: usize = 1024;
/// The most writes of one commit: bounds how long the first of them waits.
const OF_ONE_COMMIT: usize = 256;
/// How long a connection that broke may take to say goodbye.
const CLOSING: Duration = Duration::from_secs(1);

/// What a write gave, and the organisations that have news by it.
type Outcome = Result<(Box<dyn Any + Send>, Vec<News>), StoreError>;
type UnderWay<'c, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>;
type Work = Box<dyn for<'c> FnOnce(&'c mut AnyConnection) -> UnderWay<'c, (Box<dyn Any + Send>, Vec<News>)> + Send>;

pub(crate) enum Wish {
    Change(Change),
    /// What was deleted or overwritten leaves the disk.
    ForgetErased(oneshot::Sender<Result<(), StoreError>>),
    /// Ends the task; answered when the database is closed.
    Close(oneshot::Sender<()>),
}

pub(crate) struct Change {
    work: Work,
    answer: oneshot::Sender<Outcome>,
}

impl Store {
    /// Carries a change out. When it answers, the change is on the disk.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> UnderWay<'c, T> + Send + 'static,
    {
        self.ask(Box::new(move |connection| {
            let under_way = work(connection);
            Box::pin(async move { Ok((Box::new(under_way.await?) as Box<dyn Any + Send>, Vec::new())) })
        }))
        .await
    }

    /// The same for a change that also gives the organisations that have news by it; they are told after the commit.
    pub(crate) async fn write_and_tell<T, N, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        N: Into<News> + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> UnderWay<'c, (T, Vec<N>)> + Send + 'static,
    {
        self.ask(Box::new(move |connection| {
            let under_way = work(connection);
            Box::pin(async move {
                let (given, told) = under_way.await?;
                Ok((Box::new(given) as Box<dyn Any + Send>, told.into_iter().map(Into::into).collect()))
            })
        }))
        .await
    }

    async fn ask<T: 'static>(&self, work: Work) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.writer.send(Wish::Change(Change { work, answer })).await.map_err(|_| StoreError::Closing)?;
        let (given, _) = answered.await.map_err(|_| StoreError::Closing)??;
        Ok(*given.downcast::<T>().expect("the work gives what it was asked for"))
    }

    /// What was deleted or overwritten (`secure_delete`) is then gone from the disk: SQLite's log is cut, PostgreSQL's
    /// tables of keys are vacuumed.
    pub(crate) async fn forget_erased(&self) -> Result<(), StoreError> {
        let (answer, answered) = oneshot::channel();
        self.writer.send(Wish::ForgetErased(answer)).await.map_err(|_| StoreError::Closing)?;
        answered.await.map_err(|_| StoreError::Closing)?
    }
}

/// What the task owns. The lock on the folder is let go last.
pub(crate) struct Writer {
    pub engine: Engine,
    pub connection: Option<AnyConnection>,
    pub news: Tellers,
    pub lock: Option<File>,
    /// What other servers tell is passed on for as long as this one writes.
    pub hears: Option<Ends>,
}

impl Writer {
    /// Writes until the store is closed or dropped.
    pub async fn run(mut self, mut wishes: mpsc::Receiver<Wish>) {
        let (mut waiting, mut taken) = (VecDeque::new(), Vec::new());
        let closed = 'open: loop {
            if waiting.is_empty() && wishes.recv_many(&mut taken, OF_ONE_COMMIT).await == 0 {
                break None;
            }
            waiting.extend(taken.drain(..));
            let mut changes = VecDeque::new();
            while let Some(wish) = waiting.pop_front() {
                match wish {
                    Wish::Change(change) => changes.push_back(change),
                    Wish::ForgetErased(answer) => {
                        self.commit_all(&mut changes).await;
                        let _ = answer.send(self.forget_erased().await);
                    }
                    Wish::Close(closed) => {
                        self.commit_all(&mut changes).await;
                        break 'open Some(closed);
                    }
                }
            }
            self.commit_all(&mut changes).await;
        };
        wishes.close();
        if let Some(connection) = self.connection.take() {
            let _ = connection.close().await;
        }
        drop((self.hears.take(), self.lock.take()));
        if let Some(closed) = closed {
            let _ = closed.send(());
        }
    }

    /// One transaction; one more for each that a failing disk broke off.
    async fn commit_all(&mut self, changes: &mut VecDeque<Change>) {
        while !changes.is_empty() {
            if let Err(error) = self.connected().await {
                return refuse(changes.drain(..).map(|change| change.answer), &error);
            }
            let connection = self.connection.as_mut().expect("it was connected above");
            if let Ok(told) = commit(&self.engine, connection, changes).await {
                for news in told {
                    self.news.tell(news);
                }
            } else if let Some(connection) = self.connection.take() {
                // Where its transaction stands is uncertain: it is never used again.
                let _ = timeout(CLOSING, connection.close()).await;
            }
        }
    }

    async fn connected(&mut self) -> Result<(), StoreError> {
        if let Some(connection) = &mut self.connection
            && self.engine.is_alive(connection).await
        {
            return Ok(());
        }
        self.connection = Some(database::connect(&self.engine).await?);
        Ok(())
    }

    async fn forget_erased(&mut self) -> Result<(), StoreError> {
        self.connected().await?;
        self.engine.forget_erased(self.connection.as_mut().expect("it was connected above")).await
    }
}

/// One transaction for all that wait; whoever's part failed gets the error, the others their answer after the commit.
/// An error means that nothing of it stands, that everybody in it was told so, and that the connection can't be trusted
/// any more; what was not begun is left in `changes`.
async fn commit(
    engine: &Engine,
    connection: &mut AnyConnection,
    changes: &mut VecDeque<Change>,
) -> Result<Vec<News>, ()> {
    let (mut done, mut told) = (Vec::with_capacity(changes.len()), Vec::new());
    let committing = async {
        let mut transaction = connection.begin_with(engine.begin()).await?;
        while let Some(change) = changes.pop_front() {
            done.push((change.answer, Err(StoreError::Closing)));
            let outcome = part(&mut transaction, change.work).await?;
            if let Ok((_, news)) = &outcome {
                told.extend(news.iter().cloned());
            }
            done.last_mut().expect("it was pushed above").1 = outcome;
        }
        engine.tell_others(&mut transaction, &told).await?;
        transaction.commit().await
    };
    let committed = match engine.most_of_a_transaction() {
        None => committing.await,
        Some(most) => {
            let late = || sqlx::Error::Io(io::ErrorKind::TimedOut.into());
            timeout(most, committing).await.unwrap_or_else(|_| Err(late()))
        }
    };
    match committed {
        Ok(()) => {
            for (answer, outcome) in done {
                let _ = answer.send(outcome);
            }
            Ok(told)
        }
        Err(error) => {
            let error = StoreError::from(error);
            // A transaction that could not even begin takes those who waited for it with it.
            if done.is_empty() {
                refuse(changes.drain(..).map(|change| change.answer), &error);
            }
            refuse(done.into_iter().map(|(answer, _)| answer), &error);
            Err(())
        }
    }
}

/// One change behind its savepoint. The outer error means that the transaction itself is broken.
async fn part(transaction: &mut Transaction<'_, Sql>, work: Work) -> Result<Outcome, sqlx::Error> {
    let mut savepoint = transaction.begin().await?;
    let outcome = unless_it_panics(|| work(&mut savepoint)).await;
    if outcome.is_ok() {
        savepoint.commit().await?;
    } else {
        savepoint.rollback().await?;
    }
    Ok(outcome)
}

fn refuse(answers: impl Iterator<Item = oneshot::Sender<Outcome>>, error: &StoreError) {
    for answer in answers {
        let _ = answer.send(Err(error.clone()));
    }
}

/// A bug in one change must not stop the others for ever.
async fn unless_it_panics<'c, T>(work: impl FnOnce() -> UnderWay<'c, T>) -> Result<T, StoreError> {
    let Ok(mut under_way) = catch_unwind(AssertUnwindSafe(work)) else { return Err(StoreError::Bug) };
    let mut under_way = pin!(&mut under_way);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| under_way.as_mut().poll(context)));
        polled.unwrap_or(std::task::Poll::Ready(Err(StoreError::Bug)))
    })
    .await
}
