//! The staff's side in the browser: one document, whose views are swapped in place, so that no address, title or
//! history ever tells which case was open.
//!
//! Everything a script says stands here, in both languages: names of codes and phrases lie in `<template>`s.

mod case;
mod door;
mod enter;
mod exchange;
mod first_run;
mod frame;
mod inbox;
mod log;
mod office;
mod overview;
mod panel;
mod papers;
mod people;
mod sharing;
mod steps;
mod viewer;
mod words;
mod work_words;

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
    let Some(house) = site.house() else { return Vec::new() };
    match house.store.organisations().await {
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
        (door::sign_in(lang, organisations, |organisation| site.provider(organisation).is_some(), invited))
        (door::account(lang))
        (door::join(lang, invited))
        (door::shares(lang))
        div #view-inbox .view hidden {
            (inbox::render(lang))
            (case::render(lang))
        }
        (enter::render(place))
        (people::colleagues(lang))
        (people::keys(lang))
        (overview::team(lang))
        (overview::figures(lang))
        (log::render(lang))
        (office::render(lang))
        (office::choose_template(lang))
        (steps::all(lang))
        (frame::shortcuts(lang))
        (papers::dialog(lang))
        (exchange::dialog(lang))
        (words::all(lang, site))
    };
    frame::wrap(place, site.settings(), &main, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;
    use casework::Texts;
    use recognise::Recogniser;
    use vocabulary::{Lang, OrganisationKind, directory::Directory};

    fn organisation() -> Organisation {
        Organisation {
            id: "tong-dai".into(),
            kind: OrganisationKind::Helpline,
            name: Texts { vi: "Tổng đài <thử>".into(), en: "Trial line".into() },
            about: Texts::default(),
            told_by_law: Texts::default(),
            hours: "always".into(),
            provinces: vec![],
            recipient: None,
        }
    }

    #[test]
    fn the_desk_is_one_document_in_both_languages() {
        let site = Site::new(Settings::default(), Recogniser::shipped(), Directory::shipped());
        for &lang in Lang::ALL {
            let place = Place { lang, ..Place::default() };
            let html = render(place, &site, &[organisation()], false).into_string();
            for view in [
                "view-sign-in",
                "view-account",
                "view-join",
                "view-shares",
                "view-inbox",
                "view-enter",
                "view-colleagues",
                "view-keys",
            ] {
                assert!(html.contains(&format!("id=\"{view}\"")), "{view}");
            }
            assert!(html.contains(lang.pick("Tổng đài &lt;thử&gt;", "Trial line")));
            assert!(html.contains(&format!("<html lang=\"{}\"", lang.code())));
            assert!(
                !html.contains(" style=") && !html.contains(" onclick"),
                "the policy forbids inline style and script"
            );
            assert!(html.contains("data-code=\"sextortion\"") && html.contains("data-key=\"overdue\""));
        }
    }

    #[test]
    fn where_nobody_joined_the_operator_reads_what_to_do() {
        for &lang in Lang::ALL {
            let html = first_run::render(Place { lang, ..Place::default() }, &Settings::default()).into_string();
            assert!(html.contains("haidang org add") && html.contains("haidang staff invite"));
        }
    }

    #[test]
    fn no_phrase_is_empty_and_what_is_put_in_stands_in_both_languages() {
        let mut keys = std::collections::BTreeSet::new();
        for (key, vi, en) in words::PHRASES.iter().chain(work_words::PHRASES).chain(sharing::PHRASES) {
            assert!(keys.insert(key), "{key} stands twice");
            assert!(!vi.is_empty() && !en.is_empty(), "{key}");
            for put in ["{n}", "{m}"] {
                assert_eq!(vi.contains(put), en.contains(put), "{key}: {put}");
            }
        }
    }
}
