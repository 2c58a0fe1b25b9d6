//! Time-stamps of an outside authority (RFC 3161): somebody else than our server says when a package was there.
//!
//! - [`request`]: the question, which holds a hash and a random number and nothing else;
//! - [`Authorities`]: the certificates that are believed, and [`Authorities::judge`] for an answer;
//! - [`Authority`]: asks over HTTP; [`keep_asking`]: asks for whatever waits in the store, with growing pauses.
//!
//! Certificates and signatures are checked by webpki and *ring*. The few structures of RFC 3161 and CMS around them are
//! read here: the crates that know them refuse fractions of seconds, which authorities send.

mod ask;
mod der;
mod queue;
mod request;
mod token;

pub use ask::{AskError, Authority};
pub use queue::keep_asking;
pub use request::request;
pub use token::{Authorities, Judged, NoCertificate, TokenError};
