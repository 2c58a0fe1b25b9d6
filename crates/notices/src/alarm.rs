//! Nobody has opened a report of danger for half an hour: every duty contact of the organisation gets a letter, once for
//! each report, which says since when somebody waits and nothing else.

use crate::{Mail, tell::waiting};
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{Store, StoreError};
use tokio::time::sleep;

/// How long a report of danger may lie unopened, in seconds.
pub const UNOPENED_SECONDS: i64 = 30 * 60;
/// How often it is looked for such reports.
const LOOK_EVERY: Duration = Duration::from_mins(1);
/// A letter that a mail server didn't take is handed in again at each look, so often.
const TRIES: u32 = 60;

/// Letters that were not taken yet: to whom, since when somebody waits, and how often it was tried.
pub type Untold = BTreeMap<(String, i64), u32>;

/// Looks for as long as the server runs. `desk` is the desk's address.
pub async fn keep_alarming(store: Store, mail: Mail, desk: String) {
    let (mail, desk, mut untold) = (Arc::new(mail), Arc::<str>::from(desk), Untold::new());
    loop {
        sleep(LOOK_EVERY).await;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().cast_signed();
        if let Err(error) = alarm(&store, &mail, &desk, now, &mut untold).await {
            tracing::error!(%error, "unopened reports can't be looked for; trying again in a minute");
        }
    }
}

/// Tells of what lies unopened at this second, and of what was not taken the last time.
///
/// # Errors
/// The store can't be read; what was not told is told at the next look.
pub async fn alarm(
    store: &Store,
    mail: &Arc<Mail>,
    desk: &Arc<str>,
    now: i64,
    untold: &mut Untold,
) -> Result<(), StoreError> {
    for record in store.organisations().await? {
        let contacts = store.office(&record.card.id).await?.duty_contacts;
        if contacts.is_empty() {
            continue;
        }
        for since in store.take_unopened(&record.card.id, now - UNOPENED_SECONDS, now).await? {
            untold.extend(contacts.iter().map(|contact| ((contact.clone(), since), 0)));
        }
    }
    for ((to, since), tries) in std::mem::take(untold) {
        let letter = (Arc::clone(mail), Arc::clone(desk), to.clone());
        let told = waiting(move || {
            let (mail, desk, to) = letter;
            mail.alarm(&to, &desk, since).map_err(|error| error.to_string())
        })
        .await;
        let outcome = match told {
            Ok(_) => "told",
            Err(why) if tries < TRIES => {
                tracing::warn!(why, "an alarm was not taken; it will be tried again");
                untold.insert((to, since), tries + 1);
                "again"
            }
            Err(why) => {
                tracing::error!(
                    why,
                    "an alarm was given up after an hour; check the duty contacts and the mail server"
                );
                "given_up"
            }
        };
        metrics::counter!("haidang_notices_total", "way" => "alarm", "outcome" => outcome).increment(1);
    }
    Ok(())
}
