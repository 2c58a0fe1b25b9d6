//! Coming back: her words in a form, then her case, for a quarter of an hour without a further page.

use super::{Here, case, helpers, see_other, with_cookies};
use crate::{
    Page,
    pages::errors,
    plain::{
        Answers, Say, Secret, derive, rng, upload,
        visit::{Seen, Visit},
    },
    report::Refusal,
};
use axum::{
    extract::{Form, Multipart, multipart::MultipartRejection, rejection::FormRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use seal::{Key, Receipt, receipt::ReceiptError};
use serde_json::json;
use vocabulary::{EntryKind, Lang};

impl Here {
    fn visit(&self) -> Option<(Key, Visit)> {
        let key = self.cookie(Page::Back).read(&self.headers)?;
        let visit = self.house.plain.visits.open(&key, self.now)?;
        Some((key, visit))
    }

    fn remember(&self, key: &Key, visit: &Visit) {
        // Of the size of the one before, but for what she typed; where that is too long it is not kept.
        let _ = self.house.plain.visits.put(key, visit, self.now);
    }

    /// Forgets the keys.
    fn end(&self, key: &Key) {
        self.house.plain.visits.forget(key);
    }
}

pub(crate) async fn show(here: Here) -> Response {
    let Some((key, mut visit)) = here.visit() else { return case::enter(&here, "", None, "") };
    let drawn = match visit.look(&here.house, here.now).await {
        Ok(seen) => case::draw(&here, &visit, &seen).await,
        Err(refusal) => Err(refusal),
    };
    match drawn {
        Ok(response) => {
            if visit.say.take().is_some() {
                here.remember(&key, &visit);
            }
            response
        }
        Err(Refusal::NoSuchReceipt) => {
            here.end(&key);
            let response = case::enter(&here, "", Some(&case::wrong(here.place.lang, "absent", 0, "", "")), "");
            with_cookies(response, &[here.cookie(Page::Back).clear()])
        }
        Err(_) => errors::broken(here.place, &here.site),
    }
}

/// Where the form of the files led, loaded again.
pub(crate) async fn see(here: Here) -> Response {
    here.again(Page::Back)
}

/// "Leave now": forgets the keys, then leads to a harmless page.
pub(crate) async fn leave(here: Here) -> Response {
    if let Some((key, _)) = here.visit() {
        here.end(&key);
    }
    see_other(&here.site.settings().exit_url, &[here.cookie(Page::Back).clear()])
}

pub(crate) async fn posted(here: Here, form: Result<Form<Vec<(String, String)>>, FormRejection>) -> Response {
    let posted = match here.fields(form) {
        Ok(posted) => posted,
        Err(response) => return *response,
    };
    let go = posted.one("go").to_owned();
    match here.visit() {
        None if go == "language" => see_other(&super::path(here.place.switched(), Page::Back), &[]),
        None if go == "open" => open(&here, &posted).await,
        // Her keys are forgotten by now; what she wrote is not.
        None => {
            let line = here.place.lang.pick(
                "Đã hơn 15 phút, nên máy chủ đã quên mười từ của bạn. Hãy gõ lại; điều bạn vừa viết vẫn còn ở dưới.",
                "More than 15 minutes have passed, and the server has forgotten your words. Type them again; what you wrote is still below.",
            );
            case::enter(&here, "", Some(line), posted.one("message"))
        }
        Some((key, _)) if go == "language" => here.switch(Page::Back, &key),
        Some((key, _)) if go == "end" => {
            here.end(&key);
            see_other(&here.path(Page::Back), &[here.cookie(Page::Back).clear()])
        }
        Some((key, visit)) => act(&here, &key, visit, &go, &posted).await,
    }
}

async fn open(here: &Here, posted: &Answers) -> Response {
    let (lang, words) = (here.place.lang, posted.one("words"));
    let again = |line: String| case::enter(here, words, Some(&line), posted.one("message"));
    let receipt = match Receipt::parse(words) {
        Ok(receipt) => receipt,
        Err(error) => return (StatusCode::UNPROCESSABLE_ENTITY, again(why(lang, &error))).into_response(),
    };
    if let Some(response) = here.must_wait() {
        return response;
    }
    let Some(keys) = derive(&here.house, receipt).await else {
        let line = lang.pick(
            "Nhiều người đang mở tin báo cùng lúc. Hãy chờ vài giây rồi bấm lại.",
            "Many people are opening reports at this moment. Wait some seconds and press again.",
        );
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], again(line.into())).into_response();
    };
    let mut visit = Visit::new(&keys);
    match visit.look(&here.house, here.now).await {
        Ok(_) => {
            visit.typed = Secret::new(posted.one("message"));
            let key = here.fresh_key();
            if here.house.plain.visits.put(&key, &visit, here.now).is_err() {
                return errors::busy(here.place, &here.site);
            }
            see_other(&here.path(Page::Back), &[here.cookie(Page::Back).set(&key)])
        }
        Err(Refusal::NoSuchReceipt) => {
            (StatusCode::NOT_FOUND, again(case::wrong(lang, "absent", 0, "", ""))).into_response()
        }
        Err(_) => errors::broken(here.place, &here.site),
    }
}

