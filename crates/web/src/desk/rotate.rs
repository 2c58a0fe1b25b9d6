//! The organisation's key is made anew in an administrator's browser, when somebody left who knew it: sealed to whoever
//! stays, and the one before it sealed to the new one. Grants of cases are sealed anew afterwards, piece by piece.

use super::{
    colleagues::{colleague, somebody_else_can_let_in},
    office::is_sealed_key,
    session::SignedIn,
};
use crate::report::{Bytes, Refusal, recipient, respond};
use axum::{Json, extract::rejection::JsonRejection, http::HeaderMap, response::Response};
use casework::{CaseId, MemberId, office::OfficeEvent};
use serde::Deserialize;
use serde_json::json;
use store::{EarlierKey, Grant, NewKey};

/// Grants that are taken at once.
const AT_ONCE: usize = 1000;

/// `GET /api/v1/desk/keys`: the present recipient, and the keys before it, each sealed to the one behind it.
pub(crate) async fn keys(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let (store, organisation) = (&signed_in.house.store, &signed_in.member.organisation);
        let present = store.organisation(organisation).await?.card.recipient;
        let (due, earlier) = (store.office(organisation).await?.keys_due, store.earlier_keys(organisation).await?);
        let is_walked = earlier.iter().all(|key| key.is_walked);
        let shown =
            |key: &EarlierKey| json!({ "recipient": key.recipient, "sealed": Bytes(key.sealed.clone()), "at": key.at });
        Ok(json!({
            "recipient": present, "due": due, "walked": is_walked,
            "earlier": earlier.iter().map(shown).collect::<Vec<_>>(),
        }))
    };
    respond(&headers, listed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rotate {
    instead_of: String,
    recipient: String,
    members: Vec<Sealed>,
    earlier: Bytes,
    /// Who leaves by it.
    leaves: Option<MemberId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sealed {
    member: MemberId,
    key: Bytes,
}

/// `POST /api/v1/desk/keys`: the new key is in force; who leaves is gone by the same commit.
pub(crate) async fn rotate(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Rotate>, JsonRejection>,
) -> Response {
    let rotated = async {
        let Json(body) = body?;
        if let Some(leaves) = body.leaves {
            if leaves == signed_in.member.id {
                return Err(Refusal::NotAllowed);
            }
            let leaves = colleague(&signed_in, &leaves.to_string()).await?;
            somebody_else_can_let_in(&signed_in, &leaves).await?;
        }
        let is_sound = is_sealed_key(&body.earlier.0) && body.members.iter().all(|each| is_sealed_key(&each.key.0));
        if !is_sound {
            return Err(Refusal::BadSeal);
        }
        let new = NewKey {
            instead_of: body.instead_of,
            recipient: recipient(body.recipient)?,
            members: body.members.into_iter().map(|each| (each.member, each.key.0)).collect(),
            earlier: body.earlier.0,
            leaves: body.leaves,
        };
        let what = OfficeEvent::KeyReplaced { member: body.leaves };
        let organisation = signed_in.member.organisation.clone();
        signed_in.house.store.replace_key(organisation, new, what.body(), signed_in.event(None)).await?;
        Ok(json!({}))
    };
    respond(&headers, rotated.await)
}

/// `GET /api/v1/desk/keys/grants`: the next that are to be sealed anew.
pub(crate) async fn next(signed_in: SignedIn, headers: HeaderMap) -> Response {
    let listed = async {
        let part = signed_in.house.store.to_reseal(&signed_in.member.organisation).await?;
        let grants = part
            .grants
            .into_iter()
            .map(|(case, grant)| json!({ "case": case, "epoch": grant.epoch, "sealed": Bytes(grant.sealed) }));
        Ok(json!({ "grants": grants.collect::<Vec<_>>(), "left": part.left, "behind": part.behind }))
    };
    respond(&headers, listed.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Anew {
    recipient: String,
    grants: Vec<AnewGrant>,
    /// The last case of them; none: all were gone through.
    behind: Option<CaseId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnewGrant {
    case: CaseId,
    epoch: i64,
    sealed: Bytes,
}

/// `POST /api/v1/desk/keys/grants`: sealed to the present key.
pub(crate) async fn reseal(
    signed_in: SignedIn,
    headers: HeaderMap,
    body: Result<Json<Anew>, JsonRejection>,
) -> Response {
    let sealed = async {
        let Json(Anew { recipient, grants, behind }) = body?;
        if grants.len() > AT_ONCE {
            return Err(Refusal::OverLimit);
        }
        if !grants.iter().all(|grant| is_sealed_key(&grant.sealed.0)) {
            return Err(Refusal::BadSeal);
        }
        let organisation = signed_in.member.organisation.clone();
        let grants = grants.into_iter().map(|grant| {
            let AnewGrant { case, epoch, sealed } = grant;
            (case, Grant { organisation: Some(organisation.clone()), epoch, sealed: sealed.0 })
        });
        let grants = grants.collect();
        signed_in.house.store.reseal(organisation, recipient, grants, behind).await?;
        Ok(json!({}))
    };
    respond(&headers, sealed.await)
}
