//! What leaves the desk on paper or as a file, and what comes in as one.
//!
//! Words of this crate: a **paper** is a form, notice or plan with **fields**; what of a case fills a field by itself is
//! data ([`Given`]); filled in it becomes a [`Sheet`], which is printed, copied as text or written as a letter
//! ([`takedown::letter`]). A **list** ([`exchange`]) holds many cases, as CSV or JSON.
//!
//! ```
//! use papers::{Case, Paper, Sheet};
//! use vocabulary::Lang;
//! let form = Paper::by_code("form_06").unwrap();
//! let mut values = form.filled(&Case::default(), Lang::Vi);
//! values.insert("harm".into(), "high".into());
//! let text = Sheet::of(form, &values, Lang::Vi).text();
//! assert!(text.contains("Mẫu số 06") && text.contains("Cao: 1"));
//! ```
//!
//! Deliberately absent: any I/O, any clock (the moment stands in the [`Case`]), any judgement: no degree of risk is ever
//! filled in by itself. All of it runs in the worker's browser (crate `clerk`); nothing of it goes to the server.

mod case;
pub mod exchange;
mod fill;
mod mail;
mod paper;
mod sheet;
pub mod takedown;

pub use case::{Case, Entry};
pub use fill::Values;
pub use mail::BadAddress;
pub use paper::{Choice, Field, Given, Kind, PAPERS, PLATFORMS, Paper, Part, Platform, Source, Words};
pub use sheet::{Block, Level, Sheet};
