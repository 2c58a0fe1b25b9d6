//! Tells an organisation that something new waits for it, and never what.
//!
//! [`keep_telling`] listens to the store. When an inbox has news it sends a letter ([`mail`]) or a signed call
//! ([`webhook`]), whichever the organisation asked for. The letter says "something new" and where the desk is, the call
//! names the kind of event for the organisation's own programs; neither says about whom, how urgent or how many, so that a
//! mailbox that others read tells nothing.
//!
//! A notice that fails is tried again, later each time ([`queue`]); after a day it is given up and said in the log. One
//! organisation is told at most once in [`queue::QUIET`], of each kind of event, however much arrives meanwhile.
//!
//! Where a report of danger lies unopened for half an hour, every duty contact gets a letter of its own ([`alarm`]): since
//! when somebody waits, nothing else. So do the programs, by a call.
//!
//! Deliberately absent: any word or fact of a case, addresses in logs, a queue on the disk (at the start every inbox
//! with news is told once more: rather once too often than a night too late).

pub mod alarm;
pub mod mail;
pub mod queue;
mod tell;
pub mod webhook;

pub use alarm::keep_alarming;
pub use mail::{Mail, MailError, Security};
pub use tell::keep_telling;
