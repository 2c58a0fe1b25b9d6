//! The box alone, and the answer of the server for a browser without JavaScript: read in memory, answered, forgotten.

use super::{
    errors,
    form::{self, Filled},
    layout::Frame,
    page,
};
use crate::{
    MAX_FORM_TEXT_BYTES, Page, Place, Site, headers,
    limit::Limiter,
    listen::{Caller, Prefix},
};
use axum::{
    Extension,
    extract::{Form, State, rejection::FormRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use guidance::{Guidance, Reader, html as result_html};
use maud::{Markup, html};
use recognise::InputError;
use serde::Deserialize;
use std::{sync::Arc, time::Instant};
use vocabulary::{Asker, Province};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Posted {
    text: String,
    audience: String,
    age: String,
    province: String,
    switch: Option<String>,
}

pub(crate) async fn check(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    headers::may_listen(page(render(place, &site, &Filled::default(), None)))
}

pub(crate) async fn check_posted(
    State(site): State<Site>,
    Extension(place): Extension<Place>,
    Extension(limiter): Extension<Arc<Limiter<Option<Prefix>>>>,
    caller: Option<Extension<Caller>>,
    posted: Result<Form<Posted>, FormRejection>,
) -> Response {
    let posted = match posted {
        Ok(Form(posted)) => posted,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => return errors::too_long(place, &site),
        Err(_) => return errors::bad_form(place, &site),
    };
    let asker = Asker::default();
    let filled = Filled {
        text: &posted.text,
        asker: Asker {
            audience: posted.audience.parse().unwrap_or(asker.audience),
            age: posted.age.parse().unwrap_or(asker.age),
        },
        province: Province::by_code(&posted.province),
    };
    if posted.switch.is_some() {
        return page(render(place, &site, &filled, None));
    }
    if let Err(wait) = limiter.take(caller.map(|c| c.prefix), 1, Instant::now()) {
        let seconds = wait.as_secs() + 1;
        return ([(header::RETRY_AFTER, seconds.to_string())], errors::too_many(place, &site, seconds)).into_response();
    }
    if posted.text.len() > MAX_FORM_TEXT_BYTES {
        return errors::too_long(place, &site);
    }
    answer(place, &site, &filled).await
}

async fn answer(place: Place, site: &Site, filled: &Filled<'_>) -> Response {
    let recogniser = Arc::clone(&site.recogniser());
    let text = filled.text.to_owned();
    // A page is slow to draw beside a short text; a long one may be slow to read, and takes its turn.
    let Ok(turn) = site.heavy().acquire_owned().await else { return errors::busy(place, site) };
    let work = move || {
        let _turn = turn;
        recogniser.assess(&text)
    };
    let Ok(assessed) = tokio::task::spawn_blocking(work).await else { return errors::broken(place, site) };
    let reader = Reader { lang: place.lang, asker: filled.asker, province: filled.province, now: site.now() };
    let (status, result) = match assessed {
        Ok(assessment) => {
            let published = site.published();
            let guidance = Guidance::new(filled.text, &assessment, &reader, &published.directory);
            (StatusCode::OK, result_html::result(&guidance))
        }
        Err(error @ InputError::TooLong { .. }) => {
            (StatusCode::PAYLOAD_TOO_LARGE, result_html::error(&error, place.lang))
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, result_html::error(&error, place.lang)),
    };
    // The words are in the result; the box is empty again, so that going back or printing shows them once at most.
    let emptied = Filled { text: "", ..*filled };
    (status, page(render(place, site, &emptied, Some(&result)))).into_response()
}

pub(super) fn render(place: Place, site: &Site, filled: &Filled<'_>, result: Option<&Markup>) -> Markup {
    let lang = place.lang;
    let title = lang.pick("Kiểm tra một tin nhắn", "Check a message");
    let main = html! {
        h1 .page-title { (title) }
        @if let Some(result) = result {
            p .server-note role="status" { (lang.pick(
                "Chữ bạn gửi đã lên máy chủ qua kết nối này, được đọc trong bộ nhớ, và đã bị quên: không lưu, không ghi nhật ký.",
                "What you sent went to the server over this connection, was read in memory and is already forgotten: not stored, not logged.",
            )) }
            (result)
            h2 { (lang.pick("Kiểm tra tin khác", "Check another one")) }
        }
        section .sheet {
            (form::form(place, filled))
        }
        div #answer {}
        (form::tell(place, result.is_some()))
    };
    Frame { place, settings: site.settings(), page: Some(Page::Check), title, styles: &[] }.wrap(&main)
}
