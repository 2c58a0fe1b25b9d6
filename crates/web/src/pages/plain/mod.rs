//! The report and the way back as forms that are posted, for browsers without scripts. What lies between two requests
//! is kept by `crate::plain`; here are the pages.
//!
//! Every page says that its words go to the server and are sealed there at once, in memory; "leave now" is a plain link
//! that makes the server forget first; an address never changes while she tells.

mod ask;
mod back;
mod case;
mod helpers;
mod notes;
mod sent;
mod steps;
mod whom;

use super::{errors, layout::Frame, layout::Posted, page};
use crate::{
    MAX_FORM_TEXT_BYTES, Page, Place, Site, assets, listen::Caller, plain::Answers, plain::Cookie, site::House,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Form, FromRequestParts, rejection::FormRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::Markup;
use seal::Key;
use std::{sync::Arc, time::Instant};

/// The most of one posted file with what is around it: four times what is kept, so that a browser that sends more gets
/// its answer instead of a broken line.
const UPLOAD_BODY_BYTES: usize = 4 * casework::limits::PLAIN_FILE_BYTES as usize;

/// The pages of one place.
pub(crate) fn routes(place: Place) -> Router<Site> {
    let (asking, returning) = (path(place, Page::Ask), path(place, Page::Back));
    let files = DefaultBodyLimit::max(UPLOAD_BODY_BYTES);
    Router::new()
        .route(&asking, get(ask::show).post(ask::posted))
        .route(&format!("{asking}/file"), post(ask::file).layer(files).get(ask::see))
        .route(&format!("{asking}/leave"), get(ask::leave))
        .route(&returning, get(back::show).post(back::posted))
        .route(&format!("{returning}/file"), post(back::file).layer(files).get(back::see))
        .route(&format!("{returning}/leave"), get(back::leave))
}

/// Where the posted pages of the report or of coming back are.
pub(super) fn path(place: Place, of: Page) -> String {
    format!("{}/plain", place.href(of))
}

/// Somebody at one of these pages.
pub(crate) struct Here {
    site: Site,
    place: Place,
    house: Arc<House>,
    headers: HeaderMap,
    caller: Option<Caller>,
    /// Seconds since 1970.
    now: i64,
}

impl FromRequestParts<Site> for Here {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let place = parts.extensions.get::<Place>().copied().unwrap_or_default();
        // The cookie comes from our own pages alone; a browser that says where a form stood is believed as well.
        let from = parts.headers.get(HeaderName::from_static("sec-fetch-site"));
        if !parts.method.is_safe() && from.is_some_and(|from| from != "same-origin") {
            return Err(errors::bad_form(place, site));
        }
        let house = site.house().ok_or_else(|| see_other(&place.href(Page::Ask), &[]))?;
        Ok(Self {
            site: site.clone(),
            place,
            house,
            headers: parts.headers.clone(),
            caller: parts.extensions.get::<Caller>().copied(),
            now: site.seconds(),
        })
    }
}

impl Here {
    fn path(&self, of: Page) -> String {
        path(self.place, of)
    }

    fn cookie(&self, of: Page) -> Cookie {
        self.cookie_at(self.place, of)
    }

    fn cookie_at(&self, place: Place, of: Page) -> Cookie {
        Cookie::new("p", path(place, of), self.caller.is_some_and(|caller| caller.encrypted))
    }

    fn fresh_key(&self) -> Key {
        Key::from_bytes(self.house.random())
    }

    /// A page of the report or of coming back, in its frame.
    fn page(&self, of: Page, main: &Markup, has_form: bool) -> Response {
        let (place, settings) = (self.place, self.site.settings());
        let posted = Posted { exit: format!("{}/leave", self.path(of)), has_form };
        let frame = Frame { place, settings, page: Some(of), title: of.name(place.lang), styles: &[assets::ASK_CSS] };
        page(frame.wrap_posted(main, &posted))
    }

    /// What was posted, or the page that says why it can't be read.
    fn fields(&self, form: Result<Form<Vec<(String, String)>>, FormRejection>) -> Result<Answers, Box<Response>> {
        match form {
            Ok(Form(fields)) if fields.iter().all(|(_, value)| value.len() <= MAX_FORM_TEXT_BYTES) => {
                Ok(Answers::posted(fields))
            }
            Err(rejection) if rejection.status() != StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Box::new(errors::bad_form(self.place, &self.site)))
            }
            _ => Err(Box::new(errors::too_long_to_tell(self.place, &self.site))),
        }
    }

    /// The page that says to wait, where this network has begun too many just now.
    fn must_wait(&self) -> Option<Response> {
        let prefix = self.caller.map(|caller| caller.prefix);
        let wait = self.house.plain.begin.take(prefix, 1, Instant::now()).err()?;
        let seconds = wait.as_secs() + 1;
        let retry = [(header::RETRY_AFTER, seconds.to_string())];
        Some((retry, errors::too_many(self.place, &self.site, seconds)).into_response())
    }

    /// The same page in the other language: the key moves to a cookie of its address.
    fn switch(&self, of: Page, key: &Key) -> Response {
        let other = self.place.switched();
        let cookies = [self.cookie(of).clear(), self.cookie_at(other, of).set(key)];
        see_other(&path(other, of), &cookies)
    }

    /// Back to the page itself, whose present state is shown.
    fn again(&self, of: Page) -> Response {
        see_other(&self.path(of), &[])
    }
}

fn see_other(to: &str, cookies: &[HeaderValue]) -> Response {
    with_cookies((StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response(), cookies)
}

fn with_cookies(mut response: Response, cookies: &[HeaderValue]) -> Response {
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}
