//! Every address of the desk, what it is for, and who answers: the one list from which the router is built. What the
//! policy doesn't let a role do is refused here, before anything else of the request is looked at; how her organisation
//! stands to a case is looked at where the case is ([`super::standing::let_in`]).

use super::{
    account, cases, code, colleagues, enter, keeping, live, log, office, overview, passkeys, programs,
    programs::Program, rotate, session, session::SignedIn, sessions, sharing, sign_in, tokens, views, work,
};
use crate::{Site, report::Refusal};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Request, State},
    handler::Handler,
    http::{HeaderMap, Method},
    middleware::{self, Next},
    response::Response,
    routing::{self, MethodRouter},
};
use rights::Action;
use std::sync::Arc;
use store::Scope;

/// Answers with some entries, in base64.
const BODY_BYTES: usize = 4 * 1024 * 1024;
/// A whole case, sealed anew, in base64.
const CASE_BYTES: usize = 8 * 1024 * 1024;

/// Who may come to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Whoever comes: nobody is signed in yet.
    Anyone,
    /// Whoever works at an organisation, in any role.
    Member,
    /// Whoever's role may do this to something.
    May(Action),
    /// A program whose token may read this.
    Token(Scope),
}

/// An address of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Its path, with names in braces where something is chosen.
    pub path: &'static str,
    /// Who may come.
    pub door: Door,
    /// Whether her page asks for it by itself: it is no use that a session lives on by.
    pub by_itself: bool,
}

struct Route {
    address: Address,
    answer: MethodRouter<Site>,
}

impl Route {
    const fn by_itself(mut self) -> Self {
        self.address.by_itself = true;
        self
    }

    fn up_to(self, bytes: usize) -> Self {
        Self { answer: self.answer.layer(DefaultBodyLimit::max(bytes)), ..self }
    }
}

fn get<T: 'static>(path: &'static str, door: Door, answer: impl Handler<T, Site>) -> Route {
    let address = Address { method: "GET", path, door, by_itself: false };
    Route { address, answer: routing::get(answer) }
}

fn post<T: 'static>(path: &'static str, door: Door, answer: impl Handler<T, Site>) -> Route {
    let address = Address { method: "POST", path, door, by_itself: false };
    Route { address, answer: routing::post(answer) }
}

