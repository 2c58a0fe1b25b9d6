//! Signing in by an organisation's own provider (OpenID Connect, authorisation code with PKCE).
//!
//! [`Provider::ask`] makes the address that her browser goes to; [`Provider::answered`] exchanges what comes back for an
//! ID token and says who she is: a hash that names her to nobody else, and the role that her groups stand for. What is
//! checked: signature, issuer, audience, nonce, times, and the PKCE verifier by the provider. Both calls block: they go
//! out to the provider, read what it publishes anew each time, and follow no redirect.
//!
//! A provider says who somebody is, never what she can open: her keys stay in her browser.
//!
//! Deliberately absent: the provider's access and refresh tokens (dropped at once), names and addresses of people.

mod file;

pub use file::{FileError, read};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{fmt, time::Duration};
use vocabulary::Role;

/// How long a provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes of one answer of a provider.
const ANSWER_BYTES: u64 = 1024 * 1024;

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// An organisation's provider, and how we are known there.
pub struct Provider {
    organisation: String,
    issuer: IssuerUrl,
    client: ClientId,
    secret: ClientSecret,
    /// The claim of the ID token that says her groups.
    claim: String,
    /// The role of each group; the first that fits counts.
    roles: Vec<(String, Role)>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("organisation", &self.organisation).finish_non_exhaustive()
    }
}

/// What was asked and waits for its answer. It serves once.
#[derive(Debug)]
pub struct Waiting {
    /// Comes back with the answer.
    pub state: String,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

/// Whom a provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// SHA-256 over the issuer and its word for her.
    pub who: [u8; 32],
    /// What her groups let her do.
    pub role: Role,
}

/// Why nobody is vouched for. No text of a provider stands in it: it could name somebody.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The provider can't be reached, or answers what nobody can use.
    #[error("the provider can't be reached, or its answer can't be used ({0})")]
    Unreachable(&'static str),
    /// It took back what it said, or what came is not from it.
    #[error("the answer of the provider proves nothing ({0})")]
    Unproven(&'static str),
    /// She is known there, but none of her groups has a role here.
    #[error("none of her groups has a role here")]
    NoRole,
}

impl Provider {
    /// Of which organisation.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// Where her browser goes, and what waits for its way back to `back`.
    ///
    /// # Errors
    /// [`OidcError::Unreachable`].
    pub fn ask(&self, back: &str) -> Result<(String, Waiting), OidcError> {
        let client = self.client(back)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let asked = client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let (address, state, nonce) = asked.set_pkce_challenge(challenge).url();
        Ok((address.into(), Waiting { state: state.into_secret(), nonce, verifier }))
    }

    /// Who came back to `back` with this code.
    ///
    /// # Errors
    /// Every variant of [`OidcError`].
    pub fn answered(&self, back: &str, waiting: Waiting, code: String) -> Result<Person, OidcError> {
        let client = self.client(back)?;
        let exchange = client.exchange_code(AuthorizationCode::new(code));
        let exchange = exchange.map_err(|_| OidcError::Unreachable("it names no address for codes"))?;
        let tokens = exchange.set_pkce_verifier(waiting.verifier).request(&http);
        let tokens = tokens.map_err(|error| match error {
            openidconnect::RequestTokenError::ServerResponse(_) => OidcError::Unproven("it refused the code"),
            _ => OidcError::Unreachable("its answer to the code"),
        })?;
        let token = tokens.id_token().ok_or(OidcError::Unproven("there is no ID token"))?;
        let claims = token.claims(&client.id_token_verifier(), &waiting.nonce);
        let claims = claims.map_err(|_| OidcError::Unproven("the ID token is not right"))?;
        let said = payload(&token.to_string()).ok_or(OidcError::Unproven("the ID token is not right"))?;
        let role = self.role(&said[&self.claim]).ok_or(OidcError::NoRole)?;
        let who =
            Sha256::new().chain_update(self.issuer.as_str()).chain_update([0]).chain_update(claims.subject().as_str());
        Ok(Person { who: who.finalize().into(), role })
    }

    /// What it publishes, read anew: keys change.
    fn client(&self, back: &str) -> Result<Client, OidcError> {
        let found = CoreProviderMetadata::discover(&self.issuer, &http);
        let found = found.map_err(|_| OidcError::Unreachable("what it publishes of itself"))?;
        let back = RedirectUrl::new(back.to_owned()).map_err(|_| OidcError::Unreachable("base_url is no address"))?;
        let client = CoreClient::from_provider_metadata(found, self.client.clone(), Some(self.secret.clone()));
        Ok(client.set_redirect_uri(back))
    }

    /// The role of the first group that has one. A claim is a word, or a list of words.
    fn role(&self, claim: &Value) -> Option<Role> {
        let said: Vec<&str> = match claim {
            Value::String(one) => vec![one],
            Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        self.roles.iter().find(|(group, _)| said.contains(&group.as_str())).map(|(_, role)| *role)
    }
}

/// The claims of a token whose signature was checked.
fn payload(token: &str) -> Option<Value> {
    let part = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// One call to a provider.
fn http(request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        // An error is an answer too: it says what was refused.
        .http_status_as_error(false)
        .build();
    let (head, mut body) = ureq::Agent::new_with_config(config).run(request)?.into_parts();
    let body = body.with_config().limit(ANSWER_BYTES).read_to_vec()?;
    Ok(HttpResponse::from_parts(head, body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FILE: &str = r#"
        [[provider]]
        organisation = "tong-dai"
        issuer = "https://id.example"
        client_id = "haidang"
        client_secret_file = "secret"
        claim = "groups"
        roles = [{ group = "leads", role = "supervisor" }, { group = "all", role = "caseworker" }]
    "#;

    fn provider() -> Provider {
        read(FILE, |_| Ok("secret\n".into())).unwrap().remove(0)
    }

    #[test]
    fn the_first_group_that_has_a_role_counts() {
        let role = |claim: Value| provider().role(&claim);
        assert_eq!(role(json!(["all", "leads"])), Some(Role::Supervisor));
        assert_eq!(role(json!("all")), Some(Role::Caseworker));
        for nothing in [json!([]), json!(["other"]), json!(null), json!(7), json!({"all": true}), json!([["all"]])] {
            assert_eq!(role(nothing.clone()), None, "{nothing}");
        }
    }

    #[test]
    fn no_secret_is_shown() {
        assert_eq!(format!("{:?}", provider()), "Provider { organisation: \"tong-dai\", .. }");
    }

    #[test]
    fn a_provider_that_is_not_there_is_said_so() {
        let gone = FILE.replace("https://id.example", "http://127.0.0.1:1");
        let gone = read(&gone, |_| Ok("secret".into())).unwrap().remove(0);
        assert!(matches!(gone.ask("http://127.0.0.1:8080/back"), Err(OidcError::Unreachable(_))));
    }
}
