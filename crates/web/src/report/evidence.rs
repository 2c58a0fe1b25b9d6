//! `POST /api/v1/evidence`: signs a blinded root and the time, for somebody who keeps evidence on her own device. She is
//! asked for nothing else, and nothing is kept but what waits for the time-stamp of an outside authority.

use super::{Bytes, Refusal, Tries, refusal::respond};
use crate::{
    Site,
    listen::{Caller, Prefix},
};
use axum::{
    Extension, Json,
    extract::{State, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{sync::Arc, time::Instant};
use store::StoreError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ask {
    root: Bytes,
}

/// The same root again gives the same answer, with the time-stamp once it is there: so a device waits for it.
pub(crate) async fn sign(
    State(site): State<Site>,
    Extension(tries): Extension<Arc<Tries>>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
    body: Result<Json<Ask>, JsonRejection>,
) -> Response {
    let prefix: Option<Prefix> = caller.map(|caller| caller.prefix);
    let signed = async {
        tries.take(prefix, 1, Instant::now()).map_err(|wait| Refusal::TooMany(wait.as_secs() + 1))?;
        let Json(ask) = body?;
        answer(&site, ask.root.exactly()?).await
    };
    respond(&headers, signed.await)
}

async fn answer(site: &Site, root: [u8; 32]) -> Result<Value, Refusal> {
    let house = site.house().ok_or(Refusal::Shut)?;
    let now = site.seconds();
    let signed = house.signer.statement(root, now);
    let authority = site.settings().time_authority.as_ref();
    let state = match authority {
        None => None,
        Some(_) => match house.store.ask_stamp(root, signed.clone(), now).await {
            Ok(state) => Some(state),
            // So many wait that no more are taken: this server's own word is there all the same.
            Err(StoreError::OverLimit(_)) => None,
            Err(error) => return Err(error.into()),
        },
    };
    let waiting = state.as_ref().is_some_and(|state| state.response.is_none());
    let (signed, response) = state.map_or((signed, None), |state| (state.signed, state.response));
    let stamp = response.zip(authority);
    Ok(json!({
        "signed": Bytes(signed), "server_key": house.signer.public(), "waiting": waiting,
        "stamp": stamp.map(|(response, authority)| json!({"response": Bytes(response), "authority": authority})),
    }))
}
