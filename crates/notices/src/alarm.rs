//! Nobody has opened a report of danger for half an hour: every duty contact of the organisation gets a letter, once for
//! each report, which says since when somebody waits and nothing else; its programs get a call.

use crate::{
    Mail,
    tell::waiting,
    webhook::{self, UNOPENED},
};
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{OrganisationRecord, Store, StoreError};
use tokio::time::sleep;

/// How long a report of danger may lie unopened, in seconds.
pub const UNOPENED_SECONDS: i64 = 30 * 60;
/// How often it is looked for such reports.
const LOOK_EVERY: Duration = Duration::from_mins(1);
/// An alarm that nobody took is handed in again at each look, so often.
const TRIES: u32 = 60;

/// Whom an alarm goes to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum To {
    /// The address of a duty contact.
    Contact(String),
    /// The page of an organisation's programs, and the key of the signature.
    Program {
        /// The organisation.
        organisation: String,
        /// Its page.
        url: String,
        /// The key.
        key: Vec<u8>,
    },
}

/// Alarms that were not taken yet: to whom, since when somebody waits, and how often it was tried.
pub type Untold = BTreeMap<(To, i64), u32>;

/// Looks for as long as the server runs. `mail` is none where no mail server was named; `desk` is the desk's address.
pub async fn keep_alarming(store: Store, mail: Option<Mail>, desk: String) {
    let (mail, desk, mut untold) = (mail.map(Arc::new), Arc::<str>::from(desk), Untold::new());
    loop {
        sleep(LOOK_EVERY).await;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().cast_signed();
        if let Err(error) = alarm(&store, mail.as_ref(), &desk, now, &mut untold).await {
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
    mail: Option<&Arc<Mail>>,
    desk: &Arc<str>,
    now: i64,
    untold: &mut Untold,
) -> Result<(), StoreError> {
    for record in store.organisations().await? {
        let id = record.card.id.clone();
        let to = whom(store, record, mail.is_some()).await?;
        if to.is_empty() {
            continue;
        }
        for since in store.take_unopened(&id, now - UNOPENED_SECONDS, now).await? {
            untold.extend(to.iter().map(|to| ((to.clone(), since), 0)));
        }
    }
    for ((to, since), tries) in std::mem::take(untold) {
        let (mail, desk, whom) = (mail.map(Arc::clone), Arc::clone(desk), to.clone());
        let told = waiting(move || match (whom, mail) {
            (To::Contact(to), Some(mail)) => mail.alarm(&to, &desk, since).map_err(|error| error.to_string()),
            (To::Contact(_), None) => Err("no mail server was named".into()),
            (To::Program { organisation, url, key }, _) => {
                webhook::tell(&url, &key, UNOPENED, &organisation, now).map_err(|error| error.to_string())
            }
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
                    "an alarm was given up after an hour; check the duty contacts, the webhook and the mail server"
                );
                "given_up"
            }
        };
        metrics::counter!("haidang_notices_total", "way" => "alarm", "outcome" => outcome).increment(1);
    }
    Ok(())
}

/// Who of an organisation is told.
async fn whom(store: &Store, record: OrganisationRecord, by_letter: bool) -> Result<Vec<To>, StoreError> {
    let mut to = Vec::new();
    if by_letter {
        to.extend(store.office(&record.card.id).await?.duty_contacts.into_iter().map(To::Contact));
    }
    if let (Some(url), Some(key)) = (record.notices.webhook_url, record.notices.webhook_key) {
        to.push(To::Program { organisation: record.card.id, url, key });
    }
    Ok(to)
}
