//! The report: each page is posted, sealed under the key of her cookie, and the next one is shown at the same address.

use super::{Here, see_other, sent, steps, whom, with_cookies};
use crate::{
    Page,
    joined::Joined,
    pages::{ask, errors},
    plain::{Answers, CaseKeys, Draft, NoRoom, Outcome, Say, Secret, Sending, Sent, Telling, rng, send, upload},
};
use axum::{
    extract::{Form, Multipart, multipart::MultipartRejection, rejection::FormRejection},
    response::Response,
};
use seal::{Key, Receipt};
use std::sync::Arc;
use store::StoreError;
use vocabulary::{Lang, Urgency};

impl Here {
    /// Her draft, if her browser sent a key that opens one.
    fn draft(&self) -> Option<(Key, Draft)> {
        let key = self.cookie(Page::Ask).read(&self.headers)?;
        let draft = self.house.plain.drafts.open(&key, self.now)?;
        Some((key, draft))
    }

    fn keep(&self, key: &Key, draft: &Draft) -> Result<(), NoRoom> {
        self.house.plain.drafts.put(key, draft, self.now)
    }

    pub(super) async fn joined(&self) -> Result<Vec<Joined>, StoreError> {
        self.house.joined(&self.site).await
    }

    async fn step(&self, telling: &Telling) -> Response {
        match self.joined().await {
            Ok(all) => steps::draw(self, telling, &all),
            Err(_) => errors::broken(self.place, &self.site),
        }
    }

    /// Keeps what she said and shows the next page; where it can't be kept, this page comes back with all that is on it.
    async fn keep_and_go(&self, key: &Key, before: &str, telling: Telling) -> Response {
        let draft = Draft::Telling(telling);
        match (self.keep(key, &draft), draft) {
            (Err(why), Draft::Telling(mut telling)) => {
                telling.step = before.to_owned();
                telling.say = Some(no_room(why));
                self.step(&telling).await
            }
            _ => self.again(Page::Ask),
        }
    }
}

const fn no_room(why: NoRoom) -> Say {
    match why {
        NoRoom::TooLong => Say::TooLong,
        NoRoom::Full => Say::Full,
    }
}

/// The page where she is. Somebody who has said nothing leaves nothing behind, not even a cookie.
pub(crate) async fn show(here: Here) -> Response {
    match here.draft() {
        Some((_, Draft::Telling(telling))) => here.step(&telling).await,
        Some((key, Draft::Sending(sending))) => proceed(&here, key, sending).await,
        Some((_, Draft::Sent(kept))) => sent::draw(&here, &kept),
        None if ask::is_open(&here.site).await => here.step(&Telling::new(here.place.lang)).await,
        None => see_other(&here.place.href(Page::Ask), &[]),
    }
}

/// Where the form of the files led, loaded again.
pub(crate) async fn see(here: Here) -> Response {
    here.again(Page::Ask)
}

/// "Leave now": forgets, then leads to a harmless page.
pub(crate) async fn leave(here: Here) -> Response {
    if let Some((key, _)) = here.draft() {
        here.house.plain.drafts.forget(&key);
    }
    see_other(&here.site.settings().exit_url, &[here.cookie(Page::Ask).clear()])
}

pub(crate) async fn posted(here: Here, form: Result<Form<Vec<(String, String)>>, FormRejection>) -> Response {
    let mut posted = match here.fields(form) {
        Ok(posted) => posted,
        Err(response) => return *response,
    };
    let go = posted.one("go").to_owned();
    match here.draft() {
        Some((key, _)) if go == "language" && !posted.said("step") => here.switch(Page::Ask, &key),
        Some((key, Draft::Telling(telling))) => tell(&here, &key, telling, &go, &mut posted).await,
        Some((_, Draft::Sending(_))) => here.again(Page::Ask),
        Some((key, Draft::Sent(kept))) => kept_words(&here, &key, kept, &go, &posted),
        None => begin(&here, &go, &mut posted).await,
    }
}

