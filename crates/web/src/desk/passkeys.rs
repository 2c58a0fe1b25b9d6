//! Passkeys (WebAuthn): one is added by whoever is signed in, and signs in without passphrase and code.
//!
//! The browser asks the passkey's PRF extension for a secret that never comes here, and wraps her identity with it: one
//! touch signs in and opens. A passkey without PRF is refused by the page, since it could open nothing.

use super::{
    once::Once,
    session::{self, SignedIn},
    sign_in::{Tries, Who, known, made_up, member_json, name_hash},
};
use crate::{
    Settings, Site,
    listen::Caller,
    report::{Bytes, Refusal, respond},
};
use axum::{
    Extension, Json,
    extract::{Path, State, rejection::JsonRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::MemberId;
use passkey_auth::{
    AuthenticationResponse, AuthenticationState, CredentialId, PasskeyCredential, RegistrationResponse,
    RegistrationState, Webauthn,
};
use serde::Deserialize;
use serde_json::json;
use std::{collections::HashMap, sync::Arc};
use store::{Passkey, StoreError, Way};

/// The most passkeys of one member.
const MOST_PASSKEYS: usize = 10;
/// The most bytes of an identity wrapped by a PRF.
const WRAPPED_BYTES: usize = 4096;

/// Questions that were asked and wait for their answer.
pub(super) type Ceremonies = Once<Ceremony>;

pub(super) enum Ceremony {
    Adding { member: MemberId, prf_salt: [u8; 32], state: RegistrationState },
    SigningIn { member: Option<MemberId>, state: AuthenticationState },
}

/// Whom authenticators are asked for: the host of the site's address. An address in numbers can be no host of passkeys;
/// on this machine it is `localhost`.
fn relying_party(settings: &Settings) -> Webauthn {
    let (scheme, rest) = settings.base_url.split_once("://").unwrap_or(("https", &settings.base_url));
    let authority = rest.split('/').next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, format!(":{port}")),
        _ => (authority, String::new()),
    };
    let host = if ["127.0.0.1", "[::1]"].contains(&host) { "localhost" } else { host };
    let host = host.trim_matches(['[', ']']).replace(':', "-");
    Webauthn::new(&host, "Hải Đăng", &format!("{scheme}://{host}{port}"))
        .require_user_verification(true)
        .strict_base64(true)
        .authenticator_attachment(passkey_auth::Attachment::Any)
}

/// `GET /api/v1/desk/passkeys`.
pub(super) async fn list(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let passkeys = signed_in.house.store.passkeys(signed_in.member.id).await?;
        let shown = passkeys.iter().map(|p| json!({ "id": Bytes(p.id.clone()), "added_at": p.added_at }));
        Ok(json!({ "passkeys": shown.collect::<Vec<_>>() }))
    };
    respond(&headers, listed.await)
}

