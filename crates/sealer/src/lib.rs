//! The seal as WebAssembly: what a reporter's page and a staff page ask on their own device.
//!
//! Secrets live in here, behind handles; JavaScript gets what it must show (words, shares, opened content) or send
//! (sealed bytes, locator, authenticator, sign-in token), and no private key.
//!
//! - [`Case`]: seal and open entries and files, grant;
//! - [`ReceiptDraft`], [`ReceiptKeys`]: her words, and what comes out of them;
//! - [`Passphrase`], [`StaffKey`], [`Organisation`]: the way of the staff to a case;
//! - [`work_solve`], [`leaf`], [`head_is_signed`], [`is_included`], [`continues`], [`log_root`]: proof of work, and checking the log.
//!
//! What fails throws a [`Problem`], which the page puts into words.

mod case;
mod file;
mod log;
mod problem;
mod receipt;
mod staff;

pub use case::{Case, OpenedEntry, SealedEntry, seal_entry, seal_file};
pub use file::{FileEnd, FileOpener, FileSealer};
pub use log::{continues, head_is_signed, is_included, leaf, log_root, work_solve};
pub use problem::Problem;
pub use receipt::{ReceiptDraft, ReceiptKeys, word_list};
pub use staff::{Organisation, Passphrase, StaffKey};

use getrandom::{SysRng, rand_core::UnwrapErr};

/// The browser's random numbers. A browser without them can't show our pages over TLS either.
const fn random() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// Bytes of the length that a function takes, or a [`Problem`] that names it.
fn exactly<const N: usize>(bytes: &[u8], what: &str) -> Result<[u8; N], Problem> {
    bytes.try_into().map_err(|_| Problem::of("length", what))
}
