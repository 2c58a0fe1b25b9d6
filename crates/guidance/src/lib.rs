//! From an assessment to what a person reads.
//!
//! The recogniser answers in codes. This crate says them: what it looks like, how urgent and why, her own words with
//! the signs marked, what to do and what to leave, who helps and who answers now. [`Guidance`] is the typed result;
//! [`html::result`] and [`plain::result`] draw it. The server (for a browser without JavaScript), the WASM on her
//! device and the command line all draw the very same thing from here.
//!
//! ```
//! use guidance::{Guidance, Reader, html};
//! use vocabulary::{Lang, directory::{Directory, Moment}};
//! let assessment = recognise::Recogniser::shipped().assess("Con ăn cơm chưa?").unwrap();
//! let reader = Reader { lang: Lang::Vi, ..Reader::new(Moment::from_unix_seconds(1_795_545_000)) };
//! let directory = Directory::shipped();
//! let guidance = Guidance::new("Con ăn cơm chưa?", &assessment, &reader, &directory);
//! assert!(html::result(&guidance).into_string().contains("id=\"result\""));
//! ```
//!
//! Deliberately absent: any I/O, any clock (the moment is handed in), any word that calls a text safe, any figure of
//! probability (a percentage would read as a promise).

mod advice;
pub mod html;
mod links;
mod phrases;
pub mod plain;
mod refusal;
mod urgency;
mod view;
mod words;

pub use links::LinkView;
pub use refusal::{Refusal, Unread};
pub use urgency::UrgencyView;
pub use view::{Guidance, HarmView, Helper, Reader, Sign, StepView, input_error};
pub use words::{MAX_SHOWN, Piece};