/// The first page, or any page whose draft is gone: what stands on it is not lost.
async fn begin(here: &Here, go: &str, posted: &mut Answers) -> Response {
    if !ask::is_open(&here.site).await {
        return see_other(&here.place.href(Page::Ask), &[]);
    }
    if let Some(response) = here.must_wait() {
        return response;
    }
    let (key, step) = (here.fresh_key(), posted.one("step").to_owned());
    let mut telling = Telling::new(here.place.lang);
    if step.is_empty() {
        return here.again(Page::Ask);
    }
    let cookie = here.cookie(Page::Ask).set(&key);
    if step == "who" {
        let response = tell(here, &key, telling, go, posted).await;
        return if response.headers().contains_key("set-cookie") {
            response
        } else {
            with_cookies(response, &[cookie])
        };
    }
    take(here, &mut telling, &step, posted).await;
    telling.say = Some(Say::Gone);
    let draft = Draft::Telling(telling);
    let kept = here.keep(&key, &draft);
    let Draft::Telling(mut telling) = draft else { return here.again(Page::Ask) };
    if let Err(why) = kept {
        telling.say = Some(no_room(why));
        return here.step(&telling).await;
    }
    with_cookies(here.step(&telling).await, &[cookie])
}

async fn tell(here: &Here, key: &Key, mut telling: Telling, go: &str, posted: &mut Answers) -> Response {
    let before = posted.one("step").to_owned();
    take(here, &mut telling, &before, posted).await;
    match go {
        "back" => telling.go(false),
        "unsay" => telling.unsay(),
        "hurry" => telling.step = "clear".into(),
        "whom" => telling.step = "organisations".into(),
        "describe" => telling.step = "story".into(),
        "language" => {
            return if here.keep(key, &Draft::Telling(telling)).is_ok() {
                here.switch(Page::Ask, key)
            } else {
                here.again(Page::Ask)
            };
        }
        "drop" => {
            here.house.plain.drafts.forget(key);
            return see_other(&here.place.href(Page::Ask), &[here.cookie(Page::Ask).clear()]);
        }
        "send" => return press_send(here, key, telling).await,
        _ => {
            let removed = go.strip_prefix("remove:").map(|at| at.parse::<usize>().unwrap_or(usize::MAX));
            if let Some(at) = removed {
                if at < telling.files.len() {
                    telling.files.remove(at);
                }
            } else if !closed(here, &mut telling).await {
                telling.go(true);
            }
        }
    }
    here.keep_and_go(key, &before, telling).await
}

/// What the page of a step posted; those she chose may have questions of their own.
async fn take(here: &Here, telling: &mut Telling, step: &str, posted: &mut Answers) {
    telling.take(step, posted);
    if step == "organisations"
        && let Ok(joined) = here.joined().await
    {
        telling.learn_own(joined);
    }
}

/// Before a report of danger goes to a closed desk she sees the numbers that answer, once.
async fn closed(here: &Here, telling: &mut Telling) -> bool {
    if telling.step != "organisations" || telling.warned || telling.facts().urgency != Some(Urgency::Now) {
        return false;
    }
    let all = here.joined().await.unwrap_or_default();
    let open: Vec<bool> = whom::chosen(&all, telling).map(|each| each.open).collect();
    let closed = !open.is_empty() && !open.contains(&true);
    if closed {
        telling.warned = true;
        telling.say = Some(Say::ClosedNow);
    }
    closed
}

async fn press_send(here: &Here, key: &Key, mut telling: Telling) -> Response {
    let all = here.joined().await.unwrap_or_default();
    if whom::chosen(&all, &telling).next().is_none() {
        telling.step = "organisations".into();
        telling.say = Some(Say::ChooseOne);
        return here.keep_and_go(key, "clear", telling).await;
    }
    telling.case.get_or_insert_with(|| CaseKeys::new(here.house.random()));
    telling.receipt.get_or_insert_with(|| Secret::new(Receipt::generate(&mut rng()).text(Lang::Vi).as_str()));
    let not_before = here.now + here.house.gate.wait(here.now);
    let draft = Draft::Sending(Box::new(Sending { telling, not_before }));
    match (here.keep(key, &draft), draft) {
        (Err(why), Draft::Sending(mut sending)) => {
            sending.telling.say = Some(no_room(why));
            here.step(&sending.telling).await
        }
        _ => here.again(Page::Ask),
    }
}

