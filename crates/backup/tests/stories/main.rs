//! Backups that are taken while work goes on, and what comes back of them.

mod comes_back;
mod forgotten;
mod lives;
mod receipts;
mod refused;
mod two;

#[path = "../../../store/tests/stories/house.rs"]
#[allow(dead_code, reason = "the stories of the store use the rest")]
mod house;
#[path = "../../../store/tests/stories/support.rs"]
#[allow(dead_code, reason = "the stories of the store use the rest")]
mod support;
