//! The evidence package: what somebody keeps, so that police, a court or a helpline can see later that these very bytes
//! were there at that time. `docs/evidence.md` is the exact format.
//!
//! - [`Draft`]: on the device: files are hashed as they pass, a [`Draft::seal`] gives the blinded root that a server
//!   signs, and [`Packing`] gives the package piece by piece, whatever its size;
//! - [`Statement`]: what the server signs about a root;
//! - [`Examiner`]: takes a package piece by piece and says in plain words what holds and what doesn't.
//!
//! A package is a bag (RFC 8493) in a zip without compression, of which every byte follows from its content: so there is
//! no byte that could be changed unseen. It never says who wrote something, and calls nobody an offender.
//!
//! Pure: no I/O, no clock, no randomness of its own. Time-stamp tokens are carried here, and judged by the crate
//! `timestamp`.

mod about;
mod bag;
mod examine;
mod hex;
mod make;
mod names;
mod page;
mod proof;
mod readme;
mod say;
mod time;
mod zip;

pub use about::{About, Handing, ITEMS_MOST, Item, NewItem};
pub use examine::{Examiner, Facts, Report};
pub use make::{Draft, LogProof, MakeError, Packing, Piece, Proven, Unproved};
pub use proof::{Stamp, Statement};
pub use say::{Finding, State, What};
pub use time::utc;
pub use zip::Fault;
