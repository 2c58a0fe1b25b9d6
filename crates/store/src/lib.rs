//! Keeps what is sealed, and the few facts that stand in the clear.
//!
//! [`Store`] is a database and the sealed files beside it: SQLite in WAL mode or PostgreSQL, a folder or an S3-compatible
//! storage ([`Place`]). What a call acknowledges is on the disk (`synchronous=FULL`, files and their folders synced) or
//! was answered for by the server that keeps it. One task writes: calls that come while a commit is under way share the
//! next one, so that a slow disk costs one wait for all of them.
//!
//! A module a table or two holds all SQL: cases and what their holder may do, access and inbox, entries, files,
//! referrals and consents, organisations, members, sessions, time-stamps, erasure. SQL is written with `$1` and plain types, so that the same
//! lines serve both databases.
//!
//! Deliberately absent: keys that open anything (there are none on this side), HTML, HTTP, any clock or randomness of
//! its own: seconds since 1970 and random bytes are handed in.

mod access;
mod accounts;
mod answering;
mod cases;
mod database;
mod endings;
mod entered;
mod entries;
mod erasable;
mod erasure;
mod error;
mod events;
mod examine;
mod export;
mod family;
mod files;
mod filling;
mod forgetting;
mod forgotten;
mod happening;
mod holder;
mod house;
mod keys;
mod log;
mod members;
mod moving;
mod office;
mod opening;
mod organisations;
mod overview;
mod passkeys;
mod place;
mod rebuild;
mod referrals;
mod replaced;
mod retention;
mod row;
mod sessions;
mod sharing;
mod shelf;
mod stamps;
mod tables;
mod teams;
mod templates;
mod tokens;
mod views;
mod work;
mod writer;

pub use access::{Access, InboxRow, Late, MOST_COUNTED, View};
pub use accounts::Who;
pub use cases::{Case, Grant, NewReport, ReceiptRecord, Received};
pub use database::{Store, newest_layout};
pub use entered::Entering;
pub use entries::{Author, Entry, NewEntry};
pub use erasure::Tidied;
pub use error::StoreError;
pub use events::{Event, NewEvent};
pub use examine::Examined;
pub use export::{ExportCheck, ExportError, LineState, LogFormat, check_export};
pub use files::{FileState, SealedFile};
pub use filling::{FileFilling, Filling, Kept};
pub use forgetting::Forgetting;
pub use forgotten::{Forgotten, Mark, What};
pub use happening::{Happening, News};
pub use keys::{EarlierKey, NewKey, Reseal};
pub use log::{LogCheck, LogFilter, LogLine, LogPage, Walk};
pub use members::{Invitation, Member, NewMember};
pub use moving::{Step, move_house};
pub use office::{Office, Terms};
pub use opening::{Opened, Opening};
pub use organisations::{NoticeWays, OrganisationRecord};
pub use overview::{Closed, Load, TeamLoad};
pub use passkeys::Passkey;
pub use place::{Address, Place};
pub use rebuild::Rebuilt;
pub use referrals::{Moved, NewChild, NewReferral};
pub use replaced::Replaced;
pub use sessions::{Session, Way};
pub use sharing::{HerAnswer, OfHers, Told};
pub use shelf::{Bucket, Secret};
pub use stamps::{StampState, WaitingStamp};
pub use tables::{Kind, Row, Snapshot, TABLES, Table, Value};
pub use teams::Team;
pub use templates::Template;
pub use tokens::{Scope, Token};
pub use work::Seen;
