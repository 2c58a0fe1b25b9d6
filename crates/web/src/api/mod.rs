//! The API for platforms: one text or many in, assessments out.

mod check;
mod document;

pub(crate) use check::{check, not_allowed, not_found};
pub use document::openapi;
pub(crate) use document::serve as serve_document;
