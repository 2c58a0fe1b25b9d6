//! Who is signed in. A session is 256 random bits in a cookie that no script can read and no other site can send; the
//! store keeps its hash. It ends after half an hour without use, after twelve hours in any case, and when a member
//! leaves.

use crate::{Site, listen::Caller, report::Refusal, site::House};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::{Timing, office::OfficeEvent, work::Actor};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Member, NewEvent, StoreError};
use vocabulary::Role;

const COOKIE: &str = "desk";

/// A member who is signed in, and asks from our own page.
pub(crate) struct SignedIn {
    pub house: Arc<House>,
    pub member: Member,
    /// Of this session.
    pub hash: [u8; 32],
    pub now: i64,
}

impl FromRequestParts<Site> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        Self::of(parts, site, true).await.map_err(|refusal| refusal.answer(&parts.headers))
    }
}

/// The same for what her page asks by itself, to show what is new: it is no use that a session lives on by.
pub(crate) struct Watching(pub SignedIn);

impl FromRequestParts<Site> for Watching {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let watching = SignedIn::of(parts, site, false).await.map(Self);
        watching.map_err(|refusal| refusal.answer(&parts.headers))
    }
}

impl SignedIn {
    async fn of(parts: &Parts, site: &Site, by_hand: bool) -> Result<Self, Refusal> {
        let house = site.house().ok_or(Refusal::Shut)?;
        own_page(&parts.method, &parts.headers)?;
        let hash = token(&parts.headers).ok_or(Refusal::SignedOut)?;
        let now = site.seconds();
        let session = if by_hand { house.store.session(hash, now).await } else { house.store.glance(hash, now).await };
        let session = session.map_err(|error| match error {
            StoreError::Absent(_) => Refusal::SignedOut,
            other => other.into(),
        })?;
        Ok(Self { house, member: session.member, hash, now })
    }

    /// What she does now, for the log: `sealed` are words that go with it.
    pub fn event(&self, sealed: Option<Vec<u8>>) -> NewEvent {
        let by = Actor::Member(self.member.id, self.member.role);
        NewEvent { by, at: self.now, nonce: self.house.random(), sealed }
    }

    /// Roles that read cases: everybody but the auditor, who sees the log alone.
    pub fn may_read(&self) -> Result<(), Refusal> {
        if self.member.role == Role::Auditor { Err(Refusal::NotAllowed) } else { Ok(()) }
    }

    /// Roles that decide what must be kept.
    pub fn may_hold(&self) -> Result<(), Refusal> {
        let may = matches!(self.member.role, Role::Supervisor | Role::OrganisationAdmin);
        if may { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    /// Roles that see how the work goes, as figures and lists.
    pub fn may_supervise(&self) -> Result<(), Refusal> {
        self.may_hold()
    }

    /// Roles that read the log.
    pub fn may_audit(&self) -> Result<(), Refusal> {
        let may = matches!(self.member.role, Role::Auditor | Role::OrganisationAdmin);
        if may { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    /// The clocks and the calendar of her organisation.
    pub async fn timing(&self) -> Result<Arc<Timing>, Refusal> {
        Ok(self.house.store.timing(&self.member.organisation, self.now).await?)
    }

    /// Writes down what concerns the organisation itself.
    pub async fn note(&self, what: &OfficeEvent) -> Result<(), Refusal> {
        let organisation = self.member.organisation.clone();
        self.house.store.note_event(organisation, what.body(), self.event(None)).await?;
        Ok(())
    }

    /// Roles that decide who belongs to the organisation.
    pub fn may_manage(&self) -> Result<(), Refusal> {
        if self.member.role == Role::OrganisationAdmin { Ok(()) } else { Err(Refusal::NotAllowed) }
    }
}

/// What changes something must come from our own page. `SameSite=Strict` says so already; a browser that doesn't know
/// it still sends one of these.
pub(super) fn own_page(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    if method.is_safe() {
        return Ok(());
    }
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let own = match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let host = text(header::HOST).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, of_origin)| of_origin == host)
        }
        (None, None) => false,
    };
    if own { Ok(()) } else { Err(Refusal::ForeignPage) }
}

/// The hash of the session that the cookie names.
pub(super) fn token(headers: &HeaderMap) -> Option<[u8; 32]> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, token) = pairs.find(|(name, _)| *name == COOKIE)?;
    let token = URL_SAFE_NO_PAD.decode(token).ok().filter(|token| token.len() == 32)?;
    Some(Sha256::digest(token).into())
}

/// A fresh session: its cookie and its hash. `Secure` wherever the way is encrypted, so that it works on loopback too.
pub(super) fn fresh(house: &House, caller: Option<&Caller>) -> (HeaderValue, [u8; 32]) {
    let token: [u8; 32] = house.random();
    let cookie = format!("{COOKIE}={}{}", URL_SAFE_NO_PAD.encode(token), attributes(caller));
    (HeaderValue::try_from(cookie).expect("base64 is a header"), Sha256::digest(token).into())
}

/// The cookie that takes it away.
pub(super) fn none(caller: Option<&Caller>) -> HeaderValue {
    HeaderValue::try_from(format!("{COOKIE}={}; Max-Age=0", attributes(caller))).expect("letters are a header")
}

fn attributes(caller: Option<&Caller>) -> &'static str {
    if caller.is_some_and(|caller| caller.encrypted) {
        "; Path=/; HttpOnly; SameSite=Strict; Secure"
    } else {
        "; Path=/; HttpOnly; SameSite=Strict"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn another_site_changes_nothing() {
        let own = |pairs: &[_]| own_page(&Method::POST, &headers(pairs)).is_ok();
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(!own(&[("sec-fetch-site", "same-site"), ("origin", "https://a"), ("host", "a")]));
        assert!(own(&[("origin", "https://a.example:8443"), ("host", "a.example:8443")]));
        assert!(!own(&[("origin", "https://b.example"), ("host", "a.example")]));
        assert!(!own(&[("origin", "null"), ("host", "a.example")]));
        assert!(!own(&[]));
        assert!(own_page(&Method::GET, &headers(&[])).is_ok());
    }

    #[test]
    fn only_a_whole_token_is_looked_up() {
        let whole = "desk=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert!(token(&headers(&[("cookie", whole)])).is_some());
        for wrong in ["desk=", "desk=AAAA", "other=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "desk", ""] {
            assert!(token(&headers(&[("cookie", wrong)])).is_none(), "{wrong}");
        }
    }
}
