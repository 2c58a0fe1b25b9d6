//! How a store is kept a second time, sealed to a key that doesn't lie on the server, and brought back without what was
//! forgotten since.
//!
//! A backup is made of parts. Rows go into chunks in the order of their keys, cut where the rows themselves say so
//! ([`chunk`]), files into a part each; every part is sealed with age and named by a keyed hash, so that what didn't
//! change is there already and isn't written again. A manifest names them all and is written last ([`folder`]). Parts are
//! not compressed: what they hold is sealed already or random, and the zeros around keys are counted.
//!
//! Beside the backups lies the list of what was forgotten ([`list`]), which the server goes on writing: an older backup
//! comes back only through it ([`store::Forgetting`]). With it lies what new receipts open that were put in the place of
//! older ones ([`receipts`]): who has only the new words isn't locked out by an older backup.

mod chunk;
mod error;
mod folder;
mod key;
pub mod list;
mod manifest;
mod receipts;
mod restore;
mod take;
mod taken;

pub use error::BackupError;
pub use key::{Identity, Recipient};
pub use restore::{Restored, restore};
pub use take::{Took, Wish, take};
pub use taken::{Taken, all, lacks};

/// What a backup or a restore is at, told every now and then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Rows: how many so far, of how many.
    Rows(u64, u64),
    /// Files, in bytes: how many so far, of how many.
    Files(u64, u64),
}

/// Who is told.
pub type Told<'a> = &'a mut (dyn FnMut(Step) + Send);