/// Seals and stores once the wait is over; until then the page asks again by itself. It goes on to its end also where
/// the browser hangs up.
async fn proceed(here: &Here, key: Key, sending: Box<Sending>) -> Response {
    if here.now < sending.not_before {
        return sent::waiting(here, sending.not_before - here.now);
    }
    let (house, now) = (Arc::clone(&here.house), here.now);
    let work = tokio::spawn(async move {
        let outcome = send(&house, &sending, now).await;
        let mut telling = sending.telling;
        let draft = match outcome {
            Outcome::Wait => return outcome,
            Outcome::Sent(answer_within) => {
                let receipt = telling.receipt.take().unwrap_or_default();
                Draft::Sent(Sent { receipt, asked: None, wrong: false, answer_within })
            }
            Outcome::Nobody => {
                (telling.step, telling.say) = ("organisations".into(), Some(Say::ChooseOne));
                Draft::Telling(telling)
            }
            Outcome::Failed => {
                (telling.step, telling.say) = ("clear".into(), Some(Say::NotKept));
                Draft::Telling(telling)
            }
        };
        // It takes no more room than what it replaces.
        let _ = house.plain.drafts.put(&key, &draft, now);
        outcome
    });
    match work.await {
        Ok(Outcome::Wait) => sent::waiting(here, 3),
        Ok(_) => here.again(Page::Ask),
        Err(_) => errors::broken(here.place, &here.site),
    }
}

/// The receipt is asked back once; then everything is forgotten.
fn kept_words(here: &Here, key: &Key, mut kept: Sent, go: &str, posted: &Answers) -> Response {
    match (go, kept.asked) {
        ("language", _) => return here.switch(Page::Ask, key),
        ("kept", _) => {
            let [one, other]: [u8; 2] = here.house.random();
            let first = usize::from(one) % 10;
            let second = (first + 1 + usize::from(other) % 9) % 10;
            kept.asked = Some([first.min(second), first.max(second)]);
            kept.wrong = false;
        }
        ("check", Some(asked))
            if sent::right(&kept, asked, [posted.one("word-1"), posted.one("word-2")], here.place.lang) =>
        {
            here.house.plain.drafts.forget(key);
            return with_cookies(sent::done(here, &kept), &[here.cookie(Page::Ask).clear()]);
        }
        ("check", _) => kept.wrong = true,
        _ => kept.asked = None,
    }
    // It takes no more room than what it replaces.
    let _ = here.keep(key, &Draft::Sent(kept));
    here.again(Page::Ask)
}

/// A file is added: sealed as it arrives.
pub(crate) async fn file(here: Here, form: Result<Multipart, MultipartRejection>) -> Response {
    let (Some((key, Draft::Telling(mut telling))), Ok(form)) = (here.draft(), form) else {
        return here.again(Page::Ask);
    };
    let case = telling.case.get_or_insert_with(|| CaseKeys::new(here.house.random())).clone();
    let Some(identity) = case.identity() else { return here.again(Page::Ask) };
    if here.keep(&key, &Draft::Telling(telling)).is_err() {
        return here.again(Page::Ask);
    }
    let taken = upload::take(&here.house, case.id, &identity.recipient(), form, here.now).await;
    // It may have taken minutes: what she said meanwhile stays.
    let now = here.site.seconds();
    let Some(Draft::Telling(mut telling)) = here.house.plain.drafts.open(&key, now) else {
        return here.again(Page::Ask);
    };
    telling.step = "files".into();
    telling.say = taken.as_ref().err().copied();
    telling.files.extend(taken);
    // It lies sealed in the store; where the draft has no room for its name it is swept within a day.
    let _ = here.house.plain.drafts.put(&key, &Draft::Telling(telling), now);
    here.again(Page::Ask)
}
