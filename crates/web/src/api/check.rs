//! `POST /api/v1/check`. Lean: the body is borrowed, the scratch of the recogniser is kept, the answer is written once.

use crate::{
    MAX_API_BODY_BYTES, MAX_API_ITEMS, Site,
    limit::Limiter,
    listen::{Caller, Prefix},
    locale,
    problem::Problem,
};
use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use guidance::{Refusal, Unread};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use recognise::{Assessment, InputError, Recogniser, Scratch};
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    cell::Cell,
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};
use tower_http::timeout::TimeoutError;
use vocabulary::Lang;

/// From this size on a body is read on a thread of its own, so that it holds up nobody else.
const HEAVY_BYTES: usize = 16 * 1024;
/// How long a heavy body may wait for its turn.
const TURN: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'a> {
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    items: Option<Vec<Item<'a>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Answers<'a> {
    items: Vec<Answer<'a>>,
}

/// The same line that `haidang check --jsonl` gives: the assessment with the `id`, or the `id` with an `error`.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    #[serde(flatten)]
    assessment: Option<Assessment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Refusal>,
}

pub(crate) async fn check(
    State(site): State<Site>,
    Extension(limiter): Extension<Arc<Limiter<Option<Prefix>>>>,
    caller: Option<Extension<Caller>>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    match answer(&site, &limiter, caller.map(|c| c.prefix), &head.headers, body).await {
        Ok(json) => ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], json).into_response(),
        Err(problem) => problem.answer(&head.headers),
    }
}

async fn answer(
    site: &Site,
    limiter: &Limiter<Option<Prefix>>,
    caller: Option<Prefix>,
    headers: &HeaderMap,
    body: axum::body::Body,
) -> Result<Vec<u8>, Problem> {
    if !says_json(headers) {
        return Err(Problem::NotJsonType);
    }
    limiter.take(caller, 1, Instant::now()).map_err(Problem::TooManyRequests)?;
    let body = Limited::new(body, MAX_API_BODY_BYTES).collect().await.map_err(|error| {
        if error.is::<LengthLimitError>() {
            Problem::BodyTooLarge
        } else if came_too_slowly(&*error) {
            Problem::TimedOut
        } else {
            Problem::BadJson("the body broke off".into())
        }
    })?;
    let body = body.to_bytes();
    let recogniser = Arc::clone(&site.recogniser());
    let lang = locale::preferred(headers);
    if body.len() < HEAVY_BYTES {
        return assess(&recogniser, &body, lang, |items| limiter.take(caller, items, Instant::now()));
    }
    let turn = tokio::time::timeout(TURN, site.heavy().acquire_owned()).await;
    let turn = turn.map_err(|_| Problem::Busy)?.map_err(|_| Problem::Busy)?;
    // What a thousand items cost is charged by their size: the limiter does not leave this thread.
    limiter.take(caller, (body.len() / HEAVY_BYTES) as u32 * 8, Instant::now()).map_err(Problem::TooManyRequests)?;
    let work = move || {
        let _turn = turn;
        assess(&recogniser, &body, lang, |_| Ok(()))
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Problem::Internal))
}

/// Whether the time limit of the listener cut the body off: its error is wrapped on the way here.
fn came_too_slowly(error: &(dyn Error + 'static)) -> bool {
    error.is::<TimeoutError>() || error.source().is_some_and(came_too_slowly)
}

fn says_json(headers: &HeaderMap) -> bool {
    let essence = |value: &HeaderValue| {
        let essence = value.to_str().ok()?.split(';').next()?.trim();
        Some(essence.eq_ignore_ascii_case("application/json"))
    };
    headers.get(header::CONTENT_TYPE).and_then(essence).unwrap_or(false)
}

thread_local! {
    static SCRATCH: Cell<Scratch> = Cell::default();
}

/// `charge` is asked for the items beyond the first, before any is read.
fn assess(
    recogniser: &Recogniser,
    body: &Bytes,
    lang: Lang,
    charge: impl FnOnce(u32) -> Result<(), Duration>,
) -> Result<Vec<u8>, Problem> {
    let text = str::from_utf8(body).map_err(|_| Problem::NotUtf8)?;
    let body: Body<'_> = serde_json::from_str(text).map_err(|e| Problem::BadJson(e.to_string()))?;
    // Taken out while it is written to: after a panic nothing half-done is left for the next request.
    let mut scratch = SCRATCH.take();
    let answer = match body {
        Body { text: Some(_), items: Some(_) } => Err(Problem::BothShapes),
        Body { text: None, items: None } => Err(Problem::NoText),
        Body { text: Some(text), .. } => {
            let assessed = recogniser.assess_with(&text, &mut scratch).map_err(|e| match e {
                InputError::Empty => Problem::Empty,
                InputError::TooLong { .. } => Problem::BodyTooLarge,
                InputError::NotText => Problem::NotText,
            });
            assessed.and_then(|assessment| write(&assessment))
        }
        Body { items: Some(items), .. } if items.len() > MAX_API_ITEMS => Err(Problem::TooManyItems),
        Body { items: Some(items), .. } => {
            let charged = charge(items.len().saturating_sub(1) as u32).map_err(Problem::TooManyRequests);
            let one = |item| one_of_many(recogniser, item, lang, &mut scratch);
            charged.and_then(|()| write(&Answers { items: items.iter().map(one).collect() }))
        }
    };
    SCRATCH.set(scratch);
    answer
}

fn one_of_many<'a>(recogniser: &Recogniser, item: &'a Item<'_>, lang: Lang, scratch: &mut Scratch) -> Answer<'a> {
    match recogniser.assess_with(&item.text, scratch) {
        Ok(assessment) => Answer { id: &item.id, assessment: Some(assessment), error: None },
        Err(error) => Answer { id: &item.id, assessment: None, error: Some(Unread::from(&error).refusal(lang)) },
    }
}

fn write(answer: &impl Serialize) -> Result<Vec<u8>, Problem> {
    let mut json = Vec::with_capacity(512);
    serde_json::to_writer(&mut json, answer).map_err(|_| Problem::Internal)?;
    Ok(json)
}

/// The routes themselves add which methods they take.
pub(crate) async fn not_allowed(headers: HeaderMap) -> Response {
    Problem::MethodNotAllowed.answer(&headers)
}

pub(crate) async fn not_found(headers: HeaderMap) -> Response {
    Problem::NotFound.answer(&headers)
}
