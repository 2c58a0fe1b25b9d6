//! The task that listens and tells.

use crate::{
    mail::Mail,
    queue::{Queue, Target, Way},
    webhook::{self, NEWS},
};
use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use store::{Happening, Store, StoreError};
use tokio::{sync::broadcast::error::RecvError, time::sleep_until};

/// Without anything due it looks up this often; news wakes it at once.
const IDLE: Duration = Duration::from_hours(1);

/// Tells for as long as the server runs. `mail` is none where no mail server was named; `desk` is the desk's address.
pub async fn keep_telling(store: Store, mail: Option<Mail>, desk: String) {
    // What another server on the same database took in, that one tells.
    let mut news = store.news_of_this_process();
    let mut queue = Queue::default();
    let (mail, desk) = (mail.map(Arc::new), Arc::<str>::from(desk));
    add_all(&store, &mut queue).await;
    loop {
        let due = queue.next_due().unwrap_or_else(|| Instant::now() + IDLE);
        tokio::select! {
            heard = news.recv() => match heard {
                Ok(news) => add(&mut queue, &news.organisation, news.what.map_or(NEWS, Happening::code)),
                // So much at once that some was missed: look at everybody.
                Err(RecvError::Lagged(_)) => add_all(&store, &mut queue).await,
                Err(RecvError::Closed) => return,
            },
            () = sleep_until(due.into()) => {}
        }
        for target in queue.due(Instant::now()) {
            one(&store, mail.as_ref(), &desk, &mut queue, &target).await;
        }
    }
}

fn add(queue: &mut Queue, organisation: &str, event: &'static str) {
    for way in [Way::Mail, Way::Webhook(event)] {
        queue.add((organisation.to_owned(), way), Instant::now());
    }
}

async fn add_all(store: &Store, queue: &mut Queue) {
    match store.organisations().await {
        Ok(records) => records.iter().for_each(|record| add(queue, &record.card.id, NEWS)),
        Err(error) => tracing::error!(%error, "the organisations can't be read; notices wait for the next news"),
    }
}

async fn one(store: &Store, mail: Option<&Arc<Mail>>, desk: &Arc<str>, queue: &mut Queue, target: &Target) {
    let told = tell(store, mail, desk, target).await;
    let (organisation, way) = (target.0.as_str(), target.1.name());
    let outcome = match told {
        Ok(told) => {
            queue.done(target, told, Instant::now());
            if !told {
                return;
            }
            "told"
        }
        Err(why) if queue.failed(target, Instant::now()) => {
            tracing::warn!(organisation, way, why, "a notice was not taken; it will be tried again");
            "again"
        }
        Err(why) => {
            tracing::error!(
                organisation,
                way,
                why,
                "a notice was given up after a day; check the address and the mail server"
            );
            "given_up"
        }
    };
    metrics::counter!("haidang_notices_total", "way" => way, "outcome" => outcome).increment(1);
}

/// Whether somebody was told: not if nothing is new any more, or nobody asked to be told this way.
async fn tell(store: &Store, mail: Option<&Arc<Mail>>, desk: &Arc<str>, target: &Target) -> Result<bool, String> {
    let (id, way) = target;
    let record = match store.organisation(id).await {
        Err(StoreError::Absent(_)) => return Ok(false),
        other => other.map_err(|error| error.to_string())?,
    };
    // A program asks by itself what came of it; people are told where somebody must still look.
    let is_for_people = matches!(way, Way::Mail | Way::Webhook(NEWS));
    let is_over = is_for_people && !store.has_news(id).await.map_err(|error| error.to_string())?;
    if record.closed_at.is_some() || is_over {
        return Ok(false);
    }
    let ways = record.notices;
    let (id, at) = (id.clone(), SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs());
    match way {
        Way::Mail => {
            let (Some(to), Some(mail)) = (ways.email, mail.map(Arc::clone)) else { return Ok(false) };
            let desk = Arc::clone(desk);
            waiting(move || mail.tell(&to, &desk).map_err(|error| error.to_string())).await
        }
        Way::Webhook(event) => {
            let event = *event;
            let (Some(url), Some(key)) = (ways.webhook_url, ways.webhook_key) else { return Ok(false) };
            waiting(move || webhook::tell(&url, &key, event, &id, at.cast_signed()).map_err(|error| error.to_string()))
                .await
        }
    }
}

/// Both ways wait for somebody else's server: beside the threads that answer.
pub(crate) async fn waiting(call: impl FnOnce() -> Result<(), String> + Send + 'static) -> Result<bool, String> {
    tokio::task::spawn_blocking(call).await.map_err(|error| error.to_string())?.map(|()| true)
}
