//! Signing in by the account of the organisation's own provider (OpenID Connect).
//!
//! The provider stands in the place of name, passphrase and code: it says who she is and by her groups what she may do.
//! Her keys it never has: the page asks for her passphrase, or a passkey, to unwrap them. Whoever is new comes back with
//! an invitation and makes her keys as everybody does; whoever is a member already ties the account to herself once.

use super::{
    once::Once,
    session::{self, SignedIn},
    sign_in::Tries,
};
use crate::{Site, listen::Caller, report::Refusal, site::House};
use axum::{
    Extension, Json,
    extract::{Query, State, rejection::JsonRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use casework::MemberId;
use oidc::{OidcError, Person, Provider};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Invitation, StoreError, Way};
use subtle::ConstantTimeEq;
use tokio::task::spawn_blocking;
use vocabulary::Lang;

/// Names the question in the browser that asked it, until the answer comes.
const COOKIE: &str = "account";
/// Where the provider sends her back to.
pub(super) const BACK: &str = "/api/v1/desk/account/back";

/// Questions to providers that wait for their answer.
pub(super) type Asked = Once<Question>;

pub(super) struct Question {
    provider: Arc<Provider>,
    waiting: oidc::Waiting,
    /// Who wants to tie the account to herself; none where somebody signs in.
    member: Option<MemberId>,
    lang: Lang,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    organisation: String,
    lang: Lang,
}

/// `POST /api/v1/desk/account/start`: where her browser goes to sign in.
pub(super) async fn start(
    State(site): State<Site>,
    Extension(asked): Extension<Arc<Asked>>,
    Extension(tries): Extension<Arc<Tries>>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
    body: Result<Json<Start>, JsonRejection>,
) -> Response {
    let started = async {
        let Json(body) = body?;
        // Each costs a call to the provider.
        tries.take_network(caller.as_deref())?;
        let provider = site.provider(&body.organisation).ok_or(Refusal::Absent)?;
        ask(&site, &asked, provider, None, body.lang, caller.as_deref()).await
    };
    started.await.unwrap_or_else(|refusal: Refusal| refusal.answer(&headers))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tie {
    lang: Lang,
}

/// `POST /api/v1/desk/account/tie`: the same for a member who ties the account to herself.
pub(super) async fn tie(
    State(site): State<Site>,
    Extension(asked): Extension<Arc<Asked>>,
    caller: Option<Extension<Caller>>,
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Tie>, JsonRejection>,
) -> Response {
    let started = async {
        let Json(body) = body?;
        let provider = site.provider(&signed_in.member.organisation).ok_or(Refusal::Absent)?;
        ask(&site, &asked, provider, Some(signed_in.member.id), body.lang, caller.as_deref()).await
    };
    started.await.unwrap_or_else(|refusal: Refusal| refusal.answer(&headers))
}

async fn ask(
    site: &Site,
    asked: &Asked,
    provider: Arc<Provider>,
    member: Option<MemberId>,
    lang: Lang,
    caller: Option<&Caller>,
) -> Result<Response, Refusal> {
    let house = site.house().ok_or(Refusal::Shut)?;
    let (asking, back) = (Arc::clone(&provider), back(site));
    let (address, waiting) = outside(move || asking.ask(&back)).await?;
    let id: [u8; 16] = house.random();
    asked.keep(id, Question { provider, waiting, member, lang });
    let cookie = cookie(&URL_SAFE_NO_PAD.encode(id), 300, caller);
    Ok(([(header::SET_COOKIE, cookie)], Json(json!({ "address": address }))).into_response())
}

/// `GET /api/v1/desk/account/back`: to the desk, signed in; to the page of an invitation, for whoever is new; or to the
/// desk with a word why not.
pub(super) async fn come_back(
    State(site): State<Site>,
    Extension(asked): Extension<Arc<Asked>>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
    Query(answer): Query<Vec<(String, String)>>,
) -> Response {
    let caller = caller.as_deref();
    // A provider may hang on more than is looked at here.
    let said = |name| answer.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    let question = named(&headers).and_then(|id| asked.take(id));
    let lang = question.as_ref().map_or(Lang::Vi, |question| question.lang);
    let (to, session) = match question {
        // Whoever is sent here by a page of somebody else's has no such question, or not this one.
        Some(question) if same(&question.waiting.state, said("state")) => {
            arrive(&site, question, said("code").to_owned(), caller)
                .await
                .unwrap_or_else(|end| (end.fragment().into(), None))
        }
        _ => (End::Stale.fragment().into(), None),
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    let to = HeaderValue::try_from(format!("/{}/desk{to}", lang.code())).expect("letters are a header");
    headers.insert(header::LOCATION, to);
    headers.append(header::SET_COOKIE, cookie("", 0, caller));
    if let Some(session) = session {
        headers.append(header::SET_COOKIE, session);
    }
    response
}

/// Where it ends without anybody signed in; the page says each in words.
enum End {
    /// The question is too old, was answered before, or was another's.
    Stale,
    /// The provider can't be reached, or proves nothing.
    Failed,
    /// None of her groups has a role here.
    NoRole,
    /// The account is tied to another member.
    Taken,
}

impl End {
    const fn fragment(&self) -> &'static str {
        match self {
            Self::Stale => "#account-stale",
            Self::Failed => "#account-failed",
            Self::NoRole => "#account-no-role",
            Self::Taken => "#account-taken",
        }
    }
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        if let StoreError::Taken(_) = error {
            return Self::Taken;
        }
        tracing::error!(%error, "the store failed");
        Self::Failed
    }
}

/// The end of the address of the page, and the cookie of a session.
type Arrived = (String, Option<HeaderValue>);

async fn arrive(site: &Site, question: Question, code: String, caller: Option<&Caller>) -> Result<Arrived, End> {
    let house = site.house().ok_or(End::Failed)?;
    let Question { provider, waiting, member, .. } = question;
    let (answering, back) = (Arc::clone(&provider), back(site));
    let person = spawn_blocking(move || answering.answered(&back, waiting, code)).await.map_err(|_| End::Failed)?;
    let Person { who, role } = person.map_err(|error| {
        tracing::info!(%error, "nobody signed in by account");
        if matches!(error, OidcError::NoRole) { End::NoRole } else { End::Failed }
    })?;
    let organisation = provider.organisation();
    if let Some(member) = member {
        // She may have left meanwhile.
        house.store.member(member).await?;
        house.store.add_account(organisation.to_owned(), who, member).await?;
        return Ok(("#account-tied".into(), None));
    }
    let Some(id) = house.store.member_of_account(organisation, who).await? else {
        return Ok((format!("/join#{}", invite(&house, organisation, who, role, site.seconds()).await?), None));
    };
    // What she may do is said there: groups that she left count no more.
    if house.store.member(id).await?.role != role {
        house.store.change_role(id, role, site.seconds()).await?;
    }
    let (cookie, hash) = session::fresh(&house, caller);
    house.store.open_session_by(Way::Account, hash, id, site.seconds()).await?;
    Ok(("#account".into(), Some(cookie)))
}

/// An hour is enough to make one's keys.
const INVITED_SECONDS: i64 = 3600;

/// The secret of an invitation for this account alone.
async fn invite(
    house: &House,
    organisation: &str,
    who: store::Who,
    role: vocabulary::Role,
    now: i64,
) -> Result<String, StoreError> {
    let secret: [u8; 32] = house.random();
    let (hash, organisation) = (Sha256::digest(secret).into(), organisation.to_owned());
    let invitation = Invitation { hash, organisation, role, expires_at: now + INVITED_SECONDS };
    house.store.invite_account(invitation, who).await?;
    Ok(URL_SAFE_NO_PAD.encode(secret))
}

/// Waits for a provider beside the threads that answer.
async fn outside<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, OidcError> + Send + 'static,
) -> Result<T, Refusal> {
    let called = spawn_blocking(call).await.map_err(|_| Refusal::NoProvider)?;
    called.map_err(|error| {
        tracing::warn!(%error, "an organisation's provider");
        Refusal::NoProvider
    })
}

fn back(site: &Site) -> String {
    format!("{}{BACK}", site.settings().base_url.trim_end_matches('/'))
}

fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// It comes along when the provider sends her back, which is another site: `Lax`, not `Strict`.
fn cookie(value: &str, seconds: u32, caller: Option<&Caller>) -> HeaderValue {
    let secure = if caller.is_some_and(|caller| caller.encrypted) { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path={BACK}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(cookie).expect("base64 is a header")
}

fn named(headers: &HeaderMap) -> Option<[u8; 16]> {
    URL_SAFE_NO_PAD.decode(session::cookie(headers, COOKIE)?).ok()?.try_into().ok()
}