#[rustfmt::skip]
fn table() -> Vec<Route> {
    use Action::{
        Answer, ConsentRecord, EnterReport, ExportAudit, ExportCase, ExportIndicators, Hold, ListQueue, LockFiles,
        ManageKeys, ManageOrganisation, ManageStaff, ManageTokens, OpenCase, OpenFile, ReadAudit, ReadIndicators, Refer,
        ReviewQuality,
    };
    use Door::{Anyone, May, Member, Token};
    vec![
        post("/api/v1/desk/sign-in/start", Anyone, sign_in::start),
        post("/api/v1/desk/sign-in", Anyone, sign_in::sign_in),
        post("/api/v1/desk/sign-in/passkey/start", Anyone, passkeys::sign_in_start),
        post("/api/v1/desk/sign-in/passkey/finish", Anyone, passkeys::sign_in_finish),
        post("/api/v1/desk/account/start", Anyone, account::start),
        get(account::BACK, Anyone, account::come_back),
        post("/api/v1/desk/invitation", Anyone, sign_in::invitation),
        post("/api/v1/desk/code", Anyone, code::new),
        post("/api/v1/desk/join", Anyone, sign_in::join),

        get("/api/v1/desk/me", Member, colleagues::me),
        post("/api/v1/desk/sign-out", Member, sign_in::sign_out),
        get("/api/v1/desk/live", Member, live::live).by_itself(),
        post("/api/v1/desk/passphrase", May(ManageKeys), colleagues::change_passphrase),
        get("/api/v1/desk/passkeys", May(ManageKeys), passkeys::list),
        post("/api/v1/desk/passkeys/start", May(ManageKeys), passkeys::add_start),
        post("/api/v1/desk/passkeys/finish", May(ManageKeys), passkeys::add_finish),
        post("/api/v1/desk/passkeys/{passkey}/remove", May(ManageKeys), passkeys::remove),
        post("/api/v1/desk/account/tie", May(ManageKeys), account::tie),
        get("/api/v1/desk/sessions", May(ManageKeys), sessions::list),
        post("/api/v1/desk/sessions/end", May(ManageKeys), sessions::end_all),
        post("/api/v1/desk/sessions/{session}/end", May(ManageKeys), sessions::end),

        get("/api/v1/desk/colleagues", Member, colleagues::list),
        post("/api/v1/desk/colleagues/invite", May(ManageStaff), colleagues::invite),
        // Her own door she opens herself, with two recovery shares; a colleague's is looked at there.
        post("/api/v1/desk/colleagues/{member}/key", Member, colleagues::give_key),
        post("/api/v1/desk/colleagues/{member}/leave", May(ManageStaff), colleagues::leave),

        post("/api/v1/desk/colleagues/{member}/role", May(ManageStaff), colleagues::change_role),

        // What she can't open is sealed: who opens the door of a case needs these first.
        get("/api/v1/desk/keys", Member, rotate::keys),
        post("/api/v1/desk/keys", May(ManageStaff), rotate::rotate),
        get("/api/v1/desk/keys/grants", May(ManageStaff), rotate::next),
        post("/api/v1/desk/keys/grants", May(ManageStaff), rotate::reseal),

        get("/api/v1/desk/office", May(ManageOrganisation), office::show),
        post("/api/v1/desk/office", May(ManageOrganisation), office::change),
        get("/api/v1/desk/teams", Member, office::teams),
        post("/api/v1/desk/teams", May(ManageOrganisation), office::keep_team),
        post("/api/v1/desk/teams/{team}/remove", May(ManageOrganisation), office::drop_team),
        get("/api/v1/desk/templates", May(Answer), office::templates),
        post("/api/v1/desk/templates", May(ManageOrganisation), office::keep_template),
        post("/api/v1/desk/templates/{template}/remove", May(ManageOrganisation), office::drop_template),

        get("/api/v1/desk/overview", May(ReviewQuality), overview::show).by_itself(),
        get("/api/v1/desk/figures", May(ReadIndicators), overview::figures).by_itself(),
        post("/api/v1/desk/figures/taken", May(ExportIndicators), overview::taken),
        get("/api/v1/desk/log", May(ReadAudit), log::list),
        get("/api/v1/desk/log/check", May(ReadAudit), log::check).by_itself(),
        post("/api/v1/desk/log/export", May(ExportAudit), log::export),

        get("/api/v1/desk/tokens", May(ManageTokens), tokens::list),
        post("/api/v1/desk/tokens", May(ManageTokens), tokens::make),
        post("/api/v1/desk/tokens/{token}/end", May(ManageTokens), tokens::end),

        get("/api/v1/desk/inbox", May(ListQueue), cases::inbox).by_itself(),
        get("/api/v1/desk/views", May(ListQueue), views::kept),
        post("/api/v1/desk/views", May(ListQueue), views::keep),
        get("/api/v1/desk/keeping", May(ListQueue), keeping::list).by_itself(),
        get("/api/v1/desk/cases/{case}", May(OpenCase), cases::open),
        post("/api/v1/desk/cases/{case}/entries", May(Answer), cases::add),
        post("/api/v1/desk/cases/{case}/export", May(ExportCase), cases::export),
        get("/api/v1/desk/cases/{case}/work", May(OpenCase), work::events),
        // What the change is for is looked at there.
        post("/api/v1/desk/cases/{case}/work", May(OpenCase), work::change),
        post("/api/v1/desk/cases/{case}/consents", May(ConsentRecord), sharing::consent),
        get("/api/v1/desk/cases/{case}/consents/{consent}/members", May(Refer), sharing::members),
        post("/api/v1/desk/cases/{case}/referrals", May(Refer), sharing::refer).up_to(CASE_BYTES),
        // Whose turn it is, and which right that needs, is looked at there.
        post("/api/v1/desk/cases/{case}/referrals/{referral}", May(OpenCase), sharing::step),
        post("/api/v1/desk/enter", May(EnterReport), enter::enter).up_to(CASE_BYTES),
        post("/api/v1/desk/cases/{case}/hold", May(Hold), keeping::hold),
        post("/api/v1/desk/cases/{case}/lock", May(LockFiles), cases::lock),
        get("/api/v1/desk/cases/{case}/files/{file}/from/{from}", May(OpenFile), cases::file),

        get("/api/v1/cases", Token(Scope::Cases), programs::cases),
        get("/api/v1/cases/{case}", Token(Scope::Cases), programs::case),
        get("/api/v1/events", Token(Scope::Events), programs::events),
    ]
}

