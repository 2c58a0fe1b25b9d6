//! The servers that stand beside us, for tests: started from the programs that the system has, on a socket in a folder of
//! their own, and gone with the test that started them, however it ends.
//!
//! Deliberately absent: anything that the server itself would need, and any server that isn't a process of its own.

mod keeper;
mod postgres;
mod s3;

pub use postgres::Postgres;
pub use s3::{KEY, S3};
