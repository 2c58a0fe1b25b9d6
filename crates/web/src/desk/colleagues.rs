//! Oneself and one's colleagues: invite, open the door, leave.

use super::{session::SignedIn, sign_in::member_json};
use crate::{
    Site,
    report::{Bytes, Refusal, respond},
};
use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use casework::{MemberId, office::OfficeEvent};
use rights::{Action, Relation};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Invitation, Member};
use vocabulary::Role;

/// An invitation holds three days.
pub(crate) const INVITATION_SECONDS: i64 = 3 * 24 * 3600;

/// `GET /api/v1/desk/me`: who she is, and what her role lets her do.
pub(crate) async fn me(State(site): State<Site>, signed_in: SignedIn, headers: HeaderMap) -> Response {
    let told = async {
        let organisation = signed_in.house.store.organisation(&signed_in.member.organisation).await?;
        let account = match site.provider(&organisation.card.id) {
            None => "none",
            Some(_) if signed_in.house.store.has_account(signed_in.member.id).await? => "tied",
            Some(_) => "open",
        };
        Ok(json!({
            "member": member_json(&signed_in.member), "organisation": organisation.card,
            "may": signed_in.may_do(Relation::Own), "account": account,
        }))
    };
    respond(&headers, told.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassphrase {
    wrapped_key: Bytes,
    salt: Bytes,
    token: Bytes,
}

/// `POST /api/v1/desk/passphrase`: her identity under a new passphrase. Her other sessions end.
pub(crate) async fn change_passphrase(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<NewPassphrase>, JsonRejection>,
) -> Response {
    let changed = async {
        let Json(body) = body?;
        let verifier = seal::passphrase::Derived::verifier(&body.token.exactly()?);
        body.salt.exactly::<16>()?;
        let (store, id) = (&signed_in.house.store, signed_in.member.id);
        store.change_passphrase(id, body.wrapped_key.0, body.salt.0, verifier, Some(signed_in.hash)).await?;
        Ok(json!({}))
    };
    respond(&headers, changed.await)
}

/// `GET /api/v1/desk/colleagues`.
pub(crate) async fn list(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let members = signed_in.house.store.members(&signed_in.member.organisation).await?;
        let shown = |m: &Member| {
            json!({
                "id": m.id, "name": m.name, "role": m.role, "recipient": m.recipient,
                "has_key": m.organisation_key.is_some(), "added_at": m.added_at,
            })
        };
        Ok(json!({ "members": members.iter().map(shown).collect::<Vec<_>>() }))
    };
    respond(&headers, listed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invite {
    role: Role,
}

/// `POST /api/v1/desk/colleagues/invite`: the secret of a one-time link, shown once.
pub(crate) async fn invite(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Invite>, JsonRejection>,
) -> Response {
    let invited = async {
        let Json(body) = body?;
        let secret: [u8; 32] = signed_in.house.random();
        let expires_at = signed_in.now + INVITATION_SECONDS;
        let invitation = Invitation {
            hash: Sha256::digest(secret).into(),
            organisation: signed_in.member.organisation.clone(),
            role: body.role,
            expires_at,
        };
        signed_in.house.store.invite(invitation).await?;
        signed_in.note(&OfficeEvent::Invited { role: body.role }).await?;
        Ok(json!({ "invitation": Bytes(secret.to_vec()), "expires_at": expires_at }))
    };
    respond(&headers, invited.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Key {
    key: Bytes,
}

/// `POST /api/v1/desk/colleagues/{member}/key`: the organisation's identity, sealed in the browser to a colleague, or to
/// oneself out of two recovery shares.
pub(crate) async fn give_key(
    signed_in: SignedIn,
    Path(member): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Key>, JsonRejection>,
) -> Response {
    let given = async {
        let Json(body) = body?;
        let colleague = colleague(&signed_in, &member).await?;
        // Who came back with two recovery shares opens her own door; what she hands in only she can open.
        if colleague.id != signed_in.member.id || colleague.organisation_key.is_some() {
            signed_in.may(Action::ManageStaff)?;
        }
        signed_in.house.store.give_organisation_key(colleague.id, body.key.0).await?;
        signed_in.note(&OfficeEvent::DoorOpened { member: colleague.id }).await?;
        Ok(json!({}))
    };
    respond(&headers, given.await)
}

/// `POST /api/v1/desk/colleagues/{member}/leave`: her sessions end at once.
pub(crate) async fn leave(signed_in: SignedIn, Path(member): Path<String>, headers: HeaderMap) -> Response {
    let left = async {
        let colleague = colleague(&signed_in, &member).await?;
        somebody_else_can_let_in(&signed_in, &colleague).await?;
        signed_in.house.store.leave(colleague.id, signed_in.house.random(), signed_in.now).await?;
        signed_in.note(&OfficeEvent::MemberLeft { member: colleague.id }).await?;
        Ok(json!({}))
    };
    respond(&headers, left.await)
}

/// `POST /api/v1/desk/colleagues/{member}/role`: another role from now on.
pub(crate) async fn change_role(
    signed_in: SignedIn,
    Path(member): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Invite>, JsonRejection>,
) -> Response {
    let changed = async {
        let Json(Invite { role }) = body?;
        let colleague = colleague(&signed_in, &member).await?;
        if role != Role::OrganisationAdmin {
            somebody_else_can_let_in(&signed_in, &colleague).await?;
        }
        signed_in.house.store.change_role(colleague.id, role, signed_in.now).await?;
        signed_in.note(&OfficeEvent::RoleChanged { member: colleague.id, role }).await?;
        Ok(json!({}))
    };
    respond(&headers, changed.await)
}

/// Without her there is still an administrator who can open the door to others.
pub(super) async fn somebody_else_can_let_in(signed_in: &SignedIn, without: &Member) -> Result<(), Refusal> {
    let members = signed_in.house.store.members(&signed_in.member.organisation).await?;
    let opens = |m: &&Member| m.role == Role::OrganisationAdmin && m.organisation_key.is_some() && m.id != without.id;
    if without.role == Role::OrganisationAdmin && !members.iter().any(|m| opens(&m)) {
        return Err(Refusal::NotAllowed);
    }
    Ok(())
}

/// A member of the same organisation; any other is as if she weren't there.
pub(super) async fn colleague(signed_in: &SignedIn, id: &str) -> Result<Member, Refusal> {
    let id: MemberId = id.parse().map_err(|_| Refusal::Absent)?;
    let member = signed_in.house.store.member(id).await?;
    if member.organisation == signed_in.member.organisation { Ok(member) } else { Err(Refusal::Absent) }
}
