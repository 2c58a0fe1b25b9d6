//! The stories of `../stories` on a real PostgreSQL server and a real S3 server, and those that only several servers side by side have.
//! `HAIDANG_NO_POSTGRES=1` leaves all of them out.

mod house;
mod layout;
mod moving;
mod refused;
mod side_by_side;
mod storage;

#[path = "../stories/coming_back.rs"]
mod coming_back;
#[path = "../stories/erasing.rs"]
mod erasing;
#[path = "../stories/files.rs"]
mod files;
#[path = "../stories/inbox.rs"]
mod inbox;
#[path = "../stories/keeping.rs"]
mod keeping;
#[path = "../stories/letting_in.rs"]
mod letting_in;
#[path = "../stories/limits.rs"]
mod limits;
#[path = "../stories/log.rs"]
mod log;
#[path = "../stories/office.rs"]
mod office;
#[path = "../stories/report.rs"]
mod report;
#[path = "../stories/staff.rs"]
mod staff;
#[path = "../stories/stamps.rs"]
mod stamps;
#[path = "../stories/support.rs"]
mod support;
#[path = "../stories/ways_in.rs"]
mod ways_in;
#[path = "../stories/work.rs"]
mod work;
