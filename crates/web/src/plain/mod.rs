//! The report and the way back for browsers without scripts: forms that are posted. Here is what stands behind those
//! pages; they themselves are in `pages/plain`.
//!
//! What her device does elsewhere the server does here, in memory: words of one **draft** or **visit** lie sealed in a
//! [`Vault`] under a key that only her browser keeps ([`Cookie`]), are opened while one request is answered and wiped
//! after it; the finished report is sealed ([`send()`]) before it touches the disk, files as they arrive
//! ([`upload`]). Everything here is forgotten at a restart. Key derivations take turns, so that many at once can't
//! exhaust the memory, and a wait that rises with the load stands in for proof of work
//! ([`crate::report::Gate::wait`]).
//!
//! What this can't do, and the pages say: hide her words from a server that was changed to read them. Buffers of the
//! network stack are given back, not wiped.

mod answers;
mod cookie;
mod draft;
mod helping;
mod secret;
mod send;
pub(crate) mod upload;
mod vault;
pub(crate) mod visit;

pub(crate) use answers::Answers;
pub(crate) use cookie::Cookie;
pub(crate) use draft::{Asked, CaseKeys, Draft, Filed, Say, Sending, Sent, Telling};
pub(crate) use secret::Secret;
pub(crate) use send::{Outcome, derive, entry, record, send};
pub(crate) use vault::NoRoom;

use crate::{RateLimit, limit::Limiter, listen::Prefix};
use casework::limits;
use getrandom::{SysRng, rand_core::UnwrapErr};
use std::{num::NonZeroU32, sync::Arc};
use tokio::sync::Semaphore;
use vault::{Bounds, Vault};

/// Drafts that one network may begin, and receipts that it may try. A whole crisis behind one address stays below it
/// (7,200 an hour).
const BEGIN: RateLimit = RateLimit { burst: NonZeroU32::new(200), per_second: NonZeroU32::new(2).expect("2 is not 0") };

/// Memory for pages without scripts.
pub(crate) struct Room {
    pub drafts: Vault,
    pub visits: Vault,
    /// Key derivations at once: half the cores, as each takes one and 64 MiB.
    pub turns: Arc<Semaphore>,
    /// Files at once.
    pub files: Semaphore,
    pub begin: Limiter<Option<Prefix>>,
}

impl Room {
    pub fn new() -> Self {
        let (number, bytes_each, bytes) = (limits::DRAFTS, limits::DRAFT_BYTES, limits::DRAFTS_BYTES);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            drafts: Vault::new(Bounds { number, bytes_each, bytes, seconds: limits::DRAFT_SECONDS }),
            visits: Vault::new(Bounds { number, bytes_each, bytes, seconds: limits::VISIT_SECONDS }),
            turns: Arc::new(Semaphore::new(cores.div_ceil(2))),
            files: Semaphore::new(limits::PLAIN_FILES_AT_ONCE),
            begin: Limiter::new(BEGIN),
        }
    }

    /// Forgets what its time is over for.
    pub fn sweep(&self, now: i64) {
        self.drafts.sweep(now);
        self.visits.sweep(now);
    }
}

/// The system's randomness, as the seal takes it.
pub(crate) const fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}
