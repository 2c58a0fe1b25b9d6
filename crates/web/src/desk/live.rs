//! `GET /api/v1/desk/live`: "something is new", the moment it is, and never what. It ends with the session.

use super::session::SignedIn;
use crate::{Site, site::House};
use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_core::Stream;
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep_until, timeout},
};

/// How long a stream may outlast its session where nothing is new.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Two changes within this time are told as one: with two hundred people at work something changes all the time, and at
/// each of these words every page reads its queue.
const APART: Duration = Duration::from_secs(2);

pub(crate) async fn live(
    State(site): State<Site>,
    signed_in: SignedIn,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (house, hash) = (signed_in.house, signed_in.hash);
    let organisation = signed_in.member.organisation;
    let desk = Desk { news: house.store.news(), house, hash, site, organisation, told_at: None };
    Sse::new(News(Box::pin(desk.next()))).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}

/// Whoever watches, and what for.
struct Desk {
    news: Receiver<Arc<str>>,
    house: Arc<House>,
    hash: [u8; 32],
    site: Site,
    organisation: String,
    told_at: Option<Instant>,
}

impl Desk {
    /// Waits for the next change; none once nobody is signed in any more. Whoever missed some is told as well: the
    /// inbox is read anew anyhow.
    async fn next(mut self) -> Option<Self> {
        if let Some(told_at) = self.told_at {
            sleep_until(told_at + APART).await;
        }
        loop {
            let heard = timeout(LOOK_EVERY, self.news.recv()).await;
            let is_news = match heard {
                Ok(Ok(changed)) if *changed != *self.organisation => continue,
                Ok(Err(RecvError::Closed)) => return None,
                Ok(Ok(_) | Err(RecvError::Lagged(_))) => true,
                Err(_) => false,
            };
            self.house.store.glance(self.hash, self.site.seconds()).await.ok()?;
            if is_news {
                // All that is known by now is told with it.
                self.news = self.news.resubscribe();
                self.told_at = Some(Instant::now());
                return Some(self);
            }
        }
    }
}

/// One event each time something changes for this organisation.
struct News(Pin<Box<dyn Future<Output = Option<Desk>> + Send>>);

impl Stream for News {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Poll::Ready(changed) = self.0.as_mut().poll(context) else { return Poll::Pending };
        let Some(desk) = changed else { return Poll::Ready(None) };
        self.0 = Box::pin(desk.next());
        // An event without data is dropped by browsers.
        Poll::Ready(Some(Ok(Event::default().event("news").data("new"))))
    }
}
