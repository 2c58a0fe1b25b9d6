//! Every page: one module, one typed view, one handler, one test in both languages.

mod about;
mod ask;
mod back;
mod check;
mod desk;
mod errors;
mod evidence;
mod form;
mod help;
mod home;
mod keep;
mod layout;
mod learn;
mod letters;
mod manifest;
mod mark;
pub(crate) mod plain;
mod privacy;
mod share;
mod traces;
mod try_api;

pub(crate) use about::about;
pub(crate) use ask::ask;
pub(crate) use back::back;
pub(crate) use check::{check, check_posted};
pub(crate) use desk::{desk, join, viewer};
pub(crate) use errors::{not_allowed, not_found};
pub(crate) use evidence::evidence;
pub(crate) use help::{help, help_posted};
pub(crate) use home::{choose_language, home};
pub(crate) use keep::keep;
pub(crate) use learn::{learn, lesson, plan};
pub(crate) use letters::letters;
pub(crate) use manifest::manifest;
pub(crate) use privacy::privacy;
pub(crate) use share::{share_arrived, share_opened};
pub(crate) use traces::traces;
pub(crate) use try_api::try_api;

use axum::response::{Html, IntoResponse, Response};
use maud::Markup;

/// A page as an answer. Headers that all answers carry are added further out.
fn page(markup: Markup) -> Response {
    Html(markup.into_string()).into_response()
}

#[cfg(test)]
mod tests;
