//! The words everyone shares: what is done to people (harms), how one sees it (tactics), how soon somebody must
//! answer (urgency), who people are, what to advise them and who helps.
//!
//! The codes are data (`data/*.toml`, `data/directory.json`); the build turns them into types and stops when a name
//! is missing in Vietnamese or English. Codes are stable, `snake_case`, English; a released one is never renamed.
//!
//! ```
//! use vocabulary::{Harm, Lang};
//! let harm: Harm = "sextortion".parse().unwrap();
//! assert!(harm.is_acute());
//! assert_eq!(harm.code(), "sextortion");
//! assert!(!harm.name(Lang::Vi).is_empty());
//! ```
//!
//! Deliberately absent: any I/O, any clock (the hour is handed in), any guess about a person.

mod advice;
mod code;
pub mod directory;

pub use advice::{Asker, SOURCES, STEPS, Source, Step, StepKind, danger_steps, general_steps, harm_steps};
pub use code::*;
