//! Signing in by passphrase and code, taking an invitation up.
//!
//! The passphrase never comes here: the browser stretches it once into a token, which signs in, and a key, which stays
//! there and unwraps her identity. An unknown name is answered like a known one.

use super::{
    code,
    session::{self, SignedIn},
};
use crate::{
    RateLimit, Site,
    limit::Limiter,
    listen::{Caller, Prefix},
    report::{Bytes, Refusal, recipient, respond},
    site::House,
};
use axum::{
    Extension, Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{MemberId, limits, office::OfficeEvent, work::Actor};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{num::NonZeroU32, sync::Arc, time::Instant};
use store::{Member, NewEvent, NewMember, StoreError};
use subtle::ConstantTimeEq;

/// The longest name to sign in with, in letters.
const NAME_LETTERS: usize = 60;

/// How often somebody may try: each name, and each network.
pub(super) struct Tries {
    names: Limiter<[u8; 32]>,
    networks: Limiter<Option<Prefix>>,
}

impl Tries {
    pub fn shared() -> Arc<Self> {
        let rate = |burst, per_second| RateLimit {
            burst: NonZeroU32::new(burst),
            per_second: NonZeroU32::new(per_second).unwrap_or(NonZeroU32::MIN),
        };
        Arc::new(Self { names: Limiter::new(rate(20, 1)), networks: Limiter::new(rate(60, 1)) })
    }

    pub(super) fn take(&self, name: [u8; 32], caller: Option<&Caller>) -> Result<(), Refusal> {
        self.take_network(caller)?;
        // A try of a name costs four of its twenty: five at once, then one in four seconds.
        self.names.take(name, 4, Instant::now()).map_err(|wait| Refusal::TooMany(wait.as_secs() + 1))
    }

    /// Where nobody is named.
    pub(super) fn take_network(&self, caller: Option<&Caller>) -> Result<(), Refusal> {
        let taken = self.networks.take(caller.map(|caller| caller.prefix), 1, Instant::now());
        taken.map_err(|wait| Refusal::TooMany(wait.as_secs() + 1))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Who {
    pub(super) organisation: String,
    pub(super) name: String,
}

/// `POST /api/v1/desk/sign-in/start`: what the browser needs to stretch her passphrase.
pub(crate) async fn start(
    State(site): State<Site>,
    headers: HeaderMap,
    body: Result<Json<Who>, JsonRejection>,
) -> Response {
    let started = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let Json(who) = body?;
        // Made of the name, so that it stays the same from try to try, as a real one does.
        let made_up = made_up(&house, &who, "salt")[..16].to_vec();
        let salt = known(&house, &who).await?.map_or(made_up, |member| member.salt);
        Ok(json!({ "salt": Bytes(salt) }))
    };
    respond(&headers, started.await)
}

/// Stands in for what an unknown name would have.
pub(super) fn made_up(house: &House, who: &Who, what: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(&house.disguise).expect("a key of any length does");
    mac.update(name_hash(who).as_slice());
    mac.update(what.as_bytes());
    mac.finalize().into_bytes().into()
}

/// The member of this name; nobody is no error, since an unknown name is answered like a known one.
pub(super) async fn known(house: &House, who: &Who) -> Result<Option<Member>, Refusal> {
    match house.store.member_named(&who.organisation, &who.name).await {
        Ok(member) => Ok(Some(member)),
        Err(StoreError::Absent(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn name_hash(who: &Who) -> [u8; 32] {
    Sha256::new().chain_update(&who.organisation).chain_update([0]).chain_update(&who.name).finalize().into()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    organisation: String,
    name: String,
    token: Bytes,
    #[serde(default)]
    code: Option<String>,
}

/// `POST /api/v1/desk/sign-in`: token and code for a session and what she keeps here.
pub(crate) async fn sign_in(
    State(site): State<Site>,
    Extension(tries): Extension<Arc<Tries>>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
    body: Result<Json<SignIn>, JsonRejection>,
) -> Response {
    let caller = caller.as_deref();
    let signed_in = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let Json(body) = body?;
        let who = Who { organisation: body.organisation, name: body.name };
        tries.take(name_hash(&who), caller)?;
        let token = body.token.exactly::<32>().map_err(|_| Refusal::WrongSignIn)?;
        let member = known(&house, &who).await?;
        let kept = member.as_ref().map_or([0; 32], |member| member.sign_in);
        let right = bool::from(kept.ct_eq(&seal::passphrase::Derived::verifier(&token)));
        let member = member.filter(|_| right).ok_or(Refusal::WrongSignIn)?;
        check_code(&house, &member, body.code.as_deref(), site.seconds()).await?;
        let (cookie, hash) = session::fresh(&house, caller);
        house.store.open_session(hash, member.id, site.seconds()).await?;
        Ok((StatusCode::OK, [(header::SET_COOKIE, cookie)], Json(member_json(&member))).into_response())
    };
    signed_in.await.unwrap_or_else(|refusal: Refusal| refusal.answer(&headers))
}

/// Who set a code generator up must show its code; each code serves once (RFC 6238).
async fn check_code(house: &House, member: &Member, code: Option<&str>, now: i64) -> Result<(), Refusal> {
    let Some(secret) = &member.totp else { return Ok(()) };
    let code = code.ok_or(Refusal::WrongSignIn)?;
    let step = code::step(secret, code, now).ok_or(Refusal::WrongSignIn)?;
    house.store.use_totp_step(member.id, step).await.map_err(|error| match error {
        StoreError::Stale(_) => Refusal::WrongSignIn,
        other => other.into(),
    })
}

/// `POST /api/v1/desk/sign-out`.
pub(crate) async fn sign_out(signed_in: SignedIn, caller: Option<Extension<Caller>>, headers: HeaderMap) -> Response {
    match signed_in.house.store.end_sessions(signed_in.member.id, Some(signed_in.hash)).await {
        Ok(()) => (StatusCode::NO_CONTENT, [(header::SET_COOKIE, session::none(caller.as_deref()))]).into_response(),
        Err(error) => Refusal::from(error).answer(&headers),
    }
}

/// The secret of an invitation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invited {
    invitation: Bytes,
}

/// `POST /api/v1/desk/invitation`: whom it invites, and whether they are the first there.
pub(crate) async fn invitation(
    State(site): State<Site>,
    headers: HeaderMap,
    body: Result<Json<Invited>, JsonRejection>,
) -> Response {
    let looked = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let Json(body) = body?;
        let hash = Sha256::digest(&body.invitation.0).into();
        let invitation = house.store.invitation(hash, site.seconds()).await?;
        let organisation = house.store.organisation(&invitation.organisation).await?;
        Ok(json!({
            "organisation": organisation.card.id, "name": organisation.card.name, "role": invitation.role,
            "founds": organisation.card.recipient.is_none(), "recipient": organisation.card.recipient,
        }))
    };
    respond(&headers, looked.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Join {
    invitation: Bytes,
    name: String,
    recipient: String,
    wrapped_key: Bytes,
    salt: Bytes,
    token: Bytes,
    totp: Totp,
    #[serde(default)]
    founds: Option<Founds>,
}

/// A code generator that she set up, with a code that shows it works.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Totp {
    secret: Bytes,
    code: String,
}

/// The organisation's new recipient and its identity, sealed to its first member.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Founds {
    recipient: String,
    key: Bytes,
}

/// `POST /api/v1/desk/join`: she is a member and signed in.
pub(crate) async fn join(
    State(site): State<Site>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
    body: Result<Json<Join>, JsonRejection>,
) -> Response {
    let caller = caller.as_deref();
    let joined = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let Json(body) = body?;
        let now = site.seconds();
        let name = body.name.trim();
        if name.is_empty() || name.chars().count() > NAME_LETTERS || name.chars().any(char::is_control) {
            return Err(Refusal::BadJson);
        }
        if body.wrapped_key.0.len() > limits::GRANT_BYTES || body.salt.exactly::<16>().is_err() {
            return Err(Refusal::BadSeal);
        }
        // Whoever signs in by passphrase shows a second thing as well: without a generator nobody joins.
        if !(16..=64).contains(&body.totp.secret.0.len()) {
            return Err(Refusal::BadSeal);
        }
        code::step(&body.totp.secret.0, &body.totp.code, now).ok_or(Refusal::WrongCode)?;
        let founds = match body.founds {
            Some(founds) if founds.key.0.len() > limits::GRANT_BYTES => return Err(Refusal::BadSeal),
            Some(founds) => Some((recipient(founds.recipient)?, founds.key.0)),
            None => None,
        };
        let member = NewMember {
            id: MemberId(house.random()),
            name: name.to_owned(),
            recipient: recipient(body.recipient)?,
            wrapped_key: body.wrapped_key.0,
            salt: body.salt.0,
            sign_in: seal::passphrase::Derived::verifier(&body.token.exactly()?),
            totp: Some(body.totp.secret.0),
            founds,
        };
        let member = house.store.join(Sha256::digest(&body.invitation.0).into(), member, now).await?;
        let (cookie, hash) = session::fresh(&house, caller);
        house.store.open_session(hash, member.id, now).await?;
        let joined = OfficeEvent::Joined { member: member.id, role: member.role };
        let by = Actor::Member(member.id, member.role);
        let event = NewEvent { by, at: now, nonce: house.random(), sealed: None };
        house.store.note_event(member.organisation.clone(), joined.body(), event).await?;
        Ok(([(header::SET_COOKIE, cookie)], Json(member_json(&member))).into_response())
    };
    joined.await.unwrap_or_else(|refusal: Refusal| refusal.answer(&headers))
}

/// What a member may know of herself.
pub(super) fn member_json(member: &Member) -> Value {
    json!({
        "id": member.id, "organisation": member.organisation, "name": member.name, "role": member.role,
        "recipient": member.recipient, "wrapped_key": Bytes(member.wrapped_key.clone()),
        "salt": Bytes(member.salt.clone()), "organisation_key": member.organisation_key.clone().map(Bytes),
        "has_code": member.totp.is_some(),
    })
}
