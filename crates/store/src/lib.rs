//! Keeps what is sealed, and the few facts that stand in the clear.
//!
//! [`Store`] is a SQLite database in WAL mode and a folder of sealed files beside it. What a call acknowledges is on
//! the disk (`synchronous=FULL`, files and their folders synced). One task writes: calls that come while
//! a commit is under way share the next one, so that a slow disk costs one wait for all of them.
//!
//! A module a table or two holds all SQL: cases and what their holder may do, access and inbox, entries, files,
//! organisations, members, sessions, erasure. SQL is written with `$1` and plain types, so that the same lines serve a
//! second database.
//!
//! Deliberately absent: keys that open anything (there are none on this side), HTML, HTTP, any clock or randomness of
//! its own: seconds since 1970 and random bytes are handed in.

mod access;
mod cases;
mod database;
mod entries;
mod erasable;
mod erasure;
mod error;
mod files;
mod holder;
mod house;
mod members;
mod organisations;
mod place;
mod row;
mod sessions;
mod writer;

pub use access::{Access, InboxRow, Opened, Opening};
pub use cases::{Case, Grant, NewReport, ReceiptRecord, Received};
pub use database::Store;
pub use entries::{Author, Entry, NewEntry};
pub use erasure::Tidied;
pub use error::StoreError;
pub use files::FileState;
pub use members::{Invitation, Member, NewMember, Passkey};
pub use organisations::{NoticeWays, OrganisationRecord};
pub use place::{Address, Place};
pub use sessions::Session;