/// Points out the word that can't be.
fn why(lang: Lang, error: &ReceiptError) -> String {
    match error {
        ReceiptError::UnknownWord { position, word, nearest: Some(nearest) } => {
            case::wrong(lang, "nearest", *position, word, nearest)
        }
        ReceiptError::UnknownWord { position, word, nearest: None } => {
            case::wrong(lang, "unknown", *position, word, "")
        }
        ReceiptError::TooFew(count) => case::wrong(lang, "few", *count, "", ""),
        ReceiptError::TooMany(count) => case::wrong(lang, "many", *count, "", ""),
        ReceiptError::Checksum => case::wrong(lang, "checksum", 0, "", ""),
        ReceiptError::Version(_) => case::wrong(lang, "version", 0, "", ""),
    }
}

async fn act(here: &Here, key: &Key, mut visit: Visit, go: &str, posted: &Answers) -> Response {
    if posted.said("message") {
        visit.typed = Secret::new(posted.one("message"));
    }
    let done = match visit.look(&here.house, here.now).await {
        Ok(seen) if seen.erase_due().is_some() && go != "stop" => Ok(None),
        Ok(seen) => deed(here, &mut visit, &seen, go, posted).await,
        Err(refusal) => Err(refusal),
    };
    visit.say = match done {
        Ok(say) => say,
        Err(Refusal::Stale | Refusal::Absent | Refusal::Taken | Refusal::NoSuchReceipt) => Some(Say::Stale),
        Err(Refusal::OverLimit) => Some(Say::TooLong),
        Err(_) => Some(Say::NotKept),
    };
    here.remember(key, &visit);
    here.again(Page::Back)
}

/// Does what she pressed, and says how it went.
async fn deed(here: &Here, visit: &mut Visit, seen: &Seen, go: &str, posted: &Answers) -> Result<Option<Say>, Refusal> {
    let (house, now) = (&here.house, here.now);
    match go.split_once(':').unwrap_or((go, "")) {
        ("message", _) => return write(here, visit, seen).await,
        ("correct", number) => {
            visit.correcting = number.parse().ok();
            return Ok(None);
        }
        ("contact", _) => {
            let [how, when, never] = ["how", "when", "never"].map(|name| posted.one(name));
            if [how, when, never].iter().all(|said| said.is_empty()) {
                return Ok(None);
            }
            let content = json!({ "how": how, "when": when, "never": never });
            seen.add(house, EntryKind::Contact, content, vec![], now).await?;
            return Ok(Some(Say::Sent));
        }
        ("allow", _) => {
            let chosen = posted.all("organisation");
            for organisation in chosen {
                seen.allow(house, organisation, now).await?;
            }
            return Ok(Some(if chosen.is_empty() { Say::ChooseOne } else { Say::Done }));
        }
        ("withdraw", organisation) => seen.withdraw(house, organisation, now).await?,
        ("replace", _) => {
            // Shown before the old ones stop: she must never be left with none.
            visit.fresh = Some(Secret::new(Receipt::generate(&mut rng()).text(Lang::Vi).as_str()));
            return Ok(None);
        }
        ("confirm", _) => {
            let fresh = visit.fresh.as_ref().and_then(|fresh| Receipt::parse(fresh.text()).ok());
            let fresh = fresh.ok_or(Refusal::Stale)?;
            let keys = derive(house, fresh).await.ok_or(Refusal::Storage)?;
            seen.replace(house, &keys).await?;
            visit.follow(&keys);
        }
        ("cancel", _) => {
            (visit.fresh, visit.correcting) = (None, None);
            return Ok(None);
        }
        ("close", _) => seen.close(house, true, now).await?,
        ("reopen", _) => seen.close(house, false, now).await?,
        ("erase", _) => seen.erase(house, true, now).await?,
        ("stop", _) => seen.erase(house, false, now).await?,
        other => return helpers::deed(here, visit, seen, other, posted).await,
    }
    Ok(Some(Say::Done))
}

async fn write(here: &Here, visit: &mut Visit, seen: &Seen) -> Result<Option<Say>, Refusal> {
    let text = visit.typed.text();
    if text.is_empty() {
        return Ok(None);
    }
    let (kind, content) = match visit.correcting {
        Some(number) => (EntryKind::Correction, json!({ "corrects": number, "text": text })),
        None => (EntryKind::Message, json!({ "text": text })),
    };
    seen.add(&here.house, kind, content, vec![], here.now).await?;
    (visit.typed, visit.correcting) = (Secret::default(), None);
    Ok(Some(Say::Sent))
}

/// More evidence.
pub(crate) async fn file(here: Here, form: Result<Multipart, MultipartRejection>) -> Response {
    let (Some((key, visit)), Ok(form)) = (here.visit(), form) else { return here.again(Page::Back) };
    let sent = async {
        let seen = visit.look(&here.house, here.now).await.map_err(|_| Say::Stale)?;
        let identity = seen.present().map_err(|_| Say::Stale)?;
        let file = upload::take(&here.house, seen.case.id, &identity.recipient(), form, here.now).await?;
        let about = file.about();
        // Sealed to the identity of before, should the case have gone on under a fresh one meanwhile: refused then.
        let again = visit.look(&here.house, here.now).await.map_err(|_| Say::Stale)?;
        if again.case.epoch != seen.case.epoch {
            return Err(Say::Stale);
        }
        again.add(&here.house, EntryKind::File, about, vec![&file], here.site.seconds()).await.map_err(|_| Say::NotKept)
    };
    let say = sent.await.map_or_else(|say| say, |()| Say::Sent);
    // It may have taken minutes, and the visit may be over.
    if let Some(mut visit) = here.house.plain.visits.open::<Visit>(&key, here.site.seconds()) {
        visit.say = Some(say);
        let _ = here.house.plain.visits.put(&key, &visit, here.site.seconds());
    }
    here.again(Page::Back)
}
