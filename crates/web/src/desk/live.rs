//! `GET /api/v1/desk/live`: "something is new", the moment it is, and never what.

use super::session::SignedIn;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_core::Stream;
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::sync::broadcast::{Receiver, error::RecvError};

pub(crate) async fn live(signed_in: SignedIn) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = News::new(signed_in.house.store.news(), signed_in.member.organisation);
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}

type Waiting = Pin<Box<dyn Future<Output = Option<(Receiver<Arc<str>>, String)>> + Send>>;

/// One event each time something changes for this organisation.
struct News(Waiting);

impl News {
    fn new(receiver: Receiver<Arc<str>>, organisation: String) -> Self {
        Self(Box::pin(next(receiver, organisation)))
    }
}

/// Waits for the next change. Whoever missed some is told as well: the inbox is read anew anyhow.
async fn next(mut receiver: Receiver<Arc<str>>, organisation: String) -> Option<(Receiver<Arc<str>>, String)> {
    loop {
        match receiver.recv().await {
            Ok(changed) if *changed != *organisation => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return Some((receiver, organisation)),
            Err(RecvError::Closed) => return None,
        }
    }
}

impl Stream for News {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Poll::Ready(changed) = self.0.as_mut().poll(context) else { return Poll::Pending };
        let Some((receiver, organisation)) = changed else { return Poll::Ready(None) };
        *self = Self::new(receiver, organisation);
        // An event without data is dropped by browsers.
        Poll::Ready(Some(Ok(Event::default().event("news").data("new"))))
    }
}