/// The list, for whoever walks along it (a test does, with everybody else's sessions).
pub fn addresses() -> Vec<Address> {
    table().into_iter().map(|route| route.address).collect()
}

/// The addresses under `/api/v1/desk`, and those of programs.
pub(crate) fn routes(site: &Site) -> Router<Site> {
    let pace = Arc::new(programs::pace());
    let along = |router: Router<Site>, Route { address, answer }: Route| {
        let guard = middleware::from_fn_with_state((site.clone(), address, Arc::clone(&pace)), guard);
        router.route(address.path, answer.route_layer(guard))
    };
    table()
        .into_iter()
        .fold(Router::new(), along)
        .layer(Extension(sign_in::Tries::shared()))
        .layer(Extension(Arc::<passkeys::Ceremonies>::default()))
        .layer(Extension(Arc::<account::Asked>::default()))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}

type Guarded = (Site, Address, Arc<programs::Pace>);

async fn guard(State((site, address, pace)): State<Guarded>, mut request: Request, next: Next) -> Response {
    if let Door::Token(scope) = address.door {
        return match Program::of(request.headers(), &site, scope, &pace).await {
            Ok(program) => {
                request.extensions_mut().insert(program);
                next.run(request).await
            }
            Err(refusal) => refusal.answer(request.headers()),
        };
    }
    match admit(&site, address, request.method(), request.headers()).await {
        Ok(None) => next.run(request).await,
        Ok(Some(signed_in)) => {
            request.extensions_mut().insert(signed_in);
            next.run(request).await
        }
        Err(refusal) => refusal.answer(request.headers()),
    }
}

async fn admit(
    site: &Site,
    address: Address,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Option<SignedIn>, Refusal> {
    session::own_page(method, headers)?;
    let action = match address.door {
        Door::Anyone => return Ok(None),
        // Asked for before; a session is no token.
        Door::Token(_) => return Err(Refusal::NoToken),
        Door::Member => None,
        Door::May(action) => Some(action),
    };
    let signed_in = SignedIn::of(headers, site, !address.by_itself).await?;
    let Some(action) = action else { return Ok(Some(signed_in)) };
    if !signed_in.acting.may_ever(action) {
        return Err(Refusal::NotAllowed);
    }
    if signed_in.needs_passkey && action != Action::ManageKeys {
        return Err(Refusal::PasskeyNeeded);
    }
    Ok(Some(SignedIn { action: Some(action), ..signed_in }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ever_allowed_at_an_address_without_a_case_is_allowed_in_ones_own_organisation() {
        use rights::{Acting, Relation};
        use vocabulary::{OrganisationKind, Role};
        for address in addresses().into_iter().filter(|address| !address.path.contains("{case}")) {
            let Door::May(action) = address.door else { continue };
            for (role, kind) in
                Role::ALL.iter().flat_map(|role| OrganisationKind::ALL.iter().map(move |kind| (role, kind)))
            {
                let acting = Acting::member(*role, *kind);
                assert_eq!(acting.may_ever(action), acting.may(action, Relation::Own), "{role} {kind} {address:?}");
            }
        }
    }

    #[test]
    fn every_address_that_names_a_case_is_for_one_action() {
        for address in addresses() {
            let names_one = address.path.contains("{case}");
            assert!(!names_one || matches!(address.door, Door::May(_) | Door::Token(_)), "{address:?}");
        }
    }
}