/// `POST /api/v1/desk/passkeys/start`: what the browser hands to `navigator.credentials.create`.
pub(super) async fn add_start(
    State(site): State<Site>,
    Extension(ceremonies): Extension<Arc<Ceremonies>>,
    signed_in: SignedIn,
    headers: HeaderMap,
) -> Response {
    let started = async {
        let member = &signed_in.member;
        let known = signed_in.house.store.passkeys(member.id).await?;
        if known.len() >= MOST_PASSKEYS {
            return Err(Refusal::OverLimit);
        }
        let known: Vec<_> = known.into_iter().map(|passkey| CredentialId(passkey.id)).collect();
        let asked = relying_party(site.settings());
        let (options, state) = asked.start_registration(&member.id.0, &member.name, &member.name, &known);
        let (id, prf_salt) = (signed_in.house.random(), signed_in.house.random());
        ceremonies.keep(id, Ceremony::Adding { member: member.id, prf_salt, state });
        Ok(json!({ "ceremony": Bytes(id.to_vec()), "options": options, "prf_salt": Bytes(prf_salt.to_vec()) }))
    };
    respond(&headers, started.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Added {
    ceremony: Bytes,
    response: RegistrationResponse,
    wrapped_key: Bytes,
}

/// `POST /api/v1/desk/passkeys/finish`.
pub(super) async fn add_finish(
    State(site): State<Site>,
    Extension(ceremonies): Extension<Arc<Ceremonies>>,
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Added>, JsonRejection>,
) -> Response {
    let added = async {
        let Json(body) = body?;
        let Some(Ceremony::Adding { member, prf_salt, state }) = ceremonies.take_bytes(&body.ceremony) else {
            return Err(Refusal::Stale);
        };
        if member != signed_in.member.id || body.wrapped_key.0.len() > WRAPPED_BYTES {
            return Err(Refusal::BadSeal);
        }
        let credential = relying_party(site.settings()).finish_registration(&state, &body.response);
        let credential = credential.map_err(|error| {
            tracing::info!(%error, "a passkey was not taken");
            Refusal::BadSeal
        })?;
        let passkey = Passkey {
            id: credential.id.0.clone(),
            member,
            credential: serde_json::to_string(&credential).map_err(|_| Refusal::BadSeal)?,
            prf_salt: prf_salt.to_vec(),
            wrapped_key: Some(body.wrapped_key.0),
            added_at: signed_in.now,
        };
        signed_in.house.store.add_passkey(passkey).await?;
        Ok(json!({}))
    };
    respond(&headers, added.await)
}

/// `POST /api/v1/desk/passkeys/{passkey}/remove`.
pub(super) async fn remove(signed_in: SignedIn, Path(passkey): Path<String>, headers: HeaderMap) -> Response {
    let removed = async {
        let id = URL_SAFE_NO_PAD.decode(passkey).map_err(|_| Refusal::Absent)?;
        signed_in.house.store.remove_passkey(signed_in.member.id, id).await?;
        Ok(json!({}))
    };
    respond(&headers, removed.await)
}

/// `POST /api/v1/desk/sign-in/passkey/start`: an unknown name, or one without passkeys, is asked for a passkey that
/// nobody has, so that nothing is learned by asking.
pub(super) async fn sign_in_start(
    State(site): State<Site>,
    Extension(ceremonies): Extension<Arc<Ceremonies>>,
    headers: HeaderMap,
    body: Result<Json<Who>, JsonRejection>,
) -> Response {
    let started = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let Json(who) = body?;
        let member = known(&house, &who).await?.map(|member| member.id);
        let passkeys = match member {
            Some(id) => house.store.passkeys(id).await?,
            None => Vec::new(),
        };
        let mut asked: Vec<_> = passkeys.into_iter().map(|p| (CredentialId(p.id), p.prf_salt)).collect();
        if asked.is_empty() {
            let (id, salt) = (made_up(&house, &who, "passkey"), made_up(&house, &who, "prf"));
            asked.push((CredentialId(id.to_vec()), salt.to_vec()));
        }
        let ids: Vec<_> = asked.iter().map(|(id, _)| id.clone()).collect();
        let rp = relying_party(site.settings());
        let (options, state) = match member {
            Some(member) => rp.start_authentication_for_user(&member.0, &ids),
            None => rp.start_authentication(&ids),
        };
        let id = house.random();
        ceremonies.keep(id, Ceremony::SigningIn { member, state });
        let salts: HashMap<_, _> = asked.into_iter().map(|(id, salt)| (id.to_b64url(), Bytes(salt))).collect();
        Ok(json!({ "ceremony": Bytes(id.to_vec()), "options": options, "prf_salts": salts }))
    };
    respond(&headers, started.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shown {
    ceremony: Bytes,
    response: AuthenticationResponse,
}

/// `POST /api/v1/desk/sign-in/passkey/finish`: a session, and her identity wrapped by that passkey.
pub(super) async fn sign_in_finish(
    State(site): State<Site>,
    Extension(ceremonies): Extension<Arc<Ceremonies>>,
    Extension(tries): Extension<Arc<Tries>>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
    body: Result<Json<Shown>, JsonRejection>,
) -> Response {
    let caller = caller.as_deref();
    let signed_in = async {
        let house = site.house().ok_or(Refusal::Shut)?;
        let Json(body) = body?;
        let Some(Ceremony::SigningIn { member, state }) = ceremonies.take_bytes(&body.ceremony) else {
            return Err(Refusal::Stale);
        };
        let id = member.ok_or(Refusal::WrongSignIn)?;
        let member = house.store.member(id).await.map_err(|_| Refusal::WrongSignIn)?;
        let who = Who { organisation: member.organisation.clone(), name: member.name.clone() };
        tries.take(name_hash(&who), caller)?;
        let shown = URL_SAFE_NO_PAD.decode(&body.response.id).map_err(|_| Refusal::WrongSignIn)?;
        let passkeys = house.store.passkeys(id).await?;
        let passkey = passkeys.into_iter().find(|p| p.id == shown).ok_or(Refusal::WrongSignIn)?;
        let mut credential: PasskeyCredential =
            serde_json::from_str(&passkey.credential).map_err(|_| StoreError::Damaged("passkeys.credential"))?;
        let proof = relying_party(site.settings()).finish_authentication(&state, &body.response, &credential);
        credential.counter = proof.map_err(|_| Refusal::WrongSignIn)?.new_counter;
        let kept = serde_json::to_string(&credential).map_err(|_| Refusal::WrongSignIn)?;
        house.store.change_passkey(passkey.id, kept).await?;
        let (cookie, hash) = session::fresh(&house, caller);
        house.store.open_session_by(Way::Passkey, hash, id, site.seconds()).await?;
        let mut told = member_json(&member);
        told["wrapped_by_passkey"] = json!(passkey.wrapped_key.map(Bytes));
        Ok(([(header::SET_COOKIE, cookie)], Json(told)).into_response())
    };
    signed_in.await.unwrap_or_else(|refusal: Refusal| refusal.answer(&headers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passkey_is_asked_for_by_the_name_of_the_site() {
        let id = |base_url: &str| {
            let settings = Settings { base_url: base_url.into(), ..Settings::default() };
            relying_party(&settings).rp_id().to_owned()
        };
        assert_eq!(id("https://haidang.example"), "haidang.example");
        assert_eq!(id("https://haidang.example:8443/x"), "haidang.example");
        assert_eq!(id("http://127.0.0.1:8080"), "localhost");
        assert_eq!(id("http://[::1]:8080"), "localhost");
    }
}
