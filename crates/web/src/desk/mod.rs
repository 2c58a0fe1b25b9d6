//! The staff's side: its addresses and who may come to each ([`routes`]), who is
//! signed in ([`session`]), the inbox and the cases of her organisation, her colleagues.
//! JSON over HTTP; the pages that show it open everything in the browser.
//!
//! Deliberately absent: any key in the clear. A member's identity lies here wrapped by what only she knows, the
//! organisation's identity sealed to each member.

mod account;
mod cases;
mod code;
mod colleagues;
mod enter;
mod keeping;
mod live;
mod log;
mod office;
mod once;
mod overview;
mod passkeys;
mod programs;
mod rotate;
mod routes;
mod session;
mod sessions;
mod sharing;
mod sign_in;
mod standing;
mod tokens;
mod views;
mod work;

pub(crate) use overview::Counts;
pub(crate) use routes::routes;
pub use routes::{Address, Door, addresses};
