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
use casework::{office::OfficeEvent, work::Actor};
use rights::{Acting, Action, Relation};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Member, NewEvent, StoreError, Way};
use vocabulary::Role;

const COOKIE: &str = "desk";

/// A member who is signed in, may do what this address is for, and asks from our own page. [`super::routes`] let her in;
/// whoever asks for this at an address of which the list says nothing gets nobody.
#[derive(Clone)]
pub(crate) struct SignedIn {
    pub house: Arc<House>,
    pub member: Member,
    /// As the policy sees her.
    pub acting: Acting,
    /// What the address is for; none where it is for any member.
    pub action: Option<Action>,
    /// She must come by passkey to do more than look after her own keys.
    pub needs_passkey: bool,
    /// Of this session.
    pub hash: [u8; 32],
    pub now: i64,
}

impl FromRequestParts<Site> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Refusal::SignedOut.answer(&parts.headers))
    }
}

impl SignedIn {
    /// Who is signed in by this cookie. What her page asks by itself (`by_hand` is false) is no use that a session lives
    /// on by.
    pub(super) async fn of(headers: &HeaderMap, site: &Site, by_hand: bool) -> Result<Self, Refusal> {
        let house = site.house().ok_or(Refusal::Shut)?;
        let hash = token(headers).ok_or(Refusal::SignedOut)?;
        let now = site.seconds();
        let session = if by_hand { house.store.session(hash, now).await } else { house.store.glance(hash, now).await };
        let session = session.map_err(|error| match error {
            StoreError::Absent(_) => Refusal::SignedOut,
            other => other.into(),
        })?;
        let acting = Acting::member(session.member.role, session.kind);
        let is_admin = session.member.role == Role::OrganisationAdmin;
        let needs_passkey = session.admin_passkey && is_admin && session.way != Way::Passkey;
        Ok(Self { house, member: session.member, acting, action: None, needs_passkey, hash, now })
    }

    /// What she does now, for the log: `sealed` are words that go with it.
    pub fn event(&self, sealed: Option<Vec<u8>>) -> NewEvent {
        let by = Actor::Member(self.member.id, self.member.role);
        NewEvent { by, at: self.now, nonce: self.house.random(), sealed }
    }

    /// What she may do to what stands so to her organisation, as the policy names it.
    pub fn may_do(&self, relation: Relation) -> Vec<&'static str> {
        Action::ALL.iter().filter(|&&action| self.acting.may(action, relation)).map(|action| action.code()).collect()
    }

    /// Writes down what concerns the organisation itself.
    pub async fn note(&self, what: &OfficeEvent) -> Result<(), Refusal> {
        let organisation = self.member.organisation.clone();
        self.house.store.note_event(organisation, what.body(), self.event(None)).await?;
        Ok(())
    }

    /// Whether the policy lets her do this in her own organisation.
    pub fn may(&self, action: Action) -> Result<(), Refusal> {
        if self.needs_passkey {
            return Err(Refusal::PasskeyNeeded);
        }
        if self.acting.may(action, Relation::Own) { Ok(()) } else { Err(Refusal::NotAllowed) }
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
    let token = URL_SAFE_NO_PAD.decode(cookie(headers, COOKIE)?).ok().filter(|token| token.len() == 32)?;
    Some(Sha256::digest(token).into())
}

/// What a cookie of this name holds.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
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
