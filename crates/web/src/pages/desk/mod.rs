//! The staff's side in the browser: one document, whose views are swapped in place, so that no address, title or
//! history ever tells which case was open.
//!
//! Everything a script says stands here, in both languages: names of codes and phrases lie in `<template>`s.

mod case;
mod door;
mod first_run;
mod frame;
mod inbox;
mod people;
mod viewer;
mod words;

pub(crate) use viewer::viewer;

use super::page;
use crate::{Place, Site};
use axum::{Extension, extract::State, response::Response};
use casework::Organisation;
use maud::{Markup, html};

/// Signing in, and the desk itself.
pub(crate) async fn desk(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    let organisations = organisations(&site).await;
    if organisations.is_empty() {
        return page(first_run::render(place, site.settings()));
    }
    page(render(place, &site, &organisations, false))
}

/// The same document, opened by an invitation. Its secret stands in the fragment, which no browser sends.
pub(crate) async fn join(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(render(place, &site, &organisations(&site).await, true))
}

async fn organisations(site: &Site) -> Vec<Organisation> {
    let Some(store) = site.store() else { return Vec::new() };
    match store.organisations().await {
        Ok(records) => records.into_iter().map(|record| record.card).collect(),
        Err(error) => {
            tracing::error!(%error, "the organisations can't be read");
            Vec::new()
        }
    }
}

fn render(place: Place, site: &Site, organisations: &[Organisation], invited: bool) -> Markup {
    let lang = place.lang;
    let main = html! {
        (door::sign_in(lang, organisations, invited))
        (door::join(lang, invited))
        (door::shares(lang))
        div #view-inbox .view hidden {
            (inbox::render(lang))
            (case::render(lang))
        }
        (people::colleagues(lang))
        (people::keys(lang))
        (frame::shortcuts(lang))
        (words::all(lang, site))
    };
    frame::wrap(place, site.settings(), &main)
}

#[cfg(test)]
mod tests;
