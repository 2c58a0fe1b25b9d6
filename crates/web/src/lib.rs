//! Pages and API of Hải Đăng.
//!
//! [`router`] answers everything that the site is: pages in Vietnamese and English, the check (on her device, or by a
//! form where there is no JavaScript), the help directory, the API for platforms, and the assets, which live inside
//! the binary. [`Site`] is what it works with: recogniser and directory, both replaceable while it runs, and
//! [`Settings`].
//!
//! Words of this crate: a **place** is a language and a cover ([`Place`], the prefix of every address); a **cover** is
//! the neutral name and icon under which somebody may keep the page on her phone.
//!
//! Deliberately absent: any log of a path, a query or a body, any script or style inside a page, any open word of a
//! person's text outside memory, and cookies, but for staff who sign in and for a report without scripts (`plain`).

mod api;
mod assets;
mod desk;
mod done;
mod files;
mod headers;
mod health;
mod joined;
mod limit;
pub mod listen;
mod locale;
mod lost;
mod pages;
mod place;
mod plain;
mod problem;
mod report;
mod router;
mod shelf;
mod site;

pub use api::openapi;
pub use assets::{sums as asset_sums, total as assets_total};
pub use desk::{Address, Door, addresses as desk_addresses};
pub use limit::RateLimit;
pub use place::{Cover, Page, Place};
pub use router::router;
pub use site::{Settings, Site};

/// The longest text of a form without JavaScript, in bytes.
pub const MAX_FORM_TEXT_BYTES: usize = 256 * 1024;
/// The longest body of an API request, in bytes.
pub const MAX_API_BODY_BYTES: usize = 1024 * 1024;
/// The most items of one API request.
pub const MAX_API_ITEMS: usize = 1_000;
